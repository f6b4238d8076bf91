// Reading what a scan declares: lines at the `foot` of a page that are of notes, and `raised` words.
#include "stages/60-notes/seen.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/60-notes/certain_words.h"
#include "weights/notes.h"

namespace emend {

namespace {

// Where source byte `at` of the line stands in its current text; a byte that was edited, at the end of its edit.
std::size_t in_text(const Document& d, const Line& line, std::uint32_t at) {
  std::size_t place = 0;
  bool found = false;
  each_piece(d, line, [&](Span span, std::string_view text, bool patched) {
    if (found) return;
    found = at <= span.end;
    place += found && !patched && at >= span.begin ? at - span.begin : found && at <= span.begin ? 0 : text.size();
  });
  return std::min(place, line.text.size());
}

bool has_han(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (is_han(next_character(s, i))) return true;
  return false;
}

struct Range {
  std::size_t begin = 0, end = 0;
  int sure = 0;  // of an unsure word, in percent
};

std::vector<Range> words_in(const Document& d, const Line& line, std::string_view name) {
  std::vector<Range> all;
  auto node = std::lower_bound(d.declared.begin(), d.declared.end(), line.at.begin,
                               [](const Node& n, std::uint32_t at) { return n.at.begin < at; });
  for (; node != d.declared.end() && node->at.begin < line.at.end; ++node)
    if (node->name == name)
      if (const Range r{in_text(d, line, node->at.begin), in_text(d, line, node->at.end),
                        read_whole_number(node->get("sure")).value};
          r.begin < r.end)
        all.push_back(r);
  return all;
}

// What is left of a mark in a raised word that shows none: all of a short one, or the sign at the end of a longer one.
Range mark_within(std::string_view text, Range word) {
  const std::string_view s = text.substr(word.begin, word.end - word.begin);
  std::size_t characters = 0;
  for (std::size_t i = 0; i < s.size() && characters < 3; ++characters) next_character(s, i);
  const bool alone = word.begin == 0 || is_blank(last_character(text.substr(0, word.begin)));
  if (characters < 3 && (alone || has_han(s))) return word;
  const std::size_t last = character_before(s, s.size());
  const char32_t c = first_character(s.substr(last)), before = last_character(s.substr(0, last));
  const bool behind_end = !is_letter(before) && !is_han(before) && !is_digit(before);
  constexpr std::u32string_view stops = U".,;:，。；：、";
  if (stops.find(c) != stops.npos || (is_letter(c) && !behind_end) || is_han(c)) return {};
  return {word.begin + last, word.end};
}

// Puts a place into its order in the line.
void insert(std::vector<MarkPlace>& places, std::size_t from, const MarkPlace& place) {
  const auto behind = std::find_if(places.begin() + static_cast<std::ptrdiff_t>(from), places.end(),
                                   [&](const MarkPlace& p) { return p.begin >= place.end; });
  places.insert(behind, place);
}

// Whether a declared raised word begins the line.
bool begins_raised(const Document& d, const Line& line) {
  const std::vector<Range> raised = words_in(d, line, "raised");
  const auto blanks = static_cast<std::size_t>(trim(line.text).data() - line.text.data());
  return !raised.empty() && raised.front().begin <= blanks;
}

// How the book sets its notes, by the labels that can be read in `feet`, the declared lines of each page.
NoteStyle style_of_seen(const std::vector<std::vector<FootLine>>& feet) {
  constexpr std::array<MarkForm, 7> forms = {MarkForm::bare,   MarkForm::circled,       MarkForm::bracketed,
                                             MarkForm::symbol, MarkForm::parenthesised, MarkForm::superscript,
                                             MarkForm::closed};
  std::array<int, forms.size()> read{}, dotted{};
  std::array<std::vector<int>, forms.size()> firsts;
  bool han = false;
  for (const std::vector<FootLine>& foot : feet) {
    std::array<bool, forms.size()> any{};
    for (const FootLine& line : foot) {
      han = han || has_han(line.text);
      if (&line != &foot.front() && line.behind_full && !line.raised) continue;  // the middle of a note
      const Mark& mark = line.mark;
      const auto form = static_cast<std::size_t>(std::find(forms.begin(), forms.end(), mark.form) - forms.begin());
      if (form == forms.size() || mark.length == line.text.size() || mark.number.value > 999) continue;
      ++read[form];
      dotted[form] += line.text.substr(mark.length).starts_with('.');
      if (!any[form]) firsts[form].push_back(mark.number.value);
      any[form] = true;
    }
  }
  const auto best = static_cast<std::size_t>(std::max_element(read.begin(), read.end()) - read.begin());
  NoteStyle style;
  style.usual = style.noisy = true;
  const bool told = read[best] > 0 && static_cast<std::size_t>(read[best]) * 6 >= feet.size();
  style.form = told ? forms[best] : han ? MarkForm::circled : MarkForm::bare;
  if (told && read[best] >= 3) style.dotted = dotted[best] * 2 > read[best];
  std::vector<int>& numbers = firsts[best];
  std::sort(numbers.begin(), numbers.end());
  style.by_page = !told || numbers[numbers.size() / 2] <= 2;
  return style;
}

// Whether the labels that stand above their lines can all be read, as those of a text that nobody had to recognise.
bool are_clear(const std::vector<std::vector<FootLine>>& feet, MarkForm form) {
  constexpr std::size_t enough = 8;
  std::size_t raised = 0, misread = 0;
  for (const std::vector<FootLine>& foot : feet)
    for (const FootLine& line : foot) {
      raised += line.raised;
      misread += line.raised && line.mark.form != form;
    }
  return raised >= enough && misread * 50 <= raised;
}

std::size_t indent_of(const NotesOfBook& book, std::size_t line) {
  const std::string_view whole = book.d.lines[line].text;
  return static_cast<std::size_t>(trim(whole).data() - whole.data());
}

bool fills(std::string_view text, std::size_t measure) { return columns(text) * 100 > measure * 88; }

// In columns: of the notes, or of the long lines of the page above them.
std::size_t measure_of(const NotesOfBook& book, const Lines& lines, const Lines& noted) {
  std::vector<std::size_t> widths;
  for (const std::size_t line : lines)
    if (line < noted.front()) widths.push_back(columns(book.text(line)));
  std::sort(widths.begin(), widths.end(), std::greater<>());
  std::size_t measure = widths.size() < 4 ? 0 : widths[widths.size() / 4];
  for (const std::size_t line : noted) measure = std::max(measure, columns(book.text(line)));
  return measure;
}

// Where the scan shows the line to end: "full", "short" or nothing.
std::string_view end_seen(const Document& d, std::size_t line) {
  const Node* said = d.declaration(d.lines[line]);
  return said != nullptr && said->name == "foot" ? said->get("ends") : std::string_view();
}

// Whether a list of works begins the lines: it is set small as notes are, and none of it stands above them that is not.
bool is_list_of_works(const NotesOfBook& book, const Lines& lines, const Lines& noted) {
  if (noted.empty() || !book.lists_works(noted.front())) return false;
  return std::none_of(lines.begin(), std::lower_bound(lines.begin(), lines.end(), noted.front()),
                      [&](std::size_t line) { return book.lists_works(line) && !book.is(line, "fw"); });
}

// Lines that the source declares to be notes. They fill the measure as the long lines of the page above do.
std::vector<FootLine> foot_of(const NotesOfBook& book, const Lines& lines, const Lines& noted, bool open) {
  const std::size_t measure = measure_of(book, lines, noted);
  std::size_t least_indent = notes::longest_indent;
  for (const std::size_t number : noted) least_indent = std::min(least_indent, indent_of(book, number));
  std::vector<FootLine> out;
  for (const std::size_t number : noted) {
    FootLine line = book.foot_line(number);
    line.noted = true;
    line.raised = begins_raised(book.d, book.d.lines[number]);
    line.behind_full = out.empty() ? open : fills(out.back().text, measure);
    if (!out.empty())
      if (const std::string_view ends = end_seen(book.d, out.back().line); !ends.empty())
        line.behind_seen = true, line.behind_full = ends == "full";
    line.behind_hyphen = !out.empty() && out.back().text.ends_with('-');
    line.indented = indent_of(book, number) > least_indent + 1;
    out.push_back(line);
  }
  return out;
}

}  // namespace

std::vector<bool> seen_note_lines(const Document& d) {
  std::vector<bool> notes(d.lines.size());
  for (const Node& said : d.declared) {
    if (said.name != "foot") continue;
    const auto [first, last] = d.lines_of({said.at.begin, said.at.end + 1});
    std::fill(notes.begin() + static_cast<std::ptrdiff_t>(first), notes.begin() + static_cast<std::ptrdiff_t>(last),
              true);
  }
  return notes;
}

std::vector<UnsureWord> unsure_words(const Document& d, std::size_t line) {
  std::vector<UnsureWord> words;
  for (const Range& r : words_in(d, d.lines[line], "unsure")) words.push_back({r.begin, r.end, r.sure});
  return words;
}

bool tells_unsure(const Document& d) {
  return std::any_of(d.declared.begin(), d.declared.end(), [](const Node& n) { return n.name == "unsure"; });
}

void see_words(const Document& d, std::size_t line, std::size_t from, bool unsure_told,
               std::vector<MarkPlace>& places) {
  const std::string_view text = d.lines[line].text;
  if (unsure_told) {
    const std::vector<UnsureWord> unsure = unsure_words(d, line);
    for (auto p = places.begin() + static_cast<std::ptrdiff_t>(from); p != places.end(); ++p)
      weigh_by_certainty(text, unsure, *p);
  }
  for (const Range word : words_in(d, d.lines[line], "raised")) {
    const auto mine = std::find_if(places.rbegin(), places.rend() - static_cast<std::ptrdiff_t>(from),
                                   [&](const MarkPlace& p) { return p.begin < word.end && p.end > word.begin; });
    if (mine != places.rend() - static_cast<std::ptrdiff_t>(from)) {
      mine->seen = true;
      mine->sure = mine->letters = false;
      mine->weight = mine->weighed ? std::max(mine->weight + 0.7, notes::raised_sign)
                                   : std::max(mine->weight + 1, notes::raised_weight);
      continue;
    }
    const Range mark = mark_within(text, word);
    if (mark.begin >= mark.end || mark.begin == 0) continue;
    const std::string_view shown = text.substr(mark.begin, mark.end - mark.begin);
    const bool several = is_han(first_character(shown)) && shown.size() > 3;
    MarkPlace place{line, mark.begin, mark.end, {}, several ? notes::raised_words : notes::raised_weight, 0, false};
    place.seen = true;
    insert(places, from, place);
  }
}

Lines seen_notes(const NotesOfBook& book, const Lines& lines) {
  Lines noted;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (!noted.empty() && book.blocked(*line) && !book.is(*line, "fw")) break;
    if (book.seen[*line] && !book.blocked(*line)) noted.push_back(*line);
  }
  std::reverse(noted.begin(), noted.end());
  return is_list_of_works(book, lines, noted) ? Lines() : noted;
}

SeenStyle learn_seen(const NotesOfBook& book, const std::vector<Lines>& pages) {
  SeenStyle learnt;
  if (book.raised) return learnt;
  std::vector<std::vector<FootLine>> feet;
  std::vector<const Lines*> of;
  for (const Lines& lines : pages)
    if (const Lines noted = seen_notes(book, lines); !noted.empty())
      feet.push_back(foot_of(book, lines, noted, false)), of.push_back(&lines);
  learnt.many = feet.size() >= notes::enough_seen;
  if (feet.empty()) return learnt;
  NoteStyle& style = learnt.style = style_of_seen(feet);
  int notes = 0, marked = 0;
  for (std::size_t i = 0; i < feet.size(); ++i) {
    const Foot foot = read_foot(book.d, feet[i], style, 0);
    if (foot.notes.empty()) continue;
    notes += static_cast<int>(foot.notes.size());
    marked += count_marked(book, *of[i], foot.notes, style);
  }
  style.noisy = marked * 5 < notes * 4 && !are_clear(feet, style.form);
  return learnt;
}

FoundNotes read_seen_foot(const NotesOfBook& book, const Lines& lines, const Lines& noted, const NoteStyle& style,
                          bool open, int last) {
  FoundNotes found;
  found.style = style;
  found.notes = read_foot(book.d, foot_of(book, lines, noted, open), style, last).notes;
  std::vector<Note>& notes = found.notes;
  if (notes.empty() || notes.front().first > noted.front()) {
    Note note;
    note.first = noted.front();
    note.last =
        notes.empty() ? noted.back() : *std::prev(std::lower_bound(noted.begin(), noted.end(), notes.front().first));
    note.continues = open || !notes.empty();
    note.read = note.continues;
    note.mark.form = style.form;
    note.mark.number.value = style.by_page ? 1 : last + 1;
    if (!note.continues) note.shown = write_mark(note.mark.number.value, note.mark.form);
    notes.insert(notes.begin(), std::move(note));
  }
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(found.text),
               [&](std::size_t line) { return line < noted.front(); });
  found.places = printed_marks(book, lines, noted.front(), style.form);
  add_odd_characters(book, lines, noted.front(), found.places);
  add_misread_letters(book, lines, noted.front(), found.places);
  return found;
}

bool fills_measure(const NotesOfBook& book, const Lines& lines, const Lines& noted) {
  if (const std::string_view ends = end_seen(book.d, noted.back()); !ends.empty()) return ends == "full";
  return fills(book.text(noted.back()), measure_of(book, lines, noted));
}

}  // namespace emend
