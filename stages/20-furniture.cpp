// Names the furniture: running heads and feet, printed page numbers, watermarks. Nothing is deleted.
//
// A line's shape only proposes. On pages that the input marks with form feeds, furniture is what returns at the same edge
// of neighbouring pages, allowing for misread letters and changing numbers (as the HathiTrust Research Center's
// RunningHeaders does with Levenshtein similarity over a window of pages), and numbers that count with the pages. Where
// the input marks no pages, it is a short line that returns through the book where sentences are torn.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <unordered_map>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_furniture;
}

namespace {

constexpr std::size_t edge_lines = 3;      // how deep furniture stands at the top and at the bottom of a page
constexpr int window = 6;                  // pages on either side that may show the same furniture
constexpr std::size_t longest = 120;       // columns of a running head
constexpr std::size_t longest_words = 90;  // its characters, gaps left out
constexpr double alike = 0.75;
constexpr std::size_t longest_notice = 400;  // bytes of a watermark
constexpr std::uint32_t page_bytes = 5000;  // of a large page of Chinese in UTF-8

// What furniture says apart from its page number: the words that return from page to page.
struct Shape {
  std::u32string words;  // folded, without a number at either end
  bool sentence = false; // it begins as the middle of a sentence does, which furniture does not
  int number = 0;        // that number, or 0
  Numeral form = Numeral::none;
};

Shape shape_of(std::string_view text, const Rules& rules) {
  text = trim(text);
  Shape shape;
  if (const Match page = rules.find("page-number", text)) {
    for (std::size_t g = 1; g < page.groups.size(); ++g)
      if (const Number n = read_whole_number(page.groups[g])) shape.number = n.value, shape.form = n.form;
    return shape;
  }
  const auto take = [&](std::string_view word, std::string_view rest) {
    const Number n = read_whole_number(word);
    if (!n || (n.form != Numeral::arabic && n.form != Numeral::roman_lower)) return;
    shape.number = n.value;
    shape.form = n.form;
    text = trim(rest);
  };
  if (const std::size_t blank = text.find_last_of(" \t"); blank != text.npos) take(text.substr(blank + 1), text.substr(0, blank));
  if (shape.number == 0)
    if (const std::size_t blank = text.find_first_of(" \t"); blank != text.npos) take(text.substr(0, blank), text.substr(blank));
  shape.words = folded(text);
  shape.sentence = shape.number == 0 && is_lower(first_character(text));
  return shape;
}

struct Edge {
  std::size_t line = 0;
  bool top = false;
  Shape shape;
  bool furniture = false;
};

struct Sheet {
  std::vector<Edge> edges;  // from the outside inwards: first the top ones, then the bottom ones
  std::vector<std::size_t> lines;  // that are not blank
};

// CHAPTER II and CHAPTER III are two headings, not one running head misread.
bool differ_by_number(std::u32string_view a, std::u32string_view b) {
  constexpr std::u32string_view digits = U"0123456789ivxlc〇零一二三四五六七八九十百";
  const auto plain = [&](std::u32string_view s) {
    std::u32string out;
    for (const char32_t c : s)
      if (digits.find(c) == digits.npos) out += c;
    return out;
  };
  return plain(a) == plain(b);
}

bool same_words(const Shape& a, const Shape& b) {
  if (a.sentence || b.sentence) return false;
  if (a.words == b.words) return !a.words.empty();
  if (differ_by_number(a.words, b.words)) return false;
  return a.words.size() >= 4 && b.words.size() >= 4 && similarity(a.words, b.words, alike) > 0;
}

// A number that counts with the pages: the same distance between number and page as on other pages around.
bool counts_with(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  int votes = 0;
  const int from = std::max(0, static_cast<int>(page) - window);
  const int to = std::min(static_cast<int>(sheets.size()) - 1, static_cast<int>(page) + window);
  for (int other = from; other <= to; ++other) {
    if (other == static_cast<int>(page)) continue;
    for (const Edge& e : sheets[static_cast<std::size_t>(other)].edges)
      if (e.shape.number != 0 && e.shape.form == edge.shape.form &&
          e.shape.number - edge.shape.number == other - static_cast<int>(page)) {
        ++votes;
        break;
      }
  }
  return votes >= 2 || (votes == 1 && sheets.size() < 5);
}

int returns(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  int times = 0;
  const int from = std::max(0, static_cast<int>(page) - window);
  const int to = std::min(static_cast<int>(sheets.size()) - 1, static_cast<int>(page) + window);
  for (int other = from; other <= to; ++other) {
    if (other == static_cast<int>(page)) continue;
    for (const Edge& e : sheets[static_cast<std::size_t>(other)].edges)
      if (e.top == edge.top && same_words(e.shape, edge.shape)) {
        ++times;
        break;
      }
  }
  return times;
}

// The pages that have certain words at their top, by the words.
using Tops = std::map<std::u32string, std::vector<std::size_t>>;

Tops tops_of(const std::vector<Sheet>& sheets) {
  Tops tops;
  for (std::size_t page = 0; page < sheets.size(); ++page)
    for (const Edge& e : sheets[page].edges) {
      std::vector<std::size_t>& pages = tops[e.shape.words];
      if (e.top && (pages.empty() || pages.back() != page)) pages.push_back(page);
    }
  return tops;
}

// Whether a line says the words, behind a number perhaps, give or take misread letters.
bool resembles(std::string_view line, const std::u32string& words) {
  const std::u32string here = folded(line);
  const std::size_t n = std::min(here.size(), words.size() + 4);
  return words.size() >= 4 && (similarity(here, words, 0.6) > 0 ||
                               similarity(std::u32string_view(here).substr(here.size() - n), words, 0.6) > 0);
}

// A chapter's title at the top of its first page, which the pages behind it repeat as running head: it has no number
// where they may, the page before does not have it, nothing else there or on the pages before says the same, and it is
// not the book's.
bool opens_chapter(const Document& d, const std::vector<Sheet>& sheets, const Tops& tops, std::size_t page,
                   const Edge& edge) {
  if (!edge.top || edge.shape.number != 0 || page == 0) return false;
  const std::vector<std::size_t>& pages = tops.at(edge.shape.words);
  const auto here = std::lower_bound(pages.begin(), pages.end(), page);
  if (here != pages.begin() && *(here - 1) + window >= page) return false;
  if (pages.size() * 2 > sheets.size()) return false;
  for (std::size_t other = page - std::min<std::size_t>(page, 2); other <= page; ++other) {
    std::u32string all;
    for (const std::size_t line : sheets[other].lines) {
      if (line == edge.line) continue;
      if (d.lines[line].text.size() < 3 * longest && resembles(d.lines[line].text, edge.shape.words)) return false;
      all += folded(d.lines[line].text);
    }
    if (all.find(edge.shape.words) != std::u32string::npos) return false;
  }
  return true;
}

std::vector<Sheet> sheets_of(const Document& d, const Rules& rules) {
  std::vector<Sheet> sheets(1);
  std::vector<std::size_t> lines;
  const auto close = [&] {
    Sheet& sheet = sheets.back();
    const auto edge = [&](std::size_t i, bool top) {
      if (d.lines[i].text.size() > 4 * longest) return;
      Shape shape = shape_of(d.lines[i].text, rules);
      if (shape.words.size() < longest_words) sheet.edges.push_back({i, top, std::move(shape), false});
    };
    for (std::size_t k = 0; k < std::min(edge_lines, lines.size()); ++k) edge(lines[k], true);
    for (std::size_t k = 0; k < std::min(edge_lines, lines.size()); ++k) edge(lines[lines.size() - 1 - k], false);
    sheet.lines = std::move(lines);
    lines.clear();
  };
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const Line& line = d.lines[i];
    if (!trim(line.text).empty() && !d.is(line, "fw")) lines.push_back(i);
    if (line.at.end < d.source.size() && d.source[line.at.end] == '\f') {
      close();
      sheets.emplace_back();
    }
  }
  close();
  return sheets;
}

void name(Proposal& out, std::size_t line, bool top, const Shape& shape, Because because) {
  std::string attributes = shape.words.empty() ? "type=pageNum" : top ? "type=header" : "type=footer";
  attributes += top ? "\nplace=top" : "\nplace=bottom";
  if (shape.number != 0) attributes += "\nnumber=" + write_number(shape.number, shape.form);
  out.block(line, line, "fw", attributes, shape.words.empty() ? "furn.page-number" : "furn.running", because);
}

// Whether the book sets a running head on most pages: then the outermost line of a page is one on little evidence.
bool has_running_heads(const std::vector<Sheet>& sheets) {
  std::size_t pages = 0;
  for (std::size_t page = 0; page < sheets.size(); ++page) {
    const std::vector<Edge>& edges = sheets[page].edges;
    const auto first = std::find_if(edges.begin(), edges.end(), [](const Edge& e) { return e.top && !e.shape.words.empty(); });
    pages += first != edges.end() && returns(sheets, page, *first) >= 2;
  }
  return pages * 2 > sheets.size();
}

// Whether a line that follows at the top of the page says the same: the heading itself.
bool echoed(const Document& d, const Sheet& sheet, const Edge& edge) {
  for (std::size_t k = 1; k < std::min<std::size_t>(sheet.lines.size(), 6); ++k)
    if (sheet.lines[k] > edge.line && folded(d.lines[sheet.lines[k]].text) == edge.shape.words) return true;
  return false;
}

// The first page, if it has a few lines only: what stands there is the title, though the pages behind repeat it.
bool is_title_page(const Sheet& first) { return first.lines.size() <= 2 * edge_lines; }

void name_by_edges(const Document& d, const Rules& rules, const std::vector<bool>& taken, Proposal& out) {
  std::vector<Sheet> sheets = sheets_of(d, rules);
  const Tops tops = tops_of(sheets);
  const bool habit = has_running_heads(sheets);
  std::vector<bool> done = taken;
  for (std::size_t page = 0; page < sheets.size(); ++page) {
    bool open = true, top = true;
    std::set<std::u32string> said;  // by the furniture of this page
    for (Edge& edge : sheets[page].edges) {
      if (edge.top != top) top = edge.top, open = true;
      if (done[edge.line] || (page == 0 && !edge.shape.words.empty() && is_title_page(sheets[0]))) continue;
      const bool number = edge.shape.words.empty() && edge.shape.number != 0;
      const int times = number ? 0 : returns(sheets, page, edge);
      const bool counted = edge.shape.number != 0 && counts_with(sheets, page, edge);
      const bool outermost = edge.top && edge.line == sheets[page].lines.front();
      const bool usual = habit && outermost && !number && (times == 1 || echoed(d, sheets[page], edge));
      edge.furniture = open && (number ? counted : times >= 2 || (times == 1 && counted) || usual);
      if (edge.furniture && !number && !said.insert(edge.shape.words).second) edge.furniture = false;  // then a heading
      if (edge.furniture && opens_chapter(d, sheets, tops, page, edge)) edge.furniture = false;
      if (!edge.furniture) {
        // What stands further in is no furniture either; but a bullet or a stray letter may come between.
        open = open && !wider_than(trim(d.lines[edge.line].text), 2);
        continue;
      }
      done[edge.line] = true;
      const auto sure = static_cast<std::uint8_t>(number ? 95 : times >= 3 || counted ? 95 : 85);
      name(out, edge.line, edge.top, edge.shape,
           {sure, number ? "a number that counts with the pages" : "it returns on neighbouring pages"});
    }
  }
}

// The median distance, in bytes, from one of the lines to the next.
std::uint32_t usual_gap(const Document& d, const std::vector<std::size_t>& lines) {
  std::vector<std::uint32_t> gaps;
  for (std::size_t i = 1; i < lines.size(); ++i) gaps.push_back(d.lines[lines[i]].at.begin - d.lines[lines[i - 1]].at.begin);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return *middle;
}

// Without page marks: lines that return, and stand where the text around them is torn or where notes end.
void name_by_return(const Document& d, const Rules& rules, const std::vector<bool>& taken, Proposal& out) {
  struct Seen {
    std::vector<std::size_t> lines;
    int torn = 0;
  };
  std::vector<std::size_t> text;  // lines that are not blank
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    if (!trim(d.lines[i].text).empty() && !taken[i]) text.push_back(i);
  const auto prints_number = [&](std::string_view line) {
    const Rule* rule = line.size() < longest ? rules.test("page-number", line) : nullptr;
    return rule != nullptr && rule->id != "furn.page-bare";
  };
  std::map<std::u32string, Seen> seen;
  std::unordered_map<std::size_t, Shape> shapes;
  for (std::size_t k = 1; k < text.size(); ++k) {  // the first line is the title, though pages repeat it
    const std::string_view line = trim(d.lines[text[k]].text);
    if (line.size() > 3 * longest || wider_than(line, longest) || opens_note(line)) continue;
    Shape shape = shape_of(line, rules);
    if (shape.words.empty() && (shape.number == 0 || rules.find("page-number", line).rule->id == "furn.page-bare")) continue;
    Seen& s = seen[shape.words.empty() ? std::u32string(1, U'#') : shape.words];
    s.lines.push_back(text[k]);
    const std::string_view before = k > 0 ? trim(d.lines[text[k - 1]].text) : std::string_view();
    s.torn += k > 0 && (opens_note(before) || seems_torn(before) || prints_number(before));
    shapes.emplace(text[k], std::move(shape));
  }
  for (const auto& [words, s] : seen) {
    const bool number = words == U"#";
    if (s.lines.size() < 3 || (!number && s.torn * 3 < static_cast<int>(s.lines.size()))) continue;
    if (usual_gap(d, s.lines) > page_bytes * window) continue;  // it returns by the chapter, not by the page
    for (std::size_t i = 0; i < s.lines.size(); ++i) {
      const Shape& shape = shapes.at(s.lines[i]);
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
  if (d.source.find('\f') != std::string::npos) name_by_edges(d, rules, taken, out);
  else name_by_return(d, rules, taken, out);
}

}  // namespace

extern const Stage stage_furniture{.name = "furniture",
                                   .summary = "Set running heads, page numbers and watermarks apart",
                                   .needs = "lines characters",
                                   .provides = "furniture",
                                   .rules = &embedded::rules_furniture,
                                   .run = run};

}  // namespace emend
