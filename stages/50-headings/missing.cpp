// Aligning misread entries with headings (Needleman and Wunsch 1970), and giving them the words of these.
#include "stages/50-headings/missing.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/document/printed_pages.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "stages/50-headings/misread_entry.h"
#include "weights/headings.h"

namespace emend {

namespace {

constexpr std::size_t most_cells = 100'000;

// What may be the heading of an entry.
struct Candidate {
  Head head;
  bool found = false;  // it is one of the headings that were found
  bool known = false;  // or set larger than the text
  std::u32string words, bare;
  std::string figures;
  std::uint32_t page = 0;
};

std::u32string bare_words(const Found& f, const Head& head) {
  if (!head.restored.empty()) return folded(head.restored.substr(read_numbering(f.rules, head.restored).words));
  const Numbering number = f.numbering_of(head.first);
  std::u32string words = folded(f.d.lines[head.first].text.substr(number.words));
  for (std::size_t i = head.first + 1; i <= head.last; ++i) words += folded(f.d.lines[i].text);
  return words;
}

class Restorer {
 public:
  Restorer(Found& f, const std::vector<Missing>& missing)
      : f_(f),
        d_(f.d),
        missing_(missing),
        tells_pages_(
            std::any_of(d_.phrases.begin(), d_.phrases.end(), [](const Node& n) { return n.name == "locus"; })) {}

  void run(Proposal& out) {
    const std::vector<Number> printed = printed_pages(d_);
    for (std::size_t p = 0; p < printed.size(); ++p)
      if (printed[p])
        pages_.try_emplace(write_number(printed[p].value, printed[p].form), static_cast<std::uint32_t>(p));
    for (std::size_t i = 0; i < missing_.size();) {
      std::size_t end = i + 1;
      while (end < missing_.size() && missing_[end].after == missing_[i].after &&
             missing_[end].before == missing_[i].before)
        ++end;
      align(i, end, out);
      i = end;
    }
  }

 private:
  std::optional<std::uint32_t> page_of(const Entry& e) const {
    const auto page = pages_.find(e.page);
    return page == pages_.end() ? std::nullopt : std::optional(page->second);
  }

  Candidate candidate(Head head, bool known) const {
    Candidate c;
    c.words = folded(f_.words_of(head));
    c.bare = bare_words(f_, head);
    c.figures = figures_of(head.restored.empty() ? d_.lines[head.first].text : std::string_view(head.restored));
    c.page = d_.lines[head.first].page;
    c.found = known;
    c.known = known || is_displayed(d_, head.first);
    c.head = std::move(head);
    return c;
  }

  // Headings without an entry, and lines on the entries' pages that stand as headings do.
  std::vector<Candidate> candidates(std::size_t from, std::size_t to) const {
    std::vector<Candidate> all;
    const Missing& m = missing_[from];
    for (auto h = f_.heads.lower_bound(m.after); h != f_.heads.end() && h->first < m.before; ++h)
      if (h->second.entry == nullptr) all.push_back(candidate(h->second, true));
    if (from == 0)  // a preface or an abstract may stand before the list
      for (const auto& [line, head] : f_.heads)
        if (line < std::min(d_.line_at(m.entry.node->at.begin), m.after) && head.entry == nullptr &&
            !d_.is(d_.lines[line], "head"))
          all.push_back(candidate(head, true));
    std::vector<std::uint32_t> pages;
    for (std::size_t k = from; k < to; ++k)
      if (const auto page = page_of(missing_[k].entry)) pages.push_back(*page);
    const bool anywhere = pages.empty() && !tells_pages_;  // the list has lost its pages
    const std::vector<std::size_t>& lines = f_.lines.all();
    for (auto i = std::lower_bound(lines.begin(), lines.end(), m.after); i != lines.end() && *i < m.before; ++i) {
      if (!anywhere && !std::ranges::binary_search(pages, d_.lines[*i].page)) continue;
      if (!may_be_heading(f_, *i)) continue;
      Head head;
      head.first = head.last = *i;
      all.push_back(candidate(head, false));
      const std::size_t most = is_displayed(d_, *i) ? headings::most_displayed : headings::most_lines_of_missing;
      for (std::size_t more = 1; more < most; ++more) {
        const std::size_t next = next_of_heading(f_, head.last);
        if (next == head.last || next >= m.before) break;
        head.last = next;
        all.push_back(candidate(head, false));
      }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Candidate& a, const Candidate& b) { return a.head.first < b.head.first; });
    return all;
  }

  // Evidence without that of the page.
  double likeness(const Entry& e, const Candidate& c) const {
    const std::string figures = figures_of(e.printed);
    double sum = words_left(e.title, c.words, c.bare);
    if (c.head.first == c.head.last && end_of_misread_number(e, trim(d_.lines[c.head.first].text)) > 0)
      sum = std::max(sum, headings::same_ending);
    if (!figures.empty() && !c.figures.empty())
      sum += figures == c.figures ? headings::same_number : headings::other_number;
    return sum;
  }

  double score(const Entry& e, const Candidate& c) const {
    const auto page = page_of(e);
    const double like = likeness(e, c);
    if (!c.known && like < headings::by_more_than_page - (page == c.page ? 0.5 : 0)) return -1;
    return like + (page ? (*page == c.page ? headings::same_page : headings::other_page) : 0) +
           (c.found ? headings::found_heading : 0);
  }

  // As many entries stand for a page as it has headings that no entry names; or, where the list has lost its pages, as
  // there are such between the headings above and below.
  bool page_tells(std::size_t from, std::size_t to, const std::vector<Candidate>& all, const Candidate& c) const {
    const auto entries = std::count_if(missing_.begin() + static_cast<std::ptrdiff_t>(from),
                                       missing_.begin() + static_cast<std::ptrdiff_t>(to),
                                       [&](const Missing& m) { return !tells_pages_ || page_of(m.entry) == c.page; });
    return entries == std::count_if(all.begin(), all.end(),
                                    [&](const Candidate& o) { return o.known && (!tells_pages_ || o.page == c.page); });
  }

  // The next candidate that has no line of this one.
  static std::size_t behind(const std::vector<Candidate>& all, std::size_t j) {
    const std::size_t last = all[j].head.last;
    while (j < all.size() && all[j].head.first <= last) ++j;
    return j;
  }

  void align(std::size_t from, std::size_t to, Proposal& out) {
    const std::vector<Candidate> all = candidates(from, to);
    const std::size_t n = to - from, m = all.size();
    std::vector<std::ptrdiff_t> match(n, -1);
    if (n * m <= most_cells) {
      std::vector<double> best((n + 1) * (m + 1), 0), pair(n * m, 0);
      for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;) {
          pair[i * m + j] = score(missing_[from + i].entry, all[j]);
          const double taken = pair[i * m + j] >= headings::least_evidence
                                   ? pair[i * m + j] + best[(i + 1) * (m + 1) + behind(all, j)]
                                   : -1;
          best[i * (m + 1) + j] = std::max({taken, best[(i + 1) * (m + 1) + j], best[i * (m + 1) + j + 1]});
        }
      for (std::size_t i = 0, j = 0; i < n && j < m;) {
        const double here = best[i * (m + 1) + j];
        if (here == best[(i + 1) * (m + 1) + j])
          ++i;
        else if (here == best[i * (m + 1) + j + 1])
          ++j;
        else
          match[i++] = static_cast<std::ptrdiff_t>(j), j = behind(all, j);
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      const Entry& e = missing_[from + i].entry;
      if (match[i] >= 0)
        if (const Candidate& c = all[static_cast<std::size_t>(match[i])];
            likeness(e, c) >= headings::by_more_than_page - 0.5 || (c.known && page_tells(from, to, all, c))) {
          take(e, c, out);
          continue;
        }
      out.doubt(e.node->at, "contents.missing",
                {40, "the contents list has '" + std::string(trim(e.printed)) + "', the text has no such heading"});
    }
  }

  void take(const Entry& e, const Candidate& c, Proposal& out) {
    if (!c.found) {
      Head head = c.head;
      head.rule = "head.contents";
      head.level = e.level;
      f_.describe(head, f_.numbering_of(head.first));
      f_.put(std::move(head));
    }
    Head& head = f_.heads.at(c.head.first);
    head.entry = e.node;
    if (restore_heading(e, head, out)) return;
    head.because = {headings::told_by_entry, page_of(e) == c.page ? "the contents list has an entry with its page"
                                                                  : "the contents list has an entry like it"};
    restore_words(d_, e, f_.words_of(head), bare_words(f_, head), out);
  }

  // The words of the entry are those of the heading whose number was misread, and may be read better there.
  bool restore_heading(const Entry& e, Head& head, Proposal& out) const {
    constexpr std::uint8_t likely = 70;
    const Line& line = d_.lines[head.first];
    const std::string_view text = trim(line.text);
    if (head.first != head.last || !head.restored.empty() || end_of_misread_number(e, text) == 0) return false;
    head.restored = std::string(trim(e.printed));
    const auto begin = static_cast<std::size_t>(text.data() - line.text.data());
    out.edit(line, begin, begin + text.size(), head.restored, "head.restored",
             {likely, "the words of its entry in the contents list; it reads '" + std::string(text) + "'"});
    return true;
  }

  Found& f_;
  const Document& d_;
  const std::vector<Missing>& missing_;
  bool tells_pages_;                            // some entry of a contents list has a page
  std::map<std::string, std::uint32_t> pages_;  // by what is printed on them
};

}  // namespace

void find_missing(Found& f, const ListedEntries& listed, Proposal& out) {
  if (!listed.missing.empty()) Restorer(f, listed.missing).run(out);
  for (const auto& [entry, line] : listed.found)
    if (const auto head = f.heads.find(line); head != f.heads.end() && head->second.entry == entry.node)
      if (const std::string words = f.words_of(head->second); is_misread(entry, words, bare_words(f, head->second)))
        restore_words(f.d, entry, words, bare_words(f, head->second), out);
}

}  // namespace emend
