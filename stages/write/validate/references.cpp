// One table of identifiers, and every reference looked up in it.
#include "stages/write/validate/references.h"

#include <algorithm>
#include <unordered_map>

namespace emend {
namespace {

class References {
 public:
  /// What is wrong with identifiers and then with references, each in the order of the document, `most` at the most.
  std::vector<Problem> problems(const Parsed& parse, std::size_t most) {
    identifiers_.reserve(parse.identifiers.size());
    for (const auto* attribute : parse.identifiers)
      if (problems_.size() < most) enter(*attribute);
    for (const auto* attribute : parse.references)
      if (problems_.size() < most) check(*attribute);
    return std::move(problems_);
  }

 private:
  void enter(const xmlAttr& attribute) {
    const auto [earlier, added] = identifiers_.try_emplace(text_of(attribute), attribute.parent);
    if (added) return;
    const xmlNode &node = *attribute.parent, &other = *earlier->second;
    problems_.push_back(problem_at(node, "@xml:id of " + tag(node) + " is " + in_quotes(earlier->first) + ", which " +
                                             tag(other) + " on line " + std::to_string(line_of(other)) +
                                             " has already"));
  }

  void check(const xmlAttr& attribute) {
    const auto value = text_of(attribute);
    for (std::size_t at = 0; (at = value.find_first_not_of(" \t\r\n", at)) != std::string_view::npos;) {
      const auto end = std::min(value.find_first_of(" \t\r\n", at), value.size());
      check(attribute, value.substr(at, end - at));
      at = end;
    }
  }

  void check(const xmlAttr& attribute, std::string_view place) {
    const std::string what =
        "@" + std::string(view(attribute.name)) + " of " + tag(*attribute.parent) + " is " + in_quotes(place);
    if (place.front() != '#') {
      if (pointer(attribute)->only_here)
        problems_.push_back(problem_at(*attribute.parent, what + "; it must be # and an xml:id of this document"));
      else if (place.back() == ':')  // which libxml2 takes for an address, and others do not
        problems_.push_back(problem_at(*attribute.parent, what + ", a scheme without an address"));
    } else if (!identifiers_.count(place.substr(1))) {
      problems_.push_back(problem_at(*attribute.parent, what + ", but no element has that xml:id"));
    }
  }

  std::unordered_map<std::string_view, const xmlNode*> identifiers_;
  std::vector<Problem> problems_;
};
}  // namespace

std::vector<Problem> reference_problems(const Parsed& parse, std::size_t most) {
  return References().problems(parse, most);
}

}  // namespace emend
