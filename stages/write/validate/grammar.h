// What a RELAX NG grammar says of each element, as far as messages need it: its attributes, their values, its content.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "stages/write/validate/content_model.h"
#include "stages/write/validate/tree.h"

namespace emend {

/// One of the values an attribute may have: these words, or a datatype, or a pattern.
struct Datum {
  std::optional<std::string> word;
  std::string type;
  std::string pattern;
};

struct AttributeRule {
  bool required = false;
  bool list = false;        // of words with space between them
  bool several = false;     // a list of more than one
  std::vector<Datum> data;  // none: any text
  std::string meaning;      // in words, from the grammar's documentation
};

struct ElementRule {
  ContentModel content;
  std::map<std::string, AttributeRule, std::less<>> attributes;
};

using Elements = std::map<std::string, ElementRule, std::less<>>;

/// The elements of a grammar whose every element is defined once and by its name; nothing if the grammar is richer.
std::optional<Elements> read_elements(const xmlNode& grammar);

}  // namespace emend
