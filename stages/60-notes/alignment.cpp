// Alignment of marks and notes by dynamic programming.
#include "stages/60-notes/alignment.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/notes.h"

namespace emend {

namespace {

constexpr std::size_t most_cells = 4'000'000;
constexpr std::size_t longest_lemma = 28, longest_head = 90, longest_line = 4000;
constexpr double impossible = -1e6;
constexpr std::size_t longest_text = 12000;  // bytes in which it is counted how often words stand

// What stands before a place, folded, without quotation marks and brackets that close there.
std::u32string words_before(const Document& d, const MarkPlace& place) {
  std::string text;
  if (place.begin < 60 && place.line > 0) text = std::string(trim(d.lines[place.line - 1].text));
  const std::string_view line = d.lines[place.line].text;
  const std::size_t from = place.begin > 160 ? place.begin - 160 : 0;
  text.append(line.substr(from, place.begin - from));
  std::u32string out = folded(text);
  constexpr std::u32string_view closers = U"\"')]》」』】>?!.,;:";
  while (!out.empty() && closers.find(out.back()) != closers.npos) out.pop_back();
  if (out.size() > longest_lemma) out.erase(0, out.size() - longest_lemma);
  return out;
}

double worth(std::u32string_view words) {
  double sum = 0;
  for (const char32_t c : words) sum += is_han(c) ? 1 : is_letter(c) || is_digit(c) ? notes::letter_repeated : 0;
  return std::clamp(sum - notes::repeated_by_chance, 0.0, notes::most_repeated);
}

// What stands before the place, as far as the note repeats it at its beginning.
std::u32string_view repeated(std::u32string_view before, std::u32string_view head) {
  std::size_t length = 0;
  while (length < before.size() && head.find(before.substr(before.size() - length - 1)) != head.npos) ++length;
  return length < 2 ? std::u32string_view() : before.substr(before.size() - length);
}

double lemma(std::u32string_view before, std::u32string_view head) { return worth(repeated(before, head)); }

// The text that the places stand in, folded; nothing if it is long, as that of a chapter is.
std::u32string text_around(const Document& d, const std::vector<MarkPlace>& places) {
  std::string text;
  for (std::size_t i = places.front().line; i <= places.back().line; ++i) {
    text += d.lines[i].text;
    if (text.size() > longest_text) return {};
  }
  return folded(text);
}

// What engines make of raised figures in Latin script, by the last of them: of the signs that were marks in scans, four
// in five had one of these figures. 15 is read as !> and 16 as !°. They tell which note is meant, and not whether.
constexpr std::pair<char32_t, std::string_view> figures_of_signs[] = {
    {U'!', "12"}, {U'?', "23"}, {U'*', "4"}, {U'+', "4"}, {U'>', "5"}, {U'®', "68"}, {U'°', "069"}, {U'’', "79"}};

bool has_han(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (is_han(next_character(text, at))) return true;
  return false;
}

struct Shown {
  std::size_t signs = 0;  // at the place, or 0 if they tell nothing
  std::string_view last;  // the figures that the last may have been
};

// What the signs at the place tell; nothing among ideographs, whose marks have circles.
Shown figures_shown(const Document& d, const MarkPlace& place) {
  const std::string_view text = d.lines[place.line].text;
  if (place.mark || place.digits != 0 || place.begin == place.end || has_han(text)) return {};
  std::size_t signs = 0;
  char32_t sign = not_a_character;
  for (std::size_t at = place.begin; at < place.end; ++signs) sign = next_character(text, at);
  for (const auto& [read, figures] : figures_of_signs)
    if (read == sign) return {signs, figures};
  return {};
}

class Aligner {
 public:
  Aligner(const Document& d, const std::vector<MarkPlace>& places, const std::vector<Note>& notes,
          const NoteStyle& style)
      : places_(places),
        notes_(notes),
        need_(style.noisy ? notes::need_in_noise : notes::need),
        noisy_(style.noisy),
        faint_(style.faint) {
    for (const MarkPlace& p : places) {
      before_.push_back(words_before(d, p));
      places_at_.push_back(d.lines[p.line].at.begin);
      shown_.push_back(figures_shown(d, p));
    }
    if (!places.empty()) text_ = text_around(d, places);
    for (const Note& n : notes) {
      heads_.push_back(head_of(d, n));
      notes_at_.push_back(d.lines[n.first].at.begin);
    }
  }

  std::vector<NoteLink> align() {
    const std::size_t n = places_.size(), m = notes_.size();
    if (n == 0 || m == 0) return {};
    band_ = n * m <= most_cells ? m : std::max<std::size_t>(16, most_cells / n / 2);
    const std::size_t width = std::min(m, 2 * band_) + 2;
    // Rows hold the notes from `low(i)` on; step: 1 pairs, 2 leaves the place, 3 leaves the note.
    std::vector<double> next(m + 2, 0.0), row(m + 2, 0.0);
    std::vector<std::uint8_t> step((n + 1) * width, 2);
    for (std::size_t i = n; i-- > 0;) {
      const std::size_t from = low(i), to = std::min(m, from + width - 1);
      std::fill(row.begin(), row.end(), impossible);
      row[m] = next[m] + skip_place(i);
      for (std::size_t j = to; j-- > from;) {
        double best = next[j] + skip_place(i);
        std::uint8_t how = 2;
        if (row[j + 1] > best) best = row[j + 1], how = 3;
        const double pair = match(i, j) + next[j + 1];
        if (pair > best) best = pair, how = 1;
        row[j] = best;
        step[i * width + (j - from)] = how;
      }
      std::swap(row, next);
    }
    std::vector<NoteLink> links;
    for (std::size_t i = 0, j = 0; i < n && j < m;) {
      const std::size_t from = low(i);
      const std::uint8_t how = j < from ? 3 : j - from < width ? step[i * width + (j - from)] : 2;
      if (how == 1)
        links.push_back(link(i++, j++));
      else if (how == 2)
        ++i;
      else
        ++j;
    }
    return links;
  }

 private:
  std::size_t low(std::size_t i) const {
    const std::size_t middle = places_.size() < 2 ? 0 : i * notes_.size() / places_.size();
    return middle > band_ ? middle - band_ : 0;
  }

  bool printed(std::size_t i) const { return static_cast<bool>(places_[i].mark); }
  double skip_place(std::size_t i) const { return printed(i) && places_[i].mark.form != MarkForm::bare ? -1 : 0; }

  // Of two marks with the number of a note, the nearer is its own.
  double remoteness(std::size_t i, std::size_t j) const {
    const double bytes = static_cast<double>(notes_at_[j]) - static_cast<double>(places_at_[i]);
    return notes::remote * std::clamp(bytes / notes::far_away, 0.0, 1.0);
  }

  // The words that place and note share; of those that stand in many places of the text, each says as much less: a
  // unit is five times the odds.
  double words_at(std::size_t i, std::size_t j) const {
    const std::u32string_view words = repeated(before_[i], heads_[j]);
    if (words.empty()) return 0;
    const double sum = worth(words);
    if (sum <= 0 || text_.empty()) return sum;
    const auto [known, first] = often_.try_emplace(std::u32string(words), 0.0);
    if (first) {
      double count = 0;
      for (std::size_t at = text_.find(words); at != text_.npos; at = text_.find(words, at + words.size())) ++count;
      known->second = std::log(std::max(1.0, count)) / std::log(5.0);
    }
    return std::max(0.0, sum - known->second);
  }

  // Whether the sign there is what the note's last figure is read as, where there are as many signs as figures.
  double sign_of(std::size_t i, const Note& note) const {
    const std::string number = std::to_string(note.mark.number.value);
    if (note.mark.form != MarkForm::bare || shown_[i].signs != number.size()) return 0;
    return shown_[i].last.find(number.back()) != std::string_view::npos ? notes::sign_of_figure : 0;
  }

  double match(std::size_t i, std::size_t j) const {
    const MarkPlace& place = places_[i];
    const Note& note = notes_[j];
    if (note.continues) return impossible;
    const int value = note.mark.number.value;
    const bool equal = place.digits == value;
    const double words = words_at(i, j);
    const bool bare = place.mark.form == MarkForm::bare;
    if (printed(i) && bare && noisy_)  // a digit is what many marks are misread as
      return (place.weighed    ? place.weight
              : place.seen     ? notes::bare_seen
              : place.doubtful ? notes::bare_doubtful
                               : place.weight - notes::bare_in_noise) -
             (place.sure && !place.weighed ? notes::bare_of_sure_word : 0) +
             (equal                             ? notes::bare_number
              : value % 10 == place.digits % 10 ? notes::bare_last_figure
                                                : notes::bare_other_number) +
             words - need_;
    if (printed(i)) {
      if (equal) return place.weight + notes::number + notes::words_and_number * words - need_ - remoteness(i, j);
      return bare ? impossible : place.weight - notes::other_number + notes::words_without_number * words - need_;
    }
    double number = 0;
    if (equal)
      number = notes::misread_number;
    else if (place.digits != 0)
      number = place.digits % 10 == value % 10 ? notes::misread_last_figure : notes::misread_otherwise;
    // What is left of brackets shows a bracket or a figure.
    const bool bracketed = note.mark.form == MarkForm::bracketed;
    const double shown =
        bracketed && !faint_ && !place.figures && !place.seen && !place.weighed ? place.weight / 2 : place.weight;
    const double weight = shown - (place.sure && !place.weighed ? notes::misread_of_sure_word : 0);
    return weight + number + sign_of(i, note) + words - need_ - notes::misread_at_all;
  }

  NoteLink link(std::size_t i, std::size_t j) const {
    NoteLink out{i, j, 98, "notes.number", "mark and note have the same number"};
    const bool equal = places_[i].digits == notes_[j].mark.number.value;
    const double words = words_at(i, j);
    if (printed(i) && equal && !notes_[j].read)
      out = {i, j, 85, "notes.number", "the mark has the number that the note must have by its place among the others"};
    else if (printed(i) && equal && places_[i].doubtful)
      out = {i, j, 65, "notes.number", "a figure with the number of the note stands where its mark must stand"};
    else if (printed(i) && !equal)
      out = {i, j, static_cast<std::uint8_t>(words >= 2 ? 70 : 45), "notes.between",
             "the mark has another number, but stands where this note's mark must stand"};
    else if (!printed(i) && words >= 2)
      out = {i, j, 75, "notes.words", "odd characters stand behind words that the note begins with"};
    else if (!printed(i) && equal)
      out = {i, j, 70, "notes.misread",
             "odd characters that show the number of the note stand where its mark must stand"};
    else if (!printed(i))
      out = {i, j, static_cast<std::uint8_t>(places_[i].weight >= 3.5 ? 60 : 45), "notes.misread",
             "odd characters stand where the note's mark must stand"};
    return out;
  }

  const std::vector<MarkPlace>& places_;
  const std::vector<Note>& notes_;
  double need_;
  bool noisy_, faint_;
  std::size_t band_ = 0;
  std::vector<std::u32string> before_, heads_;
  std::u32string text_;
  mutable std::map<std::u32string, double, std::less<>> often_;  // how often words stand in it, in units of evidence
  std::vector<std::uint32_t> places_at_, notes_at_;
  std::vector<Shown> shown_;
};

}  // namespace

std::u32string head_of(const Document& d, const Note& note) {
  std::string text;
  for (std::size_t line = note.first; line <= note.last && text.size() < 3 * longest_head; ++line) {
    const std::string_view whole = d.lines[line].text;
    std::size_t from = 0;
    for (const NoteLabel& label : note.labels)
      if (label.line == line) from = std::max(from, std::min(label.end, whole.size()));
    text.append(whole.substr(from));
  }
  std::u32string out = folded(text);
  if (out.size() > longest_head) out.resize(longest_head);
  return out;
}

std::vector<NoteLink> align_notes(const Document& d, const std::vector<MarkPlace>& places,
                                  const std::vector<Note>& notes, const NoteStyle& style) {
  return Aligner(d, places, notes, style).align();
}

MarkPlace place_by_words(const Document& d, std::size_t line, const Note& note) {
  const std::string_view text = d.lines[line].text;
  const std::u32string head = head_of(d, note);
  MarkPlace best;
  if (text.size() > longest_line) return best;
  std::u32string before;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const char32_t c = next_character(text, next);
    before += folded(text.substr(at, next - at));
    at = next;
    if (!is_han(c) || before.size() < 4) continue;
    std::size_t end = at;
    while (end < text.size() && is_blank(first_character(text.substr(end)))) next_character(text, end);
    if (end == at && at < text.size()) {
      next_character(text, end);
      if (!is_han(first_character(text.substr(at))) || is_han(first_character(text.substr(end)))) continue;
    }
    if (end == at) continue;
    const std::u32string_view tail = before;
    const double words = lemma(tail.substr(tail.size() - std::min(tail.size(), longest_lemma)), head);
    if (words > best.weight) best = {line, at, end, {}, words, 0, false};
  }
  return best;
}

}  // namespace emend
