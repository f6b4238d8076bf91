// Counting what the stages decided.
#include "pipeline/cli/findings.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "pipeline/cli/in_words.h"
#include "stages/write/tei/header.h"

namespace emend {

namespace {

void count_pages(const Document& d, Findings& f) {
  f.pages = d.pages.size();
  for (const Page& p : d.pages)
    if (!p.label.empty()) ++(p.read ? f.pages_read : f.pages_inferred);
}

std::string furniture(std::string_view type) {
  return type == "header"    ? "running head"
         : type == "footer"  ? "running foot"
         : type == "pageNum" ? "page number"
         : type == "catch"   ? "catchword"
         : type.empty()      ? "other line"
                             : std::string(type);
}

// Whether the entry is of a list of figures or tables, whose block says so.
bool is_caption(const Document& d, const Node& entry) {
  return entry.parent >= 0 && !d.blocks[static_cast<std::size_t>(entry.parent)].get("lists").empty();
}

void count_blocks(const Document& d, Findings& f) {
  std::set<std::uint32_t> listed, noted, continued, marked;
  for (const Link& l : d.links) {
    if (l.name == "contents") listed.insert(l.at.begin);
    if (l.name == "note") noted.insert(l.to.begin), marked.insert(l.at.begin);
    if (l.name == "continues") continued.insert(l.to.begin);
  }
  for (const Node& n : d.blocks) {
    if (n.name == "head") ++f.headings[n.get("level").empty() ? "1" : std::string(n.get("level"))];
    if (n.name == "entry" && is_caption(d, n))
      ++f.captions;
    else if (n.name == "entry")
      ++f.entries, f.entries_linked += listed.contains(n.at.begin);
    if (n.name == "note" && !continued.contains(n.at.begin)) ++f.notes, f.notes_anchored += noted.contains(n.at.begin);
    if (n.name == "p") ++f.paragraphs;
    if (n.name == "fw") ++f.set_aside[furniture(n.get("type"))];
  }
  for (const Node& n : d.phrases) f.marks_without_note += n.name == "mark" && !marked.contains(n.at.begin);
}

std::vector<std::string> doubts_in_words(const Document& d) {
  std::vector<const Change*> all;
  for (const Change& c : d.ledger) all.push_back(&c);
  std::vector<Doubt> doubts = doubts_of(all);
  std::stable_sort(doubts.begin(), doubts.end(),
                   [](const Doubt& a, const Doubt& b) { return a.places.size() > b.places.size(); });
  std::vector<std::string> out;
  for (const Doubt& doubt : doubts) out.push_back(in_words(doubt));
  return out;
}

}  // namespace

std::size_t Findings::sum(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::size_t{0},
                         [](std::size_t all, const auto& one) { return all + one.second; });
}

Findings findings_of(const Document& d, const BookOptions& options) {
  Findings f;
  f.title = book_fact(d, options, "title");
  f.title_origin = origin_of_title(d, options);
  f.language = book_fact(d, options, "language");
  for (const auto& [key, value] : options) {
    if (key == "encoding") f.encoding = value;
    f.encoding_bytes += key == "encoding-bytes";
    f.columns += key == "columns-at";
  }
  count_pages(d, f);
  count_blocks(d, f);
  for (const Change& c : d.ledger) {
    if (c.kind == Kind::edit) ++f.repairs[std::string(c.rule)];
    if (needs_a_look(c)) ++f.doubts[std::string(c.rule)];
  }
  f.doubts_in_words = doubts_in_words(d);
  return f;
}

bool needs_a_look(const Change& c) { return c.kind == Kind::doubt || c.sure < certain; }

std::size_t doubts(const std::vector<Change>& changes) {
  return static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), needs_a_look));
}

std::string_view origin_of_title(const Document& d, const BookOptions& options) {
  if (std::any_of(options.begin(), options.end(), [](const auto& o) { return o.first == "title"; })) return "given";
  return d.meta("title").empty() ? "from the file name" : "from the text";
}

}  // namespace emend
