// Joins split abbreviations: by what the book has whole elsewhere, and by brackets behind a Chinese name.
#include "stages/70-letters/abbreviations.h"
#include "weights/letters.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace emend {

namespace {

// Not a numeral, not a row of letters, not an article before a word.
bool is_plausible(std::string_view joined) {
  if (joined.find_first_not_of("IVXLCDM") == joined.npos) return false;
  bool row = true;
  for (std::size_t i = 1; i < joined.size(); ++i) row = row && joined[i] == joined[i - 1] + 1;
  return !row && joined != "XYZ";
}

// How often each of `words` stands alone in the book.
void count_words(const Document& doc, std::unordered_map<std::string_view, std::size_t>& words) {
  for (const Line& line : doc.lines) {
    const std::string_view s = line.text;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (!is_ascii_capital(s[i])) continue;
      std::size_t end = i + 1;
      while (end < s.size() && is_ascii_capital(s[end])) ++end;
      const bool alone = (i == 0 || !is_ascii_alnum(s[i - 1])) && (end == s.size() || !is_ascii_alnum(s[end]));
      if (alone && end - i > 1)
        if (const auto found = words.find(s.substr(i, end - i)); found != words.end()) ++found->second;
      i = end;
    }
  }
}

void join_split(RepairedPassage& p, const SplitAbbreviation& s, Because because) {
  const std::string_view text = p.line(s.line).text;
  for (std::size_t i = s.begin; i < s.end; ++i)
    if (text[i] == ' ') p.repair(s.line, i, i + 1, "", "letters.split-abbreviation", because);
}

}  // namespace

void note_split(const RepairedPassage& p, std::size_t l, std::size_t blank, std::vector<SplitAbbreviation>& splits) {
  const std::string_view s = p.line(l).text;
  SplitAbbreviation split{l, blank - 1, blank + 1, std::string(1, s[blank - 1])};
  if (blank >= 2 &&
      (is_ascii_alnum(s[blank - 2]) || std::string_view(" .-'&/").find(s[blank - 2]) != std::string_view::npos))
    return;
  bool spelled = false;  // letter by letter
  for (std::size_t i = blank; i < s.size() && s[i] == ' ' && i + 1 < s.size() && is_ascii_capital(s[i + 1]);) {
    std::size_t end = i + 1;
    while (end < s.size() && is_ascii_capital(s[end])) ++end;
    if (end < s.size() && is_ascii_alnum(s[end])) return;
    if (i > blank && (!spelled || end - i != 2)) return;
    spelled = end - i == 2;
    split.joined.append(s.substr(i + 1, end - i - 1));
    split.end = i = end;
  }
  if (split.joined.size() < 3 || split.joined.size() > letters::longest_acronym) return;
  const std::string_view rest = s.substr(split.end);
  if (rest.starts_with(".") || rest.starts_with(" ") || rest.starts_with("-") || rest.starts_with("&")) return;
  const std::string_view before = s.substr(0, split.begin);
  const bool opened = before.ends_with("(") || before.ends_with("（"),
             closed = rest.starts_with(")") || rest.starts_with("）");
  const char32_t name =
      !opened ? U' ' : last_character(trim(before.substr(0, character_before(before, before.size()))));
  split.bracketed = opened && closed && (is_han(name) || name == U'》' || name == U'”');
  if (!(opened && closed) && !is_cjk(last_character(before)) && !before.empty()) return;
  if (!is_plausible(split.joined)) return;
  splits.push_back(std::move(split));
}

void join_abbreviations(RepairedPassage& p, const std::vector<SplitAbbreviation>& splits) {
  if (splits.empty()) return;
  std::unordered_map<std::string_view, std::size_t> words, split, bracketed;
  for (const SplitAbbreviation& s : splits) {
    const std::string_view whole = s.joined, tail = whole.substr(1);
    words.emplace(whole, 0);
    words.emplace(tail, 0);
    split[tail] += s.end - s.begin == whole.size() + 1;
    bracketed[whole] += s.bracketed;
  }
  count_words(p.doc, words);
  for (const SplitAbbreviation& s : splits) {
    const std::string_view whole = s.joined, tail = whole.substr(1);
    const std::size_t elsewhere = words[tail] - std::min(words[tail], split[tail]);  // the tail as a word of its own
    if (words[whole] > elsewhere)
      join_split(p, s, {95, "the book has it whole elsewhere"});
    else if (elsewhere == 0 && bracketed[whole] > 0 && whole[0] != 'A' && whole[0] != 'I')
      join_split(p, s, {85, "an abbreviation in brackets behind its Chinese name, split by a blank"});
  }
}

}  // namespace emend
