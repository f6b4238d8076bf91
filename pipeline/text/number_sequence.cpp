// Following the numbers of headings through a book.
#include "pipeline/text/number_sequence.h"

#include "pipeline/text/outline.h"

namespace emend {

namespace {

// Whether items of lists are numbered so as well.
bool is_plain(const NumberedLine& c) { return is_movable_rank(c.number.rank) && c.number.scheme != "section-sign"; }

// Numbers that follow each other without text between, or with no more than an item that wraps, are a list.
std::vector<bool> list_items(const std::vector<NumberedLine>& lines, const HeadingLines& look) {
  constexpr std::size_t wrapped_item = 3;  // lines
  const std::size_t most = look.full_line() > 0 ? wrapped_item : 0;
  std::vector<bool> is_item(lines.size(), false);
  std::map<std::string, std::size_t, std::less<>> last;  // of each scheme
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_plain(lines[i])) continue;
    const auto [before, first] = last.try_emplace(std::string(lines[i].number.scheme), i);
    if (!first) {
      const NumberedLine& b = lines[before->second];
      const bool follows = b.number.value + 1 == lines[i].number.value;
      const std::size_t between = look.text_between(b.line, lines[i].line, most);
      if (follows && (between == 0 || (between <= most && look.blank_behind(b.line) == 0))) {
        if (!lines[i].known) is_item[i] = true;
        if (!b.known) is_item[before->second] = true;
      }
    }
    before->second = i;
  }
  return is_item;
}

struct Tally {
  int counts = 0, does_not = 0;
};

}  // namespace

void settle_letters(const std::vector<Numbering*>& numbers) {
  int letter = 0, roman = 0;
  for (Numbering* number : numbers) {
    Numbering& n = *number;
    if (n.scheme == "letter") {
      letter = n.value;
    } else if (n.scheme == "roman" && n.shown.size() == 1) {
      const int as_letter = n.shown[0] - 'A' + 1;
      if (letter + 1 == as_letter && roman + 1 != n.value) {
        n.scheme = "letter";
        n.rank = 28;
        n.value = letter = as_letter;
        n.n = n.shown;
        continue;
      }
      roman = n.value;
    } else if (n.scheme == "roman") {
      roman = n.value;
    }
    if (n.scheme == "roman" && n.value == 1) letter = 0;
  }
}

std::vector<std::size_t> numbers_that_count(const std::vector<NumberedLine>& lines, const HeadingLines& look,
                                            const std::set<std::string, std::less<>>& listed) {
  const std::vector<bool> is_item = list_items(lines, look);
  std::vector<OutlineItem> items;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!is_item[i] && (lines[i].known || lines[i].apart || !is_plain(lines[i])))
      items.push_back({lines[i].number.rank, lines[i].number.value});
  const std::map<int, int> level = outline_levels(items);
  std::map<int, std::set<std::string, std::less<>>> of_level;
  for (const NumberedLine& c : lines)
    if (const auto at = level.find(c.number.rank); at != level.end())
      of_level[at->second].insert(std::string(c.number.scheme));
  std::map<std::string, Tally, std::less<>> tally;
  std::map<std::string, int, std::less<>> last;
  std::map<std::string, std::string, std::less<>> above;
  std::vector<std::size_t> counting;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const NumberedLine& c = lines[i];
    if (is_item[i]) continue;
    const std::string scheme(c.number.scheme);
    const bool next = above[scheme] == c.number.above && c.number.value == last[scheme] + 1;
    const bool gap =
        above[scheme] == c.number.above && last[scheme] > 0 && c.number.value == last[scheme] + 2 && c.apart;
    const bool counts = c.number.value == 1 || next || gap;
    if (!c.known && (!counts || (is_plain(c) && !c.apart))) {
      ++tally[scheme].does_not;
      continue;
    }
    ++tally[scheme].counts;
    last[scheme] = c.number.value;
    above[scheme] = c.number.above;
    if (const auto at = level.find(c.number.rank); at != level.end())
      for (auto below = of_level.upper_bound(at->second); below != of_level.end(); ++below)
        for (const std::string& other : below->second) last[other] = 0;
    if (!c.known) counting.push_back(i);
  }
  std::erase_if(counting, [&](std::size_t i) {
    const std::string_view scheme = lines[i].number.scheme;
    if (listed.contains(scheme)) return scheme == "arabic";  // the list would have named it
    const auto& [good, bad] = tally.find(scheme)->second;
    return good < 2 || bad > good;
  });
  return counting;
}

}  // namespace emend
