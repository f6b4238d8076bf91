// Finds the numbered headings of a passage, where no number tells what another must be: each line has to show by itself
// that it is no item of a list and no label of a figure.
#include "stages/50-headings/passage.h"

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/headings.h"

namespace emend {

namespace {

struct Numbered {
  std::size_t line = 0;
  Numbering number;
  bool heading = false;  // by itself
};

// Whether most of the longer words begin with a capital, as those of titles do and those of instructions do not.
bool is_in_title_case(std::string_view title) {
  constexpr std::size_t long_word = 4;
  std::size_t capital = 0, small = 0;
  for (std::size_t i = 0; i < title.size();) {
    const std::size_t begin = title.find_first_not_of(' ', i);
    if (begin == title.npos) break;
    i = std::min(title.find(' ', begin), title.size());
    if (i - begin < long_word) continue;
    const char32_t first = first_character(title.substr(begin, i - begin));
    capital += is_upper(first), small += is_lower(first);
  }
  return capital > small;
}

std::size_t words_in(std::string_view title) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < title.size(); ++i) words += title[i] != ' ' && (i == 0 || title[i - 1] == ' ');
  return words;
}

class Passage {
 public:
  explicit Passage(Found& f) : f_(f), d_(f.d), lines_(f.lines) {}

  void run() {
    if (!f_.is_passage() || !f_.listed_schemes.empty()) return;
    std::vector<Numbered> all = numbered();
    bool found = false;
    for (const Numbered& c : all) {
      if (!c.heading || !is_alone(c, all)) continue;
      found = true;
      Head head;
      head.first = head.last = c.line;
      head.rule = c.number.rule->id;
      f_.describe(head, c.number);
      head.level = 0;
      head.rank = c.number.rank;
      head.value = c.number.value;
      head.because = {70, "a title with a number, set off above prose; what it counts on from is not in this passage"};
      f_.put(std::move(head));
    }
    if (found) f_.set_levels_by_rank();
  }

 private:
  std::string_view text(std::size_t line) const { return trim(d_.lines[line].text); }

  static bool is_decimal(const Numbering& n) { return n.scheme.starts_with("decimal-"); }

  std::vector<Numbered> numbered() const {
    std::vector<Numbered> all;
    for (std::size_t i = 0; i < d_.lines.size(); ++i) {
      if (wider_than(d_.lines[i].text, headings::longest_heading)) continue;
      if (const Numbering n = read_numbering(f_.rules, text(i));
          n && (is_decimal(n) || n.scheme == "arabic" || n.scheme == "roman"))
        all.push_back({i, n, false});
    }
    std::vector<Numbering*> numbers;
    for (Numbered& c : all) numbers.push_back(&c.number);
    settle_letters(numbers);
    const auto& free = lines_.all();
    for (Numbered& c : all)
      c.heading = std::binary_search(free.begin(), free.end(), c.line) && lines_.is_free(c.line) &&
                  c.number.scheme != "letter" && reads_as_title(c) && is_set_off(c.line) && has_text_below(c);
    return all;
  }

  bool reads_as_title(const Numbered& c) const {
    const std::string_view words = text(c.line).substr(std::min(c.number.words, text(c.line).size()));
    if (wider_than(words, headings::longest_unlisted) || !is_upper(first_character(words)) || !has_word(words))
      return false;
    if (ends_like_text(words) || words.find(". ") != words.npos || f_.rules.test("no-heading", words) != nullptr)
      return false;
    if (is_decimal(c.number)) return !ends_sentence(words) || words.ends_with('?');
    return !ends_sentence(words) && (words_in(words) <= headings::few_words || is_in_title_case(words));
  }

  bool is_set_off(std::size_t line) const {
    const std::size_t before = lines_.previous(line);
    if (lines_.blank_before(line) == 0 || lines_.blank_behind(line) == 0) return false;
    return before == line || !lines_.is_free(before) || d_.lines[before].block >= 0 || ends_sentence(text(before)) ||
           !seems_torn(text(before));
  }

  bool has_text_below(const Numbered& c) const {
    const std::size_t next = lines_.next(c.line);
    if (next >= d_.lines.size() || d_.lines[next].page != d_.lines[c.line].page || d_.lines[next].block >= 0)
      return false;
    if (const Numbering within = read_numbering(f_.rules, text(next)))
      return is_decimal(within) && within.above == c.number.n && within.value == 1;
    return is_upper(first_character(text(next))) && wider_than(text(next), headings::text_width);
  }

  // Whether the numbers of its kind only rise from heading to heading, and none that stands in a list is its neighbour;
  // the sections within a chapter tell that its number is no item's.
  bool is_alone(const Numbered& c, const std::vector<Numbered>& all) const {
    for (const auto& [line, head] : f_.heads)
      if (head.rank == c.number.rank && head.rule != c.number.rule->id) return false;
    const bool is_parent = std::any_of(all.begin(), all.end(), [&](const Numbered& other) {
      return (other.heading || f_.heads.contains(other.line)) && other.line > c.line && is_decimal(other.number) &&
             other.number.above == c.number.n;
    });
    for (const Numbered& other : all) {
      if (other.line == c.line || other.number.scheme != c.number.scheme) continue;
      const bool family = other.number.above == c.number.above;
      if (other.heading && family && (other.line < c.line) != (other.number.value < c.number.value)) return false;
      const int apart = other.number.value - c.number.value;
      if (!is_parent && !other.heading && !f_.heads.contains(other.line) && family && apart >= -1 && apart <= 1)
        return false;
    }
    return true;
  }

  Found& f_;
  const Document& d_;
  const HeadingLines& lines_;
};

}  // namespace

void find_within_passage(Found& f) { Passage(f).run(); }

}  // namespace emend
