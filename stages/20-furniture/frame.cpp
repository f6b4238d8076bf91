// The marks of the frame are lines that archives print as they are; what is outside of them is no part of the book.
#include "stages/20-furniture/frame.h"

#include <algorithm>
#include <optional>

#include "pipeline/text/script.h"

namespace emend {

namespace {

std::optional<std::size_t> line_like(const Document& d, const Rules& rules, const char* kind, std::size_t from,
                                     std::size_t to) {
  for (std::size_t i = from; i < to; ++i)
    if (d.lines[i].block < 0 && rules.test(kind, trim(d.lines[i].text)) != nullptr) return i;
  return std::nullopt;
}

// Behind the mark stand those who made the file: Produced by …, and where its pictures came from.
std::size_t past_credits(const Document& d, const Rules& rules, std::size_t begins) {
  constexpr std::size_t most_lines = 8;  // of a credit: what is longer is text
  const auto blank = [&](std::size_t i) { return trim(d.lines[i].text).empty(); };
  while (begins > 0) {
    std::size_t first = begins;
    while (first < d.lines.size() && blank(first)) ++first;
    std::size_t end = first;
    while (end < d.lines.size() && !blank(end) && d.lines[end].block < 0) ++end;
    if (end == first || end - first > most_lines || rules.test("frame-credit", trim(d.lines[first].text)) == nullptr)
      break;
    begins = end;
  }
  return begins;
}

bool is_blank_line(const Document& d, std::size_t i) { return trim(d.lines[i].text).empty(); }

// Names lines [from, to), a paragraph each. The marks leave no doubt.
void name_lines(const Document& d, std::size_t from, std::size_t to, std::vector<bool>& taken, Because because,
                Proposal& out) {
  for (std::size_t i = from, end; i < to; i = end + 1) {
    for (end = i; end < to && !is_blank_line(d, end) && d.lines[end].block < 0; ++end) taken[end] = true;
    if (end > i) out.block(i, end - 1, "fw", "type=watermark\npart=frame", "furn.frame", because);
  }
}

}  // namespace

void name_notices(const Document& d, const Rules& rules, std::vector<bool>& taken, Proposal& out) {
  constexpr std::size_t first_lines = 300, longest = 150;  // lines before a notice, and of one
  const std::size_t before = std::min(d.lines.size(), first_lines);
  std::size_t from = 0;
  while (const auto begins = line_like(d, rules, "notice-begin", from, before)) {
    const std::size_t limit = std::min(d.lines.size(), *begins + longest);
    std::optional<std::size_t> ends = line_like(d, rules, "notice-end", *begins, limit);
    if (!ends) return;
    while (const auto later = line_like(d, rules, "notice-end", *ends + 1, limit)) ends = later;
    name_lines(d, *begins, *ends + 1, taken, {95, "a digitizer's notice before the book"}, out);
    from = *ends + 1;
  }
}

void name_frame(const Document& d, const Rules& rules, std::vector<bool>& taken, Proposal& out) {
  const std::size_t lines = d.lines.size();
  std::size_t begins = 0;
  while (const auto mark =
             line_like(d, rules, "frame-begin", begins, begins == 0 ? (lines + 1) / 2 : std::min(lines, begins + 60)))
    begins = *mark + 1;  // some texts have two, one behind the other
  while (begins > 0 && begins < lines && !is_blank_line(d, begins)) ++begins;  // a mark may take two lines
  begins = past_credits(d, rules, begins);
  const Because because{100, "an archive's notice around the book"};
  name_lines(d, 0, begins, taken, because, out);
  if (const auto mark = line_like(d, rules, "frame-end", begins, lines))
    name_lines(d, *mark, lines, taken, because, out);
}

}  // namespace emend
