// How the text before a line ends and how the line begins, seen together: that a sentence ends says little where the
// line above is full, and much where it is short. And whether the line begins as the paragraphs of this book do.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/88-second-reader/setting.h"
#include "stages/88-second-reader/sight.h"

namespace emend::reader {

namespace {

constexpr Witness page_open{"page.open", "the page before breaks off"};
constexpr Witness page_pause{"page.pause", "the page before ends within a sentence"};
constexpr Witness page_stop{"page.stop", "the page before ends with a sentence"};
constexpr Witness page_short{"page.short", "the text of the page before ends with a short line"};
constexpr Witness page_small{"page.small", "it begins small, behind a page that breaks off"};
constexpr Witness as_indented{"book.indented", "it is indented, as the paragraphs of the book are"};
constexpr Witness not_indented{"book.not-indented", "it is not indented, as the paragraphs of the book are"};
constexpr Witness as_apart{"book.apart", "it stands apart, as the paragraphs of the book do"};
constexpr Witness not_apart{"book.not-apart", "it does not stand apart, as the paragraphs of the book do"};
constexpr Witness as_drawn{"book.drawn-in",
                           "it is short by an indentation, as the first lines of the book's paragraphs are"};
constexpr Witness not_drawn{"book.not-drawn-in",
                            "it is not short by an indentation, as the first lines of the book's paragraphs are"};
constexpr Witness bare{"book.bare", ""};  // neither gaps nor indentation tell its paragraphs

// What the parts of a turn are called, in names and in words.
struct Part {
  std::string_view name, words;
};
constexpr std::array<Part, 4> rooms{Part{"full", "the text before is a full line"},
                                    Part{"room", "the text before left some room in its line"},
                                    Part{"short", "the text before is a short line"}, Part{"long", "the text before"}};
constexpr std::array<Part, 5> ends{Part{"stop", "ends a sentence"}, Part{"pause", "ends within a sentence"},
                                   Part{"colon", "ends with a colon"}, Part{"torn", "ends with a hyphen"},
                                   Part{"open", "breaks off"}};
constexpr std::array<Part, 4> beginnings{Part{"small", "it begins small"}, Part{"quote", "it begins with a quotation"},
                                         Part{"close", "it begins with a mark that closes something"},
                                         Part{"plain", ""}};
constexpr std::array<Part, 2> gaps{Part{"close", ""}, Part{"apart", "stands apart"}};

std::size_t end_of(std::string_view said) {
  const char32_t c = last_character(said);
  if (c == ':' || c == U'：') return 2;
  if (ends_sentence(said)) return 0;
  if (std::u32string_view(U",，、;；").find(c) != std::u32string_view::npos) return 1;
  return c == '-' || c == U'‐' || c == 0xAD || c == U'¬' || c == U'⸗' ? 3 : 4;
}

std::size_t beginning_of(std::string_view text) {
  const char32_t c = first_character(text);
  if (is_lower(c)) return 0;
  if (std::u32string_view(U"“‘\"「『«„《—–").find(c) != std::u32string_view::npos) return 1;
  return std::u32string_view(U"”’）)」』】，。、；：,.;:!?！？").find(c) != std::u32string_view::npos ? 2 : 3;
}

// All turns, with names and words that live as long as the program.
class Turns {
 public:
  Turns() {
    for (std::size_t k = 0; k < count; ++k) {
      const Part &gap = gaps[k % 2], &begin = beginnings[k / 2 % 4], &end = ends[k / 8 % 5], &room = rooms[k / 40];
      names_[k] = "turn." + std::string(room.name) + "-" + std::string(end.name) + "-" + std::string(begin.name) + "-" +
                  std::string(gap.name);
      words_[k] = std::string(room.words) + (k / 40 == 3 ? " " : " and ") + std::string(end.words);
      if (!begin.words.empty()) words_[k] += ", and " + std::string(begin.words);
      witnesses_[k] = {names_[k], words_[k]};
    }
  }
  const Witness& turn(std::size_t room, std::size_t end, std::size_t begin, bool apart) const {
    return witnesses_[((room * ends.size() + end) * beginnings.size() + begin) * gaps.size() + apart];
  }

 private:
  static constexpr std::size_t count = rooms.size() * ends.size() * beginnings.size() * gaps.size();
  std::array<std::string, count> names_, words_;
  std::array<Witness, count> witnesses_;
};

bool is_text(const Seen& l) {
  return l.made && (l.made->role == Role::paragraph || l.made->role == Role::paragraph_more);
}

bool is_aside(const Seen& l) {
  if (!l.made) return false;
  const Role r = l.made->role;
  return r == Role::note || r == Role::note_more || r == Role::running || r == Role::number;
}

void see_turns_of_text(Sight& s) {
  static const Turns turns;
  const Seen *above = nullptr, *text = nullptr;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    // Over notes and furniture the text goes on.
    const Seen* before = above != nullptr && is_aside(*above) && !is_aside(l) ? text : above;
    if (before != nullptr) {
      const std::size_t room = s.long_lines ? 3 : static_cast<std::size_t>(room_above(*before, l));
      s.see(i, turns.turn(room, end_of(before->said), beginning_of(l.text), before == above && l.above > 0));
    }
    above = &l;
    if (is_text(l)) text = &l;
  }
}

// The first full lines of a page, whatever OCR made of the running head above them, go on from the page before.
void see_page_turns(Sight& s) {
  constexpr std::size_t topmost = 3;
  const Seen *text = nullptr, *last = nullptr;  // the last line of text, and that of the page before
  bool met = true;                              // the text of this page has begun
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    if (l.from_top == 0) last = text, met = false;
    const bool running = s.long_lines || l.width * 10 > s.measure * 6;
    if (s.paged && !met && last != nullptr && l.from_top < topmost && !is_aside(l)) {
      const std::size_t end = end_of(last->said);
      s.see(i, end == 0 || end == 2 ? page_stop : end == 1 ? page_pause : page_open);
      s.see(i, page_short, !s.long_lines && last->width * 10 < s.measure * 8);
      s.see(i, page_small, end != 0 && end != 2 && beginning_of(l.text) == 0);
    }
    met |= running && !is_aside(l);
    if (is_text(l) && running) text = &l;
  }
}

bool is_indented(const Seen& l) {
  constexpr std::size_t least = 2, most = 8;  // columns
  return l.in >= l.base + least && l.in <= l.base + most;
}

// What a line shows of an indentation that extraction lost: it goes on with the next, and had room for its first word.
enum class Drawn : std::uint8_t { untold, no, yes };

Drawn drawn_in(const Sight& s, std::size_t i) {
  constexpr std::size_t least = 1, most = 5;  // columns of room
  if (i + 1 >= s.lines.size()) return Drawn::untold;
  const Seen &l = s.lines[i], &next = s.lines[i + 1];
  if (s.step(i + 1) != Step::next || !is_text(next) || ends_sentence(l.said)) return Drawn::untold;
  const std::size_t used = right_edge(l) + first_word(next.text) + !is_han(first_character(next.text));
  if (used + least > l.reach) return Drawn::no;
  return l.reach - used <= most ? Drawn::yes : Drawn::untold;
}

// Whether the first lines of paragraphs, known by short lines above, are short by an indentation twice as often as
// lines that go on.
void see_drawn_in(Sight& s) {
  constexpr double fewest = 6, prior = 2;
  double told[2]{}, drawn[2]{};  // of lines that go on, and of first ones
  for (std::size_t i = 1; i < s.lines.size(); ++i) {
    const Seen &above = s.lines[i - 1], &l = s.lines[i];
    const Drawn shown = is_text(l) && is_text(above) ? drawn_in(s, i) : Drawn::untold;
    if (shown == Drawn::untold) continue;
    const bool ended = ends_sentence(above.said), much = room_above(above, l) == Room::much;
    if (ended != much) continue;
    told[ended] += 1, drawn[ended] += shown == Drawn::yes;
  }
  if (told[1] < fewest || (drawn[1] + prior / 2) / (told[1] + prior) < 2 * (drawn[0] + prior / 2) / (told[0] + prior))
    return;
  for (std::size_t i = 0; i < s.lines.size(); ++i)
    if (const Drawn shown = drawn_in(s, i); shown != Drawn::untold)
      s.see(i, shown == Drawn::yes ? as_drawn : not_drawn);
}

// Below a short line that ends a sentence a paragraph begins: how such lines begin is how the book sets its paragraphs.
void see_beginnings(Sight& s) {
  constexpr std::size_t fewest = 6;
  std::size_t all = 0, indented = 0, apart = 0;
  for (std::size_t i = 1; i < s.lines.size(); ++i) {
    const Seen &above = s.lines[i - 1], &l = s.lines[i];
    if (!is_text(l) || !is_text(above) || !ends_sentence(above.said)) continue;
    if (!s.long_lines && room_above(above, l) != Room::much) continue;
    ++all, indented += is_indented(l), apart += l.above > 0;
  }
  if (all < fewest) return;
  const bool by_indent = indented * 10 > all * 6, by_gap = apart * 10 > all * 6;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    if (by_indent) s.see(i, is_indented(l) ? as_indented : not_indented);
    if (by_gap) s.see(i, l.above > 0 ? as_apart : not_apart);
    s.see(i, bare, !by_indent && !by_gap);
  }
  if (!s.long_lines && !by_indent) see_drawn_in(s);
}

}  // namespace

void see_turns(Sight& s) {
  see_turns_of_text(s);
  see_page_turns(s);
  see_beginnings(s);
}

}  // namespace emend::reader
