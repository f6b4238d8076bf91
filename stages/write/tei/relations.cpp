// Gathering notes, links, furniture and languages, each by the place that asks for them.
#include "stages/write/tei/relations.h"

#include <algorithm>

namespace emend {

Relations::Relations(const Document& d) : d_(d) {
  for (const Meta& m : d.metas)
    if (m.name == "lang") languages_.emplace(m.at.begin, m.value);
  gather_furniture();
  gather_notes();
}

void Relations::gather_furniture() {
  furniture_.resize(d_.pages.size());
  for (std::size_t i = 0; i < d_.blocks.size(); ++i)
    if (d_.blocks[i].name == "fw" && !d_.pages.empty() && d_.blocks[i].get("type") != "watermark")
      furniture_[d_.lines[d_.line_at(d_.blocks[i].at.begin)].page].push_back(i);
}

void Relations::gather_notes() {
  for (const Link& link : d_.links) {
    if (link.name == "note") anchored_.insert(link.to.begin);
    if (link.name == "continues") continuation_[link.at.begin] = link.to.begin, anchored_.insert(link.to.begin);
  }
  for (std::size_t i = 0; i < d_.blocks.size(); ++i)
    if (d_.blocks[i].name == "note") notes_[d_.blocks[i].at.begin] = i;
}

std::string_view Relations::language_of(const Node& node) const {
  const auto found = languages_.find(node.at.begin);
  return found == languages_.end() ? node.get("lang") : found->second;
}

const Link* Relations::link_from(std::uint32_t at, std::string_view name) const {
  auto link = std::lower_bound(d_.links.begin(), d_.links.end(), at,
                               [](const Link& l, std::uint32_t b) { return l.at.begin < b; });
  for (; link != d_.links.end() && link->at.begin == at; ++link)
    if (link->name == name) return &*link;
  return nullptr;
}

const Node* Relations::note_at(std::uint32_t at) const {
  const auto found = notes_.find(at);
  return found == notes_.end() ? nullptr : &d_.blocks[found->second];
}

const Node* Relations::continuation_of(const Node& note) const {
  const auto next = continuation_.find(note.at.begin);
  return next == continuation_.end() ? nullptr : note_at(next->second);
}

bool Relations::written_elsewhere(const Node& node) const {
  return (node.name == "fw" && node.get("type") != "watermark" && !d_.pages.empty()) ||
         (node.name == "note" && anchored(node));
}

}  // namespace emend
