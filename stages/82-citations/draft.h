// A citation under construction, and the text it is sought in with titles and addresses struck out. Only the files
// citation*.cpp use it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "stages/82-citations/citation.h"

namespace emend {

/// Bytes [begin, end) of the text.
struct Range {
  std::size_t begin = 0, end = 0;
  bool empty() const { return begin >= end; }
};

/// A title in its marks.
struct QuotedTitle {
  enum Kind { book, article, quotes, starred };  // 《》『』 · 〈〉「」 · “” "" «» ‘’ · *…*
  Kind kind;
  Range outer, inner;
};

/// The text of a note or entry, prepared once.
struct CitationText {
  std::string_view text;
  std::string masked;               // the same length; inside titles and addresses, letters are '_'
  std::vector<QuotedTitle> titles;  // outermost ones, in order
  std::vector<Range> addresses;     // of the internet
};

CitationText prepare_citation(std::string_view text);

/// The parts found so far in one segment of the text.
class CitationDraft {
 public:
  CitationDraft(const CitationText& prepared, const Rules& table, Range where)
      : whole(prepared), rules(table), segment(where) {}

  /// False, and no effect, if nothing but blanks is there or a part has some of it already. Blanks at the ends are left
  /// out.
  bool add(Range, std::string_view name, std::string attributes = {});
  /// A title in marks, without them.
  bool add_title(const QuotedTitle&, std::string_view level);
  /// Adds a part by the name that rules give it: date, volume, place …; `editor` and `translator` become one each
  /// person.
  bool add_named(Range, std::string_view rule_name);
  /// An address of the internet: a `ref`, or the `idno` of a DOI.
  bool add_address(Range);
  /// Each person in the range becomes an `author` or an `editor` (`role`: author, editor, translator), without what is
  /// said about them. False if there is none.
  bool add_persons(Range, std::string_view role);
  /// All matches of the rules for parts within the range that do not cut each other, and addresses. `reach` is how many
  /// bytes of other text may stand between one and the next; the first that is too far ends it. Gives the end of the
  /// last.
  std::size_t add_parts(Range, std::size_t reach);

  bool has(std::string_view name, std::string_view attributes = {}) const;
  /// Whether some part of the range is a part already.
  bool taken(Range) const;
  std::size_t count(std::string_view name) const;
  std::string_view masked(Range r) const { return std::string_view(whole.masked).substr(r.begin, r.end - r.begin); }
  std::string_view text(Range r) const { return whole.text.substr(r.begin, r.end - r.begin); }
  Range trimmed(Range, std::u32string_view also = {}) const;
  /// The ranges of `within` that no part and no match of a rule has.
  std::vector<Range> gaps(Range within) const;

  const CitationText& whole;
  const Rules& rules;
  Range segment;
  std::vector<CitationPart> parts;  // sorted, disjoint
  std::vector<Range> matched;       // whole matches of rules: "ed. by" and what it introduces
  std::string kind;
};

/// The bytes of what says where a person is from, before the name: "[美]", "（清）"; 0 if nothing does.
std::size_t origin_length(std::string_view);
/// One person's name, after everything that is said about them has been taken off.
bool is_name(std::string_view, const Rules&);
/// The names in a range of a draft's text, and whether all of it reads as names.
struct Names {
  std::vector<Range> persons;
  std::vector<std::string> roles;  // of each, where it is said of it (Chinese): author, editor, translator, or empty
  bool certain = false;
};
Names read_names(const CitationDraft&, Range);

/// Fill a draft from its segment; false if the segment is no citation of this style.
bool read_chinese(CitationDraft&);
bool read_coded(CitationDraft&);
bool read_western(CitationDraft&, CitationForm);

}  // namespace emend
