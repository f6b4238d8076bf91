// Judges commas, colons, questions, cries, apostrophes and full stops by what stands beside them.
#include "stages/74-punctuation/marks.h"
#include "weights/punctuation.h"

namespace emend {

namespace {

constexpr bool is_han_numeral(char32_t c) {
  return std::u32string_view(U"〇零一二三四五六七八九十百千万").find(c) != std::u32string_view::npos;
}

// Where the address ends whose scheme ended before the "://" at `i`.
std::size_t address_end(std::string_view s, std::size_t i) {
  std::size_t end = i;
  while (end < s.size() && s[end] > ' ' && s[end] != '<' && s[end] != '>' && s[end] != '"') ++end;
  while (end > i + 3 && std::string_view(",.;:!?)'").find(s[end - 1]) != std::string_view::npos) --end;
  return end;
}

// &nbsp; and the like.
bool is_entity(std::string_view s, std::size_t semicolon) {
  std::size_t i = semicolon;
  while (i > 0 && semicolon - i < 8 && (is_ascii_alnum(s[i - 1]) || s[i - 1] == '#')) --i;
  return i > 0 && i < semicolon && s[i - 1] == '&';
}

// "Network Computing Architecture,NCA" in a Chinese passage: the comma was a full-width one.
bool is_gloss(const JudgedPassage& p, std::string_view s, std::size_t comma) {
  std::size_t end = comma + 1;
  while (end < s.size() && is_ascii_capital(s[end])) ++end;
  const std::string_view letters = s.substr(comma + 1, end - comma - 1);
  if (letters.size() < 2 || letters.size() > 6 || !p.scripts.mixed() || (end < s.size() && is_ascii_alnum(s[end])))
    return false;
  std::size_t at = comma;
  for (std::size_t n = letters.size(); n > 0;) {  // the words before, from the last to the first
    std::size_t word = at;
    while (word > 0 && is_ascii_letter(static_cast<unsigned char>(s[word - 1]))) --word;
    if (word == at) return false;
    if (s[word] == letters[n - 1])
      --n;
    else if (is_ascii_capital(s[word]))
      return false;
    if (n > 0 && (word == 0 || (s[word - 1] != ' ' && s[word - 1] != '-'))) return false;
    at = word - (n > 0);
  }
  return true;
}

// "参见Edith Farrowgate:https://…": a Western colon would have a blank behind it.
bool names_address(const JudgedPassage& p, const Neighbour& left, std::string_view behind) {
  if (!behind.starts_with("http://") && !behind.starts_with("https://") && !behind.starts_with("www.")) return false;
  if (left.side != Beside::western || left.blank) return false;
  const std::string_view s = p.line(p.passage.lines.front()).text;
  std::size_t i = p.phrases.empty() || p.phrases.front().first > 0 ? 0 : p.phrases.front().second;
  for (int step = 0; step < neighbour_reach && i < s.size(); ++step) {
    const char32_t c = next_character(s, i);
    if (is_han(c)) return true;
    if (!is_blank(c) && !is_looked_through(c, U"")) return false;
  }
  return false;
}

// The sentence that ends at byte `i`, or its last part.
std::string_view sentence_before(std::string_view s, std::size_t i) {
  std::size_t begin = i > punctuation::sentence ? i - punctuation::sentence : 0;
  while (begin < i && (static_cast<unsigned char>(s[begin]) & 0xC0u) == 0x80) ++begin;
  std::string_view text = s.substr(begin, i - begin);
  for (const std::string_view stop : {"。", "！", "？", "；", "!", "?", ";"})
    if (const std::size_t at = text.rfind(stop); at != text.npos) text.remove_prefix(at + stop.size());
  return text;
}

}  // namespace

void judge_comma(JudgedPassage& p, std::size_t l, std::size_t i, std::string_view wide, std::string_view rule) {
  const std::string_view s = p.line(l).text;
  const Neighbour left = p.before(l, i), right = p.after(l, i + 1);
  if (left.side == Beside::chinese && right.side == Beside::chinese && s[i] == ',') p.has_comma = p.has_narrow = true;
  if (p.is_chinese(left, right) && !(s[i] == ';' && is_entity(s, i))) return p.widen(l, i, i + 1, wide, rule);
  if (s[i] == ',' && is_gloss(p, s, i))
    p.widen(l, i, i + 1, wide, "punctuation.gloss", {90, "a term and its abbreviation, set without a blank"});
}

std::size_t judge_colon(JudgedPassage& p, std::size_t l, std::size_t i) {
  const std::string_view s = p.line(l).text;
  const std::string_view behind = s.substr(i + 1);
  if (behind.starts_with("//")) return address_end(s, i);
  if (behind.starts_with(":")) return i + 2;
  if (behind.starts_with("/") || behind.starts_with("\\")) return i + 1;
  const Neighbour left = p.before(l, i), right = p.after(l, i + 1);
  const bool numbers = is_han_numeral(left.c) && is_han_numeral(right.c) && !right.blank;
  const bool label = left.side == Beside::western && right.blank;  // "GCC: 编译器" may be as printed
  if (p.is_chinese(left, right) && !numbers && !label)
    p.widen(l, i, i + 1, "：", "punctuation.colon");
  else if (names_address(p, left, behind))
    p.widen(l, i, i + 1, "：", "punctuation.address", {85, "a Chinese note names an address, with no blank before it"});
  return i + 1;
}

void judge_question(JudgedPassage& p, std::size_t l, std::size_t i) {
  const Neighbour left = p.before(l, i), right = p.after(l, i + 1);
  if (left.side != Beside::chinese || left.stop || right.stop || !p.scripts.chinese()) return;
  if (right.side == Beside::western && !right.blank) return;
  if (p.rules.test("question", sentence_before(p.line(l).text, i)) != nullptr)
    p.widen(l, i, i + 1, "？", "punctuation.question");
}

void judge_exclamation(JudgedPassage& p, std::size_t l, std::size_t i) {
  const Neighbour left = p.before(l, i), right = p.after(l, i + 1);
  if (left.side != Beside::chinese || left.stop || right.stop || !p.scripts.chinese()) return;
  if (right.side == Beside::western && !right.blank) return;
  const bool ends = right.side == Beside::none || right.blank;
  if (ends || p.rules.test("exclamation", sentence_before(p.line(l).text, i)) != nullptr)
    p.widen(l, i, i + 1, "！", "punctuation.exclamation");
}

void judge_apostrophe(JudgedPassage& p, std::size_t l, std::size_t i) {
  const std::string_view s = p.line(l).text;
  const char32_t left = i == 0 ? ' ' : last_character(s.substr(0, i));
  const char32_t right = first_character(s.substr(i + 1));
  if (p.apostrophe < i && i - p.apostrophe < punctuation::quotation && is_han(left) &&
      beside(right) != Beside::western) {
    p.widened.push_back(
        {l, p.apostrophe, p.apostrophe + 1, "‘", "punctuation.apostrophe", 85, "one of a pair around Chinese text"});
    p.widened.push_back({l, i, i + 1, "’", "punctuation.apostrophe", 85, "one of a pair around Chinese text"});
    p.apostrophe = s.size();
  } else {
    const bool opens = is_han(right) && (is_cjk(left) || left == U'“' || left == '"' || i == 0);
    p.apostrophe = opens && p.scripts.chinese() ? i : s.size();
  }
}

void judge_full_stop(JudgedPassage& p, std::size_t l, std::size_t i) {
  const std::string_view s = p.line(l).text;
  if (i == 0 || s.substr(i + 1, 1) == ".") return;
  const bool bracket = s[i - 1] == ')' || s[i - 1] == '$' || s.substr(0, i).ends_with("）");
  if (!is_han(last_character(s.substr(0, i))) && !(bracket && p.before(l, i).side != Beside::western)) return;
  const Neighbour right = p.after(l, i + 1);
  p.ends_with_stop = right.side == Beside::none;
  if (p.ends_with_stop || (right.side == Beside::chinese && !right.stop))
    p.stops.push_back({l, i, i + 1, "。", "punctuation.stop"});
}

void decide_stops(JudgedPassage& p) {
  if (p.stops.empty() || !p.ends_with_stop || p.has_stops || !p.scripts.chinese() ||
      p.han < punctuation::shortest_sentence)
    return;
  if (!p.has_comma && p.stops.size() > 1) return;  // names and titles of a list of works, perhaps
  if (p.passage.is("head") || p.passage.is("entry")) return;
  for (const WidenedMark& f : p.stops)
    p.widen(f.line, f.begin, f.end, f.after, f.rule, {85, "the only form of full stop in a Chinese passage"});
}

}  // namespace emend
