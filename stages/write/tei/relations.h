// What of a document belongs together, looked up before the edition is written: notes and marks, pages and furniture.
#pragma once
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// All of it views the document, which must outlive it.
class Relations {
 public:
  explicit Relations(const Document&);

  /// The language of a block that departs from the book's, or nothing.
  std::string_view language_of(const Node&) const;
  /// The link of this name that begins at `at`, or null.
  const Link* link_from(std::uint32_t at, std::string_view name) const;
  /// The note that begins at `at`, or null.
  const Node* note_at(std::uint32_t at) const;
  /// The note, later in the book, that goes on with this one; or null.
  const Node* continuation_of(const Node& note) const;
  /// Whether a mark, or the note that it continues, says where this note is written.
  bool anchored(const Node& note) const { return anchored_.contains(note.at.begin); }
  /// The furniture that is written at the page's break: all of it but watermarks. Indices of blocks.
  const std::vector<std::size_t>& furniture_of(std::size_t page) const { return furniture_[page]; }
  /// Whether this furniture, or this note, is written elsewhere than where it stands.
  bool written_elsewhere(const Node&) const;

 private:
  void gather_furniture();
  void gather_notes();

  const Document& d_;
  std::vector<std::vector<std::size_t>> furniture_;  // by page
  std::unordered_set<std::uint32_t> anchored_;       // notes, by their first byte; so are the next two
  std::unordered_map<std::uint32_t, std::uint32_t> continuation_;
  std::unordered_map<std::uint32_t, std::size_t> notes_;
  std::unordered_map<std::uint32_t, std::string_view> languages_;  // by the first byte of a block
};

}  // namespace emend
