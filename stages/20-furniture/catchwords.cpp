// Finds catchwords by the first words of the next page.
#include "stages/20-furniture/catchwords.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "weights/furniture.h"

namespace emend {

namespace {

// `B2`, `A iij`: the letter of a gathering and the number of its leaf, for the binder.
bool is_signature(std::string_view s) {
  if (s.empty() || s.size() > 6 || s[0] < 'A' || s[0] > 'Z') return false;
  return s.find_first_not_of("0123456789ivj", 1) == s.npos ||
         (s[1] == ' ' && s.find_first_not_of("0123456789ivj", 2) == s.npos);
}

// A catchword is the first word of the next page, or the beginning of it, in a line of its own below the text.
bool is_catchword(std::string_view word, std::string_view next) {
  if (word.empty() || wider_than(word, furniture::longest_catchword) || word.find(' ') != word.npos ||
      ends_sentence(word))
    return false;
  std::u32string caught = folded(word);
  const std::u32string text = folded(next);
  while (!caught.empty() && (caught.back() == U'-' || caught.back() == U'=' || caught.back() == 0x2E17))
    caught.pop_back();
  const bool letters = std::all_of(caught.begin(), caught.end(), [](char32_t c) { return is_letter(c) || c == ','; });
  return letters && caught.size() >= 2 && text.size() > caught.size() && text.starts_with(caught);
}

}  // namespace

void name_catchwords(const Document& d, const std::vector<Sheet>& sheets, std::vector<bool>& done, Proposal& out) {
  const auto first_text = [&](const Sheet& sheet) {
    const auto found =
        std::find_if(sheet.lines.begin(), sheet.lines.end(), [&](std::size_t line) { return !done[line]; });
    return found == sheet.lines.end() ? std::string_view() : trim(d.lines[*found].text);
  };
  for (std::size_t page = 0; page + 1 < sheets.size(); ++page) {
    const std::vector<std::size_t>& lines = sheets[page].lines;
    const auto last = std::find_if(lines.rbegin(), lines.rend(), [&](std::size_t line) { return !done[line]; });
    if (last == lines.rend() || lines.size() < 3) continue;
    std::string_view word = trim(d.lines[*last].text);
    const std::size_t gap = word.rfind("  ");
    const bool signed_too = gap != word.npos && is_signature(trim(word.substr(0, gap)));
    if (signed_too) word = trim(word.substr(gap));
    if (!is_catchword(word, first_text(sheets[page + 1]))) continue;
    out.block(*last, *last, "fw", "type=catch\nplace=bottom", "furn.catchword",
              {85, "the next page begins with this word"});
    done[*last] = true;
    const auto before = std::find_if(last, lines.rend(), [&](std::size_t line) { return !done[line]; });
    if (signed_too || before == lines.rend() || !is_signature(trim(d.lines[*before].text))) continue;
    out.block(*before, *before, "fw", "type=sig\nplace=bottom", "furn.signature",
              {80, "a letter and a number over the catchword"});
    done[*before] = true;
  }
}

}  // namespace emend
