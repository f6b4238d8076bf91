// What a line at the edge of a page says: words that may return on other pages, a page number, or both.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/rules/rules.h"
#include "pipeline/text/numerals.h"

namespace emend {

/// What furniture says apart from its page number: the words that return from page to page.
struct EdgeShape {
  std::u32string words;   // folded, without a page number at either end
  bool sentence = false;  // it begins as the middle of a sentence does, which furniture does not
  bool bare = false;      // nothing but a number, without dashes, brackets or a word
  bool apart = false;     // words and number are held apart by a wide gap, or the number by its word or dashes
  int number = 0;         // that number, or 0
  Numeral form = Numeral::none;
};

/// Reads `text` by the rules of class `page-number`: all of it, or what stands at one of its ends, most often apart
/// from the rest (`Page 2    The Tides`, `第2页 潮汐`). A bare number at an end counts only if it is arabic, in small
/// Roman digits, or Chinese behind a wide gap.
EdgeShape edge_shape(std::string_view text, const Rules& rules);

/// Whether the line is text however often it returns: speech, a sentence or a piece of one, or nothing but marks (a
/// lone stop, `$$`, a code fence). A Latin full stop ends titles as well, and tells nothing here.
bool is_text(std::string_view text);

}  // namespace emend
