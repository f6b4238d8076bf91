// Holding lines against the titles of the contents list.
#include "stages/50-headings/repeated.h"

#include "pipeline/rules/outline.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace {

// The words before the page number at the end of a line, or nothing.
std::string_view without_page(std::string_view text) {
  const std::size_t end = text.find_last_not_of("0123456789") + 1;
  return end < text.size() && text.size() - end <= 4 ? trim(text.substr(0, end)) : std::string_view();
}

}  // namespace

ListedTitles::ListedTitles(const Found& f) {
  for (const auto& [line, head] : f.heads) {
    if (head.entry == nullptr || head.value == 0) continue;
    const std::string words = f.words_of(head);
    std::size_t begin = read_numbering(f.rules, words).words;
    if (begin == 0) begin = words.find_first_not_of("0123456789. ");
    if (begin < words.size()) titles_.emplace(head.value, folded(std::string_view(words).substr(begin)));
  }
}

bool ListedTitles::have(int number, std::string_view words) const {
  const std::u32string fold = folded(words);
  const auto at = titles_.lower_bound({number, fold});
  return !fold.empty() && at != titles_.end() && at->first == number && at->second.starts_with(fold) &&
         fold.size() * 2 > at->second.size();
}

bool ListedTitles::have_with_page(int number, std::string_view words) const {
  return have(number, without_page(words));
}

bool ListedTitles::say(const Found& f, std::size_t line) const {
  const std::string_view text = trim(f.d.lines[line].text);
  const Numbering n = read_numbering(f.rules, text);
  return n && !is_movable_rank(n.rank) && n.rank < decimal_rank &&
         (have(n.value, text.substr(n.words)) || have_with_page(n.value, text.substr(n.words)));
}

void name_running_head(Found& f, std::size_t line, Proposal& out) {
  const std::string_view text = trim(f.d.lines[line].text);
  const std::string number(text.substr(text.find_last_not_of("0123456789") + 1));
  out.block(line, line, "fw", "type=header\nplace=top" + (number.empty() ? "" : "\nnumber=" + number),
            "head.running-head", {90, "the words and number of a heading once more"});
  f.lines.take(line, line);
}

void name_page_number(const Found& f, std::size_t line, Proposal& out) {
  const std::string number(trim(f.d.lines[line].text));
  out.block(line, line, "fw", "type=pageNum\nnumber=" + number, "head.page-number",
            {80, "a number between a chapter's number and its title"});
}

}  // namespace emend
