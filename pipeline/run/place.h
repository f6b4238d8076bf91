// Places of a text, named by the words that stand there, so that a name survives changes elsewhere.
//
// A name is written `before[[exact]]after`: what is meant, with some text around it, as in the TextQuoteSelector of the
// W3C's Web Annotation Data Model. Escaped are \n \r \t \f \\ \[ \] \>, and as \xNN what is no character to be seen, so
// that a name is one line of text.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/document/span.h"

namespace emend {

struct Place {
  std::string before, exact, after;
  unsigned ordinal = 0,
           count = 0;  // the `ordinal`-th, from one, of `count` places that look just so; 0: it is the only one

  bool operator==(const Place&) const = default;
};

/// The name without its ordinal.
std::string written(const Place&);
/// The place that `name` names; nothing if it has not the form of a name, or names no character.
std::optional<Place> read_place(std::string_view name);
/// `text` as it stands in a name, and back; nothing if an escape is unknown.
std::string escaped_words(std::string_view text);
std::optional<std::string> unescaped_words(std::string_view text);

/// Names many places of a source in one pass over it: 24 bytes or more on both sides, and an ordinal where even these
/// are not enough. Linear in the source and in what is wanted, whatever the source repeats, but for places of which a
/// million look alike.
class PlaceNames {
 public:
  /// `wanted` in any order; spans outside the source are cut to it.
  PlaceNames(std::string_view source, const std::vector<Span>& wanted);
  /// The name of a span that was wanted.
  Place of(Span) const;

 private:
  struct Window {
    std::vector<std::uint32_t> at;  // where the bytes around a wanted place stand, in order
  };
  std::string_view source_;
  std::unordered_map<std::string_view, Window> windows_;
};

struct FoundPlace {
  enum How { exact, near, ambiguous, nowhere } how = nowhere;
  Span at;
  std::size_t places = 0;  // that look alike, when ambiguous
};

/// Where the place is. `near`: what is meant stands there, but the text around it has changed; with `may_differ`, also
/// where the text around it stands and what is meant has changed in less than a quarter of its characters.
FoundPlace find_place(std::string_view source, const Place&, bool may_differ = false);

}  // namespace emend
