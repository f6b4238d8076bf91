// Rows by their height on the page, and columns where a gutter runs down between lines that are filled on both sides:
// contents lists and tables, which have gaps as well, are read row by row. After the X-Y cut (Nagy, Seth and
// Viswanathan, "A prototype document image analysis system for technical journals", Computer 25:7, 1992), but what is
// cut must look like running text.
#include "stages/read/pdf/pdf_order.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "pipeline/text/script.h"

namespace emend {

namespace {

using Lines = std::vector<ScanLine>;

constexpr std::size_t least_lines = 5;  // of a column
constexpr double least_filled = 0.5;    // of a column's lines are as long as its long ones
constexpr double least_width = 0.15;    // of the page: what is narrower is the numbers of a list
constexpr double word_gap = 0.1;        // of the type, as Poppler has it; less is none
constexpr double least_raise = 0.15;    // of the type, from the foot of the line
constexpr double most_small = 0.85;     // of the type: what is raised is smaller

Box around(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

int shared_height(const Box& a, const Box& b) { return std::min(a.bottom, b.bottom) - std::max(a.top, b.top); }

std::size_t length_of(const ScanLine& line) {
  std::size_t length = 0;
  for (const ScanWord& w : line.words) length += w.text.size();
  return length;
}

// A line of more than one character that is higher than it is long.
bool is_turned(const ScanLine& line) {
  return line.box.empty() || (line.box.height() > 2 * line.box.width() && length_of(line) > 3);
}

// --- columns

struct Gutter {
  int at = 0;
  std::size_t lines = 0;  // that it parts
};

double quantile(std::vector<int> all, double share) {
  if (all.empty()) return 0;
  const auto n = static_cast<std::ptrdiff_t>(share * static_cast<double>(all.size() - 1));
  std::nth_element(all.begin(), all.begin() + n, all.end());
  return all[static_cast<std::size_t>(n)];
}

bool is_column(const Lines& lines, int page) {
  if (lines.size() < least_lines) return false;
  std::vector<int> widths;
  for (const ScanLine& line : lines) widths.push_back(line.box.width());
  const double wide = quantile(widths, 0.75);
  const auto filled = std::count_if(widths.begin(), widths.end(), [&](int w) { return w > 0.8 * wide; });
  return wide >= least_width * page && static_cast<double>(filled) >= least_filled * static_cast<double>(lines.size());
}

// What stands between two lines that cross the gutter.
struct Band {
  Lines left, right;
};

bool is_left(const ScanLine& line, int gutter) { return line.box.right <= gutter; }
bool crosses(const ScanLine& line, int gutter) { return line.box.left < gutter && line.box.right > gutter; }

// The places that part most lines from others at their side, the best first. Lines of columns need not be level.
std::vector<Gutter> gutters_of(const Lines& lines, int page) {
  const int step = std::max(1, page / 100);
  std::vector<std::size_t> votes(102);
  const int origin = std::min_element(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
                       return a.box.left < b.box.left;
                     })->box.left;
  const auto place = [&](int x) { return static_cast<std::size_t>(std::clamp((x - origin) / step, 0, 101)); };
  for (const ScanLine& a : lines)
    for (const ScanLine& b : lines)
      if (b.box.left > a.box.right && 2 * shared_height(a.box, b.box) > -std::min(a.box.height(), b.box.height()))
        for (std::size_t v = place(a.box.right); v <= place(b.box.left); ++v) ++votes[v];
  std::vector<Gutter> all;
  for (std::size_t v = 0; v < votes.size(); ++v) {
    const std::size_t before = v > 0 ? votes[v - 1] : 0, behind = v + 1 < votes.size() ? votes[v + 1] : 0;
    if (votes[v] >= least_lines && votes[v] >= before && votes[v] >= behind)
      all.push_back({origin + static_cast<int>(v) * step + step / 2, votes[v]});
  }
  std::stable_sort(all.begin(), all.end(), [](const Gutter& a, const Gutter& b) { return a.lines > b.lines; });
  if (all.size() > 8) all.resize(8);
  return all;
}

Lines ordered(Lines lines, int page, int depth);

// The bands of a gutter one after the other, each column by column where both sides are columns; false, and `lines` as
// they were, if none is.
bool cut(Lines& lines, int gutter, int page, int depth, Lines& out) {
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.box.top < b.box.top; });
  struct Part {
    std::size_t first, last;
    bool columns;
  };
  std::vector<Part> parts;
  bool any = false;
  for (std::size_t i = 0; i < lines.size();) {
    const std::size_t first = i;
    if (crosses(lines[i], gutter)) {
      while (i < lines.size() && crosses(lines[i], gutter)) ++i;
      parts.push_back({first, i, false});
      continue;
    }
    Band band;
    for (; i < lines.size() && !crosses(lines[i], gutter); ++i)
      (is_left(lines[i], gutter) ? band.left : band.right).push_back(lines[i]);
    parts.push_back({first, i, is_column(band.left, page) && is_column(band.right, page)});
    any = any || parts.back().columns;
  }
  if (!any) return false;
  const auto take = [&](Lines&& some) { std::move(some.begin(), some.end(), std::back_inserter(out)); };
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const auto at = [&](std::size_t i) { return lines.begin() + static_cast<std::ptrdiff_t>(i); };
    const std::size_t first = parts[p].first;
    if (!parts[p].columns)  // with all that follows in one, so that rows are not cut
      while (p + 1 < parts.size() && !parts[p + 1].columns) ++p;
    const std::size_t last = parts[p].last;
    Lines some(std::make_move_iterator(at(first)), std::make_move_iterator(at(last)));
    if (!parts[p].columns) {
      take(ordered(std::move(some), page, depth + 1));
      continue;
    }
    const auto right =
        std::stable_partition(some.begin(), some.end(), [&](const auto& l) { return is_left(l, gutter); });
    Lines second(std::make_move_iterator(right), std::make_move_iterator(some.end()));
    some.erase(right, some.end());
    take(ordered(std::move(some), page, depth + 1));
    take(ordered(std::move(second), page, depth + 1));
  }
  return true;
}

// --- rows

// Whether the line stands on the row: a letter that is larger by far, as at the beginning of a chapter, on its first.
bool stands_on(const Box& row, const Box& line) {
  const int low = std::min(row.height(), line.height()), high = std::max(row.height(), line.height());
  if (10 * high > 18 * low && std::abs(row.top - line.top) > low) return false;
  return 2 * shared_height(row, line) > low;
}

Lines rows_of(Lines lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.box.top < b.box.top; });
  Lines rows;
  std::vector<Box> cores;  // of the longest line of each row
  std::vector<std::size_t> lengths;
  constexpr std::size_t near = 4;  // rows above may still be open: tops differ
  for (ScanLine& line : lines) {
    std::size_t r = rows.size();
    for (std::size_t k = rows.size(); k-- > 0 && k + near >= rows.size();)
      if (stands_on(cores[k], line.box) &&
          (r == rows.size() || shared_height(cores[k], line.box) > shared_height(cores[r], line.box)))
        r = k;
    const std::size_t length = length_of(line);
    if (r == rows.size()) {
      cores.push_back(line.box);
      lengths.push_back(length);
      rows.push_back(std::move(line));
      continue;
    }
    if (length > lengths[r]) cores[r] = line.box, lengths[r] = length;
    rows[r].box = around(rows[r].box, line.box);
    std::move(line.words.begin(), line.words.end(), std::back_inserter(rows[r].words));
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::stable_sort(rows[r].words.begin(), rows[r].words.end(),
                     [](const ScanWord& a, const ScanWord& b) { return a.box.left < b.box.left; });
    rows[r].box.top = cores[r].top, rows[r].box.bottom = cores[r].bottom;
  }
  return rows;
}

Lines ordered(Lines lines, int page, int depth) {
  constexpr int most_cuts = 6;
  if (depth < most_cuts && lines.size() >= 2 * least_lines)
    for (const Gutter& gutter : gutters_of(lines, page)) {
      Lines out;
      if (cut(lines, gutter.at, page, depth, out)) return out;
    }
  return rows_of(std::move(lines));
}

// --- words

// The size that most of the line's characters have.
double type_of(const ScanLine& line) {
  std::vector<int> sizes;
  for (const ScanWord& w : line.words) {
    const double size = w.face.size > 0 ? w.face.size : w.box.height();
    sizes.insert(sizes.end(), std::max<std::size_t>(1, w.text.size()), static_cast<int>(std::lround(size)));
  }
  return quantile(std::move(sizes), 0.5);
}

// Whether another word of the line is not far: what stands alone in it is raised above nothing.
bool is_near(const ScanLine& line, std::size_t i, double type) {
  const std::vector<ScanWord>& words = line.words;
  return (i > 0 && words[i].box.left - words[i - 1].box.right < type) ||
         (i + 1 < words.size() && words[i + 1].box.left - words[i].box.right < type);
}

// Blanks and raised words, told by the type of the line.
void finish(ScanLine& line) {
  const double type = type_of(line);
  if (type <= 0) return;
  std::vector<int> feet;
  for (const ScanWord& w : line.words) feet.insert(feet.end(), w.text.size(), w.box.bottom);
  const double foot = quantile(std::move(feet), 0.5);
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    ScanWord& word = line.words[i];
    if (word.face.size <= 0) word.face.size = word.box.height();
    if (i > 0)
      word.face.glued = word.box.left - line.words[i - 1].box.right < word_gap * std::min(type, word.face.size);
    const bool is_small = word.face.size < most_small * type, beside = is_near(line, i, type);
    if (is_small && beside && foot - word.box.bottom > least_raise * type) word.raised_end = word.text.size();
  }
}

}  // namespace

std::vector<ScanLine> in_reading_order(std::vector<ScanLine> lines) {
  const auto turned = std::stable_partition(lines.begin(), lines.end(), [](const auto& l) { return !is_turned(l); });
  Lines aside(std::make_move_iterator(turned), std::make_move_iterator(lines.end()));
  lines.erase(turned, lines.end());
  Box page;
  for (const ScanLine& line : lines) page = around(page, line.box);
  lines = ordered(std::move(lines), std::max(1, page.width()), 0);
  for (ScanLine& line : lines) finish(line);
  for (ScanLine& line : aside) {
    line.box = {};
    for (ScanWord& word : line.words) word.box = {};
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace emend
