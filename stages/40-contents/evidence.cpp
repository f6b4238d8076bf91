// What shows that lines are a contents list.
#include <algorithm>
#include <set>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/40-contents/list.h"

namespace emend {

namespace {

struct Pages {
  std::size_t read = 0, steps = 0, falls = 0;
  std::set<int> different;
};

// Roman pages come before the arabic ones, so steps are taken within one kind of numerals.
Pages pages_of(const std::vector<ContentsEntry>& entries) {
  Pages p;
  const Number* before = nullptr;
  for (const ContentsEntry& e : entries) {
    if (!e.page) continue;
    ++p.read;
    p.different.insert(e.page.value);
    if (before != nullptr && before->form == e.page.form) {
      ++p.steps;
      p.falls += e.page.value < before->value;
    }
    before = &e.page;
  }
  return p;
}

bool in_capitals(std::string_view text) {
  for (std::size_t i = 0; i < text.size();)
    if (is_lower(next_character(text, i))) return false;
  return is_upper(first_character(text));
}

// Sentences that came to no page are running text; the name of a part, in capitals, may have a stop.
std::size_t sentences(const Document& d, const std::vector<ContentsEntry>& entries) {
  std::size_t n = 0;
  for (const ContentsEntry& e : entries) {
    if (e.page || e.known) continue;
    n += std::any_of(e.lines.begin(), e.lines.end(), [&](const EntryLine& l) {
      return ends_sentence(trim(d.lines[l.line].text)) && !l.leader && !in_capitals(trim(d.lines[l.line].text));
    });
  }
  return n;
}

}  // namespace

std::size_t falling_pages(const std::vector<ContentsEntry>& entries) { return pages_of(entries).falls; }

bool is_credible(const Document& d, const std::vector<ContentsEntry>& entries, bool titled) {
  const std::size_t all = entries.size();
  const Pages p = pages_of(entries);
  std::size_t known = 0, numbered = 0, dotted = 0, lines = 0;
  for (const ContentsEntry& e : entries) {
    known += e.known;
    numbered += static_cast<bool>(e.number) || !e.matter.empty();
    dotted += std::any_of(e.lines.begin(), e.lines.end(), [](const EntryLine& l) { return l.dotted; });
    lines += e.lines.size();
  }
  const bool rise = p.read >= 2 && p.falls * 4 <= p.steps && p.different.size() >= 2;
  const bool bounded =
      rise || known * 2 >= all ||
      d.hull(entries.front().lines.front().line, entries.back().lines.back().line).size() * 4 < d.source.size();
  if (!bounded || lines > all * 4) return false;
  if (titled) {
    if (rise && p.read * 3 >= all) return true;
    if (sentences(d, entries) * 4 > all) return false;
    return known * 3 >= all || numbered * 2 >= all || dotted * 2 >= all || (p.read == 0 && all >= 3);
  }
  if (p.read < 4 || p.read * 2 < all || p.falls * 5 > p.steps || p.different.size() < 3) return false;
  return (known >= 2 && known * 4 >= all) || (p.read >= 6 && dotted * 2 >= all) ||
         (p.read >= 5 && p.falls == 0 && numbered * 2 >= all);
}

}  // namespace emend
