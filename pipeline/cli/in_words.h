// What was repaired and what does not add up, in words with their number: "3 entries of the contents list have no
// heading".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// Decisions that ask the same of a person are one doubt, in so many places.
struct Doubt {
  std::string_view kind;
  std::vector<const Change*> places;  // in the order in which they came
};

/// All that a person should look at, as they came; a stage's own doubts are of one kind if their rule is, decisions
/// that are less than certain if they are about the same thing.
std::vector<Doubt> doubts_of(const std::vector<const Change*>&);

/// "2 page breaks are uncertain".
std::string in_words(const Doubt&);

/// What so many changes of characters by a rule were: "12 marks of punctuation". Rules of one table have the same
/// words.
std::string repairs_in_words(std::string_view rule, std::size_t count);

}  // namespace emend
