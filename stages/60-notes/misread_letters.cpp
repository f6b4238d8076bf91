// An ideograph out of place: the engine was not sure of it, or it is one that small figures look like, and the book has
// it nowhere else beside its neighbours.
#include "stages/60-notes/misread_letters.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "weights/notes.h"

namespace emend {

namespace {

// What engines make of ① to ⑳ and [1] to [99], raised and small: frames, and strokes like those of figures.
constexpr std::u32string_view like_figures =
    U"了工上山止之出企凶凹凸口四回因囚国國日曰目田由甲申吕呂吊呈叫吃吧吗吐叶名品句司同向内内贞貞员員册冊交宇只边邊过過"
    U"进進补補";
constexpr std::u32string_view stops = U"，。；：、,.;:！？", closers = U"”’\"'»)）》」』】]";

bool in(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

std::uint64_t key(char32_t a, char32_t b) { return static_cast<std::uint64_t>(a) << 32 | b; }

bool stands_behind_word(char32_t before) {
  return is_han(before) || is_letter(before) || is_digit(before) || in(closers, before) || in(stops, before);
}

// How much speaks for a mark where the ideograph stands; measured as for odd characters. One that is like a figure,
// before a stop, and that the book has nowhere else behind what stands before it was a mark in all scans but of ten
// that stand before other ideographs three or four were; of those unlike a figure one in thirty.
double weigh_ideograph(const CharacterPairs& pairs, char32_t before, char32_t c, char32_t then, bool unsure) {
  const bool known = pairs.elsewhere(before, c), like = in(like_figures, c), stop = in(stops, then);
  if (unsure && like && (before == ')' || before == U'）')) return notes::behind_bracket;
  if (!unsure && (!like || known || !pairs.are_many())) return 0;
  if (like && stop && !known) return unsure ? notes::like_before_stop_unsure : notes::like_before_stop;
  if (like && pairs.elsewhere(c, then)) return unsure ? notes::like_in_word : 0;
  if (like) return unsure ? (known ? notes::like_known : notes::like_unknown) : notes::like_sure;
  return known || then == not_a_character ? 0 : stop ? notes::unlike_before_stop : notes::unlike;
}

// Letters of a Latin word that the engine is not sure of, before Chinese or a stop: its last one may be the mark.
bool ends_doubtful_word(std::string_view text, const UnsureWord& word) {
  const char32_t then = first_character(trim(text.substr(word.end)));
  return word.sure < notes::hardly_read && is_letter(last_character(text.substr(0, word.end))) &&
         (is_han(then) || in(stops, then)) && word.end - word.begin > 3;
}

// One letter right behind a bracket, before Chinese or another bracket: (1938-)m 都是.
bool follows_bracket(std::string_view text, std::size_t begin, std::size_t end, char32_t c) {
  const char32_t before = last_character(text.substr(0, begin)), behind = first_character(text.substr(end));
  return is_letter(c) && (before == ')' || before == U'）') &&
         (behind == ']' || behind == ')' || is_han(first_character(trim(text.substr(end)))));
}

// One letter between Chinese and a stop, without the blank that engines set between scripts: 发展t。
bool is_glued_letter(std::string_view text, std::size_t begin, std::size_t end, char32_t c) {
  return c < 0x80 && is_letter(c) && is_han(last_character(text.substr(0, begin))) &&
         in(stops, first_character(text.substr(end)));
}

}  // namespace

CharacterPairs::CharacterPairs(const Document& d) {
  for (const Line& line : d.lines) {
    char32_t before = not_a_character;
    for (std::size_t i = 0; i < line.text.size();) {
      const char32_t c = next_character(line.text, i);
      if (is_han(before) && is_han(c)) ++counts_[key(before, c)], ++all_;
      before = c;
    }
  }
}

bool CharacterPairs::are_many() const { return all_ >= notes::enough_letters; }

bool CharacterPairs::elsewhere(char32_t first, char32_t second) const {
  const auto found = counts_.find(key(first, second));
  return found != counts_.end() && found->second > 1;
}

void find_misread_letters(const Document& d, std::size_t line, const CharacterPairs& pairs, bool told,
                          const std::vector<UnsureWord>& unsure, std::vector<MarkPlace>& out) {
  const std::string_view text = d.lines[line].text;
  char32_t before = not_a_character;  // the last that is no blank
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at), then = first_character(trim(text.substr(at)));
    if (is_blank(c)) continue;
    const UnsureWord* word = unsure_at(unsure, begin);
    double weight = 0;
    if (is_han(c) && stands_behind_word(before) && (word != nullptr || !told))
      weight = weigh_ideograph(pairs, before, c, then, word != nullptr);
    else if (follows_bracket(text, begin, at, c))
      weight = notes::behind_bracket;
    else if (is_glued_letter(text, begin, at, c))
      weight = notes::glued_letter;
    else if (word != nullptr && at == word->end && ends_doubtful_word(text, *word))
      weight = notes::doubtful_word;
    if (weight > 0) {
      MarkPlace& place = out.emplace_back(MarkPlace{line, begin, at, {}, weight, 0, false});
      place.letters = place.weighed = true;
    }
    before = c;
  }
}

}  // namespace emend
