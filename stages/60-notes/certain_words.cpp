// What is odd is hardly ever text where the engine is not sure of it: of such figures and signs nine in ten were marks
// in the scans that this was measured on, of quotation marks one in two, and of figures that it is sure of one in
// thirty. A weight of 1.7 is no evidence; a unit more is about five times the odds.
#include "stages/60-notes/certain_words.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "weights/notes.h"

namespace emend {

namespace {

constexpr int most_notes = 300;  // of a book whose notes count on: a higher figure is a quantity

bool is_quote(std::string_view s) { return s == "'" || s == "\"" || s == "’" || s == "‘" || s == "”" || s == "''"; }

bool has_digit(std::string_view s) { return s.find_first_of("0123456789") != s.npos; }

bool is_stop(char32_t c) { return c == '.' || c == ',' || is_wide_punctuation(c); }

// A quotation that ends with a Chinese sentence, before the next one.
bool closes_sentence(std::string_view text, const MarkPlace& p, std::string_view shown) {
  return shown == "”" && last_character(trim(text.substr(0, p.begin))) == U'。' &&
         is_han(first_character(trim(text.substr(p.end))));
}

// What listings and formulas have, and engines do not make of figures.
bool is_sign_of_programs(std::string_view s) { return s.size() == 1 && s.find_first_of("_{}=|#") == 0; }

double weight_of_unsure(std::string_view text, const MarkPlace& p, int sure) {
  const std::string_view shown = text.substr(p.begin, p.end - p.begin);
  const char32_t behind = first_character(text.substr(p.end)), then = first_character(trim(text.substr(p.end)));
  const bool apart = p.begin > 0 && is_blank(last_character(text.substr(0, p.begin)));
  if (shown == "'" || shown == "’" || shown == "‘" || shown == "“")
    return apart || is_letter(then) || is_han(then) ? notes::no_evidence : 2.2;
  if (closes_sentence(text, p, shown)) return notes::no_evidence;
  if (shown == "\"" || shown == "”")
    return sure < notes::hardly_read_word || !is_stop(last_character(text.substr(0, p.begin))) ? 3.8 : notes::even;
  if (is_sign_of_programs(shown)) return notes::no_evidence;
  if (p.weight < notes::least_shape && (shown == "?" || shown == "!")) return notes::even;
  if (shown == "(" || shown == ")") return shown == "(" ? notes::no_evidence : 2.4;
  if (p.digits == 0) return notes::likely;
  if (p.digits > most_notes) return notes::no_evidence;
  if (p.doubtful) return 3.2;
  if (apart && (is_letter(then) || then == '-')) return 1.6;  // 100 GB
  return apart && is_blank(behind) ? notes::even : notes::likely;
}

double weight_of_sure(std::string_view text, const MarkPlace& p) {
  const std::string_view shown = text.substr(p.begin, p.end - p.begin);
  const char32_t then = first_character(trim(text.substr(p.end)));
  const bool stops_here = then == '.' || then == ',' || then == ';' || is_wide_punctuation(then);
  if (has_digit(shown)) return stops_here && !p.doubtful ? 2.4 : 1.1;
  if (is_quote(shown)) return 1.7;
  return p.weight >= 3 ? 3.2 : std::min(p.weight, notes::no_evidence);
}

bool among_unsure(std::string_view text, const std::vector<UnsureWord>& unsure, const UnsureWord& word) {
  const auto close = [&](std::size_t end, std::size_t begin) {
    return end <= begin && begin - end < 4 && trim(text.substr(end, begin - end)).empty();
  };
  return &word != &unsure.front() && &word != &unsure.back() && close((&word - 1)->end, word.begin) &&
         close(word.end, (&word + 1)->begin);
}

}  // namespace

void weigh_by_certainty(std::string_view text, const std::vector<UnsureWord>& unsure, MarkPlace& p) {
  const auto word = std::find_if(unsure.begin(), unsure.end(),
                                 [&](const UnsureWord& w) { return p.begin < w.end && p.end > w.begin; });
  p.sure = word == unsure.end();
  const bool read = p.mark && p.mark.form != MarkForm::bare;
  if (!read) {
    p.weight =
        p.sure || word->sure >= notes::least_sure ? weight_of_sure(text, p) : weight_of_unsure(text, p, word->sure);
    p.weighed = true;
  }
  if (!p.sure && among_unsure(text, unsure, *word)) p.weight -= notes::in_noise;
}

}  // namespace emend
