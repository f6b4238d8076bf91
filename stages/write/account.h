// An audit of an edition that shares nothing with the writer but one table: what becomes of the input's characters.
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"
#include "stages/write/absent.h"
#include "stages/write/tei/shows.h"

namespace emend {

/// Characters that are not blank. Each one of the source is counted in exactly one of the first four.
struct Account {
  std::size_t kept = 0;     // reads as in the source and stands in its place
  std::size_t changed = 0;  // an edit covers it
  std::size_t moved = 0;    // stands elsewhere: a note at its mark, its number in an attribute
  std::size_t set_aside =
      0;                    // is named as no part of the running text: running heads, page numbers, watermarks, leaders
  std::size_t furniture = 0;  // of those set aside, what is written as fw; the rest is in `absent`
  std::array<std::size_t, absent_classes> absent{};  // of those moved or set aside, by why the text lacks them
  std::size_t written = 0;                           // in the text of the edition
  std::vector<std::string> problems;  // empty if every character is accounted for
};

/// Compares, character by character of the alphabet, what the lines of the document read with what stands below `text`
/// in the edition (of two readings, the new one); and that each note mark became a note or a mark without one. Never
/// throws for a bad edition: it says so.
Account account_for(const Document&, std::string_view tei, Shows = Shows::corrected);

}  // namespace emend
