// Evidence of furniture: words that return at the same edge of neighbouring pages, with misread letters allowed for (as
// the HathiTrust Research Center's RunningHeaders does with Levenshtein similarity over a window of pages), and numbers
// that count with the pages.
#include "stages/20-furniture/page_edges.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "weights/furniture.h"

namespace emend {

namespace {

// CHAPTER II and CHAPTER III are two headings, not one running head misread.
bool differ_by_number(std::u32string_view a, std::u32string_view b) {
  constexpr std::u32string_view digits = U"0123456789ivxlc〇零一二三四五六七八九十百";
  const auto next = [&](std::u32string_view s, std::size_t i) {
    return std::min(s.find_first_not_of(digits, i), s.size());
  };
  std::size_t i = next(a, 0), k = next(b, 0);
  while (i < a.size() && k < b.size() && a[i] == b[k]) i = next(a, i + 1), k = next(b, k + 1);
  return i == a.size() && k == b.size();
}

bool same_words(const EdgeShape& a, const EdgeShape& b) {
  if (a.sentence || b.sentence) return false;
  if (a.words == b.words) return !a.words.empty();
  if (a.words.size() < 4 || b.words.size() < 4) return false;
  return similarity(a.words, b.words, furniture::alike) > 0 && !differ_by_number(a.words, b.words);
}

// The first and the last page that may show the same furniture.
std::pair<int, int> around(const std::vector<Sheet>& sheets, std::size_t page) {
  return {std::max(0, static_cast<int>(page) - furniture::window),
          std::min(static_cast<int>(sheets.size()) - 1, static_cast<int>(page) + furniture::window)};
}

// Whether a line says the words, behind a number perhaps, give or take misread letters.
bool resembles(std::string_view line, const std::u32string& words) {
  const std::u32string here = folded(line);
  const std::size_t n = std::min(here.size(), words.size() + 4);
  return words.size() >= 4 && (similarity(here, words, 0.6) > 0 ||
                               similarity(std::u32string_view(here).substr(here.size() - n), words, 0.6) > 0);
}

// A contents list: many lines, most of them short.
bool is_listing(const Document& d, const Sheet& sheet) {
  const auto wide = std::count_if(sheet.lines.begin(), sheet.lines.end(),
                                  [&](std::size_t line) { return is_wide(d.lines[line].text); });
  return sheet.lines.size() > 2 * furniture::edge_lines && wide * 3 < static_cast<std::ptrdiff_t>(sheet.lines.size());
}

// Whether words stand at the top of most pages of the book, or of most that are on the same side of the leaf: they are
// the book's, or its author's, and no chapter's.
bool throughout(const std::vector<std::size_t>& pages, std::size_t all) {
  if (pages.size() * 2 > all) return true;
  const bool one_side = std::all_of(pages.begin(), pages.end(), [&](std::size_t p) { return p % 2 == pages[0] % 2; });
  return one_side && pages.size() >= 4 && (pages.back() - pages.front()) * 2 > all;
}

// A note at the foot: whatever other pages have there, it is no running foot, unless its number counts with the pages.
bool begins_with_mark(std::string_view text) {
  const Mark mark = read_mark(trim(text));
  return mark && (mark.form != MarkForm::bare || wider_than(text, mark.length));
}

}  // namespace

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
  const bool front = edge.shape.form == Numeral::roman_lower && edge.shape.words.empty();
  const bool leaf = front && edge.shape.number == static_cast<int>(page) + 1;
  return votes >= 2 || leaf || (votes == 1 && (front || sheets.size() < 5));
}

bool misreads_count(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  const std::string shown = std::to_string(edge.shape.number);
  if (edge.shape.form != Numeral::arabic) return false;
  std::map<int, int> votes;  // for the number of this page
  const auto [from, to] = around(sheets, page);
  for (int other = from; other <= to; ++other) {
    if (other == static_cast<int>(page)) continue;
    for (const Edge& e : sheets[static_cast<std::size_t>(other)].edges)
      if (e.top == edge.top && e.shape.number != 0 && e.shape.form == Numeral::arabic && e.shape.words.empty())
        ++votes[e.shape.number + static_cast<int>(page) - other];
  }
  return std::any_of(votes.begin(), votes.end(), [&](const auto& vote) {
    const std::string due = std::to_string(vote.first);
    if (vote.second < 3 || vote.first < 1) return false;
    // 07 for 27: a leading nought is not in the number.
    if (shown.size() > due.size() || shown.size() + 1 < due.size()) return false;
    std::size_t same = 0;
    for (std::size_t i = 0; i < shown.size(); ++i) same += shown[shown.size() - 1 - i] == due[due.size() - 1 - i];
    return same + 1 >= due.size() && same > 0;
  });
}

int returns(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  int times = 0;
  const auto [from, to] = around(sheets, page);
  for (int other = from; other <= to; ++other) {
    if (other == static_cast<int>(page)) continue;
    for (const Edge& e : sheets[static_cast<std::size_t>(other)].edges)
      if (e.top == edge.top && e.note == edge.note && !e.entry && same_words(e.shape, edge.shape)) {
        ++times;
        break;
      }
  }
  return times;
}

bool leads_other_pages(const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  int leads = 0;
  const auto [from, to] = around(sheets, page);
  for (int other = from; other <= to; ++other) {
    if (other == static_cast<int>(page)) continue;
    bool outermost = true;
    for (const Edge& e : sheets[static_cast<std::size_t>(other)].edges) {
      if (!e.top || e.shape.words.empty()) continue;
      if (same_words(e.shape, edge.shape)) {
        if (!outermost) return false;
        ++leads;
      }
      outermost = false;
    }
  }
  return leads > 0;
}

Tops tops_of(const std::vector<Sheet>& sheets) {
  Tops tops;
  for (std::size_t page = 0; page < sheets.size(); ++page)
    for (const Edge& e : sheets[page].edges) {
      std::vector<std::size_t>& pages = tops[e.shape.words];
      if (e.top && !e.entry && (pages.empty() || pages.back() != page)) pages.push_back(page);
    }
  return tops;
}

bool is_wide(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size() && letters < furniture::wide_letters;) {
    const char32_t c = next_character(text, i);
    letters += is_han(c) ? 2 : is_letter(c);
  }
  return letters >= furniture::wide_letters;
}

bool opens_chapter(const Document& d, const std::vector<Sheet>& sheets, const Tops& tops, std::size_t page,
                   const Edge& edge) {
  if (!edge.top || edge.shape.number != 0 || page == 0) return false;
  const auto found = tops.find(edge.shape.words);
  if (found == tops.end()) return true;
  const std::vector<std::size_t>& pages = found->second;
  const auto here = std::lower_bound(pages.begin(), pages.end(), page);
  if (here != pages.begin() && *(here - 1) + furniture::window >= page) return false;
  if (throughout(pages, sheets.size()) || echoed(d, sheets[page], edge)) return false;
  for (std::size_t other = page - std::min<std::size_t>(page, 2); other <= page; ++other) {
    if (is_listing(d, sheets[other])) continue;
    std::u32string all;
    for (const std::size_t line : sheets[other].lines) {
      if (line == edge.line) continue;
      if (d.lines[line].text.size() < 3 * furniture::longest_furniture &&
          resembles(d.lines[line].text, edge.shape.words))
        return false;
      all += folded(d.lines[line].text);
    }
    if (all.find(edge.shape.words) != std::u32string::npos) return false;
  }
  return true;
}

// `Chapter 2` over a page that prints its own number at the foot: the number belongs to the words.
static void give_back_numbers(const Document& d, Sheet& sheet) {
  const bool at_foot = !sheet.lines.empty() && std::any_of(sheet.edges.begin(), sheet.edges.end(), [&](const Edge& e) {
    return !e.top && e.line == sheet.lines.back() && e.shape.words.empty() && e.shape.form == Numeral::arabic;
  });
  if (!at_foot) return;
  for (Edge& e : sheet.edges)
    if (e.top && !e.shape.words.empty() && e.shape.number != 0 && !e.shape.apart) {
      e.shape.words = folded(d.lines[e.line].text);
      e.shape.number = 0;
      e.shape.form = Numeral::none;
    }
}

std::vector<Sheet> sheets_of(const Document& d, const Rules& rules, const std::vector<bool>& ends,
                             const std::vector<bool>& done) {
  std::vector<Sheet> sheets(1);
  std::vector<std::size_t> lines;
  const auto close = [&] {
    Sheet& sheet = sheets.back();
    sheet.lines = std::move(lines);
    lines.clear();
    const bool listing = is_listing(d, sheet);  // its entries are no running heads
    bool outermost = true;                      // but for a page number
    const auto edge = [&](std::size_t i, bool top) {
      const std::string_view text = d.lines[i].text;
      if (text.size() > 4 * furniture::longest_furniture) return;
      EdgeShape shape = edge_shape(text, rules);
      const bool note = opens_note(text) || (!top && !shape.words.empty() && begins_with_mark(text));
      const bool entry = listing && !outermost && !shape.words.empty();
      outermost = outermost && shape.words.empty();
      if (shape.words.size() < furniture::longest_words)
        sheet.edges.push_back({i, top, std::move(shape), note, entry, false});
    };
    const std::size_t n = sheet.lines.size();
    for (std::size_t k = 0; k < std::min(furniture::edge_lines, (n + 1) / 2); ++k) edge(sheet.lines[k], true);
    outermost = true;
    for (std::size_t k = 0; k < std::min(furniture::edge_lines, n); ++k) edge(sheet.lines[n - 1 - k], false);
    give_back_numbers(d, sheet);
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

bool has_running_heads(const std::vector<Sheet>& sheets) {
  std::size_t pages = 0;
  for (std::size_t page = 0; page < sheets.size(); ++page) {
    const std::vector<Edge>& edges = sheets[page].edges;
    const auto first =
        std::find_if(edges.begin(), edges.end(), [](const Edge& e) { return e.top && !e.shape.words.empty(); });
    pages += first != edges.end() && returns(sheets, page, *first) >= 1;
  }
  return pages * 2 > sheets.size();
}

bool echoed(const Document& d, const Sheet& sheet, const Edge& edge) {
  for (std::size_t k = 1; k < std::min<std::size_t>(sheet.lines.size(), 6); ++k)
    if (sheet.lines[k] > edge.line && folded(d.lines[sheet.lines[k]].text) == edge.shape.words) return true;
  return false;
}

bool parts_sentence(const Document& d, const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  if (page == 0 || sheets[page - 1].lines.empty() || !edge.top) return false;
  const std::vector<std::size_t>& lines = sheets[page].lines;
  const auto next = std::upper_bound(lines.begin(), lines.end(), edge.line);
  if (next == lines.end()) return false;
  const std::vector<std::size_t>& above = sheets[page - 1].lines;
  const auto text =
      std::find_if(above.rbegin(), above.rend(), [&](std::size_t line) { return is_wide(d.lines[line].text); });
  if (text == above.rend()) return false;
  const std::string_view before = trim(d.lines[*text].text), after = trim(d.lines[*next].text);
  return !ends_sentence(before) && is_lower(first_character(after)) && is_wide(after);
}

bool is_title_page(const Sheet& first) { return first.lines.size() <= 2 * furniture::edge_lines; }

bool is_title(const Document& d, const Sheet& first, const Edge& edge) {
  const std::string_view line = d.lines[edge.line].text;
  if (edge.line != first.lines.front() || line.find_first_of("0123456789") != line.npos) return false;
  const std::string_view below = trim(d.lines[first.lines[1]].text);
  return !is_wide(below) && !ends_sentence(below) && !is_lower(first_character(below));
}

bool returns_within(const Document& d, const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  const std::string_view words = trim(d.lines[edge.line].text);
  int times = 0;
  const auto [from, to] = around(sheets, page);
  for (int other = from; other <= to; ++other) {
    const std::vector<std::size_t>& lines = sheets[static_cast<std::size_t>(other)].lines;
    for (std::size_t k = furniture::edge_lines; k + furniture::edge_lines < lines.size(); ++k) times += trim(d.lines[lines[k]].text) == words;
  }
  return times > returns(sheets, page, edge) + 1;
}

bool repeats_heading(const Document& d, const std::vector<Sheet>& sheets, std::size_t page, const Edge& edge) {
  const std::u32string& words = edge.shape.words;
  if (words.size() < 2) return false;
  for (std::size_t other = page - std::min<std::size_t>(page, 3); other <= page; ++other) {
    if (is_listing(d, sheets[other])) continue;
    for (const std::size_t line : sheets[other].lines) {
      const std::string_view text = d.lines[line].text;
      if (line == edge.line || text.size() > 3 * furniture::longest_furniture) continue;
      const std::u32string here = folded(text);
      if (here == words || (words.size() >= 6 && (here.starts_with(words) || here.ends_with(words)))) return true;
    }
  }
  return false;
}

}  // namespace emend
