// Lines whose letters were set apart, `C H A P T E R  I`, are read as words.
//
// Only whole lines, and only where something says what the words are: they are a heading's number, the name of front or
// back matter, or words that the book has elsewhere. Signs of tables and answers, `A B C D E`, are neither.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/matter.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/letterspacing.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

constexpr std::size_t longest = 160;  // letters of a line, its bytes

// The words of a line of single letters: one blank stands between letters, more between words. Empty if it is none.
std::vector<std::string> words_set_apart(std::string_view text) {
  std::vector<std::string> words;
  std::size_t blanks = 2, letters = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (is_blank(c)) {
      blanks += c == ' ' ? 1 : 2;
      continue;
    }
    const bool stop = c == '.' && blanks == 0 && i == text.size();
    if (!stop && (blanks == 0 || !is_letter(c))) return {};
    if (blanks > 1) words.emplace_back();
    append_character(words.back(), c);
    letters += !stop;
    blanks = 0;
  }
  return letters < letterspacing::fewest ? std::vector<std::string>() : words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all.append(all.empty() ? "" : " ").append(word);
  return all;
}

// The words of the book, folded: what a line of letters is held against.
std::set<std::u32string> words_of(const Document& d) {
  std::set<std::u32string> all;
  for (const Line& line : d.lines)
    for (std::size_t i = 0; i < line.text.size();) {
      const std::size_t end = std::min(line.text.find_first_of(" \t.,;:!?()", i), line.text.size());
      if (end > i + 2) all.insert(folded(line.text.substr(i, end - i)));
      i = end + 1;
    }
  return all;
}

class Closer {
 public:
  Closer(const Document& d, const Rules& rules) : d_(d), rules_(rules) {}

  // How the line is read; empty if nothing says so.
  std::string reading(const std::vector<std::string>& words) {
    const std::string whole = joined(words);
    if (is_heading(whole) || all_known(words)) return whole;
    for (std::size_t cut = 1; words.size() == 1 && cut < whole.size(); ++cut)  // one blank between all letters
      if (const std::string two = whole.substr(0, cut) + ' ' + whole.substr(cut); is_heading(two)) return two;
    return {};
  }

 private:
  bool is_heading(const std::string& text) const {
    return static_cast<bool>(read_numbering(rules_, text)) || read_matter(rules_, text) != nullptr ||
           rules_.test("contents-title", text) != nullptr;
  }
  bool all_known(const std::vector<std::string>& words) {
    if (known_.empty()) known_ = words_of(d_);
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& w) { return columns(w) > 2 && known_.contains(folded(w)); });
  }

  const Document& d_;
  const Rules& rules_;
  std::set<std::u32string> known_;  // made when it is first asked
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  Closer closer(d, rules);
  for (const Line& line : d.lines) {
    const std::string_view text = trim(line.text);
    if (text.size() < 2 * letterspacing::fewest - 1 || text.size() > longest || line.block >= 0) continue;
    const std::vector<std::string> words = words_set_apart(text);
    const std::string reading = words.empty() ? std::string() : closer.reading(words);
    if (reading.empty()) continue;
    const auto begin = static_cast<std::size_t>(text.data() - line.text.data());
    out.edit(line, begin, begin + text.size(), reading, "letterspacing.closed",
             {90, "the letters of words were set apart"});
  }
}

}  // namespace

extern const Stage stage_letterspacing{.name = "letterspacing",
                                       .summary = "Read letters that were set apart as words",
                                       .needs = "characters",
                                       .provides = "",
                                       .rules = &embedded::rules_structure,
                                       .run = run};

}  // namespace emend
