// Titles of chapters above their notes, looked up among the headings of the book.
#include "stages/60-notes/chapter_titles.h"

#include <set>
#include <string>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "stages/60-notes/marks.h"
#include "weights/notes.h"

namespace emend {

namespace {

std::size_t letters_of(std::u32string_view s) {
  std::size_t letters = 0;
  for (const char32_t c : s) letters += is_han(c) || is_letter(c);
  return letters;
}

class Titles {
 public:
  Titles(const Document& d, std::uint32_t end) {
    for (const Node& block : d.blocks) {
      if (block.name != "head" || block.at.begin >= end) continue;
      std::u32string whole;
      const auto [first, last] = d.lines_of(block.at);
      for (std::size_t line = first; line < last; ++line) {
        const std::u32string words = folded(d.lines[line].text);
        add(words);
        whole += words;
      }
      add(whole);
    }
  }

  bool has(const std::u32string& words) const { return titles_.contains(words); }

  // Whether a title begins so, and goes on with something else than the rest of a number.
  bool begins(const std::u32string& words) const {
    const auto next = titles_.lower_bound(words);
    return next != titles_.end() && next->starts_with(words) && next->size() > words.size() &&
           !(is_digit(words.back()) && is_digit((*next)[words.size()]));
  }

 private:
  void add(const std::u32string& words) {
    if (letters_of(words) < notes::least_title_words) return;
    titles_.insert(words);
    std::size_t number = 0;
    while (number < words.size() && (is_digit(words[number]) || words[number] == '.')) ++number;
    if (number > 0) titles_.insert(words.substr(number));
  }

  std::set<std::u32string> titles_;
};

}  // namespace

std::vector<std::size_t> find_chapter_titles(const Document& d, const std::vector<std::size_t>& lines) {
  std::vector<std::size_t> found;
  if (lines.empty()) return found;
  const Titles titles(d, d.lines[lines.front()].at.begin);
  for (std::size_t k = 0; k + 1 < lines.size(); ++k) {
    const std::string_view text = trim(d.lines[lines[k]].text);
    if (text.empty() || wider_than(text, notes::longest_title)) continue;
    const std::u32string words = folded(text);
    if (letters_of(words) < notes::least_title_words) continue;
    const bool above_first = read_note_mark(trim(d.lines[lines[k + 1]].text)).number.value == 1;
    const bool apart = k == 0 || lines[k] - lines[k - 1] > 1;
    if (titles.has(words) || (above_first && apart && titles.begins(words))) found.push_back(lines[k]);
  }
  return found;
}

}  // namespace emend
