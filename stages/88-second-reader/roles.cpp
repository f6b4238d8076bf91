// The role of a line out of its innermost block.
#include "stages/88-second-reader/roles.h"

#include <set>

namespace emend::reader {

namespace {

// By the name of the block; the lines behind the first one may have another role.
std::optional<std::pair<Role, Role>> roles_of(const Node& block) {
  const std::string_view name = block.name;
  if (name == "head")
    return block.get("type") == "contents" ? std::pair(Role::contents, Role::contents)
                                           : std::pair(Role::head, Role::head_more);
  if (name == "note") return std::pair(Role::note, Role::note_more);
  if (name == "fw")
    return block.get("type") == "pageNum" ? std::pair(Role::number, Role::number)
                                          : std::pair(Role::running, Role::running);
  if (name == "entry" || name == "contents") return std::pair(Role::contents, Role::contents);
  if (name == "row" || name == "table") return std::pair(Role::table, Role::table);
  if (name == "titlePage") return std::pair(Role::title, Role::title);
  if (name == "p" || name == "item" || name == "quote" || name == "lg" || name == "l" || name == "keywords" ||
      name == "figure" || name == "caption")
    return std::pair(Role::paragraph, Role::paragraph_more);
  return {};  // list, listBibl: their lines are what the blocks within say
}

}  // namespace

std::vector<std::optional<Made>> made_roles(const Document& d) {
  std::set<std::uint32_t> going_on;  // notes from the page before
  for (const Link& link : d.links)
    if (link.name == "continues") going_on.insert(link.to.begin);
  std::vector<std::optional<Made>> made(d.lines.size());
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const Node* block = d.block_of(d.lines[i]);
    const auto roles = block == nullptr ? std::nullopt : roles_of(*block);
    if (!roles) continue;
    const bool first = block->at.begin == d.lines[i].at.begin;
    const Node* above = block->parent < 0 ? nullptr : &d.blocks[static_cast<std::size_t>(block->parent)];
    const bool next_verse = block->name == "l" && above != nullptr && above->at.begin != block->at.begin;
    const bool goes_on = next_verse || (block->name == "note" && going_on.contains(block->at.begin));
    made[i] = Made{first && !goes_on ? roles->first : roles->second, block->change, first};
  }
  return made;
}

}  // namespace emend::reader
