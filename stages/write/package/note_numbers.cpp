// Counts of kinds and of first notes. A lost or misread number must not decide, so nine in ten do.
#include "stages/write/package/note_numbers.h"

#include "pipeline/text/numerals.h"

namespace emend {
namespace {

bool nearly_all(int some, int all) { return all > 0 && some * 10 >= all * 9; }

/// What stands in the brackets of "(1)", "[1]" or "*)".
std::string_view without_brackets(std::string_view sign) {
  for (const std::string_view bracket : {"(", "[", "（", "〔", "【"}) {
    if (sign.starts_with(bracket)) sign.remove_prefix(bracket.size());
  }
  for (const std::string_view bracket : {")", "]", "）", "〕", "】", "."}) {
    if (sign.ends_with(bracket)) sign.remove_suffix(bracket.size());
  }
  return sign;
}

/// A single letter is one of a row of letters before it is a Roman number.
Number number_of(std::string_view sign) {
  sign = without_brackets(sign);
  const bool letter = sign.size() == 1 && sign[0] >= 'a' && sign[0] <= 'z';
  return letter ? Number{sign[0] - 'a' + 1, Numeral::letter, 1} : read_whole_number(sign);
}

NoteSigns kind_of(Numeral form) {
  switch (form) {
    case Numeral::circled: return NoteSigns::circled;
    case Numeral::letter: return NoteSigns::letters;
    case Numeral::symbol: return NoteSigns::symbols;
    default: return NoteSigns::numbers;
  }
}

}  // namespace

void NoteNumbers::see(std::string_view sign, int page) {
  const Number number = number_of(sign);
  if (!number) return;
  ++notes_;
  ++of_kind_[static_cast<std::size_t>(kind_of(number.form))];
  if (page == last_page_) return;
  last_page_ = page;
  ++pages_;
  pages_from_one_ += number.value == 1;
}

NoteSigns NoteNumbers::signs() const {
  for (const NoteSigns kind : {NoteSigns::circled, NoteSigns::letters, NoteSigns::symbols}) {
    if (nearly_all(of_kind_[static_cast<std::size_t>(kind)], notes_)) return kind;
  }
  return NoteSigns::numbers;
}

bool NoteNumbers::anew_each_page() const { return pages_ > 1 && nearly_all(pages_from_one_, pages_); }

}  // namespace emend
