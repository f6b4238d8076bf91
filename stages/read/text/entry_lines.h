// Lines that a tool took apart or ran together, as the entries of a contents list are (all titles, then all pages; or
// all in one line): read in order, and given back to the byte.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// So many bytes of a line, counted from the first line of the place; each piece begins where the one before it in the
/// same line ends.
struct EntryPiece {
  std::uint32_t line = 0, length = 0;
  bool page = false;    // of the entry: a tab sets it apart, not a blank
  bool hyphen = false;  // stands behind it, which extraction took away
  bool operator==(const EntryPiece&) const = default;
};

/// Lines of a text, counted from 0, that hold the entries of a contents list in pieces. The pieces are all that these
/// lines hold.
struct EntryLines {
  std::uint32_t first = 0, lines = 0;
  std::vector<std::vector<EntryPiece>> entries;  // in reading order, each the pieces of its line from left to right
  bool operator==(const EntryLines&) const = default;
};

/// The places where the entries of `text` are in pieces, in order (see entry_columns.cpp): none where that is not
/// certain.
std::vector<EntryLines> find_entry_lines(std::string_view text);

/// The text with an entry of each place a line, its pieces set apart by a blank, its page by a tab, empty lines
/// left out. Where a place does not fit the text, what comes from there on is copied.
std::string unroll(std::string_view text, const std::vector<EntryLines>&);

/// What `unroll` was given.
std::string roll_up(std::string_view unrolled, const std::vector<EntryLines>&);

/// For each of the `lines` lines of the unrolled text, the line it was (that of its first piece); both counted from 0.
std::vector<std::size_t> lines_before(const std::vector<EntryLines>&, std::size_t lines);

/// A place as a ledger records it: `12+48 0:3,16:44>32:1;1:3,17:40>33:1`, its first line counted from 1, then for each
/// entry the line and length of its pieces, `>` before the page. Nothing for what is none.
std::string write_entry_lines(const EntryLines&);
std::optional<EntryLines> read_entry_lines(std::string_view);

}  // namespace emend
