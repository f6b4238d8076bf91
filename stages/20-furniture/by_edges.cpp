// Weighs the lines at the edges of each page: what is seen of a line, and whether that makes it furniture.
#include "stages/20-furniture/by_edges.h"

#include <algorithm>
#include <string>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "stages/20-furniture/catchwords.h"
#include "stages/20-furniture/named.h"
#include "stages/20-furniture/page_edges.h"
#include "weights/furniture.h"

namespace emend {

namespace {

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

// Whether furniture of this page says the words already, or begins with them: then they are its heading, whole or the
// first of its lines, either of which OCR may have misread in part.
bool said_above(const std::vector<std::u32string>& said, const std::u32string& words) {
  return std::any_of(said.begin(), said.end(), [&](const std::u32string& s) {
    if (s == words || (words.size() >= furniture::least_begun && s.starts_with(words))) return true;
    return words.size() > furniture::least_begun &&
           similarity(std::u32string_view(s).substr(0, words.size()), words, furniture::alike_catchword) > 0;
  });
}

// What is seen of a line at the edge of a page.
struct Seen {
  bool number = false;     // nothing but a number
  bool counted = false;    // its number counts with the pages
  bool text = false;       // it is as wide as running text, and has no number that counts
  bool outermost = false;  // the first line of the page
  int times = 0;           // pages around that have the same words at this edge
  // Of a number that does not count:
  bool misread = false;  // one figure is all that parts it from the count
  bool dressed = false;  // it is set as page numbers are
  // Of words, in a book that has running heads:
  bool usual = false;    // another page, or a heading of this one, has them
  bool set_off = false;  // the source sets them off
  bool parts = false;    // they stand in the middle of a sentence
};

class Edges {
 public:
  Edges(const Document& d, const Rules& rules, const std::vector<bool>& ends, std::vector<bool> done, Proposal& out)
      : d_(d),
        rules_(rules),
        done_(std::move(done)),
        out_(out),
        sheets_(sheets_of(d, rules, ends, done_)),
        tops_(tops_of(sheets_)),
        habit_(has_running_heads(sheets_)) {}

  void run() {
    for (std::size_t page = 0; page < sheets_.size(); ++page) read_page(page);
    name_catchwords(d_, sheets_, done_, out_);
  }

 private:
  // From the outside inwards, first at the top: behind a line that is none there is no furniture.
  void read_page(std::size_t page) {
    bool open = true, top = true;
    said_.clear();
    outside_ = nullptr;
    for (Edge& edge : sheets_[page].edges) {
      if (edge.top != top) top = edge.top, open = true;
      const Seen seen = look(page, edge);
      if (done_[edge.line] || is_title_of_book(page, edge, seen)) continue;
      if (seen.text) {
        open = false;
        continue;
      }
      edge.furniture = open && is_furniture(edge, seen) && !is_text_after_all(page, edge, seen);
      name_outside(edge, seen);
      outside_ = may_run(edge, seen) ? &edge : nullptr;
      if (edge.furniture)
        name(edge, seen);
      else  // what stands further in is no furniture either; but a bullet or a stray letter may come between
        open = open && !wider_than(trim(d_.lines[edge.line].text), 2);
    }
  }

  Seen look(std::size_t page, const Edge& edge) const {
    const Sheet& sheet = sheets_[page];
    const std::string_view text = d_.lines[edge.line].text;
    Seen seen;
    seen.number = edge.shape.words.empty() && edge.shape.number != 0;
    seen.counted = edge.shape.number != 0 && counts_with(sheets_, page, edge);
    seen.text = !seen.number && !seen.counted && is_text(text);
    if (seen.text || done_[edge.line]) return seen;
    seen.outermost = edge.top && edge.line == sheet.lines.front();
    if (seen.number) {
      const bool alone = !seen.counted && edge.line == outer_line(sheet, edge.top);
      seen.misread = alone && misreads_count(sheets_, page, edge);
      seen.dressed = alone && dresses_number(d_, edge);
      return seen;
    }
    if (!edge.note || seen.counted) seen.times = returns(sheets_, page, edge);
    if (edge.shape.sentence) return seen;
    const Node* witness = d_.declaration(d_.lines[edge.line]);
    seen.set_off = habit_ && edge.top && witness != nullptr && witness->name == "edge";
    seen.parts = seen.outermost && !is_wide(text) && parts_sentence(d_, sheets_, page, edge);
    seen.usual =
        habit_ && seen.outermost &&
        (seen.times == 1 || echoed(d_, sheet, edge) || (seen.times == 0 && repeats_heading(d_, sheets_, page, edge)));
    return seen;
  }

  // Words with a page number are no title.
  bool is_title_of_book(std::size_t page, const Edge& edge, const Seen& seen) const {
    if (page != 0 || edge.shape.words.empty() || (seen.counted && edge.shape.apart)) return false;
    return is_title_page(sheets_[0]) || is_title(d_, sheets_[0], edge);
  }

  bool is_furniture(const Edge& edge, const Seen& seen) const {
    if (seen.number) return seen.counted || seen.misread || seen.dressed;
    return seen.times >= 2 || (seen.times == 1 && seen.counted) || seen.usual || seen.set_off ||
           (habit_ && seen.parts) || (seen.counted && seen.outermost && edge.shape.apart);
  }

  // Words that would be furniture, but are what running heads repeat, or return within the text.
  bool is_text_after_all(std::size_t page, const Edge& edge, const Seen& seen) {
    if (!seen.number) {
      if (!seen.counted && returns_within(d_, sheets_, page, edge)) return true;
      // It stands below the running head here, and is what the next pages repeat.
      if (edge.top && !said_.empty() && leads_other_pages(sheets_, page, edge)) return true;
      const bool heading = said_above(said_, edge.shape.words);
      said_.push_back(edge.shape.words);
      if (heading) return true;
    }
    return !seen.parts && opens_chapter(d_, sheets_, tops_, page, edge);
  }

  // A number that counts, below a short line of which nothing was known: both are furniture.
  void name_outside(Edge& edge, const Seen& seen) {
    if (!seen.number || !seen.counted || edge.furniture || !edge.top || outside_ == nullptr) return;
    name_furniture(out_, outside_->line, true, outside_->shape, {85, "it stands outside the page number"});
    edge.furniture = done_[outside_->line] = true;
  }

  bool may_run(const Edge& edge, const Seen& seen) const {
    const std::string_view text = d_.lines[edge.line].text;
    return seen.outermost && !edge.furniture && !seen.number && !edge.shape.sentence && !is_wide(text) &&
           rules_.test("division-number", trim(text)) == nullptr;
  }

  void name(Edge& edge, const Seen& seen) {
    done_[edge.line] = true;
    if (!seen.counted) edge.shape.number = 0;  // the number of a chapter, or a misread one
    const bool returned = seen.times >= 3 || seen.counted;
    const std::uint8_t sure = seen.dressed ? 75 : seen.number || returned ? 95 : 85;
    name_furniture(out_, edge.line, edge.top, edge.shape,
                   {sure, seen.misread   ? "a number where the pages around have theirs, with a figure misread"
                          : seen.dressed ? "a number set as page numbers are; no other page says whether it counts"
                          : seen.number  ? "a number that counts with the pages"
                                         : "it returns on neighbouring pages"});
  }

  const Document& d_;
  const Rules& rules_;
  std::vector<bool> done_;
  Proposal& out_;
  std::vector<Sheet> sheets_;
  const Tops tops_;
  const bool habit_;                  // the book sets a running head on most pages
  std::vector<std::u32string> said_;  // by the furniture of this page
  const Edge* outside_ = nullptr;     // the outermost line at the top, if it is short and nothing is known of it
};

}  // namespace

void name_by_edges(const Document& d, const Rules& rules, const std::vector<bool>& ends, std::vector<bool> done,
                   Proposal& out) {
  Edges(d, rules, ends, std::move(done), out).run();
}

}  // namespace emend
