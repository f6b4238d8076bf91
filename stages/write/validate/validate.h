// Is this TEI what we promise? The bytes are judged by a grammar and by rules, and every reference must lead somewhere.
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
  std::string rule;     // the rule of the Schematron schema that was broken; empty if it was none
};

/// A RELAX NG grammar, compiled. Make one a process: any number of threads may validate with it at a time.
class Grammar {
 public:
  /// Takes the grammar in RELAX NG's XML syntax, in one piece. Throws Error(Exit::bug) if it does not compile.
  explicit Grammar(std::string_view rng);
  /// One that is known to be good, whose bytes outlive it: what explains its problems is read when there is one.
  struct Known {
    std::string_view rng;
  };
  explicit Grammar(Known);
  ~Grammar();
  Grammar(Grammar&&) noexcept;
  Grammar& operator=(Grammar&&) noexcept;

  struct Compiled;
  const Compiled& compiled() const { return *compiled_; }

 private:
  std::unique_ptr<Compiled> compiled_;
};

/// Rules in ISO Schematron, as far as XPath 1.0 and patterns without predicates go. Any number of threads may share
/// them.
class Schematron {
 public:
  /// Takes the schema in one piece. The pattern whose id is `done_elsewhere` is left out. Throws Error(Exit::rules)
  /// with the line if it is no Schematron, or has more than can be run here.
  explicit Schematron(std::string_view schema, std::string_view done_elsewhere = {});
  ~Schematron();
  Schematron(Schematron&&) noexcept;
  Schematron& operator=(Schematron&&) noexcept;

  struct Compiled;
  const Compiled& compiled() const { return *compiled_; }

 private:
  std::unique_ptr<Compiled> compiled_;
};

/// The grammar of the profile, `schemas/emend.rng`, compiled at the first call.
const Grammar& emend_grammar();
/// The rules of the profile, `schemas/emend.sch`, without those of references, which `validate` checks itself.
const Schematron& emend_rules();

/// Elements may not be nested deeper than this: it is the limit that libxml2 sets for any document by default.
inline constexpr int max_depth = 256;

/// What a document is held against.
struct Schemas {
  std::vector<const Grammar*> grammars;
  std::vector<const Schematron*> rules;
  bool references = true;  // whether identifiers are unique, and references to a place in the document lead to one
};

/// The problems of a document, by line; none means that it is valid. No more than `most` are given. A rule is not asked
/// about an element that has another problem. A document that is not well-formed, declares entities or is
/// nested too deep has one problem. Nothing outside the bytes is ever read.
std::vector<Problem> validate(std::string_view xml, const Schemas&, std::size_t most = 20);
/// The same with one grammar, and references.
std::vector<Problem> validate(std::string_view xml, const Grammar&, std::size_t most = 20);

/// Where a document says that it comes from.
struct Origin {
  bool emend = false;                // its header names emend as a program that made it
  std::vector<std::string> schemas;  // that it names itself, by <?xml-model href="…"?>
};
/// Of a document that is not well-formed, what stands before the place where it stops.
Origin origin_of(std::string_view xml);

}  // namespace emend
