// What a line of Markdown is by its first and last characters alone.
#pragma once
#include <cstddef>
#include <string_view>

namespace emend {

enum class LineForm {
  text,
  blank,
  heading,          // # words
  underline,        // ==== below a heading
  rule,             // --- or *** or ___
  code_fence,       // ``` or ~~~
  formula_fence,    // $$ or \[ or \] alone
  formula,          // $$ … $$ or \[ … \] in one line
  table_row,        // | … |
  delimiter_row,    // |---|:-:|
  image,            // ![…](…) alone, or <img …>
  html_table,       // begins with <table
  note_definition,  // [^1]: …
  page_mark,        // a page begins: {1}-----, <!-- page 2 -->, <!-- PAGE BREAK -->
  comment,          // <!-- … -->
  labelled,         // begins with <header>, <footnote> …
};

/// The form of a line, its indentation left out. It looks at no other line.
LineForm form_of(std::string_view line);

/// Of a heading, empty anchors before it left out: its number of # and where its words begin and end, as bytes of the line.
struct HashHeading {
  int level = 0;
  std::size_t begin = 0, end = 0;
};
HashHeading hash_heading(std::string_view line);

/// `s` without its `<…>` attributes and in lower case begins so.
bool begins_with_tag(std::string_view s, std::string_view tag);

}  // namespace emend
