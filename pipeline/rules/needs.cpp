// Reading an expression from left to right, with what each of its parts can match.
#include "pipeline/rules/needs.h"

#include <optional>
#include <utility>

#include "pipeline/rules/expression_part.h"
#include "pipeline/rules/small_letters.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t most_in_class = 40, deepest = 100;

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
    const bool several = next_is('|');
    while (take("|")) all.or_else(sequence(depth));
    if (depth > 0) folds_ = folds;
    if (several) make_unique(all.words);
    if (!all.exact && shortest(all.words) == 0) all.words.clear();
    return all;
  }

  bool in_sequence() const { return more() && text_[at_] != '|' && text_[at_] != ')'; }

  Part sequence(std::size_t depth) {
    PartSequence parts;
    std::string word;
    while (in_sequence()) {
      const std::size_t begin = at_;
      plain(word);
      if (!word.empty()) parts.add(word, opening_of_word(begin));
      if (in_sequence()) parts.add(repeated(item(depth)));
    }
    return std::move(parts).whole();
  }

  // Of the plain characters from a place on to here.
  Opening opening_of_word(std::size_t from) const {
    Opening all = Part::nothing(false).opening;
    while (from < at_ && (all.empty || all.single)) {
      const char32_t c = next_character(text_, from);
      all.follow(Opening::of_characters(c, c, folds_));
    }
    return all;
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
      part.repeat(absent, once);
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
      case '.': return ++at_, Part::any_character();
      case '^': return ++at_, assertion(true);
      case '$': return ++at_, assertion(false);
      default: return literal(next_character(text_, at_));
    }
  }

  Part assertion(bool at_begin) {
    asserts_ = true;
    return Part::nothing(at_begin);
  }

  Part literal(char32_t c) {
    if (c == not_a_character) return unknown();
    if (!folds_) told_apart_ = true;
    std::string word;
    append_character(word, small_letter(c));
    return {true, {std::move(word)}, Opening::of_characters(c, c, folds_)};
  }

  Part group(std::size_t depth) {
    ++at_;
    const bool folds = folds_;
    if (take("?")) {
      if (take("P<")) {
        while (more() && text_[at_] != '>') ++at_;
        take(">");
      } else if (flags()) {
        return Part::nothing(false);  // for what follows in the group around it
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
    if (take("b")) return assertion(false);
    if (take("d")) return digits();
    if (const auto first = named_class()) return {false, {}, *first};
    const std::optional<char32_t> c = escaped();
    return c ? literal(*c) : unknown();
  }

  Part digits() {
    Part part{true, {}, Opening::of_characters('0', '9', false)};
    for (char c = '0'; c <= '9'; ++c) part.words.emplace_back(1, c);
    return part;
  }

  // Of a class that has a name, such as \s and \p{Han}; nothing if it is none.
  std::optional<Opening> named_class() {
    if (take("s")) {
      Opening blank = Opening::of_characters(' ', ' ', false);
      for (const char c : {'\t', '\n', '\f', '\r'}) blank.first.set(static_cast<unsigned char>(c));
      return blank;
    }
    if (take("d")) return Opening::of_characters('0', '9', false);
    if (take("p") || take("P")) return skip_name(), Opening::of_anything();
    if (take("S") || take("w") || take("W") || take("D")) return Opening::of_anything();
    return std::nullopt;
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
    const bool others = take("^");
    bool few = !others;
    Part part;
    for (bool first = true; more() && (first || text_[at_] != ']'); first = false) few = in_class(part) && few;
    if (!take("]")) return unknown();
    if (others) part.opening = Opening::of_anything();
    make_unique(part.words);
    part.exact = few && part.words.size() <= most_in_class;
    if (!part.exact) part.words.clear();
    told_apart_ = told_apart_ || !folds_;
    return part;
  }

  // One member of a class; false if it stands for more characters than can be listed.
  bool in_class(Part& part) {
    if (take("[:")) {
      while (more() && !take(":]")) ++at_;
      part.opening = Opening::of_anything();
      return false;
    }
    if (take("\\")) {
      if (const auto named = named_class()) return part.opening.or_else(*named), false;
      --at_;
    }
    const std::optional<char32_t> from = class_character();
    if (!from) return known_ = false;
    std::optional<char32_t> to = from;
    if (next_is('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
      ++at_;
      to = class_character();
      if (!to || *to < *from) return known_ = false;
    }
    part.opening.or_else(Opening::of_characters(*from, *to, folds_));
    if (*to - *from >= most_in_class) return false;
    for (char32_t c = *from; c <= *to; ++c) append_character(part.words.emplace_back(), small_letter(c));
    return true;
  }

  std::optional<char32_t> class_character() {
    if (take("\\")) return escaped();
    const char32_t c = next_character(text_, at_);
    return c == not_a_character ? std::nullopt : std::optional(c);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool folds_;
  bool known_ = true;
  bool asserts_ = false;     // ^, $ and \b stand in it
  bool told_apart_ = false;  // capitals and small letters are, somewhere
};

}  // namespace

Needs needs_of(std::string_view expression) {
  constexpr std::string_view opening = "(?i)^(?:", closing = ")$";
  if (expression.size() > opening.size() + closing.size() && expression.starts_with(opening) &&
      expression.ends_with(closing)) {
    Reader list(expression.substr(opening.size(), expression.size() - opening.size() - closing.size()), true);
    std::optional<Part> part = list.read();
    if (part && part->exact && shortest(part->words) > 0 && list.only_words())
      return {std::move(part->words), true, {}, {}};
  }
  std::optional<Part> part = Reader(expression, false).read();
  if (!part) return {};
  Needs needs;
  if (shortest(part->words) > 0) needs.words = without_longer(std::move(part->words));
  const Opening& begins = part->opening;
  if (!begins.at_begin || begins.empty) return needs;
  if (!begins.first.all()) needs.first = begins.first;
  if (!begins.single && !begins.second.all()) needs.second = begins.second;
  return needs;
}

}  // namespace emend
