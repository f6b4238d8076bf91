// Finds the headings and aligns them with the printed contents list.
//
// Headings that no list names are those that the source declares; else they are found by their numbers, where these
// count on without a gap, by the names of front and back matter, by the running heads that repeat them, and by their
// look. Each way is a file of its own.
#include <algorithm>
#include <map>
#include <vector>

#include "stages/50-headings/declared.h"
#include "stages/50-headings/found.h"
#include "stages/50-headings/letters.h"
#include "stages/50-headings/listed.h"
#include "stages/50-headings/marked_titles.h"
#include "stages/50-headings/missing.h"
#include "stages/50-headings/named_above.h"
#include "stages/50-headings/numbered.h"
#include "stages/50-headings/numbered_leads.h"
#include "stages/50-headings/passage.h"
#include "stages/50-headings/ruled.h"
#include "stages/50-headings/run_in.h"
#include "stages/50-headings/spoiled_numbers.h"
#include "stages/50-headings/unnumbered.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

// Front matter stands before the first chapter, back matter behind the last; what does not belongs to the body.
void settle_parts(Found& f) {
  std::size_t first_body = f.d.lines.size(), last_body = 0;
  for (const auto& [line, head] : f.heads)
    if (head.part == "body" && head.level == 1) {
      first_body = std::min(first_body, line);
      last_body = std::max(last_body, line);
    }
  for (auto& [line, head] : f.heads) {
    if (head.part == "front" && line > first_body) head.part = "body";
    if (head.part == "back" && line < last_body) head.part = line < first_body ? "front" : "body";
  }
  if (first_body == f.d.lines.size()) return;  // the book has no chapter, and so nothing before it
  // The sections of a preface are of the front matter, as it is.
  int front = 0;  // the level of the last heading that stands in it by its own name
  for (auto& [line, head] : f.heads) {
    if (line >= first_body) break;
    if (head.part == "front" && (front == 0 || head.level <= front))
      front = head.level;
    else if (front > 0 && head.part == "body" && head.level > front && head.n.empty())
      head.part = "front";
  }
}

// A level that no heading of the book has is none: those below it move up.
void close_levels(Found& f) {
  std::map<int, int> closed;
  for (const auto& [line, head] : f.heads) closed[std::max(1, head.level)] = 0;
  int next = 0;
  for (auto& [level, place] : closed) place = ++next;
  for (auto& [line, head] : f.heads) head.level = closed[std::max(1, head.level)];
}

// A number that is not the next behind its elder brother's: a heading was lost between them.
void doubt_gaps(const Found& f, Proposal& out) {
  std::map<int, const Head*> open;  // the last numbered heading of each rank below the headings that are open
  for (const auto& [line, head] : f.heads) {
    if (head.rank == 0 || head.value == 0) continue;
    const auto elder = open.find(head.rank);
    if (elder != open.end() && head.value > elder->second->value + 1 && head.level == elder->second->level)
      out.doubt(f.d.hull(head.first, head.last), "head.gap",
                {60, "the number before that of '" + f.words_of(head) + "' is missing: the heading before it has " +
                         elder->second->n});
    open[head.rank] = &head;
    for (auto& [rank, below] : open)
      if (below->level > head.level) below = &head;
    std::erase_if(open, [self = &head](const auto& o) { return o.second == self && o.first != self->rank; });
  }
}

void propose(const Found& f, const Head& head, Proposal& out) {
  std::string attributes = "level=" + std::to_string(std::max(1, head.level)) + "\ntype=" + head.type;
  if (!head.n.empty()) attributes += "\nn=" + head.n;
  if (!head.part.empty()) attributes += "\npart=" + head.part;
  out.block(head.first, head.last, "head", attributes, head.rule, head.because);
  if (head.entry != nullptr)
    out.link("contents", head.entry->at, f.d.hull(head.first, head.last), "contents.link", head.because);
}

void run(const Document& d, const Rules& rules, Proposal& out) {
  Found f(d, rules);
  const ListedEntries listed = find_listed(f, out);
  find_ruled(f);
  if (!find_declared(f, out)) {
    const std::vector<std::size_t> letters = take_letters(f);
    find_numbered(f, out);
    find_spoiled_numbers(f);
    find_named_above(f, out);
    find_matter(f);
    find_running(f);
    find_sole_chapter(f, out);
    find_marked_titles(f);
    find_within_passage(f);
    find_by_look(f, out);
    find_run_in(f);
    doubt_numbered_leads(f, out);
    put_letters(f, letters);
  }
  close_levels(f);
  heed_levels(f);
  settle_parts(f);
  doubt_gaps(f, out);
  find_missing(f, listed, out);
  for (const auto& [line, head] : f.heads) propose(f, head, out);
}

}  // namespace

extern const Stage stage_headings{.name = "headings",
                                  .summary = "Find the headings and align them with the contents",
                                  .needs = "contents",
                                  .provides = "headings",
                                  .rules = &embedded::rules_structure,
                                  .run = run};

}  // namespace emend
