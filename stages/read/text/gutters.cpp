// Finds pages in two columns by the white river between them: the place where lines begin anew behind blanks, with
// running text on both sides of it. After recursive XY cuts (G. Nagy, S. Seth: Hierarchical representation of optically
// scanned documents, 1984) and white-space rivers (T. M. Breuel: Two geometric algorithms for layout analysis, 2002),
// on characters instead of pixels: lines that cross the river cut a page into bands, a band is cut at the river.
//
// A table has a river as well. What tells them apart is that lines of running text are full and go on one below the
// other; where that is not plain the lines stay as they are, since a table read by columns is worse than columns read
// by lines.
#include <algorithm>
#include <array>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/read/text/columns.h"

namespace emend {

namespace {

constexpr std::size_t widest = 400;           // characters; longer lines are no lines of a page
constexpr std::size_t most_rows = 200;        // of a page without form feed
constexpr std::size_t narrowest = 12;         // of a column
constexpr std::size_t strong = 10, weak = 4;  // lines side by side: where a book shows nothing else, and where it does
constexpr std::size_t shifts = 10;            // how far the river stands from page to page

struct Row {
  std::string_view body;
  std::string ink;                    // by character: x, or a blank
  std::size_t begin = 0, end = 0;     // of the ink
  bool blank = true, broken = false;  // broken: no form of a column page can have it
};

enum class Side : std::uint8_t { none, first, second, both, close, cross };  // close: only one blank between the halves

Row read_row(const RawLine& line) {
  Row row;
  row.body = line.body;
  row.broken = line.body.size() > 4 * widest;
  if (row.broken) {
    row.blank = false;
    return row;
  }
  for (std::size_t i = 0; i < line.body.size();) {
    const bool tab = line.body[i] == '\t';
    const char32_t c = next_character(line.body, i);
    if (tab)
      row.ink.resize((row.ink.size() / 8 + 1) * 8, ' ');
    else
      row.ink += is_blank(c) ? ' ' : 'x';
  }
  row.begin = row.ink.find('x');
  row.blank = row.begin == row.ink.npos;
  if (row.blank) row.begin = 0;
  row.end = row.blank ? 0 : row.ink.rfind('x') + 1;
  return row;
}

Side side(const Row& row, std::size_t river, std::size_t right_edge) {
  if (row.blank) return Side::none;
  if (row.broken) return Side::cross;
  if (row.begin >= river) return Side::second;
  if (row.end < river) return Side::first;
  if (row.ink[river - 1] == 'x' || row.end == river) return Side::cross;
  const std::size_t start = row.ink.find('x', river), before = row.ink.rfind('x', river - 1);
  if ((start - river) * 2 > right_edge - river) return Side::cross;  // a running head: words at both margins
  return start - before > 2 ? Side::both : Side::close;
}

// What the halves of lines on one side look like.
struct Halves {
  std::vector<std::size_t> begins, ends;
  std::size_t letters = 0, others = 0, words = 0, han = 0, within = 0;  // within: begin within a sentence

  void add(std::string_view text, std::size_t begin, std::size_t end) {
    begins.push_back(begin);
    ends.push_back(end);
    const char32_t first = first_character(text);
    within += is_lower(first) || is_cjk(first);
    bool in_word = false;
    for (std::size_t i = 0; i < text.size();) {
      const char32_t c = next_character(text, i);
      const bool letter = is_letter(c) || is_cjk(c);
      han += is_cjk(c);
      words += is_letter(c) && !in_word;
      in_word = is_letter(c) || c == '\'' || c == U'’' || c == '-';
      (letter ? letters : others) += !is_blank(c);
    }
  }
  static std::size_t nth(std::vector<std::size_t> v, std::size_t percent) {
    const auto at = v.begin() + static_cast<std::ptrdiff_t>((v.size() - 1) * percent / 100);
    std::nth_element(v.begin(), at, v.end());
    return *at;
  }
  std::size_t base() const { return nth(begins, 10); }
  std::size_t edge() const { return nth(ends, 90); }
  std::size_t width() const { return edge() - std::min(edge(), base()); }
  /// The share of lines, in percent, that are nearly as wide as the widest.
  std::size_t full() const {
    std::size_t n = 0;
    for (const std::size_t end : ends) n += (end - std::min(end, base())) * 5 >= width() * 4;
    return n * 100 / ends.size();
  }
  bool reads_as_text(std::size_t least_full) const {
    const std::size_t n = begins.size();
    return n > 0 && width() >= narrowest && full() >= least_full && letters > 3 * others &&
           (2 * words + han >= 7 * n) && within * 100 >= 35 * n;
  }
};

struct Band {
  std::size_t first = 0, last = 0;  // rows
  std::size_t pairs = 0;
  std::size_t at = 0;
};

// One page (or a piece of a text without pages) and one river.
class Cut {
 public:
  Cut(const std::vector<Row>& rows, std::size_t river) : rows_(rows), river_(river) {
    std::size_t edge = river + 1;
    for (const Row& row : rows) edge = std::max(edge, row.end);
    for (const Row& row : rows) sides_.push_back(side(row, river, edge));
    for (std::size_t i = 0; i < sides_.size(); ++i)
      if (sides_[i] == Side::close && crosses_beside(i)) sides_[i] = Side::cross;
  }

  std::vector<Band> bands(std::size_t least_pairs, std::size_t least_full) const {
    std::vector<Band> out;
    for (std::size_t i = 0, end; i < rows_.size(); i = end + 1) {
      end = i;
      while (end < rows_.size() && sides_[end] != Side::cross) ++end;
      if (Band b; find_band(i, end, b) && accept(b, least_pairs, least_full)) out.push_back(b);
    }
    return out;
  }

  // Lines of one column that stand between lines of the other.
  std::string halves(const Band& b) const {
    std::string out(b.last - b.first + 1, 'b');
    bool any = false;
    const auto single = [&](std::size_t i) { return sides_[i] == Side::first || sides_[i] == Side::second; };
    for (std::size_t i = b.first, end; i <= b.last; i = end) {
      end = i + 1;
      if (!single(i)) continue;
      while (end <= b.last && single(end) && sides_[end] != sides_[end - 1]) ++end;
      if (end - i < 3) continue;
      any = true;
      for (std::size_t k = i; k < end; ++k) out[k - b.first] = sides_[k] == Side::first ? 'l' : 'r';
    }
    return any ? out : "";
  }

  // Where the notes at the foot of a column begin, as a row of the band; 0 if it has none. They stand apart, their
  // labels count up, and the text above has a mark for the first.
  std::size_t foot(const Band& b, bool second) const {
    std::size_t best = 0;
    int next = 0;
    for (std::size_t i = b.last; i > b.first + (b.last - b.first) / 3; --i) {
      const std::string_view text = half(i, second);
      const Mark label = read_mark(text);
      if (!label || label.raised || trim(text.substr(label.length)).empty()) continue;
      if (label.form == MarkForm::bare && text[label.length] != ' ' && text[label.length] != '.') continue;
      if (best > 0 && label.number.value >= next) break;
      next = label.number.value;
      const bool apart = half(i - 1, second).empty() && (blank(i - 1) || half(i - 2, second).empty());
      if (apart && has_mark(b.first, i, second, label)) best = i - b.first;
    }
    return best;
  }

 private:
  std::string_view half(std::size_t i, bool second) const {
    const std::string_view body = rows_[i].body;
    const std::size_t byte = byte_of_column(body, river_);
    return trim(second ? body.substr(byte) : body.substr(0, byte));
  }

  // Whether the half lines of [from, to) have the mark behind a word, as marks stand.
  bool has_mark(std::size_t from, std::size_t to, bool second, const Mark& label) const {
    for (std::size_t i = from; i < to; ++i) {
      const std::string_view text = half(i, second);
      for (std::size_t at = text.find(label.shown, 1); at != text.npos; at = text.find(label.shown, at + 1)) {
        const auto before = static_cast<unsigned char>(text[at - 1]);
        const std::size_t end = at + label.shown.size();
        const auto behind = static_cast<unsigned char>(end < text.size() ? text[end] : ' ');
        const bool bare = label.form == MarkForm::bare;
        if (!bare || (before != ' ' && !is_digit(before) && !is_digit(behind) && !is_ascii_letter(behind))) return true;
      }
    }
    return false;
  }

  bool crosses_beside(std::size_t i) const {
    const auto crosses = [&](std::size_t k) { return sides_[k] == Side::cross; };
    std::size_t above = i, below = i + 1;
    while (above > 0 && (sides_[above - 1] == Side::none || sides_[above - 1] == Side::close)) --above;
    while (below < sides_.size() && (sides_[below] == Side::none || sides_[below] == Side::close)) ++below;
    return (above > 0 && crosses(above - 1)) || (below < sides_.size() && crosses(below));
  }

  bool paired(std::size_t i) const { return sides_[i] == Side::both || sides_[i] == Side::close; }
  bool blank(std::size_t i) const { return sides_[i] == Side::none; }

  // From the first line with two halves to the last within [from, to), and what belongs to it above and below.
  bool find_band(std::size_t from, std::size_t to, Band& b) const {
    std::size_t f = from, l = to;
    while (f < to && sides_[f] != Side::both) ++f;
    if (f == to) return false;
    while (sides_[l - 1] != Side::both) --l;
    b.first = top(from, f);
    b.last = bottom(l - 1, to);
    while (b.first < b.last && isolated_top(b.first)) do
        ++b.first;
      while (blank(b.first));
    while (b.first < b.last && isolated_bottom(b.last)) do
        --b.last;
      while (blank(b.last));
    return b.first < b.last;
  }

  std::size_t top(std::size_t from, std::size_t f) const {
    constexpr std::size_t apart = 3;
    std::size_t first = f, blanks = 0;
    for (std::size_t i = f; i-- > from;)
      if (sides_[i] == Side::close && !paired(i + 1)) from = i + 1;
    for (std::size_t i = f; i-- > from && blanks < apart;) {
      blanks = blank(i) ? blanks + 1 : 0;
      if (!blank(i)) first = i;
    }
    // Lines right below one that crosses the river go with it.
    if (first == from && from > 0 && first < f)
      while (first < f && !blank(first)) ++first;
    while (first < f && blank(first)) ++first;
    return first;
  }

  std::size_t bottom(std::size_t l, std::size_t to) const {
    std::size_t last = l, blanks = 0;
    for (std::size_t i = l + 1; i < to; ++i)
      if (sides_[i] == Side::close && !paired(i - 1)) to = i;  // a line across, with a blank at the river by chance
    for (std::size_t i = l + 1; i < to && blanks < 2; ++i) {
      blanks = blank(i) ? blanks + 1 : 0;
      if (blank(i)) continue;
      if (blanks == 0 && blank(i - 1) && last == l && is_note(i)) break;
      last = i;
    }
    if (last + 1 == to && to < rows_.size() && last > l)
      while (last > l && !blank(last)) --last;
    while (last > l && blank(last)) --last;
    return last;
  }

  // A line that begins as notes do, below both columns.
  bool is_note(std::size_t i) const {
    const char32_t c = first_character(trim(rows_[i].body));
    return is_digit(c) || is_enclosed_number(c) || c == '[' || c == '(' || c == '*' || c == U'†' || c == U'（';
  }

  bool short_line(std::size_t i) const {
    const Row& row = rows_[i];
    return !paired(i) || row.ink.rfind('x', river_ - 1) - row.begin < river_ / 2;
  }
  // The first line of a page with nothing right below it, the last with nothing right above: its head, its number.
  bool isolated_top(std::size_t i) const {
    for (std::size_t k = 0; k < i; ++k)
      if (!blank(k)) return false;
    return blank(i + 1) && short_line(i);
  }
  bool isolated_bottom(std::size_t i) const {
    for (std::size_t k = i + 1; k < rows_.size(); ++k)
      if (!blank(k)) return false;
    return blank(i - 1) && short_line(i);
  }

  bool accept(Band& b, std::size_t least_pairs, std::size_t least_full) const {
    Halves first, second;
    std::size_t both = 0, alone[2] = {0, 0}, end = 0;
    for (std::size_t i = b.first; i <= b.last; ++i) {
      const Row& row = rows_[i];
      const bool has_first = sides_[i] == Side::first || paired(i);
      const bool has_second = sides_[i] == Side::second || paired(i);
      both += has_first && has_second;
      alone[0] += has_first && !has_second;
      alone[1] += has_second && !has_first;
      const std::size_t byte = byte_of_column(row.body, river_);
      if (has_first) {
        const std::size_t to = row.ink.rfind('x', river_ - 1) + 1;
        end = std::max(end, to);
        first.add(trim(row.body.substr(0, byte)), row.begin, to);
      }
      if (has_second) second.add(trim(row.body.substr(byte)), row.ink.find('x', river_), row.end);
    }
    b.pairs = both + std::min(alone[0], alone[1]);
    if (b.pairs < least_pairs || !first.reads_as_text(least_full) || !second.reads_as_text(least_full)) return false;
    const std::size_t a = first.width(), z = second.width();
    // So that the second column is indented no more and no less than the first.
    b.at = std::max(end, river_ - std::min(river_, first.base()));
    return a < 2 * z && z < 2 * a;
  }

  const std::vector<Row>& rows_;
  std::size_t river_;
  std::vector<Side> sides_;
};

struct Page {
  std::size_t first = 0;  // line of the text
  std::vector<Row> rows;
  std::vector<std::size_t> rivers;  // where lines begin anew, the most frequent first
  std::size_t river = 0;
  std::vector<Band> bands;
};

// Where, behind two blanks, text begins anew in several lines.
std::vector<std::size_t> rivers_of(const std::vector<Row>& rows) {
  constexpr std::size_t fewest = 3, most = 8;
  std::array<std::size_t, widest> counts{};
  for (const Row& row : rows) {
    for (std::size_t at = row.ink.find("  x"); at != row.ink.npos; at = row.ink.find("  x", at + 2))
      if (at + 2 < widest && at + 2 >= narrowest) ++counts[at + 2];
  }
  std::vector<std::size_t> out;
  for (std::size_t at = 0; at < widest; ++at)
    if (counts[at] >= fewest) out.push_back(at);
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
  if (out.size() > most) out.resize(most);
  return out;
}

std::size_t pairs_of(const std::vector<Band>& bands) {
  std::size_t n = 0;
  for (const Band& b : bands) n += b.pairs;
  return n;
}

void cut(Page& page, std::size_t least_pairs, std::size_t least_full, std::size_t nearest, std::size_t farthest) {
  for (const std::size_t river : page.rivers) {
    if (river < nearest || river > farthest) continue;
    std::vector<Band> bands = Cut(page.rows, river).bands(least_pairs, least_full);
    const std::size_t pairs = pairs_of(bands), best = pairs_of(page.bands);
    if (pairs > best || (pairs == best && pairs > 0 && river < page.river))
      page.bands = std::move(bands), page.river = river;
  }
}

std::vector<Page> read_pages(const std::vector<RawLine>& lines) {
  std::vector<Page> pages(1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    pages.back().rows.push_back(read_row(lines[i]));
    if (lines[i].end != "\f" && pages.back().rows.size() < most_rows) continue;
    pages.emplace_back();
    pages.back().first = i + 1;
  }
  return pages;
}

}  // namespace

std::vector<Columns> find_columns(std::string_view text, bool expected) {
  constexpr std::size_t full_pages = 60, full_scraps = 35;  // percent of lines
  const std::vector<RawLine> lines = raw_lines(text);
  std::vector<Page> pages = read_pages(lines);
  std::vector<std::size_t> rivers;
  for (Page& page : pages) {
    page.rivers = rivers_of(page.rows);
    cut(page, expected ? weak : strong, expected ? full_scraps : full_pages, 0, widest);
    if (page.river > 0) rivers.push_back(page.river);
  }
  std::vector<Columns> out;
  if (rivers.empty()) return out;
  const auto [least, most] = std::minmax_element(rivers.begin(), rivers.end());
  for (Page& page : pages) {
    cut(page, weak, full_scraps, *least - std::min(*least, shifts), *most + shifts);
    if (page.bands.empty()) continue;
    const Cut cut(page.rows, page.river);
    for (const Band& b : page.bands) {
      Columns c{static_cast<std::uint32_t>(page.first + b.first),
                static_cast<std::uint32_t>(b.last - b.first + 1),
                static_cast<std::uint32_t>(b.at),
                cut.halves(b),
                0,
                0};
      if (!fits(c, lines)) continue;
      out.push_back(c);
      c.first_foot = static_cast<std::uint32_t>(cut.foot(b, false));
      c.second_foot = static_cast<std::uint32_t>(cut.foot(b, true));
      if (c.first_foot > 0 && fits(c, lines)) out.back() = std::move(c);  // else they end the page as it is
    }
  }
  return out;
}

}  // namespace emend
