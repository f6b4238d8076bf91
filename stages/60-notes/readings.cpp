// Reads the lines of a foot one by one: labels in them, above them, beside them, and what else speaks for a note.
#include "stages/60-notes/readings.h"

#include <algorithm>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/60-notes/labels.h"
#include "stages/60-notes/marks.h"
#include "weights/notes.h"

namespace emend {

namespace {

// The width that most lines have.
std::size_t usual(std::vector<std::size_t> widths) {
  std::sort(widths.begin(), widths.end());
  std::size_t best = 0, most = 0;
  for (std::size_t i = 0, k = 0; i < widths.size(); ++i) {
    while (k < widths.size() && widths[k] * 100 <= widths[i] * 106) ++k;
    if (k - i > most) most = k - i, best = widths[k - 1];
  }
  return best;
}

// A line, or two that a hyphen once divided.
bool fills(std::size_t width, std::size_t measure) {
  return (width * 100 >= measure * 85 && width * 100 <= measure * 104) ||
         (width * 100 >= measure * 188 && width * 100 <= measure * 204);
}

// Whether a figure from `low` to `high` stands behind a word and between blanks.
bool shows_mark(std::string_view text, int low, int high) {
  for (std::size_t at = text.find(' '); at != text.npos; at = text.find(' ', at + 1)) {
    const Number number = read_number(text.substr(at + 1));
    const std::string_view behind = text.substr(std::min(text.size(), at + 1 + number.length));
    if (number.form == Numeral::arabic && number.value >= low && number.value <= high &&
        (behind.empty() || behind[0] == ' '))
      return true;
  }
  return false;
}

bool has_words(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size() && letters < 4;) {
    const char32_t c = next_character(text, i);
    letters += is_han(c) ? 2 : is_letter(c);
  }
  return letters >= 4;
}

bool labelled(const FootReading& reading) { return reading.value != 0 || reading.placed != 0; }

}  // namespace

FootReadings::FootReadings(const std::vector<FootLine>& lines, const NoteStyle& style)
    : lines_(lines), style_(style), tail_(lines.size() > most_foot_lines ? lines.size() - most_foot_lines : 0) {
  for (const FootLine& line : lines) {
    declared_ = declared_ || line.noted;
    raised_ = raised_ || is_seen_label(line);
  }
  gather();
  see_text();
  for (std::size_t r = 0; r < readings_.size(); ++r) weigh(r);
}

bool FootReadings::is_short(const FootLine& line) { return line.gap && columns(line.text) < notes::short_line; }

// Labels in lines of their own are laid beside the lines; the first of several stands before the next line, the
// others float: they belong to some line that no printed label claims.
void FootReadings::gather() {
  std::vector<std::size_t> alone;
  bool bullet = false, apart = false;  // a bullet waits for its text; it has it, and a label still waits
  const auto float_the_rest = [&] {
    for (std::size_t i = 1; i < alone.size(); ++i) floating_.push_back(value_of(alone[i]));
  };
  for (std::size_t k = tail_; k < lines_.size(); ++k) {
    const std::string_view text = lines_[k].text;
    const Mark& mark = lines_[k].mark;
    if (lines_[k].aside) {
      if (mark.form == style_.form) floating_.push_back(mark.number.value);
      continue;
    }
    const bool mine = !lines_[k].listed && (fits(mark, text, style_) || is_seen_label(lines_[k]));
    if (mine && text.size() == mark.length && style_.form != MarkForm::symbol && !numbers_formula(lines_, k)) {
      alone.push_back(k);
      continue;
    }
    FootReading r;
    r.line = k;
    if (is_lone_bullet(text))
      bullet = true;
    else if (bullet && !alone.empty())
      apart = true, bullet = false;
    else if (lines_[k].gap)
      bullet = false, r.apart = std::exchange(apart, false);
    if (apart || bullet) {
      readings_.push_back(std::move(r));
      continue;
    }
    read_label(r, mine);
    if (!alone.empty()) r.placed = value_of(alone.front()), float_the_rest();
    r.alone = std::move(alone);
    alone.clear();
    readings_.push_back(std::move(r));
  }
  for (const std::size_t k : alone) floating_.push_back(value_of(k));
  trailing_ = std::move(alone);
}

// The label in the line itself, read or misread; `mine`: it has the form of the book's.
void FootReadings::read_label(FootReading& r, bool mine) const {
  const std::string_view text = lines_[r.line].text;
  const Mark& mark = lines_[r.line].mark;
  if (mine && text.size() > mark.length) {
    r.value = mark.number.value;
    r.label_end = end_of_label(text, mark.length);
    return;
  }
  r.label_end = read_odd_label(text, r.odd);
  r.digits = digits_in(text.substr(0, r.label_end));
  if (style_.form == MarkForm::closed && (r.label_end == 0 || is_ordinal(mark, text)))
    r.label_end = read_grown_label(text, r.odd);
  if (style_.noisy && lines_[r.line].opener > 0) r.label_end = std::max(r.label_end, lines_[r.line].opener_at);
}

// A number that stands above the line with which it begins is a label, whatever follows it.
bool FootReadings::is_seen_label(const FootLine& line) const {
  return line.raised && line.mark && line.mark.form == style_.form && !line.mark.raised;
}

// Where labels are read well, one that stands above its line, or between brackets, is the number that it shows.
bool FootReadings::is_clear(const FootReading& reading) const {
  const FootLine& line = lines_[reading.line];
  return !style_.noisy && reading.value != 0 && line.noted && (line.raised || style_.form != MarkForm::bare);
}

bool FootReadings::shows_one() const {
  return std::any_of(readings_.begin(), readings_.end(),
                     [](const FootReading& r) { return r.value == 1 || r.placed == 1; });
}

// Where labels came loose, the notes begin somewhere above the first label that kept its place. They do not begin
// above a mark of theirs; and where they are set in smaller type, what fills the measure of the text is no part of
// one.
void FootReadings::see_text() {
  std::size_t first = 0;
  while (first < readings_.size() && !labelled(readings_[first])) ++first;
  if (floating_.empty() || first == readings_.size()) return;
  std::vector<std::size_t> text, notes;
  for (std::size_t r = 0; r < readings_.size(); ++r) (r < first ? text : notes).push_back(width_of(r));
  constexpr std::size_t enough = 4;  // lines
  const std::size_t measure = usual(text), small = usual(notes);
  if (text.size() >= enough && notes.size() >= enough && small * 100 > measure * 108)
    for (std::size_t r = 0; r < first; ++r) readings_[r].of_text = fills(width_of(r), measure);
  if (style_.form != MarkForm::bare) return;
  const auto [low, high] = std::minmax_element(floating_.begin(), floating_.end());
  for (std::size_t r = first; r-- > 0;)
    if (shows_mark(lines_[readings_[r].line].text, *low, std::max(*high, readings_[first].placed))) {
      for (std::size_t k = 0; k <= r; ++k) readings_[k].above_mark = true;
      return;
    }
}

std::size_t FootReadings::width_of(std::size_t r) const { return columns(lines_[readings_[r].line].text); }

// A declared line of a note: its label need not be readable, but something speaks for a beginning.
double FootReadings::declared_start(const FootReading& reading, int value) const {
  const FootLine& line = lines_[reading.line];
  double evidence = line.raised ? notes::declared_raised : 0;
  if (raised_ && !line.raised && !style_.noisy) return -2;  // the others stand above their lines
  if (reading.placed == value || reading.value == value) return notes::label_read + evidence / 2;
  evidence += std::min(notes::most_odd, reading.odd) + std::min(notes::most_opener, line.opener) +
              (line.indented ? notes::indented : 0);
  evidence += line.behind_full    ? (line.behind_seen ? notes::behind_full_seen : notes::behind_full)
              : reading.line == 0 ? notes::first_line
              : line.behind_seen  ? notes::behind_short_seen
                                  : notes::behind_short;
  if (floats(value)) evidence += notes::declared_floats;
  if (reading.value != 0) evidence -= is_clear(reading) ? notes::clear_other : notes::unclear_other;
  if (!line.raised && is_lower(first_character(line.text))) evidence -= notes::small_letter;
  if (line.behind_hyphen) evidence -= notes::behind_hyphen;
  return evidence - notes::begins_anyhow;
}

// How well the line begins the note of that number.
double FootReadings::start(const FootReading& reading, int value) const {
  if (lines_[reading.line].noted) return declared_start(reading, value);
  if (reading.placed == value) return notes::label_read;
  // A mark that begins a line of the text goes on with its sentence.
  if (reading.value == value && reading.placed == 0) return reading.goes_on ? notes::label_goes_on : notes::label_read;
  // Two labels stood before this line, or its label came loose.
  if (reading.placed != 0 && reading.placed < value) return -2;
  if (floats(value)) return reading.floating;
  // The figures of the number may still stand there: 217 for 21 and a blank, 4d. for 4 Ed.
  const bool figures =
      reading.figures != reading.unshown && lines_[reading.line].text.starts_with(std::to_string(value));
  return (figures ? reading.figures : reading.unshown) + (figures ? 0 : remains_of(reading, value));
}

// Of the two figures of a number one is often lost: '4 for 14, 5! for 51.
double FootReadings::remains_of(const FootReading& reading, int value) const {
  const int shown = reading.value != 0 ? reading.value : reading.digits;
  if (!style_.counted || value < 10 || shown <= 0) return 0;
  if (shown == value) return notes::remains;
  return shown < 10 && (value % 10 == shown || value / 10 == shown) ? notes::remains : 0;
}

bool FootReadings::floats(int value) const {
  return std::find(floating_.begin(), floating_.end(), value) != floating_.end();
}

// Where labels have another form, ordinals of which one follows the other are a list: no label is misread so twice.
bool FootReadings::counts_on(const FootLine& line) const {
  if (style_.form == MarkForm::bare || !is_ordinal(line.mark, line.text)) return false;
  const int value = line.mark.number.value;
  return std::any_of(lines_.begin(), lines_.end(), [&](const FootLine& other) {
    return is_ordinal(other.mark, other.text) &&
           (other.mark.number.value == value + 1 || other.mark.number.value + 1 == value);
  });
}

// The table of lines and numbers asks each line many times: what does not hang on the number is kept.
void FootReadings::weigh(std::size_t r) {
  FootReading& reading = readings_[r];
  const FootLine& line = lines_[reading.line];
  const std::string_view before = r > 0 ? lines_[readings_[r - 1].line].text : std::string_view();
  reading.goes_on =
      style_.form == MarkForm::bare && !line.gap && is_lower(first_character(line.text.substr(reading.label_end)));
  reading.behind_end = r > 0 && (ends_sentence(before) || before.find("://") != std::string_view::npos);
  const bool lists =
      line.listed || counts_on(line) || (style_.counted && style_.dotted == 0 && is_ordinal(line.mark, line.text));
  if (reading.above_mark || lists) {
    reading.floating = reading.unshown = reading.figures = impossible_start;
    return;
  }
  reading.floating = notes::floating - (reading.of_text ? notes::floats_in_text : 0) +
                     (reading.behind_end ? notes::floats_behind_end : 0) +
                     std::min(notes::floats_before_opener, line.opener / 2) + (line.gap ? notes::floats_behind_gap : 0);
  reading.unshown = reading.figures = impossible_start;
  if (has_words(line.text)) unshown(reading, line);
}

void FootReadings::unshown(FootReading& reading, const FootLine& line) const {
  // In a book that is read well, a misread label fills the gap between the numbers around it, and does no more.
  // Where labels stand in lines of their own, one may have been lost.
  if (!style_.noisy) {
    if (reading.behind_end && reading.value == 0 && reading.odd >= 1)
      reading.unshown = -0.5;
    else if (!floating_.empty() && reading.behind_end && reading.value == 0)
      reading.unshown = -1;
    reading.figures = reading.unshown;
    return;
  }
  const bool bare = style_.form == MarkForm::bare;
  double evidence = reading.odd + line.opener + (line.gap ? notes::unshown_behind_gap : 0) +
                    (reading.behind_end ? notes::unshown_behind_end : 0);
  if (is_short(line) || (line.gap && line.opener > 0)) evidence += notes::note_in_a_line;
  if (reading.label_end == 0 && is_lower(first_character(line.text))) evidence -= 1;  // the rest of a sentence
  const auto score = [&](double sum) {
    if (reading.value == 0) return std::min(notes::most_unshown, sum) - notes::begins_anyhow;
    return bare && !line.gap && line.opener == 0
               ? -1
               : std::max(0.3, std::min(notes::most_unshown, sum) - notes::begins_anyhow);
  };
  reading.unshown = score(evidence);
  reading.figures = bare && line.gap && reading.odd > 0 ? score(evidence + notes::figures_stand) : reading.unshown;
}

double FootReadings::go_on(std::size_t r) const {
  double cost = readings_[r].of_text ? -notes::text_goes_on : -notes::line_goes_on;
  if (readings_[r].placed != 0) cost -= notes::placed_goes_on;
  if (style_.noisy && lines_[readings_[r].line].gap) cost -= notes::gap_goes_on;
  if (style_.noisy) cost -= notes::odd_goes_on * std::max(0.0, readings_[r].odd + lines_[readings_[r].line].opener - 1);
  return cost;
}

}  // namespace emend
