// Judges brackets in pairs: what is in them, and what stands on both sides.
#include "stages/74-punctuation/brackets.h"

namespace emend {

namespace {

constexpr std::size_t deepest = 64;  // brackets within brackets

// Whether a number in brackets behind it is that of a part of the sentence.
bool numbers_parts(char32_t before) {
  constexpr std::u32string_view stops = U":;,：；，、。";
  return stops.find(before) != stops.npos;
}

// (2.1), (0,1), (3): the number of a formula, an interval or a mark, which are set narrow. Behind a stop, (1) numbers
// a part of the sentence.
bool holds_number(std::string_view s) {
  return s.find_first_not_of("0123456789.,+- ") == s.npos && s.find_first_of("0123456789") != s.npos;
}

}  // namespace

void Brackets::open(std::size_t l, std::size_t i, bool wide) {
  if (open_.size() < deepest) open_.push_back({l, i, judged_.han, wide, judged_.before(l, i)});
}

void Brackets::close(std::size_t l, std::size_t i, bool wide) {
  if (open_.empty()) return;
  const Open o = open_.back();
  open_.pop_back();
  if (o.wide && wide) return;
  const std::size_t width = wide ? 3 : 1;
  const bool empty = o.line == l && o.at + (o.wide ? 3 : 1) == i;
  if (o.line == l && !o.wide && !wide &&
      !numbers_parts(last_character(std::string_view(judged_.line(l).text).substr(0, o.at))) &&
      holds_number(judged_.line(l).text.substr(o.at + 1, i - o.at - 1)))
    return;
  const Neighbour right = judged_.after(l, i + width);
  if (empty || !(is_chinese_pair(o, right) || (o.line == l && spells_out(o, i, right)))) return;
  const Because because{static_cast<std::uint8_t>(o.wide || wide ? 90 : 100),
                        o.wide || wide ? "its partner is full-width" : ""};
  const std::size_t first = judged_.widened.size();
  if (!o.wide) judged_.widen(o.line, o.at, o.at + 1, "（", "punctuation.bracket", because);
  if (!wide) judged_.widen(l, i, i + 1, "）", "punctuation.bracket", because);
  for (std::size_t k = first; k < judged_.widened.size(); ++k)
    judged_.widened[k].foreign = judged_.han == o.han && !o.wide && !wide;
}

bool Brackets::is_chinese_pair(const Open& o, const Neighbour& right) const {
  const bool inside = judged_.han > o.han, before = o.left.side == Beside::chinese,
             after = right.side == Beside::chinese;
  if (!judged_.scripts.chinese()) return before && inside && (after || right.side == Beside::none);
  if (inside) return !is_call(o);
  return before || (o.left.side == Beside::none && after);
}

// "DTP(Distributed Transaction Processing)模型": no blank stands where a Western bracket has one.
bool Brackets::spells_out(const Open& o, std::size_t end, const Neighbour& right) const {
  const std::string_view s = judged_.line(o.line).text;
  if (!judged_.scripts.chinese() || right.side != Beside::chinese || right.blank || right.line || o.wide) return false;
  std::size_t begin = o.at;
  while (begin > 0 && is_ascii_capital(s[begin - 1])) --begin;
  const std::string_view letters = s.substr(begin, o.at - begin);
  std::size_t n = 0;
  for (std::size_t i = o.at + 1; i < end; ++i) {
    if (!is_ascii_capital(s[i]) || is_ascii_alnum(s[i - 1])) continue;
    if (n == letters.size() || s[i] != letters[n]) return false;
    ++n;
  }
  return n >= 2 && n == letters.size();
}

// print("你好"): a name in lower case right before the bracket, and no sentence in it.
bool Brackets::is_call(const Open& o) const {
  const std::string_view s = judged_.line(o.line).text;
  return o.left.side == Beside::western && !o.left.blank && is_lower(o.left.c) &&
         s.substr(o.at + 1, 1).find_first_of("\"'") == 0;
}

bool Brackets::keeps_wide() {
  if (wide_ >= 0) return wide_ != 0;
  std::size_t wide = 0, narrow = 0;
  for (const Line& l : judged_.doc.lines) {
    for (std::size_t i = l.text.find('('); i != l.text.npos; i = l.text.find('(', i + 1))
      narrow += i > 0 && is_han(last_character(trim(l.text.substr(0, i))));
    for (std::size_t i = l.text.find("（"); i != l.text.npos; i = l.text.find("（", i + 1)) ++wide;
  }
  wide_ = wide >= 4 && wide >= narrow;
  return wide_ != 0;
}

}  // namespace emend
