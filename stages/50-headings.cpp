// Finds the headings and aligns them with the printed contents list.
//
// The contents and the headings are two sequences of the same thing, and are aligned as such (`align_titles`). Headings
// that no list names are found by their numbers, where these count on without a gap, by the names of front and back
// matter, and by the running heads that repeat them.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "pipeline/document/proposal.h"
#include "pipeline/document/runs.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/text/heading_lines.h"
#include "pipeline/text/heading_look.h"
#include "pipeline/text/number_sequence.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/outline.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "pipeline/text/titles.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

constexpr std::size_t most_lines = 3;           // over which a heading may be broken
constexpr std::size_t most_lines_between = 40;  // two pieces of one contents list
constexpr std::string_view appendix = "appendix";
constexpr double same_words = 0.9;  // what differs less is misread, or broken at a hyphen
constexpr int part_rank = 12, chapter_rank = 24, decimal_rank = 32;  // of Part I, a plain number and 1.1 in the table

struct Head {
  std::size_t first = 0, last = 0;  // lines
  int level = 1;
  std::string n, type, part;
  std::string_view rule;
  Because because;
  const Node* entry = nullptr;
  int rank = 0, value = 0;  // of its number; 0 if it has none
};

struct Entry {
  const Node* node = nullptr;
  Title title;
  Numbering number;
  int level = 1;
  std::string printed;
};

class Finder {
 public:
  Finder(const Document& d, const Rules& rules) : d_(d), rules_(rules), lines_(d) {}

  void run(Proposal& out) {
    align_lists(out);
    find_ruled();
    find_numbered(out);
    find_matter();
    find_running();
    find_by_look();
    heed_levels();
    settle_parts();
    for (const auto& [line, head] : heads_) propose(head, out);
  }

 private:
  // ---- the contents list as witness

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
          if (phrase == nullptr) e.printed += text;
        });
      }
      e.title.words = folded(e.printed);
      e.number = read_numbering(rules_, e.printed);
      e.title.bare = folded(std::string_view(e.printed).substr(e.number.words));
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

  // Lists that follow each other closely are one list in pieces. A list speaks for the text up to the next list.
  void align_lists(Proposal& out) {
    std::vector<Entry> entries;
    std::uint32_t list_end = 0;
    std::size_t next = 0;
    for (std::size_t i = 0; i < d_.blocks.size(); ++i) {
      if (d_.blocks[i].name != "contents") continue;
      if (!entries.empty() && d_.line_at(d_.blocks[i].at.begin) > d_.line_at(list_end) + most_lines_between) {
        align(entries, list_end, d_.blocks[i].at.begin, out);
        entries.clear();
      }
      if (!entries.empty()) lines_.pass_over(list_end, d_.blocks[i].at.begin);
      std::vector<Entry> more = entries_of(i, next);
      entries.insert(entries.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
      list_end = d_.blocks[i].at.end;
    }
    if (!entries.empty()) align(entries, list_end, static_cast<std::uint32_t>(d_.source.size()), out);
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
      for (auto k = i; k != lines.end() && k - i < static_cast<std::ptrdiff_t>(most_lines); ++k) {
        if (k != i && (*k - *(k - 1) > 3 || d_.lines[*k].page != d_.lines[*i].page)) break;
        if (const auto depth = static_cast<std::size_t>(k - i); depth == folds.size())
          folds.push_back(folded(d_.lines[*k].text));
        const std::u32string& fold = folds[static_cast<std::size_t>(k - i)];
        words += fold;
        bare += k == i && number ? folded(d_.lines[*k].text.substr(number.words)) : fold;
        all.push_back({*i, *k, {words, bare, number.n, number && !is_movable_rank(number.rank)}});
      }
    }
    return all;
  }

  void align(const std::vector<Entry>& entries, std::uint32_t begin, std::uint32_t end, Proposal& out) {
    const std::vector<TitleLines> all = candidates(begin, end);
    std::vector<Title> list;
    for (const Entry& e : entries) list.push_back(e.title);
    const std::vector<std::ptrdiff_t> match = align_titles(list, all);
    std::vector<std::size_t> taken;  // first lines of the headings that were found
    for (std::size_t e = 0; e < entries.size(); ++e) {
      if (match[e] < 0) {
        out.doubt(entries[e].node->at, "contents.missing",
                  {40, "the contents list has '" + std::string(trim(entries[e].printed)) +
                           "', the text has no such heading"});
        continue;
      }
      const TitleLines& lines = all[static_cast<std::size_t>(match[e])];
      taken.push_back(take(entries[e], lines));
      compare(entries[e], heads_.at(taken.back()), lines, out);
    }
    set_levels_by_adjacency(taken);
  }

  // Says how the list and the heading differ.
  void compare(const Entry& e, const Head& head, const TitleLines& lines, Proposal& out) const {
    const Numbering own = read_numbering(rules_, d_.lines[head.first].text);
    const std::string quoted =
        "the contents list has '" + std::string(trim(e.printed)) + "', the heading is '" + words_of(head) + "'";
    if (e.number && own && e.number.rank != own.rank)
      out.doubt(e.node->at, "contents.level", {60, quoted + ", of another level"});
    else if (similarity(lines.title.bare, e.title.bare, same_words) == 0 &&
             similarity(lines.title.words, e.title.words, same_words) == 0)
      out.doubt(e.node->at, "contents.renamed", {60, quoted});
    else if (e.number && own && e.number.n != own.n)
      out.doubt(e.node->at, "contents.renumbered", {60, quoted});
  }

  std::string words_of(const Head& head) const {
    std::string all;
    for (std::size_t i = head.first; i <= head.last; ++i)
      if (const std::string_view text = trim(d_.lines[i].text); !text.empty())
        all.append(all.empty() ? "" : " ").append(text);
    return all;
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
        if (head.rank > 0) listed_level_[head.rank] = 2;
        head.rank = 0;
      }
      below = below || parent;
    }
  }

  // Gives the heading's first line.
  std::size_t take(const Entry& e, const TitleLines& c) {
    Head head;
    head.first = c.first;
    head.last = c.last;
    head.level = e.level;
    head.entry = e.node;
    head.rule = "head.contents";
    if (c.title.n.empty()) head.first = number_line(c.first);
    const Numbering own = read_numbering(rules_, d_.lines[head.first].text);
    describe(head, e.number ? e.number : own);
    if (head.first < c.first && !own) head.n = trim(d_.lines[head.first].text);
    if (c.title.words != e.title.words)
      head.because = {85, "the contents list names it, in other words or letters"};
    else
      head.because = {98, "the contents list names it"};
    if (e.number.type == appendix) {
      listed_schemes_.insert(std::string(e.number.scheme));
    } else if (e.number) {
      listed_schemes_.insert(std::string(e.number.scheme));
      head.rank = e.number.rank;
      head.value = e.number.value;
      listed_level_[e.number.rank] = std::max(listed_level_[e.number.rank], e.level);
    } else if (!head.n.empty()) {
      head.rank = own ? own.rank : chapter_rank;
      head.value = own ? own.value : read_whole_number(head.n).value;
    }
    const std::size_t first = head.first;
    put(std::move(head));
    return first;
  }

  // The line of nothing but a number before `line` that belongs to it, or `line`.
  std::size_t number_line(std::size_t line) const {
    const auto here = std::lower_bound(lines_.all().begin(), lines_.all().end(), line);
    if (here == lines_.all().begin()) return line;
    const std::size_t before = *(here - 1);
    const std::string_view text = trim(d_.lines[before].text);
    const bool number = !text.empty() && text.size() <= 8 && text.find_first_not_of("0123456789.") == text.npos;
    return number && before + 3 > line && lines_.is_free(before) && d_.lines[before].page == d_.lines[line].page
               ? before
               : line;
  }

  void describe(Head& head, const Numbering& number) const {
    head.part = "body";
    if (number) {
      head.n = number.n;
      head.type = number.type;
      if (!number.rule->fact("part").empty()) head.part = number.rule->fact("part");
      return;
    }
    if (const Rule* rule = rules_.test("matter", trim(d_.lines[head.first].text))) {
      head.type = rule->fact("type");
      head.part = rule->fact("part");
      return;
    }
    head.type = head.level == 1 ? "chapter" : "section";
  }

  // ---- what a person decided

  void find_ruled() {
    for (const std::size_t i : lines_.all()) {
      if (d_.ruling(d_.lines[i]) == nullptr || !lines_.is_free(i)) continue;
      Head head;
      head.first = head.last = i;
      head.rule = "decision.head";
      head.because = {100, "a person decided so"};
      const Numbering number = read_numbering(rules_, d_.lines[i].text);
      describe(head, number);
      head.rank = number.rank;
      head.value = number.value;
      put(std::move(head));
    }
  }

  // The heads that stand to the book as `head` does: of one scheme of numbers, or found by one rule without number, and
  // of one level.
  bool siblings(const Head& a, const Head& b) const {
    const Numbering x = read_numbering(rules_, d_.lines[a.first].text),
                    y = read_numbering(rules_, d_.lines[b.first].text);
    return a.level == b.level && (x || y ? x && y && x.scheme == y.scheme : a.rule == b.rule);
  }

  // A level that a person set moves the heading's siblings with it, and what is below each of them as far.
  void heed_levels() {
    std::map<std::size_t, int> decided;  // by the heading's first line
    for (const Ruling& r : d_.rulings) {
      if (!r.trouble.empty() || r.argument.empty() || (r.deed != Deed::level && r.deed != Deed::head)) continue;
      const auto next = heads_.upper_bound(d_.line_at(r.at.begin));
      if (next == heads_.begin() || std::prev(next)->second.last < d_.line_at(r.at.begin)) continue;
      decided[std::prev(next)->first] = r.argument[0] - '0';
    }
    std::vector<std::size_t> order;  // the highest first, so that what is decided lower down has the last word there
    for (const auto& [line, level] : decided) order.push_back(line);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return heads_.at(a).level < heads_.at(b).level; });
    const std::map<std::size_t, Head> found = heads_;
    for (const std::size_t line : order) {
      const Head& model = found.at(line);
      const int by = decided.at(line) - model.level;
      if (by == 0) continue;
      bool below = false;
      for (const auto& [at, head] : found) {
        const bool moves = at == line || (!decided.contains(at) && siblings(model, head));
        below = moves || (below && head.level > model.level);
        if (!below || (decided.contains(at) && at != line)) continue;
        heads_.at(at).level = std::max(1, head.level + by);
        if (at != line)
          heads_.at(at).because = {head.because.sure, "its level follows that of a heading whose level a person set"};
      }
    }
  }

  // ---- numbers that count on

  void put(Head head) {
    lines_.take(head.first, head.last);
    const std::size_t first = head.first;
    heads_[first] = std::move(head);
  }

  std::vector<NumberedLine> numbered_lines() const {
    std::vector<NumberedLine> all;
    for (const std::size_t i : lines_.all()) {
      const std::string_view text = trim(d_.lines[i].text);
      if (!lines_.is_free(i)) {
        if (const Numbering n = read_numbering(rules_, text); n && heads_.contains(i))
          all.push_back({i, n, true, true});
        continue;
      }
      if (columns(text) > longest_unlisted || ends_like_text(text)) continue;
      if (const Numbering n = read_numbering(rules_, text)) all.push_back({i, n, lines_.stands_apart(i), false});
    }
    std::vector<Numbering*> numbers;
    for (NumberedLine& c : all) numbers.push_back(&c.number);
    settle_letters(numbers);
    return all;
  }

  void find_numbered(Proposal& out) {
    const std::vector<NumberedLine> all = numbered_lines();
    for (const std::size_t i : numbers_that_count(all, lines_, listed_schemes_))
      if (lines_.is_free(all[i].line)) accept_numbered(all[i], out);
    set_levels_by_rank();
  }

  void accept_numbered(const NumberedLine& c, Proposal& out) {
    Head head;
    head.first = head.last = c.line;
    if (trim(d_.lines[c.line].text).size() <= c.number.words) head.last = words_line(c.line);
    head.rule = c.number.rule->id;
    describe(head, c.number);
    head.level = 0;
    if (c.number.type != appendix) head.rank = c.number.rank;
    head.value = c.number.value;
    head.because = {static_cast<std::uint8_t>(c.apart ? 85 : 75), "its number counts on from the heading before"};
    if (listed_schemes_.contains(c.number.scheme))
      out.doubt(d_.hull(head.first, head.last), "contents.unlisted",
                {60, "the contents list names others with such a number, but not '" + words_of(head) + "'"});
    put(std::move(head));
  }

  // The line of the words that belong to a number in a line of its own: the next, if it could be a heading.
  std::size_t words_line(std::size_t line) const {
    const auto next = std::upper_bound(lines_.all().begin(), lines_.all().end(), line);
    if (next == lines_.all().end() || *next > line + 3 || !lines_.is_free(*next) ||
        d_.lines[*next].page != d_.lines[line].page)
      return line;
    const std::string_view text = trim(d_.lines[*next].text);
    const bool heading = columns(text) <= longest_unlisted && !ends_sentence(text) && !ends_like_text(text);
    return heading && !read_numbering(rules_, text) ? *next : line;
  }

  // Numbered headings have the level that the list gives their kind of number, or else stand one below the next higher
  // kind that the book uses; 1.1 implies a chapter 1. Appendices stand at the top.
  void set_levels_by_rank() {
    std::vector<OutlineItem> items;
    for (const auto& [line, head] : heads_)
      if (head.rank > 0) items.push_back({head.rank, head.value});
    std::map<int, int> ranks;  // by their place in the outline
    for (const auto& [rank, place] : outline_levels(items)) ranks[place] = rank;
    std::map<int, int> level;
    int above = 0;
    for (const auto& [place, rank] : ranks) {
      if (rank >= decimal_rank && !is_movable_rank(rank) && above < 1 + (ranks.begin()->second < 20)) ++above;
      above = level[rank] = std::max(listed_level_[rank], above + 1);
    }
    for (auto& [line, head] : heads_) {
      if (head.rank > 0)
        head.level = level[head.rank];
      else if (head.level == 0)
        head.level = 1;
    }
  }

  // ---- names of front and back matter

  void find_matter() {
    for (const std::size_t i : lines_.all()) {
      if (!lines_.is_free(i) || !lines_.stands_apart(i)) continue;
      const Rule* rule = rules_.test("matter", trim(d_.lines[i].text));
      if (rule == nullptr) continue;
      Head head;
      head.first = head.last = i;
      head.rule = rule->id;
      head.type = rule->fact("type");
      head.part = rule->fact("part");
      head.level = head.type == "notes" ? level_before(i) + 1 : 1;
      head.because = {88, rule->why};
      put(std::move(head));
    }
  }

  // Lines at the top of a page that the next pages repeat as running head: chapters without number.
  void find_running() {
    std::map<std::u32string, std::vector<std::uint32_t>> running;  // words, pages
    for (const Node& node : d_.blocks)
      if (node.name == "fw" && node.get("type") == "header") {
        const Line& line = d_.lines[d_.line_at(node.at.begin)];
        running[folded(without_number(line.text))].push_back(line.page);
      }
    if (running.empty()) return;
    for (const std::size_t i : lines_.all()) {
      if (!lines_.is_free(i) || d_.lines[i].page == 0 || !lines_.is_first_on_page(i))
        continue;  // the first page has the title
      const auto found = running.find(folded(d_.lines[i].text));
      if (found == running.end() || found->first.size() < 2) continue;
      const std::uint32_t page = d_.lines[i].page;
      if (std::none_of(found->second.begin(), found->second.end(),
                       [&](std::uint32_t p) { return p > page && p <= page + 3; }))
        continue;
      Head head;
      head.first = head.last = i;
      head.rule = "head.running";
      describe(head, {});
      head.because = {85, "the next pages repeat it as their running head"};
      put(std::move(head));
    }
  }

  static std::string_view without_number(std::string_view text) {
    text = trim(text);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    while (!text.empty() && digit(text.back())) text.remove_suffix(1);
    while (!text.empty() && digit(text.front())) text.remove_prefix(1);
    return trim(text);
  }

  // ---- the look of headings

  // Whether the book sets some of its headings in capitals and some not: two kinds, of which the capitals are the
  // higher.
  bool some_in_capitals(const std::vector<LookedAt>& found) const {
    std::size_t in_capitals = 0;
    for (const LookedAt& l : found) in_capitals += is_in_capitals(d_.lines[l.line].text);
    return in_capitals > 1 && in_capitals + 1 < found.size();
  }

  // Below the heading that it follows; of the highest level where it stands as the names of front and back matter do.
  void find_by_look() {
    std::vector<std::size_t> certain;
    std::set<int> ranks;
    bool listed = false, running = false;
    for (const auto& [line, head] : heads_) {
      certain.push_back(line);
      if (head.rank > 0) ranks.insert(head.rank);
      listed = listed || head.entry != nullptr;
      running = running || head.rule == "head.running";
    }
    const std::vector<LookedAt> found = headings_by_look(d_, rules_, lines_, certain, !listed && ranks.size() < 2);
    const bool chapters = !ranks.empty() || listed || running;
    std::size_t at_top = 0;
    for (const LookedAt& l : found) at_top += lines_.is_first_on_page(l.line);
    const bool capitals = !chapters && some_in_capitals(found);
    const std::map<std::size_t, Head> before = heads_;
    for (const LookedAt& l : found) {
      Head head;
      head.first = head.last = l.line;
      head.rule = "head.look";
      const auto above = before.lower_bound(l.line);
      const bool top = capitals ? is_in_capitals(d_.lines[l.line].text)
                                : at_top < 2 || (lines_.is_first_on_page(l.line) && d_.lines[l.line].page > 0);
      head.level = !chapters ? (top ? 1 : 2) : above == before.begin() ? 1 : std::prev(above)->second.level + 1;
      describe(head, {});
      head.because = l.learned ? Because{82, "it is set as the certain headings are, and as other lines are not"}
                               : Because{70, "a short line without a sentence, apart and before a paragraph"};
      put(std::move(head));
    }
  }

  int level_before(std::size_t line) const {
    const auto next = heads_.lower_bound(line);
    return next == heads_.begin() ? 0 : 1;
  }

  // Front matter stands before the first chapter, back matter behind the last; what does not belongs to the body.
  void settle_parts() {
    std::size_t first_body = d_.lines.size(), last_body = 0;
    for (const auto& [line, head] : heads_)
      if (head.part == "body" && head.level == 1) {
        first_body = std::min(first_body, line);
        last_body = std::max(last_body, line);
      }
    for (auto& [line, head] : heads_) {
      if (head.part == "front" && line > first_body) head.part = "body";
      if (head.part == "back" && line < last_body) head.part = "body";
    }
  }

  void propose(const Head& head, Proposal& out) const {
    std::string attributes = "level=" + std::to_string(std::max(1, head.level)) + "\ntype=" + head.type;
    if (!head.n.empty()) attributes += "\nn=" + head.n;
    if (!head.part.empty()) attributes += "\npart=" + head.part;
    out.block(head.first, head.last, "head", attributes, head.rule, head.because);
    if (head.entry != nullptr)
      out.link("contents", head.entry->at, d_.hull(head.first, head.last), "contents.link", head.because);
  }

  const Document& d_;
  const Rules& rules_;
  HeadingLines lines_;
  std::map<std::size_t, Head> heads_;
  std::map<int, int> listed_level_;  // of a rank, in the contents list
  std::set<std::string, std::less<>> listed_schemes_;
};

void run(const Document& d, const Rules& rules, Proposal& out) { Finder(d, rules).run(out); }

}  // namespace

extern const Stage stage_headings{.name = "headings",
                                  .summary = "Find the headings and align them with the contents",
                                  .needs = "contents",
                                  .provides = "headings",
                                  .rules = &embedded::rules_structure,
                                  .run = run};

}  // namespace emend
