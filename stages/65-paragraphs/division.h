// What the lines of the running text make together: tables, verse, items of lists, paragraphs.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/rules/rules.h"
#include "stages/65-paragraphs/page_lines.h"
#include "stages/65-paragraphs/tables.h"

namespace emend {

/// A text divided. Tables and stanzas are found first, then enumerations, and the rest is paragraphs: between lines of
/// one width each line end is weighed (`ParagraphModel`); where a line is a paragraph, only page ends are.
class Division {
 public:
  Division(const Document& d, const Rules& rules);
  Division(const Division&) = delete;
  Division& operator=(const Division&) = delete;

  const std::vector<BodyLine>& lines() const { return lines_; }
  std::size_t size() const { return lines_.size(); }
  std::string_view text(std::size_t k) const { return lines_[k].text; }
  const Setting& setting() const { return setting_; }

  /// Whether body line `k` begins a paragraph or an item.
  bool begins(std::size_t k) const { return begins_[k] != 0; }
  /// The body line behind the paragraph that `k` stands in.
  std::size_t paragraph_end(std::size_t k) const;
  /// How many lines of verse begin with line `k`.
  std::size_t verse(std::size_t k) const { return verse_[k]; }
  /// The enumeration that `k` is an item of; negative: of none.
  int chain(std::size_t k) const { return chain_[k]; }
  bool bullet(std::size_t k) const { return lines_[k].lead == Lead::bullet || lines_[k].lead == Lead::lone_bullet; }

  bool in_table(std::size_t k) const { return in_table_[k] != 0; }
  /// The table that begins with line `k`, or null.
  const CellTable* table_at(std::size_t k) const;
  /// Where the table begins whose caption line `k` is, or `k`.
  std::size_t table_below(std::size_t k) const;

 private:
  enum class Known : std::uint8_t { begins, continues, open };

  std::vector<BodyLine>& prepared();
  void heed_declared_items();
  void find_tables();
  void find_formulas();
  void find_lists();
  bool may_begin_item(std::size_t k) const;
  bool special(std::size_t k) const { return in_table_[k] != 0 || lines_[k].lead != Lead::plain || chain_[k] != -1; }
  Known known(std::size_t k) const;
  void find_paragraphs();
  bool goes_on(std::size_t k) const;
  void weigh_line_ends();
  void find_dashes();
  bool dash(std::size_t k) const;
  void find_verse();
  bool may_be_verse(std::size_t k) const;

  const Document& d_;
  const Rules& rules_;
  const bool marked_up_;
  std::vector<BodyLine> lines_;
  std::vector<CellTable> tables_;  // in order
  std::vector<std::uint8_t> in_table_;
  std::vector<Known> in_formula_;   // by line, and one more: of a numbered formula, or behind one
  std::vector<std::size_t> verse_;  // by line: how many lines of verse begin there
  Setting setting_;
  std::vector<int> chain_;            // by line: the enumeration it is an item of; -1 none, -2 of paragraphs
  std::vector<std::uint8_t> begins_;  // by line: whether it begins a paragraph
};

}  // namespace emend
