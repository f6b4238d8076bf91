// What a line can be to the second reader, and what the stages made of it.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"

namespace emend::reader {

enum class Role : std::uint8_t {
  head,
  head_more,
  paragraph,
  paragraph_more,
  note,
  note_more,
  contents,
  running,
  number,
  table,
  title,
};
constexpr std::size_t role_count = 11;
constexpr std::size_t index(Role r) { return static_cast<std::size_t>(r); }

struct RoleName {
  std::string_view name;   // in tables
  std::string_view words;  // to an editor
};
constexpr std::array<RoleName, role_count> role_names{{{"head", "a heading"},
                                                       {"head-more", "a heading that goes on"},
                                                       {"paragraph", "the beginning of a paragraph"},
                                                       {"paragraph-more", "text that goes on"},
                                                       {"note", "a note"},
                                                       {"note-more", "a note that goes on"},
                                                       {"contents", "a part of the contents list"},
                                                       {"running", "a running head"},
                                                       {"number", "a page number"},
                                                       {"table", "a row of a table"},
                                                       {"title", "a part of the title page"}}};

constexpr bool is_furniture(Role r) { return r == Role::running || r == Role::number; }

/// What says the same of a decision: a heading that goes on is no wrong heading.
constexpr bool same_matter(Role a, Role b) {
  const bool heads = a <= Role::head_more && b <= Role::head_more;
  return a == b || heads || (is_furniture(a) && is_furniture(b));
}

/// What the stages made of a line, and the change that said so.
struct Made {
  Role role;
  std::uint32_t change;  // index into the ledger: of the line's block
  bool first;            // the block begins with this line
};

/// For each line of the document what the stages made of it; nothing where no block holds it.
std::vector<std::optional<Made>> made_roles(const Document&);

}  // namespace emend::reader
