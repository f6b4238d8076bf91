// Aligning the contents list with the headings: two sequences of the same thing (`align_titles`).
#include "stages/50-headings/listed.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "pipeline/document/runs.h"
#include "pipeline/rules/matter.h"
#include "pipeline/rules/outline.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "pipeline/text/synopsis.h"
#include "stages/50-headings/repeated.h"
#include "stages/50-headings/running_levels.h"
#include "weights/headings.h"

namespace emend {

namespace {

// The number in （12）, - 12 - or p. 12.
std::string bare_page(std::string_view locus) {
  constexpr std::string_view digits = "0123456789", letters = "ivxlcIVXLC";
  for (const std::string_view set : {digits, letters})
    if (const std::size_t first = locus.find_first_of(set); first != locus.npos)
      return std::string(locus.substr(first, locus.find_first_not_of(set, first) - first));
  return std::string(trim(locus));
}

class Aligner {
 public:
  explicit Aligner(Found& f) : f_(f), d_(f.d), rules_(f.rules), lines_(f.lines), heads_(f.heads) {}

  // Lists that follow each other closely are one list in pieces. A list speaks for the text up to the next list.
  ListedEntries run(Proposal& out) {
    std::vector<Entry> entries;
    std::uint32_t list_end = 0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < d_.blocks.size(); ++i) {
      if (d_.blocks[i].name != "contents" || !d_.blocks[i].get("lists").empty()) continue;
      if (!entries.empty() && d_.line_at(d_.blocks[i].at.begin) > d_.line_at(list_end) + headings::most_lines_between) {
        align(entries, list_end, d_.blocks[i].at.begin, out);
        entries.clear();
      }
      if (!entries.empty()) lines_.pass_over(list_end, d_.blocks[i].at.begin);
      std::vector<Entry> more = entries_of(i, next);
      entries.insert(entries.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
      list_end = d_.blocks[i].at.end;
    }
    if (!entries.empty()) align(entries, list_end, static_cast<std::uint32_t>(d_.source.size()), out);
    return {std::move(found_), std::move(missing_)};
  }

 private:
  std::vector<Entry> entries_of(std::size_t list, std::size_t& next) const {
    std::vector<Entry> entries;
    for (next = list + 1; next < d_.blocks.size() && d_.blocks[list].at.contains(d_.blocks[next].at); ++next) {
      const Node& node = d_.blocks[next];
      if (node.name != "entry") continue;
      Entry e;
      e.node = &node;
      const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
      for (std::size_t i = first; i < last; ++i) {
        if (d_.block_of(d_.lines[i]) != &node) continue;
        each_run(d_, d_.lines[i], [&](std::string_view text, const Node* phrase) {
          if (phrase == nullptr || phrase->name == "hi") e.printed += text;
          if (phrase != nullptr && phrase->name == "locus") e.page = bare_page(text);
        });
      }
      e.title.words = folded(e.printed);
      e.number = read_numbering(rules_, e.printed);
      e.title.bare = folded(std::string_view(e.printed).substr(e.number.words));
      if (e.number && !is_movable_rank(e.number.rank) &&
          is_synopsis(std::string_view(e.printed).substr(e.number.words))) {
        e.title.words = folded(trim(std::string_view(e.printed).substr(0, e.number.words)));
        e.title.bare.clear();
      }
      e.level = read_whole_number(node.get("level")).value;
      entries.push_back(std::move(e));
    }
    std::vector<Numbering*> numbers;
    for (Entry& e : entries) numbers.push_back(&e.number);
    settle_letters(numbers);
    for (Entry& e : entries) {
      e.title.n = e.number.n;
      e.title.own = e.number && !is_movable_rank(e.number.rank);
    }
    return entries;
  }

  // One to three lines from each short line on that no blank page edge separates.
  std::vector<TitleLines> candidates(std::uint32_t begin, std::uint32_t end) const {
    std::vector<TitleLines> all;
    const std::vector<std::size_t>& lines = lines_.all();
    const auto from = std::lower_bound(lines.begin(), lines.end(), begin,
                                       [&](std::size_t i, std::uint32_t b) { return d_.lines[i].at.begin < b; });
    std::deque<std::u32string> folds;  // of the lines from `i` on, each folded once
    for (auto i = from; i != lines.end() && d_.lines[*i].at.begin < end; ++i) {
      if (i != from && !folds.empty()) folds.pop_front();
      std::u32string words, bare;
      const Numbering number = read_numbering(rules_, d_.lines[*i].text);
      const std::size_t above = number ? *i : f_.number_line(*i);  // Chapter 3, over the title
      const std::string n = above == *i ? number.n : f_.number_of(above);
      for (auto k = i; k != lines.end() && k - i < static_cast<std::ptrdiff_t>(headings::most_lines); ++k) {
        if (k != i && (*k - *(k - 1) > 3 || d_.lines[*k].page != d_.lines[*i].page)) break;
        if (const auto depth = static_cast<std::size_t>(k - i); depth == folds.size())
          folds.push_back(folded(d_.lines[*k].text));
        const std::u32string& fold = folds[static_cast<std::size_t>(k - i)];
        words += fold;
        bare += k == i && number ? folded(d_.lines[*k].text.substr(number.words)) : fold;
        const bool own = number && !is_movable_rank(number.rank);
        all.push_back(
            {*i, *k, {words, bare, n, own, number.rank, above != *i || (k != i && is_bare_number(d_.lines[*i].text))}});
      }
      if (const auto behind = i + 1; above == *i && !number && behind != lines.end() && is_number_behind(*i, *behind))
        all.push_back(
            {*i, *behind, {folded(d_.lines[*behind].text) + folds[0], folds[0], f_.number_of(*behind), true}});
    }
    return all;
  }

  // 1.2 below the title that it was printed beside.
  bool is_number_behind(std::size_t title, std::size_t line) const {
    const std::string_view text = trim(d_.lines[line].text);
    const Numbering own = read_numbering(rules_, text);
    return own && text.size() <= own.words && own.rank >= decimal_rank && line <= title + 3 &&
           d_.lines[line].page == d_.lines[title].page;
  }

  // A list in the last half of the book may speak for the text before it: the better alignment tells.
  void align(const std::vector<Entry>& entries, std::uint32_t begin, std::uint32_t end, Proposal& out) {
    std::vector<TitleLines> all = candidates(begin, end);
    std::vector<Title> list;
    for (const Entry& e : entries) list.push_back(e.title);
    std::vector<std::ptrdiff_t> match = align_titles(list, all);
    const auto found = [](const std::vector<std::ptrdiff_t>& m) {
      return std::count_if(m.begin(), m.end(), [](std::ptrdiff_t i) { return i >= 0; });
    };
    const std::uint32_t first = entries.front().node->at.begin;
    if (first > d_.source.size() / 2 && spoken_for_ < first) {
      std::vector<TitleLines> before = candidates(spoken_for_, first);
      std::vector<std::ptrdiff_t> other = align_titles(list, before);
      if (found(other) > found(match)) all = std::move(before), match = std::move(other);
    }
    std::vector<std::size_t> taken =
        take_before(entries, match, first, out);  // first lines of headings that were found
    const std::size_t in_front = taken.size();
    spoken_for_ = end;
    std::size_t open = missing_.size();  // the first missing entry behind the last heading that was found
    for (std::size_t e = in_front; e < entries.size(); ++e) {
      if (match[e] < 0) {
        const std::size_t after = taken.size() == in_front ? (all.empty() ? 0 : all.front().first) : taken.back() + 1;
        missing_.push_back({entries[e], after, all.empty() ? 0 : all.back().first + 1});
        continue;
      }
      const TitleLines& lines = all[static_cast<std::size_t>(match[e])];
      for (std::size_t m = missing_.size(); m > open; --m) missing_[m - 1].before = lines.first;
      open = missing_.size();
      taken.push_back(take(entries[e], lines, out));
      compare(entries[e], heads_.at(taken.back()), lines, out);
    }
    set_levels_by_adjacency(taken);
  }

  // What a list names first may stand before it: a preface or an abstract, which its name or a Roman page tells.
  std::vector<std::size_t> take_before(const std::vector<Entry>& entries, const std::vector<std::ptrdiff_t>& match,
                                       std::uint32_t list, Proposal& out) {
    std::vector<std::size_t> taken;
    std::vector<Title> front;
    for (std::size_t e = 0; e < entries.size() && match[e] < 0 && is_front(entries[e]); ++e)
      front.push_back(entries[e].title);
    if (front.empty()) return taken;
    const std::vector<TitleLines> all = candidates(spoken_for_, list);
    const std::vector<std::ptrdiff_t> found = align_titles(front, all);
    for (std::size_t e = 0; e < front.size() && found[e] >= 0; ++e) {
      const TitleLines& lines = all[static_cast<std::size_t>(found[e])];
      if (similarity(lines.title.words, front[e].words, headings::same_words) == 0) break;
      taken.push_back(take(entries[e], lines, out));
    }
    return taken;
  }

  bool is_front(const Entry& e) const {
    const Numeral page = read_whole_number(e.page).form;
    return page == Numeral::roman_lower || page == Numeral::roman_upper || read_matter(rules_, e.printed) != nullptr;
  }

  // Says how the list and the heading differ.
  void compare(const Entry& e, const Head& head, const TitleLines& lines, Proposal& out) const {
    const Numbering own = read_numbering(rules_, d_.lines[head.first].text);
    const std::string quoted =
        "the contents list has '" + std::string(trim(e.printed)) + "', the heading is '" + f_.words_of(head) + "'";
    const bool named = own && own.n == e.number.n && is_movable_rank(e.number.rank);  // CHAPTER II for II
    if (e.number && own && e.number.rank != own.rank && !named)
      out.doubt(e.node->at, "contents.level", {60, quoted + ", of another level"});
    else if (similarity(lines.title.bare, e.title.bare, headings::same_words) == 0 &&
             similarity(lines.title.words, e.title.words, headings::same_words) == 0)
      out.doubt(e.node->at, "contents.renamed", {60, quoted});
    else if (e.number && own && e.number.n != own.n)
      out.doubt(e.node->at, "contents.renumbered", {60, quoted});
  }

  // In a list that tells no levels: where a heading stands right below another, without text between, the first is the
  // higher, and what follows is like the second until the next such pair. What follows Part One is below it.
  void set_levels_by_adjacency(const std::vector<std::size_t>& lines) {
    std::size_t plain = 0;
    for (const std::size_t line : lines) {
      if (!heads_.at(line).n.empty()) continue;
      ++plain;
      if (heads_.at(line).level != 1) return;
    }
    if (plain * 2 < lines.size()) return;
    bool below = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Head& head = heads_.at(lines[i]);
      const bool part = head.rank > 0 && head.rank <= part_rank;
      const bool parent = part || (i + 1 < lines.size() && lines_.adjacent(head.last, heads_.at(lines[i + 1]).first));
      if (below && !parent && head.level == 1 && head.part == "body") {
        head.level = 2;
        if (head.rank > 0) f_.listed_level[head.rank] = 2;
        head.rank = 0;
      }
      below = below || parent;
    }
    set_levels_by_running_heads(lines);
  }

  // The same, where running heads tell.
  void set_levels_by_running_heads(const std::vector<std::size_t>& lines) {
    std::vector<Titled> titles;
    for (const std::size_t line : lines) titles.push_back({line, folded(f_.words_of(heads_.at(line)))});
    const std::vector<bool> below = below_earlier_titles(d_, titles);
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (Head& head = heads_.at(lines[i]); below[i] && head.part == "body") head.level = 2;
  }

  // Where the list's words were spoiled behind the title, only the number is found: the title may stand below it.
  std::size_t title_below(std::size_t number, const Entry& e) const {
    const std::size_t line = lines_.next(number);
    if (line >= d_.lines.size() || line > number + 3 || !lines_.is_free(line) ||
        d_.lines[line].page != d_.lines[number].page)
      return number;
    const std::u32string words = folded(d_.lines[line].text);
    return words.size() > 2 && e.title.bare.starts_with(words) ? line : number;
  }

  // The last line of a heading of more lines than `most_lines`: the entry's words go on in those that follow.
  std::size_t goes_on_to(const Head& head, const Entry& e) const {
    std::u32string words = folded(f_.words_of(head));
    std::size_t last = head.last;
    for (std::size_t i = last + 1; i < d_.lines.size() && i < head.first + headings::longest_in_lines; ++i) {
      const std::u32string more = folded(d_.lines[i].text);
      if (more.empty() && i == last + 1) continue;  // large type stands apart
      if (more.empty() || d_.lines[i].page != d_.lines[last].page || d_.lines[i].block >= 0 || !lines_.is_free(i))
        break;
      words += more;
      const std::u32string_view beginning = std::u32string_view(e.title.words).substr(0, words.size());
      if (words.size() > e.title.words.size() + 2 || similarity(beginning, words, headings::same_beginning) == 0) break;
      last = i;
    }
    return last;
  }

  // Gives the heading's first line.
  std::size_t take(const Entry& e, const TitleLines& c, Proposal& out) {
    Head head;
    head.first = c.first;
    head.last = c.last;
    head.level = e.level;
    head.entry = e.node;
    head.rule = "head.contents";
    if (!read_numbering(rules_, d_.lines[c.first].text)) head.first = f_.number_line(c.first);
    const Numbering own = read_numbering(rules_, d_.lines[head.first].text);
    if (head.last == head.first && own && own.words >= trim(d_.lines[head.first].text).size())
      head.last = title_below(head.first, e);
    if (own && own.words >= trim(d_.lines[head.first].text).size() && is_synopsis(e.printed))
      head.last = head.first;
    else
      head.last = goes_on_to(head, e);
    for (std::size_t i = head.first + 1; own && own.words >= d_.lines[head.first].text.size() && i < head.last; ++i)
      if (d_.lines[i].block < 0 && is_bare_number(d_.lines[i].text)) name_page_number(f_, i, out);
    f_.describe(head, e.number && !(own && own.n == e.number.n) ? e.number : own);
    if (head.first < c.first && !own) head.n = trim(d_.lines[head.first].text);
    const bool over_title = head.first < c.first && c.title.n == e.title.n && c.title.bare == e.title.bare;
    if (c.title.words != e.title.words && !over_title)
      head.because = {85, "the contents list names it, in other words or letters"};
    else
      head.because = {98, "the contents list names it"};
    if (e.number.type == appendix) {
      f_.listed_schemes.insert(std::string(e.number.scheme));
    } else if (e.number) {
      f_.listed_schemes.insert(std::string(e.number.scheme));
      const bool named = own && own.n == e.number.n;  // CHAPTER II where the list has II
      head.rank = e.number.rank;
      if (named && !is_movable_rank(own.rank) && is_movable_rank(head.rank)) f_.same_rank[head.rank] = own.rank;
      head.value = e.number.value;
      f_.listed_level[e.number.rank] = std::max(f_.listed_level[e.number.rank], e.level);
      if (named) f_.listed_level[own.rank] = std::max(f_.listed_level[own.rank], e.level);
    } else if (!head.n.empty()) {
      head.rank = own ? own.rank : chapter_rank;
      head.value = own ? own.value : read_whole_number(head.n).value;
    }
    const std::size_t first = head.first;
    f_.put(std::move(head));
    found_.emplace_back(e, first);
    return first;
  }

  Found& f_;
  const Document& d_;
  const Rules& rules_;
  HeadingLines& lines_;
  std::map<std::size_t, Head>& heads_;
  std::uint32_t spoken_for_ = 0;  // up to there the text belongs to a contents list
  std::vector<std::pair<Entry, std::size_t>> found_;
  std::vector<Missing> missing_;
};

}  // namespace

ListedEntries find_listed(Found& f, Proposal& out) { return Aligner(f).run(out); }

}  // namespace emend
