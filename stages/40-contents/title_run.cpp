// Recognition may lose the title of a contents list, its numbers, leaders and pages, and leave the words of the entries
// in a column. Three that follow each other and return in this order as numbered headings of different pages are no
// accident; the lines beside them that may be entries belong to them.
#include "stages/40-contents/title_run.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace {

constexpr std::size_t front = 4;                                // the first quarter of the pages
constexpr std::size_t enough = 3;                               // entries that return
constexpr std::size_t longest_title = 76, shortest_title = 10;  // columns; shorter lines return by chance

bool has_size_of_title(std::string_view text) {
  return !wider_than(text, longest_title) && columns(text) >= shortest_title;
}

// The numbered headings of the book by their words, each where it stands first.
using Headings = std::map<std::u32string, std::pair<std::size_t, Numbering>>;

// Without signs before them: what stood between number and title is often read as a quotation mark.
std::u32string words_of(std::string_view text) {
  std::u32string words = folded(trim(text));
  const auto first =
      std::find_if(words.begin(), words.end(), [](char32_t c) { return is_letter(c) || is_cjk(c) || is_digit(c); });
  words.erase(words.begin(), first);
  return words;
}

Headings numbered_headings(const Document& d, const Rules& rules) {
  Headings found;
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const std::string_view text = trim(d.lines[i].text);
    if (text.empty() || wider_than(text, longest_title)) continue;
    const Numbering number = read_numbering(rules, text);
    if (!number || !has_size_of_title(text.substr(number.words))) continue;
    found.try_emplace(words_of(text.substr(number.words)), i, number);
  }
  return found;
}

class Run {
 public:
  Run(const Document& d, const Headings& headings) : d_(d), headings_(headings) {}

  // True when the line makes the run long enough, or goes on with one that is.
  void add(std::size_t line) {
    const auto known = headings_.find(words_of(d_.lines[line].text));
    const bool goes_on = known != headings_.end() && d_.lines[known->second.first].page > page_;
    if (known_ > 0 && !goes_on && ++others_ > 1) return finish();
    if (!goes_on) return;
    if (known_ == 0) first_ = line;
    others_ = 0, ++known_, last_ = line, page_ = d_.lines[known->second.first].page;
  }
  void finish() {
    if (known_ >= enough && known_ > best_) best_ = known_, best_first_ = first_, best_last_ = last_;
    known_ = others_ = 0;
  }
  void begin_page(std::uint32_t page) { finish(), page_ = page; }
  bool found() const { return best_ > 0; }
  std::pair<std::size_t, std::size_t> lines() const { return {best_first_, best_last_}; }

 private:
  const Document& d_;
  const Headings& headings_;
  std::size_t known_ = 0, others_ = 0, first_ = 0, last_ = 0;
  std::uint32_t page_ = 0;  // of the heading that returned last, or of the list
  std::size_t best_ = 0, best_first_ = 0, best_last_ = 0;
};

bool is_passed_over(const Document& d, std::size_t i) {
  return trim(d.lines[i].text).empty() || d.is(d.lines[i], "fw");
}

bool may_be_entry(const Document& d, std::size_t i) {
  const std::string_view text = trim(d.lines[i].text);
  return d.lines[i].block < 0 && has_size_of_title(text) && !ends_sentence(text);
}

ContentsEntry entry_of(const Document& d, const Headings& headings, std::size_t line) {
  constexpr double like = 0.8;
  ContentsEntry e;
  e.lines.push_back(read_entry_line(d.lines[line].text, line));
  const std::u32string words = words_of(d.lines[line].text);
  const auto known = headings.find(words);
  e.known = known != headings.end();
  if (e.known) e.number = known->second.second;
  if (!e.known)
    for (const auto& [title, heading] : headings)
      if (similarity(title, words, like) > 0) e.number = heading.second;
  return e;
}

// An entry that names no heading that can be read is set as the next one that does, or as the last.
void set_unknown_levels(std::vector<ContentsEntry>& entries) {
  const auto tells = [](const ContentsEntry& e) { return static_cast<bool>(e.number); };
  for (auto e = entries.begin(); e != entries.end(); ++e) {
    if (tells(*e)) continue;
    const auto next = std::find_if(e, entries.end(), tells);
    const auto last = std::find_if(std::make_reverse_iterator(e), entries.rend(), tells);
    if (next != entries.end() || last != entries.rend()) e->level = (next != entries.end() ? *next : *last).level;
  }
}

}  // namespace

std::vector<ContentsEntry> find_title_run(const Document& d, const Rules& rules) {
  const Headings headings = numbered_headings(d, rules);
  if (headings.size() < enough) return {};
  Run run(d, headings);
  const auto in_front = static_cast<std::uint32_t>(d.pages.size() / front);
  for (std::size_t i = 0; i < d.lines.size() && d.lines[i].page <= in_front; ++i) {
    if (i == 0 || d.lines[i].page != d.lines[i - 1].page) run.begin_page(d.lines[i].page);
    if (!is_passed_over(d, i)) run.add(i);
  }
  run.finish();
  if (!run.found()) return {};
  auto [first, last] = run.lines();
  const std::uint32_t page = d.lines[first].page;
  for (std::size_t i = first; i-- > 0 && d.lines[i].page == page && (is_passed_over(d, i) || may_be_entry(d, i));)
    if (!is_passed_over(d, i)) first = i;
  for (std::size_t i = last + 1; i < d.lines.size() && d.lines[i].page == page; ++i) {
    if (is_passed_over(d, i)) continue;
    if (!may_be_entry(d, i)) break;
    last = i;
  }
  std::vector<ContentsEntry> entries;
  for (std::size_t i = first; i <= last; ++i)
    if (!is_passed_over(d, i)) entries.push_back(entry_of(d, headings, i));
  set_contents_levels(d, entries);
  set_unknown_levels(entries);
  for (ContentsEntry& e : entries) e.number = {};  // it tells the level, and is not printed
  return entries;
}

}  // namespace emend
