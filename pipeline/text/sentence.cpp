// Marks and sentence ends.
#include "pipeline/text/sentence.h"

#include <algorithm>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t shortest_running_text = 48;  // columns; titles and captions are shorter

struct Pair {
  std::string_view open, close;
  MarkForm form;
};
constexpr Pair pairs[] = {{"[", "]", MarkForm::bracketed},     {"［", "］", MarkForm::bracketed},
                          {"〔", "〕", MarkForm::bracketed},   {"【", "】", MarkForm::bracketed},
                          {"(", ")", MarkForm::parenthesised}, {"（", "）", MarkForm::parenthesised}};

MarkForm form_of(const Number& n) {
  switch (n.form) {
    case Numeral::circled: return MarkForm::circled;
    case Numeral::symbol: return MarkForm::symbol;
    case Numeral::arabic: return MarkForm::bare;
    case Numeral::superscript: return MarkForm::superscript;
    default: return MarkForm::none;
  }
}

// A transcript runs a raised figure and the year behind it together: ^41826年 is the mark 4 before 1826年.
std::string_view without_year(std::string_view s) {
  std::size_t digits = 0;
  while (digits < s.size() && is_digit(static_cast<unsigned char>(s[digits]))) ++digits;
  return digits >= 5 && digits <= 7 ? s.substr(0, digits - 4) : s;
}

// A letter or an ideograph, as nearly every line begins with, by its first byte: no mark begins so.
bool begins_with_letter(std::string_view s) {
  const auto first = static_cast<unsigned char>(s.empty() ? '\0' : s[0]);
  return is_ascii_letter(first) || (first >= 0xE4 && first <= 0xE9);
}

}  // namespace

Mark read_mark(std::string_view s) {
  Mark mark;
  if (begins_with_letter(s)) return mark;
  mark.raised = s.starts_with('^');
  const std::size_t caret = mark.raised ? 1 : 0;
  const std::string_view rest = s.substr(caret);
  for (const Pair& pair : pairs) {
    if (!rest.starts_with(pair.open)) continue;
    const std::size_t word =
        rest.substr(pair.open.size()).starts_with("注") || rest.substr(pair.open.size()).starts_with("註")
            ? 3
            : 0;  // （注1）
    const std::string_view inside = rest.substr(pair.open.size() + word);
    const Number n = read_number(inside);
    if (!n || n.value == 0 || n.value > 999 || !inside.substr(n.length).starts_with(pair.close)) return {};
    // 〔一〕 is a mark of editions of old texts; （一） and 【一】 are headings.
    const bool old = n.form == Numeral::chinese && word == 0 && (pair.open == "〔" || pair.open == "［");
    if (n.form != Numeral::arabic && n.form != Numeral::symbol && n.form != Numeral::roman_lower && !old) return {};
    mark.number = n;
    mark.form = pair.form;
    mark.length = caret + pair.open.size() + word + n.length + pair.close.size();
  }
  if (!mark) {
    const Number n = read_number(mark.raised ? without_year(rest) : rest);
    if (!n || n.value == 0 || n.value > 999) return {};
    mark.number = n;
    mark.form = form_of(n);
    mark.length = caret + n.length;
  }
  if (mark.raised && mark.form == MarkForm::none) mark.form = MarkForm::raised;
  mark.shown = s.substr(caret, mark.length - caret);
  return mark ? mark : Mark{};
}

bool opens_note(std::string_view line) {
  line = trim(line);
  if (!line.starts_with('^')) return false;
  const Mark mark = read_mark(line);
  return mark.raised && line.size() > mark.length;
}

std::string_view without_source(std::string_view s) {
  constexpr std::size_t longest = 150;
  s = trim(s);
  for (const Pair& pair : pairs) {
    if (!s.ends_with(pair.close)) continue;
    const std::string_view tail = s.substr(s.size() - std::min(s.size(), longest));
    const std::size_t open = tail.rfind(pair.open);
    if (open == tail.npos) return s;
    const std::string_view sentence = trim(s.substr(0, s.size() - tail.size() + open));
    for (const std::string_view end : {"。", "！", "？", "…", "。”", "！”", "？”", "。」", "。』"})
      if (sentence.ends_with(end)) return sentence;
    return s;
  }
  return s;
}

// Without marks in brackets behind the end: `to the sea.[1]`.
static std::string_view without_bracketed_marks(std::string_view s) {
  constexpr std::size_t longest = 12;  // bytes of one
  for (;;) {
    s = trim(s);
    const std::string_view tail = s.substr(s.size() - std::min(s.size(), longest));
    const auto pair = std::find_if(std::begin(pairs), std::end(pairs), [&](const Pair& p) {
      return p.form == MarkForm::bracketed && s.ends_with(p.close);
    });
    const std::size_t open = pair == std::end(pairs) ? tail.npos : tail.rfind(pair->open);
    if (open == tail.npos) return s;
    const Mark mark = read_mark(tail.substr(open));
    if (mark.form != MarkForm::bracketed || mark.length != tail.size() - open) return s;
    s.remove_suffix(mark.length);
  }
}

bool ends_sentence(std::string_view s) {
  s = without_source(without_bracketed_marks(s));
  while (!s.empty()) {
    const std::size_t last = character_before(s, s.size());
    const char32_t c = first_character(s.substr(last));
    constexpr std::u32string_view ends = U".!?。！？…:：；;", closers = U"”’\"'」』）)]］】〕》〉»*†‡¹²³⁰⁴⁵⁶⁷⁸⁹";
    if (ends.find(c) != ends.npos) return true;
    if (is_enclosed_number(c) || closers.find(c) != closers.npos || is_digit(c) || c == '^' || is_blank(c)) {
      // A digit may be a note mark; a number that ends the sentence proper is rare in running text.
      if (is_digit(c) && s.find('^') == s.npos) return false;
      s = s.substr(0, last);
      continue;
    }
    return false;
  }
  return false;
}

bool ends_with_speaker(std::string_view line) {
  constexpr std::size_t longest = 60;  // columns
  for (const std::string_view dash : {"——", "—", "–", "--"}) {
    const std::size_t at = line.rfind(dash);
    if (at == line.npos || at == 0) continue;
    const std::string_view speaker = trim(line.substr(at + dash.size())), said = trim(line.substr(0, at));
    constexpr std::u32string_view closers = U"”’\"」』»";
    const char32_t last = said.empty() ? U' ' : last_character(said);
    return !speaker.empty() && !wider_than(speaker, longest) && ends_sentence(said) &&
           closers.find(last) != closers.npos;
  }
  return false;
}

bool seems_torn(std::string_view line) {
  line = trim(line);
  return wider_than(line, shortest_running_text - 1) && !ends_sentence(line) && !ends_with_speaker(line);
}

bool continues_sentence(std::string_view s) {
  const char32_t c = first_character(trim(s));
  constexpr std::u32string_view inner = U"，、。；：！？”’）》」』%％";
  return is_han(c) || is_lower(c) || inner.find(c) != inner.npos;
}

bool begins_with_address(std::string_view s) {
  s = trim(s);
  return s.starts_with("http://") || s.starts_with("https://") || s.starts_with("www.") || s.starts_with("ftp://") ||
         s.starts_with("<http");
}

}  // namespace emend
