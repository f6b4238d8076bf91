// The sweep over a document that writes the text of its edition: in source order, with each note at its mark and
// furniture at its page break. What it does with pages, blocks, contents, notes and inline text is a file each.
#pragma once
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "stages/write/tei/changes.h"
#include "stages/write/tei/citations.h"
#include "stages/write/tei/facsimile.h"
#include "stages/write/tei/identifiers.h"
#include "stages/write/tei/pen.h"
#include "stages/write/tei/relations.h"

namespace emend {

/// The value of @cert for what is less than `certain`.
inline const char* certainty(std::uint8_t sure) { return sure < 50 ? "low" : "medium"; }

/// Writes one document into one <text>, once.
class Sweep {
 public:
  Sweep(const Document&, const Facsimile&, Shows, pugi::xml_node text);
  void write();

 private:
  // The frame: front, body, back and the divisions in them (tei_sweep.cpp)
  pugi::xml_node part(std::string_view name);
  pugi::xml_node container();
  pugi::xml_node open_div(const Node& head);
  void open_implied_div(int level, std::string_view type = {});
  int leave_contents();
  void finish();
  // Page breaks and the furniture at them (tei_pages.cpp)
  void turn(const Line&, pugi::xml_node where, bool blocks = true);
  void write_page(std::size_t i, pugi::xml_node where);
  void write_label(pugi::xml_node pb, std::size_t i) const;
  void write_break_within(pugi::xml_node pb, std::size_t page) const;
  void write_furniture(const Node& fw, pugi::xml_node where);
  // Where text is missing (gaps.cpp)
  void write_gaps_before(std::uint32_t at, pugi::xml_node where, pugi::xml_node sibling = {});
  void write_gap_at_end();
  // Blocks (tei_blocks.cpp)
  void write_top(const Node&, std::size_t index);
  bool heads_to_come(const Node& before) const;
  bool heads_to_come_in_front(const Node& before) const;
  void write_head(const Node&);
  void write_title_page(const Node&);
  void write_stray(std::size_t line);
  void write_block(const Node&, std::size_t index, pugi::xml_node where);
  void write_graphic(const Node& phrase, Pen&);
  void write_caption(const Node&, pugi::xml_node where);
  pugi::xml_node figure_without_caption(pugi::xml_node where);
  void write_group(const Node&, std::size_t index, pugi::xml_node where);
  void write_row(const Node&, pugi::xml_node table);
  // The printed contents (tei_contents.cpp)
  void write_contents(const Node&, std::size_t index, pugi::xml_node where);
  void write_between(const Node&, std::size_t index, pugi::xml_node list);
  void write_entry(const Node& entry, pugi::xml_node item);
  void write_locus(pugi::xml_node item, pugi::xml_node words, const Run&);
  // Notes and marks (tei_notes.cpp)
  void write_unanchored(const Node& note);
  void write_mark(const Node& mark, const Run&, Pen&);
  void write_note(const Node& note, pugi::xml_node where, const Link*, const Node* mark);
  void write_note_text(const Node& note, Pen&);
  // Lines and what stands in them (tei_text.cpp)
  void write_lines(const Node&, Pen&);
  std::size_t write_inner(std::size_t outer, const Node& innermost, Pen&);
  void write_text(const Line&, Pen&);
  void write_phrase(const Node& phrase, const Run&, Pen&);

  // Citations (tei_citations.cpp)
  void describe(pugi::xml_node bibl, const CitationSpan&) const;
  void write_citation(const Node& phrase, const Run&, Pen&);
  void write_run(const Run&, Pen&, bool first);
  void write_joint(const Line&, Pen&);
  pugi::xml_node here(Pen&) const;

  std::vector<const Node*> floating_;  // images within the paragraph that is being written; they go behind it
  const Document& d_;
  const Facsimile& facsimile_;
  Relations relations_;
  Identifiers ids_;
  Citations citations_;
  pugi::xml_node bibl_, cite_part_;  // the citation, and the part of it, that is not at its end yet
  ChangeWriter changes_;
  pugi::xml_node text_, current_, last_p_;
  pugi::xml_node contents_;  // the division of the printed contents that was opened last
  int part_ = -1;            // 0 front, 1 body, 2 back
  std::vector<std::pair<int, pugi::xml_node>> divs_;
  std::size_t turned_ = 0;         // pages whose break is written
  std::vector<const Meta*> gaps_;  // in the order of the text
  std::size_t gap_ = 0;            // of these: the first that is not written
  std::uint32_t last_page_ = 0, last_head_ = 0;
  bool front_ahead_ = false;                   // there is a title page or a division of the front
  std::unordered_set<std::uint32_t> written_;  // notes that stand at their mark already
};

}  // namespace emend
