// Text that is missing: a gap where it would stand, and a sentence in the description of the source.
#include "stages/write/tei/gaps.h"

#include <string>
#include <string_view>

#include "pipeline/text/numerals.h"
#include "stages/write/tei/sweep.h"

namespace emend {

namespace {

constexpr std::string_view dash = "–";

// In words: page 18, pages 18–43, from page 18 on; nothing where nobody knows.
std::string extent(std::string_view pages) {
  const std::size_t at = pages.find(dash);
  if (pages.empty()) return "";
  if (at == pages.npos) return "page " + std::string(pages);
  const bool open = at + dash.size() == pages.size();
  return open ? "from page " + std::string(pages.substr(0, at)) + " on" : "pages " + std::string(pages);
}

// How many pages 18–43 are, or 0.
int quantity(std::string_view pages) {
  const std::size_t at = pages.find(dash);
  const Number first = read_whole_number(pages.substr(0, at));
  const Number last = at == pages.npos ? first : read_whole_number(pages.substr(at + dash.size()));
  return first && last ? last.value - first.value + 1 : 0;
}

void describe_gap(pugi::xml_node gap, std::string_view pages) {
  set(gap, "n", pages);
  set(gap, "reason", "missing");
  set(gap, "extent", extent(pages));
  if (!pages.empty()) set(gap, "unit", "page");
  if (const int pages_missing = quantity(pages); pages_missing > 0) set(gap, "quantity", std::to_string(pages_missing));
  set(gap, "resp", "#emend");
}

std::string_view reason_of(const Document& d, const Meta& gap) {
  for (const Change& c : d.ledger)
    if (c.kind == Kind::meta && c.name == gap.name && c.at == gap.at) return c.reason;
  return {};
}

bool is_gap(const Meta& m) { return m.name == "gap" || m.name == "gap:end"; }

}  // namespace

// Into `where`, before `sibling` if there is one.
void Sweep::write_gaps_before(std::uint32_t at, pugi::xml_node where, pugi::xml_node sibling) {
  for (; gap_ < gaps_.size() && gaps_[gap_]->at.begin <= at; ++gap_) {
    pugi::xml_node gap = sibling ? where.insert_child_before("gap", sibling) : where.append_child("gap");
    describe_gap(gap, gaps_[gap_]->value);
    if (sibling) where.insert_child_before(pugi::node_pcdata, sibling).set_value("\n");
  }
}

void Sweep::write_gap_at_end() {
  for (const Meta& m : d_.metas) {
    if (m.name != "gap:end") continue;
    pugi::xml_node where = container();
    describe_gap(where.append_child("gap"), m.value);
    new_line(where);
  }
}

void write_missing(pugi::xml_node bibl, const Document& d) {
  std::string told;
  for (const Meta& m : d.metas) {
    if (!is_gap(m)) continue;
    const std::string what = extent(m.value);
    told += (told.empty() ? "Text is missing: " : "; ") + (what.empty() ? "behind the end" : what) + " (" +
            std::string(reason_of(d, m)) + ")";
  }
  if (!told.empty()) add(bibl, "extent", told + ".");
}

}  // namespace emend
