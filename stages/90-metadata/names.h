// The names of persons, as title pages set them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/rules/rules.h"

namespace emend {

/// A run of names, as "Ada Wick and Tom Weir" or "温砚、沈渔".
struct NamedPersons {
  std::vector<std::string_view> persons;  // views of the text that was read
  int evidence = 0;                       // how much speaks for names: 0 nothing but their form
};

/// The persons in words of which something says that they are names, without offices and marks of notes.
std::vector<std::string_view> persons_in(std::string_view words, const Rules&);
/// The persons that a line names if it has the form of names and of nothing else; else none.
NamedPersons named_persons(std::string_view line, const Rules&);
/// The name as a list of authors has it: 温　砚 is 温砚, and blanks in a row are one.
std::string name_of(std::string_view person);

}  // namespace emend
