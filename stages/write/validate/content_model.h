// What may stand inside an element, and in what order, so that a message can say what was expected where.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// The content of one element as an automaton: its states are the places of child elements in the pattern. Text is a
/// yes or no; attributes are no part of it.
struct ContentModel {
  struct Place {
    std::string name;                 // of the child element
    std::vector<std::uint32_t> next;  // the places that may follow this one
  };
  std::vector<Place> places;
  std::vector<std::uint32_t> first, last;
  bool may_be_empty = true;
  bool text = false;
};

/// The building blocks; their names are those of RELAX NG. A model of nothing is `ContentModel{}`.
ContentModel text_content();
ContentModel element_content(std::string name);
ContentModel group(ContentModel, const ContentModel&);
ContentModel choice(ContentModel, const ContentModel&);
ContentModel one_or_more(ContentModel);
ContentModel optional(ContentModel);

/// How far the children of one element have been read.
struct MatchProgress {
  bool started = false;
  std::vector<std::uint32_t> at;  // the places where the last child may have stood
};

/// Takes the next child; false, and no progress, if it may not stand here.
bool advance(const ContentModel&, MatchProgress&, std::string_view child);
/// Whether the element may end here.
bool may_end(const ContentModel&, const MatchProgress&);
/// The names of the children that may come next, sorted.
std::vector<std::string> expected(const ContentModel&, const MatchProgress&);
/// Of those, the children that bring the element nearer to its end.
std::vector<std::string> missing(const ContentModel&, const MatchProgress&);
/// Whether the child may stand anywhere in the element.
bool knows(const ContentModel&, std::string_view child);

}  // namespace emend
