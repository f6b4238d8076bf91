// Gives every page its printed number: numbers read at the edges of pages and the pages that the contents list names
// are solved together, as one sequence.
//
// The states are the distances between printed number and place in the book; the best path through them (Viterbi 1967;
// the Internet Archive's hocr-pagenumbers solves page numbers so) explains the most numbers with the fewest breaks, so
// that a misread number is outvoted and a missing one is filled in. Where the input marks no pages, breaks are settled
// first (breaks.h).
#include <algorithm>
#include <map>

#include "pipeline/document/proposal.h"
#include "pipeline/text/numerals.h"
#include "stages/80-labels/breaks.h"
#include "weights/labels.h"

namespace emend {

namespace {

struct State {
  Numeral form = Numeral::none;
  int distance = 0;  // number minus place
  auto operator<=>(const State&) const = default;
};

// The page that the contents list gives for each heading it is linked to.
std::vector<Listed> listed_pages(const Document& d) {
  std::vector<Listed> all;
  std::map<std::uint32_t, bool> chapters;
  for (const Node& node : d.blocks)
    if (node.name == "head") chapters[node.at.begin] = node.get("level") == "1";
  for (const Link& link : d.links) {
    if (link.name != "contents") continue;
    const std::size_t first = d.first_phrase(link.at.begin);
    std::size_t loci = 0;  // several stand in an entry where extraction set pages apart from theirs
    for (std::size_t i = first; i < d.phrases.size() && d.phrases[i].at.begin < link.at.end; ++i)
      loci += d.phrases[i].name == "locus";
    for (std::size_t i = first; i < d.phrases.size() && d.phrases[i].at.begin < link.at.end; ++i) {
      if (d.phrases[i].name != "locus" || loci > 1) continue;
      std::string_view text = d.slice(d.phrases[i].at);
      while (!text.empty() &&
             (text.front() == '(' || text.front() == '[' || text.front() == '-' || text.front() == ' '))
        text.remove_prefix(1);
      const Number n = read_number(text);
      if (n && (n.form == Numeral::arabic || n.form == Numeral::chinese || n.form == Numeral::roman_lower ||
                n.form == Numeral::roman_upper))
        all.push_back({link.to.begin, n, chapters[link.to.begin], link.at});
    }
  }
  std::sort(all.begin(), all.end(), [](const Listed& a, const Listed& b) { return a.at < b.at; });
  return all;
}

bool declares_number(const Document& d, const Node& furniture) {
  const Node* said = d.declaration(d.lines[d.line_at(furniture.at.begin)]);
  return said != nullptr && (said->name == "pageNum" || !said->get("numbered").empty());
}

std::vector<NumberedSheet> sheets_of(const Document& d) {
  std::vector<NumberedSheet> sheets;
  for (const Page& page : d.pages) {
    NumberedSheet& sheet = sheets.emplace_back();
    sheet.begin = page.at.begin;
    sheet.first_line = d.line_at(page.at.begin);
    sheet.sure = page.sure;
  }
  for (const Node& node : d.blocks) {
    if (node.name != "fw" && node.name != "titlePage") continue;
    NumberedSheet& sheet = sheets[d.lines[d.line_at(node.at.begin)].page];
    if (node.name == "titlePage")
      sheet.title = true;
    else if (const Number n = read_whole_number(node.get("number")); n && !sheet.read)
      sheet.read = n, sheet.read_at = node.at.begin, sheet.declared = declares_number(d, node);
  }
  return sheets;
}

void place_listed(const std::vector<Listed>& listed, std::vector<NumberedSheet>& sheets) {
  std::size_t sheet = 0;
  for (const Listed& l : listed) {
    while (sheet + 1 < sheets.size() && sheets[sheet + 1].begin <= l.at) ++sheet;
    sheets[sheet].listed.push_back(l.number);
  }
}

bool same(const Number& a, const Number& b) { return a.form == b.form && a.value == b.value; }

// The file's own labels are often a count of its pages and no more: they are believed where most printed numbers, or
// the contents list, say the same, and where nothing else says anything.
void place_said(const Document& d, std::vector<NumberedSheet>& sheets) {
  std::size_t agree = 0, both = 0;
  for (const Meta& m : d.metas) {
    if (m.name != "label") continue;
    NumberedSheet& sheet = sheets[d.lines[d.line_at(m.at.begin)].page];
    sheet.said = read_whole_number(m.value);
    if (!sheet.said) continue;
    std::vector<Number> others = sheet.listed;
    if (sheet.read) others.push_back(sheet.read);
    both += !others.empty();
    agree += std::any_of(others.begin(), others.end(), [&](const Number& n) { return same(n, sheet.said); });
  }
  if (agree * 2 < both || (both > 0 && agree == 0))
    for (NumberedSheet& sheet : sheets) sheet.said = {};
}

int agreement(const NumberedSheet& sheet, std::size_t place, const State& state) {
  const int value = state.distance + static_cast<int>(place);
  int score = 0;
  if (sheet.read) {
    if (sheet.read.form == state.form && sheet.read.value == value)
      score += sheet.declared ? labels::declared_reward : labels::read_reward;
    else if (state.form != Numeral::none)
      score -= labels::misread_cost;
  }
  for (const Number& l : sheet.listed)
    if (state.form == l.form) score += l.value == value ? labels::listed_reward : -labels::misread_cost;
  if (sheet.said && state.form != Numeral::none)
    score += sheet.said.form == state.form && sheet.said.value == value ? labels::said_reward : -labels::misread_cost;
  if (state.form != Numeral::none && (value < 1 || (sheet.title && !sheet.read))) score -= 100;
  return score;
}

std::vector<State> states_of(const NumberedSheet& sheet, std::size_t place) {
  std::vector<State> states;
  if (sheet.read) states.push_back({sheet.read.form, sheet.read.value - static_cast<int>(place)});
  if (sheet.said) states.push_back({sheet.said.form, sheet.said.value - static_cast<int>(place)});
  for (const Number& l : sheet.listed) states.push_back({l.form, l.value - static_cast<int>(place)});
  return states;
}

struct Cell {
  State state;
  int score;
  std::size_t from;
};

// The cells of page `i`, the best first, behind those of the page before. A state lives on for as long as it is among
// the best few.
std::vector<Cell> column(const std::vector<NumberedSheet>& sheets, std::size_t i, const std::vector<Cell>& before) {
  constexpr std::size_t most_states = 24;
  std::map<State, Cell> here;
  const auto offer = [&](const State& s, int score, std::size_t from) {
    const Cell cell{s, score + agreement(sheets[i], i, s), from};
    const auto [at, fresh] = here.emplace(s, cell);
    if (!fresh && at->second.score < cell.score) at->second = cell;
  };
  std::size_t best = 0;
  for (std::size_t k = 0; k < before.size(); ++k) {
    if (before[k].score > before[best].score) best = k;
    offer(before[k].state, before[k].score, k);
  }
  std::vector<State> fresh = states_of(sheets[i], i);
  fresh.push_back({});
  for (const State& s : fresh) {
    if (before.empty()) {
      offer(s, 0, 0);
      continue;
    }
    const Cell& from = before[best];
    const bool to_or_from_none = s.form == Numeral::none || from.state.form == Numeral::none;
    if (from.state != s) offer(s, from.score - (to_or_from_none ? 1 : labels::break_cost), best);
  }
  std::vector<Cell> cells;
  for (const auto& [state, cell] : here) cells.push_back(cell);
  std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.score > b.score; });
  if (cells.size() > most_states) cells.resize(most_states);
  return cells;
}

// The best state of every page.
std::vector<State> solve(const std::vector<NumberedSheet>& sheets) {
  std::vector<std::vector<Cell>> columns;
  for (std::size_t i = 0; i < sheets.size(); ++i)
    columns.push_back(column(sheets, i, i == 0 ? std::vector<Cell>() : columns.back()));
  std::vector<State> path(sheets.size());
  std::size_t at = 0;
  for (std::size_t i = sheets.size(); i-- > 0;) {
    path[i] = columns[i][at].state;
    at = columns[i][at].from;
  }
  return path;
}

// How far the next page is whose own number agrees.
std::vector<std::size_t> distances(const std::vector<NumberedSheet>& sheets, const std::vector<State>& path) {
  std::vector<std::size_t> distance(sheets.size(), sheets.size());
  const auto agrees = [&](std::size_t i) {
    return path[i].form != Numeral::none && agreement(sheets[i], i, path[i]) > 0;
  };
  for (std::size_t i = 0, last = sheets.size(); i < sheets.size(); ++i) {
    if (agrees(i)) last = i;
    if (last < sheets.size() && path[last] == path[i]) distance[i] = i - last;
  }
  for (std::size_t i = sheets.size(), last = sheets.size(); i-- > 0;) {
    if (agrees(i)) last = i;
    if (last < sheets.size() && path[last] == path[i]) distance[i] = std::min(distance[i], last - i);
  }
  return distance;
}

// How certain a page's number is, and why.
struct Told {
  std::uint8_t sure;
  std::string_view reason;
};

Told told(const NumberedSheet& sheet, const Number& number, bool read, std::size_t distance, bool marked) {
  if (read) return {96, "read on the page, and it counts on"};
  if (!sheet.read && sheet.said && same(sheet.said, number)) return {85, "the file gives the page this number"};
  if (sheet.measured) return {55, "a page of usual length ends about here, and the contents list has one"};
  if (sheet.read) return {65, "the number on the page does not count; its neighbours give this one"};
  if (distance == 0) return {85, "the contents list gives this page to a heading on it"};
  if (distance > labels::far) return {60, "counted from the pages around"};
  return {static_cast<std::uint8_t>(marked ? 85 : 75), "counted from the pages around"};
}

void tell_pages(const Document& d, const std::vector<NumberedSheet>& sheets, const std::vector<State>& path,
                bool marked, Proposal& out) {
  const std::vector<std::size_t> distance = distances(sheets, path);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const NumberedSheet& sheet = sheets[i];
    const Line& line = d.lines[sheet.first_line];
    if (path[i].form == Numeral::none && sheet.said && !sheet.read &&
        !sheet.title) {  // a leaf between others that are missing
      out.page(line, write_number(sheet.said.value, sheet.said.form), false, "labels.said",
               {80, "the file gives the page this number"});
      continue;
    }
    if (path[i].form == Numeral::none) {
      if (sheet.inserted)
        out.page(line, {}, false, "labels.chapter-begins", {60, "the contents list begins a page here"});
      continue;
    }
    const int value = path[i].distance + static_cast<int>(i);
    const bool read = sheet.read && sheet.read.form == path[i].form && sheet.read.value == value;
    const Number number{value, path[i].form};
    const Told why = told(sheet, number, read, distance[i], marked);
    out.page(line, write_number(value, path[i].form), read, read ? "labels.read" : "labels.inferred",
             {why.sure, why.reason});
  }
}

// Entries of the contents list that name another page than the one their heading stands on.
void doubt_listed(const std::vector<Listed>& listed, const std::vector<NumberedSheet>& sheets,
                  const std::vector<State>& path, Proposal& out) {
  std::size_t sheet = 0;
  for (const Listed& l : listed) {
    while (sheet + 1 < sheets.size() && sheets[sheet + 1].begin <= l.at) ++sheet;
    const int value = path[sheet].distance + static_cast<int>(sheet);
    if (path[sheet].form == l.number.form && value != l.number.value)
      out.doubt(l.entry, "contents.page",
                {55, "the contents list says page " + write_number(l.number.value, l.number.form) +
                         ", the heading stands on page " + write_number(value, l.number.form)});
  }
}

void run(const Document& d, const Rules&, Proposal& out) {
  if (d.pages.empty()) return;
  const std::vector<Listed> listed = listed_pages(d);
  std::vector<NumberedSheet> sheets = sheets_of(d);
  const bool marked = d.source.find('\f') != std::string::npos;
  if (!marked)
    for (const std::size_t line : settle_breaks(d, listed, sheets))
      out.no_page(d.lines[line], "labels.no-break",
                  {70, "pages of usual length, with those that the contents list names, leave no break here"});
  place_listed(listed, sheets);
  place_said(d, sheets);
  const std::vector<State> path = solve(sheets);
  tell_pages(d, sheets, path, marked, out);
  doubt_listed(listed, sheets, path, out);
}

}  // namespace

extern const Stage stage_labels{.name = "labels",
                                .summary = "Give every page its printed number",
                                .needs = "pages contents headings paragraphs",
                                .provides = "labels",
                                .rules = nullptr,
                                .run = run};

}  // namespace emend
