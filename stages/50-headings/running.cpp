// Holds the first lines of pages against the running heads of the book.
#include "stages/50-headings/running.h"

#include <algorithm>
#include <map>
#include <string>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "weights/headings.h"

namespace emend {

namespace {

std::string_view without_number(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  text = trim(text);
  const std::size_t last = text.find_last_not_of(digits);
  if (last == text.npos) return {};
  text = text.substr(0, last + 1);
  return trim(text.substr(text.find_first_not_of(digits)));
}

using Pages = std::vector<std::uint32_t>;  // in the order of the book

std::map<std::u32string, Pages> running_heads(const Document& d) {
  std::map<std::u32string, Pages> running;
  for (const Node& node : d.blocks)
    if (node.name == "fw" && node.get("type") == "header") {
      const Line& line = d.lines[d.line_at(node.at.begin)];
      running[folded(without_number(line.text))].push_back(line.page);
    }
  return running;
}

bool begins_on(const Pages& pages, std::uint32_t page) {
  const auto behind = std::upper_bound(pages.begin(), pages.end(), page);
  const auto here = std::lower_bound(pages.begin(), pages.end(), page);
  return behind != pages.end() && *behind <= page + headings::running_reach &&
         (here == pages.begin() || *(here - 1) + headings::running_reach < page);
}

bool has(const Pages& pages, std::uint32_t page) { return std::binary_search(pages.begin(), pages.end(), page); }

// Whether a page close before has the words, or a good part of them, in a line of its own: the chapter began there.
bool began_before(const Document& d, const HeadingLines& lines, std::size_t first, std::u32string_view words) {
  const std::uint32_t page = d.lines[first].page;
  for (auto line = std::lower_bound(lines.all().begin(), lines.all().end(), first); line != lines.all().begin();) {
    --line;
    if (d.lines[*line].page + headings::running_reach < page) break;
    if (d.lines[*line].page == page || wider_than(d.lines[*line].text, headings::longest_unlisted)) continue;
    const std::u32string there = folded(d.lines[*line].text);
    if (there.size() * 3 > words.size() && words.find(there) != words.npos) return true;
  }
  return false;
}

// Whether the page has running text below the title, as a title page has not.
bool stands_over_text(const Document& d, const HeadingLines& lines, std::size_t last) {
  std::size_t line = lines.next(last);
  for (std::size_t n = 0;
       n < headings::text_within && line < d.lines.size() && d.lines[line].page == d.lines[last].page; ++n) {
    if (wider_than(trim(d.lines[line].text), headings::text_width)) return true;
    line = lines.next(line);
  }
  return false;
}

// Whether the text before has come to an end and a gap follows: a running head stands between the halves of a sentence.
bool opens_text(const Document& d, const HeadingLines& lines, std::size_t first, std::size_t last) {
  const std::size_t before = lines.previous(first), behind = lines.next(last);
  return before != first && ends_sentence(d.lines[before].text) && behind < d.lines.size() && behind > last + 1 &&
         !is_lower(first_character(trim(d.lines[behind].text)));
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> headings_that_run(const Document& d, const HeadingLines& lines) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  const std::map<std::u32string, Pages> running = running_heads(d);
  if (running.empty()) return found;
  for (const std::size_t first : lines.all()) {
    const std::uint32_t page = d.lines[first].page;
    if (page == 0 || !lines.is_free(first) || !lines.is_first_on_page(first)) continue;  // the first page has the title
    std::u32string words;
    std::size_t last = first;
    for (std::size_t n = 0; n < headings::most_lines_of_title && last < d.lines.size(); ++n, last = lines.next(last)) {
      if (d.lines[last].page != page || d.lines[last].block >= 0 || !lines.is_free(last) || last > first + 2 * n) break;
      words += folded(d.lines[last].text);
      const auto pages = running.find(words);
      if (words.size() < 2 || pages == running.end() || !begins_on(pages->second, page) ||
          !stands_over_text(d, lines, last))
        continue;
      if (!has(pages->second, page) && (began_before(d, lines, first, words) || !opens_text(d, lines, first, last)))
        continue;
      found.emplace_back(first, last);
      break;
    }
  }
  return found;
}

}  // namespace emend
