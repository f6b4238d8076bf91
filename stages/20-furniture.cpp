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
#include "pipeline/rules/edge_shape.h"
#include "pipeline/text/page_count.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
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
constexpr std::size_t wide_letters = 36;  // of a line of running text; a Han counts as two
constexpr double alike = 0.75;
constexpr std::size_t longest_notice = 400;  // bytes of a watermark
constexpr std::uint32_t page_bytes = 5000;  // of a large page of Chinese in UTF-8

struct Edge {
  std::size_t line = 0;
  bool top = false;
  EdgeShape shape;
  bool note = false;  // it begins with a note mark
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

bool same_words(const EdgeShape& a, const EdgeShape& b) {
  if (a.sentence || b.sentence) return false;
  if (a.words == b.words) return !a.words.empty();
  if (differ_by_number(a.words, b.words)) return false;
  return a.words.size() >= 4 && b.words.size() >= 4 && similarity(a.words, b.words, alike) > 0;
}

// The first and the last page that may show the same furniture.
std::pair<int, int> around(const std::vector<Sheet>& sheets, std::size_t page) {
  return {std::max(0, static_cast<int>(page) - window),
          std::min(static_cast<int>(sheets.size()) - 1, static_cast<int>(page) + window)};
}

// A number that counts with the pages: the same distance between number and page as on other pages around. Front matter has
// few pages; its small Roman numbers are hardly ever anything else, and mostly count from the first leaf.
bool counts_with(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  int votes = 0;
  const auto [from, to] = around(sheets, page);
  for (int other = from; other <= to; ++other) {
    if (other == static_cast<int>(page)) continue;
    for (const Edge& e : sheets[static_cast<std::size_t>(other)].edges)
      if (e.shape.number != 0 && e.shape.form == edge.shape.form &&
          e.shape.number - edge.shape.number == other - static_cast<int>(page)) {
        ++votes;
        break;
      }
  }
  const bool front = edge.shape.form == Numeral::roman_lower && edge.shape.bare;
  const bool leaf = front && edge.shape.number == static_cast<int>(page) + 1;
  return votes >= 2 || leaf || (votes == 1 && (front || sheets.size() < 5));
}

int returns(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  int times = 0;
  const auto [from, to] = around(sheets, page);
  for (int other = from; other <= to; ++other) {
    if (other == static_cast<int>(page)) continue;
    for (const Edge& e : sheets[static_cast<std::size_t>(other)].edges)
      if (e.top == edge.top && e.note == edge.note && same_words(e.shape, edge.shape)) {
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

// Whether a line has as many letters as one of running text; the dots of a contents list are none.
bool is_wide(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size() && letters < wide_letters;) {
    const char32_t c = next_character(text, i);
    letters += is_han(c) ? 2 : is_letter(c);
  }
  return letters >= wide_letters;
}

// A contents list: many lines, most of them short.
bool is_listing(const Document& d, const Sheet& sheet) {
  const auto wide =
      std::count_if(sheet.lines.begin(), sheet.lines.end(), [&](std::size_t line) { return is_wide(d.lines[line].text); });
  return sheet.lines.size() > 2 * edge_lines && wide * 3 < static_cast<std::ptrdiff_t>(sheet.lines.size());
}

// Whether words stand at the top of most pages of the book, or of most that are on the same side of the leaf: they are the
// book's, or its author's, and no chapter's.
bool throughout(const std::vector<std::size_t>& pages, std::size_t all) {
  if (pages.size() * 2 > all) return true;
  const bool one_side = std::all_of(pages.begin(), pages.end(), [&](std::size_t p) { return p % 2 == pages[0] % 2; });
  return one_side && pages.size() >= 4 && pages.size() * 3 > all;
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
  if (throughout(pages, sheets.size())) return false;
  for (std::size_t other = page - std::min<std::size_t>(page, 2); other <= page; ++other) {
    if (is_listing(d, sheets[other])) continue;
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

// A note at the foot: whatever other pages have there, it is no running foot, unless its number counts with the pages.
bool begins_with_mark(std::string_view text) {
  const Mark mark = read_mark(trim(text));
  return mark && (mark.form != MarkForm::bare || wider_than(text, mark.length));
}

// The pages, with what may be furniture at their edges. `ends`: a page ends with that line. `done` lines are left out.
std::vector<Sheet> sheets_of(const Document& d, const Rules& rules, const std::vector<bool>& ends,
                             const std::vector<bool>& done) {
  std::vector<Sheet> sheets(1);
  std::vector<std::size_t> lines;
  const auto close = [&] {
    Sheet& sheet = sheets.back();
    const auto edge = [&](std::size_t i, bool top) {
      const std::string_view text = d.lines[i].text;
      if (text.size() > 4 * longest) return;
      EdgeShape shape = edge_shape(text, rules);
      const bool note = opens_note(text) || (!top && !shape.words.empty() && begins_with_mark(text));
      if (shape.words.size() < longest_words) sheet.edges.push_back({i, top, std::move(shape), note, false});
    };
    for (std::size_t k = 0; k < std::min(edge_lines, (lines.size() + 1) / 2); ++k) edge(lines[k], true);
    for (std::size_t k = 0; k < std::min(edge_lines, lines.size()); ++k) edge(lines[lines.size() - 1 - k], false);
    sheet.lines = std::move(lines);
    lines.clear();
  };
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    if (!trim(d.lines[i].text).empty() && !done[i]) lines.push_back(i);
    if (ends[i]) {
      close();
      sheets.emplace_back();
    }
  }
  close();
  return sheets;
}

void name(Proposal& out, std::size_t line, bool top, const EdgeShape& shape, Because because) {
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

// Whether the line says what a short line on this page or the few before it says, where the chapter or the section begins.
bool repeats_heading(const Document& d, const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  const std::u32string& words = edge.shape.words;
  if (words.size() < 2) return false;
  for (std::size_t other = page - std::min<std::size_t>(page, 3); other <= page; ++other) {
    if (is_listing(d, sheets[other])) continue;
    for (const std::size_t line : sheets[other].lines) {
      const std::string_view text = d.lines[line].text;
      if (line == edge.line || text.size() > 3 * longest) continue;
      const std::u32string here = folded(text);
      if (here == words || (words.size() >= 6 && (here.starts_with(words) || here.ends_with(words)))) return true;
    }
  }
  return false;
}

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
      const bool usual = habit && outermost && !number && !edge.shape.sentence &&
                         (times == 1 || echoed(d, sheets[page], edge) ||
                          (times == 0 && repeats_heading(d, sheets, page, edge)));
      edge.furniture = open && (number ? counted : times >= 2 || (times == 1 && counted) || usual);
      if (edge.furniture && !number && !said.insert(edge.shape.words).second) edge.furniture = false;  // then a heading
      if (edge.furniture && opens_chapter(d, sheets, tops, page, edge)) edge.furniture = false;
      if (number && counted && !edge.furniture && top && habit && outside != nullptr) {
        name(out, outside->line, true, outside->shape, {85, "it stands outside the page number"});
        edge.furniture = done[outside->line] = true;
      }
      outside = outermost && !edge.furniture && !number && !edge.shape.sentence &&
                        !is_wide(d.lines[edge.line].text) ? &edge : nullptr;
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

// The lines that are not blank.
std::vector<std::size_t> text_of(const Document& d, const std::vector<bool>& taken) {
  std::vector<std::size_t> text;
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    if (!trim(d.lines[i].text).empty() && !taken[i]) text.push_back(i);
  return text;
}

// Without page marks, numbers in lines of their own may count the pages. Then they tell where pages end, and the rest is
// found at their edges. False if there are no such numbers.
bool name_by_count(const Document& d, const Rules& rules, std::vector<bool> taken, Proposal& out) {
  const std::vector<std::size_t> text = text_of(d, taken);
  std::vector<CountedLine> numbers;
  std::vector<std::size_t> places;  // in `text`
  for (std::size_t k = 1; k < text.size(); ++k) {
    const Line& line = d.lines[text[k]];
    if (line.text.size() > longest || opens_note(line.text)) continue;
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
    return line.size() > longest ? std::u32string() : folded(line);
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
    const Rule* rule = line.size() < longest ? rules.test("page-number", line) : nullptr;
    return rule != nullptr && rule->id != "furn.page-bare";
  };
  std::map<std::u32string, Seen> seen;
  std::unordered_map<std::size_t, EdgeShape> shapes;
  for (std::size_t k = 1; k < text.size(); ++k) {  // the first line is the title, though pages repeat it
    const std::string_view line = trim(d.lines[text[k]].text);
    if (line.size() > 3 * longest || wider_than(line, longest) || opens_note(line)) continue;
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
    if (usual_gap(d, s.lines) > page_bytes * window) continue;  // it returns by the chapter, not by the page
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
