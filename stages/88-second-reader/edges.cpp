// What returns at the edges of pages, and what counts there with them.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/88-second-reader/sight.h"

namespace emend::reader {

namespace {

constexpr Witness top{"edge.top", "it is the first line of its page"};
constexpr Witness second{"edge.second", ""};
constexpr Witness bottom{"edge.bottom", "it is the last line of its page"};
constexpr Witness last_but_one{"edge.last-but-one", ""};
constexpr Witness low{"edge.low", "it stands low on its page"};
constexpr Witness inner{"edge.inner", "it stands within its page"};
constexpr Witness top_apart{"edge.top-apart", "it stands apart at the head of its page"};
constexpr Witness bottom_apart{"edge.bottom-apart", "it stands apart at the foot of its page"};
constexpr Witness foot_block{"edge.foot-block", "it stands below the last gap of its page"};
constexpr Witness returns{"edge.returns", "pages near it have the same line at their edge"};
constexpr Witness returns_often{"edge.returns-often", "many pages near it have the same line at their edge"};
constexpr Witness returns_first{"edge.returns-first", "it is the first of the lines that return at the edges of pages"};
constexpr Witness again{"edge.again", "the same line stands elsewhere in the book"};
constexpr Witness again_often{"edge.again-often", "the same line stands in many places of the book"};
constexpr Witness once{"edge.once", "it does not return at the edges of pages, where others do"};
constexpr Witness counts{"edge.counts", "its number counts with the pages"};
constexpr Witness alone{"edge.number-alone", "it is a number and no more"};
constexpr Witness alone_inner{"edge.number-inner", ""};

constexpr std::size_t rim = 2;  // lines at each edge
constexpr std::uint32_t near = 4, far = 10;

bool at_edge(const Seen& l) { return l.from_top < rim || l.from_bottom < rim; }

// The numbers at the two ends of a line.
std::vector<int> numbers_of(std::string_view text) {
  std::vector<int> out;
  const auto add = [&](std::string_view s) {
    if (const Number n = read_number(s); n && n.form != Numeral::symbol && n.form != Numeral::letter)
      out.push_back(n.value);
  };
  std::size_t begin = text.find_first_not_of(" -([<~.|");
  if (begin != std::string_view::npos) add(text.substr(begin));
  std::size_t end = text.find_last_not_of(" -)]>~.|");
  if (end == std::string_view::npos) return out;
  std::size_t from = end + 1;
  while (from > 0 && is_digit(static_cast<unsigned char>(text[from - 1]))) --from;
  if (from <= end && from > begin) add(text.substr(from));
  if (from > end) {  // roman, behind a blank
    const std::size_t blank = text.find_last_of(' ', end);
    if (blank != std::string_view::npos) add(text.substr(blank + 1, end - blank));
  }
  return out;
}

bool is_number_alone(const Seen& l) {
  if (l.width > 12) return false;
  const std::size_t begin = l.text.find_first_not_of(" -([<~.|");
  if (begin == std::string_view::npos) return false;
  const Number n = read_number(l.text.substr(begin));
  if (!n || n.form == Numeral::symbol || n.form == Numeral::letter) return false;
  for (std::size_t i = begin + n.length; i < l.text.size();) {
    const char32_t c = next_character(l.text, i);
    if (is_digit(c) || is_han(c) || is_letter(c)) return false;
  }
  return true;
}

using Places = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;  // pages, ascending

std::size_t near_pages(const std::vector<std::uint32_t>& pages, std::uint32_t page, std::uint32_t reach) {
  const auto from = std::lower_bound(pages.begin(), pages.end(), page < reach ? 0 : page - reach);
  const auto to = std::upper_bound(from, pages.end(), page + reach);
  return static_cast<std::size_t>(to - from);
}

void see_returns(Sight& s) {
  Places edges, anywhere;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    if (l.key.size() < 3) continue;
    anywhere[l.key].push_back(s.page(i));
    if (!at_edge(l)) continue;
    auto& pages = edges[l.key];
    if (pages.empty() || pages.back() != s.page(i)) pages.push_back(s.page(i));
  }
  std::size_t returning = 0;
  for (const auto& [key, pages] : edges) returning += pages.size() > 2;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    const auto all = anywhere.find(l.key);
    if (all == anywhere.end()) continue;
    s.see(i, again, all->second.size() > 1);
    s.see(i, again_often, all->second.size() > 3);
    const auto found = edges.find(l.key);
    const std::size_t with = found == edges.end() ? 0 : near_pages(found->second, s.page(i), near);
    const std::size_t others = with > 0 ? with - at_edge(l) : 0;
    if (s.paged && others > 0) {
      s.see(i, returns, at_edge(l));
      s.see(i, returns_often, at_edge(l) && near_pages(found->second, s.page(i), far) > 4);
      s.see(i, returns_first, found->second.front() >= s.page(i));
    }
    s.see(i, once, s.paged && others == 0 && at_edge(l) && returning > 1);
  }
}

void see_counting(Sight& s) {
  std::map<std::uint32_t, std::vector<int>> numbers;  // at the edges of each page
  std::vector<std::vector<int>> own(s.lines.size());
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    if (!at_edge(s.lines[i])) continue;
    own[i] = numbers_of(s.lines[i].text);
    auto& all = numbers[s.page(i)];
    all.insert(all.end(), own[i].begin(), own[i].end());
  }
  const auto has = [&](std::int64_t page, std::int64_t number) {
    if (page < 0) return false;
    const auto found = numbers.find(static_cast<std::uint32_t>(page));
    return found != numbers.end() &&
           std::find(found->second.begin(), found->second.end(), number) != found->second.end();
  };
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    bool counting = false;
    for (const int n : own[i])
      for (const int away : {-2, -1, 1, 2}) counting = counting || has(std::int64_t{s.page(i)} + away, n + away);
    s.see(i, counts, s.paged && counting);
    if (is_number_alone(s.lines[i])) s.see(i, at_edge(s.lines[i]) ? alone : alone_inner);
  }
}

}  // namespace

void see_edges(Sight& s) {
  for (std::size_t i = 0; s.paged && i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    s.see(i, top, l.from_top == 0);
    s.see(i, second, l.from_top == 1);
    s.see(i, bottom, l.from_bottom == 0);
    s.see(i, last_but_one, l.from_bottom == 1);
    s.see(i, inner, !at_edge(l));
    s.see(i, low, l.from_bottom * 2 < l.from_top);
    s.see(i, top_apart, l.from_top == 0 && l.below > 0);
    s.see(i, bottom_apart, l.from_bottom == 0 && l.above > 0);
  }
  std::size_t below_gap = 0;  // lines of the page below its last gap, seen from its end
  for (std::size_t i = s.lines.size(); s.paged && i-- > 0;) {
    const Seen& l = s.lines[i];
    if (l.from_bottom == 0) below_gap = 0;
    if (below_gap == 0) s.see(i, foot_block, l.from_top > 2);
    below_gap += l.above > 0 && l.from_bottom >= rim;
  }
  see_returns(s);
  see_counting(s);
}

}  // namespace emend::reader
