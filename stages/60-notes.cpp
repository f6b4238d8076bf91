// Finds the notes at the foot of pages and at the ends of chapters, and the mark that each belongs to.
//
// Marks in the text and notes are two ordered sequences, by page or by chapter. They are aligned as a whole (longest
// common subsequence of their numbers, Wagner and Fischer 1974), so that a lost, doubled or misread mark costs one link
// and not the rest; what stands alone between two links is paired with low certainty, what is left is reported.
#include <algorithm>
#include <optional>
#include <set>

#include "pipeline/document/proposal.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"

namespace emend {

namespace {

struct Place {
  std::size_t line = 0, begin = 0, end = 0;  // bytes of the line's current text
  Mark mark;
};

struct Note {
  std::size_t first = 0, last = 0;  // lines
  std::size_t label_end = 0;        // of the first line's text: the printed mark and the blanks behind it
  Mark mark;
  bool continues = false;           // the first part stands on the page before
};

// Marks that are compared with notes must be set as the notes' own marks are.
bool same_setting(const Mark& a, const Mark& b) { return a.raised == b.raised && a.form == b.form; }

bool before_mark_is_text(std::string_view text, std::size_t at) {
  return at > 0 && !is_blank(first_character(text.substr(character_before(text, at))));
}

// A bare number is a mark only where it is glued to a word or to the punctuation behind it.
bool bare_mark(std::string_view text, std::size_t at, const Mark& mark) {
  if (!before_mark_is_text(text, at)) return false;
  const char32_t before = first_character(text.substr(character_before(text, at)));
  const char32_t after = first_character(text.substr(at + mark.length));
  constexpr std::u32string_view glue = U".,;:!?”’\"'»)）。，；：！？》」』…";
  const bool glued = is_letter(before) || is_han(before) || glue.find(before) != glue.npos;
  const bool decimal = (before == '.' || before == ',') && at >= 2 && is_digit(first_character(text.substr(at - 2)));
  return glued && !decimal && !is_digit(after) && !is_letter(after) && !(is_han(before) && is_han(after));
}

// Where marks set like `like` stand in a line, apart from its first character.
void find_marks(const Document& d, std::size_t line, const Mark& like, std::size_t from, std::vector<Place>& out) {
  const std::string_view text = d.lines[line].text;
  for (std::size_t at = from; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool possible = like.raised ? byte == '^'
                          : like.form == MarkForm::bare ? byte >= '1' && byte <= '9'
                          : like.form == MarkForm::bracketed || like.form == MarkForm::parenthesised
                              ? byte == '[' || byte == '(' || byte == 0xEF || byte == 0xE3
                              : byte == '*' || byte == 0xE2 || byte == 0xC2 || byte == 0xE3;
    if (!possible) continue;
    const Mark mark = read_mark(text.substr(at));
    if (!mark || mark.raised != like.raised || (!like.raised && !same_setting(mark, like))) continue;
    if (mark.form == MarkForm::bare && !mark.raised && !bare_mark(text, at, mark)) {
      while (at + 1 < text.size() && is_digit(static_cast<char32_t>(text[at + 1]))) ++at;
      continue;
    }
    out.push_back({line, at, at + mark.length, mark});
    at += mark.length - 1;
  }
}

struct Pairing {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // mark, note
  std::vector<std::uint8_t> sure;
};

// Longest common subsequence of the numbers; then single strays between two links are paired.
Pairing align(const std::vector<Place>& marks, const std::vector<Note>& notes) {
  const std::size_t n = marks.size(), m = notes.size();
  std::vector<std::uint32_t> best((n + 1) * (m + 1));
  const auto cell = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return best[i * (m + 1) + j]; };
  const auto equal = [&](std::size_t i, std::size_t j) {
    return marks[i].mark.number.value == notes[j].mark.number.value && !notes[j].continues;
  };
  for (std::size_t i = n; i-- > 0;)
    for (std::size_t j = m; j-- > 0;)
      cell(i, j) = equal(i, j) ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
  Pairing out;
  std::size_t i = 0, j = 0, from_i = 0, from_j = 0;
  const auto stray = [&](std::size_t to_i, std::size_t to_j) {
    if (to_i - from_i == 1 && to_j - from_j == 1 && !notes[from_j].continues) {
      out.pairs.emplace_back(from_i, from_j);
      out.sure.push_back(45);
    }
  };
  while (i < n && j < m) {
    if (equal(i, j) && cell(i, j) == cell(i + 1, j + 1) + 1) {
      stray(i, j);
      out.pairs.emplace_back(i, j);
      out.sure.push_back(98);
      from_i = ++i;
      from_j = ++j;
    } else if (cell(i + 1, j) >= cell(i, j + 1)) ++i;
    else ++j;
  }
  stray(n, m);
  return out;
}

class Finder {
 public:
  Finder(const Document& d, Proposal& out) : d_(d), out_(out) {
    for (const Line& line : d.lines) raised_ = raised_ || opens_note(line.text);
  }

  void run() {
    for (std::size_t i = 0; i < d_.lines.size();) {
      std::uint32_t page = d_.lines[i].page;
      std::vector<std::size_t> lines;
      for (; i < d_.lines.size() && same_foot(page, d_.lines[i].page); ++i) {
        const Line& line = d_.lines[i];
        if (trim(line.text).empty() || d_.is(line, "fw")) continue;
        const Node* block = d_.block_of(line);
        if (block != nullptr && block->name == "head") meet_heading(*block);
        else if (block != nullptr && in_endnotes_) close_chapter(), in_endnotes_ = false;
        if (in_endnotes_ && !d_.is(line, "head")) endnote_lines_.push_back(i);
        else lines.push_back(i), chapter_text_.push_back(i);
      }
      page_foot(lines);
    }
    close_chapter();
  }

 private:
  // Whether two pages, one after the other, may share the notes at their foot: the break between them is only guessed.
  bool same_foot(std::uint32_t& page, std::uint32_t next) const {
    if (page != next && d_.pages[next].sure >= certain) return false;
    page = next;
    return true;
  }

  bool heading(std::size_t line) const { return d_.is(d_.lines[line], "head") || d_.lines[line].block >= 0; }

  // Gathered notes end at the next heading; a chapter that has none ends at the next of its kind.
  void meet_heading(const Node& head) {
    if (in_endnotes_ || head.get("level") == "1") close_chapter();
    in_endnotes_ = head.get("type") == "notes";
  }

  // ---- notes at the foot of a page

  void page_foot(const std::vector<std::size_t>& lines) {
    const std::size_t foot = foot_of(lines);
    std::vector<Note> notes = read_notes(lines, foot);
    std::vector<Place> marks;
    if (!notes.empty())
      for (std::size_t k = 0; k < foot; ++k)
        if (!d_.is(d_.lines[lines[k]], "entry")) find_marks(d_, lines[k], notes.back().mark, 0, marks);
    if (notes.empty() && raised_) find_raised(lines, marks);
    if (!notes.empty()) propose(marks, notes, "foot");
    else if (!marks.empty()) pending_.insert(pending_.end(), marks.begin(), marks.end());
    if (!notes.empty()) last_value_ = notes.back().mark.number.value;
  }

  void find_raised(const std::vector<std::size_t>& lines, std::vector<Place>& marks) const {
    Mark raised;
    raised.raised = true;
    for (const std::size_t line : lines)
      if (!d_.is(d_.lines[line], "entry")) find_marks(d_, line, raised, 0, marks);
  }

  // The index of the first line of the notes; lines.size() if the page has none.
  std::size_t foot_of(const std::vector<std::size_t>& lines) const {
    for (std::size_t s = 0; s < lines.size(); ++s) {
      if (heading(lines[s])) continue;
      const std::string_view text = trim(d_.lines[lines[s]].text);
      const Mark mark = read_mark(text);
      if (!mark || text.size() == mark.length || mark.raised != raised_) continue;
      if (raised_ ? rest_is_free(lines, s) : counts_down(lines, s, mark)) return with_continuation(lines, s);
    }
    return lines.size();
  }

  bool rest_is_free(const std::vector<std::size_t>& lines, std::size_t s) const {
    for (std::size_t k = s; k < lines.size(); ++k)
      if (heading(lines[k])) return false;
    return true;
  }

  // Whether the lines from `s` on are notes: numbers that count up to the end of the page, most of which are marked above.
  bool counts_down(const std::vector<std::size_t>& lines, std::size_t s, const Mark& first) const {
    if (s == 0 || !rest_is_free(lines, s)) return false;
    if (first.number.value != 1 && first.number.value != last_value_ + 1 && first.form != MarkForm::symbol) return false;
    std::vector<Place> above;
    for (std::size_t k = 0; k < s; ++k)
      if (!d_.is(d_.lines[lines[k]], "entry")) find_marks(d_, lines[k], first, 1, above);
    std::size_t marked = 0, notes = 0;
    int value = first.number.value - 1;
    for (std::size_t k = s; k < lines.size(); ++k) {
      const Mark mark = read_mark(trim(d_.lines[lines[k]].text));
      if (!mark || !same_setting(mark, first) || mark.number.value != value + 1) continue;
      value = mark.number.value;
      ++notes;
      marked += std::any_of(above.begin(), above.end(), [&](const Place& p) { return p.mark.number.value == value; });
    }
    return marked > 0 && marked * 2 >= notes;
  }

  // Lines above the first note that, set apart by a blank line, finish the last note of the page before.
  std::size_t with_continuation(const std::vector<std::size_t>& lines, std::size_t s) const {
    if (!open_note_ || s == 0) return s;
    std::size_t k = s;
    while (k > 0 && lines[k] - lines[k - 1] == 1 && !heading(lines[k - 1])) --k;
    return k > 0 && k < s && s - k <= 6 ? k : s;
  }

  std::vector<Note> read_notes(const std::vector<std::size_t>& lines, std::size_t foot) const {
    std::vector<Note> notes;
    for (std::size_t k = foot; k < lines.size(); ++k) {
      const std::string_view text = d_.lines[lines[k]].text;
      const std::size_t blank = static_cast<std::size_t>(trim(text).data() - text.data());
      const Mark mark = read_mark(trim(text));
      const bool opens = mark && mark.raised == raised_ && text.size() > blank + mark.length &&
                         (notes.empty() || notes.back().continues ||
                          (same_setting(mark, notes.back().mark) &&
                           (raised_ || mark.number.value == notes.back().mark.number.value + 1)));
      if (!opens && notes.empty()) {
        notes.push_back({lines[k], lines[k], 0, {}, true});
        continue;
      }
      if (!opens) {
        notes.back().last = lines[k];
        continue;
      }
      std::size_t end = blank + mark.length;
      while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '.')) ++end;
      notes.push_back({lines[k], lines[k], end, mark, false});
    }
    return notes;
  }

  // ---- notes at the end of a chapter


  void close_chapter() {
    if (!endnote_lines_.empty()) {
      std::vector<Note> notes = read_endnotes();
      std::vector<Place> marks;
      if (!notes.empty())
        for (const std::size_t line : chapter_text_)
          if (!heading(line)) find_marks(d_, line, notes.front().mark, 0, marks);
      pending_.clear();
      if (!notes.empty()) propose(marks, notes, "end");
    }
    for (const Place& p : pending_) propose_unresolved(p);
    pending_.clear();
    endnote_lines_.clear();
    chapter_text_.clear();
  }

  std::vector<Note> read_endnotes() const {
    std::vector<Note> notes;
    for (const std::size_t line : endnote_lines_) {
      const std::string_view text = d_.lines[line].text;
      const std::size_t blank = static_cast<std::size_t>(trim(text).data() - text.data());
      const Mark mark = read_mark(trim(text));
      const bool opens = mark && text.size() > blank + mark.length &&
                         (notes.empty() || (same_setting(mark, notes.front().mark) &&
                                            mark.number.value > notes.back().mark.number.value));
      if (opens) {
        std::size_t end = blank + mark.length;
        while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '.')) ++end;
        notes.push_back({line, line, end, mark, false});
      } else if (!notes.empty()) notes.back().last = line;
    }
    return notes;
  }

  // ---- saying so

  void propose(const std::vector<Place>& marks, const std::vector<Note>& notes, std::string_view place) {
    for (const Note& note : notes) propose(note, place);
    const Pairing pairing = align(marks, notes);
    std::vector<bool> marked(marks.size()), noted(notes.size());
    for (std::size_t p = 0; p < pairing.pairs.size(); ++p) {
      const auto [mark, note] = pairing.pairs[p];
      const std::uint8_t sure = pairing.sure[p];
      marked[mark] = noted[note] = true;
      const Span at = name_mark(marks[mark], notes[note].mark.shown);
      if (at.empty()) continue;
      out_.link("note", at, d_.hull(notes[note].first, notes[note].last), sure >= certain ? "notes.number" : "notes.between",
                {sure, sure >= certain ? "mark and note have the same number"
                                       : "the only mark and the only note between two that agree"});
    }
    const bool believed = notes.back().mark.raised || notes.back().mark.form == MarkForm::circled;
    for (std::size_t i = 0; i < marks.size(); ++i)
      if (!marked[i] && believed) propose_unresolved(marks[i]);
    for (std::size_t j = 0; j < notes.size(); ++j)
      if (!noted[j] && !notes[j].continues)
        out_.doubt(d_.hull(notes[j].first, notes[j].last), "notes.unanchored",
                   {40, "no mark for note " + std::string(notes[j].mark.shown) + " was found in the text"});
  }

  void propose(const Note& note, std::string_view place) {
    const Line& line = d_.lines[note.first];
    out_.block(note.first, note.last, "note", "n=" + std::string(note.mark.shown) + "\nplace=" + std::string(place),
               note.continues ? "notes.continued" : "notes.body", {90, {}});
    const Span at = d_.hull(note.first, note.last);
    if (note.continues && open_note_) {
      out_.link("continues", *open_note_, at, "notes.continued",
                {75, "the last note of the page before breaks off, and this stands before the first note"});
    } else {
      out_.phrase(line, 0, note.label_end, "label", "", "notes.label");
    }
    open_note_.reset();
    if (place == "foot" && !ends_sentence(d_.lines[note.last].text)) open_note_ = at;
  }

  // Nothing if the place was named before: a mark has one note.
  Span name_mark(const Place& p, std::string_view shown) {
    if (!named_.emplace(p.line, p.begin).second) return {};
    return out_.phrase(d_.lines[p.line], p.begin, p.end, "mark", "n=" + std::string(shown), "notes.mark", {95, {}});
  }

  void propose_unresolved(const Place& p) {
    const Span at = name_mark(p, p.mark.shown);
    if (!at.empty())
      out_.doubt(at, "notes.unresolved", {40, "no note for the mark " + std::string(p.mark.shown) + " was found"});
  }

  const Document& d_;
  Proposal& out_;
  bool raised_ = false;        // the book sets its marks with a caret
  bool in_endnotes_ = false;
  int last_value_ = 0;         // the number of the last note on an earlier page
  std::set<std::pair<std::size_t, std::size_t>> named_;
  std::optional<Span> open_note_;  // a note that seems to go on on the next page
  std::vector<std::size_t> chapter_text_, endnote_lines_;
  std::vector<Place> pending_;  // marks that wait for notes at the end of the chapter
};

void run(const Document& d, const Rules&, Proposal& out) { Finder(d, out).run(); }

}  // namespace

extern const Stage stage_notes{.name = "notes",
                               .summary = "Find the notes and the mark that each belongs to",
                               .needs = "pages headings",
                               .provides = "notes",
                               .rules = nullptr,
                               .run = run};

}  // namespace emend
