// A schema of someone else, from a file: RELAX NG or Schematron, told apart by what it holds.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "stages/write/validate/validate.h"

namespace emend {

/// One of the two is there.
struct SchemaFile {
  std::unique_ptr<Grammar> grammar;
  std::unique_ptr<Schematron> rules;
};

/// Takes the bytes of the file, and its name for messages. Throws Error(Exit::rules) where it is neither, is in more
/// than one file, or has more than can be run here.
SchemaFile read_schema(std::string_view bytes, const std::string& name);

/// The same grammar without what libxml2 before 2.15 is no match for (it compiles some of TEI's own grammars for ever,
/// and judges wrongly where `empty` stands beside another pattern in a repetition): simplified as RELAX NG's
/// specification has it in 4.11 (div), 4.17 (combine), 4.19 (unreachable), 4.20 (notAllowed) and 4.21 (empty). Throws
/// Error(Exit::rules) if it refers to other files.
std::string simplified_grammar(std::string_view rng);

}  // namespace emend
