// Finds the headings and aligns them with the printed contents list.
//
// The contents and the headings are two sequences of the same thing, and are aligned as such (`align_titles`). Headings
// that no list names are found by their numbers, where these count on without a gap, by the names of front and back matter,
// and by the running heads that repeat them.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "pipeline/document/proposal.h"
#include "pipeline/document/runs.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "pipeline/text/titles.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

constexpr std::size_t longest_heading = 260;  // columns of one line
constexpr std::size_t longest_line = 120;     // of wrapped text, in columns
constexpr std::size_t longest_unlisted = 72;  // of a heading that no contents list vouches for
constexpr std::size_t most_lines = 3;         // over which a heading may be broken
constexpr std::size_t most_lines_between = 40;  // two pieces of one contents list
constexpr int part_rank = 12, chapter_rank = 24, decimal_rank = 32;  // of Part I, a plain number and 1.1 in the table

struct Head {
  std::size_t first = 0, last = 0;  // lines
  int level = 1;
  std::string n, type, part;
  std::string_view rule;
  Because because;
  const Node* entry = nullptr;
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
  Finder(const Document& d, const Rules& rules) : d_(d), rules_(rules) {
    for (std::size_t i = 0; i < d.lines.size(); ++i) {
      const Line& line = d.lines[i];
      const std::string_view text = trim(line.text);
      if (text.empty() || line.block >= 0) continue;
      const Ruling* said = d.ruling(line);
      if (said != nullptr ? said->deed != Deed::head : wider_than(text, longest_heading) || opens_note(text)) continue;
      short_.push_back(i);
    }
    full_line_ = width_of_lines();
  }

  void run(Proposal& out) {
    align_lists(out);
    find_ruled();
    find_numbered();
    find_matter();
    find_running();
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
      e.title.n = e.number.n;
      e.level = read_whole_number(node.get("level")).value;
      entries.push_back(std::move(e));
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
      if (!entries.empty()) pass_over(list_end, d_.blocks[i].at.begin);
      std::vector<Entry> more = entries_of(i, next);
      entries.insert(entries.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
      list_end = d_.blocks[i].at.end;
    }
    if (!entries.empty()) align(entries, list_end, static_cast<std::uint32_t>(d_.source.size()), out);
  }

  // What stands between two pieces of a list is no heading.
  void pass_over(std::uint32_t begin, std::uint32_t end) {
    std::erase_if(short_, [&](std::size_t i) { return begin <= d_.lines[i].at.begin && d_.lines[i].at.begin < end; });
  }

  // One to three lines from each short line on that no blank page edge separates.
  std::vector<TitleLines> candidates(std::uint32_t begin, std::uint32_t end) const {
    std::vector<TitleLines> all;
    const auto from = std::lower_bound(short_.begin(), short_.end(), begin, [&](std::size_t i, std::uint32_t b) {
      return d_.lines[i].at.begin < b;
    });
    std::deque<std::u32string> folds;  // of the lines from `i` on, each folded once
    for (auto i = from; i != short_.end() && d_.lines[*i].at.begin < end; ++i) {
      if (i != from && !folds.empty()) folds.pop_front();
      std::u32string words, bare;
      const Numbering number = read_numbering(rules_, d_.lines[*i].text);
      for (auto k = i; k != short_.end() && k - i < static_cast<std::ptrdiff_t>(most_lines); ++k) {
        if (k != i && (*k - *(k - 1) > 3 || d_.lines[*k].page != d_.lines[*i].page)) break;
        if (const auto depth = static_cast<std::size_t>(k - i); depth == folds.size()) folds.push_back(folded(d_.lines[*k].text));
        const std::u32string& fold = folds[static_cast<std::size_t>(k - i)];
        words += fold;
        bare += k == i && number ? folded(d_.lines[*k].text.substr(number.words)) : fold;
        all.push_back({*i, *k, {words, bare, number.n}});
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
                  {40, "the contents list has '" + std::string(trim(entries[e].printed)) + "', the text has no such heading"});
        continue;
      }
      taken.push_back(take(entries[e], all[static_cast<std::size_t>(match[e])]));
    }
    set_levels_by_adjacency(taken);
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
      const auto rank = ranks_.find(lines[i]);
      const bool part = rank != ranks_.end() && rank->second <= part_rank;
      const bool parent =
          part || (i + 1 < lines.size() && adjacent(head.last, heads_.at(lines[i + 1]).first));
      if (below && !parent && head.level == 1 && head.part == "body") {
        head.level = 2;
        if (rank != ranks_.end()) listed_level_[rank->second] = 2;
        ranks_.erase(lines[i]);
      }
      below = below || parent;
    }
  }

  bool adjacent(std::size_t line, std::size_t next) const {
    for (std::size_t i = line + 1; i < next; ++i)
      if (!trim(d_.lines[i].text).empty() && !d_.is(d_.lines[i], "fw")) return false;
    return true;
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
    if (c.title.words != e.title.words) head.because = {75, "the contents list words it differently"};
    else head.because = {98, "the contents list names it"};
    if (e.number) level_of_scheme_[std::string(e.number.scheme)] = e.level;
    if (e.number) ranks_[head.first] = e.number.rank;
    if (e.number) listed_level_[e.number.rank] = std::max(listed_level_[e.number.rank], e.level);
    else if (own) ranks_[head.first] = own.rank;
    else if (!head.n.empty()) ranks_[head.first] = chapter_rank;
    const std::size_t first = head.first;
    put(std::move(head));
    return first;
  }

  // The line of nothing but a number before `line` that belongs to it, or `line`.
  std::size_t number_line(std::size_t line) const {
    const auto here = std::lower_bound(short_.begin(), short_.end(), line);
    if (here == short_.begin()) return line;
    const std::size_t before = *(here - 1);
    const std::string_view text = trim(d_.lines[before].text);
    const bool number = !text.empty() && text.size() <= 8 && text.find_first_not_of("0123456789.") == text.npos;
    return number && before + 3 > line && free(before) && d_.lines[before].page == d_.lines[line].page ? before : line;
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
    for (const std::size_t i : short_) {
      if (d_.ruling(d_.lines[i]) == nullptr || !free(i)) continue;
      Head head;
      head.first = head.last = i;
      head.rule = "decision.head";
      head.because = {100, "a person decided so"};
      const Numbering number = read_numbering(rules_, d_.lines[i].text);
      describe(head, number);
      if (number) ranks_[i] = number.rank;
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

  bool free(std::size_t line) const { return !taken_.contains(line); }

  void put(Head head) {
    for (std::size_t i = head.first; i <= head.last; ++i) taken_.insert(i);
    const std::size_t first = head.first;
    heads_[first] = std::move(head);
  }

  // Stands apart from running text: blank lines or a page edge around it, or another heading.
  bool stands_apart(std::size_t line) const {
    const bool before = line == 0 || trim(d_.lines[line - 1].text).empty() || d_.lines[line - 1].page != d_.lines[line].page ||
                        d_.lines[line - 1].block >= 0 || !free(line - 1);
    const bool after = line + 1 == d_.lines.size() || trim(d_.lines[line + 1].text).empty() ||
                       d_.lines[line + 1].page != d_.lines[line].page || d_.lines[line + 1].block >= 0 || !free(line + 1);
    return (before && after) || set_off_by_length(line);
  }

  // In full lines: a short line behind the end of a paragraph or another heading.
  bool set_off_by_length(std::size_t line) const {
    if (line == 0 || full_line_ == 0 || columns(d_.lines[line].text) * 5 > full_line_ * 3) return false;
    return !free(line - 1) || ends_sentence(d_.lines[line - 1].text) || d_.lines[line - 1].page != d_.lines[line].page ||
           columns(d_.lines[line - 1].text) * 5 < full_line_ * 3;
  }

  // The width of a full line in a text of wrapped lines; 0 where a line is a paragraph.
  std::size_t width_of_lines() const {
    std::vector<std::size_t> widths;
    std::size_t longer = 0;
    for (const Line& line : d_.lines) {
      if (trim(line.text).empty()) continue;
      widths.push_back(wider_than(line.text, longest_line) ? longest_line + 1 : columns(line.text));
      longer += widths.back() > longest_line;
    }
    if (widths.empty() || longer * 8 > widths.size()) return 0;
    const auto full = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 9 / 10);
    std::nth_element(widths.begin(), full, widths.end());
    return *full;
  }

  struct Numbered {
    std::size_t line;
    Numbering number;
    bool apart;
  };

  std::vector<Numbered> numbered_lines() const {
    std::vector<Numbered> all;
    for (const std::size_t i : short_) {
      const std::string_view text = trim(d_.lines[i].text);
      if (!free(i)) {
        if (const Numbering n = read_numbering(rules_, text); n && heads_.contains(i)) all.push_back({i, n, true});
        continue;
      }
      if (columns(text) > longest_unlisted || ends_like_text(text)) continue;
      if (const Numbering n = read_numbering(rules_, text)) all.push_back({i, n, stands_apart(i)});
    }
    return all;
  }

  static bool ends_like_text(std::string_view text) {
    constexpr std::u32string_view ends = U"。；，,;:：、!！";
    return ends.find(last_character(text)) != ends.npos;
  }

  // A scheme is believed if its numbers count: each follows the last of its scheme, or begins anew at one below a higher
  // heading. Schemes that only lists use, such as plain numbers, must also stand apart.
  void find_numbered() {
    const std::vector<Numbered> all = numbered_lines();
    std::map<std::string, std::pair<int, int>, std::less<>> tally;  // scheme: counts on, does not
    std::map<int, std::set<std::string, std::less<>>> by_rank;
    for (const Numbered& c : all) by_rank[c.number.rank].insert(std::string(c.number.scheme));
    std::map<std::string, int, std::less<>> last;
    std::map<std::string, std::string, std::less<>> above;
    std::vector<const Numbered*> counting;
    for (const Numbered& c : all) {
      const std::string scheme(c.number.scheme);
      const bool known = !free(c.line);
      const bool counts = c.number.value == 1 || (above[scheme] == c.number.above && c.number.value == last[scheme] + 1);
      const bool plain = scheme == "arabic" || scheme == "roman" || scheme == "zh-comma" || scheme == "zh-parenthesis";
      if (!known && (!counts || (plain && !c.apart))) {
        ++tally[scheme].second;
        continue;
      }
      ++tally[scheme].first;
      last[scheme] = c.number.value;
      above[scheme] = c.number.above;
      for (auto below = by_rank.upper_bound(c.number.rank); below != by_rank.end(); ++below)
        for (const std::string& other : below->second) last[other] = 0;
      if (!known) counting.push_back(&c);
    }
    for (const Numbered* c : counting) {
      if (!free(c->line)) continue;
      const std::string scheme(c->number.scheme);
      const auto [good, bad] = tally[scheme];
      const bool listed = level_of_scheme_.contains(scheme);
      if (!listed && (good < 2 || bad > good)) continue;
      if (listed && scheme == "arabic" && !level_of_scheme_.empty()) continue;  // the list would have named it
      accept_numbered(*c);
    }
    set_levels_by_rank();
  }

  void accept_numbered(const Numbered& c) {
    Head head;
    head.first = head.last = c.line;
    if (trim(d_.lines[c.line].text).size() <= c.number.words) head.last = words_line(c.line);
    head.rule = c.number.rule->id;
    describe(head, c.number);
    head.level = 0;
    ranks_[c.line] = c.number.rank;
    head.because = {static_cast<std::uint8_t>(c.apart ? 85 : 75), "its number counts on from the heading before"};
    put(std::move(head));
  }

  // The line of the words that belong to a number in a line of its own: the next, if it could be a heading.
  std::size_t words_line(std::size_t line) const {
    const auto next = std::upper_bound(short_.begin(), short_.end(), line);
    if (next == short_.end() || *next > line + 3 || !free(*next) || d_.lines[*next].page != d_.lines[line].page) return line;
    const std::string_view text = trim(d_.lines[*next].text);
    const bool heading = columns(text) <= longest_unlisted && !ends_sentence(text) && !ends_like_text(text);
    return heading && !read_numbering(rules_, text) ? *next : line;
  }

  // Numbered headings by the rank of their scheme among all that the book uses, but no higher than the list sets them;
  // 1.1 implies a chapter 1.
  void set_levels_by_rank() {
    std::set<int> ranks;
    for (const auto& [line, rank] : ranks_) ranks.insert(rank);
    if (ranks.contains(decimal_rank) && ranks.lower_bound(20) == ranks.find(decimal_rank)) ranks.insert(chapter_rank);
    for (const auto& [line, rank] : ranks_)
      heads_.at(line).level = std::max(listed_level_[rank], 1 + static_cast<int>(std::distance(ranks.begin(), ranks.find(rank))));
  }

  // ---- names of front and back matter

  void find_matter() {
    for (const std::size_t i : short_) {
      if (!free(i) || !stands_apart(i)) continue;
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
    for (const std::size_t i : short_) {
      if (!free(i) || d_.lines[i].page == 0 || !first_on_page(i)) continue;  // the first page has the title
      const auto found = running.find(folded(d_.lines[i].text));
      if (found == running.end() || found->first.size() < 2) continue;
      const std::uint32_t page = d_.lines[i].page;
      if (std::none_of(found->second.begin(), found->second.end(), [&](std::uint32_t p) { return p > page && p <= page + 3; }))
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

  bool first_on_page(std::size_t line) const {
    for (std::size_t i = line; i-- > 0 && d_.lines[i].page == d_.lines[line].page;)
      if (!trim(d_.lines[i].text).empty() && !d_.is(d_.lines[i], "fw")) return false;
    return true;
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
  std::vector<std::size_t> short_;  // lines that could be headings
  std::size_t full_line_ = 0;       // columns
  std::map<std::size_t, Head> heads_;
  std::set<std::size_t> taken_;  // lines of headings
  std::map<std::size_t, int> ranks_;
  std::map<int, int> listed_level_;  // of a rank, in the contents list
  std::map<std::string, int, std::less<>> level_of_scheme_;
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
