// Looking things up in a document: by byte, by name.
#include "pipeline/document/document.h"

#include <algorithm>

namespace emend {

std::string_view attribute(std::string_view attributes, std::string_view key) {
  while (!attributes.empty()) {
    const std::string_view one = attributes.substr(0, attributes.find('\n'));
    if (one.size() > key.size() && one[key.size()] == '=' && one.starts_with(key)) return one.substr(key.size() + 1);
    attributes.remove_prefix(std::min(attributes.size(), one.size() + 1));
  }
  return {};
}

namespace {
template <class T>
std::size_t first_from(const std::vector<T>& sorted, std::uint32_t from) {
  const auto found =
      std::lower_bound(sorted.begin(), sorted.end(), from, [](const T& t, std::uint32_t b) { return t.at.begin < b; });
  return static_cast<std::size_t>(found - sorted.begin());
}
}  // namespace

std::size_t Document::line_at(std::uint32_t at) const {
  const auto next = std::upper_bound(lines.begin(), lines.end(), at,
                                     [](std::uint32_t b, const Line& line) { return b < line.at.begin; });
  return next == lines.begin() ? 0 : static_cast<std::size_t>(next - lines.begin()) - 1;
}

std::pair<std::size_t, std::size_t> Document::lines_of(Span s) const {
  return {first_from(lines, s.begin), std::max(first_from(lines, s.begin), first_from(lines, s.end))};
}

std::size_t Document::first_patch(std::uint32_t from) const { return first_from(patches, from); }
std::size_t Document::first_phrase(std::uint32_t from) const { return first_from(phrases, from); }

const Ruling* Document::ruling(const Line& line) const {
  for (std::size_t i = first_from(rulings, line.at.begin); i < rulings.size() && rulings[i].at.begin == line.at.begin;
       ++i)
    if (const Ruling& r = rulings[i]; r.trouble.empty() && r.deed >= Deed::head && r.deed <= Deed::note) return &r;
  return nullptr;
}

const Node* Document::declaration(const Line& line) const {
  for (std::size_t i = first_from(declared, line.at.begin);
       i < declared.size() && declared[i].at.begin == line.at.begin; ++i)
    if (declared[i].name != "hi") return &declared[i];  // how its first words are set is nothing that the line is
  return nullptr;
}

std::string_view Document::meta(std::string_view wanted) const {
  for (const Meta& m : metas)
    if (m.name == wanted) return m.value;
  return {};
}

}  // namespace emend
