// Reading the lines of pages, and the marks in them.
#include "stages/60-notes/book.h"

#include <algorithm>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/60-notes/alignment.h"
#include "stages/60-notes/declared.h"
#include "stages/60-notes/labels.h"
#include "stages/60-notes/seen.h"
#include "weights/notes.h"

namespace emend {

namespace {

constexpr std::size_t most_foot_lines = 200;

// A label in a line of its own at the end of a page may have been taken for a running foot.
bool prints_only_a_mark(std::string_view text) {
  const Mark mark = read_note_mark(text);
  return mark.form == MarkForm::circled && mark.length == text.size();
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_figure(char c) { return c >= '0' && c <= '9'; }

// DB2, CO2, Win32: letters and the figures behind them.
template <class Visit>
void each_word_with_figure(std::string_view text, const Visit& visit) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (!is_figure(text[i]) || !is_ascii_letter(text[i - 1])) continue;
    std::size_t begin = i, end = i;
    while (begin > 0 && is_ascii_letter(text[begin - 1])) --begin;
    while (end < text.size() && is_figure(text[end])) ++end;
    visit(text.substr(begin, end - begin));
    i = end;
  }
}

// The lines from the heading of a list of works to the next heading that is not below it.
std::vector<bool> lines_of_sources(const Document& d) {
  std::vector<bool> sources;
  int inside = 0;  // the level of the list's heading, or 0
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const Node* block = d.block_of(d.lines[i]);
    if (block != nullptr && block->name == "head") {
      const int level = std::max(1, read_whole_number(block->get("level")).value);
      if (inside != 0 && level <= inside) inside = 0;
      if (block->get("type") == "bibliography") inside = level;
    } else if (inside != 0) {
      sources.resize(d.lines.size());
      sources[i] = true;
    }
  }
  return sources;
}

}  // namespace

NotesOfBook::NotesOfBook(const Document& document, const Rules& table)
    : d(document),
      rules(table),
      declared(lines_of_declared_notes(document)),
      seen(seen_note_lines(document)),
      unsure_told(tells_unsure(document)),
      sources(lines_of_sources(document)),
      raised(std::any_of(d.lines.begin(), d.lines.end(), [](const Line& line) { return opens_note(line.text); })),
      sure_pages(std::any_of(d.pages.begin() + !d.pages.empty(), d.pages.end(),
                             [](const Page& page) { return page.sure >= certain; })) {}

std::string_view NotesOfBook::text(std::size_t line) const { return trim(d.lines[line].text); }

const FootLine& NotesOfBook::foot_line(std::size_t k) const {
  if (foot_line_of_.empty()) foot_line_of_.resize(d.lines.size());
  if (foot_line_of_[k] != 0) return foot_lines_[foot_line_of_[k] - 1];
  FootLine& line = foot_lines_.emplace_back();
  foot_line_of_[k] = static_cast<std::uint32_t>(foot_lines_.size());
  line.line = k;
  line.text = text(k);
  line.aside = is(k, "fw");
  line.mark = read_note_mark(line.text);
  if (const Match match = rules.find("note-opener", line.text)) {
    line.opener = 1.5;
    if (match.groups.size() > 1 && match.groups[1].data() != nullptr) {
      const std::string_view odd = match.groups[1];
      line.opener_at = static_cast<std::size_t>(odd.data() + odd.size() - line.text.data());
      while (line.opener_at < line.text.size() && line.text[line.opener_at] == ' ') ++line.opener_at;
    }
  }
  if (line.text.find("http") != std::string_view::npos || line.text.find("www.") != std::string_view::npos)
    line.opener += 1;
  return line;
}

std::vector<UnsureWord> NotesOfBook::unsure(std::size_t line) const {
  return unsure_told ? unsure_words(d, line) : std::vector<UnsureWord>();
}

const CharacterPairs& NotesOfBook::pairs() const {
  if (!pairs_) pairs_ = std::make_unique<CharacterPairs>(d);
  return *pairs_;
}

bool NotesOfBook::is_word_with_figure(const MarkPlace& place) const {
  if (!words_counted_) {
    words_counted_ = true;
    for (const Line& line : d.lines)
      each_word_with_figure(line.text, [&](std::string_view word) {
        if (const auto known = words_with_figures_.find(word); known != words_with_figures_.end())
          ++known->second;
        else
          words_with_figures_.emplace(word, 1);
      });
  }
  const std::string_view line = d.lines[place.line].text;
  std::size_t begin = place.begin;
  while (begin > 0 && is_ascii_letter(line[begin - 1])) --begin;
  const auto known = words_with_figures_.find(line.substr(begin, place.end - begin));
  return begin < place.begin && known != words_with_figures_.end() && known->second >= notes::often;
}

bool is_sought(const NotesOfBook& book, std::size_t i) {
  if (i < book.taken.size() && book.taken[i]) return false;
  const std::string_view text = book.text(i);
  if (text.empty() || (book.is(i, "fw") && !prints_only_a_mark(text))) return false;
  const Node* said = book.d.declaration(book.d.lines[i]);
  return said == nullptr || said->name != "item";
}

bool same_foot(const NotesOfBook& book, std::uint32_t page, std::uint32_t next) {
  return page == next || book.d.pages[next].sure < certain;
}

std::vector<Lines> pages_of(const NotesOfBook& book) {
  std::vector<Lines> pages;
  const std::vector<Line>& lines = book.d.lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i == 0 || !same_foot(book, lines[i - 1].page, lines[i].page)) pages.emplace_back();
    if (is_sought(book, i)) pages.back().push_back(i);
  }
  return pages;
}

// `the shell does the following:` and 1. 2. 3. below it are a list: its numbers begin no note, as far as they count on.
static void pass_over_lists(std::vector<FootLine>& lines) {
  int next = 0;  // of the list; 0 outside of one
  for (std::size_t k = 1; k < lines.size(); ++k) {
    FootLine& line = lines[k];
    if (!is_ordinal(line.mark, line.text)) continue;
    const char32_t before = last_character(lines[k - 1].text);
    const int value = line.mark.number.value;
    if (value == 1 && !line.gap && !line.noted && (before == ':' || before == U'：')) next = 1;
    if (next == 0 || value < next || value > next + notes::most_misread) continue;
    line.listed = true;
    next = value + 1;
  }
}

std::vector<FootLine> lines_of_foot(const NotesOfBook& book, const Lines& lines) {
  std::size_t from = lines.size();
  while (from > 0 && lines.size() - from < most_foot_lines &&
         (!book.blocked(lines[from - 1]) || book.is(lines[from - 1], "fw")))
    --from;
  std::vector<FootLine> out;
  for (std::size_t k = from; k < lines.size(); ++k) {
    FootLine line = book.foot_line(lines[k]);
    line.gap = k > 0 && lines[k] - lines[k - 1] > 1;
    out.push_back(line);
  }
  pass_over_lists(out);
  return out;
}

std::size_t first_text(std::string_view text) {
  const std::string_view inner = trim(text);
  const Mark mark = read_note_mark(inner);
  const std::size_t passed = !mark ? 0 : mark.length == inner.size() ? mark.length : 1;
  return static_cast<std::size_t>(inner.data() - text.data()) + passed;
}

std::vector<MarkPlace> printed_marks(const NotesOfBook& book, const Lines& lines, std::size_t end, MarkForm form) {
  Mark like;
  like.form = form;
  std::vector<MarkPlace> places;
  for (const std::size_t line : lines) {
    if (line >= end) break;
    const std::size_t from = first_text(book.d.lines[line].text);
    if (!book.is(line, "entry")) find_marks(book.d, line, like, from, places);
  }
  std::erase_if(places, [&](const MarkPlace& p) { return p.doubtful && book.is_word_with_figure(p); });
  return places;
}

std::vector<MarkPlace> printed_marks(const NotesOfBook& book, const Lines& lines, std::size_t end,
                                     const NoteStyle& style) {
  std::vector<MarkPlace> places = printed_marks(book, lines, end, style.form);
  if (!style.loose) return places;
  std::vector<MarkPlace> loose;
  for (const std::size_t line : lines) {
    if (line >= end) break;
    if (!book.is(line, "entry") && !book.is(line, "head")) find_loose_marks(book.d, line, loose);
  }
  return merge_marks(places, loose);
}

void add_odd_characters(const NotesOfBook& book, const Lines& lines, std::size_t end, std::vector<MarkPlace>& places) {
  std::vector<MarkPlace> odd;
  const auto is_text = [&](std::size_t line) { return !book.is(line, "entry") && !book.is(line, "head"); };
  for (const std::size_t line : lines) {
    if (line >= end) break;
    if (is_text(line)) find_odd_characters(book.d, line, book.unsure(line), odd);
  }
  std::erase_if(odd, [&](const MarkPlace& p) { return book.is_word_with_figure(p); });
  places = merge_marks(places, odd);
  if (book.d.declared.empty()) return;
  std::vector<MarkPlace> all;
  auto next = places.begin();
  for (const std::size_t line : lines) {
    if (line >= end) break;
    const std::size_t from = all.size();
    for (; next != places.end() && next->line <= line; ++next) all.push_back(*next);
    if (is_text(line)) see_words(book.d, line, from, book.unsure_told, all);
  }
  places = std::move(all);
}

void add_misread_letters(const NotesOfBook& book, const Lines& lines, std::size_t end, std::vector<MarkPlace>& places) {
  std::vector<MarkPlace> letters;
  for (const std::size_t line : lines) {
    if (line >= end) break;
    if (book.is(line, "entry") || book.is(line, "head")) continue;
    find_misread_letters(book.d, line, book.pairs(), book.unsure_told, book.unsure(line), letters);
  }
  places = merge_marks(places, letters);
}

bool shows(const std::vector<MarkPlace>& places, int value) {
  return std::any_of(places.begin(), places.end(),
                     [&](const MarkPlace& p) { return p.mark.number.value == value && !p.doubtful; });
}

int count_marked(const NotesOfBook& book, const Lines& lines, const std::vector<Note>& notes, const NoteStyle& style) {
  const std::vector<MarkPlace> places = printed_marks(book, lines, notes.front().first, style);
  return static_cast<int>(std::count_if(notes.begin(), notes.end(), [&](const Note& note) {
    return !note.continues && shows(places, note.mark.number.value);
  }));
}

int count_linked(const NotesOfBook& book, const Lines& lines, const std::vector<Note>& notes, const NoteStyle& style,
                 bool letters) {
  std::vector<MarkPlace> places = printed_marks(book, lines, notes.front().first, style);
  add_odd_characters(book, lines, notes.front().first, places);
  if (letters) add_misread_letters(book, lines, notes.front().first, places);
  return static_cast<int>(align_notes(book.d, places, notes, style).size());
}

}  // namespace emend
