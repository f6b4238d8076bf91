// The source out of the text of its edition: what to take from that text, in which order, and what to put in between.
// What a text lacks of its source (line ends, blank lines, leaders, hyphens, the letters before a correction) is put
// in; all else is taken. The form is that of a delta of copies and additions, as in RFC 3284 (VCDIFF), in words.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/span.h"

namespace emend {

/// Take the bytes `take` of the text, then put in `then`.
struct Step {
  Span take;
  std::string_view then;
};

/// Steps that make `source` of `text`; their strings view `source`. Linear in the length of both. Any two strings have
/// steps: the less they have in common, the more is put in.
std::vector<Step> steps_to(std::string_view source, std::string_view text);

/// What the steps make of `text`, or nothing and `false` if a step leads outside it or the result gets longer than
/// `most` bytes.
bool rebuild(std::string_view text, const std::vector<Step>&, std::size_t most, std::string& out);

}  // namespace emend
