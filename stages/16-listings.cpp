// Finds listings of programs, commands and data that no markup tells of, by what their lines look like.
//
// A listing is a run of lines on one page: some are code by themselves, the others look like it or are a comment
// between them. Its lines keep their ends, and none of its figures is the mark of a note or the number of a heading,
// nor the figures that count the lines, at their left or, as text extraction gives them, in lines of their own above.
#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "weights/listings.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_listings;
}

namespace {

constexpr std::size_t longest = 400;  // bytes of a line of code

enum class Look : std::uint8_t { blank, number, prose, unknown, like, code };

// The line without the figure that numbers it, as in `3 value = read(4)`.
std::string_view without_number(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && i < 4 && is_digit(static_cast<unsigned char>(text[i]))) ++i;
  if (i == 0 || i == text.size() || text[i] != ' ') return text;
  return trim(text.substr(i));
}

bool has_sign(std::string_view text) { return text.find_first_of("(){}[];=<>_$#\"'|&%:") != text.npos; }

// Words of a language: letters only, and not the first of several parts of a name.
std::size_t plain_words(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(' ', i), text.size());
    std::string_view word = text.substr(i, end - i);
    while (!word.empty() && std::string_view(".,;:").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    words += word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) {
               return is_ascii_letter(static_cast<unsigned char>(c)) || c < 0;
             });
    i = end + 1;
  }
  return words;
}

// Chinese, Greek, signs of mathematics and glyphs that no font named: formulas have the signs of programs, too.
bool has_other_signs(std::string_view text) {
  if (text.find("(cid:") != text.npos) return true;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (is_han(c) || is_greek_or_cyrillic(c) || (c >= 0x2070 && c <= 0x209F) || (c >= 0x2190 && c <= 0x23FF))
      return true;
  }
  return false;
}

// \frac{a}{b}: TeX has the signs of programs.
bool has_control_word(std::string_view text) {
  for (std::size_t i = text.find('\\'); i != text.npos && i + 1 < text.size(); i = text.find('\\', i + 1))
    if (is_ascii_letter(static_cast<unsigned char>(text[i + 1]))) return true;
  return false;
}

bool ends_as_prose(std::string_view text) {
  return !text.empty() && std::string_view(".,;?!-").find(text.back()) != std::string_view::npos;
}

// Behind a line that ends so, something else may begin.
bool ends_sentence(std::string_view text) {
  const char32_t last = last_character(text);
  return last == U'.' || last == U':' || last == U'!' || last == U'?' || last == U'。' || last == U'：' || last == U')';
}

class Listings {
 public:
  Listings(const Document& d, const Rules& rules) : d_(d), rules_(rules) {}

  void run(Proposal& out) {
    std::vector<std::size_t> code;
    for (std::size_t i = 0; i < d_.lines.size(); ++i)
      if (is_code(i)) code.push_back(i);
    if (code.size() < listings::fewest_in_book) return;
    for (std::size_t next = 0; const std::size_t i : code)
      if (i >= next) next = take(i, next, out);
  }

 private:
  std::string_view text(std::size_t i) const { return trim(d_.lines[i].text); }

  bool is_code(std::size_t i) const {
    const Line& line = d_.lines[i];
    if (line.block >= 0 || line.text.size() > longest || !has_sign(line.text) || d_.ruling(line) != nullptr)
      return false;
    const std::string_view s = without_number(text(i));
    return !has_control_word(s) && !has_other_signs(s) && plain_words(s) <= listings::most_words &&
           rules_.test("code", s) != nullptr;
  }

  Look look(std::size_t i) const {
    const Line& line = d_.lines[i];
    const std::string_view whole = text(i);
    if (whole.empty()) return Look::blank;
    if (line.block >= 0 || whole.size() > longest || d_.ruling(line) != nullptr) return Look::prose;
    if (is_code(i)) return Look::code;
    if (std::all_of(whole.begin(), whole.end(), [](char c) { return is_digit(static_cast<unsigned char>(c)); }))
      return Look::number;
    const std::string_view s = without_number(whole);
    if (has_control_word(s) || has_other_signs(s)) return Look::prose;
    const std::size_t words = plain_words(s);
    const bool comment = s.starts_with("//") || s.starts_with("# ") || s.starts_with("* ");
    if (words > listings::most_words && !comment) return Look::prose;
    if (rules_.test("code-like", s) != nullptr &&
        (comment || words <= (ends_as_prose(s) ? listings::most_unknown : listings::most_like_words)))
      return Look::like;
    return ends_as_prose(s) || words > listings::most_unknown ? Look::prose : Look::unknown;
  }

  bool begins_page(std::size_t i) const {
    return i > 0 && d_.slice({d_.lines[i - 1].at.end, d_.lines[i].at.begin}).find('\f') != std::string_view::npos;
  }

  // Where the listing ends that goes on in the direction of `step` from line `i`: its last line of code or like it.
  std::size_t reach(std::size_t i, int step, std::size_t least) const {
    std::size_t last = i, between = 0;
    for (std::size_t k = i; between <= listings::most_between;) {
      if (step < 0 && (k <= least || begins_page(k))) break;
      k += static_cast<std::size_t>(step);
      if (k >= d_.lines.size() || (step > 0 && begins_page(k))) break;
      const Look seen = look(k);
      if (seen == Look::prose) break;
      if (seen == Look::number) continue;
      if (seen == Look::like || seen == Look::code) {
        if (seen == Look::like && between > 1) break;
        last = k, between = 0;
      } else {
        ++between;
      }
    }
    return last;
  }

  // 1, 2, 3 in lines of their own number the lines that follow.
  std::size_t first_number_above(std::size_t first, std::size_t least) const {
    std::size_t at = first;
    while (at > least && !begins_page(at) && look(at - 1) == Look::blank && first - at < 1) --at;
    std::size_t number = at;
    while (number > least && look(number - 1) == Look::number) {
      --number;
      if (text(number) == "1") return number;
      if (begins_page(number)) break;
    }
    return first;
  }

  // Not within a paragraph: a sentence or a title stands above it, or it begins with the number of its first line; and
  // another sentence begins below.
  bool is_between_sentences(std::size_t first, std::size_t last) const {
    constexpr std::size_t title_words = 3;
    const bool above = first == 0 || text(first).starts_with("1 ") || plain_words(text(first - 1)) <= title_words ||
                       begins_page(first) || look(first - 1) <= Look::number || ends_sentence(text(first - 1));
    const bool below = last + 1 == d_.lines.size() || begins_page(last + 1) || look(last + 1) == Look::blank ||
                       !is_lower(first_character(text(last + 1)));
    return above && below;
  }

  bool stands_apart(std::size_t first, std::size_t last) const {
    const bool above = first == 0 || begins_page(first) || look(first - 1) == Look::blank;
    const bool below = last + 1 == d_.lines.size() || begins_page(last + 1) || look(last + 1) == Look::blank;
    return above && below;
  }

  // Says that there is a listing around line `i`, if there is; gives the line behind what was looked at.
  std::size_t take(std::size_t i, std::size_t least, Proposal& out) const {
    std::size_t first = reach(i, -1, least);
    const std::size_t last = reach(i, 1, least);
    std::size_t code = 0, filled = 0;
    for (std::size_t k = first; k <= last; ++k) {
      const Look seen = look(k);
      code += seen == Look::code;
      filled += seen != Look::blank;
    }
    const bool numbered = without_number(text(first)).size() < text(first).size();
    if (!is_between_sentences(first, last)) return last + 1;
    if (filled == 1 ? !numbered && !stands_apart(first, last) : code * listings::most_like < filled) return last + 1;
    first = first_number_above(first, least);
    bool any = false;
    for (std::size_t k = first; k <= last; ++k) {
      const Line& line = d_.lines[k];
      if (text(k).empty()) continue;
      if (any) out.join(line, "\n", "listing.lines");
      any = true;
      out.phrase(line, 0, line.text.size(), "hi", "rend=code", "listing.lines");
    }
    out.block(first, last, "p", "", "listing.lines",
              {static_cast<std::uint8_t>(code > 1 ? 90 : 80), "lines as programs have them"});
    return last + 1;
  }

  const Document& d_;
  const Rules& rules_;
};

void run(const Document& d, const Rules& rules, Proposal& out) { Listings(d, rules).run(out); }

}  // namespace

extern const Stage stage_listings{.name = "listings",
                                  .summary = "Find listings of programs, whose lines stay lines",
                                  .needs = "characters",
                                  .provides = "",
                                  .rules = &embedded::rules_listings,
                                  .run = run};

}  // namespace emend
