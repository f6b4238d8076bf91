// Names the furniture: running heads and feet, printed page numbers, watermarks. Nothing is deleted.
//
// A line's shape only proposes. On pages that the input marks with form feeds, furniture is what returns at the same
// edge of neighbouring pages, and numbers that count with the pages (`stages/20-furniture/page_edges.h`). Where the
// input marks no pages, numbers in lines of their own may count them; else it is a short line that returns where
// sentences are torn.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "pipeline/document/proposal.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "stages/20-furniture/declared.h"
#include "stages/20-furniture/frame.h"
#include "stages/20-furniture/page_count.h"
#include "stages/20-furniture/page_edges.h"
#include "weights/furniture.h"

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

// A number between dashes or with its word, as page numbers are set; brackets hold formulas and chapters as well.
bool dresses_number(const Document& d, const Edge& edge) {
  const std::string_view text = trim(d.lines[edge.line].text);
  const char32_t first = first_character(text), last = last_character(text);
  const auto dash = [](char32_t c) {
    return c == U'-' || c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0x2500 || c == 0xFF0D;
  };
  return edge.shape.form != Numeral::chinese && !edge.shape.bare && dash(first) && dash(last);
}

// The same, or between dots: · 12 ·
bool is_set_as_page(std::string_view text) {
  constexpr std::u32string_view signs = U"-–—―─－~～·•・";
  text = trim(text);
  return signs.find(first_character(text)) != signs.npos && signs.find(last_character(text)) != signs.npos;
}

// `B2`, `A iij`: the letter of a gathering and the number of its leaf, for the binder.
bool is_signature(std::string_view s) {
  if (s.empty() || s.size() > 6 || s[0] < 'A' || s[0] > 'Z') return false;
  return s.find_first_not_of("0123456789ivj", 1) == s.npos ||
         (s[1] == ' ' && s.find_first_not_of("0123456789ivj", 2) == s.npos);
}

// A catchword is the first word of the next page, or the beginning of it, in a line of its own below the text.
bool is_catchword(std::string_view word, std::string_view next) {
  if (word.empty() || wider_than(word, furniture::longest_catchword) || word.find(' ') != word.npos ||
      ends_sentence(word))
    return false;
  std::u32string caught = folded(word);
  const std::u32string text = folded(next);
  while (!caught.empty() && (caught.back() == U'-' || caught.back() == U'=' || caught.back() == 0x2E17))
    caught.pop_back();
  const bool letters = std::all_of(caught.begin(), caught.end(), [](char32_t c) { return is_letter(c) || c == ','; });
  return letters && caught.size() >= 2 && text.size() > caught.size() && text.starts_with(caught);
}

// Catchwords and signatures at the foot of pages, where the first word of the next page is known.
void name_catchwords(const Document& d, const std::vector<Sheet>& sheets, std::vector<bool>& done, Proposal& out) {
  const auto first_text = [&](const Sheet& sheet) {
    const auto found =
        std::find_if(sheet.lines.begin(), sheet.lines.end(), [&](std::size_t line) { return !done[line]; });
    return found == sheet.lines.end() ? std::string_view() : trim(d.lines[*found].text);
  };
  for (std::size_t page = 0; page + 1 < sheets.size(); ++page) {
    const std::vector<std::size_t>& lines = sheets[page].lines;
    const auto last = std::find_if(lines.rbegin(), lines.rend(), [&](std::size_t line) { return !done[line]; });
    if (last == lines.rend() || lines.size() < 3) continue;
    std::string_view word = trim(d.lines[*last].text);
    const std::size_t gap = word.rfind("  ");
    const bool signed_too = gap != word.npos && is_signature(trim(word.substr(0, gap)));
    if (signed_too) word = trim(word.substr(gap));
    if (!is_catchword(word, first_text(sheets[page + 1]))) continue;
    out.block(*last, *last, "fw", "type=catch\nplace=bottom", "furn.catchword",
              {85, "the next page begins with this word"});
    done[*last] = true;
    const auto before = std::find_if(last, lines.rend(), [&](std::size_t line) { return !done[line]; });
    if (signed_too || before == lines.rend() || !is_signature(trim(d.lines[*before].text))) continue;
    out.block(*before, *before, "fw", "type=sig\nplace=bottom", "furn.signature",
              {80, "a letter and a number over the catchword"});
    done[*before] = true;
  }
}

// Whether furniture of this page says the words already, or begins with them: then they are its heading, whole or the
// first of its lines, either of which OCR may have misread in part.
bool said_above(const std::vector<std::u32string>& said, const std::u32string& words) {
  return std::any_of(said.begin(), said.end(), [&](const std::u32string& s) {
    if (s == words || (words.size() >= furniture::least_begun && s.starts_with(words))) return true;
    return words.size() > furniture::least_begun &&
           similarity(std::u32string_view(s).substr(0, words.size()), words, furniture::alike_catchword) > 0;
  });
}

void name_by_edges(const Document& d, const Rules& rules, const std::vector<bool>& ends, std::vector<bool> done,
                   Proposal& out) {
  std::vector<Sheet> sheets = sheets_of(d, rules, ends, done);
  const Tops tops = tops_of(sheets);
  const bool habit = has_running_heads(sheets);
  for (std::size_t page = 0; page < sheets.size(); ++page) {
    bool open = true, top = true;
    std::vector<std::u32string> said;  // by the furniture of this page
    const Edge* outside = nullptr;     // the outermost line at the top, if it is short and nothing is known of it
    for (Edge& edge : sheets[page].edges) {
      if (edge.top != top) top = edge.top, open = true;
      const bool number = edge.shape.words.empty() && edge.shape.number != 0;
      const bool counted = edge.shape.number != 0 && counts_with(sheets, page, edge);
      const bool runs = counted && edge.shape.apart;  // words with a page number are no title
      if (done[edge.line] || (page == 0 && !edge.shape.words.empty() && !runs &&
                              (is_title_page(sheets[0]) || is_title(d, sheets[0], edge))))
        continue;
      if (!number && !counted && is_text(d.lines[edge.line].text)) {
        open = false;
        continue;
      }
      const int times = number || (edge.note && !counted) ? 0 : returns(sheets, page, edge);
      const bool outermost = edge.top && edge.line == sheets[page].lines.front();
      const bool parts = outermost && !number && !edge.shape.sentence && !is_wide(d.lines[edge.line].text) &&
                         parts_sentence(d, sheets, page, edge);
      const bool usual =
          habit && outermost && !number && !edge.shape.sentence &&
          (times == 1 || echoed(d, sheets[page], edge) || (times == 0 && repeats_heading(d, sheets, page, edge)));
      const Node* witness = d.declaration(d.lines[edge.line]);
      const bool set_off = habit && edge.top && witness != nullptr && witness->name == "edge" && !edge.shape.sentence;
      const bool misread =
          number && !counted && edge.line == outer_line(sheets[page], top) && misreads_count(sheets, page, edge);
      const bool dressed = number && !counted && edge.line == outer_line(sheets[page], top) && dresses_number(d, edge);
      edge.furniture = open && (number ? counted || misread || dressed
                                       : times >= 2 || (times == 1 && counted) || usual || set_off ||
                                             (habit && parts) || (counted && outermost && edge.shape.apart));
      if (edge.furniture && !number && !counted && returns_within(d, sheets, page, edge)) edge.furniture = false;
      if (edge.furniture && !number && edge.top && !said.empty() && leads_other_pages(sheets, page, edge))
        edge.furniture = false;  // it stands below the running head here, and is what the next pages repeat
      if (edge.furniture && !number) {
        if (said_above(said, edge.shape.words)) edge.furniture = false;  // then a heading
        said.push_back(edge.shape.words);
      }
      if (edge.furniture && !parts && opens_chapter(d, sheets, tops, page, edge)) edge.furniture = false;
      if (number && counted && !edge.furniture && top && outside != nullptr) {
        name(out, outside->line, true, outside->shape, {85, "it stands outside the page number"});
        edge.furniture = done[outside->line] = true;
      }
      const bool may_run = outermost && !edge.furniture && !number && !edge.shape.sentence &&
                           !is_wide(d.lines[edge.line].text) &&
                           rules.test("division-number", trim(d.lines[edge.line].text)) == nullptr;
      outside = may_run ? &edge : nullptr;
      if (!edge.furniture) {
        // What stands further in is no furniture either; but a bullet or a stray letter may come between.
        open = open && !wider_than(trim(d.lines[edge.line].text), 2);
        continue;
      }
      done[edge.line] = true;
      if (!counted) edge.shape.number = 0;  // the number of a chapter, or a misread one
      const auto sure = static_cast<std::uint8_t>(dressed ? 75 : number ? 95 : times >= 3 || counted ? 95 : 85);
      name(out, edge.line, edge.top, edge.shape,
           {sure, dressed && !misread ? "a number set as page numbers are; no other page says whether it counts"
                  : misread           ? "a number where the pages around have theirs, with a figure misread"
                  : number            ? "a number that counts with the pages"
                                      : "it returns on neighbouring pages"});
    }
  }
  name_catchwords(d, sheets, done, out);
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

// The lines of a text without page marks that may be furniture, with what they say.
struct ShortLine {
  std::size_t at = 0;  // in the lines that are not blank
  EdgeShape shape;
  bool torn = false;    // the text before it breaks off, or ends with a note
  bool cut = false;     // the same, on the evidence that does for a number: no sentence ends there
  bool entry = false;   // it may be one of a contents list: a short line with a number among others
  bool listed = false;  // its number tells a page for sure: it has its word, or the number of pages
};

class Transcript {
 public:
  Transcript(const Document& d, const Rules& rules, const std::vector<bool>& taken, bool framed, Proposal& out)
      : d_(d), rules_(rules), taken_(taken), framed_(framed), out_(out), text_(text_of(d, taken)) {
    for (std::size_t k = 1; k < text_.size(); ++k) read(k);  // the first line is the title, though pages repeat it
    for (std::size_t i = 0; i < lines_.size(); ++i) lines_[i].entry = in_listing(i);
  }

  void run() {
    // An archive that frames its texts has taken the running heads out of them.
    if (!by_count() && !by_contents() && !framed_) by_return();
  }

 private:
  std::string_view text(std::size_t k) const { return trim(d_.lines[text_[k]].text); }

  void read(std::size_t k) {
    const std::string_view line = text(k);
    if (line.size() > 3 * furniture::longest_furniture || wider_than(line, furniture::longest_furniture) ||
        opens_note(line))
      return;
    ShortLine s{k, edge_shape(line, rules_)};
    const std::string_view before = text(k - 1);
    const Rule* rule = rules_.test("page-number", line);
    s.listed = rule != nullptr &&
               (rule->id == "furn.page-chinese" || rule->id == "furn.page-total" || rule->id == "furn.page-word");
    s.torn = opens_note(before) || seems_torn(before);
    s.cut = s.torn || (wider_than(before, furniture::longest_torn) && !ends_sentence(before));
    lines_.push_back(std::move(s));
  }

  static bool numbered(const ShortLine& s) { return !s.shape.words.empty() && s.shape.number != 0; }

  // Entries of a contents list stand together, with nothing but such lines between them, and their pages count up.
  bool in_listing(std::size_t i) const {
    const auto beside = [&](std::size_t a, std::size_t b) {
      return numbered(lines_[a]) && numbered(lines_[b]) && lines_[a].at + 1 == lines_[b].at &&
             (lines_[a].shape.form != lines_[b].shape.form || lines_[a].shape.number <= lines_[b].shape.number);
    };
    return (i > 0 && beside(i - 1, i)) || (i + 1 < lines_.size() && beside(i, i + 1));
  }

  void set_apart(const ShortLine& s, bool top, Because because) {
    name(out_, text_[s.at], top, s.shape, because);
    taken_[text_[s.at]] = true;
  }

  // Numbers in lines of their own, or with words that return beside them, may count the pages. Then they tell where
  // pages end, and the rest is found at their edges. False if there are no such numbers.
  bool by_count() {
    std::map<std::u32string, int> returns, said;
    for (const ShortLine& s : lines_) {
      ++said[folded(text(s.at))];
      if (!s.shape.words.empty()) ++returns[s.shape.words];
    }
    std::vector<CountedLine> numbers;
    std::vector<const ShortLine*> sources;
    for (const ShortLine& s : lines_) {
      if (s.shape.number == 0 || s.entry || (numbered(s) && returns[s.shape.words] < 2)) continue;
      const Line& line = d_.lines[text_[s.at]];
      numbers.push_back({text_[s.at], line.at.begin, s.shape.number, s.shape.form, s.cut,
                         s.shape.words.empty() && is_set_as_page(line.text)});
      sources.push_back(&s);
    }
    const std::vector<std::size_t> row = count_of_pages(numbers);
    if (row.empty()) return false;
    // Behind the last number stands a page of text, or some, where numbers are printed at the head, and no page before
    // the first. What tears no sentence was taken for page numbers because a page of text stands before the first.
    const auto rest = static_cast<std::uint32_t>(d_.source.size()) - numbers[row.back()].at;
    const auto page = (numbers[row.back()].at - numbers[row.front()].at) / static_cast<std::uint32_t>(row.size());
    const auto before_first = numbers[row.front()].at - d_.lines[text_[0]].at.end;
    const bool at_head = tear_sentences(numbers, row) &&
                         (rest * 4 > page || (sources[row.back()]->at + 1 < text_.size() && before_first * 2 < page));
    std::vector<bool> ends(d_.lines.size());
    for (std::size_t r = 0; r < row.size(); ++r) {
      const ShortLine& s = *sources[row[r]];
      const std::size_t k = s.at;
      const bool next_follows = r + 1 < row.size() && sources[row[r + 1]]->at <= k + 2;
      const bool top = at_head && k + 1 < text_.size() && !next_follows;
      set_apart(s, top, {90, "a number that counts the pages"});
      const auto before =
          text(k - 1).size() > furniture::longest_furniture ? said.end() : said.find(folded(text(k - 1)));
      const bool head_before = top && k > 1 && before != said.end() && before->second > 1;
      ends[text_[head_before ? k - 2 : top ? k - 1 : k]] = true;
    }
    taken_[text_[0]] = true;
    name_by_edges(d_, rules_, ends, taken_, out_);
    return true;
  }

  // The page at the end of a contents entry, behind a leader or a wide gap; or 0.
  static int listed_page(std::string_view line) {
    const std::size_t digits = line.find_last_not_of("0123456789") + 1;
    if (digits == 0 || digits == line.size() || line.size() - digits > 4) return 0;
    const std::string_view before = line.substr(0, digits);
    const bool leads = before.ends_with("…") || before.ends_with("··") || before.ends_with("..") ||
                       before.ends_with(". ") || before.ends_with("  ") || before.ends_with("\t") ||
                       before.ends_with("　") || before.ends_with("… ");
    return leads && !trim(before).empty() ? read_whole_number(line.substr(digits)).value : 0;
  }

  // Bare numbers before headings, each of which a contents list names further up, in this order: a chapter begins on a
  // page of its own, and the number of the page is all that is left of it.
  bool by_contents() {
    std::vector<int> listed;
    std::size_t end = 0;  // of the list
    for (const ShortLine& s : lines_)
      if (const int page = listed_page(text(s.at));
          page >= (listed.empty() ? 1 : listed.back()) && (listed.empty() || s.at <= end + 3))
        listed.push_back(page), end = s.at;
    std::vector<const ShortLine*> found;
    std::size_t next = 0;
    for (const ShortLine& s : lines_) {
      if (s.at <= end || !s.shape.bare || s.shape.form != Numeral::arabic) continue;
      const auto at = std::find(listed.begin() + static_cast<std::ptrdiff_t>(next), listed.end(), s.shape.number);
      if (at == listed.end()) continue;
      found.push_back(&s);
      next = static_cast<std::size_t>(at - listed.begin()) + 1;
    }
    const bool row_of_sections = !found.empty() && found.back()->shape.number == static_cast<int>(found.size());
    if (found.size() < 3 || found.size() * 2 < listed.size() || row_of_sections) return false;
    for (const ShortLine* s : found) set_apart(*s, true, {85, "the contents list names this page"});
    return true;
  }

  // Lines that return, and stand where the text around them is torn or where notes end.
  void by_return() {
    std::map<std::u32string, std::vector<const ShortLine*>> seen;
    for (const ShortLine& s : lines_) {
      const bool number = s.shape.words.empty();
      if (s.entry || s.shape.sentence || ends_in_small(text(s.at)) ||
          (number ? s.shape.number == 0 || s.shape.bare || in_brackets(text(s.at)) : is_text(text(s.at))))
        continue;
      seen[number ? std::u32string(1, U'#') : s.shape.words].push_back(&s);
    }
    for (const auto& [words, group] : seen) name_group(words == U"#", words, group);
  }

  // The last word of a sentence is mostly written small, that of a title hardly ever before a stop.
  static bool ends_in_small(std::string_view line) {
    return line.ends_with('.') && is_lower(first_character(line.substr(line.find_last_of(" \t") + 1)));
  }

  // (3) and （一） are formulas, items and chapters more often than pages.
  static bool in_brackets(std::string_view line) {
    constexpr std::u32string_view brackets = U"([{（【〔［";
    return brackets.find(first_character(line)) != brackets.npos;
  }

  void name_group(bool number, std::u32string_view words, const std::vector<const ShortLine*>& group) {
    if (group.size() < 3) return;
    std::vector<std::size_t> places;
    int torn = 0, listed = 0, with_number = 0;
    for (const ShortLine* s : group) {
      const bool behind_number = s->at > 0 && prints_number(s->at - 1);
      places.push_back(text_[s->at]);
      torn += s->torn || behind_number;
      listed += s->listed;
      with_number += s->shape.number != 0;
    }
    const auto all = static_cast<int>(group.size());
    if (number ? torn * 6 < all && listed * 2 < all : torn * 3 < all) return;
    if (usual_gap(d_, places) > most_text) return;  // it returns by the chapter, not by the page
    if (!number && usual_gap(d_, places) > furniture::longest_page && count_on(group)) return;  // they number chapters
    const bool title = folded(text(0)) == words;
    bool heading = false;  // has been passed over
    for (const ShortLine* s : group) {
      const bool opens = !number && !title && !heading && s->shape.number == 0 && !s->torn && !prints_number(s->at - 1);
      if (opens && (with_number * 2 > all || s == group.front())) {
        heading = true;
        continue;
      }
      const auto sure = static_cast<std::uint8_t>(number || torn * 2 >= all ? 90 : 75);
      set_apart(*s, !number, {sure, number ? "a page number" : "a short line that returns where sentences are torn"});
    }
  }

  // Whether every line has a number, each the next of the one before.
  static bool count_on(const std::vector<const ShortLine*>& group) {
    for (std::size_t i = 0; i < group.size(); ++i)
      if (group[i]->shape.number == 0 || (i > 0 && (group[i]->shape.form != group[i - 1]->shape.form ||
                                                    group[i]->shape.number != group[i - 1]->shape.number + 1)))
        return false;
    return true;
  }

  bool prints_number(std::size_t k) const {
    const std::string_view line = text(k);
    const Rule* rule = line.size() < furniture::longest_furniture ? rules_.test("page-number", line) : nullptr;
    return rule != nullptr && rule->id != "furn.page-bare" && rule->id != "furn.page-misread";
  }

  const Document& d_;
  const Rules& rules_;
  std::vector<bool> taken_;
  const bool framed_;
  Proposal& out_;
  std::vector<std::size_t> text_;  // lines that are not blank
  std::vector<ShortLine> lines_;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  std::vector<bool> taken(d.lines.size());
  name_frame(d, rules, taken, out);
  const bool framed = std::find(taken.begin(), taken.end(), true) != taken.end();
  name_notices(d, rules, taken, out);
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    if (taken[i]) continue;
    if (d.lines[i].block >= 0) {  // the source says what it is
      taken[i] = true;
      continue;
    }
    const std::string_view text = trim(d.lines[i].text);
    if (text.empty() || text.size() > longest_notice || opens_note(text)) continue;
    if (const Rule* rule = rules.test("watermark", text)) {
      out.block(i, i, "fw", "type=watermark", rule->id, {95, rule->why});
      taken[i] = true;
    }
  }
  name_declared(d, rules, taken, out);
  const bool declared = !d.pages.empty();
  if (!declared && d.source.find('\f') == std::string::npos) {
    Transcript(d, rules, taken, framed, out).run();
    return;
  }
  std::vector<bool> ends(d.lines.size());
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    ends[i] = declared ? i + 1 < d.lines.size() && d.lines[i + 1].page != d.lines[i].page
                       : d.lines[i].at.end < d.source.size() && d.source[d.lines[i].at.end] == '\f';
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
