// Finds citations in notes and in lists of works, names their parts, and links what says "ibid." to what it means.
//
// A citation is its parts: phrases that share the value of `bibl`, which is the source byte where the first begins. A
// part that a line end cuts is several phrases, all but the first with `continues`. Which words are what is decided by
// `find_citations`, what is a list of works by `lists`, what an "ibid." means by `cited`; here stands the walk over the
// notes, and over the pages that end in sources.
#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/82-citations/citation.h"
#include "stages/82-citations/cited.h"
#include "stages/82-citations/lists.h"
#include "stages/82-citations/unit.h"
#include "weights/citations.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_citations;
}

namespace {

class Sources {
 public:
  Sources(const Document& d, const Rules& rules, Proposal& out) : d_(d), rules_(rules), out_(out), cited_(d, out) {}

  void read() {
    works_ = read_lists(d_, rules_, out_, cited_);
    cited_.index_entries();
    read_notes();
    for (const Page& page : d_.pages) read_foot(page);
  }

 private:
  void read_notes() {
    std::vector<std::uint32_t> continued;
    for (const Link& link : d_.links)
      if (link.name == "continues") continued.push_back(link.to.begin);
    std::sort(continued.begin(), continued.end());
    for (const Node& node : d_.blocks) {
      if (node.name != "note" || std::binary_search(continued.begin(), continued.end(), node.at.begin)) continue;
      ++notes_;
      const Number n = read_whole_number(node.get("n"));
      read_note(node, n ? n.value : 0);
    }
  }

  // A note and what goes on with it on later pages.
  void read_note(const Node& node, int number) {
    CitationUnit unit;
    append(d_, node, unit);
    const Node* part = &node;
    for (int more = 0; more < 8 && part != nullptr; ++more) {
      part = continuation_of(*part);
      if (part != nullptr) append(d_, *part, unit);
    }
    hide_names(d_, unit);
    for (const Citation& c : find_citations(unit.text, rules_, CitationForm::note)) {
      Cited cited;
      cited.note = notes_;
      cited.number = number;
      if (c.again != Again::none)
        cited_.write_again(unit, c, cited);
      else
        cited_.write(unit, c, "citations.note", cited);
    }
  }

  const Node* continuation_of(const Node& note) const {
    for (auto link = std::lower_bound(d_.links.begin(), d_.links.end(), note.at.begin,
                                      [](const Link&l, std::uint32_t b) { return l.at.begin < b; });
         link != d_.links.end() && link->at.begin == note.at.begin; ++link) {
      if (link->name != "continues") continue;
      for (const Node& node : blocks_at(link->to.begin))
        if (node.name == "note") return &node;
    }
    return nullptr;
  }

  std::span<const Node> blocks_at(std::uint32_t at) const {
    const auto first = std::lower_bound(d_.blocks.begin(), d_.blocks.end(), at,
                                        [](const Node& n, std::uint32_t b) { return n.at.begin < b; });
    auto last = first;
    while (last != d_.blocks.end() && last->at.begin == at) ++last;
    return {first, last};
  }

  // Paragraphs at the foot of a page that are sources, though no list of works: notes that lost their labels.
  void read_foot(const Page& page) {
    const auto [first, last] = d_.lines_of(page.at);
    std::optional<std::size_t> from;  // line where the sources begin
    std::size_t end = 0, found = 0;
    for (std::size_t i = last; i-- > first;) {
      const Line& line = d_.lines[i];
      if (trim(line.text).empty() || d_.is(line, "fw")) continue;
      const Node* block = d_.block_of(line);
      if (block == nullptr || block->name != "p" || block->parent >= 0 || block->at.begin < page.at.begin ||
          works_.contains(static_cast<std::size_t>(line.block)))
        break;
      const std::size_t sources = sources_in(*block);
      if (sources == 0) break;
      if (!from) end = i;
      found += sources;
      i = d_.line_at(block->at.begin);
      from = i;
    }
    if (found >= citations::fewest_entries)
      out_.doubt(d_.hull(*from, end), "citations.foot",
                 {50, "the page ends in " + std::to_string(found) + " sources, and they are neither notes nor a list"});
  }

  // The sources in a paragraph that begins with one.
  std::size_t sources_in(const Node& paragraph) const {
    CitationUnit unit;
    append(d_, paragraph, unit);
    hide_names(d_, unit);
    const std::vector<Citation> found = find_citations(unit.text, rules_, CitationForm::note);
    return found.empty() || found.front().begin > citations::source_begins ? 0 : found.size();
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  CitedWorks cited_;
  std::set<std::size_t> works_;  // blocks below a heading of works
  std::size_t notes_ = 0;
};

void run(const Document& d, const Rules& rules, Proposal& out) { Sources(d, rules, out).read(); }

}  // namespace

extern const Stage stage_citations{.name = "citations",
                                   .summary = "Name the parts of citations, and link those that repeat another",
                                   .needs = "punctuation labels",
                                   .provides = "citations",
                                   .rules = &embedded::rules_citations,
                                   .run = run};

}  // namespace emend
