// Reading an expression from left to right, with what each of its parts can match.
#include "pipeline/rules/needed_words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t most_words = 1000, most_combined = 64, most_in_class = 40, deepest = 100;

using Words = std::vector<std::string>;

// What a part of an expression matches: one of the words and nothing else, or something with one of them in it.
struct Part {
  bool exact = false;
  Words words;  // of a part that is not exact: empty if nothing can be said
};

char32_t small_letter(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  if (c >= 0x2E80 && c < 0xA640) return c;  // Han and its neighbours
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

void make_unique(Words& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

std::size_t shortest(const Words& words) {
  std::size_t least = std::string::npos;
  for (const std::string& word : words) least = std::min(least, word.size());
  return words.empty() ? 0 : least;
}

// A text that holds a word holds what the word begins with, too.
Words without_longer(Words words) {
  make_unique(words);
  std::size_t kept = 0;
  for (std::string& word : words)
    if (kept == 0 || !word.starts_with(words[kept - 1])) {
      if (&words[kept] != &word) words[kept] = std::move(word);
      ++kept;
    }
  words.resize(kept);
  return words;
}

Words combined(const Words& first, const Words& second) {
  Words all;
  all.reserve(first.size() * second.size());
  for (const std::string& a : first)
    for (const std::string& b : second) all.push_back(a + b);
  return all;
}

// The parts of a sequence, put together: what stands side by side makes longer words, and the best list is kept.
class Sequence {
 public:
  void add(Part part) {
    const std::size_t fewer = std::min(run_.size(), part.words.size()), all = run_.size() * part.words.size();
    if (part.exact && (all <= most_combined || fewer == 1)) {
      if (part.words.size() == 1) return add(part.words[0]);
      run_ = combined(run_, part.words);
      return;
    }
    exact_ = false;
    consider(std::move(run_));
    run_ = {""};
    if (part.exact)
      run_ = std::move(part.words);
    else
      consider(std::move(part.words));
  }

  void add(std::string_view word) {
    for (std::string& before : run_) before += word;
  }

  Part whole() && {
    if (exact_) return {true, std::move(run_)};
    consider(std::move(run_));
    return {false, std::move(best_)};
  }

 private:
  void consider(Words words) {
    static constexpr std::size_t long_enough = 4;  // bytes: what is longer is no rarer
    const auto worth = [](const Words& w) { return std::min(shortest(w), long_enough); };
    const std::size_t now = worth(words), before = worth(best_);
    if (now > before || (now == before && now > 0 && words.size() < best_.size())) best_ = std::move(words);
  }

  Words run_{""}, best_;
  bool exact_ = true;
};

// A reader of RE2's syntax; what it does not know makes the whole expression one of which nothing is said.
class Reader {
 public:
  Reader(std::string_view expression, bool folds) : text_(expression), folds_(folds) {}

  std::optional<Part> read() {
    Part part = alternatives(0);
    if (!known_ || at_ < text_.size()) return std::nullopt;
    return part;
  }
  // Whether the parts are nothing but words, which may be in capitals.
  bool only_words() const { return !asserts_ && !told_apart_; }

 private:
  bool more() const { return known_ && at_ < text_.size(); }
  bool next_is(char c) const { return more() && text_[at_] == c; }
  bool take(std::string_view s) {
    if (!known_ || !text_.substr(at_).starts_with(s)) return false;
    at_ += s.size();
    return true;
  }
  Part unknown() {
    known_ = false;
    return {};
  }

  Part alternatives(std::size_t depth) {
    if (depth > deepest) return unknown();
    const bool folds = folds_;
    Part all = sequence(depth);
    while (take("|")) {
      Part other = sequence(depth);
      const bool said = !all.words.empty() && !other.words.empty();
      all.exact = all.exact && other.exact;
      if (said)
        all.words.insert(all.words.end(), other.words.begin(), other.words.end());
      else
        all = {};
      if (all.words.size() > most_words) all = {};
    }
    if (depth > 0) folds_ = folds;
    if (all.words.size() > 1) make_unique(all.words);
    if (!all.exact && shortest(all.words) == 0) all = {};
    return all;
  }

  Part sequence(std::size_t depth) {
    Sequence parts;
    std::string word;
    while (more() && text_[at_] != '|' && text_[at_] != ')') {
      plain(word);
      if (!word.empty()) parts.add(word);
      if (more() && text_[at_] != '|' && text_[at_] != ')') parts.add(repeated(item(depth)));
    }
    return std::move(parts).whole();
  }

  // The characters from here that stand for themselves and are there once.
  void plain(std::string& word) {
    constexpr std::string_view special = "()[]{}|\\.^$*+?";
    word.clear();
    while (more() && special.find(text_[at_]) == special.npos) {
      std::size_t behind = at_;
      const char32_t c = next_character(text_, behind);
      if (c == not_a_character ||
          std::string_view("*+?{").find(text_[behind < text_.size() ? behind : at_]) != special.npos)
        break;
      at_ = behind;
      if (!folds_) told_apart_ = true;
      append_character(word, small_letter(c));
    }
  }

  // How often a part is there; a part that may be absent needs nothing.
  Part repeated(Part part) {
    while (more()) {
      bool absent = false, once = false;
      if (take("*"))
        absent = true;
      else if (take("?"))
        absent = once = true;
      else if (take("+"))
        absent = false;
      else if (const auto count = counted())
        absent = *count == 0;
      else
        break;
      take("?");  // a lazy one
      if (absent && once && part.exact && part.words.size() < most_combined)
        part.words.emplace_back();
      else if (absent)
        part = {};
      else
        part.exact = false;
      if (!part.exact && shortest(part.words) == 0) part = {};
    }
    return part;
  }

  // The least number in {2,60}; a brace without numbers is a character like others.
  std::optional<std::size_t> counted() {
    if (!next_is('{')) return std::nullopt;
    std::size_t i = at_ + 1, least = 0;
    const std::size_t digits = i;
    for (; i < text_.size() && is_digit(static_cast<unsigned char>(text_[i])); ++i)
      least = std::min<std::size_t>(10 * least + static_cast<std::size_t>(text_[i] - '0'), 1000);
    if (i == digits) return std::nullopt;
    if (i < text_.size() && text_[i] == ',')
      for (++i; i < text_.size() && is_digit(static_cast<unsigned char>(text_[i]));) ++i;
    if (i >= text_.size() || text_[i] != '}') return std::nullopt;
    at_ = i + 1;
    return least;
  }

  Part item(std::size_t depth) {
    switch (text_[at_]) {
      case '(': return group(depth);
      case '[': return character_class();
      case '\\': return escape();
      case '.': return ++at_, Part{};
      case '^':
      case '$': return ++at_, assertion();
      default: return literal(next_character(text_, at_));
    }
  }

  Part assertion() {
    asserts_ = true;
    return {true, {""}};
  }

  Part literal(char32_t c) {
    if (c == not_a_character) return unknown();
    if (!folds_) told_apart_ = true;
    std::string word;
    append_character(word, small_letter(c));
    return {true, {std::move(word)}};
  }

  Part group(std::size_t depth) {
    ++at_;
    const bool folds = folds_;
    if (take("?")) {
      if (take("P<")) {
        while (more() && text_[at_] != '>') ++at_;
        take(">");
      } else if (flags()) {
        return {true, {""}};  // for what follows in the group around it
      }
    }
    Part part = alternatives(depth + 1);
    folds_ = folds;
    return take(")") ? part : unknown();
  }

  // The flags of a group; true if they are all that is between the parentheses.
  bool flags() {
    for (bool on = true; more(); ++at_) {
      const char c = text_[at_];
      if (c == ':' || c == ')') return ++at_, c == ')';
      if (c == 'i')
        folds_ = on;
      else if (c == '-')
        on = false;
      else
        known_ = false;
    }
    known_ = false;
    return false;
  }

  // \x{..} and \. are characters, \b matches nothing, \d is a class; the rest of the letters are not asked about.
  Part escape() {
    ++at_;
    if (!more()) return unknown();
    if (take("b")) return assertion();
    if (take("d")) return digits();
    if (take("s") || take("S") || take("w") || take("W") || take("D")) return {};
    if (take("p") || take("P")) return skip_name(), Part{};
    const std::optional<char32_t> c = escaped();
    return c ? literal(*c) : unknown();
  }

  Part digits() {
    Part part{true, {}};
    for (char c = '0'; c <= '9'; ++c) part.words.emplace_back(1, c);
    return part;
  }

  // Behind \p: L or {Han}.
  void skip_name() {
    if (!take("{"))
      ++at_;
    else
      while (more() && text_[at_++] != '}') continue;
  }

  // The character behind a backslash, if it is one.
  std::optional<char32_t> escaped() {
    if (take("n")) return U'\n';
    if (take("t")) return U'\t';
    if (take("x{")) {
      char32_t c = 0;
      for (; more() && text_[at_] != '}'; ++at_) {
        const std::size_t digit = std::string_view("0123456789abcdef")
                                      .find(static_cast<char>(small_letter(static_cast<unsigned char>(text_[at_]))));
        if (digit == std::string_view::npos || c > 0x10FFFF) return std::nullopt;
        c = 16 * c + static_cast<char32_t>(digit);
      }
      return take("}") ? std::optional(c) : std::nullopt;
    }
    const char32_t c = more() ? next_character(text_, at_) : not_a_character;
    if (c == not_a_character || is_ascii_letter(c) || is_digit(c)) return std::nullopt;
    return c;
  }

  // [1一] is one of a few characters; what is not, or is one of many, may be anything.
  Part character_class() {
    ++at_;
    bool few = !take("^");
    Words words;
    for (bool first = true; more() && (first || text_[at_] != ']'); first = false) few = in_class(words) && few;
    if (!take("]")) return unknown();
    make_unique(words);
    if (!few || words.size() > most_in_class) return {};
    told_apart_ = told_apart_ || !folds_;
    return {true, std::move(words)};
  }

  // One member of a class; false if it stands for more characters than can be listed.
  bool in_class(Words& words) {
    if (take("[:")) {
      while (more() && !take(":]")) ++at_;
      return false;
    }
    const std::optional<char32_t> from = class_character();
    if (!from) return false;
    std::optional<char32_t> to = from;
    if (next_is('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
      ++at_;
      to = class_character();
      if (!to || *to < *from) return known_ = false;
    }
    if (*to - *from >= most_in_class) return false;
    for (char32_t c = *from; c <= *to; ++c) append_character(words.emplace_back(), small_letter(c));
    return true;
  }

  // Nothing for \s, \p{L} and their like.
  std::optional<char32_t> class_character() {
    if (!take("\\")) {
      const char32_t c = next_character(text_, at_);
      if (c == not_a_character) known_ = false;
      return c == not_a_character ? std::nullopt : std::optional(c);
    }
    if (take("p") || take("P")) return skip_name(), std::nullopt;
    if (take("d") || take("D") || take("s") || take("S") || take("w") || take("W")) return std::nullopt;
    const std::optional<char32_t> c = escaped();
    if (!c) known_ = false;
    return c;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool folds_;
  bool known_ = true;
  bool asserts_ = false;     // ^, $ and \b stand in it
  bool told_apart_ = false;  // capitals and small letters are, somewhere
};

}  // namespace

void append_small_letters(std::string& out, std::string_view text) {
  out.reserve(out.size() + text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
      ++i;
      continue;
    }
    const std::size_t begin = i;
    const char32_t c = next_character(text, i), small = c == not_a_character ? c : small_letter(c);
    if (small == c)
      out += text.substr(begin, i - begin);
    else
      append_character(out, small);
  }
}

NeededWords needed_words(std::string_view expression) {
  constexpr std::string_view opening = "(?i)^(?:", closing = ")$";
  if (expression.size() > opening.size() + closing.size() && expression.starts_with(opening) &&
      expression.ends_with(closing)) {
    Reader list(expression.substr(opening.size(), expression.size() - opening.size() - closing.size()), true);
    std::optional<Part> part = list.read();
    if (part && part->exact && list.only_words()) return {std::move(part->words), true};
  }
  std::optional<Part> part = Reader(expression, false).read();
  if (!part || shortest(part->words) == 0) return {};
  return {without_longer(std::move(part->words)), false};
}

}  // namespace emend
