// Headings without a number.
#include "stages/50-headings/unnumbered.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "pipeline/rules/matter.h"
#include "pipeline/text/script.h"
#include "stages/50-headings/called_out.h"
#include "stages/50-headings/look.h"
#include "stages/50-headings/running.h"
#include "weights/headings.h"

namespace emend {

namespace {

// The level of the book's chapters: of the highest numbered headings that are no parts.
int chapter_level(const std::map<std::size_t, Head>& heads) {
  int level = 0;
  for (const auto& [line, head] : heads)
    if (head.rank > part_rank && head.type != appendix && head.part == "body")
      level = level == 0 ? head.level : std::min(level, head.level);
  return std::max(level, 1);
}

std::ptrdiff_t chapters_between(const std::map<std::size_t, Head>& heads, int level, std::size_t from, std::size_t to) {
  return std::count_if(heads.lower_bound(from), heads.lower_bound(to),
                       [&](const auto& h) { return h.second.level <= level && h.second.part == "body"; });
}

// Whether notes or sources are those of a chapter: the book has several such lists with chapters between, or this one
// stands before another chapter; but the only one, behind most chapters, is of the book, though columns were read in a
// wrong order. What else returns behind the first chapter, as an editor's notes, is of a chapter,
// too.
bool returns_by_the_chapter(const Document& d, const std::map<std::size_t, Head>& heads,
                            const std::vector<std::pair<std::size_t, const Rule*>>& found, std::size_t line,
                            const Rule& rule) {
  const int level = chapter_level(heads);
  const auto chapter_between = [&](std::size_t from, std::size_t to) {
    return chapters_between(heads, level, from, to) > 0;
  };
  if (!chapter_between(0, line)) return false;
  if (rule.fact("type") != "notes" && rule.fact("type") != "bibliography")
    return std::count_if(found.begin(), found.end(), [&](const auto& other) {
             return other.second == &rule && chapter_between(0, other.first);
           }) >= headings::often;
  const bool alone = std::none_of(found.begin(), found.end(), [&](const auto& other) {
    return other.second->fact("type") == rule.fact("type") && other.first != line;
  });
  if (alone && chapters_between(heads, level, line, d.lines.size()) < chapters_between(heads, level, 0, line))
    return false;
  if (chapter_between(line, d.lines.size())) return true;
  for (auto other = found.rbegin(); other != found.rend(); ++other)
    if (other->second == &rule && other->first < line) return chapter_between(other->first, line);
  return false;
}

// Whether the book sets some of its headings in capitals and some not: two kinds, of which the capitals are the
// higher.
bool some_in_capitals(const Document& d, const std::vector<LookedAt>& found) {
  std::size_t in_capitals = 0;
  for (const LookedAt& l : found) in_capitals += is_in_capitals(d.lines[l.line].text);
  return in_capitals > 1 && in_capitals + 1 < found.size();
}

}  // namespace

namespace {

// Names and addresses stand above an abstract, and no gap where text was extracted; no sentence runs into it there.
bool is_abstract_in_front(const Found& f, std::size_t line, const Rule& rule) {
  const std::size_t next = f.lines.next(line);
  return rule.fact("type") == "abstract" && f.heads.lower_bound(line) == f.heads.begin() && f.d.lines[line].page == 0 &&
         next < f.d.lines.size() && is_upper(first_character(trim(f.d.lines[next].text)));
}

}  // namespace

void find_matter(Found& f) {
  std::vector<std::pair<std::size_t, const Rule*>> found;
  for (const std::size_t i : f.lines.all()) {
    if (!f.lines.is_free(i)) continue;
    const Rule* rule = read_matter(f.rules, f.d.lines[i].text);
    if (rule == nullptr) rule = called_out(f, i);
    if (rule != nullptr && (f.lines.stands_apart(i) || is_abstract_in_front(f, i, *rule))) found.emplace_back(i, rule);
  }
  for (auto& [line, rule] : found) {
    Head head;
    head.last = line;
    head.first = line = rule->fact("part") == "body" ? f.number_line(line) : line;
    if (head.first < head.last) head.n = f.number_of(head.first);
    head.rule = rule->id;
    head.type = rule->fact("type");
    head.part = rule->fact("part");
    head.because = {88, rule->why};
    f.put(std::move(head));
  }
  const std::map<std::size_t, Head> chapters = f.heads;
  for (const auto& [line, rule] : found)
    if (returns_by_the_chapter(f.d, chapters, found, line, *rule)) f.heads.at(line).level = chapter_level(chapters) + 1;
}

void find_running(Found& f) {
  for (const auto& [first, last] : headings_that_run(f.d, f.lines)) {
    Head head;
    head.first = first;
    head.last = last;
    head.rule = "head.running";
    f.describe(head, {});
    head.because = {88, "the next pages repeat it as their running head"};
    f.put(std::move(head));
  }
}

void find_by_look(Found& f, Proposal& out) {
  std::vector<std::size_t> known;
  std::set<int> ranks;
  bool listed = false, running = false;
  for (const auto& [line, head] : f.heads) {
    known.push_back(line);
    if (head.rank > 0) ranks.insert(head.rank);
    listed = listed || head.entry != nullptr;
    running = running || head.rule == "head.running";
  }
  const std::vector<LookedAt> found = headings_by_look(f.d, f.rules, f.lines, known, !listed && ranks.size() < 2);
  const bool chapters = !ranks.empty() || listed || running;
  std::size_t at_top = 0;
  for (const LookedAt& l : found) at_top += f.lines.is_first_on_page(l.line);
  const bool capitals = !chapters && some_in_capitals(f.d, found);
  const std::map<std::size_t, Head> before = f.heads;
  int level_above = 1;
  const bool none_declared = f.is_passage() && !f.d.meta("markup").empty();
  for (const LookedAt& l : found) {
    if (none_declared && !l.learned) {
      out.doubt(f.d.lines[l.line].at, "head.look",
                {60, "it is set as a heading is, and the source, which is Markdown, has no heading here"});
      continue;
    }
    Head head;
    head.last = l.line;
    head.first = f.number_line(l.line);
    if (head.first < l.line) head.n = f.number_of(head.first);
    head.rule = "head.look";
    const auto above = before.lower_bound(l.line);
    // The entries of an index stand apart by their letters.
    if (above != before.begin() && std::prev(above)->second.type == "index") continue;
    const bool top = capitals ? is_in_capitals(f.d.lines[l.line].text)
                              : at_top < 2 || (f.lines.is_first_on_page(l.line) && f.d.lines[l.line].page > 0);
    head.level = !chapters ? (top ? 1 : 2) : above == before.begin() ? 1 : std::prev(above)->second.level + 1;
    if (l.tight)
      head.level = level_above + 1;
    else
      level_above = head.level;
    f.describe(head, {});
    head.because = l.learned ? Because{82, "it is set as the certain headings are, and as other lines are not"}
                             : Because{70, "a short line without a sentence, apart and before a paragraph"};
    f.put(std::move(head));
  }
}

}  // namespace emend
