// Each rule in a sentence: what an edition says of the rules by which it was made.
#pragma once
#include <string_view>

namespace emend {

/// The parts of TEI's editorial declaration, and what belongs to none of them.
enum class Editing { correction, normalization, punctuation, hyphenation, segmentation, interpretation };

struct RuleNote {
  std::string_view rule;  // its name, or a stage's name and a dot for all rules of it that are not named
  Editing what = Editing::interpretation;
  std::string_view why;
};

/// The note on a rule. Every rule has one: its own, that of its table, or what its stage does.
RuleNote note_on(std::string_view rule);

}  // namespace emend
