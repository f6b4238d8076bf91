// Joins cut words: the book's own vocabulary says which are.
#include "stages/70-letters/cut_words.h"

#include <algorithm>

namespace emend {

namespace {

constexpr std::size_t longest_torn = 64;  // bytes of half a word

}  // namespace

void note_torn(const RepairedPassage& p, std::size_t l, std::vector<TornWord>& torn) {
  const std::string_view s = p.line(l).text;
  for (std::size_t i = s.find("- "); i != s.npos; i = s.find("- ", i + 1)) {
    if (i == 0 || i + 2 >= s.size() || !is_letter(last_character(s.substr(0, i))) ||
        !is_lower(first_character(s.substr(i + 2))))
      continue;
    const std::size_t from = i > longest_torn ? i - longest_torn : 0;
    torn.push_back({l, i, {last_word_of(s.substr(from, i - from)), first_word_of(s.substr(i + 2, longest_torn))}});
  }
}

void join_torn(RepairedPassage& p, const std::vector<TornWord>& torn) {
  if (torn.empty()) return;
  Vocabulary vocabulary;
  for (const TornWord& t : torn) vocabulary.ask(t.word);
  vocabulary.read(p.doc);
  for (const TornWord& t : torn) {
    const Vocabulary::Verdict verdict = vocabulary.judge(t.word, false);
    if (verdict.known && !verdict.keep)
      p.repair(t.line, t.hyphen, t.hyphen + 2, "", "letters.cut-word", {90, "the book has the word whole elsewhere"});
  }
}

}  // namespace emend
