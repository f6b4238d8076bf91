// Opening a document, applying changes to it, and proving that nothing was lost.
#include "pipeline/document/commit.h"

#include <algorithm>

#include "pipeline/document/error.h"

namespace emend {

namespace {

[[noreturn]] void broken(const Change& c, const std::string& what) {
  throw Error(Exit::bug, "stage '" + std::string(c.stage) + "', rule '" + std::string(c.rule) + "', bytes " +
                             std::to_string(c.at.begin) + "-" + std::to_string(c.at.end) + ": " + what +
                             "; this is a defect of emend, please report it");
}

// What a later stage names is within what an earlier one did, where both are the same lines; but a list of works is
// around the list that it was found to be.
bool preorder(const Node& a, const Node& b) {
  if (a.at.begin != b.at.begin) return a.at.begin < b.at.begin;
  if (a.at.end != b.at.end) return a.at.end > b.at.end;
  return a.name == "listBibl" && b.name == "list";
}

// The edits among the changes, in source order, merged into the patches; the lines they touch read anew.
void apply_edits(Document& d, std::span<const Change> changes) {
  std::vector<const Change*> edits;
  for (const Change& c : changes)
    if (c.kind == Kind::edit) edits.push_back(&c);
  if (edits.empty()) return;
  std::stable_sort(edits.begin(), edits.end(), [](auto* a, auto* b) { return a->at.begin < b->at.begin; });
  std::vector<Patch> merged;
  merged.reserve(d.patches.size() + edits.size());
  std::vector<std::size_t> dirty;
  std::size_t old = 0, line = d.line_at(edits.front()->at.begin);
  std::string before;
  for (const Change* c : edits) {
    while (line + 1 < d.lines.size() && d.lines[line + 1].at.begin <= c->at.begin) ++line;
    if (c->at.empty() || !d.lines[line].at.contains(c->at)) broken(*c, "an edit is empty or crosses a line end");
    while (old < d.patches.size() && d.patches[old].at.end <= c->at.begin) merged.push_back(d.patches[old++]);
    if (!merged.empty() && merged.back().at.end > c->at.begin) broken(*c, "edits overlap");
    before.clear();
    std::uint32_t from = c->at.begin;
    for (; old < d.patches.size() && d.patches[old].at.begin < c->at.end; ++old) {
      const Patch& p = d.patches[old];
      if (!c->at.contains(p.at)) broken(*c, "an edit splits an earlier patch");
      before.append(d.slice({from, p.at.begin})).append(p.text);
      from = p.at.end;
    }
    before.append(d.slice({from, c->at.end}));
    if (before != c->before) broken(*c, "the text to be changed is not what stands there");
    merged.push_back({c->at, c->after});
    if (dirty.empty() || dirty.back() != line) dirty.push_back(line);
  }
  merged.insert(merged.end(), d.patches.begin() + static_cast<std::ptrdiff_t>(old), d.patches.end());
  d.patches = std::move(merged);
  std::string text;  // reused for every dirty line
  for (std::size_t l : dirty) {
    text.clear();
    each_piece(d, d.lines[l], [&](Span, std::string_view piece, bool) { text += piece; });
    d.lines[l].text = d.arena->keep(text);
  }
}

constexpr std::string_view no_page = "none";

// The first page begins with the text, and stays.
bool drop_pages(Document& d, std::span<const Change> changes) {
  std::vector<std::uint32_t> gone;
  for (const Change& c : changes)
    if (c.kind == Kind::page && c.name == no_page) gone.push_back(c.at.begin);
  std::sort(gone.begin(), gone.end());
  const std::size_t before = d.pages.size();
  std::erase_if(d.pages, [&](const Page& p) {
    return &p != d.pages.data() && std::binary_search(gone.begin(), gone.end(), p.at.begin);
  });
  return d.pages.size() < before;
}

void apply_pages(Document& d, std::span<const Change> changes) {
  const bool dropped = drop_pages(d, changes);
  std::vector<const Change*> fresh;
  for (const Change& c : changes) {
    if (c.kind != Kind::page || c.name == no_page) continue;
    if (d.lines[d.line_at(c.at.begin)].at.begin != c.at.begin) broken(c, "a page is not at the beginning of a line");
    const auto known = std::lower_bound(d.pages.begin(), d.pages.end(), c.at.begin,
                                        [](const Page& p, std::uint32_t b) { return p.at.begin < b; });
    if (known == d.pages.end() || known->at.begin != c.at.begin) {
      fresh.push_back(&c);
      continue;
    }
    known->label = c.after;
    known->sure = c.sure;
    known->read = c.name == "read";
  }
  if (fresh.empty() && !dropped) return;
  std::stable_sort(fresh.begin(), fresh.end(), [](auto* a, auto* b) { return a->at.begin < b->at.begin; });
  const auto known = static_cast<std::ptrdiff_t>(d.pages.size());
  for (std::size_t i = 0; i < fresh.size(); ++i)  // of several that say something of one page, the last
    if (const Change& c = *fresh[i]; i + 1 == fresh.size() || fresh[i + 1]->at.begin != c.at.begin)
      d.pages.push_back({c.at, c.after, c.sure, c.name == "read"});
  std::inplace_merge(d.pages.begin(), d.pages.begin() + known, d.pages.end(),
                     [](const Page& a, const Page& b) { return a.at.begin < b.at.begin; });
  std::uint32_t page = 0;
  for (Line& line : d.lines) {
    while (page + 1 < d.pages.size() && d.pages[page + 1].at.begin <= line.at.begin) ++page;
    line.page = page;
  }
  for (std::size_t i = 0; i < d.pages.size(); ++i)
    d.pages[i].at.end = i + 1 < d.pages.size() ? d.pages[i + 1].at.begin : static_cast<std::uint32_t>(d.source.size());
}

// The change of this commit that made the younger of two nodes.
const Change& younger(const Document& d, std::span<const Change> changes, const Node& a, const Node& b) {
  const std::size_t index = std::max(a.change, b.change) - d.ledger.size();
  return index < changes.size() ? changes[index] : changes.back();
}

// Gives every block its parent and every line its innermost block; blocks must nest.
void settle_blocks(Document& d, std::span<const Change> changes) {
  std::stable_sort(d.blocks.begin(), d.blocks.end(), preorder);
  std::vector<std::int32_t> open;
  std::size_t next = 0;
  const auto outside = [&](std::uint32_t begin) {
    return !open.empty() && d.blocks[static_cast<std::size_t>(open.back())].at.end < begin;
  };
  for (Line& line : d.lines) {
    while (outside(line.at.begin)) open.pop_back();
    for (; next < d.blocks.size() && d.blocks[next].at.begin <= line.at.begin; ++next) {
      Node& node = d.blocks[next];
      node.parent = open.empty() ? -1 : open.back();
      if (node.parent >= 0)
        if (const Node& parent = d.blocks[static_cast<std::size_t>(node.parent)]; parent.at.end < node.at.end)
          broken(younger(d, changes, parent, node), "block '" + std::string(node.name) + "' at byte " +
                                                        std::to_string(node.at.begin) + " crosses '" +
                                                        std::string(parent.name) + "'");
      open.push_back(static_cast<std::int32_t>(next));
    }
    line.block = open.empty() ? -1 : open.back();
  }
}

void settle_phrases(Document& d, std::span<const Change> changes) {
  std::stable_sort(d.phrases.begin(), d.phrases.end(), preorder);
  for (std::size_t i = 1; i < d.phrases.size(); ++i)
    if (d.phrases[i].at.begin < d.phrases[i - 1].at.end)
      broken(younger(d, changes, d.phrases[i - 1], d.phrases[i]), "phrases overlap");
}

// No patch may hold a part of a phrase.
void check_cuts(const Document& d, std::span<const Change> changes) {
  const auto check = [&](const Node& phrase, std::size_t patch) {
    if (patch == d.patches.size()) return;
    const Span at = d.patches[patch].at;
    if (at.begin >= phrase.at.end || phrase.at.end <= at.begin || phrase.at.contains(at)) return;
    for (const Change& c : changes)
      if (c.kind == Kind::edit && c.at == at) broken(c, "an edit cuts a phrase");
    broken(younger(d, changes, phrase, phrase), "an edit cuts a phrase");
  };
  std::size_t patch = 0;
  const auto skip_to = [&](std::uint32_t at) {
    while (patch < d.patches.size() && d.patches[patch].at.end <= at) ++patch;
  };
  for (const Node& phrase : d.phrases) {
    skip_to(phrase.at.begin);
    check(phrase, patch);
    skip_to(phrase.at.end);
    check(phrase, patch);
  }
}

void apply_nodes(Document& d, std::span<const Change> changes) {
  bool edits = false;
  const std::size_t blocks = d.blocks.size(), phrases = d.phrases.size();
  auto index = static_cast<std::uint32_t>(d.ledger.size());
  for (const Change& c : changes) {
    edits = edits || c.kind == Kind::edit;
    if (c.kind == Kind::block) {
      if (d.lines[d.line_at(c.at.begin)].at.begin != c.at.begin || d.lines[d.line_at(c.at.end)].at.end != c.at.end)
        broken(c, "a block is not of whole lines");
      d.blocks.push_back({c.at, c.name, c.attributes, -1, index});
    }
    if (c.kind == Kind::phrase) {
      if (c.at.empty() || !d.lines[d.line_at(c.at.begin)].at.contains(c.at))
        broken(c, "a phrase is empty or crosses a line end");
      d.phrases.push_back({c.at, c.name, c.attributes, -1, index});
    }
    ++index;
  }
  if (d.blocks.size() != blocks) settle_blocks(d, changes);
  if (d.phrases.size() != phrases) settle_phrases(d, changes);
  if (d.phrases.size() != phrases || edits) check_cuts(d, changes);
}

void apply_joins_and_facts(Document& d, std::span<const Change> changes) {
  const std::size_t links = d.links.size(), declared = d.declared.size();
  auto index = static_cast<std::uint32_t>(d.ledger.size());
  for (const Change& c : changes) {
    if (c.kind == Kind::link) d.links.push_back({c.name, c.at, c.to, c.sure});
    if (c.kind == Kind::declare) d.declared.push_back({c.at, c.name, c.attributes, -1, index});
    ++index;
    if (c.kind == Kind::meta) d.metas.push_back({c.name, c.after, c.at});
    if (c.kind != Kind::join) continue;
    Line& line = d.lines[d.line_at(c.at.begin)];
    if (line.at.begin != c.at.begin) broken(c, "a join is not at the beginning of a line");
    line.join = c.after;
    line.joined = true;
  }
  if (d.declared.size() != declared) std::stable_sort(d.declared.begin(), d.declared.end(), preorder);
  if (d.links.size() != links)
    std::stable_sort(d.links.begin(), d.links.end(),
                     [](const Link& a, const Link& b) { return a.at.begin < b.at.begin; });
}

}  // namespace

namespace {
bool ends_line(char c) { return c == '\n' || c == '\r' || c == '\f'; }
}  // namespace

Document open_document(std::string name, std::string source) {
  Document d;
  d.name = std::move(name);
  d.source = std::move(source);
  d.source.reserve(64);  // never within the string object, so that the lines' views survive a move of the document
  const std::string_view text = d.source;
  d.lines.reserve(text.size() / 64);
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = begin;
    while (end < text.size() && !ends_line(text[end])) ++end;
    const Span at{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    Line& line = d.lines.emplace_back();
    line.at = at;
    line.text = d.slice(at);
    begin = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return d;
}

void commit(Document& d, std::span<const Change> changes) {
  if (changes.empty()) return;
  for (const Change& c : changes)
    if (c.at.begin > c.at.end || c.at.end > d.source.size() || c.to.begin > c.to.end || c.to.end > d.source.size() ||
        d.lines.empty())
      broken(c, "a change lies outside the source");
  apply_edits(d, changes);
  apply_pages(d, changes);
  apply_nodes(d, changes);
  apply_joins_and_facts(d, changes);
  d.ledger.insert(d.ledger.end(), changes.begin(), changes.end());
}

void reweigh(Document& d, std::span<const Weight> weights) {
  for (const Weight& w : weights) {
    Change& c = d.ledger.at(w.change);
    c.sure = w.sure;
    c.reason = w.reason;
    if (c.kind != Kind::link) continue;
    const auto first = std::lower_bound(d.links.begin(), d.links.end(), c.at.begin,
                                        [](const Link& l, std::uint32_t at) { return l.at.begin < at; });
    for (auto l = first; l != d.links.end() && l->at.begin == c.at.begin; ++l)
      if (l->at == c.at && l->to == c.to && l->name == c.name) l->sure = c.sure;
  }
}

void verify(const Document& d) {
  std::string now, undone;
  undone.reserve(d.source.size());
  for (const Line& line : d.lines) {
    now.clear();
    each_piece(d, line, [&](Span at, std::string_view text, bool patched) {
      now += text;
      undone += patched ? d.slice(at) : text;
    });
    if (now != line.text) throw Error(Exit::bug, "a line is not its source with its patches applied");
    const std::size_t next = &line == &d.lines.back() ? d.source.size() : (&line + 1)->at.begin;
    undone.append(d.source, line.at.end, next - line.at.end);
  }
  if (undone != d.source) throw Error(Exit::bug, "undoing every change does not give the source back");
}

}  // namespace emend
