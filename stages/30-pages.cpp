// Finds where pages begin: at form feeds, or, where the input marks none, behind notes at the foot, at running heads
// and page numbers, and where a paragraph breaks off.
#include <algorithm>
#include <set>

#include "pipeline/document/proposal.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"

namespace emend {

namespace {

// Pages that the input marks itself.
void by_form_feed(const Document& d, Proposal& out) {
  bool begins = true;
  for (const Line& line : d.lines) {
    if (begins) out.page(line, {}, false, "pages.form-feed", {100, {}});
    begins = line.at.end < d.source.size() && d.source[line.at.end] == '\f';
  }
}

bool bottom_furniture(const Document& d, std::size_t line) {
  const Node* block = d.block_of(d.lines[line]);
  return block != nullptr && block->name == "fw" && block->get("place") == "bottom";
}
bool top_furniture(const Document& d, std::size_t line) {
  const Node* block = d.block_of(d.lines[line]);
  return block != nullptr && block->name == "fw" && block->get("place") == "top";
}

// The raised marks that stand in the text of a line, as printed.
void gather_marks(std::string_view text, std::set<std::string, std::less<>>& marks) {
  for (std::size_t at = text.find('^'); at != text.npos; at = text.find('^', at + 1))
    if (const Mark mark = read_mark(text.substr(at)); mark && at > 0) marks.emplace(mark.shown);
}

class Finder {
 public:
  Finder(const Document& d, Proposal& out) : d_(d), out_(out) {
    for (std::size_t i = 0; i < d.lines.size(); ++i)
      if (!trim(d.lines[i].text).empty() && !watermark(i)) text_.push_back(i);
  }

  void run() {
    if (text_.empty()) return;
    out_.page(d_.lines[text_[0]], {}, false, "pages.first", {100, {}});
    paragraphs_ = one_line_a_paragraph();
    find_counted();
    for (std::size_t k = 1; k < text_.size(); ++k) step(k);
  }

 private:
  std::string_view text(std::size_t k) const { return trim(d_.lines[text_[k]].text); }

  bool watermark(std::size_t line) const {
    const Node* block = d_.block_of(d_.lines[line]);
    return block != nullptr && block->name == "fw" && block->get("type") == "watermark";
  }

  void begin(std::size_t k, std::string_view rule, Because because) {
    out_.page(d_.lines[text_[k]], {}, false, rule, because);
    in_notes_ = false;
  }

  void step(std::size_t k) {
    const std::size_t before = text_[k - 1], line = text_[k];
    if (bottom_furniture(d_, before) && !bottom_furniture(d_, line))
      return begin(k, "pages.after-foot", {95, "a page number or foot stands before"});
    if (top_furniture(d_, line) && !top_furniture(d_, before))
      return begin(k, "pages.running-head", {95, "a running head stands here"});
    if (bottom_furniture(d_, line)) return;
    if (counted_[k]) return;
    if (after_notes(k)) return begin(k, "pages.after-notes", {90, "notes end the page before"});
    if (paragraphs_ && !in_notes_ && torn(k)) begin(k, "pages.torn", {60, "a paragraph breaks off and goes on"});
  }

  // Between two page numbers that count on, both at the same edge, there is one page and no break.
  void find_counted() {
    counted_.assign(text_.size(), false);
    const Node* last = nullptr;
    for (std::size_t k = 0, from = 0; k < text_.size(); ++k) {
      const Node* block = d_.block_of(d_.lines[text_[k]]);
      const Number number =
          block != nullptr && block->name == "fw" ? read_whole_number(block->get("number")) : Number();
      if (!number) continue;
      if (last != nullptr && last->get("place") == block->get("place")) {
        const Number before = read_whole_number(last->get("number"));
        if (before.form == number.form && before.value + 1 == number.value)
          std::fill(counted_.begin() + static_cast<std::ptrdiff_t>(from),
                    counted_.begin() + static_cast<std::ptrdiff_t>(k), true);
      }
      last = block;
      from = k + 1;
    }
  }

  // Whether the line is the first behind the notes of a page. What stands between a note and the next number belongs to
  // the note, as long as no mark of that number stands in it.
  bool after_notes(std::size_t k) {
    if (opens_note(text(k))) {
      last_note_ = read_mark(text(k)).number;
      in_notes_ = true;
      return false;
    }
    if (!in_notes_) return false;
    if (begins_with_address(text(k)) && !ends_sentence(text(k - 1))) return false;
    for (std::size_t ahead = k; ahead < std::min(text_.size(), k + 3); ++ahead) {
      if (ahead > k && opens_note(text(ahead))) {
        const Number next = read_mark(text(ahead)).number;
        if (next.value == last_note_.value + 1) return false;
        break;
      }
      std::set<std::string, std::less<>> marks;
      gather_marks(text(ahead), marks);
      if (!marks.empty()) break;
    }
    return true;
  }

  bool torn(std::size_t k) const {
    const std::string_view before = text(k - 1), here = text(k);
    const bool one_script = is_cjk(last_character(before)) == is_cjk(first_character(here));
    return seems_torn(before) && continues_sentence(here) && one_script && !d_.is(d_.lines[text_[k]], "fw") &&
           !d_.is(d_.lines[text_[k - 1]], "fw") && wider_than(here, 20);
  }

  // Whether the text has a line for a paragraph, as transcripts have: then a line that breaks off was cut.
  bool one_line_a_paragraph() const {
    std::size_t long_lines = 0;
    for (const std::size_t i : text_) long_lines += wider_than(d_.lines[i].text, 120);
    return long_lines * 8 > text_.size();
  }

  const Document& d_;
  Proposal& out_;
  std::vector<std::size_t> text_;  // lines that are not blank
  std::vector<bool> counted_;      // of these: within a page, by the numbers on it and around
  bool paragraphs_ = false, in_notes_ = false;
  Number last_note_;
};

void run(const Document& d, const Rules&, Proposal& out) {
  if (d.source.find('\f') != std::string::npos)
    by_form_feed(d, out);
  else
    Finder(d, out).run();
}

}  // namespace

extern const Stage stage_pages{.name = "pages",
                               .summary = "Find where pages begin",
                               .needs = "furniture",
                               .provides = "pages",
                               .rules = nullptr,
                               .run = run};

}  // namespace emend
