// Counting what the stages decided.
#include "pipeline/cli/report.h"

#include <algorithm>
#include <map>
#include <set>

#include "pipeline/cli/shown.h"
#include "stages/write/tei_header.h"

namespace emend {

namespace {

using Counts = std::map<std::string, std::size_t>;

// "12 headers, 3 watermarks", the most frequent first.
std::string most_first(const Counts& counts, std::size_t most, bool plural) {
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (const auto& [name, count] : counts) sorted.emplace_back(count, name);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (std::size_t i = 0; i < sorted.size() && i < most; ++i)
    out += (i > 0 ? ", " : "") + (plural ? counted(sorted[i].first, sorted[i].second)
                                         : std::to_string(sorted[i].first) + " " + sorted[i].second);
  return out + (sorted.size() > most ? ", …" : "");
}

std::size_t blocks(const Document& d, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(d.blocks.begin(), d.blocks.end(), [&](const Node& n) { return n.name == name; }));
}

std::string pages(const Document& d) {
  if (d.pages.empty()) return "no page breaks found";
  std::size_t read = 0, inferred = 0;
  for (const Page& p : d.pages)
    if (!p.label.empty()) ++(p.read ? read : inferred);
  std::string out = std::to_string(d.pages.size());
  if (read > 0) out += ", " + std::to_string(read) + " with their printed number";
  if (inferred > 0) out += ", " + std::to_string(inferred) + " with a number inferred";
  return out;
}

std::string headings(const Document& d) {
  Counts levels;
  std::size_t all = 0;
  for (const Node& n : d.blocks)
    if (n.name == "head") ++levels[n.get("level").empty() ? "1" : std::string(n.get("level"))], ++all;
  if (all == 0) return "none";
  std::string by_level;
  for (const auto& [level, count] : levels) by_level += (by_level.empty() ? "" : " + ") + std::to_string(count);
  return std::to_string(all) +
         (levels.size() > 1 ? " on " + std::to_string(levels.size()) + " levels (" + by_level + ")" : "");
}

std::string contents(const Document& d) {
  std::set<std::uint32_t> linked;
  for (const Link& l : d.links)
    if (l.name == "contents") linked.insert(l.at.begin);
  std::size_t entries = 0, found = 0;
  for (const Node& n : d.blocks)
    if (n.name == "entry") ++entries, found += linked.contains(n.at.begin);
  if (entries == 0) return {};
  return counted(entries, "entry", "entries") + ", " + std::to_string(found) + " linked to their heading" +
         (found < entries ? ", " + std::to_string(entries - found) + " without a heading in the text" : "");
}

std::string notes(const Document& d) {
  std::set<std::uint32_t> to, continuations, from;
  for (const Link& l : d.links) {
    if (l.name == "note") to.insert(l.to.begin), from.insert(l.at.begin);
    if (l.name == "continues") continuations.insert(l.to.begin);
  }
  std::size_t all = 0, anchored = 0, lost = 0;
  for (const Node& n : d.blocks)
    if (n.name == "note" && !continuations.contains(n.at.begin)) ++all, anchored += to.contains(n.at.begin);
  for (const Node& n : d.phrases) lost += n.name == "mark" && !from.contains(n.at.begin);
  if (all + lost == 0) return {};
  return std::to_string(all) + ", " + std::to_string(anchored) + " at their mark" +
         (anchored < all ? ", " + std::to_string(all - anchored) + " without a mark" : "") +
         (lost > 0 ? ", " + counted(lost, "mark") + " without a note" : "");
}

std::string set_aside(const Document& d) {
  Counts kinds;
  for (const Node& n : d.blocks) {
    if (n.name != "fw") continue;
    const std::string_view type = n.get("type");
    ++kinds[type == "header"    ? "running head"
            : type == "footer"  ? "running foot"
            : type == "pageNum" ? "page number"
            : type == "catch"   ? "catchword"
            : type.empty()      ? "other line"
                                : std::string(type)];
  }
  return most_first(kinds, 6, true);
}

std::string encoding(const BookOptions& options) {
  std::string out;
  std::size_t kept = 0;
  for (const auto& [key, value] : options) {
    if (key == "encoding") out = shown(value);
    kept += key == "encoding-bytes";
  }
  return out + (kept == 0 ? "" : ", " + counted(kept, "place") + " kept as bytes");
}

std::string columns(const BookOptions& options) {
  const auto places = std::count_if(options.begin(), options.end(), [](const auto& o) { return o.first == "columns-at"; });
  return places == 0 ? "" : "two in " + counted(static_cast<std::size_t>(places), "place") + ", read one after the other";
}

std::string repairs(const Document& d) {
  Counts rules;
  std::size_t all = 0;
  for (const Change& c : d.ledger)
    if (c.kind == Kind::edit) ++rules[std::string(c.rule)], ++all;
  return all == 0 ? "" : std::to_string(all) + ": " + most_first(rules, 4, false);
}

std::string doubtful(const Document& d, const std::vector<Output>& made) {
  const std::size_t all = doubts(d.ledger);
  if (all == 0) return "nothing";
  const auto ledger = std::find_if(made.begin(), made.end(),
                                   [](const Output& o) { return o.format == FileFormat::ledger && o.path != "-"; });
  const std::string name = ledger == made.end() ? "LEDGER" : shown(ledger->path);
  return counted(all, "place") + " to look at; list: emend explain --doubts " + name +
         (ledger == made.end() ? " (made with --ledger)" : "");
}

void row(std::string& out, std::string_view name, const std::string& text) {
  if (!text.empty()) out += "  " + std::string(name) + std::string(11 - name.size(), ' ') + text + "\n";
}

}  // namespace

bool needs_a_look(const Change& c) { return c.kind == Kind::doubt || c.sure < certain; }

std::size_t doubts(const std::vector<Change>& changes) {
  return static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), needs_a_look));
}

std::string_view origin_of_title(const Document& d, const BookOptions& options) {
  if (std::any_of(options.begin(), options.end(), [](const auto& o) { return o.first == "title"; })) return "given";
  return d.meta("title").empty() ? "from the file name" : "from the text";
}

std::string summary(const Document& d, const BookOptions& options, const std::string& shown_input,
                    const std::vector<Output>& made) {
  std::string out = shown_input + "\n", files;
  const std::string_view origin = origin_of_title(d, options);
  row(out, "title",
      shown_short(book_fact(d, options, "title"), 60) +
          (origin == "given" ? "" : " (" + std::string(origin) + "; --title sets it)"));
  row(out, "encoding", encoding(options));
  row(out, "columns", columns(options));
  row(out, "pages", pages(d));
  row(out, "headings", headings(d));
  row(out, "contents", contents(d));
  row(out, "notes", notes(d));
  row(out, "paragraphs", std::to_string(blocks(d, "p")));
  row(out, "set aside", set_aside(d));
  row(out, "repairs", repairs(d));
  row(out, "doubtful", doubtful(d, made));
  for (const Output& o : made)
    files += (files.empty() ? "" : ", ") + (o.path == "-" ? "standard output" : shown(o.path));
  row(out, "written", files);
  return out;
}

}  // namespace emend
