// How the words of a line begin and end, and what they are made of.
#include <array>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/88-second-reader/sight.h"

namespace emend::reader {

namespace {

constexpr Witness lower{"text.lower", "it begins with a small letter"};
constexpr Witness upper{"text.upper", "it begins with a capital"};
constexpr Witness han{"text.han", ""};
constexpr Witness quoted{"text.quoted", "it begins with a quotation mark"};
constexpr Witness closing{"text.closing", "it begins with a mark that closes something"};
constexpr Witness ends{"text.ends", "a sentence ends with it"};
constexpr Witness open{"text.open", "no sentence ends with it"};
constexpr Witness hyphen{"text.hyphen", "it ends with a hyphen"};
constexpr Witness comma{"text.comma", "it ends within a sentence"};
constexpr Witness colon{"text.colon", ""};
constexpr Witness ends_number{"text.ends-number", "it ends with a number"};
constexpr Witness above_ends{"text.above-ends", "a sentence ends above it"};
constexpr Witness above_open{"text.above-open", "the line above breaks off"};
constexpr Witness above_hyphen{"text.above-hyphen", "the line above ends with a hyphen"};
constexpr Witness above_colon{"text.above-colon", ""};
constexpr Witness before_ends{"text.before-ends", "the text before it, over notes and furniture, ends a sentence"};
constexpr Witness before_open{"text.before-open", "the text before it, over notes and furniture, breaks off"};
constexpr Witness before_short{"text.before-short",
                               "the text before it, over notes and furniture, ends with a short line"};
constexpr Witness note_ends{"text.note-ends", "the note before it ends a sentence"};
constexpr Witness note_open{"text.note-open", "the note before it breaks off"};
constexpr Witness below_lower{"text.below-lower", "the line below begins with a small letter"};
constexpr Witness inside{"text.sentences", "sentences end within it"};
constexpr Witness capitals{"text.capitals", "it is in capitals"};
constexpr Witness titled{"text.titled", "its words begin with capitals"};
constexpr Witness digits{"text.digits", "much of it is figures"};
constexpr Witness signs{"text.signs", "much of it is signs"};
constexpr Witness no_letter{"text.no-letter", "it has no letter"};
constexpr Witness punctuated{"text.punctuated", ""};
constexpr Witness title_like{"text.title-like", "it is short and without punctuation, between longer lines"};
constexpr Witness plain{"text.unpunctuated", "it has no punctuation"};

struct Shares {
  std::size_t all = 0, letters = 0, uppers = 0, digits = 0, signs = 0, pauses = 0, words = 0, titled = 0, stops = 0;
};

constexpr bool is_pause(char32_t c) {
  if (c < 0x80) return c == ',' || c == ';' || c == ':' || c == '.' || c == '!' || c == '?';
  return c == U'，' || c == U'；' || c == U'：' || c == U'、' || c == U'。' || c == U'！' || c == U'？';
}

// What a character is, in bits.
enum Kind : unsigned { blank = 1, letter = 2, word_sign = 4, upper_case = 8, figure = 16, pause = 32 };

constexpr unsigned kind_of(char32_t c) {
  return (is_blank(c) ? blank : 0u) | (is_letter(c) ? letter : 0u) | (is_han(c) || is_kana(c) ? word_sign : 0u) |
         (is_upper(c) ? upper_case : 0u) | (is_digit(c) ? figure : 0u) | (is_pause(c) ? pause : 0u);
}

constexpr std::array<unsigned, 128> ascii_kinds = [] {
  std::array<unsigned, 128> kinds{};
  for (char32_t c = 0; c < kinds.size(); ++c) kinds[c] = kind_of(c);
  return kinds;
}();

bool stops_there(char32_t c, char32_t before, std::string_view behind) {
  if (behind.empty()) return false;
  if (c == U'。' || c == U'！' || c == U'？') return true;
  return (c == '.' || c == '?' || c == '!') && behind[0] == ' ' && is_lower(before);
}

Shares count(std::string_view text) {
  Shares n;
  char32_t before = ' ';
  unsigned kind_before = blank;
  for (std::size_t i = 0; i < text.size() && n.all < 400;) {
    const char32_t c = next_character(text, i);
    const unsigned kind = c < ascii_kinds.size() ? ascii_kinds[c] : kind_of(c);
    if ((kind & blank) == 0) {
      ++n.all;
      n.letters += (kind & (letter | word_sign)) != 0;
      n.uppers += (kind & upper_case) != 0;
      n.digits += (kind & figure) != 0;
      n.signs += (kind & (letter | word_sign | figure | pause)) == 0;
      n.pauses += (kind & pause) != 0;
      n.stops += (kind & pause) != 0 && stops_there(c, before, text.substr(i));
      if ((kind & letter) != 0 && (kind_before & letter) == 0) ++n.words, n.titled += (kind & upper_case) != 0;
    }
    before = c;
    kind_before = kind;
  }
  return n;
}

// A third as long as the text above it and below it.
bool is_between_longer(const Sight& s, std::size_t i) {
  const std::size_t width = 3 * s.lines[i].width;
  return i > 0 && i + 1 < s.lines.size() && s.lines[i - 1].width > width && s.lines[i + 1].width > width;
}

void see_beginning(Sight& s, std::size_t i) {
  const char32_t c = first_character(s.lines[i].text);
  s.see(i, lower, is_lower(c));
  s.see(i, upper, is_upper(c));
  s.see(i, han, is_han(c));
  s.see(i, quoted, std::u32string_view(U"“‘\"「『«„《").find(c) != std::u32string_view::npos);
  s.see(i, closing, std::u32string_view(U"”’）)」』】，。、；：,.;:!?！？").find(c) != std::u32string_view::npos);
}

// The line that the text, or a note, goes on from where notes and furniture stand between.
void see_before(Sight& s) {
  const Seen *text = nullptr, *note = nullptr;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    if (text != nullptr && text != &l - 1) {
      s.see(i, ends_sentence(text->said) ? before_ends : before_open);
      s.see(i, before_short, text->width * 100 < s.measure * 85);
    }
    if (note != nullptr && note != &l - 1) s.see(i, ends_sentence(note->said) ? note_ends : note_open);
    if (!l.made) continue;
    const Role r = l.made->role;
    if (r == Role::paragraph || r == Role::paragraph_more || r == Role::head || r == Role::head_more) text = &l;
    if (r == Role::note || r == Role::note_more) note = &l;
  }
}

}  // namespace

void see_text(Sight& s) {
  see_before(s);
  bool above_stopped = true, above_torn = false, above_led = false;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const std::string_view text = s.lines[i].text;
    see_beginning(s, i);
    const char32_t last = last_character(text);
    const bool stopped = ends_sentence(s.lines[i].said),
               torn = last == '-' || last == U'‐' || last == 0xAD || last == U'¬' || last == U'⸗';
    const bool leads = last == ':' || last == U'：';
    s.see(i, stopped ? ends : open);
    s.see(i, hyphen, torn);
    s.see(i, comma, std::u32string_view(U",，、;；").find(last) != std::u32string_view::npos);
    s.see(i, colon, leads);
    s.see(i, ends_number, is_digit(last));
    s.see(i, above_stopped ? above_ends : above_open);
    s.see(i, above_hyphen, above_torn);
    s.see(i, above_colon, above_led);
    if (i > 0) s.see(i - 1, below_lower, is_lower(first_character(text)));
    above_stopped = stopped, above_torn = torn, above_led = leads;
    const Shares n = count(text);
    s.see(i, inside, n.stops > 0);
    s.see(i, capitals, n.uppers > 3 && n.uppers * 10 > n.letters * 7);
    s.see(i, titled, n.words > 1 && n.titled * 10 > n.words * 6);
    s.see(i, digits, n.digits * 4 > n.all);
    s.see(i, signs, n.signs * 5 > n.all);
    s.see(i, no_letter, n.letters == 0);
    s.see(i, n.pauses == 0 ? plain : punctuated, n.pauses == 0 || n.pauses * 25 > n.all);
    s.see(i, title_like, n.pauses == 0 && n.letters > 1 && is_between_longer(s, i));
  }
}

}  // namespace emend::reader
