// A tool that reads pages tells notes by their place and their type; it tells neither where one of several begins nor
// what their labels are.
#include "stages/60-notes/declared.h"

#include "pipeline/text/script.h"
#include "stages/60-notes/marks.h"

namespace emend {

std::vector<bool> lines_of_declared_notes(const Document& d) {
  std::vector<bool> all;
  for (const Node& said : d.declared) {
    if (said.name != "note") continue;
    all.resize(d.lines.size());
    const auto [first, last] = d.lines_of({said.at.begin, said.at.end + 1});
    for (std::size_t i = first; i < last; ++i) all[i] = d.lines[i].block < 0 && !trim(d.lines[i].text).empty();
  }
  return all;
}

std::vector<Note> read_declared_notes(const Document& d, const std::vector<bool>& declared,
                                      const std::vector<std::size_t>& lines) {
  std::vector<Note> notes;
  if (declared.empty()) return notes;
  for (const std::size_t line : lines) {
    if (!declared[line]) continue;
    const std::string_view whole = d.lines[line].text, text = trim(whole);
    if (opens_note(text)) return {};
    const Mark mark = read_note_mark(text);
    const bool labelled = mark && mark.length < text.size();
    if (!labelled && !notes.empty()) {
      notes.back().last = line;
      continue;
    }
    Note& note = notes.emplace_back();
    note.first = note.last = line;
    note.continues = !labelled;
    if (!labelled) continue;
    note.mark = mark;
    note.shown = mark.shown;
    std::size_t end = mark.length;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '.')) ++end;
    const auto indent = static_cast<std::size_t>(text.data() - whole.data());
    note.labels.push_back({line, 0, indent + end});
  }
  return notes;
}

}  // namespace emend
