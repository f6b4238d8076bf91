// Following the numbers of headings through a book.
//
// The lines are walked twice. The first walk accepts whatever may count, and shows two habits of the book: which
// schemes count on through the headings above them, and which decimals stand below a heading with their number. The
// second walk holds every line against these habits.
#include "stages/50-headings/number_sequence.h"

#include <algorithm>
#include <iterator>

#include "pipeline/rules/outline.h"
#include "weights/headings.h"

namespace emend {

namespace {

using Schemes = std::set<std::string, std::less<>>;

// Whether items of lists are numbered so as well.
bool is_plain(const NumberedLine& c) { return is_movable_rank(c.number.rank) && c.number.scheme != "section-sign"; }

// Whether nothing but a heading has such a number: Chapter IV, 第四节.
bool is_own(const NumberedLine& c) {
  // Section 4, Subsection 4, §, 第四节, whose place alone is movable
  constexpr int named_sections[] = {27, 29, 30};
  const bool named =
      std::find(std::begin(named_sections), std::end(named_sections), c.number.rank) != std::end(named_sections);
  return (!is_movable_rank(c.number.rank) || named) && !is_decimal(c.number);
}

// A chapter that no other follows, as in a sample of a book: its number is that of a heading, even so.
bool is_sole_chapter(const NumberedLine& c, int counts, int does_not) {
  constexpr int of_chapters = 20;
  return c.number.rank == of_chapters && c.apart && c.behind_text && !c.bracketed && counts == 1 && does_not == 0;
}

// Numbers that follow each other without text between, or with no more than an item that wraps, are a list; decimals
// are the values of a table or of an axis.
std::vector<bool> list_items(const std::vector<NumberedLine>& lines, const HeadingLines& look) {
  std::vector<bool> is_item(lines.size(), false);
  std::map<std::string, std::size_t, std::less<>> last;  // of each scheme
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool plain = is_plain(lines[i]);
    if (!plain && !is_decimal(lines[i].number)) continue;
    const std::size_t most = plain && look.full_line() > 0 ? headings::wrapped_item : 0;
    const auto [before, first] = last.try_emplace(std::string(lines[i].number.scheme), i);
    if (!first) {
      const NumberedLine& b = lines[before->second];
      const bool follows = !plain || b.number.value + 1 == lines[i].number.value;
      const std::size_t between = look.text_between(b.line, lines[i].line, most);
      const bool wraps = between <= most && look.blank_behind(b.line) == 0 && !look.is_short(b.line);
      if (follows && (between == 0 || wraps)) {
        if (!lines[i].known) is_item[i] = true;
        if (!b.known) is_item[before->second] = true;
      }
    }
    before->second = i;
  }
  return is_item;
}

// How often the numbers of a scheme do what.
struct Tally {
  int counts = 0, does_not = 0;
  int anew = 0, on = 0;          // behind a higher heading
  int alone = 0;                 // a 1 behind another 1, and nothing higher between
  int leads = 0;                 // families of decimals that begin below one of its numbers
  int below = 0, elsewhere = 0;  // a decimal's family 2.1, 2.2 … begins below a heading 2, or not
};
using Tallies = std::map<std::string, Tally, std::less<>>;

struct Habits {
  Schemes run_on;  // count on through higher headings
  Schemes nested;  // decimals that stand below the heading whose number they begin with
};

struct Walked {
  std::vector<std::size_t> counting;
  Tallies tally;
};

// The last number of a scheme, and whether a higher heading has come since.
struct Last {
  int value = 0;
  std::string above, n;
  bool higher = true;
};

class Walk {
 public:
  Walk(const std::vector<NumberedLine>& lines, const std::vector<bool>& is_item, const std::map<int, int>& level)
      : lines_(lines), is_item_(is_item), level_(level) {
    for (const NumberedLine& c : lines)
      if (const auto at = level.find(c.number.rank); at != level.end())
        of_level_[at->second].insert(std::string(c.number.scheme));
  }

  Walked through(const Habits* habits) const {
    Walked out;
    std::map<std::string, Last, std::less<>> last;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const NumberedLine& c = lines_[i];
      if (is_item_[i]) continue;
      const std::string scheme(c.number.scheme);
      Tally& tally = out.tally[scheme];
      const Last& before = last[scheme];
      if (!c.known && (!counts(c, before, last, habits) || (is_plain(c) && !c.apart && !fills_gap(i, before)))) {
        // A number that only headings have and that is said again is a mention or a running head.
        if (!is_own(c) || c.number.value > before.value) ++tally.does_not;
        continue;
      }
      ++tally.counts;
      tally.alone += c.number.value == 1 && before.value == 1 && !before.higher;
      if (before.higher && before.value > 0) ++(c.number.value == 1 ? tally.anew : tally.on);
      if (is_decimal(c.number) && c.number.value == 1) {
        ++(is_below(c, before, last) ? tally.below : tally.elsewhere);
        for (const auto& [other, l] : last)
          if (other != scheme && l.n == c.number.above) ++out.tally[other].leads;
      }
      last[scheme] = {c.number.value, c.number.above, c.number.n, false};
      if (const auto at = level_.find(c.number.rank); at != level_.end())
        for (auto below = of_level_.upper_bound(at->second); below != of_level_.end(); ++below)
          for (const std::string& other : below->second) last[other].higher = true;
      if (!c.known) out.counting.push_back(i);
    }
    return out;
  }

 private:
  // Whether the line, though nothing sets it apart, is the one number that lacks between two that are.
  bool fills_gap(std::size_t i, const Last& before) const {
    const NumberedLine& c = lines_[i];
    if (!c.behind_text || before.value == 0 || before.higher || before.value + 1 != c.number.value) return false;
    const auto next =
        std::find_if(lines_.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines_.end(), [&](const NumberedLine& n) {
          return n.number.scheme == c.number.scheme && (n.apart || n.known || n.number.value <= c.number.value);
        });
    return next != lines_.end() && next->number.value == c.number.value + 1;
  }

  // Whether a heading is open whose number the decimal begins with, or its family follows the family before.
  bool is_below(const NumberedLine& c, const Last& before, const std::map<std::string, Last, std::less<>>& last) const {
    for (const auto& [scheme, l] : last)
      if (scheme != c.number.scheme && l.n == c.number.above) return true;
    const auto number = [](std::string_view n) { return n.empty() ? 0 : std::atoi(std::string(n).c_str()); };
    return before.value > 0 && c.number.above.find('.') == std::string::npos &&
           number(before.above) + 1 == number(c.number.above);
  }

  bool counts(const NumberedLine& c, const Last& before, const std::map<std::string, Last, std::less<>>& last,
              const Habits* habits) const {
    const int value = c.number.value;
    if (value == 0) return false;
    const bool nested = habits != nullptr && habits->nested.contains(c.number.scheme);
    if (value == 1) return !nested || is_below(c, before, last);
    if (c.number.between && c.apart && value == before.value) return true;
    const bool from_anew = habits != nullptr && before.higher && before.value > 0 && !is_decimal(c.number) &&
                           !habits->run_on.contains(c.number.scheme);
    const int from = from_anew ? 0 : before.value;
    if (before.above == c.number.above && value == from + 1) return true;
    if (!c.apart) return false;
    if (is_own(c)) return value > from;
    if (nested && value == 2 && before.above != c.number.above) return is_below(c, before, last);
    return before.above == c.number.above && from > 0 && value == from + 2;
  }

  const std::vector<NumberedLine>& lines_;
  const std::vector<bool>& is_item_;
  const std::map<int, int>& level_;
  std::map<int, Schemes> of_level_;
};

Habits habits_of(const Tallies& tallies) {
  Habits habits;
  for (const auto& [scheme, tally] : tallies) {
    if (tally.on > tally.anew) habits.run_on.insert(scheme);
    if (tally.below > 0 && tally.below * 2 >= tally.elsewhere) habits.nested.insert(scheme);
  }
  return habits;
}

}  // namespace

bool is_decimal(const Numbering& n) { return n.scheme.starts_with("decimal"); }

namespace {

Walked walk_twice(const std::vector<NumberedLine>& lines, const HeadingLines& look, Habits& habits) {
  const std::vector<bool> is_item = list_items(lines, look);
  std::vector<OutlineItem> items;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!is_item[i] && (lines[i].known || lines[i].apart || !is_plain(lines[i])))
      items.push_back({lines[i].number.rank, lines[i].number.value});
  const std::map<int, int> level = outline_levels(items);
  const Walk walk(lines, is_item, level);
  habits = habits_of(walk.through(nullptr).tally);
  return walk.through(&habits);
}

}  // namespace

std::vector<std::size_t> sole_chapters(const std::vector<NumberedLine>& lines, const HeadingLines& look) {
  Habits habits;
  Walked walked = walk_twice(lines, look, habits);
  std::erase_if(walked.counting, [&](std::size_t i) {
    const Tally& tally = walked.tally.find(lines[i].number.scheme)->second;
    return !is_sole_chapter(lines[i], tally.counts, tally.does_not);
  });
  return walked.counting;
}

std::vector<std::size_t> numbers_that_count(const std::vector<NumberedLine>& lines, const HeadingLines& look,
                                            const std::set<std::string, std::less<>>& listed,
                                            const std::map<std::string, int, std::less<>>& in_text) {
  Habits habits;
  Walked walked = walk_twice(lines, look, habits);
  const auto counted = [&](std::string_view scheme) {
    const auto found = walked.tally.find(scheme);
    return found == walked.tally.end() ? 0 : found->second.counts;
  };
  const bool sections_are_titled = counted(titled_number) >= 2;
  const bool have_words = sections_are_titled || counted("arabic") > std::max(1, counted(lone_number));
  std::erase_if(walked.counting, [&](std::size_t i) {
    const std::string_view scheme = lines[i].number.scheme;
    if (sections_are_titled && scheme == "arabic") return true;  // a book has one way
    if (have_words && (scheme == lone_number || scheme == lone_decimal)) return true;
    if (listed.contains(scheme)) return scheme == "arabic";  // the list would have named it
    if ((scheme == lone_number || scheme == titled_number) && !listed.empty()) return true;  // so it would
    const Tally& tally = walked.tally.find(scheme)->second;
    const auto sentences = in_text.find(scheme);
    if (!listed.empty() && is_plain(lines[i]) && sentences != in_text.end() && sentences->second > tally.counts)
      return true;
    if (is_plain(lines[i]) && tally.alone > 1 && tally.alone * 2 >= tally.counts)
      return true;  // of lines of code, perhaps
    if (habits.nested.contains(scheme)) return tally.counts < 2;
    if (scheme == titled_number && tally.leads > 0) return false;  // whatever stands below the axes of figures
    return (tally.counts < 2 && tally.leads == 0) || tally.does_not > tally.counts;
  });
  return walked.counting;
}

}  // namespace emend
