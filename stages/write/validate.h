// Is this TEI what we promise? The bytes are judged by a grammar, and every reference must lead somewhere.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// One thing that is wrong with a document.
struct Problem {
  int line = 0;         // of the bytes, from 1
  std::string path;     // the element, as /TEI/text/body/div[2]/p[5]; empty where there is none yet
  std::string message;  // names the element or attribute, and what was expected
};

/// A RELAX NG grammar, compiled. Make one a process: any number of threads may validate with it at a time.
class Grammar {
 public:
  /// Takes the grammar in RELAX NG's XML syntax, in one piece. Throws Error(Exit::bug) if it does not compile.
  explicit Grammar(std::string_view rng);
  ~Grammar();
  Grammar(Grammar&&) noexcept;
  Grammar& operator=(Grammar&&) noexcept;

  struct Compiled;
  const Compiled& compiled() const { return *compiled_; }

 private:
  std::unique_ptr<Compiled> compiled_;
};

/// The grammar of the profile, `schemas/emend.rng`, compiled at the first call.
const Grammar& emend_grammar();

/// Elements may not be nested deeper than this: it is the limit that libxml2 sets for any document by default.
inline constexpr int max_depth = 256;

/// The problems of a document, by line; none means that it is valid, that every xml:id is unique and that every
/// reference to a place in the document leads to one. No more than `most` are given. A document that is not
/// well-formed, has a DOCTYPE (so: entities) or is nested too deep has one problem. Nothing outside the bytes is ever
/// read.
std::vector<Problem> validate(std::string_view xml, const Grammar&, std::size_t most = 20);

}  // namespace emend
