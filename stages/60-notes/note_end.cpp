// Where a note ends that is followed by text.
#include "stages/60-notes/note_end.h"

#include <algorithm>
#include <iterator>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/notes.h"

namespace emend {

namespace {

int quotes_opened(std::string_view text) {
  int open = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    open += c == U'「' || c == U'“' || c == U'«' ? 1 : c == U'」' || c == U'”' || c == U'»' ? -1 : 0;
  }
  return open;
}

// A line that does not fill its measure, and announces nothing: the last of a paragraph.
bool ends_in_short_line(const FootLine& line, std::size_t measure) {
  const char32_t last = last_character(line.text);
  return columns(line.text) * 100 < measure * 85 && last != ':' && last != ',' && last != U'：' && last != U'，' &&
         line.mark.length < line.text.size();
}

// Whether `least` lines from `k` on, or more, are as long as the page's: none is longer or nearly as wide as the
// note's, and most fill the measure. One may be longer, as a formula is, and fewer full, where the note `ends`.
bool in_measure(std::vector<FootLine>::const_iterator k, std::vector<FootLine>::const_iterator end, std::size_t measure,
                std::size_t wider, bool ends, std::ptrdiff_t least) {
  constexpr std::ptrdiff_t enough = 8;
  const std::ptrdiff_t lines = std::min(enough, end - k);
  if (lines < least) return false;
  std::ptrdiff_t full = 0, longer = 0;
  for (auto line = k; line != k + lines; ++line) {
    const std::size_t width = columns(line->text);
    longer += width * 100 > measure * 108 || width * 100 > wider * 94;
    full += width * 100 >= measure * 85;
  }
  return longer <= (ends && lines == enough ? 1 : 0) && full * (ends ? 2 : 4) >= lines * (ends ? 1 : 3);
}

// Whether another paragraph begins with `k`, as Markdown tells it by a blank line, and no second one of the note: the
// line before it is not cut, and announces nothing.
bool begins_paragraph(const FootLine& before, const FootLine& line) {
  const char32_t last = last_character(before.text);
  return line.gap && !line.noted && before.mark.length < before.text.size() && last != '-' && last != U',' &&
         last != U'，' && last != ':' && last != U'：' && !is_lower(first_character(line.text));
}

}  // namespace

void end_before_imprint(const Rules& rules, const std::vector<FootLine>& lines, Note& note) {
  constexpr std::ptrdiff_t most = 6;  // lines of one
  const auto end = std::find_if(lines.begin(), lines.end(), [&](const FootLine& l) { return l.line > note.last; });
  const auto first = std::find_if(lines.begin(), end, [&](const FootLine& l) { return l.line > note.first; });
  for (auto k = end; k != first && end - k < most;) {
    --k;
    if (!k->gap) continue;
    const bool imprint =
        std::any_of(k, end, [&](const FootLine& l) { return rules.test("imprint", l.text) != nullptr; });
    if (!imprint) return;
    note.last = std::prev(k)->line;
    std::erase_if(note.labels, [&](const NoteLabel& label) { return label.line > note.last; });
    return;
  }
}

void end_before_text(const Document& d, const std::vector<FootLine>& lines, Note& note, std::size_t measure,
                     bool torn) {
  const auto first = std::find_if(lines.begin(), lines.end(), [&](const FootLine& l) { return l.line > note.first; });
  if (first == lines.begin() || first == lines.end()) return;
  const auto end = std::find_if(first, lines.end(), [&](const FootLine& l) { return l.line > note.last; });
  const FootLine& head = *std::prev(first);
  const std::size_t own = columns(trim(head.text.substr(head.mark.length)));
  const bool small_type = own * 100 > measure * 108 && own * 10 < measure * 15;
  const bool marked_up = !d.meta("markup").empty();
  int quotes = 0;  // open: a note does not end within its quotation
  for (auto k = first; k != end; ++k) {
    const std::string_view before = std::prev(k)->text;
    quotes += quotes_opened(before);
    const bool ends_short = torn && ends_in_short_line(*std::prev(k), small_type ? own : measure);
    const bool cut = before.ends_with('-');  // and no part of the next line, if that begins anew
    if (cut && is_lower(first_character(k->text))) continue;
    const bool ends = quotes <= 0 && k->opener <= 0 && (ends_sentence(before) || ends_short || cut);
    const bool much = d.lines[note.last].at.end - d.lines[k->line].at.begin >= notes::least_text;
    const bool apart = ends && much && k->gap && !is_lower(first_character(k->text));
    const bool paragraph = marked_up && quotes <= 0 && begins_paragraph(*std::prev(k), *k);
    const bool wider = small_type && in_measure(k, end, measure, own, ends, 8);
    if (!apart && !wider && !paragraph &&
        !((ends_short || (cut && small_type)) && ends && in_measure(k, end, measure, measure * 6 / 5, true, 4)))
      continue;
    const bool labelled = std::any_of(note.labels.begin(), note.labels.end(),
                                      [&](const NoteLabel& label) { return label.line >= k->line; });
    if (labelled) continue;
    note.last = std::prev(k)->line;
    return;
  }
}

}  // namespace emend
