// The evidence for a foot: labels that are due, marks that answer them, and no text between them.
#include "stages/60-notes/belief.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "weights/notes.h"

namespace emend {

namespace {

// (x), (v): a letter in brackets is a number among its neighbours, and an argument or a member of a list alone.
bool is_lone_letter(const Note& note) {
  return note.mark.form == MarkForm::parenthesised && note.mark.number.value > 1 && note.shown.size() == 3 &&
         is_letter(first_character(std::string_view(note.shown).substr(1)));
}

// 1. and 1) number the members of lists more often than notes.
bool numbers_lists(MarkForm form) { return form == MarkForm::bare || form == MarkForm::closed; }

bool has_letters(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size() && letters < 2;) {
    const char32_t c = next_character(text, i);
    letters += is_letter(c) || is_han(c);
  }
  return letters == 2;
}

// A misread label before words that notes begin with: “See, ©Ibid.
bool opens_with_words(const FootLine& line) {
  constexpr double words = 1.5;
  return line.opener >= words && line.opener_at > 0;
}

bool is_due(const NoteStyle& style, int first, int last) {
  return style.by_page ? first <= 2 : (first > last && first <= last + 4) || first == 1;
}

// The first line below a heading begins its text.
bool follows_heading(const NotesOfBook& book, const Lines& lines, std::size_t first) {
  const auto at = std::lower_bound(lines.begin(), lines.end(), first);
  return at != lines.begin() && at != lines.end() && book.is(*std::prev(at), "head");
}

}  // namespace

bool has_text_between(const std::vector<FootLine>& lines, std::size_t from, MarkForm form) {
  if (form != MarkForm::parenthesised) return false;
  std::size_t labels = 0, followed = 0, others = 0, gaps = 0;
  bool text = false;  // behind the last label
  for (std::size_t k = from; k < lines.size(); ++k) {
    if (lines[k].mark.form == form) {
      ++labels, followed += text, text = false;
      continue;
    }
    ++others, gaps += lines[k].gap;
    const char32_t c = first_character(lines[k].text);
    text = text || (lines[k].gap && (is_upper(c) || is_han(c)));
  }
  return followed > 0 && (followed + 1) * 2 >= labels && gaps * 2 <= others;
}

bool are_figures(const std::vector<FootLine>& lines, MarkForm form) {
  std::size_t alone = 0, above_text = 0;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    if (lines[k].mark.form != form || lines[k].mark.length != lines[k].text.size()) continue;
    ++alone;
    above_text += k + 1 < lines.size() && has_letters(lines[k + 1].text);
  }
  return alone >= notes::least_believed && above_text * 3 < alone * 2;
}

double believe(const NotesOfBook& book, const Lines& lines, const std::vector<FootLine>& foot_lines, const Foot& foot,
               const NoteStyle& style, int last) {
  const int marked = count_marked(book, lines, foot.notes, style), first = foot.notes.front().mark.number.value;
  if (foot.notes.size() == 1 && is_lone_letter(foot.notes.front())) return 0;
  if (has_text_between(foot_lines, foot.first, style.form)) return 0;
  const auto read = std::count_if(foot.notes.begin(), foot.notes.end(), [](const Note& n) { return n.read; });
  if (marked * 4 < static_cast<int>(foot.notes.size()) && are_figures(foot_lines, style.form)) return 0;
  if (book.numbers_work(foot.notes.front().first, style.form)) return 0;
  const double score = foot.score + 2 * marked;
  if (marked == 0 && follows_heading(book, lines, foot.notes.front().first)) return 0;
  if (marked > 0 && marked * 2 >= static_cast<int>(foot.notes.size())) return score;
  // The numbers of a list of works count on, as those of notes do; but no mark answers them.
  if (book.lists_works(foot.notes.front().first)) return 0;
  if (!style.usual || !is_due(style, first, last)) return 0;
  const FootLine& top = foot_lines[foot.first];
  const bool opens = opens_with_words(top), apart = top.gap || opens;
  if (style.by_page && style.noisy) {
    const int linked = count_linked(book, lines, foot.notes, style, apart);
    const auto count = static_cast<double>(foot.notes.size());
    const bool clear = style.form != MarkForm::closed &&
                       ((apart && foot.score >= std::max(1.5, 0.7 * count)) || (top.gap && opens && foot.score >= 1));
    if (linked * 2 < count && !clear) return 0;
  }
  if (read > 0 && (!numbers_lists(style.form) || style.noisy || (!style.by_page && first == last + 1))) return score;
  if (!style.noisy || !(apart || foot.score >= 3)) return 0;
  const bool all_linked = count_linked(book, lines, foot.notes, style) == static_cast<int>(foot.notes.size());
  return foot.score >= (all_linked ? 0.7 : 1.0) ? score : 0;
}

bool ends_column(const NotesOfBook& book, const Lines& lines, const Foot& foot, const NoteStyle& style, int last) {
  if (foot.notes.empty()) return false;
  const int first = foot.notes.front().mark.number.value;
  const bool due = style.by_page ? first == 1 : first > last && first <= last + 3;
  return due && count_marked(book, lines, foot.notes, style) == static_cast<int>(foot.notes.size());
}

}  // namespace emend
