// Marks of items and the sequences they make. A number at the beginning of a line may be anything; two that count on
// from one in the same form are a list.
#include "stages/65-paragraphs/enumeration.h"

#include <algorithm>
#include <utility>

#include "pipeline/text/script.h"
#include "weights/paragraphs.h"

namespace emend {

namespace {

constexpr std::pair<std::string_view, std::string_view> brackets[] = {
    {"(", ")"}, {"（", "）"}, {"[", "]"}, {"［", "］"}, {"〔", "〕"}};
constexpr std::string_view points[] = {".", "．", "、", ")", "）", "º", "°"};

Number read_letter(std::string_view s) {
  if (s.size() < 2 || s[0] < 'a' || s[0] > 'z' || is_ascii_letter(static_cast<unsigned char>(s[1]))) return {};
  return {.value = s[0] - 'a' + 1, .form = Numeral::letter, .length = 1};
}

// What a letter is worth as a Roman numeral: i) may be the first of its list or follow h).
ItemMark as_roman(ItemMark mark) {
  mark.value = mark.value == 'i' - 'a' + 1 ? 1 : mark.value == 'v' - 'a' + 1 ? 5 : mark.value == 'x' - 'a' + 1 ? 10 : 0;
  mark.form = Numeral::roman_lower;
  return mark;
}

// Nothing but blank or text of a script that sets none may stand behind `1.`: 1.5 is a number, and a.m. none.
bool free_behind(std::string_view rest) {
  const char32_t c = first_character(rest);
  return is_blank(c) || is_cjk(c) || is_shared_punctuation(c);
}

}  // namespace

ItemMark read_item_mark(std::string_view s) {
  ItemMark mark;
  if (s.empty()) return mark;
  std::string_view rest = s;
  std::uint8_t style = 1;
  std::string_view close;
  for (const auto& [open, shut] : brackets) {
    if (rest.starts_with(open)) {
      rest.remove_prefix(open.size());
      close = shut;
      break;
    }
    ++style;
  }
  Number n = read_letter(rest);
  if (!n) n = read_number(rest);
  if (!n || n.form == Numeral::symbol || n.value < 1 || n.value > paragraphs::highest) return mark;
  if (n.form == Numeral::arabic && rest[0] == '0') return mark;
  rest.remove_prefix(n.length);
  if (!close.empty()) {
    if (!rest.starts_with(close)) return mark;
    rest.remove_prefix(close.size());
  } else if (n.form == Numeral::circled) {
    style = 40;
  } else {
    style = 20;
    for (const std::string_view point : points) {
      if (rest.starts_with(point)) {
        close = point;
        break;
      }
      ++style;
    }
    if (close.empty()) return mark;
    rest.remove_prefix(close.size());
    if (!free_behind(rest)) return mark;
  }
  while (rest.starts_with(' ') || rest.starts_with('\t')) rest.remove_prefix(1);
  if (trim(rest).empty()) return mark;
  mark.form = n.form;
  mark.style = style;
  mark.value = n.value;
  mark.length = s.size() - rest.size();
  return mark;
}

std::vector<int> find_enumerations(const std::vector<MarkedLine>& lines, std::size_t reach) {
  struct Chain {
    MarkedLine last;
    std::vector<std::size_t> members;
  };
  std::vector<Chain> open;
  std::vector<int> chain_of(lines.size(), -1);
  int chains = 0;
  const auto close = [&](const Chain& c) {
    if (c.members.size() > 1) {
      for (const std::size_t m : c.members) chain_of[m] = chains;
      ++chains;
    }
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    MarkedLine here = lines[i];
    for (std::size_t c = open.size(); c-- > 0;)
      if (here.line - open[c].last.line > reach) {
        close(open[c]);
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(c));
      }
    const auto follow = [&] {
      return std::find_if(open.rbegin(), open.rend(), [&](const Chain& c) {
        return c.last.mark.form == here.mark.form && c.last.mark.style == here.mark.style &&
               c.last.mark.value + 1 == here.mark.value;
      });
    };
    auto goes_on = follow();
    if (goes_on == open.rend() && here.mark.form == Numeral::letter && as_roman(here.mark).value > 0) {
      here.mark = as_roman(here.mark);
      goes_on = follow();
    }
    if (goes_on != open.rend()) {
      goes_on->last = here;
      goes_on->members.push_back(i);
    } else if (here.mark.value == 1) {
      if (open.size() == 8) {
        close(open.front());
        open.erase(open.begin());
      }
      open.push_back({here, {i}});
    }
  }
  for (const Chain& c : open) close(c);
  return chain_of;
}

}  // namespace emend
