// Rows, cells and the columns they stand in. Columns are certain where the cells below each other begin, end or are
// centred alike, as in the text-based table recognition of P. Pyreddy, W. B. Croft: TINTIN, 1997, and T. Kieninger, A.
// Dengel: The T-Recs table recognition system, 1998; there as here white space that goes down through the rows decides.
#include "stages/65-paragraphs/tables.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/65-paragraphs/enumeration.h"
#include "weights/paragraphs.h"

namespace emend {

namespace {

constexpr std::size_t most_cells = 40, widest_line = 1000;

struct Cell {
  std::size_t begin = 0, end = 0;          // bytes of the line's text
  std::size_t from = 0, to = 0;            // characters
  std::size_t from_wide = 0, to_wide = 0;  // columns, a Han character being two
};

struct Row {
  std::size_t line = 0;
  std::string_view text;  // of the whole line
  std::vector<Cell> cells;
  std::size_t least_gap = ~std::size_t{0};
  bool tabs = false, pipes = false, drawn = false;
};

// A sign that begins an item of a list: with the gap behind it, it is no cell of its own.
bool is_bullet(char32_t c) { return std::u32string_view(U"•●○■□▪◦‣∙").find(c) != std::u32string_view::npos; }

// Cells between tabs, or between runs of two blanks and more.
Row read_row(std::string_view text, std::size_t line) {
  Row row{line, text, {}, ~std::size_t{0}, false, false, false};
  if (text.size() > widest_line) return row;
  std::size_t character = 0, wide = 0, blanks = 2;
  bool tab = false, behind_bullet = false;
  for (std::size_t i = 0; i < text.size(); ++character) {
    const std::size_t begin = i;
    const char32_t c = next_character(text, i);
    const std::size_t width = is_cjk(c) ? 2 : 1;
    if (is_blank(c)) {
      blanks += width;
      tab = tab || c == '\t';
    } else {
      if (row.cells.empty() || ((blanks >= 2 || tab) && !behind_bullet)) {
        if (!row.cells.empty() && !tab) row.least_gap = std::min(row.least_gap, blanks);
        row.tabs = row.tabs || (tab && !row.cells.empty());
        row.cells.push_back({begin, i, character, character + 1, wide, wide + width});
      }
      row.cells.back().end = i;
      row.cells.back().to = character + 1;
      row.cells.back().to_wide = wide + width;
      behind_bullet = row.cells.size() == 1 && row.cells.back().from + 1 == row.cells.back().to && is_bullet(c);
      blanks = 0;
      tab = false;
    }
    wide += width;
  }
  if (row.cells.size() > most_cells) row.cells.clear();
  return row;
}

// | a | b |, as Markdown has it.
Row read_piped_row(std::string_view text, std::size_t line) {
  Row row{line, text, {}, ~std::size_t{0}, false, true, false};
  const std::string_view inner = trim(text);
  const auto at = static_cast<std::size_t>(inner.data() - text.data());
  if (inner.size() < 3 || inner.front() != '|' || inner.back() != '|' || text.size() > widest_line) return row;
  row.drawn = inner.find_first_not_of("|-:+= ") == inner.npos && inner.find('-') != inner.npos;
  for (std::size_t begin = 1; begin < inner.size();) {
    const std::size_t end = inner.find('|', begin);
    Cell cell;
    cell.begin = at + begin;
    cell.end = at + end;
    row.cells.push_back(cell);
    begin = end + 1;
  }
  return row;
}

bool piped(std::string_view trimmed) { return trimmed.size() > 2 && trimmed.front() == '|' && trimmed.back() == '|'; }

std::size_t usual_cells(const std::vector<Row>& rows) {
  std::size_t counts[most_cells + 1] = {};
  for (const Row& row : rows) ++counts[row.cells.size()];
  std::size_t best = 2;
  for (std::size_t n = 2; n <= most_cells; ++n)
    if (counts[n] >= counts[best] && counts[n] > 0) best = n;
  return best;
}

struct Columns {
  std::vector<std::size_t> from, to;  // of each, in characters
};

Columns columns_of(const std::vector<Row>& rows, std::size_t n) {
  Columns c{std::vector<std::size_t>(n, ~std::size_t{0}), std::vector<std::size_t>(n, 0)};
  for (const Row& row : rows)
    for (std::size_t k = 0; k < n && row.cells.size() == n; ++k) {
      c.from[k] = std::min(c.from[k], row.cells[k].from);
      c.to[k] = std::max(c.to[k], row.cells[k].to);
    }
  return c;
}

// In which column each cell of a row stands that has fewer than the others; empty if that cannot be told.
std::vector<std::size_t> places(const Row& row, const Columns& c) {
  std::vector<std::size_t> out;
  for (const Cell& cell : row.cells) {
    std::size_t best = c.from.size(), most = 0;
    for (std::size_t k = out.empty() ? 0 : out.back() + 1; k < c.from.size(); ++k) {
      const std::size_t from = std::max(cell.from, c.from[k]), to = std::min(cell.to, c.to[k]);
      if (to > from && to - from > most) best = k, most = to - from;
    }
    if (best == c.from.size()) return {};
    out.push_back(best);
  }
  return out;
}

// Whether nine in ten of the cells of each column begin, end or are centred alike.
template <class From, class To>
bool aligned(const std::vector<Row>& rows, std::size_t n, From from, To to) {
  for (std::size_t k = 0; k < n; ++k) {
    std::vector<std::size_t> edges[3];
    for (const Row& row : rows)
      if (row.cells.size() == n) {
        edges[0].push_back(2 * from(row.cells[k]));
        edges[1].push_back(2 * to(row.cells[k]));
        edges[2].push_back(from(row.cells[k]) + to(row.cells[k]));
      }
    const bool any = std::any_of(std::begin(edges), std::end(edges), [](std::vector<std::size_t>& e) {
      const auto middle = e.begin() + static_cast<std::ptrdiff_t>(e.size() / 2);
      std::nth_element(e.begin(), middle, e.end());
      const std::size_t usual = *middle;
      const auto near =
          std::count_if(e.begin(), e.end(), [&](std::size_t x) { return x + 2 >= usual && x <= usual + 2; });
      return static_cast<std::size_t>(near) * 10 >= e.size() * 9;
    });
    if (!any) return false;
  }
  return true;
}

// 1, 2, 3 in the first column: a list, or headings in a row.
bool counts_on(const std::vector<Row>& rows) {
  std::size_t marks = 0;
  for (const Row& row : rows) {
    const std::string_view first = row.text.substr(row.cells[0].begin, row.cells[0].end - row.cells[0].begin);
    marks += static_cast<bool>(read_item_mark(std::string(first) + " x")) ||
             (first.size() < 8 && first.find('.') != first.npos);
  }
  return marks * 2 > rows.size();
}

bool short_cells(const std::vector<Row>& rows) {
  std::size_t cells = 0, wide = 0;
  for (const Row& row : rows)
    for (const Cell& cell : row.cells) ++cells, wide += cell.to - cell.from > paragraphs::widest_cell;
  return wide * 5 <= cells;
}

bool has_leaders(std::string_view text) {
  return text.find("....") != text.npos || text.find(". . .") != text.npos || text.find("……") != text.npos ||
         text.find("···") != text.npos;
}

enum class Verdict { none, doubtful, certain };

Verdict judge(const std::vector<Row>& rows, std::size_t n) {
  if (rows.size() < paragraphs::fewest_rows || !short_cells(rows)) return Verdict::none;
  if (std::any_of(rows.begin(), rows.end(), [](const Row& row) { return has_leaders(row.text); })) return Verdict::none;
  const auto full = static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](const Row& row) { return row.cells.size() == n; }));
  std::size_t least_gap = ~std::size_t{0}, tabs = 0;
  for (const Row& row : rows)
    if (row.cells.size() == n) least_gap = std::min(least_gap, row.least_gap), tabs += row.tabs;
  const Columns columns = columns_of(rows, n);
  const bool placed = std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
    return row.cells.size() == n || (row.cells.size() < n && !places(row, columns).empty());
  });
  if (n == 2 && (counts_on(rows) || full < paragraphs::fewest_rows + 1)) return Verdict::none;
  const bool enough = full >= paragraphs::fewest_rows && full * 3 >= rows.size() * 2;
  if (enough && tabs == full && full == rows.size()) return Verdict::certain;
  const bool alike = aligned(
                         rows, n, [](const Cell& c) { return c.from; }, [](const Cell& c) { return c.to; }) ||
                     aligned(
                         rows, n, [](const Cell& c) { return c.from_wide; }, [](const Cell& c) { return c.to_wide; });
  const bool regular = n > 2 && full > paragraphs::fewest_rows && least_gap >= 3;
  if (enough && placed && ((alike && (n > 2 || least_gap >= 3)) || regular)) return Verdict::certain;
  return n > 2 && full >= paragraphs::fewest_rows && full * 2 >= rows.size() && least_gap >= 3 ? Verdict::doubtful
                                                                                               : Verdict::none;
}

// Gaps between cells that stand in columns a and b: as many as there are steps from one to the other.
void add_gaps(TableRow& out, std::size_t begin, std::size_t end, std::size_t steps) {
  for (std::size_t s = 0; s < steps; ++s)
    out.gaps.emplace_back(begin + (end - begin) * s / steps, begin + (end - begin) * (s + 1) / steps);
}

bool lay_out(const Row& row, std::size_t n, const Columns& columns, TableRow& out) {
  std::vector<std::size_t> at(row.cells.size());
  for (std::size_t k = 0; k < at.size(); ++k) at[k] = k;
  if (row.cells.size() != n) at = places(row, columns);
  if (at.empty()) return false;
  out.line = row.line;
  if (at[0] > row.cells[0].begin) return false;  // no room for the empty cells
  add_gaps(out, 0, row.cells[0].begin, at[0]);
  for (std::size_t k = 1; k < at.size(); ++k) {
    const std::size_t begin = row.cells[k - 1].end, end = row.cells[k].begin, steps = at[k] - at[k - 1];
    const bool plain = row.text.substr(begin, end - begin).find_first_not_of(" \t") == std::string_view::npos;
    if (steps > end - begin || (steps > 1 && !plain)) return false;
    add_gaps(out, begin, end, steps);
  }
  return true;
}

void lay_out_pipes(const Row& row, TableRow& out) {
  out.line = row.line;
  out.drawn = row.drawn;
  const std::size_t first = row.cells.front().begin - 1, end = row.cells.back().end + 1;
  if (row.drawn) return out.borders.emplace_back(first, end), void();
  const auto blank = [&](std::size_t i) { return row.text[i] == ' ' || row.text[i] == '\t'; };
  std::size_t from = first;
  for (const Cell& cell : row.cells) {
    std::size_t to = cell.begin;
    while (to < cell.end && blank(to)) ++to;
    (from == first ? out.borders : out.gaps).emplace_back(from, to);
    from = cell.end;
    while (from > to && blank(from - 1)) --from;
  }
  out.borders.emplace_back(from, end);
}

class TableReader {
 public:
  TableReader(const Document& d, std::span<const BodyLine> lines) : d_(d), lines_(lines) {}

  std::vector<CellTable> find() {
    for (std::size_t k = 0; k < lines_.size();)
      k = std::max(k + 1, piped(lines_[k].text) ? pipes_from(k) : cells_from(k));
    return std::move(tables_);
  }

 private:
  std::string_view whole(std::size_t k) const { return d_.lines[lines_[k].line].text; }
  bool goes_on(std::size_t k) const {
    return lines_[k].between <= Between::blank && lines_[k].page == lines_[k - 1].page;
  }

  std::size_t pipes_from(std::size_t k) {
    std::vector<Row> rows;
    std::size_t end = k;
    while (end < lines_.size() && piped(lines_[end].text) && (end == k || goes_on(end)))
      rows.push_back(read_piped_row(whole(end), end)), ++end;
    const bool even = std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
      return row.cells.size() == rows[0].cells.size() && !row.cells.empty();
    });
    const bool ruled = rows.size() > 1 && rows[1].drawn;
    if (rows.size() < 2 || !even || rows[0].drawn || rows[0].cells.size() < 2 ||
        (!ruled && rows.size() < paragraphs::fewest_rows))
      return end;
    CellTable table{k, end - 1, {}, true};
    for (const Row& row : rows) lay_out_pipes(row, table.rows.emplace_back());
    table.rows[0].label = ruled;
    tables_.push_back(std::move(table));
    return end;
  }

  std::size_t cells_from(std::size_t k) {
    std::vector<Row> rows;
    std::size_t end = k;
    for (; end < lines_.size() && (end == k || goes_on(end)); ++end) {
      Row row = read_row(whole(end), end);
      if (row.cells.size() < 2) break;
      rows.push_back(std::move(row));
    }
    if (rows.size() < paragraphs::fewest_rows) return end;
    const std::size_t n = usual_cells(rows);
    // Lines above and below that have another form do not belong to it, if the others are certain.
    std::vector<Row> inner = fitting(rows, n);
    if (inner.size() >= paragraphs::fewest_rows && judge(inner, n) == Verdict::certain) rows = std::move(inner);
    const Verdict verdict = judge(rows, n);
    if (verdict == Verdict::none) return end;
    CellTable table{rows.front().line, rows.back().line, {}, verdict == Verdict::certain};
    const Columns columns = columns_of(rows, n);
    for (const Row& row : rows)
      if (table.certain) table.certain = lay_out(row, n, columns, table.rows.emplace_back());
    if (!table.certain) table.rows.clear();
    tables_.push_back(std::move(table));
    return end;
  }

  static std::vector<Row> fitting(const std::vector<Row>& rows, std::size_t n) {
    const Columns columns = columns_of(rows, n);
    const auto fits = [&](const Row& row) {
      return row.cells.size() == n || (row.cells.size() < n && !places(row, columns).empty());
    };
    const auto first = std::find_if(rows.begin(), rows.end(), fits);
    const auto last = std::find_if(rows.rbegin(), std::make_reverse_iterator(first), fits).base();
    return {first, last};
  }

  const Document& d_;
  std::span<const BodyLine> lines_;
  std::vector<CellTable> tables_;
};

}  // namespace

std::vector<CellTable> find_tables(const Document& d, std::span<const BodyLine> lines) {
  return TableReader(d, lines).find();
}

}  // namespace emend
