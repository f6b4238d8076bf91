// The foot of a page as a sequence of lines that begin a note or go on with one.
#include "stages/60-notes/foot.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/60-notes/labels.h"
#include "stages/60-notes/marks.h"
#include "stages/60-notes/readings.h"
#include "weights/notes.h"

namespace emend {

namespace {

class Reader {
 public:
  Reader(const Document& d, const std::vector<FootLine>& lines, const NoteStyle& style, int last, int below)
      : d_(d), lines_(lines), style_(style), last_(last), below_(below), readings_(lines, style) {}

  Foot read() {
    Foot best{lines_.size(), readings_.declared() ? -1.0 : 0.0, {}};
    if (readings_.empty()) return best;
    // Where numbers run on and labels are misread, a chapter begins anew with 1 only if it is printed.
    const bool anew = style_.counted && last_ > 0 && !readings_.shows_one();
    try_from(1, best, anew ? -2 : readings_.declared() && !style_.by_page && last_ > 0 ? -0.5 : 0);
    if (!style_.by_page && last_ > 0) try_from(last_ + 1, best);
    const int printed = find_label_run(lines_, style_.form).first;
    if (style_.by_page && printed > 1 && std::any_of(readings_.begin(), readings_.end(), [&](const FootReading& r) {
          return r.value == printed && readings_.is_clear(r);
        }))
      try_from(printed, best);
    const bool behind = style_.counted && printed <= last_;  // a misread one
    if (!style_.by_page && printed > 1 && printed != last_ + 1 && !behind)
      try_from(printed, best, printed > last_ + 8 ? -2 : -1);
    return best;
  }

 private:
  double first_penalty(int value, int expected) const {
    if (value == expected || value == 1) return 0;
    return -0.8 - 0.3 * (value - expected);
  }

  // The best sequence whose first number is `low` or a little more.
  void try_from(int low, Foot& best, double handicap = 0) {
    if (low >= below_) return;
    const std::size_t n = readings_.size();
    const std::size_t m = std::min({n + 1, most_foot_notes + 1, static_cast<std::size_t>(below_ - low)});
    std::vector<float> g((n + 1) * (m + 3), 0.0f);
    std::vector<std::uint8_t> step((n + 1) * (m + 3), 0);
    const auto cell = [&](std::size_t k, std::size_t v) { return k * (m + 3) + v; };
    std::vector<double> starts(m);
    for (std::size_t k = n; k-- > 0;) {
      const double going_on = readings_.go_on(k);
      for (std::size_t v = 1; v < m; ++v) starts[v] = readings_.start(readings_[k], low + static_cast<int>(v));
      for (std::size_t v = 0; v < m; ++v) {
        double value = going_on + static_cast<double>(g[cell(k + 1, v)]);
        std::uint8_t how = 0;
        for (std::uint8_t jump = 1; jump <= 3 && v + jump < m; ++jump) {
          const double other =
              starts[v + jump] + (jump - 1) * notes::lost_note + static_cast<double>(g[cell(k + 1, v + jump)]);
          if (other > value) value = other, how = jump;
        }
        g[cell(k, v)] = static_cast<float>(value);
        step[cell(k, v)] = how;
      }
    }
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t v = 0; v < std::min<std::size_t>(m, 4); ++v) {
        const double first = readings_.start(readings_[k], low + static_cast<int>(v));
        const double score = handicap + first + first_penalty(low + static_cast<int>(v), low) +
                             static_cast<double>(g[cell(k + 1, v)]) + (lines_[readings_[k].line].gap ? 0.3 : 0.0);
        const FootLine& line = lines_[readings_[k].line];
        if ((first > 0 ||
             (first > -0.9 && (line.noted ? k == 0 : low == 1 && v == 0 && FootReadings::is_short(line)))) &&
            score > best.score + 1e-6)
          best = build(k, v, low, score, step, m);
      }
  }

  Foot build(std::size_t k, std::size_t v, int low, double score, const std::vector<std::uint8_t>& step,
             std::size_t m) const {
    Foot foot{readings_[k].first(), score, {}};
    foot.notes.push_back(open(k, low + static_cast<int>(v)));
    for (++k; k < readings_.size(); ++k) {
      const std::uint8_t how = step[k * (m + 3) + v];
      if (how != 0)
        foot.notes.push_back(open(k, low + static_cast<int>(v += how)));
      else
        take(k, foot.notes.back());
    }
    for (const std::size_t t : readings_.trailing()) take_label(t, foot.notes.back());
    return foot;
  }

  Note open(std::size_t r, int value) const {
    const FootReading& reading = readings_[r];
    Note note;
    note.first = lines_[reading.first()].line;
    note.mark.form = style_.form;
    note.mark.number.value = value;
    const bool in_line = reading.value == value;
    note.read = in_line || reading.placed == value || readings_.floats(value);
    note.shown = in_line ? std::string(lines_[reading.line].mark.shown) : write_mark(value, style_.form);
    for (const std::size_t k : reading.alone) take_label(k, note);
    const bool printed = reading.placed == value || readings_.floats(value);
    if (reading.label_end > 0 && !(printed && !in_line)) {
      const std::size_t blank = indent_of(reading.line);
      note.labels.push_back({lines_[reading.line].line, 0, blank + reading.label_end});
    }
    note.last = lines_[reading.line].line;
    return note;
  }

  void take(std::size_t r, Note& note) const {
    for (const std::size_t k : readings_[r].alone) take_label(k, note);
    note.last = lines_[readings_[r].line].line;
  }
  void take_label(std::size_t k, Note& note) const {
    note.labels.push_back({lines_[k].line, 0, d_.lines[lines_[k].line].text.size()});
    note.last = std::max(note.last, lines_[k].line);
  }
  std::size_t indent_of(std::size_t k) const {
    return static_cast<std::size_t>(lines_[k].text.data() - d_.lines[lines_[k].line].text.data());
  }

  const Document& d_;
  const std::vector<FootLine>& lines_;
  const NoteStyle& style_;
  int last_, below_;  // the numbers lie between these
  const FootReadings readings_;
};

}  // namespace

LabelRun find_label_run(const std::vector<FootLine>& lines, MarkForm form) {
  NoteStyle style;
  style.form = form;
  std::vector<int> values;
  for (std::size_t k = lines.size() > most_foot_lines ? lines.size() - most_foot_lines : 0; k < lines.size(); ++k) {
    const Mark& mark = lines[k].mark;
    const bool alone = mark.length == lines[k].text.size();
    const bool no_label = alone && (form == MarkForm::symbol || numbers_formula(lines, k));
    if (!lines[k].listed && fits(mark, lines[k].text, style) && !no_label) values.push_back(mark.number.value);
  }
  if (values.empty()) return {};
  const auto has = [&](int v) { return std::find(values.begin(), values.end(), v) != values.end(); };
  LabelRun run{values.back(), values.back(), 1};
  while (has(run.last + 1)) ++run.last, ++run.notes;
  for (;;) {
    if (has(run.first - 1))
      --run.first;
    else if (run.first > 2 && has(run.first - 2))
      run.first -= 2;
    else
      return run;
    ++run.notes;
  }
}

Foot read_foot(const Document& d, const std::vector<FootLine>& lines, const NoteStyle& style, int last, int below) {
  return Reader(d, lines, style, last, below).read();
}

std::string write_mark(int value, MarkForm form) {
  const std::string digits = std::to_string(value);
  switch (form) {
    case MarkForm::bracketed: return "[" + digits + "]";
    case MarkForm::parenthesised: return "(" + digits + ")";
    case MarkForm::circled: {
      const std::string shown = write_number(value, Numeral::circled);
      return shown.empty() ? digits : shown;
    }
    case MarkForm::symbol: {
      const std::string shown = write_number(value, Numeral::symbol);
      return shown.empty() ? "*" : shown;
    }
    case MarkForm::superscript: return write_number(value, Numeral::superscript);
    case MarkForm::closed: return digits + ")";
    default: return digits;
  }
}

}  // namespace emend
