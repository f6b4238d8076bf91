// Holding the levels that a source declares against numbers and against the contents list.
#include "stages/50-headings/declared.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "pipeline/rules/matter.h"
#include "pipeline/rules/outline.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/50-headings/repeated.h"
#include "weights/headings.h"

namespace emend {

namespace {

class Declared {
 public:
  explicit Declared(Found& f) : f_(f), d_(f.d), lines_(f.lines), heads_(f.heads) {}

  bool run(Proposal& out) {
    const ListedTitles titles(f_);
    std::set<int> levels;
    std::vector<std::pair<std::size_t, int>> seen;
    for (const std::size_t i : lines_.all()) {
      const Node* said = d_.declaration(d_.lines[i]);
      const bool opens = said != nullptr && said->name == "header" && !said->get("opens").empty();
      if (said == nullptr || (said->name != "head" && !opens)) continue;
      const int level = read_whole_number(said->get("level")).value;
      if (!opens) levels.insert(level);
      if (lines_.is_free(i) && titles.say(f_, i))
        name_running_head(f_, i, out);
      else if (lines_.is_free(i) || heads_.contains(i))
        seen.emplace_back(i, level);
    }
    if (levels.empty()) return false;
    std::vector<Numbering> numbers;
    std::vector<Numbering*> read;
    for (const auto& [line, level] : seen) numbers.push_back(f_.numbering_of(line));
    for (Numbering& n : numbers)
      if (n) read.push_back(&n);
    settle_letters(read);
    for (std::size_t k = 0; k < seen.size(); ++k) {
      if (seen[k].second > 0) continue;  // a heading that was taken for a running head stands as its siblings do
      seen[k].second = *levels.begin();
      for (std::size_t i = 0; i < seen.size(); ++i)
        if (i != k && numbers[i] && numbers[k] && numbers[i].rank == numbers[k].rank) seen[k].second = seen[i].second;
    }
    const bool flat = levels.size() == 1 || (!are_nested(seen) && !agree(seen, numbers));
    const std::map<int, int> listed = levels_of_listed(seen);
    std::vector<std::pair<std::size_t, int>> found;
    std::set<std::size_t> titles_below;  // numbers alone that have their title in the next heading
    for (std::size_t k = 0; k + 1 < seen.size(); ++k)
      if (is_title_below(seen[k], numbers[k], seen[k + 1], numbers[k + 1])) titles_below.insert(k);
    for (std::size_t k = 0; k < seen.size(); ++k) {
      const auto [line, level] = seen[k];
      if (!lines_.is_free(line)) continue;
      found.push_back(seen[k]);
      Head head;
      const Node* said = d_.declaration(d_.lines[line]);
      head.first = line;
      head.last = said == nullptr ? line : last_of(line, d_.line_at(said->at.end));  // declared over several lines
      if (titles_below.size() >= headings::enough_titles && titles_below.contains(k)) head.last = seen[k + 1].first;
      head.rule = "head.declared";
      head.because = {90, "the source marks it as a heading"};
      const auto as_listed = listed.find(level);
      head.level = flat ? 0
                   : as_listed != listed.end()
                       ? as_listed->second
                       : static_cast<int>(std::distance(levels.begin(), levels.find(level))) + 1;
      f_.describe(head, numbers[k]);
      if (flat && numbers[k] && numbers[k].type != appendix) {
        head.rank = numbers[k].rank;
        head.value = numbers[k].value;
      }
      f_.put(std::move(head));
    }
    if (flat) f_.set_levels_by_rank();
    if (flat && levels.size() > 1) set_levels_by_kind(found);
    if (flat && levels.size() == 1) set_levels_between_numbers(found);
    // A PDF whose outline has the title and nothing else says nothing of the headings; who writes Markdown does.
    return found.size() != 1 || !d_.meta("markup").empty();
  }

 private:
  // Tools make two headings of Chapter 1 and of the title right below it.
  bool is_title_below(const std::pair<std::size_t, int>& above, const Numbering& number,
                      const std::pair<std::size_t, int>& next, const Numbering& of_next) const {
    const std::size_t line = above.first;
    const std::string_view text = trim(d_.lines[line].text), title = trim(d_.lines[next.first].text);
    const bool own = number && !is_movable_rank(number.rank) && number.rank < decimal_rank;
    return own && text.size() <= number.words && !of_next && next.second >= above.second && lines_.is_free(line) &&
           lines_.is_free(next.first) && lines_.adjacent(line, next.first) &&
           d_.lines[next.first].page == d_.lines[line].page && read_matter(f_.rules, title) == nullptr &&
           !wider_than(title, headings::longest_unlisted);
  }

  // Up to a line that is a heading of its own, or of something else.
  std::size_t last_of(std::size_t line, std::size_t last) const {
    for (std::size_t k = line + 1; k <= last; ++k)
      if (heads_.contains(k) || !lines_.is_free(k)) return k - 1;
    return last;
  }

  // Whether the source has its headings within each other, as an outline does: then their levels are no mere sizes.
  bool are_nested(const std::vector<std::pair<std::size_t, int>>& found) const {
    const auto nested = std::count_if(found.begin(), found.end(), [&](const auto& head) {
      const Node* said = d_.declaration(d_.lines[head.first]);
      return said != nullptr && said->get("nested") == "1";
    });
    return static_cast<std::size_t>(nested) * 10 >= found.size() * 9;
  }

  // Whether the levels that the source gives to numbered headings are those of a book: one for each kind of number, and
  // the deeper the lower the kind.
  static bool agree(const std::vector<std::pair<std::size_t, int>>& found, const std::vector<Numbering>& numbers) {
    std::map<int, std::map<int, std::size_t>> levels;  // of each kind of number, and how often
    for (std::size_t k = 0; k < found.size(); ++k)
      if (numbers[k] && numbers[k].type != appendix) ++levels[numbers[k].rank][found[k].second];
    int above = 0;
    for (const auto& [rank, counts] : levels) {
      std::size_t all = 0, most = 0;
      int level = 0;
      for (const auto& [l, n] : counts) {
        all += n;
        if (n > most) most = n, level = l;
      }
      if (most * 10 < all * 9 || level <= above) return false;
      above = level;
    }
    return true;
  }

  // Headings without a number have the level that most numbered ones of as many # have by their numbers; names of front
  // and back matter stand at the top.
  void set_levels_by_kind(const std::vector<std::pair<std::size_t, int>>& found) {
    std::map<int, std::map<int, std::size_t>> by_numbers;
    for (const auto& [line, level] : found)
      if (heads_.at(line).rank > 0) ++by_numbers[level][heads_.at(line).level];
    for (const auto& [line, level] : found) {
      Head& head = heads_.at(line);
      if (head.rank > 0 || head.part != "body" || by_numbers[level].empty()) continue;
      head.level =
          std::max_element(by_numbers[level].begin(), by_numbers[level].end(), [](const auto& a, const auto& b) {
            return a.second < b.second;
          })->first;
    }
  }

  // Where all have one level, a heading without a number between two that have one is within the first of them; names
  // of front and back matter are not, nor is what follows them, nor appendices.
  void set_levels_between_numbers(const std::vector<std::pair<std::size_t, int>>& found) {
    const auto is_numbered = [&](const auto& heading) { return heads_.at(heading.first).rank > 0; };
    const auto last = std::find_if(found.rbegin(), found.rend(), is_numbered).base();
    int above = 0;
    for (auto k = found.begin(); k != last; ++k) {
      Head& head = heads_.at(k->first);
      const std::string_view text = trim(d_.lines[k->first].text);
      const bool lettered = text.size() > 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] == ' ';  // A Proofs
      const bool apart = lettered || head.part != "body" || read_matter(f_.rules, text) != nullptr;
      if (head.rank > 0)
        above = head.level;
      else if (apart || f_.numbering_of(k->first))
        above = 0;
      else if (above > 0)
        head.level = above + 1;
    }
  }

  // The level in the contents list of most headings that the source gives the same level.
  std::map<int, int> levels_of_listed(const std::vector<std::pair<std::size_t, int>>& seen) const {
    std::map<int, std::map<int, std::size_t>> counts;
    for (const auto& [line, level] : seen)
      if (const auto head = heads_.find(line); head != heads_.end()) ++counts[level][head->second.level];
    std::map<int, int> levels;
    for (const auto& [level, of_list] : counts)
      levels[level] = std::max_element(of_list.begin(), of_list.end(), [](const auto& a, const auto& b) {
                        return a.second < b.second;
                      })->first;
    return levels;
  }

  Found& f_;
  const Document& d_;
  HeadingLines& lines_;
  std::map<std::size_t, Head>& heads_;
};

}  // namespace

bool find_declared(Found& f, Proposal& out) { return Declared(f).run(out); }

}  // namespace emend
