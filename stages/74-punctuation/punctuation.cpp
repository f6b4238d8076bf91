// Sets the punctuation of Chinese sentences at full width, and leaves that of everything else alone.
//
// Extraction often gives ASCII for the full-width marks of a page. Each mark is judged by its two neighbours (note
// marks, blanks and quotation marks are looked through) within a passage that must be Chinese as a whole: a comma
// between two Latin words or two numbers stays, and so do addresses, code, times and references in the national style.
// Brackets and quotation marks are judged in pairs. What is not certain stays as it is: a wrong repair is worse than
// none. Here stands the walk over a passage; what a mark is judged by stands in marks, brackets and quotations.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/passage.h"
#include "pipeline/text/script.h"
#include "stages/74-punctuation/brackets.h"
#include "stages/74-punctuation/judged.h"
#include "stages/74-punctuation/marks.h"
#include "stages/74-punctuation/quotations.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_punctuation;
}

namespace {

// What the scan does at a byte: nothing, count a Han character, or look.
enum : std::uint8_t { pass, han, look };
constexpr std::array<std::uint8_t, 256> actions = [] {
  std::array<std::uint8_t, 256> a{};
  for (const char c : std::string_view(",;:?!().\"'[\xE2\xE3\xEF")) a[static_cast<unsigned char>(c)] = look;
  for (std::size_t b = 0xE4; b <= 0xE9; ++b) a[b] = han;
  return a;
}();

class Widener {
 public:
  Widener(const Document& d, const Rules& rules, Proposal& out) : judged_(d, rules), brackets_(judged_), out_(out) {}

  void read(const Passage& passage) {
    if (passage.is("fw") || passage.is("bibl") || !judged_.turn_to(passage)) return;
    brackets_.clear(), quotes_.clear();
    for (judged_.index = 0; judged_.index < passage.lines.size() && !judged_.is_reference; ++judged_.index)
      scan(passage.lines[judged_.index]);
    if (judged_.is_reference) return;
    if (judged_.has_wide && !judged_.has_narrow &&
        brackets_.keeps_wide())  // then narrow ones around foreign words are the printer's own
      std::erase_if(judged_.widened, [](const WidenedMark& m) { return m.foreign; });
    decide_quotations(judged_, quotes_);
    decide_stops(judged_);
    emit();
  }

 private:
  void scan(std::size_t l) {
    const std::string_view s = judged_.line(l).text;
    const auto& phrases = judged_.phrases;
    phrases_in(judged_.doc, judged_.line(l), judged_.phrases);
    std::size_t phrase = 0;
    judged_.apostrophe = s.size();
    for (std::size_t i = 0; i < s.size();) {
      while (phrase < phrases.size() && phrases[phrase].second <= i) ++phrase;
      if (phrase < phrases.size() && phrases[phrase].first <= i) {
        i = phrases[phrase].second;
        continue;
      }
      const std::size_t stop = phrase < phrases.size() ? phrases[phrase].first : s.size();
      while (i < stop) {
        const std::uint8_t action = actions[static_cast<unsigned char>(s[i])];
        if (action == pass)
          ++i;
        else if (action == han)
          ++judged_.han, i += 3;
        else
          i = visit(l, i);
      }
    }
  }

  // Looks at what stands at byte `i` of the line, and gives where to go on.
  std::size_t visit(std::size_t l, std::size_t i) {
    const std::string_view s = judged_.line(l).text;
    switch (s[i]) {
      case ',': judge_comma(judged_, l, i, "，", "punctuation.comma"); return i + 1;
      case ';': judge_comma(judged_, l, i, "；", "punctuation.semicolon"); return i + 1;
      case ':': return judge_colon(judged_, l, i);
      case '?': judge_question(judged_, l, i); return i + 1;
      case '!': judge_exclamation(judged_, l, i); return i + 1;
      case '(': brackets_.open(l, i, false); return i + 1;
      case ')': brackets_.close(l, i, false); return i + 1;
      case '"': quotes_.push_back({l, i, judged_.han, '"'}); return i + 1;
      case '\'': judge_apostrophe(judged_, l, i); return i + 1;
      case '.': judge_full_stop(judged_, l, i); return i + 1;
      case '[': bibliography(s, i); return i + 1;
      default: break;
    }
    std::size_t next = i;
    const char32_t c = next_character(s, next);
    if (c == U'（')
      brackets_.open(l, i, true);
    else if (c == U'）')
      brackets_.close(l, i, true);
    else if (c == U'“' || c == U'”')
      quotes_.push_back({l, i, judged_.han, c});
    else
      see(c);
    return next;
  }

  // What a mark that is at full width already says of the passage.
  void see(char32_t c) {
    if (c == U'。' || c == U'．')
      judged_.has_stops = true;
    else if (c == U'，')
      judged_.has_comma = judged_.has_wide = true;
    else if (c == U'「' || c == U'『')
      judged_.has_corners = true;
  }

  void bibliography(std::string_view s, std::size_t i) {
    if (i + 2 < s.size() && is_ascii_capital(s[i + 1]) && judged_.rules.test("leave", s.substr(i, 8)) != nullptr)
      judged_.is_reference = true;
  }

  void emit() {
    std::vector<WidenedMark>& all = judged_.widened;
    const auto earlier = [](const WidenedMark& a, const WidenedMark& b) {
      return a.line != b.line ? a.line < b.line : a.begin < b.begin;
    };
    if (!std::is_sorted(all.begin(), all.end(), earlier)) std::sort(all.begin(), all.end(), earlier);
    for (std::size_t k = 0; k < all.size(); ++k) {
      WidenedMark& m = all[k];
      if (k > 0 && all[k - 1].line == m.line) m.begin = std::max(m.begin, all[k - 1].end);
      out_.edit(judged_.line(m.line), m.begin, m.end, m.after, m.rule, {m.sure, m.reason});
    }
  }

  JudgedPassage judged_;
  Brackets brackets_;  // views `judged_`
  Proposal& out_;
  std::vector<QuotationMark> quotes_;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  Widener widener(d, rules, out);
  each_passage(d, [&](const Passage& passage) { widener.read(passage); });
}

}  // namespace

extern const Stage stage_punctuation{.name = "punctuation",
                                     .summary = "Set the punctuation of Chinese sentences at full width",
                                     .needs = "letters",
                                     .provides = "punctuation",
                                     .rules = &embedded::rules_punctuation,
                                     .run = run};

}  // namespace emend
