// Lines whose letters were set apart, `C H A P T E R  I`, are read as words.
//
// Only whole lines, and only where something says what the words are: they are a heading's number, the name of front or
// back matter, or words that the book has elsewhere. Signs of tables and answers, `A B C D E`, are neither.
//
// Small capitals lose their first letter to a larger size, and extraction sets a blank behind it: `R EFERENCES`. It is
// closed in lines of capitals, where the book's own words say so, or its other lines do.
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

bool is_all_capitals(std::string_view text) {
  bool capitals = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (is_lower(c) || is_han(c)) return false;
    capitals = capitals || is_upper(c);
  }
  return capitals;
}

// A capital, a blank and the capitals that go on, within a line.
struct Parted {
  const Line* line = nullptr;
  std::size_t blank = 0;     // its place in the line
  std::u32string rest, all;  // folded, without the first capital and with it
  bool lone_word = false;    // the first letter is a word by itself in some language: A, I, O
};

class SmallCapitals {
 public:
  SmallCapitals(const Document& d, const Rules& rules) : rules_(rules) {
    for (const Line& line : d.lines)
      if (line.block < 0 && line.text.size() <= longest && is_all_capitals(line.text)) find(line);
    if (parted_.empty()) return;
    for (const Line& line : d.lines)
      if (!is_all_capitals(line.text)) add_words(line.text);
    for (const Parted& p : parted_) {
      if (!is_told(p)) continue;
      sure_ += !p.lone_word;
      told_.insert(p.line);
    }
  }

  void close(Proposal& out) const {
    for (const Parted& p : parted_)
      if (is_one_word(p))
        out.edit(*p.line, p.blank, p.blank + 1, "", "letterspacing.small-capitals",
                 {85, "the first letter of small capitals was set apart"});
  }

 private:
  void find(const Line& line) {
    const std::string_view text = line.text;
    for (std::size_t blank = 1; blank + 2 < text.size(); ++blank) {
      const std::size_t first = text[blank] == ' ' ? character_before(text, blank) : blank;
      if (first == blank || !is_upper(first_character(text.substr(first)))) continue;
      const bool begins = first == 0 || text[first - 1] == ' ' || text[first - 1] == '-' || text[first - 1] == '(';
      std::size_t end = blank + 1, letters = 0;
      for (std::size_t i = end; i < text.size(); end = i, ++letters)
        if (!is_upper(next_character(text, i))) break;
      if (!begins || letters < 2) continue;
      constexpr std::string_view words = "AEIOUY";
      Parted p{&line, blank, folded(text.substr(blank + 1, end - blank - 1)), {}, false};
      p.all = folded(text.substr(first, blank - first)) + p.rest;
      p.lone_word = words.find(text[first]) != words.npos || blank - first > 1;
      parted_.push_back(std::move(p));
    }
  }

  void add_words(std::string_view text) {
    std::string word;
    for (std::size_t i = 0; i <= text.size();) {
      const char32_t c = i < text.size() ? next_character(text, i) : (++i, U' ');
      if (is_letter(c)) {
        append_character(word, c);
        continue;
      }
      if (word.size() > 1) words_.insert(folded(word));
      word.clear();
    }
  }

  bool is_told(const Parted& p) const { return words_.contains(p.all) && !words_.contains(p.rest); }

  // `R EFERENCES` says what it is, though the book has the word nowhere else.
  bool is_name(const Parted& p) const {
    std::string closed(p.line->text);
    closed.erase(p.blank, 1);
    return read_matter(rules_, closed) != nullptr;
  }

  // A number or a word that is told stands in it: what else may be two words, as the names of J SMITH are.
  bool is_title(const Line& line) const { return read_numbering(rules_, trim(line.text)) || told_.contains(&line); }

  bool is_one_word(const Parted& p) const {
    if (is_name(p)) return true;
    if (sure_ < letterspacing::habit) return !p.lone_word && is_told(p);
    if (!words_.contains(p.rest)) return words_.contains(p.all) || is_title(*p.line);
    return !p.lone_word && words_.contains(p.all);
  }

  const Rules& rules_;
  std::vector<Parted> parted_;
  std::set<std::u32string> words_;  // of lines that are not all capitals
  std::set<const Line*> told_;      // where the book's words tell of one
  std::size_t sure_ = 0;            // of how many the book's words tell, but for those that begin with a word
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  SmallCapitals(d, rules).close(out);
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
