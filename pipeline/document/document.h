// The book between its bytes and its edition: the source, which is never modified, and everything decided about it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/arena.h"
#include "pipeline/document/span.h"

namespace emend {

/// What a change says. Each kind is applied by `commit`, written by `write_ledger` and explained by `emend explain`.
enum class Kind : std::uint8_t {
  edit,    // the bytes `at` read `after` (they read `before`)
  join,    // the line that begins at `at` continues the paragraph; `after` stands between it and what came before
  block,   // the lines `at` are a `name`: p, head, note, fw, entry …
  phrase,  // the bytes `at`, within one line, are a `name`: mark, label, leader, locus …
  page,    // a page begins at the line that begins at `at`; said again for the same place, it adds to what
           // is known; `none`: no page begins there
  link,    // the thing at `at` belongs to the thing at `to`: a mark to its note, an entry to its heading
  meta,    // something about the book as a whole: title, keywords, language; `at` is where it was read
  doubt,   // nothing was changed, and a person should look at `at`
  declare,  // the source itself says that the lines `at` are a `name`: head, table, figure … ; a witness, not the truth
};

/// One decision of one stage. Stages return these, the ledger keeps them, the review and the TEI quote them.
struct Change {
  Kind kind = Kind::doubt;
  std::uint8_t sure = 100;  // how certain, in percent; below `certain` it is a doubt to be shown
  Span at, to;
  std::string_view stage, rule;
  std::string_view name;        // of a block, phrase, link or meta
  std::string_view attributes;  // see `attribute`
  std::string_view before, after;
  std::string_view reason;  // in words, for a person; empty where the rule says it all
};

constexpr std::uint8_t certain = 80;

/// What a later stage says of an earlier decision: how certain it is, all considered. What was decided stays.
struct Weight {
  std::uint32_t change = 0;  // index into the ledger
  std::uint8_t sure = 100;
  std::string_view reason;
};

/// The value of `key` in attributes ("key=value" lines, joined by '\n'), or nothing.
std::string_view attribute(std::string_view attributes, std::string_view key);

/// The net effect of all edits that touch one place: the source bytes `at` now read `text`.
struct Patch {
  Span at;
  std::string_view text;
};

/// A physical line. Lines are fixed once the document is opened; only what they read changes.
struct Line {
  Span at;                  // without its terminator
  std::string_view text;    // the current reading; views the source until an edit touches it
  std::string_view join;    // what stands between the preceding line of the paragraph and this one
  std::uint32_t page = 0;   // index into `pages`; 0 while the pages are unknown
  std::int32_t block = -1;  // index of the innermost block that holds the line, or -1
  bool joined = false;      // a `join` was decided; otherwise the line end is read as white space
};

/// A named range: of whole lines (a block) or within a line (a phrase).
struct Node {
  Span at;
  std::string_view name, attributes;
  std::int32_t parent = -1;  // blocks: the index of the enclosing block, or -1
  std::uint32_t change = 0;  // index into the ledger

  std::string_view get(std::string_view key) const { return attribute(attributes, key); }
};

/// A physical page: from the first of its lines to the first of the next page's.
struct Page {
  Span at;
  std::string_view label;   // the printed number in its own numerals, or empty
  std::uint8_t sure = 100;  // of the label; of the break itself where there is no label
  bool read = false;        // the label was read on the page itself, and not inferred
};

struct Link {
  std::string_view name;  // note, contents, continues
  Span at, to;
  std::uint8_t sure = 100;
};

struct Meta {
  std::string_view name, value;
  Span at;
};

/// What a person decides about a place of the book.
enum class Deed : std::uint8_t {
  accept,     // the change that the rule `argument` makes there is right
  reject,     // and here it is wrong
  level,      // the heading has level `argument`
  head,       // the line is a heading, of level `argument` if that says one
  furniture,  // the line is furniture: header, footer, pageNum, catch or watermark
  paragraph,  // the line is running text, and begins a paragraph
  note,       // the line begins a note, with the mark `argument` if that says one
  link,       // the mark at `at` belongs to the note at `to`
  join,       // no paragraph ends at the line break in `at`
  split,      // one does
  read,       // the words read `text`
  look,       // someone should look here again, for `text` if that says what
  fact,       // the book's `argument` (title, author …) is `text`; of no place
};

/// One decision, with its places found in this source. Stages take it as evidence; `heed` makes it hold.
struct Ruling {
  Deed deed = Deed::accept;
  Span at, to;  // `at` is empty at 0 where the place was not found
  std::string_view argument, text;
  std::string_view line;     // as it stands in the decisions file
  std::string_view trouble;  // why it cannot be heeded; empty if it can
};

/// Everything that is known of a book. Stages read it; only `open_document`, `commit` and `rule` write it.
struct Document {
  std::string name;             // of the input, for messages and the header
  std::string source;           // never modified
  std::vector<Line> lines;      // in source order, never reordered
  std::vector<Patch> patches;   // sorted, disjoint, none crosses a line end
  std::vector<Node> blocks;     // preorder: begin ascending, end descending; properly nested
  std::vector<Node> phrases;    // sorted, disjoint, each within a line
  std::vector<Page> pages;      // in order; empty until a stage has found them
  std::vector<Link> links;      // sorted by `at`
  std::vector<Meta> metas;      // in the order they were decided
  std::vector<Node> declared;   // what the source says of its lines, sorted by `at`; see `declaration`
  std::string form;             // what a person says the source is written in: text or markdown; empty: to be found
  std::vector<Span> gathered;   // lines that were put together of pieces before there was a document; sorted
  std::vector<Ruling> rulings;  // what a person decided; sorted by `at`
  std::vector<Change> ledger;   // every change ever applied, in order
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();

  std::string_view slice(Span s) const { return std::string_view(source).substr(s.begin, s.size()); }
  /// The index of the line that holds byte `at`, its terminator included. There is always one unless the source is
  /// empty.
  std::size_t line_at(std::uint32_t at) const;
  /// [first, last) of the lines that begin within `s`.
  std::pair<std::size_t, std::size_t> lines_of(Span s) const;
  /// The first patch, phrase or link that begins at or behind byte `from`.
  std::size_t first_patch(std::uint32_t from) const;
  std::size_t first_phrase(std::uint32_t from) const;
  /// The first value that was decided for `name`, or nothing.
  std::string_view meta(std::string_view name) const;
  /// Whether the innermost block of the line is a `name`.
  bool is(const Line& line, std::string_view block_name) const {
    return line.block >= 0 && blocks[static_cast<std::size_t>(line.block)].name == block_name;
  }
  /// What the source declares of the line, as heading, list item …: the first that says something of it, or null.
  const Node* declaration(const Line&) const;
  /// What a person said the line is (head, furniture, paragraph or note), or null.
  const Ruling* ruling(const Line&) const;
  /// The innermost block of the line, or null.
  const Node* block_of(const Line& line) const {
    return line.block < 0 ? nullptr : &blocks[static_cast<std::size_t>(line.block)];
  }
  /// The bytes from the first to the last of lines [first, last], terminators between them included.
  Span hull(std::size_t first, std::size_t last) const { return {lines[first].at.begin, lines[last].at.end}; }
};

/// Calls f(source span, current text, patched?) for each piece of a line, left to right.
template <class F>
void each_piece(const Document& d, const Line& line, F f) {
  std::uint32_t from = line.at.begin;
  for (std::size_t i = d.first_patch(from); i < d.patches.size() && d.patches[i].at.end <= line.at.end; ++i) {
    const Patch& p = d.patches[i];
    if (from < p.at.begin) f(Span{from, p.at.begin}, d.slice({from, p.at.begin}), false);
    f(p.at, p.text, true);
    from = p.at.end;
  }
  if (from < line.at.end) f(Span{from, line.at.end}, d.slice({from, line.at.end}), false);
}

}  // namespace emend
