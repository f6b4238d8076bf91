// The closed list of what may be absent from the reading text.
#include "stages/write/absent.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>

#include "pipeline/document/runs.h"
#include "pipeline/text/utf8.h"

namespace emend {

namespace {

struct Class {
  std::string_view phrase;  // the name that stages give it
  Absent as;
  bool letters;  // whether it may hold letters and digits
  std::string_view words;
};

constexpr std::array<Class, 6> classes{{
    {"mark", Absent::mark, true, "note marks"},
    {"label", Absent::label, true, "labels of notes"},
    {"leader", Absent::leader, false, "leaders"},
    {"gap", Absent::gap, false, "gaps between cells"},
    {"markup", Absent::markup, true, "markup"},
    {"graphic", Absent::markup, true, "addresses of images"},
}};

std::string letters_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();)
    if (const char32_t c = next_character(text, i); u_isalnum(static_cast<UChar32>(c))) append_character(out, c);
  return out;
}

// The letters and digits that the phrase's bytes read now.
std::string letters_of(const Document& d, const Node& phrase) {
  std::string all;
  each_piece(d, d.lines[d.line_at(phrase.at.begin)], [&](Span at, std::string_view text, bool patched) {
    if (at.end <= phrase.at.begin || at.begin >= phrase.at.end) return;
    const Span here{std::max(at.begin, phrase.at.begin), std::min(at.end, phrase.at.end)};
    all += letters_of(patched ? text : d.slice(here));
  });
  return all;
}

// A label that was misread is not what the n of its note says, and then it is text; so is one that says it again.
bool is_its_number(const Document& d, const Node& label) {
  const Node* note = d.block_of(d.lines[d.line_at(label.at.begin)]);
  while (note != nullptr && note->name != "note")
    note = note->parent < 0 ? nullptr : &d.blocks[static_cast<std::size_t>(note->parent)];
  const std::string letters = letters_of(d, label);
  if (letters.empty()) return true;
  if (note == nullptr || letters != letters_of(note->get("n"))) return false;
  for (std::size_t i = d.first_phrase(note->at.begin); d.phrases[i].at.begin < label.at.begin; ++i)
    if (d.phrases[i].name == "label" && letters_of(d, d.phrases[i]) == letters) return false;
  return true;
}

bool is_digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A mark printed [5] at which note 1 was put, since the numbers around it say so: the 5 stands nowhere else. (A letter
// in place of a digit, as l for 1, is a misread one, and what it was read as is the n of its note.)
bool is_another_number(const Document& d, const Node& mark) {
  const std::string printed = letters_of(d, mark), read = letters_of(mark.get("n"));
  return is_digits(printed) && is_digits(read) && printed != read;
}

}  // namespace

Absent absent(const Document& d, const Node& phrase) {
  const auto c = std::find_if(classes.begin(), classes.end(), [&](const Class& k) { return k.phrase == phrase.name; });
  if (c == classes.end() || !phrase.get("kept").empty())
    return Absent::no;  // an inferred mark may leave them to the text
  if (c->as == Absent::mark && is_another_number(d, phrase)) return Absent::no;
  if (c->as == Absent::label && !is_its_number(d, phrase)) return Absent::no;
  if (!c->letters && !letters_of(d, phrase).empty()) return Absent::no;
  return c->as;
}

bool may_be_absent(std::string_view name) {
  return std::any_of(classes.begin(), classes.end(), [&](const Class& c) { return c.phrase == name; });
}

std::string_view in_words(Absent as) {
  for (const Class& c : classes)
    if (c.as == as) return c.words;
  return "text";
}

}  // namespace emend
