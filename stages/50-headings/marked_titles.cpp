// Notes that begin anew with each piece give its title the mark of the first: editors tell there where it was printed.
#include "stages/50-headings/marked_titles.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "pipeline/rules/outline.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/headings.h"

namespace emend {

namespace {

// The words before a mark of value 1 at the end of the line; empty if there is none.
std::string_view words_before_mark(std::string_view text) {
  constexpr std::size_t longest_mark = 12;  // bytes: 〔１〕 has nine
  for (std::size_t at = text.size() > longest_mark ? text.size() - longest_mark : 1; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;  // within a character
    const Mark mark = read_mark(text.substr(at));
    const bool clear = mark.raised || mark.form == MarkForm::circled || mark.form == MarkForm::bracketed ||
                       mark.form == MarkForm::superscript;
    if (clear && mark.number.value == 1 && at + mark.length == text.size()) return trim(text.substr(0, at));
  }
  return {};
}

// Speech and names of books within a title may end with a stop of their own: 论“他妈的！”〔１〕
bool ends_as_title(std::string_view words) {
  constexpr std::u32string_view closers = U"”’」』》";
  return closers.find(last_character(words)) != closers.npos || (!ends_sentence(words) && !ends_like_text(words));
}

bool is_marked_title(const Found& f, std::size_t line) {
  const std::string_view words = words_before_mark(trim(f.d.lines[line].text));
  return !words.empty() && f.lines.is_free(line) && ends_as_title(words) && has_word(words) &&
         f.lines.blank_before(line) > 0 && f.lines.blank_behind(line) > 0 &&
         indent(f.d.lines[line].text) > headings::marked_set_in;
}

bool has_chapters(const Found& f) {
  return std::any_of(f.heads.begin(), f.heads.end(), [](const auto& h) {
    return h.second.rank > 0 && !is_movable_rank(h.second.rank) && h.second.rank < decimal_rank;
  });
}

}  // namespace

void find_marked_titles(Found& f) {
  std::vector<std::size_t> titles;
  for (const std::size_t i : f.lines.all())
    if (is_marked_title(f, i)) titles.push_back(i);
  if (titles.size() < headings::marked_titles || has_chapters(f)) return;
  for (auto& [line, head] : f.heads)
    if (head.rank > 0 && line > titles.front()) ++head.level;
  for (const std::size_t i : titles) {
    Head head;
    head.first = head.last = i;
    head.rule = "head.marked";
    f.describe(head, {});
    head.because = {82, "it is set apart, and has the first mark of the notes, as other titles of the book have"};
    f.put(std::move(head));
  }
}

}  // namespace emend
