// The decisions file: what a person decided about a book, one decision a line, kept beside the book for good.
//
//   reject punct.wide: 数字鸿沟[[,]]是指        level 2: [[第三章 研究方法]]
//   link: 鸿沟[[①]]是 -> [[① 参见张三]]          read: 信[[忌社]]会 => 息社
//   look: 共[[二十]]人 => the scan has 廿         fact author: 张三
//
// A line is `VERB [ARGUMENT] [k/n]: PLACE [-> PLACE] [=> TEXT]`; a place is named by its words (pipeline/run/place.h),
// and k/n says that it is the k-th of n that look just so. A fact of the book has no place. Blank lines and lines that
// begin with # say nothing.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/run/place.h"

namespace emend {

struct Decision {
  Deed deed = Deed::accept;
  std::string argument;  // a rule, a level, a kind of furniture, a mark; or nothing
  Place at, to;
  std::string text;  // of `read`, `look` and `fact`
};

/// The verb of a deed, as it is written.
std::string_view verb_of(Deed);
/// The decision as a line of the file, without a line end.
std::string written(const Decision&);
/// Error(Exit::rules) "`where`: …" if the line is no decision.
Decision read_decision(std::string_view line, const std::string& where);
/// The lines that hold a decision, each proven to be one. Error(Exit::rules) naming `where` and the line.
std::vector<std::string> decision_lines(std::string_view file, const std::string& where);

/// Finds the places of the decisions in the document's source and gives it the rulings; each that has no place, or two,
/// or that contradicts an earlier one, says so in its `trouble`. `put_in` are the line ends of the source, in order,
/// that such decisions themselves put there: their places are looked up without them. Error(Exit::rules) for a line
/// that is no decision.
void rule(Document&, const std::vector<std::string>& lines, const std::vector<std::uint32_t>& put_in = {});

/// Where the decisions split a paragraph within a line, sorted: the places are looked up in `text`, which is as it
/// came. Nothing for a place that is not there just once, or that stands at a line's beginning or end already.
std::vector<std::uint32_t> breaks_decided(std::string_view text, const std::vector<std::string>& decisions);

/// The argument of a ruling that splits within a line: it is heeded once the line is two.
constexpr std::string_view within_line = "line";

}  // namespace emend
