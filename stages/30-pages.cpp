// Finds where pages begin: at form feeds, or, where the input marks none, behind notes at the foot, at running heads
// and page numbers, and where a paragraph breaks off.
#include <algorithm>
#include <map>

#include "pipeline/document/proposal.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/pages.h"

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

// Whether a note mark of one of the forms that a transcript may set can begin with this byte.
bool may_open_mark(char c) {
  constexpr std::string_view leads = "^[(\xC2\xE2\xE3\xEF";  // ¹, ① ⁴, 〔 【, （ ［
  return leads.find(c) != leads.npos;
}

// Marks that tell themselves from the text without a caret. (1) numbers examples and formulas, and only with its word,
// （注1）, notes.
bool set_off(const Mark& mark) {
  return mark.form == MarkForm::circled || mark.form == MarkForm::bracketed || mark.form == MarkForm::superscript ||
         (mark.form == MarkForm::parenthesised &&
          (mark.shown.find("注") != mark.shown.npos || mark.shown.find("註") != mark.shown.npos));
}

// Calls f(mark, place) for every mark within the line that has a caret or tells itself from the text.
template <class F>
void each_mark(std::string_view text, F f) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (!may_open_mark(text[at])) continue;
    const Mark mark = read_mark(text.substr(at));
    if (!mark || (!mark.raised && !set_off(mark))) continue;
    f(mark, at);
    at += mark.length - 1;
  }
}

// Whether the line is a formula that is set in a line of its own: a sign of relation or its number at the end, and
// hardly a word. A sentence that it interrupts is no torn one.
bool displayed_formula(std::string_view text) {
  constexpr std::u32string_view relations = U"=≈∝~≤≥<>∈→∼≡";
  bool related = false;
  std::size_t words = 0, letters = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    related = related || relations.find(c) != relations.npos;
    words += is_han(c);
    letters = is_letter(c) ? letters + 1 : 0;
    words += letters == 4;
  }
  constexpr std::size_t few = 6;
  if (words >= few) return false;
  const std::size_t open = text.rfind('(');
  const bool numbered = open != text.npos && text.ends_with(')') && open + 1 < text.size() &&
                        is_digit(static_cast<unsigned char>(text[open + 1]));
  return related || numbered;
}

class PageEnds {
 public:
  PageEnds(const Document& d, Proposal& out) : d_(d), out_(out) {
    for (std::size_t i = 0; i < d.lines.size(); ++i)
      if (!trim(d.lines[i].text).empty() && !watermark(i)) text_.push_back(i);
  }

  void run() {
    if (text_.empty()) return;
    out_.page(d_.lines[text_[0]], {}, false, "pages.first", {100, {}});
    paragraphs_ = one_line_a_paragraph();
    set_apart_ = blank_between_paragraphs();
    find_counted();
    find_notes();
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
    if (paragraphs_ && !in_notes_ && (!set_apart_ || blank_before(k)) && torn(k))
      begin(k, "pages.torn", {60, "a paragraph breaks off and goes on"});
  }

  // Between two page numbers that count on, both at the same edge, there is one page and no break, if it can be one.
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
        const std::uint32_t length = d_.lines[text_[k]].at.begin - d_.lines[text_[from - 1]].at.begin;
        if (before.form == number.form && before.value + 1 == number.value && length <= pages::longest_page)
          std::fill(counted_.begin() + static_cast<std::ptrdiff_t>(from),
                    counted_.begin() + static_cast<std::ptrdiff_t>(k), true);
      }
      last = block;
      from = k + 1;
    }
  }

  // The lines that begin a note: those with a caret, and, in a text with a line for a paragraph, those with ①, [1],
  // （注1） or ¹ whose mark stands in the text of the page above. Numbered items and lists of references have no such
  // marks, or not so near; in a form of which most labels have none it is not notes that are labelled.
  void find_notes() {
    notes_.assign(text_.size(), {});
    struct Form {
      std::map<int, std::uint32_t> marks;  // of the text above that have no note yet: number, place
      std::vector<std::pair<std::size_t, Mark>> found;
      std::size_t labels = 0;
    };
    std::map<MarkForm, Form> forms;
    for (std::size_t k = 0; k < text_.size(); ++k) {
      const std::uint32_t here = d_.lines[text_[k]].at.begin;
      const Mark label = read_mark(text(k));
      if (opens_note(text(k))) {
        notes_[k] = label;
      } else if (paragraphs_ && set_off(label) && text(k).size() > label.length) {
        Form& form = forms[label.form];
        ++form.labels;
        const auto mark = form.marks.find(label.number.value);
        if (mark != form.marks.end() && here - mark->second <= pages::longest_page) form.found.emplace_back(k, label);
        if (mark != form.marks.end()) form.marks.erase(mark);
      }
      each_mark(text(k), [&](const Mark& mark, std::size_t at) {
        if (!mark.raised) forms[mark.form].marks[mark.number.value] = here + static_cast<std::uint32_t>(at);
      });
    }
    for (const auto& entry : forms) {
      const Form& form = entry.second;
      if (form.found.size() < pages::fewest_notes || form.found.size() * 3 < form.labels * 2) continue;
      for (const auto& [k, mark] : form.found) notes_[k] = mark;
    }
  }

  // Whether the line is the first behind the notes of a page. What stands between a note and the next number belongs to
  // the note, as long as no mark of that number stands in it.
  bool after_notes(std::size_t k) {
    if (notes_[k]) {
      last_note_ = notes_[k];
      in_notes_ = true;
      return false;
    }
    if (!in_notes_) return false;
    if (begins_with_address(text(k)) && !ends_sentence(text(k - 1))) return false;
    for (std::size_t ahead = k; ahead < std::min(text_.size(), k + 3); ++ahead) {
      if (ahead > k && notes_[ahead]) {
        if (notes_[ahead].number.value == last_note_.number.value + 1) return false;
        break;
      }
      bool marked = false;
      each_mark(text(ahead),
                [&](const Mark& mark, std::size_t) { marked = marked || mark.raised || mark.form == last_note_.form; });
      if (marked) break;
    }
    return true;
  }

  bool torn(std::size_t k) const {
    const std::string_view before = text(k - 1), here = text(k);
    const bool one_script = is_cjk(last_character(before)) == is_cjk(first_character(here));
    if (displayed_formula(before) || displayed_formula(here)) return false;
    return seems_torn(before) && continues_sentence(here) && one_script && !d_.is(d_.lines[text_[k]], "fw") &&
           !d_.is(d_.lines[text_[k - 1]], "fw") && wider_than(here, 20);
  }

  // Whether the text has a line for a paragraph, as transcripts have: then a line that breaks off was cut.
  bool one_line_a_paragraph() const {
    std::size_t long_lines = 0;
    for (const std::size_t i : text_) long_lines += wider_than(d_.lines[i].text, 120);
    return long_lines * 8 > text_.size();
  }

  bool blank_before(std::size_t k) const { return text_[k] > text_[k - 1] + 1; }

  // Whether blank lines part the paragraphs: then lines without one between them are lines of one paragraph.
  bool blank_between_paragraphs() const {
    std::size_t blanks = 0;
    for (std::size_t k = 1; k < text_.size(); ++k) blanks += blank_before(k);
    return blanks * 4 > text_.size();
  }

  const Document& d_;
  Proposal& out_;
  std::vector<std::size_t> text_;  // lines that are not blank
  std::vector<bool> counted_;      // of these: within a page, by the numbers on it and around
  bool paragraphs_ = false, set_apart_ = false, in_notes_ = false;
  std::vector<Mark> notes_;  // of these: the labels of those that begin a note
  Mark last_note_;
};

void run(const Document& d, const Rules&, Proposal& out) {
  if (!d.pages.empty()) return;  // the source declares them
  if (d.source.find('\f') != std::string::npos)
    by_form_feed(d, out);
  else
    PageEnds(d, out).run();
}

}  // namespace

extern const Stage stage_pages{.name = "pages",
                               .summary = "Find where pages begin",
                               .needs = "furniture",
                               .provides = "pages",
                               .rules = nullptr,
                               .run = run};

}  // namespace emend
