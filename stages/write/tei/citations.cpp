// Gathering the parts of citations, and writing them as bibl.
#include "stages/write/tei/citations.h"

#include "pipeline/text/numerals.h"
#include "stages/write/tei/sweep.h"

namespace emend {

Citations::Citations(const Document& d, Identifiers& ids) : d_(d) {
  for (std::size_t i = 0; i < d.phrases.size(); ++i) {
    const std::string_view key = d.phrases[i].get("bibl");
    if (key.empty()) continue;
    const auto [span, fresh] = spans_.try_emplace(key);
    if (fresh) span->second.first = i, span->second.sure = d.ledger[d.phrases[i].change].sure;
    span->second.last = i;
  }
  const auto span_at = [&](std::uint32_t at) -> CitationSpan* {
    const std::size_t i = d.first_phrase(at);
    if (i == d.phrases.size() || d.phrases[i].at.begin != at) return nullptr;
    const auto found = spans_.find(d.phrases[i].get("bibl"));
    return found == spans_.end() ? nullptr : &found->second;
  };
  for (const Link& link : d.links) {
    if (link.name != "cites") continue;
    CitationSpan *from = span_at(link.at.begin), *to = span_at(link.to.begin);
    if (from == nullptr || to == nullptr || from == to) continue;
    if (to->id.empty()) to->id = ids.unique(key_of(d.phrases[to->first]));
    from->refers = to->id;
  }
}

// By the note that it stands in; an entry of a list by its year.
std::string Citations::key_of(const Node& first) const {
  const Line& line = d_.lines[d_.line_at(first.at.begin)];
  const Node* block = d_.block_of(line);
  if (block == nullptr || block->name != "note") {
    const auto& span = spans_.at(first.get("bibl"));
    for (std::size_t i = span.first; i <= span.last; ++i)
      if (d_.phrases[i].name == "date") return "bib-" + std::string(d_.phrases[i].get("when").substr(0, 4));
    return "bib";
  }
  const Number n = read_whole_number(block->get("n"));
  const std::string page = line.page < d_.pages.size() ? std::string(d_.pages[line.page].label) : "";
  return "bib" + (page.empty() ? "" : "-" + page) + (n ? "-" + std::to_string(n.value) : "");
}

const CitationSpan* Citations::of(const Node& phrase) const {
  const auto found = spans_.find(phrase.get("bibl"));
  return found == spans_.end() ? nullptr : &found->second;
}

bool Citations::goes_on(const Node& phrase) const {
  const Node* next = &phrase + 1;
  return next < d_.phrases.data() + d_.phrases.size() && !next->get("continues").empty() &&
         next->get("bibl") == phrase.get("bibl");
}

const CitationSpan* Citations::first_in(Span block) const {
  for (std::size_t i = d_.first_phrase(block.begin); i < d_.phrases.size() && d_.phrases[i].at.begin < block.end; ++i)
    if (const CitationSpan* span = of(d_.phrases[i])) return span;
  return nullptr;
}

// What a bibl says of itself.
void Sweep::describe(pugi::xml_node bibl, const CitationSpan& span) const {
  set(bibl, "xml:id", span.id);
  set(bibl, "type", d_.phrases[span.first].get("kind"));
  if (!span.refers.empty()) set(bibl, "corresp", "#" + span.refers);
  if (span.sure < certain) set(bibl, "cert", certainty(span.sure)), set(bibl, "resp", "#emend");
}

// A part of a citation. The first opens the bibl, unless it is an entry of a list and stands in one; the last closes
// it.
void Sweep::write_citation(const Node& phrase, const Run& run, Pen& pen) {
  const CitationSpan& span = *citations_.of(phrase);
  const bool entry = std::string_view(pen.element().name()) == "bibl";
  if (!entry && !bibl_) describe(bibl_ = pen.child("bibl"), span);
  if (!cite_part_) {
    pugi::xml_node where = entry ? pen.element() : bibl_;
    cite_part_ = phrase.name == "bibl" ? where : where.append_child(std::string(phrase.name).c_str());
    if (phrase.name != "bibl")
      for (const char* key : {"role", "level", "type", "unit", "from", "to", "when", "target"})
        set(cite_part_, key, phrase.get(key));
    if (phrase.name == "ref" && !span.refers.empty()) set(cite_part_, "target", "#" + span.refers);
  }
  {
    Pen inner(cite_part_);
    changes_.run(run, inner, false);
  }
  if (!citations_.goes_on(phrase)) cite_part_ = {};
  if (&phrase == &d_.phrases[span.last]) bibl_ = cite_part_ = {};
}

// Where text goes: into the citation that is open, or else where it would go.
void Sweep::write_run(const Run& run, Pen& pen, bool first) {
  if (!cite_part_ && !bibl_) return changes_.run(run, pen, first);
  Pen inner(here(pen));
  changes_.run(run, inner, first);
}

void Sweep::write_joint(const Line& line, Pen& pen) {
  if (!cite_part_ && !bibl_) return changes_.joint(line, pen);
  Pen inner(here(pen));
  changes_.joint(line, inner);
}

pugi::xml_node Sweep::here(Pen& pen) const { return cite_part_ ? cite_part_ : bibl_ ? bibl_ : pen.element(); }

}  // namespace emend
