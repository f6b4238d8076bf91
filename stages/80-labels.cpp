// Gives every page its printed number: numbers read at the edges of pages and the pages that the contents list names
// are solved together, as one sequence.
//
// The states are the distances between printed number and place in the book; the best path through them (Viterbi 1967;
// the Internet Archive's hocr-pagenumbers solves page numbers so) explains the most numbers with the fewest breaks, so
// that a misread number is outvoted and a missing one is filled in. Where the input marks no pages, a chapter that the
// contents list sets one page further than the text has got begins a page.
#include <algorithm>
#include <map>
#include <optional>

#include "pipeline/document/proposal.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr int read_reward = 4, declared_reward = 8, listed_reward = 3, misread_cost = 2, break_cost = 5;
constexpr std::size_t far = 4;  // pages from the next number that agrees, beyond which a label is doubtful

struct Sheet {
  std::uint32_t begin = 0;
  std::size_t first_line = 0;
  Number read;                 // at its edge
  std::vector<Number> listed;  // by the contents list, for the headings on it
  bool declared = false;       // the source says that what was read is a page number
  bool inserted = false;
  bool measured = false;  // inserted where a page of usual length ends
  bool title = false;     // a title page: it has no number
};

struct State {
  Numeral form = Numeral::none;
  int distance = 0;  // number minus place
  auto operator<=>(const State&) const = default;
};

struct Listed {
  std::uint32_t at = 0;  // of the heading
  Number number;
  bool chapter = false;
  Span entry;
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

std::vector<Sheet> sheets_of(const Document& d) {
  std::vector<Sheet> sheets;
  for (const Page& page : d.pages) {
    Sheet& sheet = sheets.emplace_back();
    sheet.begin = page.at.begin;
    sheet.first_line = d.line_at(page.at.begin);
  }
  for (const Node& node : d.blocks) {
    if (node.name != "fw" && node.name != "titlePage") continue;
    Sheet& sheet = sheets[d.lines[d.line_at(node.at.begin)].page];
    if (node.name == "titlePage")
      sheet.title = true;
    else if (const Number n = read_whole_number(node.get("number")); n && !sheet.read)
      sheet.read = n, sheet.declared = declares_number(d, node);
  }
  return sheets;
}

// Breaks that the text does not show, but the contents list does: a heading one page on.
void insert_breaks(const Document& d, const std::vector<Listed>& listed, std::vector<Sheet>& sheets) {
  std::vector<Sheet> all;
  Number label;
  std::size_t next = 0;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::uint32_t end = i + 1 < sheets.size() ? sheets[i + 1].begin : static_cast<std::uint32_t>(d.source.size());
    all.push_back(sheets[i]);
    if (label) ++label.value;
    if (sheets[i].read) label = sheets[i].read;
    for (bool first = true; next < listed.size() && listed[next].at < end; ++next) {
      const Listed& l = listed[next];
      if (l.at < sheets[i].begin) continue;
      const bool text_before = !first || d.lines[sheets[i].first_line].at.begin < l.at;
      const bool one_on = label.form == l.number.form ? l.number.value == label.value + 1 : l.number.value == 1;
      if (text_before && l.chapter && (!label || one_on)) {
        Sheet& sheet = all.emplace_back();
        sheet.begin = l.at;
        sheet.first_line = d.line_at(l.at);
        sheet.inserted = true;
      }
      label = l.number;
      first = false;
    }
  }
  sheets = std::move(all);
}

// A place whose page is known.
struct Known {
  std::uint32_t at = 0;
  Number number;
};

std::vector<Known> known_pages(const std::vector<Listed>& listed, const std::vector<Sheet>& sheets) {
  std::vector<Known> known;
  for (const Listed& l : listed) known.push_back({l.at, l.number});
  for (const Sheet& sheet : sheets)
    if (sheet.read) known.push_back({sheet.begin, sheet.read});
  std::stable_sort(known.begin(), known.end(), [](const Known& a, const Known& b) { return a.at < b.at; });
  return known;
}

struct Usual {
  double bytes = 0;  // of a page, by the pages that are known; 0 if they tell too little
  double pages = 0;  // between the places that are known
};

Usual usual_page(const std::vector<Known>& known) {
  double bytes = 0, pages = 0;
  for (std::size_t i = 1; i < known.size(); ++i) {
    if (known[i].number.form != known[i - 1].number.form || known[i].number.value <= known[i - 1].number.value)
      continue;
    bytes += known[i].at - known[i - 1].at;
    pages += known[i].number.value - known[i - 1].number.value;
  }
  return {pages < 3 ? 0 : bytes / pages, pages};
}

// The line, of those at which a paragraph or heading begins, that is next to a place; the number of lines if none is
// near.
std::size_t paragraph_near(const Document& d, std::uint32_t from, std::uint32_t to, std::uint32_t at) {
  std::size_t best = d.lines.size();
  std::uint32_t least = (to - from) / 2;
  for (std::size_t i = d.line_at(from) + 1; i < d.lines.size() && d.lines[i].at.begin <= to; ++i) {
    const Node* block = d.block_of(d.lines[i]);
    if (block == nullptr || block->at.begin != d.lines[i].at.begin || block->name == "note" || block->name == "fw")
      continue;
    const std::uint32_t here = d.lines[i].at.begin, off = here > at ? here - at : at - here;
    if (here > from && off < least) best = i, least = off;
  }
  return best;
}

// Where two places are known to be some pages apart and fewer breaks were found between them, the longest stretches
// between breaks are divided: nearest to where a page of usual length would end that began at the last break, between
// paragraphs, since a torn one would show. This is done only in a book most of whose breaks the text itself shows: in
// another nobody can tell where its pages begin, and a break that is made up is worse than none.
void insert_measured(const Document& d, const std::vector<Listed>& listed, std::vector<Sheet>& sheets) {
  const std::vector<Known> known = known_pages(listed, sheets);
  const auto [usual, pages] = usual_page(known);
  if (usual < 200 || usual > 12000) return;
  const auto shown = std::count_if(sheets.begin(), sheets.end(), [](const Sheet& s) { return !s.inserted; });
  if (static_cast<double>(shown) * 2 < pages) return;
  std::vector<Sheet> added;
  const auto page_begins = [&](std::uint32_t at) {
    auto sheet =
        std::upper_bound(sheets.begin(), sheets.end(), at, [](std::uint32_t a, const Sheet& s) { return a < s.begin; });
    const std::uint32_t shown_there = sheet == sheets.begin() ? 0 : std::prev(sheet)->begin;
    return added.empty() ? shown_there : std::max(shown_there, added.back().begin);
  };
  for (std::size_t i = 1; i < known.size(); ++i) {
    const Known &a = known[i - 1], &b = known[i];
    if (a.number.form != b.number.form || b.number.value <= a.number.value) continue;
    std::vector<std::uint32_t> ends{a.at};
    auto sheet = std::upper_bound(sheets.begin(), sheets.end(), a.at,
                                  [](std::uint32_t at, const Sheet& s) { return at < s.begin; });
    for (; sheet != sheets.end() && sheet->begin <= b.at; ++sheet) ends.push_back(sheet->begin);
    const auto missing = b.number.value - a.number.value - static_cast<int>(ends.size() - 1);
    if (ends.back() != b.at) ends.push_back(b.at);
    if (missing < 1 || b.at - a.at < 0.4 * usual * (b.number.value - a.number.value)) continue;
    std::vector<std::uint32_t> parts(ends.size() - 1, 1);  // of each stretch
    const auto length = [&](std::size_t k) { return static_cast<double>(ends[k + 1] - ends[k]) / parts[k]; };
    for (int m = 0; m < missing; ++m) {
      std::size_t longest = 0;
      for (std::size_t k = 1; k < parts.size(); ++k)
        if (length(k) > length(longest)) longest = k;
      ++parts[longest];
    }
    for (std::size_t k = 0; k < parts.size(); ++k)
      for (std::uint32_t part = 1, from = ends[k]; part < parts[k]; ++part) {
        const double begins = page_begins(from);
        const double due = std::clamp(begins + std::min(usual, (ends[k + 1] - begins) / (parts[k] - part)),
                                      ends[k] + 0.2 * length(k), 1.0 * ends[k + 1]);
        const auto at = static_cast<std::uint32_t>(due);
        const std::size_t line = paragraph_near(d, from, ends[k + 1], at);
        if (line == d.lines.size()) continue;
        Sheet& measured = added.emplace_back();
        measured.begin = from = d.lines[line].at.begin;
        measured.first_line = line;
        measured.inserted = measured.measured = true;
      }
  }
  sheets.insert(sheets.end(), added.begin(), added.end());
  std::stable_sort(sheets.begin(), sheets.end(), [](const Sheet& a, const Sheet& b) { return a.begin < b.begin; });
}

void place_listed(const std::vector<Listed>& listed, std::vector<Sheet>& sheets) {
  std::size_t sheet = 0;
  for (const Listed& l : listed) {
    while (sheet + 1 < sheets.size() && sheets[sheet + 1].begin <= l.at) ++sheet;
    sheets[sheet].listed.push_back(l.number);
  }
}

int agreement(const Sheet& sheet, std::size_t place, const State& state) {
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

std::vector<State> states_of(const Sheet& sheet, std::size_t place) {
  std::vector<State> states;
  if (sheet.read) states.push_back({sheet.read.form, sheet.read.value - static_cast<int>(place)});
  for (const Number& l : sheet.listed) states.push_back({l.form, l.value - static_cast<int>(place)});
  return states;
}

// The best state of every page. A state lives on for as long as it is among the best few.
std::vector<State> solve(const std::vector<Sheet>& sheets) {
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
std::vector<std::size_t> distances(const std::vector<Sheet>& sheets, const std::vector<State>& path) {
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
  std::vector<Sheet> sheets = sheets_of(d);
  const bool marked = d.source.find('\f') != std::string::npos;
  if (!marked) insert_breaks(d, listed, sheets);
  if (!marked) insert_measured(d, listed, sheets);
  place_listed(listed, sheets);
  const std::vector<State> path = solve(sheets);
  const std::vector<std::size_t> distance = distances(sheets, path);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const Sheet& sheet = sheets[i];
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
