// The summary in words, for a person to read at a glance.
#include "pipeline/cli/report.h"

#include <algorithm>

#include "pipeline/cli/in_words.h"
#include "pipeline/cli/shown.h"

namespace emend {

namespace {

constexpr std::size_t most_doubts = 8;  // kinds of them that are told

// "12 headers, 3 watermarks", the most frequent first.
template <typename Words>
std::string most_first(const Counts& counts, std::size_t most, Words&& words) {
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (const auto& [name, count] : counts) sorted.emplace_back(count, name);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (std::size_t i = 0; i < sorted.size() && i < most; ++i)
    out += (i > 0 ? ", " : "") + words(sorted[i].second, sorted[i].first);
  return out + (sorted.size() > most ? ", …" : "");
}

std::string pages(const Findings& f) {
  if (f.pages == 0) return "no page breaks found";
  std::string out = std::to_string(f.pages);
  if (f.pages_read > 0) out += ", " + std::to_string(f.pages_read) + " with their printed number";
  if (f.pages_inferred > 0) out += ", " + std::to_string(f.pages_inferred) + " with a number inferred";
  return out;
}

std::string headings(const Findings& f) {
  if (f.headings.empty()) return "none";
  std::string by_level;
  for (const auto& [level, count] : f.headings) by_level += (by_level.empty() ? "" : " + ") + std::to_string(count);
  return std::to_string(Findings::sum(f.headings)) +
         (f.headings.size() > 1 ? " on " + std::to_string(f.headings.size()) + " levels (" + by_level + ")" : "");
}

std::string contents(const Findings& f) {
  const std::string captions = f.captions == 0 ? "" : std::to_string(f.captions) + " in lists of figures and tables";
  if (f.entries == 0) return captions;
  const std::size_t missing = f.entries - f.entries_linked;
  return counted(f.entries, "entry", "entries") + ", " + std::to_string(f.entries_linked) + " linked to their heading" +
         (missing > 0 ? ", " + std::to_string(missing) + " without a heading in the text" : "") +
         (captions.empty() ? "" : "; " + captions);
}

std::string notes(const Findings& f) {
  if (f.notes + f.marks_without_note == 0) return {};
  const std::size_t stray = f.notes - f.notes_anchored;
  return std::to_string(f.notes) + ", " + std::to_string(f.notes_anchored) + " at their mark" +
         (stray > 0 ? ", " + std::to_string(stray) + " without a mark" : "") +
         (f.marks_without_note > 0 ? ", " + counted(f.marks_without_note, "mark") + " without a note" : "");
}

std::string encoding(const Findings& f) {
  return shown(f.encoding) +
         (f.encoding_bytes == 0 ? "" : ", " + counted(f.encoding_bytes, "place") + " kept as bytes");
}

std::string columns(const Findings& f) {
  return f.columns == 0 ? "" : "two in " + counted(f.columns, "place") + ", read one after the other";
}

std::string repairs(const Findings& f) {
  const std::size_t all = Findings::sum(f.repairs);
  Counts by_table;
  for (const auto& [rule, count] : f.repairs) by_table[rule.substr(0, rule.find('.'))] += count;
  return all == 0 ? "" : std::to_string(all) + ": " + most_first(by_table, 6, repairs_in_words);
}

// How many, and where they are listed: the page if there is one, else the ledger.
std::string doubtful(const Findings& f, const std::vector<Output>& made, const Paint& paint) {
  const std::size_t all = Findings::sum(f.doubts);
  if (all == 0) return paint(Tone::good, "nothing");
  const auto named = [&](FileFormat format) {
    return std::find_if(made.begin(), made.end(), [&](const Output& o) { return o.format == format && o.path != "-"; });
  };
  const std::string places = paint(Tone::doubt, counted(all, "place") + " to look at");
  if (const auto page = named(FileFormat::review); page != made.end())
    return places + ", in a browser: " + shown(page->path);
  const auto ledger = named(FileFormat::ledger);
  if (ledger == made.end()) return places + "; --ledger FILE would keep them, for emend explain --doubts";
  return places + "; list: emend explain --doubts " + shown(ledger->path);
}

}  // namespace

std::string summary(const Findings& f, const std::string& shown_input, const std::vector<Output>& made,
                    const Paint& paint) {
  std::string out = paint(Tone::title, shown_input) + "\n", files;
  const auto row = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) out += "  " + paint(Tone::quiet, name) + std::string(11 - name.size(), ' ') + text + "\n";
  };
  row("title",
      shown_short(f.title, 60) + (f.title_origin == "given" ? "" : " (" + f.title_origin + "; --title sets it)"));
  row("encoding", encoding(f));
  row("columns", columns(f));
  row("pages", pages(f));
  row("headings", headings(f));
  row("contents", contents(f));
  row("notes", notes(f));
  row("paragraphs", std::to_string(f.paragraphs));
  row("set aside", most_first(f.set_aside, 6, [](const std::string& name, std::size_t n) { return counted(n, name); }));
  row("repairs", repairs(f));
  row("doubtful", doubtful(f, made, paint));
  for (std::size_t i = 0; i < f.doubts_in_words.size() && i < most_doubts; ++i) row("", f.doubts_in_words[i]);
  if (f.doubts_in_words.size() > most_doubts)
    row("", "and " + std::to_string(f.doubts_in_words.size() - most_doubts) + " more kinds");
  for (const Output& o : made)
    files += (files.empty() ? "" : ", ") + (o.path == "-" ? "standard output" : shown(o.path));
  row("written", paint(Tone::title, files));
  return out;
}

}  // namespace emend
