// Letters as headings: C and D are also numbers, and a letter alone is also what is left of a table or a drawing, so
// that only a run of them tells, and the words below.
#include "stages/50-headings/letters.h"

#include <iterator>
#include <string_view>
#include <utility>

#include "pipeline/rules/small_letters.h"
#include "pipeline/text/script.h"
#include "weights/headings.h"

namespace emend {

namespace {

// The letter that the line is, perhaps with a stop behind it, or between dashes; or 0.
char32_t lone_letter(std::string_view text) {
  constexpr std::u32string_view beside = U".-–—*~ ";
  text = trim(text);
  char32_t letter = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (beside.find(c) != beside.npos) continue;
    if (letter != 0 || !is_upper(c)) return 0;
    letter = c;
  }
  return letter;
}

// Whether the line begins with the letter, behind brackets, quotation marks and the like.
bool begins_with(std::string_view text, char32_t letter) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (is_letter(c)) return small_letter(c) == small_letter(letter);
  }
  return false;
}

// A run of letters that rise, and how many of them head what begins with them.
struct Run {
  std::vector<std::size_t> lines;
  std::size_t borne_out = 0;
  char32_t last = 0;

  bool tells() const { return lines.size() >= headings::least_alphabet && borne_out * 4 >= lines.size() * 3; }
};

}  // namespace

std::vector<std::size_t> take_letters(Found& f) {
  std::vector<std::size_t> letters;
  Run run;
  const auto close = [&] {
    if (run.tells()) letters.insert(letters.end(), run.lines.begin(), run.lines.end());
    run = Run{};
  };
  for (const std::size_t i : f.lines.all()) {
    const char32_t letter = lone_letter(f.d.lines[i].text);
    const std::size_t next = f.lines.next(i);
    if (letter == 0 || !f.lines.is_free(i) || !f.lines.stands_apart(i) || next >= f.d.lines.size()) continue;
    if (letter <= run.last) close();
    run.lines.push_back(i);
    run.borne_out += begins_with(f.d.lines[next].text, letter);
    run.last = letter;
  }
  close();
  for (const std::size_t i : letters) f.lines.take(i, i);
  return letters;
}

void put_letters(Found& f, const std::vector<std::size_t>& lines) {
  const std::map<std::size_t, Head> others = f.heads;
  for (const std::size_t i : lines) {
    const auto below = others.lower_bound(i);
    const Head* above = below == others.begin() ? nullptr : &std::prev(below)->second;
    if (above != nullptr && above->type == "index") continue;
    Head head;
    head.first = head.last = i;
    head.rule = "head.letter";
    head.level = above == nullptr || above->part == "front" ? 1 : above->level + 1;
    f.describe(head, {});
    head.because = {88, "it stands in a row of the alphabet, and what follows begins with it"};
    f.put(std::move(head));
  }
}

}  // namespace emend
