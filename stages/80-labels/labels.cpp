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

namespace emend {

namespace {

constexpr int read_reward = 4, declared_reward = 8, listed_reward = 3, misread_cost = 2, break_cost = 5;
constexpr std::size_t far = 4;  // pages from the next number that agrees, beyond which a label is doubtful

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

int agreement(const NumberedSheet& sheet, std::size_t place, const State& state) {
  const int value = state.distance + static_cast<int>(place);
  int score = 0;
  if (sheet.read) {
    if (sheet.read.form == state.form && sheet.read.value == value)
      score += sheet.declared ? declared_reward : read_reward;
    else if (state.form != Numeral::none)
      score -= misread_cost;
  }
  for (const Number& l : sheet.listed)
    if (state.form == l.form) score += l.value == value ? listed_reward : -misread_cost;
  if (state.form != Numeral::none && (value < 1 || (sheet.title && !sheet.read))) score -= 100;
  return score;
}

std::vector<State> states_of(const NumberedSheet& sheet, std::size_t place) {
  std::vector<State> states;
  if (sheet.read) states.push_back({sheet.read.form, sheet.read.value - static_cast<int>(place)});
  for (const Number& l : sheet.listed) states.push_back({l.form, l.value - static_cast<int>(place)});
  return states;
}

// The best state of every page. A state lives on for as long as it is among the best few.
std::vector<State> solve(const std::vector<NumberedSheet>& sheets) {
  constexpr std::size_t most_states = 24;
  struct Cell {
    State state;
    int score;
    std::size_t from;
  };
  std::vector<std::vector<Cell>> columns(sheets.size());
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    std::map<State, Cell> here;
    const auto offer = [&](const State& s, int score, std::size_t from) {
      const Cell cell{s, score + agreement(sheets[i], i, s), from};
      const auto [at, fresh] = here.emplace(s, cell);
      if (!fresh && at->second.score < cell.score) at->second = cell;
    };
    std::vector<State> fresh = states_of(sheets[i], i);
    fresh.push_back({});
    if (i == 0) {
      for (const State& s : fresh) offer(s, 0, 0);
    } else {
      const std::vector<Cell>& before = columns[i - 1];
      std::size_t best = 0;
      for (std::size_t k = 0; k < before.size(); ++k) {
        if (before[k].score > before[best].score) best = k;
        offer(before[k].state, before[k].score, k);
      }
      for (const State& s : fresh)
        if (before[best].state != s)
          offer(s,
                before[best].score -
                    (s.form == Numeral::none || before[best].state.form == Numeral::none ? 1 : break_cost),
                best);
    }
    for (const auto& [state, cell] : here) columns[i].push_back(cell);
    std::stable_sort(columns[i].begin(), columns[i].end(),
                     [](const Cell& a, const Cell& b) { return a.score > b.score; });
    if (columns[i].size() > most_states) columns[i].resize(most_states);
  }
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
  const std::vector<State> path = solve(sheets);
  const std::vector<std::size_t> distance = distances(sheets, path);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const NumberedSheet& sheet = sheets[i];
    const Line& line = d.lines[sheet.first_line];
    if (path[i].form == Numeral::none) {
      if (sheet.inserted)
        out.page(line, {}, false, "labels.chapter-begins", {60, "the contents list begins a page here"});
      continue;
    }
    const int value = path[i].distance + static_cast<int>(i);
    const bool read = sheet.read && sheet.read.form == path[i].form && sheet.read.value == value;
    const bool misread = sheet.read && !read;
    const auto sure = static_cast<std::uint8_t>(read                 ? 96
                                                : sheet.measured     ? 55
                                                : misread            ? 65
                                                : distance[i] == 0   ? 85
                                                : distance[i] <= far ? (marked ? 85 : 75)
                                                                     : 60);
    out.page(line, write_number(value, path[i].form), read, read ? "labels.read" : "labels.inferred",
             {sure, read               ? "read on the page, and it counts on"
                    : sheet.measured   ? "a page of usual length ends about here, and the contents list has one"
                    : misread          ? "the number on the page does not count; its neighbours give this one"
                    : distance[i] == 0 ? "the contents list gives this page to a heading on it"
                                       : "counted from the pages around"});
  }
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

}  // namespace

extern const Stage stage_labels{.name = "labels",
                                .summary = "Give every page its printed number",
                                .needs = "pages contents headings paragraphs",
                                .provides = "labels",
                                .rules = nullptr,
                                .run = run};

}  // namespace emend
