// What each TEI element is to a reader of a book, whatever TEI calls it: the one table that the Pandoc bridge goes by.
#pragma once
#include <string_view>

namespace emend {

enum class Role {
  unknown,  // not in the table: passes as its text, with a warning
  skip,     // furniture, facsimile, apparatus: no part of the book that is read
  group,    // holds blocks and says nothing itself
  boxed,    // holds blocks that are set apart
  division,
  head,
  paragraph,
  list,
  table,
  verse,  // a stanza
  line,   // a line of verse
  quotation,
  figure,
  title_page,
  note,
  speech,
  speaker,
  stage,
  bibliography,
  citation,  // one bibl
  page_break,
  line_break,
  mark,    // an empty place that only its identifier makes useful
  phrase,  // inline, and says nothing that a page shows
  choice,
  highlight,
  formula,  // in TeX
  emphasis,
  deletion,
  link,
  pointer,
  gap,
  unclear,
  title,
};

/// The role of a TEI element by its local name.
Role role_of(std::string_view name);

/// True for roles that end the paragraph they stand in. A quotation, citation or note does so only where blocks are.
bool is_block(Role role);

}  // namespace emend
