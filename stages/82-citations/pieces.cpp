// Cuts what stands between the parts of a citation at its punctuation.
#include "stages/82-citations/pieces.h"

#include <algorithm>

namespace emend {

namespace {

bool sentence_stop(const CitationDraft& d, std::size_t at, std::size_t end) {
  const std::string_view s = d.whole.masked;
  if ((s[at] == '?' || s[at] == '!') && at + 1 < end && s[at + 1] == ' ') return true;
  if (s[at] != '.' || (at + 1 < end && s[at + 1] != ' ')) return false;
  // Not behind an initial or a short abbreviation: "J. Smith", "St. Ives".
  std::size_t word = at;
  while (word > 0 && s[word - 1] != ' ' && s[word - 1] != '(' && s[word - 1] != '.') --word;
  if (at - word <= 1) return false;
  const std::string_view w = s.substr(word, at - word);
  return !(w == "St" || w == "Mt" || w == "Dr" || w == "Prof" || w == "vs" || w == "Vol" || w == "vol" || w == "No" ||
           w == "Hrsg" || w == "ed" || w == "eds" || w == "Bd" || w == "Jg" || w == "bzw" || w == "Jh");
}

}  // namespace

std::vector<CitationPiece> pieces_of(const CitationDraft& d, Range gap) {
  std::vector<CitationPiece> all;
  const std::string_view s = d.whole.masked;
  std::size_t begin = gap.begin;
  const auto cut = [&](std::size_t end, char stop) {
    const Range r = d.trimmed({begin, end}, U",;:.()[]*“”\"«»‘’„<>");
    if (!r.empty()) all.push_back({r, stop});
  };
  for (std::size_t i = gap.begin; i < gap.end; ++i) {
    const bool stop = sentence_stop(d, i, gap.end);
    const bool in = i >= 2 && (s.substr(i - 2, 2) == "in" || s.substr(i - 2, 2) == "In") && (i == 2 || s[i - 3] == ' ');
    const bool colon = s[i] == ':' && i + 1 < gap.end && s[i + 1] == ' ' && !in;
    const bool comma = (s[i] == ',' || s[i] == ';') && i + 1 <= gap.end;
    if (!stop && !colon && !comma && s[i] != '(' && s[i] != ')') continue;
    cut(i, stop && s[i] != '?' && s[i] != '!' ? '.' : s[i]);
    begin = i + 1;
  }
  cut(gap.end, 0);
  return all;
}

bool is_place(const CitationDraft& d, Range r) { return d.rules.test("citation-place", d.masked(r)) != nullptr; }
bool is_publisher(const CitationDraft& d, Range r) {
  return d.text(r).size() < 80 && d.rules.test("citation-publisher", d.masked(r)) != nullptr;
}

bool is_role(const CitationDraft& d, Range r) {
  const Match m = d.rules.find("citation-role", d.masked(r));
  return m && m.groups[0].size() == r.end - r.begin;
}

std::size_t word_count(std::string_view s) {
  return s.empty() ? 0 : static_cast<std::size_t>(std::count(s.begin(), s.end(), ' ')) + 1;
}

std::size_t in_length(std::string_view s) {
  for (const std::string_view word : {"in: ", "In: ", "in ", "In ", "dans ", "Dans ", "dans : ", "in : "})
    if (s.starts_with(word)) return word.size();
  return 0;
}

}  // namespace emend
