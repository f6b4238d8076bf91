// Pages in two columns, as `pdftotext -layout` prints them side by side: read column by column, and given back to the
// byte.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// Lines of a text, counted from 0, that stand in two columns; the second begins at character `at` of each line.
struct Columns {
  std::uint32_t first = 0, lines = 0, at = 0;
  /// By line, or empty: `l` where the second half is empty and left out, `r` where the first is, blanks up to `at`;
  /// `b` where neither is. So lines that stand between those of the other column leave no blank lines in it.
  std::string halves;
  /// Where the notes at the foot of each column begin, as lines of the place; 0 where there are none. They come last,
  /// so that they are at the foot of the page.
  std::uint32_t first_foot = 0, second_foot = 0;
  bool operator==(const Columns&) const = default;
  bool has_first(std::size_t i) const { return halves.empty() || halves[i] != 'r'; }
  bool has_second(std::size_t i) const { return halves.empty() || halves[i] != 'l'; }
};

/// The places where `text` stands in two columns, in order (see gutters.cpp): none where that is not certain.
/// `expected`: somebody says that there are such pages, so that less evidence will do.
std::vector<Columns> find_columns(std::string_view text, bool expected = false);

/// The text with the first column of each place before its second. Each line of a place becomes two, cut where the
/// second column begins, and the blanks between the two are left out, since `at` tells how many there were; a line feed
/// ends each line of the first. Where a place cannot be put together again (`fits`), what comes from there on is
/// copied.
std::string unroll(std::string_view text, const std::vector<Columns>&);

/// What `unroll` was given.
std::string roll_up(std::string_view unrolled, const std::vector<Columns>&);

/// For each of the `lines` lines of the unrolled text, the line of the file on which it stands; both counted from 0.
std::vector<std::size_t> lines_in_file(const std::vector<Columns>&, std::size_t lines);

/// A place as a ledger records it, lines counted from 1: `12+48@62`, with `/40,38` if there are feet, and a blank and
/// the halves if there are any. Nothing for what is none.
std::string write_columns(const Columns&);
std::optional<Columns> read_columns(std::string_view);

/// A line and what ends it: LF, CR LF, CR, FF or nothing.
struct RawLine {
  std::string_view body, end;
};
std::vector<RawLine> raw_lines(std::string_view text);

/// Whether the lines can be cut as it says, and put together again byte for byte.
bool fits(const Columns&, const std::vector<RawLine>&);

/// The byte at which character `at` of a line begins, a tab reaching to the next multiple of 8; at most its size.
std::size_t byte_of_column(std::string_view body, std::size_t at);

}  // namespace emend
