// One walk along the aligned words writes what is the same, what is gone and what is new.
#include "stages/write/compare/words.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"
#include "stages/write/compare/alignment.h"

namespace emend {
namespace {

constexpr std::size_t around = 8;  // words that are shown before and after a change

bool is_in_word(char32_t c) {
  return is_ascii_letter(c) || is_digit(c) ||
         (c >= 0xC0 && c != not_a_character && !is_cjk(c) && !is_shared_punctuation(c) && !is_blank(c) && c != 0xD7 &&
          c != 0xF7 && !is_enclosed_number(c));
}

/// Where the word that begins at `begin` ends: letters and digits go together, all else is a word of its own.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  if (!is_in_word(next_character(text, end))) return end;
  for (std::size_t next = end; next < text.size();) {
    if (!is_in_word(next_character(text, next))) break;
    end = next;
  }
  return end;
}

/// What is the same, gone or new, in the order in which it is told.
struct Step {
  enum class Kind { same, gone, added } kind;
  const Word* word;
};

/// Stands for a blank where only that is gone or new.
constexpr Word blank_sign{"␣", false, false, 0};

std::vector<Step> steps_from(const std::vector<Word>& a, const std::vector<Word>& b) {
  std::vector<Step> steps;
  std::size_t i = 0, j = 0;
  const auto up_to = [&](std::size_t a_end, std::size_t b_end) {
    for (; i < a_end; ++i) steps.push_back({Step::Kind::gone, &a[i]});
    for (; j < b_end; ++j) steps.push_back({Step::Kind::added, &b[j]});
  };
  for (const auto& [in_a, in_b] : align_words(a, b)) {
    up_to(in_a, in_b);
    const Word *was = &a[i], *is = &b[j];
    // Beside a change, a blank is part of it.
    if (was->after_blank != is->after_blank && !steps.empty() && steps.back().kind == Step::Kind::same) {
      steps.push_back({was->after_blank ? Step::Kind::gone : Step::Kind::added, &blank_sign});
      if (is->after_blank) is = was;  // the sign is its blank
    }
    steps.push_back({Step::Kind::same, is});
    ++i, ++j;
  }
  up_to(a.size(), b.size());
  return steps;
}

/// Writes steps as one line.
class Line {
 public:
  void add(const Step& step) {
    if (step.kind != kind_) close();
    if (step.word->after_blank && !text_.empty() && !just_closed(step)) text_ += ' ';
    if (step.kind != kind_) open(step.kind);
    text_ += step.word->text;
  }
  /// What is left out; after it, or before it if it is the end, stands `next`.
  void ellipsis(const Step& next) {
    close();
    if (!text_.empty() && next.word->after_blank) text_ += ' ';
    text_ += "…";
  }
  void elide() { text_ += " …"; }
  std::string take() {
    close();
    return std::move(text_);
  }

 private:
  void open(Step::Kind kind) {
    kind_ = kind;
    text_ += kind == Step::Kind::gone ? "[-" : kind == Step::Kind::added ? "{+" : "";
  }
  void close() {
    text_ += kind_ == Step::Kind::gone ? "-]" : kind_ == Step::Kind::added ? "+}" : "";
    kind_ = Step::Kind::same;
  }
  /// What is new stands beside what it takes the place of.
  bool just_closed(const Step& step) const { return step.kind == Step::Kind::added && text_.ends_with("-]"); }

  std::string text_;
  Step::Kind kind_ = Step::Kind::same;
};

/// Adds [begin, end), without the middle of what is long.
void add_steps(const std::vector<Step>& steps, std::size_t begin, std::size_t end, Line& line) {
  constexpr std::size_t most = 48, shown = 20;  // of one run: more than `most` are told as its first and last words
  for (std::size_t first = begin; first < end;) {
    std::size_t last = first;
    while (last < end && steps[last].kind == steps[first].kind) ++last;
    const bool is_long = last - first > most;
    for (std::size_t j = first; j < last; ++j) {
      if (is_long && j == first + shown) line.elide(), j = last - shown;
      line.add(steps[j]);
    }
    first = last;
  }
}

std::vector<Word> with_ends_of_passages(const std::vector<Word>& words) {
  std::vector<Word> out;
  for (const Word& word : words) {
    if (!out.empty() && out.back().owner != word.owner) out.push_back({"¶", true, false, word.owner});
    out.push_back(word);
  }
  return out;
}

}  // namespace

void add_words(std::string_view text, std::size_t owner, std::vector<Word>& words) {
  bool blank = true;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const char32_t c = next_character(text, next);
    if (is_blank(c)) {
      blank = true;
    } else {
      next = end_of_word(text, at);
      words.push_back({text.substr(at, next - at), blank, is_in_word(c) || is_han(c) || is_kana(c), owner});
      blank = false;
    }
    at = next;
  }
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> align_words(const std::vector<Word>& a,
                                                                 const std::vector<Word>& b) {
  Numbers numbers;
  std::vector<std::uint32_t> of_a, of_b;
  for (const Word& word : a) of_a.push_back(numbers.of(word.text));
  for (const Word& word : b) of_b.push_back(numbers.of(word.text));
  return align(of_a, of_b);
}

std::vector<std::string> changes_of_words(const std::vector<Word>& a, const std::vector<Word>& b) {
  const std::vector<Word> before = with_ends_of_passages(a), after = with_ends_of_passages(b);
  const std::vector<Step> steps = steps_from(before, after);
  const auto changed = [&](std::size_t i) { return steps[i].kind != Step::Kind::same; };
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!changed(i)) continue;
    std::size_t last = i;  // of the changes that are told together
    for (std::size_t j = i; j < steps.size() && j <= last + 2 * around; ++j)
      if (changed(j)) last = j;
    const std::size_t begin = i - std::min(i, around), end = std::min(last + around + 1, steps.size());
    Line line;
    if (begin > 0) line.ellipsis(steps[begin]);
    add_steps(steps, begin, end, line);
    if (end < steps.size()) line.ellipsis(steps[end]);
    lines.push_back(line.take());
    i = last;
  }
  return lines;
}

std::string first_words(std::string_view text) {
  constexpr std::size_t most = 24;
  std::vector<Word> words;
  add_words(text, 0, words);
  if (words.size() <= most) return std::string(text);
  const std::string_view last = words[most - 1].text;
  return std::string(text.substr(0, static_cast<std::size_t>(last.data() - text.data()) + last.size())) + " …";
}

}  // namespace emend
