// Which phrases make one citation, and the names of those that others refer to.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pipeline/document/document.h"
#include "stages/write/tei/identifiers.h"

namespace emend {

/// One citation: its phrases, first and last by index, and its name if something refers to it.
struct CitationSpan {
  std::size_t first = 0, last = 0;
  std::string id;      // empty if nothing does
  std::string refers;  // the name of the one that it repeats, or empty
  std::uint8_t sure = 100;
};

/// All citations of a document, by the value of `bibl` of their phrases.
class Citations {
 public:
  /// Gives identifiers to what links of the name `cites` lead to.
  Citations(const Document&, Identifiers&);

  /// The citation that this phrase is a part of, or null.
  const CitationSpan* of(const Node& phrase) const;
  /// Whether the phrase after this one goes on with the same part.
  bool goes_on(const Node& phrase) const;
  /// The citation that begins the block, as that of an entry in a list of works; or null.
  const CitationSpan* first_in(Span block) const;

 private:
  std::string key_of(const Node& first) const;

  const Document& d_;
  std::unordered_map<std::string_view, CitationSpan> spans_;
};

}  // namespace emend
