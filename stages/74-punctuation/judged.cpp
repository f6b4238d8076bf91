// What stands beside a mark, and how one is replaced.
#include "stages/74-punctuation/judged.h"

#include <algorithm>

namespace emend {

namespace {

constexpr bool is_stop(char32_t c) {
  return c == U'，' || c == U'。' || c == U'；' || c == U'：' || c == U'！' || c == U'？' || c == U'、';
}

Neighbour settled(Neighbour near) {
  near.side = beside(near.c);
  near.stop = is_stop(near.c);
  return near;
}

}  // namespace

Beside beside(char32_t c) {
  if (is_cjk(c)) return Beside::chinese;
  return is_letter(c) || is_digit(c) ? Beside::western : Beside::other;
}

bool JudgedPassage::turn_to(const Passage& other) {
  passage = other;
  scripts = {};
  for (const std::uint32_t l : passage.lines)
    if (!is_ascii(line(l).text)) scripts += count_scripts(line(l).text);
  if (scripts.han == 0) return false;
  for (const std::uint32_t l : passage.lines)
    if (is_ascii(line(l).text)) scripts += count_scripts(line(l).text);
  if (!scripts.mixed()) return false;
  widened.clear(), stops.clear();
  han = 0;
  is_reference = has_stops = has_comma = has_wide = has_narrow = has_corners = ends_with_stop = false;
  return true;
}

// The phrase of the scanned line that ends, or begins, at byte `at`: moves `at` to its other side.
bool JudgedPassage::before_phrase(std::size_t& at) const {
  const auto p =
      std::lower_bound(phrases.begin(), phrases.end(), at, [](auto& x, std::size_t b) { return x.second < b; });
  return p != phrases.end() && p->second == at && p->first < at ? (at = p->first, true) : false;
}
bool JudgedPassage::behind_phrase(std::size_t& at) const {
  const auto p =
      std::lower_bound(phrases.begin(), phrases.end(), at, [](auto& x, std::size_t b) { return x.second <= b; });
  return p != phrases.end() && p->first == at && p->second > at ? (at = p->second, true) : false;
}

// A bracket that was just judged Chinese counts as Chinese, though it still reads ")".
bool JudgedPassage::was_widened(std::size_t l, std::size_t at) const {
  return !widened.empty() && widened.back().line == l && widened.back().begin <= at && at < widened.back().end &&
         widened.back().after == "）";
}

Neighbour JudgedPassage::before(std::size_t l, std::size_t at) const {
  Neighbour near;
  std::size_t back = index;
  for (int step = 0; step < neighbour_reach; ++step) {
    if (!near.line && before_phrase(at)) continue;
    if (at == 0) {
      if (near.line || back == 0) return near;
      near.line = true;
      l = passage.lines[--back];
      at = line(l).text.size();
      continue;
    }
    const std::string_view s = line(l).text.substr(0, at);
    const std::size_t begin = character_before(s, at);
    near.c = first_character(s.substr(begin));
    if (near.c == ')' && was_widened(l, begin)) return near.side = Beside::chinese, near;
    if (is_blank(near.c))
      near.blank = true;
    else if (!is_looked_through(near.c, U"”’\"',;:"))
      return settled(near);
    at = begin;
  }
  near.side = Beside::other;  // too far away to tell
  return near;
}

Neighbour JudgedPassage::after(std::size_t l, std::size_t at) const {
  Neighbour near;
  std::size_t ahead = index;
  for (int step = 0; step < neighbour_reach; ++step) {
    if (!near.line && behind_phrase(at)) continue;
    const std::string_view s = line(l).text;
    if (at >= s.size()) {
      if (near.line || ahead + 1 == passage.lines.size()) return near;
      near.line = true;
      l = passage.lines[++ahead];
      at = 0;
      continue;
    }
    near.c = next_character(s, at);
    if (is_blank(near.c))
      near.blank = true;
    else if (!is_looked_through(near.c, U"“‘\"'("))
      return settled(near);
  }
  near.side = Beside::other;
  return near;
}

bool JudgedPassage::is_chinese(const Neighbour& left, const Neighbour& right) const {
  if (left.stop || right.stop) return false;
  const bool l = left.side == Beside::chinese, r = right.side == Beside::chinese;
  return scripts.chinese() ? l || r : l && r;
}

void JudgedPassage::widen(std::size_t l, std::size_t begin, std::size_t end, std::string_view after,
                          std::string_view rule, Because because) {
  const std::string_view s = line(l).text;
  const auto blanks = [&](std::size_t from, std::size_t to) {
    return s.substr(from, to - from).find_first_not_of(' ') == s.npos;
  };
  if (after != "（")
    for (std::size_t n = 1; n <= 2 && end + n < s.size(); ++n)
      if (blanks(end, end + n) && s[end + n] != ' ' && s[end + n] != '\t') {
        end += n;
        break;
      }
  if (after != "）" || (begin > 0 && is_cjk(last_character(trim(s.substr(0, begin))))))
    for (std::size_t n = 1; n <= 2 && n < begin; ++n)
      if (blanks(begin - n, begin) && s[begin - n - 1] != ' ' && s[begin - n - 1] != '\t') {
        begin -= n;
        break;
      }
  widened.push_back({l, begin, end, after, rule, because.sure, because.reason});
}

}  // namespace emend
