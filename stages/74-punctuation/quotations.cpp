// Judges quotation marks in pairs.
#include "stages/74-punctuation/quotations.h"
#include "weights/punctuation.h"

#include <algorithm>

namespace emend {

namespace {

// 17" and print("…").
bool no_quotation(std::string_view s, std::size_t at) {
  if (at == 0) return false;
  const auto before = static_cast<unsigned char>(s[at - 1]);
  return is_digit(before) || before == '=' ||
         (before == '(' && at > 1 && is_ascii_letter(static_cast<unsigned char>(s[at - 2])));
}

void decide_pair(JudgedPassage& p, const QuotationMark& a, const QuotationMark& b) {
  if (a.han == b.han) return;  // foreign words keep the marks that they came with
  const bool both = a.c == '"' && b.c == '"';
  if (!both && b.han - a.han > punctuation::longest_mixed) return;
  const std::uint8_t sure = both ? 100 : 90;
  if (a.c == '"') p.widened.push_back({a.line, a.at, a.at + 1, "“", "punctuation.quotation", sure, {}});
  if (b.c == '"') p.widened.push_back({b.line, b.at, b.at + 1, "”", "punctuation.quotation", sure, {}});
}

}  // namespace

void decide_quotations(JudgedPassage& p, const std::vector<QuotationMark>& marks) {
  if (p.has_corners || !p.scripts.chinese()) return;
  if (std::none_of(marks.begin(), marks.end(), [](const QuotationMark& q) { return q.c == '"'; })) return;
  if (marks.size() % 2 != 0) return;
  for (std::size_t k = 0; k < marks.size(); ++k) {
    const QuotationMark& q = marks[k];
    if (q.c == (k % 2 == 0 ? U'”' : U'“')) return;
    if (q.c == '"' && no_quotation(p.line(q.line).text, q.at)) return;
  }
  for (std::size_t k = 0; k < marks.size(); k += 2) decide_pair(p, marks[k], marks[k + 1]);
}

}  // namespace emend
