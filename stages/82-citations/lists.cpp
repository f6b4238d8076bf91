// Finds lists of works, entry by entry, and the headings among them.
#include "stages/82-citations/lists.h"

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/82-citations/citation.h"
#include "stages/82-citations/unit.h"
#include "weights/citations.h"

namespace emend {

namespace {

struct ListEntry {
  std::size_t top;  // the block that stands by itself: the entry's own, or its list
  CitationUnit unit;
  std::vector<Citation> found;
};

int level_of(const Node& head) { return std::max(1, read_whole_number(head.get("level")).value); }

class Lists {
 public:
  Lists(const Document& d, const Rules& rules, Proposal& out, CitedWorks& cited)
      : d_(d), rules_(rules), out_(out), cited_(cited) {}

  std::set<std::size_t> read() {
    int inside = 0;                // the level of the division of works, or 0
    std::vector<std::size_t> run;  // blocks
    for (std::size_t i = 0; i < d_.blocks.size(); ++i) {
      const Node& node = d_.blocks[i];
      if (node.name == "head") {
        close_list(run);
        const int level = level_of(node);
        if (inside != 0 && level <= inside) inside = 0;
        if (node.get("type") == "bibliography") inside = level;
      } else if (inside != 0 && node.parent < 0) {
        if (node.name == "p" || node.name == "list")
          run.push_back(i), works_.insert(i);
        else if (node.name != "fw" && node.name != "note")
          close_list(run);
      }
    }
    close_list(run);
    return works_;
  }

 private:
  std::vector<ListEntry> entries_of(const std::vector<std::size_t>& run) const {
    std::vector<ListEntry> entries;
    const auto add = [&](std::size_t top, const Node& block) {
      ListEntry& e = entries.emplace_back();
      e.top = top;
      append(d_, block, e.unit);
      hide_names(d_, e.unit);
      e.found = find_citations(e.unit.text, rules_, CitationForm::entry);
    };
    for (const std::size_t i : run) {
      if (d_.blocks[i].name == "p") add(i, d_.blocks[i]);
      if (d_.blocks[i].name != "list") continue;
      for (std::size_t k = i + 1; k < d_.blocks.size() && d_.blocks[i].at.contains(d_.blocks[k].at); ++k)
        if (d_.blocks[k].name == "item" && d_.blocks[k].parent == static_cast<std::int32_t>(i)) add(i, d_.blocks[k]);
    }
    return entries;
  }

  // Entries between two headings; short lines that are none are headings, too.
  void close_list(std::vector<std::size_t>& run) {
    std::vector<ListEntry> entries = entries_of(run);
    run.clear();
    for (std::size_t from = 0; from < entries.size();) {
      std::size_t to = from;
      while (to < entries.size() && !is_heading(entries[to])) ++to;
      if (to > from)
        name_list(
            {entries.begin() + static_cast<std::ptrdiff_t>(from), entries.begin() + static_cast<std::ptrdiff_t>(to)});
      from = to + 1;
    }
  }

  bool is_heading(const ListEntry& e) const {
    return e.found.empty() && d_.blocks[e.top].name == "p" && !wider_than(e.unit.text, citations::heading_columns) &&
           e.unit.text.find_first_of("0123456789") == std::string::npos;
  }

  void name_list(const std::vector<ListEntry>& entries) {
    const auto found = static_cast<std::size_t>(
        std::count_if(entries.begin(), entries.end(), [](const ListEntry& e) { return !e.found.empty(); }));
    if (found < citations::fewest_entries || found * 2 < entries.size()) return;
    const Span at{d_.blocks[entries.front().top].at.begin, d_.blocks[entries.back().top].at.end};
    if (!holds_only_entries(at) || holds_other_blocks(entries.front().top, at)) return;
    const std::size_t first = d_.line_at(at.begin), last = d_.line_at(at.end);
    out_.block(first, last, "listBibl", "", "citations.list",
               {90, std::to_string(found) + " of " + std::to_string(entries.size()) + " entries read as citations"});
    for (const ListEntry& e : entries)
      for (const Citation& c : e.found) {
        Cited cited;
        cited.entry = true;
        cited_.write(e.unit, c, "citations.entry", cited);
      }
  }

  // A line of no block would be lost to the list.
  bool holds_only_entries(Span at) const {
    const auto [first, last] = d_.lines_of({at.begin, at.end + 1});
    for (std::size_t i = first; i < last; ++i)
      if (d_.lines[i].block < 0 && !trim(d_.lines[i].text).empty()) return false;
    return true;
  }

  // A table, a caption or a list within an item can be no part of a list of works.
  bool holds_other_blocks(std::size_t top, Span at) const {
    for (std::size_t i = top; i < d_.blocks.size() && d_.blocks[i].at.begin < at.end; ++i) {
      const Node& node = d_.blocks[i];
      const bool within = node.parent >= 0 && d_.blocks[static_cast<std::size_t>(node.parent)].name == "item";
      if (node.name == "list"
              ? within
              : node.name == "table" || node.name == "figure" || node.name == "quote" || node.name == "lg")
        return true;
    }
    return false;
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  CitedWorks& cited_;
  std::set<std::size_t> works_;  // blocks below a heading of works
};

}  // namespace

std::set<std::size_t> read_lists(const Document& d, const Rules& rules, Proposal& out, CitedWorks& cited) {
  return Lists(d, rules, out, cited).read();
}

}  // namespace emend
