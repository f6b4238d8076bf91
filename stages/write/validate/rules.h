// Schematron without Java: the rules of a schema in ISO Schematron, run with libxml2's XPath.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "stages/write/validate/tree.h"

namespace emend {

/// A part of a message: words, the name of the element (select is empty), or what an expression gives.
struct MessagePart {
  enum class Kind : std::uint8_t { words, name, value } kind;
  std::string text;
};

struct RuleTest {
  std::string id;     // by which the rule is named in messages; may be empty
  std::string test;   // XPath 1.0
  bool report;        // whether it is a problem if the test holds; of an assertion, if it does not
  std::string guard;  // an attribute; a test that begins `not(@guard) or` holds where it is missing
  std::vector<MessagePart> message;
};

struct RuleContext {
  std::string pattern;  // XSLT's, without predicates, as libxml2 has it
  std::string name;     // of the elements that it matches, if the pattern is no more than a name; "*" if it matches all
  std::vector<std::pair<std::string, std::string>> lets;
  std::vector<RuleTest> tests;
  std::size_t group = 0;  // of a pattern's rules, the first that matches an element is the one for it
};

struct Schematron::Compiled {
  std::vector<std::pair<std::string, std::string>> name_spaces;  // prefix, URI
  std::vector<RuleContext> contexts;                             // in the order of the schema
};

/// The rules that the document breaks, in its order, `most` at the most. The time for all of them is bounded by the
/// number of nodes; a document built to take longer has a problem that says so.
std::vector<Problem> rule_problems(xmlDoc&, const Schematron::Compiled&, std::size_t most);

}  // namespace emend
