// Repairs what extraction did to single letters: blanks within Chinese words, split abbreviations, ligatures, widths.
//
// Evidence first, and what is not certain stays. Here stands the walk over the lines; what is looked for stands in
// blanks, letter_forms, abbreviations and cut_words. The last two need the evidence of the whole book, and come last.
#include <array>
#include <string_view>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/passage.h"
#include "pipeline/text/script.h"
#include "stages/70-letters/abbreviations.h"
#include "stages/70-letters/blanks.h"
#include "stages/70-letters/cut_words.h"
#include "stages/70-letters/letter_forms.h"
#include "stages/70-letters/repaired.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_letters;
}

namespace {

constexpr std::array<bool, 256> looked_at = [] {
  std::array<bool, 256> a{};
  for (const char c : std::string_view(" \t\xC2\xE3\xEF")) a[static_cast<unsigned char>(c)] = true;
  return a;
}();

class Repairer {
 public:
  Repairer(const Document& d, const Rules& rules, Proposal& out) : p_(d, rules, out), blanks_(p_), widths_(d) {}

  void read(const Passage& passage) {
    if (passage.is("fw")) return;
    p_.turn_to(passage);
    for (const std::uint32_t l : passage.lines) {
      if (passage.is("entry")) repair_entry_tab(p_, l);
      note_torn(p_, l, torn_);
      if (p_.ascii)
        read_ascii(l);
      else
        read_line(l);
    }
  }

  void finish() {
    join_abbreviations(p_, splits_);
    join_torn(p_, torn_);
  }

 private:
  void read_ascii(std::size_t l) {
    const std::string_view s = p_.line(l).text;
    for (std::size_t i = s.find('('); i != s.npos; i = s.find('(', i + 1))
      if (i + 3 < s.size() && is_ascii_capital(s[i + 1]) && s[i + 2] == ' ') note_split(p_, l, i + 2, splits_);
  }

  void read_line(std::size_t l) {
    const std::string_view s = p_.line(l).text;
    blanks_.turn_to(l);
    for (std::size_t i = 0; i < s.size();) {
      if (!looked_at[static_cast<unsigned char>(s[i])]) {
        ++i;
        continue;
      }
      std::size_t next = i;
      const char32_t c = next_character(s, next);
      if (is_blank(c)) {
        while (next < s.size() && is_blank(first_character(s.substr(next)))) next_character(s, next);
        if (i > 0 && next < s.size()) read_blank(l, i, next);
      } else if (is_ligature(c)) {
        repair_ligature(p_, l, i, next, c);
      } else if (is_wide_alnum(c)) {
        next = repair_wide_run(p_, widths_, l, i);
      }
      i = next;
    }
  }

  // Blanks within a line, from `begin` to `end`.
  void read_blank(std::size_t l, std::size_t begin, std::size_t end) {
    const std::string_view s = p_.line(l).text;
    const char32_t left = last_character(s.substr(0, begin)), right = first_character(s.substr(end));
    if (is_han(left) && is_han(right))
      blanks_.between_han(l, begin);
    else if (is_ascii_capital(s[begin - 1]) && is_ascii_capital(s[end]) && end - begin == 1)
      note_split(p_, l, begin, splits_);
    else
      blanks_.beside_punctuation(l, begin, end, left, right);
  }

  RepairedPassage p_;
  Blanks blanks_;  // views `p_`
  Widths widths_;
  std::vector<SplitAbbreviation> splits_;
  std::vector<TornWord> torn_;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  Repairer repairer(d, rules, out);
  each_passage(d, [&](const Passage& passage) { repairer.read(passage); });
  repairer.finish();
}

}  // namespace

extern const Stage stage_letters{.name = "letters",
                                 .summary = "Repair blanks within Chinese words, split abbreviations, ligatures",
                                 .needs = "characters notes paragraphs",
                                 .provides = "letters",
                                 .rules = &embedded::rules_letters,
                                 .run = run};

}  // namespace emend
