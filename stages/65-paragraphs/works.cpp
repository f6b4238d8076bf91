// The list's own entries say how it is set: what line ends show of them is certain enough to tell its habit, and the
// habit parts the entries whose last line happens to be full.
#include "stages/65-paragraphs/works.h"

#include <algorithm>
#include <string>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t fewest = 3;         // entries that show a habit
constexpr std::size_t names_lines = 5;    // the names of many authors fill so many lines
constexpr std::size_t longest_label = 6;  // bytes, of [123] or 123.

// The number of an entry's label: [12] or 12. before its text; or 0.
int label_of(std::string_view text) {
  const bool bracket = text.starts_with('[');
  const std::string_view rest = text.substr(bracket ? 1 : 0);
  const Number n = read_number(rest);
  if (n.form != Numeral::arabic || n.length > longest_label || n.length >= rest.size()) return 0;
  return rest[n.length] == (bracket ? ']' : '.') && rest.size() > n.length + 1 ? n.value : 0;
}

class Works {
 public:
  Works(const Rules& rules, std::span<const BodyLine> lines, std::span<std::uint8_t> begins)
      : rules_(rules), lines_(lines), begins_(begins) {}

  void part() {
    if (labelled()) return;
    std::size_t entries = 0, with_names = 0;
    std::vector<std::size_t> others;
    for (std::size_t k = 0; k < lines_.size(); ++k) {
      const bool begins = begins_[k] != 0, names = may_begin(k) && begins_with_names(k);
      entries += begins;
      with_names += begins && names;
      if (!begins && names) others.push_back(k);
    }
    if (with_names < fewest || with_names * 3 < entries * 2) return;
    for (const std::size_t k : others) begins_[k] = 1;
  }

 private:
  bool may_begin(std::size_t k) const {
    return lines_[k].opening == LineBreak::upper && (k == 0 || lines_[k - 1].ending == LineBreak::terminal);
  }

  // Labels that count on from the first line: no entry begins without one.
  bool labelled() {
    int last = 0;
    std::size_t labels = 0;
    for (std::size_t k = 0; k < lines_.size(); ++k) {
      const int label = label_of(lines_[k].text);
      if (k == 0 && label == 0) return false;
      if (label != 0 && (k == 0 || label == last + 1)) last = label, ++labels;
    }
    if (labels < fewest) return false;
    for (std::size_t k = 1; k < lines_.size(); ++k) {
      const bool apart = lines_[k].between == Between::blank || lines_[k].between == Between::other;
      if (label_of(lines_[k].text) == 0 && !apart) begins_[k] = 0;
    }
    return true;
  }

  bool begins_with_names(std::size_t k) const {
    std::string words;
    for (std::size_t i = k; i < lines_.size() && i < k + names_lines; ++i) {
      if (i > k && begins_[i] != 0) break;  // names of the next entry
      if (words.ends_with('-') && lines_[i].opening == LineBreak::lower)
        words.pop_back();
      else if (i > k)
        words += ' ';
      words += lines_[i].text;
    }
    return rules_.test("names-and-year", words) != nullptr;
  }

  const Rules& rules_;
  std::span<const BodyLine> lines_;
  std::span<std::uint8_t> begins_;
};

}  // namespace

void part_works(const Document& d, const Rules& rules, std::span<const BodyLine> lines,
                std::vector<std::uint8_t>& begins) {
  const auto body_line = [&](std::size_t line) {
    return static_cast<std::size_t>(std::lower_bound(lines.begin(), lines.end(), line,
                                                     [](const BodyLine& b, std::size_t at) { return b.line < at; }) -
                                    lines.begin());
  };
  for (std::size_t i = 0; i < d.blocks.size(); ++i) {
    if (d.blocks[i].name != "head" || d.blocks[i].get("type") != "bibliography") continue;
    std::size_t next = i + 1;
    while (next < d.blocks.size() && d.blocks[next].name != "head") ++next;
    const std::size_t first = body_line(d.line_at(d.blocks[i].at.begin));
    const std::size_t end = next < d.blocks.size() ? body_line(d.line_at(d.blocks[next].at.begin)) : lines.size();
    if (end > first)
      Works(rules, lines.subspan(first, end - first), std::span(begins).subspan(first, end - first)).part();
  }
}

}  // namespace emend
