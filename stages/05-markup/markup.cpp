// Reads Markdown, where a text is written in it: hides its markup and declares what it says.
//
// Markup is source that is kept: hidden from the text by edits, so that undoing them gives it back byte for byte. What
// needs no judgement (tables, images, formulas, code) is named at once; of headings the source is a witness, whose
// levels the book must bear out; marks of notes are respelled as the stage for notes knows them.
//
// Phrases are read by a parser of CommonMark. Lines are not: what OCR tools write is a line a thing, and CommonMark's
// blocks take words away from what is no Markdown by the letter (commonmark.cpp says how).
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/matter.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "stages/05-markup/aozora.h"
#include "stages/05-markup/contents_table.h"
#include "stages/05-markup/evidence.h"
#include "stages/05-markup/fences.h"
#include "stages/05-markup/gutenberg.h"
#include "stages/05-markup/inner_notes.h"
#include "stages/05-markup/labelled.h"
#include "stages/05-markup/labels_as_items.h"
#include "stages/05-markup/line_form.h"
#include "stages/05-markup/note_labels.h"
#include "stages/05-markup/page_rules.h"
#include "stages/05-markup/phrases.h"
#include "stages/05-markup/proofreaders.h"
#include "stages/05-markup/table_lines.h"
#include "stages/05-markup/title_lines.h"
#include "stages/05-markup/unknown.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

constexpr std::size_t most_quoted = 16;  // bytes of > before the words of a line

class MarkupReader {
 public:
  MarkupReader(const Document& d, const Rules& rules, Proposal& out)
      : d_(d), rules_(rules), out_(out), fences_(d, out) {
    for (const Line& line : d.lines) forms_.push_back(form_of(line.text));
    items_ = labels_as_items(d);
    inner_notes_ = find_inner_notes(d);
  }

  void run() {
    out_.meta("markup", "Markdown", d_.lines.empty() ? Span{} : Span{0, 0}, "markup.found");
    rules_are_pages_ = rules_mark_pages(d_, forms_);
    find_title();
    for (std::size_t i = 0; i < d_.lines.size();) i = read(i);
    quotations();
    tell_unknown(d_, unknown_, out_);
    if (!plain_heads_.empty())
      out_.doubt(d_.lines[plain_heads_.front()].at, "markup.plain-head",
                 {75, "the source sets the whole heading off, which is the look of headings and is left to the book" +
                          and_more(plain_heads_.size())});
    if (!marks_.empty()) {
      if (!d_.lines.empty() && marks_.front() != 0) out_.page(d_.lines[0], {}, false, "markup.page", {100, {}});
      for (const std::size_t i : marks_) out_.page(d_.lines[i], {}, false, "markup.page", {100, "the source marks it"});
    }
  }

 private:
  std::string_view text(std::size_t i) const { return d_.lines[i].text; }

  void hide(std::size_t i) {
    if (!text(i).empty()) out_.edit(d_.lines[i], 0, text(i).size(), "", "markup.hidden");
  }
  void hide(std::size_t i, std::size_t begin, std::size_t end) {
    if (cuts_character(text(i), end)) return;
    out_.edit(d_.lines[i], begin, end, "", "markup.hidden");
  }

  // Reads what begins at line `i`; gives the line behind it.
  std::size_t read(std::size_t i) {
    switch (forms_[i]) {
      case LineForm::blank: return i + 1;
      case LineForm::heading: return heading(i);
      case LineForm::underline: return hide_if_heading(i);
      case LineForm::rule:
        if (i > 0 && is_underlined(i - 1)) return hide(i), i + 1;
        if (rules_are_pages_) marks_.push_back(i);
        hide(i);
        return i + 1;
      case LineForm::code_fence: return fences_.code(i);
      case LineForm::formula_fence: return trim(text(i)) == "\\]" ? words(i) : fences_.formula(i);
      case LineForm::formula: return whole_formula(i);
      case LineForm::table_row: return pipe_table(i);
      case LineForm::image: return image(i);
      case LineForm::html_table: return html_table(i);
      case LineForm::labelled: return labelled(i);
      case LineForm::page_mark: marks_.push_back(i); [[fallthrough]];
      case LineForm::comment: hide(i); return i + 1;
      default: return words(i);
    }
  }

  std::size_t heading(std::size_t i) {
    const HashHeading h = hash_heading(text(i));
    if (h.begin > 0) hide(i, 0, h.begin);
    if (h.end < text(i).size()) hide(i, h.end, text(i).size());
    if (!read_phrases(d_.lines[i], h.begin, h.end, PhraseSetting::heading, out_)) plain_heads_.push_back(i);
    if (i < title_begin_ || i > title_end_)
      out_.declare(i, i, "head", "level=" + std::to_string(h.level), "markup.head");
    return i + 1;
  }

  // === or --- right below a line that stands alone.
  bool is_underlined(std::size_t i) const { return emend::is_underlined(d_, forms_, i); }
  std::size_t hide_if_heading(std::size_t i) {
    if (i == 0 || !is_underlined(i - 1)) return words(i);
    hide(i);
    return i + 1;
  }

  // The lines of a paragraph, which emphasis may go through; gives the line behind.
  std::size_t words(std::size_t i) {
    std::size_t end = i + 1;
    while (end < i + most_fenced && goes_on(end)) ++end;
    std::vector<std::string_view> lines;
    bool plain = true;
    for (std::size_t k = i; k < end; ++k) {
      lines.push_back(text(k));
      plain = plain && !has_phrases(text(k));
    }
    const Paragraph paragraph = plain ? Paragraph{} : pieces_of(lines);
    for (std::size_t k = i; k < end; ++k) {
      const std::size_t from = begin_words(k);
      if (!plain) read_phrases(d_.lines[k], from, paragraph.lines[k - i], paragraph.targets, out_, &raised_);
    }
    return end;
  }

  bool goes_on(std::size_t i) const {
    if (i >= forms_.size() || forms_[i] != LineForm::text || bullet(i) != 0 || is_underlined(i)) return false;
    const std::string_view s = trim(text(i));
    const std::size_t behind = std::min(s.find_first_not_of("0123456789"), s.size());
    if (s[0] == '>' || (behind > 0 && behind < s.size() && (s[behind] == '.' || s[behind] == ')'))) return false;
    const std::uint32_t begin = d_.lines[i].at.begin;
    return begin == 0 || d_.source[begin - 1] != '\f';
  }

  // Lines behind > are a quotation, a paragraph of them at a time.
  void quotations() {
    for (std::size_t i = 0, end; i < quoted_.size(); i = end) {
      for (end = i + 1; end < quoted_.size() && quoted_[end] == quoted_[end - 1] + 1;) ++end;
      out_.block(quoted_[i], quoted_[end - 1], "quote", "", "markup.held");
    }
  }

  // Where the words begin that are quoted in the line, or 0; >>> is what a computer asks with.
  static std::size_t quoted(std::string_view s) {
    std::size_t from = 0;
    while (!s.starts_with(">>>") && from < std::min(s.size(), most_quoted) && s[from] == '>')
      from += s.substr(from + 1).starts_with(' ') ? 2 : 1;
    return from;
  }

  // What a line of words begins with; gives where they begin.
  std::size_t begin_words(std::size_t i) {
    const std::string_view s = text(i);
    if (!inner_notes_.empty() && (inner_notes_[i].label || inner_notes_[i].hidden > 0)) return begin_inner_note(i);
    std::size_t from = quoted(s);
    if (from > 0) hide(i, 0, from);
    if (from > 0 && from < s.size()) quoted_.push_back(i);
    if (is_underlined(i))
      out_.declare(i, i, "head", forms_[i + 1] == LineForm::underline ? "level=1" : "level=2", "markup.head");
    const std::size_t sign = std::min(s.find_first_not_of(' ', from), s.size());  // an inner list is set in
    if (sign == from || is_item(i))
      if (s.substr(sign).starts_with("* ") || s.substr(sign).starts_with("+ ")) {
        out_.edit(d_.lines[i], sign, sign + 1, "-", "markup.bullet");
        from = sign + 2;
      }
    if (is_item(i)) out_.declare(i, i, "item", "", "markup.item");
    raise_label(i, from, items_[i] == LabelForm::raised);
    if (items_[i] == LabelForm::bracketed) bracket_label(i, from);
    return from;
  }

  // The printed label is the note's, not the name that the tool gave the foot.
  std::size_t begin_inner_note(std::size_t i) {
    std::size_t from = inner_notes_[i].hidden;
    if (from > 0) hide(i, 0, from);
    if (inner_notes_[i].label) raise_label(i, from, true);
    return from;
  }

  // -, * or + before words, and another such line right above or below: alone it may be a dash.
  bool is_item(std::size_t i) const {
    return bullet(i) != 0 && ((i > 0 && bullet(i - 1) != 0) || (i + 1 < forms_.size() && bullet(i + 1) != 0));
  }
  char bullet(std::size_t i) const {
    const std::string_view s = trim(text(i));
    return forms_[i] == LineForm::text && s.size() > 2 && s[1] == ' ' && std::string_view("-*+").find(s[0]) != s.npos
               ? s[0]
               : '\0';
  }

  // Lines that a tag says to be something: a running head, a note.
  std::size_t labelled(std::size_t i) {
    const Label label = label_of(text(i));
    const std::size_t last = end_of_labelled(i, label);
    if (last == d_.lines.size()) return words(i);
    hide(i, label.begin, label.end);
    for (std::size_t k = i; k <= last; ++k) {
      std::size_t from = k == i ? label.end : 0;
      const std::size_t end = k == last ? end_of_label(text(k), label) : text(k).size();
      if (label.name == "note") raise_label(k, from, true);
      read_phrases(d_.lines[k], from, end, PhraseSetting::text, out_, &raised_);
      if (k == last) hide(k, end, text(k).size());
    }
    const std::string_view words =
        trim(text(i).substr(label.end, i == last ? end_of_label(text(i), label) - label.end : text(i).npos));
    const bool opens =
        label.name == "header" && i == last && (read_numbering(rules_, words) || read_matter(rules_, words) != nullptr);
    out_.declare(i, last, label.name, opens ? "opens=part" : "", "markup.labelled");
    if (label.name == "caption") caption(i, last, label.said == "figure");
    if (label.name == "unknown") unknown_[{label.said, end_of_label(text(i), label) == label.end}].push_back(i);
    return last + 1;
  }

  // A caption is of the table below it, or of the figure above it, or of one of which it is all that there is.
  void caption(std::size_t first, std::size_t last, bool of_figure) {
    const std::size_t next = next_words(last + 1);
    const bool table = !of_figure && next < forms_.size() &&
                       (forms_[next] == LineForm::html_table || forms_[next] == LineForm::table_row);
    if (table) {
      caption_begin_ = first, caption_last_ = last, caption_end_ = next;
    } else {
      out_.block(first, last, "figure", "", "markup.caption");
      for (std::size_t k = first + 1; k <= last; ++k) out_.join(d_.lines[k], " ", "markup.caption");
    }
  }

  // The first line from `i` on that is not blank.
  std::size_t next_words(std::size_t i) const {
    while (i < forms_.size() && forms_[i] == LineForm::blank) ++i;
    return i;
  }

  // The line with the tag that ends the label, on the same page; or the number of lines.
  std::size_t end_of_labelled(std::size_t i, const Label& label) {
    std::size_t& unclosed = unclosed_labels_.try_emplace(label.tag, d_.lines.size()).first->second;
    if (i >= unclosed) return d_.lines.size();
    for (std::size_t k = i; k < std::min(d_.lines.size(), i + most_fenced); ++k) {
      if (end_of_label(text(k), label) != std::string_view::npos) return k;
      if (d_.lines[k].at.end < d_.source.size() && d_.source[d_.lines[k].at.end] == '\f') return d_.lines.size();
    }
    unclosed = i;
    return d_.lines.size();
  }

  // The label of a note is one mark, whatever its spelling.
  void raise_label(std::size_t i, std::size_t& from, bool note) {
    const SpelledLabel label = note_label(text(i), from, note);
    if (label.mark.empty() || !raised_.contains(label.mark)) return;
    const bool blank = label.end < text(i).size() && text(i)[label.end] != ' ';
    out_.edit(d_.lines[i], from, label.end, "^" + label.mark + (blank ? " " : ""), "markup.note-label",
              {90, "the text has a raised mark of this number"});
    from = label.end;
  }

  // 2. where the other labels are [1] and [3].
  void bracket_label(std::size_t i, std::size_t from) {
    const std::size_t end = text(i).find_first_of(".)", from);
    if (end == std::string_view::npos) return;
    out_.edit(d_.lines[i], from, end + 1, "[" + std::string(trim(text(i).substr(from, end - from))) + "]",
              "markup.note-label", {80, "the text has a mark of this number, and the labels beside it are set so"});
  }

  std::size_t whole_formula(std::size_t i) {
    read_phrases(d_.lines[i], 0, text(i).size(), PhraseSetting::text, out_);
    out_.block(i, i, "p", "", "markup.formula");
    return i + 1;
  }

  std::size_t pipe_table(std::size_t i) {
    std::size_t end = i;
    bool drawn = false;
    while (end < forms_.size() && (forms_[end] == LineForm::table_row || forms_[end] == LineForm::delimiter_row)) {
      drawn = drawn || forms_[end] == LineForm::delimiter_row;
      ++end;
    }
    if (!drawn) {
      std::size_t next = i;
      while (next < end) next = words(next);
      return next;
    }
    if (is_contents_table(d_, rules_, forms_, i, end)) return read_contents_table(d_, forms_, i, end, out_), end;
    begin_table(i, end - 1);
    read_pipe_table(d_, i, end - 1, out_);
    return end;
  }

  std::size_t html_table(std::size_t i) {
    const std::size_t last = end_of_html_table(d_, i, most_fenced);
    begin_table(i, last);
    read_html_table(d_, i, last, out_);
    return last + 1;
  }

  // A table, from its caption on if the source declares one above it.
  void begin_table(std::size_t first, std::size_t last) {
    const bool captioned = caption_end_ > 0 && caption_end_ == first;
    out_.block(captioned ? caption_begin_ : first, last, "table", "", "markup.table");
    if (captioned) out_.block(caption_begin_, caption_last_, "caption", "", "markup.caption");
  }

  std::size_t image(std::size_t i) {
    if (!stays_as_it_is(text(i))) return words(i);
    const std::size_t tag = text(i).find("<img "), size = text(i).size();
    const std::size_t begin = tag == text(i).npos ? 0 : tag,
                      end = tag == text(i).npos ? size : text(i).find('>', tag) + 1;
    if (begin > 0) out_.phrase(d_.lines[i], 0, begin, "markup", "", "markup.image");
    read_phrases(d_.lines[i], begin, end, PhraseSetting::text, out_);
    if (end < size) out_.phrase(d_.lines[i], end, size, "markup", "", "markup.image");
    out_.block(i, i, "figure", "", "markup.image");
    out_.declare(i, i, "image", "", "markup.image");
    return i + 1;
  }

  void find_title() {
    const auto lines = find_title_lines(d_, rules_, forms_);
    if (!lines) return;
    std::tie(title_begin_, title_end_) = *lines;
    out_.block(title_begin_, title_end_, "titlePage", "", "markup.title", {85, "the heading above all others"});
    const int level = hash_heading(text(title_begin_)).level;
    for (std::size_t i = title_end_ + 1; i < forms_.size(); ++i)
      if (forms_[i] == LineForm::heading && hash_heading(text(i)).level <= level) {
        out_.doubt(d_.lines[title_begin_].at, "markup.title",
                   {75, "the source has it as a heading no higher than others; it is read as the title of the whole"});
        break;
      }
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  Fences fences_;
  std::vector<LineForm> forms_;
  std::vector<InnerNote> inner_notes_;         // by line, or empty
  std::vector<LabelForm> items_;               // by line: the label for which an item of a list stands
  std::vector<std::size_t> marks_;             // lines where pages begin
  std::set<std::string, std::less<>> raised_;  // marks of notes so far
  std::vector<std::size_t> quoted_;            // lines behind >
  bool rules_are_pages_ = false;
  std::vector<std::size_t> plain_heads_;  // headings whose emphasis holds all of them
  UnknownNames unknown_;
  std::map<std::string_view, std::size_t> unclosed_labels_;             // by the tag
  std::size_t caption_begin_ = 0, caption_last_ = 0, caption_end_ = 0;  // the last one, and the line of words behind it
  std::size_t title_begin_ = 1, title_end_ = 0;                         // lines of the title page; none
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  if (d.form.empty() && is_from_proofreaders(d)) return read_proofreaders(d, out);
  if (d.form.empty() && is_from_gutenberg(d)) return read_gutenberg(d, out);
  if (d.form.empty() && is_from_aozora(d)) return read_aozora(d, out);
  if (is_markdown(d)) MarkupReader(d, rules, out).run();
}

}  // namespace

extern const Stage stage_markup{.name = "markup",
                                .summary = "Hide markup, and declare what it says",
                                .needs = "lines",
                                .provides = "markup",
                                .rules = &embedded::rules_structure,
                                .run = run};

}  // namespace emend
