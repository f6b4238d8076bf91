// The xml:id of every page, division and note: made from structure and printed numbers, never from a running count.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/write/tei/relations.h"

namespace emend {

/// The level of a heading, from 1.
int level_of(const Node& head);

/// Identifiers that stay the same when something else in the book changes: ch2.s3.1, p13, fn-13-2.
class Identifiers {
 public:
  /// Names pages and headings; notes get their names as they are written, by `note`.
  Identifiers(const Document&, const Relations&);

  /// Of a page with a label; empty for others.
  const std::string& page(std::size_t index) const { return pages_[index]; }
  /// Of the first page with the label; empty if there is none.
  std::string_view page_labelled(std::string_view label) const;
  /// Of the division that the heading, or the contents list, at byte `at` opens.
  const std::string& head(std::uint32_t at) const { return heads_.at(at); }
  /// A new name for a note that is being written.
  std::string note(const Node&);
  /// `wanted` with what no xml:id may hold replaced; a second of the same name gets a suffix.
  std::string unique(std::string wanted);

 private:
  void name_pages();
  void name_heads();
  std::string head_key(const Node& head, const std::string& parent, int ordinal) const;

  const Document& d_;
  const Relations& relations_;
  std::unordered_map<std::string, int> seen_;
  std::vector<std::string> pages_;
  std::unordered_map<std::string_view, std::size_t> labels_;  // the first page of each label
  std::unordered_map<std::uint32_t, std::string> heads_;  // by the first byte of the heading
  std::map<std::string, int> plain_notes_;                // notes without a number, by page
};

}  // namespace emend
