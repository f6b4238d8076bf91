// Runs of numbered paragraphs held against the marks of the page above them.
#include "stages/60-notes/lone.h"

#include <algorithm>
#include <array>
#include <optional>

#include "pipeline/text/script.h"
#include "weights/notes.h"

namespace emend {

namespace {

// How a mark is set, from what tells least to what tells most.
enum class Setting { loose, bracketed, glued, raised };

struct SeenMark {
  MarkPlace place;
  Setting setting = Setting::loose;
};

struct Label {
  Mark mark;
  std::size_t end = 0;  // bytes of the line's current text
  bool lists = false;   // the members of a list are numbered so
};

// A bullet, blanks and the figures behind them, with a stop: `- 3. `. Numbers in brackets are of works that are cited.
std::optional<Label> read_label(std::string_view whole) {
  std::string_view text = trim(whole);
  if (text.size() > 2 && (text[0] == '-' || text[0] == '*') && text[1] == ' ') text = trim(text.substr(2));
  Label label{read_note_mark(text)};
  const Mark& mark = label.mark;
  const bool other = mark.form == MarkForm::symbol || (mark.form == MarkForm::bracketed && !mark.raised);
  if (!mark || other || mark.length >= text.size()) return {};
  std::string_view rest = text.substr(mark.length);
  if (rest.starts_with(".")) rest.remove_prefix(1);
  const bool address = begins_with_address(rest);
  rest = trim(rest);
  const char32_t next = first_character(rest);
  std::size_t letters = 0;
  for (std::size_t i = 0; i < rest.size() && letters < notes::least_letters;) {
    const char32_t c = next_character(rest, i);
    letters += is_letter(c) || is_han(c);
  }
  if (letters < notes::least_letters || is_digit(next)) return {};
  const bool glued = text.substr(mark.length).data() == rest.data();
  if (mark.form == MarkForm::bare && glued && !mark.raised && !address && !is_upper(next)) return {};
  label.end = static_cast<std::size_t>(rest.data() - whole.data());
  label.lists = !mark.raised && (mark.form == MarkForm::closed || mark.form == MarkForm::parenthesised ||
                                 text.substr(mark.length).starts_with("."));
  return label;
}

// A number, or a few words with one at their beginning or end: what stands at the foot of a page below its notes.
bool is_running_foot(std::string_view text) {
  constexpr std::u32string_view signs = U"*_ ";
  const auto is_sign = [&](std::size_t at) { return signs.find(first_character(text.substr(at))) != signs.npos; };
  while (!text.empty() && is_sign(character_before(text, text.size()))) text.remove_suffix(1);
  while (!text.empty() && is_sign(0)) text.remove_prefix(1);
  if (wider_than(text, notes::longest_foot)) return false;
  const Number number = read_number(text);
  return (number && (number.length == text.size() || text[number.length] == ' ')) || is_digit(last_character(text));
}

class LoneNotes {
 public:
  LoneNotes(const NotesOfBook& book, const Told& told)
      : book_(book), d_(book.d), told_(told), noted_(told.noted()), cites_works_(numbers_works()) {}

  std::vector<LoneNote> find() {
    std::vector<LoneNote> found;
    for (std::size_t k = 0; k < d_.lines.size();) {
      std::vector<Note> notes = read_run(k);
      if (notes.empty()) {
        ++k;
        continue;
      }
      k = notes.back().last + 1;
      for (LoneNote& note : with_marks(std::move(notes))) {
        from_ = note.note.last + 1;
        found.push_back(std::move(note));
      }
    }
    return found;
  }

 private:
  // Whether the works of a list have numbers in brackets: those of the text are answered there.
  bool numbers_works() const {
    std::size_t works = 0;
    for (std::size_t k = 0; k < book_.sources.size() && works < notes::least_works; ++k) {
      const Mark mark = read_note_mark(book_.text(k));
      works += !mark.raised && book_.numbers_work(k, mark.form);
    }
    return works == notes::least_works;
  }

  bool is_text(std::size_t k) const {
    return k < d_.lines.size() && !book_.blocked(k) && !(k < noted_.size() && noted_[k]) && !book_.text(k).empty();
  }
  bool is_item(std::size_t k) const {
    const Node* said = d_.declaration(d_.lines[k]);
    return said != nullptr && said->name == "item";
  }
  bool begins_paragraph(std::size_t k) const { return k == 0 || !is_text(k - 1) || is_item(k); }

  // The paragraphs from line k on whose labels count on.
  std::vector<Note> read_run(std::size_t k) const {
    std::vector<Note> notes;
    while (is_text(k)) {
      const std::optional<Label> label = read_label(d_.lines[k].text);
      const int value = label ? label->mark.number.value : 0;
      const int last = notes.empty() ? 0 : notes.back().mark.number.value;
      const bool counts = notes.empty() ? begins_paragraph(k) && value > 0 : value > last && value <= last + 2;
      if (!label || !counts) break;
      Note& note = notes.emplace_back();
      note.first = k;
      note.mark = label->mark;
      note.shown = label->mark.shown;
      note.labels.push_back({k, 0, label->end});
      for (++k; is_text(k) && !is_item(k) && !begins_next(k, value); ++k) {
      }
      note.last = k - 1;
      while (k < d_.lines.size() && book_.text(k).empty()) ++k;
    }
    return notes;
  }

  bool begins_next(std::size_t k, int value) const {
    const std::optional<Label> label = read_label(d_.lines[k].text);
    return label && label->mark.number.value == value + 1;
  }

  // The run, if it is one of notes.
  std::vector<LoneNote> with_marks(std::vector<Note> notes) const {
    if (notes.front().mark.number.value == 1 && announced(notes.front().first)) return {};
    const std::vector<SeenMark> marks = marks_above(notes);
    if (marks.empty()) return {};
    const bool apart = ends_page(notes.back().last) || cuts_sentence(notes.front().first, notes.back().last);
    std::vector<LoneNote> found;
    std::size_t answered = 0;
    const SeenMark* last = nullptr;
    bool list = false, all_raised = true;
    for (Note& note : notes) {
      list = list || is_item(note.first) || read_label(d_.lines[note.first].text)->lists;
      const SeenMark* mark = best_mark(marks, note.mark.number.value, last);
      LoneNote& lone = found.emplace_back(LoneNote{std::move(note), {}, 0, {}});
      all_raised = all_raised && mark != nullptr && mark->setting == Setting::raised;
      if (mark == nullptr) continue;
      ++answered;
      last = mark;
      say_mark(*mark, lone);
    }
    const bool enough = list || !apart ? answered == found.size() : answered > 0 && answered * 3 >= found.size();
    return enough && (apart || all_raised) ? found : std::vector<LoneNote>();
  }

  static void say_mark(const SeenMark& mark, LoneNote& lone) {
    lone.mark = mark.place;
    switch (mark.setting) {
      case Setting::raised: lone.sure = 95, lone.reason = "a raised mark has the number of this paragraph"; break;
      case Setting::glued:
        lone.sure = 85, lone.reason = "a figure behind a word has the number of this paragraph";
        break;
      case Setting::bracketed: lone.sure = 75, lone.reason = "a number in brackets is that of this paragraph"; break;
      case Setting::loose: lone.sure = 60, lone.reason = "a figure behind a sentence has the number of this paragraph";
    }
  }

  // Of the marks with that number the one that is set most clearly; of several, the next behind the last note's.
  static const SeenMark* best_mark(const std::vector<SeenMark>& marks, int value, const SeenMark* last) {
    const SeenMark* best = nullptr;
    for (const SeenMark& mark : marks) {
      if (mark.place.mark.number.value != value || (last != nullptr && &mark <= last)) continue;
      if (best == nullptr || mark.setting > best->setting) best = &mark;
    }
    return best;
  }

  // In the order of the text.
  std::vector<SeenMark> marks_above(const std::vector<Note>& notes) const {
    const int low = notes.front().mark.number.value, high = notes.back().mark.number.value;
    const std::size_t end = notes.front().first;
    const std::uint32_t at = d_.lines[end].at.begin;
    std::size_t first = end;
    while (first > from_ && at - d_.lines[first - 1].at.begin < notes::longest_page) --first;
    std::vector<SeenMark> marks;
    for (std::size_t line = first; line < end; ++line) {
      if (!is_text(line)) continue;
      for (SeenMark& mark : marks_in(line))
        if (const int value = mark.place.mark.number.value; value >= low && value <= high)
          marks.push_back(std::move(mark));
    }
    return marks;
  }

  std::vector<SeenMark> marks_in(std::size_t line) const {
    std::vector<SeenMark> marks;
    if (d_.lines[line].text.find_first_of("0123456789^\xC2\xE2") == std::string_view::npos) return marks;
    const std::size_t from = first_text(d_.lines[line].text);
    Mark like;
    const auto find = [&](MarkForm form, bool raised, Setting setting) {
      like.form = form;
      like.raised = raised;
      std::vector<MarkPlace> places;
      find_marks(d_, line, like, from, places);
      for (const MarkPlace& place : places)
        if (!place.doubtful && !told_.named(place))
          marks.push_back({place, place.mark.form == MarkForm::superscript ? Setting::raised : setting});
    };
    find(MarkForm::none, true, Setting::raised);
    find(MarkForm::bare, false, Setting::glued);
    if (!cites_works_) find(MarkForm::bracketed, false, Setting::bracketed);
    std::vector<MarkPlace> loose;
    find_loose_marks(d_, line, loose);
    for (const MarkPlace& place : loose)
      if (ends_sentence(d_.lines[line].text.substr(0, place.begin))) marks.push_back({place, Setting::loose});
    std::stable_sort(marks.begin(), marks.end(),
                     [](const SeenMark& a, const SeenMark& b) { return a.place.begin < b.place.begin; });
    return marks;
  }

  // Whether the text above announces a list.
  bool announced(std::size_t first) const {
    while (first > 0 && book_.text(first - 1).empty()) --first;
    const char32_t last = first > 0 ? last_character(book_.text(first - 1)) : U' ';
    return last == ':' || last == U'：';
  }

  // Whether nothing but furniture stands behind the line on its page, or one line that may be.
  bool ends_page(std::size_t line) const {
    std::size_t feet = 0;
    for (std::size_t k = line + 1; k < d_.lines.size() && d_.lines[k].page == d_.lines[line].page; ++k) {
      if (book_.text(k).empty() || book_.is(k, "fw")) continue;
      if (++feet > 1 || !is_running_foot(book_.text(k))) return false;
    }
    return true;
  }

  // Whether the lines stand within a sentence of the text.
  bool cuts_sentence(std::size_t first, std::size_t last) const {
    std::size_t before = first, behind = last + 1;
    while (before > 0 && book_.text(before - 1).empty()) --before;
    while (behind < d_.lines.size() && book_.text(behind).empty()) ++behind;
    return before > 0 && is_text(before - 1) && is_text(behind) && seems_torn(book_.text(before - 1)) &&
           continues_sentence(book_.text(behind));
  }

  const NotesOfBook& book_;
  const Document& d_;
  const Told& told_;
  const std::vector<bool>& noted_;
  const bool cites_works_;  // by numbers in brackets
  std::size_t from_ = 0;    // behind the notes found last
};

}  // namespace

std::vector<LoneNote> find_lone_notes(const NotesOfBook& book, const Told& told) {
  if (book.sure_pages && book.d.meta("markup").empty() && book.d.declared.empty()) return {};
  return LoneNotes(book, told).find();
}

}  // namespace emend
