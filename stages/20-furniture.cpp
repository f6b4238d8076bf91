// Names the furniture: running heads and feet, printed page numbers, watermarks. Nothing is deleted.
//
// A line's shape only proposes. On pages that the input marks with form feeds, furniture is what returns at the same
// edge of neighbouring pages, and numbers that count with the pages (`pipeline/rules/page_edges.h`). Where the input
// marks no pages, numbers in lines of their own may count them; else it is a short line that returns where sentences
// are torn.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <unordered_map>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/page_edges.h"
#include "pipeline/text/page_count.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_furniture;
}

namespace {

constexpr std::size_t longest_notice = 400;  // bytes of a watermark
constexpr std::uint32_t most_text =
    30000;  // bytes from one running head to the next: six large pages of Chinese in UTF-8

void name(Proposal& out, std::size_t line, bool top, const EdgeShape& shape, Because because) {
  std::string attributes = shape.words.empty() ? "type=pageNum" : top ? "type=header" : "type=footer";
  attributes += top ? "\nplace=top" : "\nplace=bottom";
  if (shape.number != 0) attributes += "\nnumber=" + write_number(shape.number, shape.form);
  out.block(line, line, "fw", attributes, shape.words.empty() ? "furn.page-number" : "furn.running", because);
}

std::size_t outer_line(const Sheet& sheet, bool top) { return top ? sheet.lines.front() : sheet.lines.back(); }

void name_by_edges(const Document& d, const Rules& rules, const std::vector<bool>& ends, std::vector<bool> done,
                   Proposal& out) {
  std::vector<Sheet> sheets = sheets_of(d, rules, ends, done);
  const Tops tops = tops_of(sheets);
  const bool habit = has_running_heads(sheets);
  for (std::size_t page = 0; page < sheets.size(); ++page) {
    bool open = true, top = true;
    std::set<std::u32string> said;  // by the furniture of this page
    const Edge* outside = nullptr;  // the outermost line at the top, if it is short and nothing is known of it
    for (Edge& edge : sheets[page].edges) {
      if (edge.top != top) top = edge.top, open = true;
      if (done[edge.line] || (page == 0 && !edge.shape.words.empty() && is_title_page(sheets[0]))) continue;
      const bool number = edge.shape.words.empty() && edge.shape.number != 0;
      const bool counted = edge.shape.number != 0 && counts_with(sheets, page, edge);
      const int times = number || (edge.note && !counted) ? 0 : returns(sheets, page, edge);
      const bool outermost = edge.top && edge.line == sheets[page].lines.front();
      const bool usual =
          habit && outermost && !number && !edge.shape.sentence &&
          (times == 1 || echoed(d, sheets[page], edge) || (times == 0 && repeats_heading(d, sheets, page, edge)));
      const bool misread =
          number && !counted && edge.line == outer_line(sheets[page], top) && misreads_count(sheets, page, edge);
      edge.furniture = open && (number ? counted || misread
                                       : times >= 2 || (times == 1 && counted) || usual ||
                                             (counted && outermost && edge.shape.apart));
      if (edge.furniture && !number && !said.insert(edge.shape.words).second) edge.furniture = false;  // then a heading
      if (edge.furniture && opens_chapter(d, sheets, tops, page, edge)) edge.furniture = false;
      if (number && counted && !edge.furniture && top && outside != nullptr) {
        name(out, outside->line, true, outside->shape, {85, "it stands outside the page number"});
        edge.furniture = done[outside->line] = true;
      }
      outside = outermost && !edge.furniture && !number && !edge.shape.sentence && !is_wide(d.lines[edge.line].text)
                    ? &edge
                    : nullptr;
      if (!edge.furniture) {
        // What stands further in is no furniture either; but a bullet or a stray letter may come between.
        open = open && !wider_than(trim(d.lines[edge.line].text), 2);
        continue;
      }
      done[edge.line] = true;
      if (!counted) edge.shape.number = 0;  // the number of a chapter, or a misread one
      const auto sure = static_cast<std::uint8_t>(number ? 95 : times >= 3 || counted ? 95 : 85);
      name(out, edge.line, edge.top, edge.shape,
           {sure, misread  ? "a number where the pages around have theirs, with a figure misread"
                  : number ? "a number that counts with the pages"
                           : "it returns on neighbouring pages"});
    }
  }
}

// The median distance, in bytes, from one of the lines to the next.
std::uint32_t usual_gap(const Document& d, const std::vector<std::size_t>& lines) {
  std::vector<std::uint32_t> gaps;
  for (std::size_t i = 1; i < lines.size(); ++i)
    gaps.push_back(d.lines[lines[i]].at.begin - d.lines[lines[i - 1]].at.begin);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return *middle;
}

// The lines that are not blank.
std::vector<std::size_t> text_of(const Document& d, const std::vector<bool>& taken) {
  std::vector<std::size_t> text;
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    if (!trim(d.lines[i].text).empty() && !taken[i]) text.push_back(i);
  return text;
}

// Without page marks, numbers in lines of their own may count the pages. Then they tell where pages end, and the rest
// is found at their edges. False if there are no such numbers.
bool name_by_count(const Document& d, const Rules& rules, std::vector<bool> taken, Proposal& out) {
  const std::vector<std::size_t> text = text_of(d, taken);
  std::vector<CountedLine> numbers;
  std::vector<std::size_t> places;  // in `text`
  for (std::size_t k = 1; k < text.size(); ++k) {
    const Line& line = d.lines[text[k]];
    if (line.text.size() > longest_furniture || opens_note(line.text)) continue;
    const EdgeShape shape = edge_shape(line.text, rules);
    if (shape.number == 0 || !shape.words.empty()) continue;
    const std::string_view before = trim(d.lines[text[k - 1]].text);
    numbers.push_back({text[k], line.at.begin, shape.number, shape.form, opens_note(before) || seems_torn(before)});
    places.push_back(k);
  }
  const std::vector<std::size_t> row = count_of_pages(numbers);
  if (row.empty()) return false;
  // Behind the last number stands a page of text where numbers are printed at the head.
  const auto rest = static_cast<std::uint32_t>(d.source.size()) - numbers[row.back()].at;
  const auto page = (numbers[row.back()].at - numbers[row.front()].at) / static_cast<std::uint32_t>(row.size());
  const bool at_head = rest * 4 > page;
  std::vector<bool> ends(d.lines.size());
  const auto words_at = [&](std::size_t k) {
    const std::string_view line = k < text.size() ? d.lines[text[k]].text : std::string_view();
    return line.size() > longest_furniture ? std::u32string() : folded(line);
  };
  std::map<std::u32string, int> said;  // by short lines: a running head repeats itself, or its heading
  for (std::size_t k = 0; k < text.size(); ++k) ++said[words_at(k)];
  for (std::size_t r = 0; r < row.size(); ++r) {
    const std::size_t k = places[row[r]];
    const bool last = k + 1 == text.size();
    const bool next_follows = r + 1 < row.size() && places[row[r + 1]] <= k + 2;
    const bool top = at_head && !last && !next_follows;
    const EdgeShape shape = edge_shape(d.lines[text[k]].text, rules);
    name(out, text[k], top, shape, {90, "a number that counts the pages"});
    taken[text[k]] = true;
    const std::u32string before = words_at(k - 1);
    const bool head_before = top && k > 1 && !before.empty() && said[before] > 1;
    ends[text[head_before ? k - 2 : top ? k - 1 : k]] = true;
  }
  taken[text[0]] = true;  // the title, though pages repeat it
  name_by_edges(d, rules, ends, std::move(taken), out);
  return true;
}

// Without page marks: lines that return, and stand where the text around them is torn or where notes end.
void name_by_return(const Document& d, const Rules& rules, const std::vector<bool>& taken, Proposal& out) {
  struct Seen {
    std::vector<std::size_t> lines;
    int torn = 0;
  };
  const std::vector<std::size_t> text = text_of(d, taken);
  const auto prints_number = [&](std::string_view line) {
    const Rule* rule = line.size() < longest_furniture ? rules.test("page-number", line) : nullptr;
    return rule != nullptr && rule->id != "furn.page-bare" && rule->id != "furn.page-misread";
  };
  std::map<std::u32string, Seen> seen;
  std::unordered_map<std::size_t, EdgeShape> shapes;
  for (std::size_t k = 1; k < text.size(); ++k) {  // the first line is the title, though pages repeat it
    const std::string_view line = trim(d.lines[text[k]].text);
    if (line.size() > 3 * longest_furniture || wider_than(line, longest_furniture) || opens_note(line)) continue;
    EdgeShape shape = edge_shape(line, rules);
    if (shape.words.empty() && (shape.number == 0 || shape.bare)) continue;
    Seen& s = seen[shape.words.empty() ? std::u32string(1, U'#') : shape.words];
    s.lines.push_back(text[k]);
    const std::string_view before = k > 0 ? trim(d.lines[text[k - 1]].text) : std::string_view();
    s.torn += k > 0 && (opens_note(before) || seems_torn(before) || prints_number(before));
    shapes.emplace(text[k], std::move(shape));
  }
  for (const auto& [words, s] : seen) {
    const bool number = words == U"#";
    if (s.lines.size() < 3 || (!number && s.torn * 3 < static_cast<int>(s.lines.size()))) continue;
    if (usual_gap(d, s.lines) > most_text) continue;  // it returns by the chapter, not by the page
    for (std::size_t i = 0; i < s.lines.size(); ++i) {
      const EdgeShape& shape = shapes.at(s.lines[i]);
      const bool bottom = number || shape.form == Numeral::none ? number : false;
      name(out, s.lines[i], !bottom, shape,
           {90, number ? "a page number" : "a short line that returns where sentences are torn"});
    }
  }
}

void run(const Document& d, const Rules& rules, Proposal& out) {
  std::vector<bool> taken(d.lines.size());
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const std::string_view text = trim(d.lines[i].text);
    if (text.empty() || text.size() > longest_notice || opens_note(text)) continue;
    if (const Rule* rule = rules.test("watermark", text)) {
      out.block(i, i, "fw", "type=watermark", rule->id, {95, rule->why});
      taken[i] = true;
    }
  }
  if (d.source.find('\f') == std::string::npos) {
    if (!name_by_count(d, rules, taken, out)) name_by_return(d, rules, taken, out);
    return;
  }
  std::vector<bool> ends(d.lines.size());
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    ends[i] = d.lines[i].at.end < d.source.size() && d.source[d.lines[i].at.end] == '\f';
  name_by_edges(d, rules, ends, std::move(taken), out);
}

}  // namespace

extern const Stage stage_furniture{.name = "furniture",
                                   .summary = "Set running heads, page numbers and watermarks apart",
                                   .needs = "lines characters",
                                   .provides = "furniture",
                                   .rules = &embedded::rules_furniture,
                                   .run = run};

}  // namespace emend
