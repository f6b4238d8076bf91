// Looking at lines as headings.
#include "stages/50-headings/lines.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/headings.h"

namespace emend {

namespace {

constexpr std::size_t longest_line = 120;  // of wrapped text, in columns

// The width of a full line in a text of wrapped lines; 0 where a line is a paragraph.
std::size_t width_of_lines(const Document& d) {
  std::vector<std::size_t> widths;
  std::size_t longer = 0;
  for (const Line& line : d.lines) {
    if (trim(line.text).empty()) continue;
    widths.push_back(wider_than(line.text, longest_line) ? longest_line + 1 : columns(line.text));
    longer += widths.back() > longest_line;
  }
  if (widths.empty() || longer * 8 > widths.size()) return 0;
  const auto full = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 9 / 10);
  std::nth_element(widths.begin(), full, widths.end());
  return *full;
}

}  // namespace

bool ends_like_text(std::string_view text) {
  constexpr std::u32string_view ends = U"。；，,;:：、!！「『“‘《（([〔【";
  return ends.find(last_character(text)) != ends.npos;
}

bool is_in_capitals(std::string_view text) {
  std::size_t capitals = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (is_lower(c)) return false;
    capitals += is_upper(c);
  }
  return capitals >= 3;
}

bool has_word(std::string_view text) {
  std::size_t row = 0;
  for (std::size_t i = 0; i < text.size() && row < 2;) {
    const char32_t c = next_character(text, i);
    row = is_han(c) || is_kana(c) ? 2 : is_letter(c) ? row + 1 : 0;
  }
  return row >= 2;
}

bool is_bare_number(std::string_view text) {
  text = trim(text);
  return !text.empty() && text.size() <= 8 && text.find_first_not_of("0123456789.") == text.npos;
}

std::string_view without_sign(std::string_view line) {
  constexpr std::u32string_view signs = U"●○◎◆◇■□▲△▼▽★☆§";
  std::string_view text = trim(line);
  if (text.empty() || signs.find(first_character(text)) == signs.npos) return text;
  std::size_t end = 0;
  next_character(text, end);
  return trim(text.substr(end));
}

HeadingLines::HeadingLines(const Document& d) : d_(d), full_line_(width_of_lines(d)) {
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const Line& line = d.lines[i];
    const std::string_view text = trim(line.text);
    if (text.empty() || line.block >= 0) continue;
    const Ruling* said = d.ruling(line);
    if (const Node* declared = d.declaration(line); said == nullptr && declared != nullptr) {
      const bool head = declared->name == "head" || !declared->get("opens").empty();
      if (head) short_.push_back(i);
      if (head || declared->name == "foot") continue;
    }
    if (said != nullptr ? said->deed != Deed::head : wider_than(text, headings::longest_heading) || opens_note(text))
      continue;
    short_.push_back(i);
  }
}

void HeadingLines::pass_over(std::uint32_t begin, std::uint32_t end) {
  std::erase_if(short_, [&](std::size_t i) { return begin <= d_.lines[i].at.begin && d_.lines[i].at.begin < end; });
}

void HeadingLines::take(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last; ++i) taken_.insert(i);
}

bool HeadingLines::passed_over(std::size_t line) const {
  return trim(d_.lines[line].text).empty() || d_.is(d_.lines[line], "fw");
}

bool HeadingLines::stands_apart(std::size_t line) const {
  const auto edge = [&](std::size_t other) {
    const Line& beside = d_.lines[other];
    return trim(beside.text).empty() || beside.page != d_.lines[line].page || beside.block >= 0 || !is_free(other);
  };
  return ((line == 0 || edge(line - 1)) && (line + 1 == d_.lines.size() || edge(line + 1))) || set_off_by_length(line);
}

// A short line behind the end of a paragraph or another heading; where lines are paragraphs, before a longer one.
bool HeadingLines::set_off_by_length(std::size_t line) const {
  if (line == 0) return false;
  const Line& before = d_.lines[line - 1];
  if (full_line_ == 0) {
    const bool begins = !is_free(line - 1) || trim(before.text).empty() || ends_sentence(before.text) ||
                        before.block >= 0 || before.page != d_.lines[line].page;
    const std::size_t behind = next(line);
    return begins && !wider_than(d_.lines[line].text, headings::longest_unlisted) && behind < d_.lines.size() &&
           columns(d_.lines[behind].text) > columns(d_.lines[line].text);
  }
  if (!is_short(line)) return false;
  return !is_free(line - 1) || trim(before.text).empty() || ends_sentence(before.text) ||
         before.page != d_.lines[line].page || is_short(line - 1);
}

bool HeadingLines::is_short(std::size_t line) const {
  return full_line_ > 0 && columns(d_.lines[line].text) * 5 <= full_line_ * 3;
}

bool HeadingLines::follows_directly(std::size_t line) const {
  return line > 0 && line < d_.lines.size() && d_.lines[line].page == d_.lines[line - 1].page &&
         !trim(d_.lines[line].text).empty() && !trim(d_.lines[line - 1].text).empty() && d_.lines[line].block < 0 &&
         d_.lines[line - 1].block < 0;
}

bool HeadingLines::goes_on(std::size_t line) const {
  if (!follows_directly(line + 1)) return false;
  const std::string_view text = trim(d_.lines[line].text), behind = trim(d_.lines[line + 1].text);
  if (ends_sentence(text)) return false;
  return is_lower(first_character(behind)) || last_character(text) == '-' ||
         (full_line_ > 0 && columns(text) * 20 > full_line_ * 17);
}

std::optional<std::size_t> HeadingLines::end_of_heading(std::size_t line, bool may_stop) const {
  constexpr std::size_t most = 3;
  std::size_t last = line;
  while (goes_on(last)) {
    if (++last - line == most || !is_free(last)) return {};
  }
  if (last == line) return line;
  const std::string_view text = trim(d_.lines[last].text);
  const bool opens =
      is_short(last) && last + 1 < d_.lines.size() && is_upper(first_character(trim(d_.lines[last + 1].text)));
  if (follows_directly(last + 1) && is_free(last + 1) && !opens) return {};
  return (!may_stop && ends_sentence(text)) || ends_like_text(text) ? std::nullopt : std::optional(last);
}

bool HeadingLines::adjacent(std::size_t line, std::size_t next) const { return text_between(line, next, 0) == 0; }

std::size_t HeadingLines::text_between(std::size_t line, std::size_t next, std::size_t most) const {
  std::size_t n = 0;
  for (std::size_t i = line + 1; i < next && n <= most; ++i) n += !passed_over(i);
  return n;
}

bool HeadingLines::is_first_on_page(std::size_t line) const {
  for (std::size_t i = line; i-- > 0 && d_.lines[i].page == d_.lines[line].page;)
    if (!passed_over(i)) return false;
  return true;
}

std::size_t HeadingLines::next(std::size_t line) const {
  do ++line;
  while (line < d_.lines.size() && passed_over(line));
  return line;
}

std::size_t HeadingLines::previous(std::size_t line) const {
  for (std::size_t i = line; i-- > 0;)
    if (!passed_over(i)) return i;
  return line;
}

std::size_t HeadingLines::blank_before(std::size_t line) const {
  constexpr std::size_t most = 3;
  std::size_t n = 0;
  for (std::size_t i = line; i-- > 0; ++n) {
    if (d_.lines[i].page != d_.lines[line].page || d_.is(d_.lines[i], "fw")) return page_edge;
    if (!trim(d_.lines[i].text).empty()) return std::min(n, most);
  }
  return page_edge;
}

std::size_t HeadingLines::blank_behind(std::size_t line) const {
  constexpr std::size_t most = 3;
  for (std::size_t i = line + 1; i < d_.lines.size(); ++i) {
    if (d_.lines[i].page != d_.lines[line].page || d_.is(d_.lines[i], "fw")) return page_edge;
    if (!trim(d_.lines[i].text).empty()) return std::min(i - line - 1, most);
  }
  return page_edge;
}

}  // namespace emend
