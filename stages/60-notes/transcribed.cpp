// A bracket that opens with the word Footnote and a label, and the nearest mark with that label before it.
#include "stages/60-notes/transcribed.h"

#include <algorithm>
#include <map>
#include <string>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::string_view openings[] = {"[Footnote ", "[FOOTNOTE ", "[footnote ", "[Note ", "[NOTE "};
constexpr std::size_t most_lines = 400, longest_label = 5;

struct Opening {
  std::string_view label;
  std::size_t word = 0, end = 0;  // bytes of the trimmed line: before the label, and with the blanks behind its colon
};

// A label is a number, one or two letters, or signs: 12, A, bb, *, †.
Opening read_opening(std::string_view text) {
  for (const std::string_view opening : openings) {
    if (!text.starts_with(opening)) continue;
    const std::string_view rest = text.substr(opening.size());
    const std::size_t colon = rest.find(':');
    if (colon == rest.npos || colon == 0 || colon > longest_label || rest.substr(0, colon).find(' ') != rest.npos)
      return {};
    std::size_t end = opening.size() + colon + 1;
    while (end < text.size() && text[end] == ' ') ++end;
    return {rest.substr(0, colon), opening.size(), end};
  }
  return {};
}

std::size_t indent_bytes(const Line& line) {
  return static_cast<std::size_t>(trim(line.text).data() - line.text.data());
}

// The line whose last character closes the bracket that the line opens, or the line behind the last if none does.
std::size_t closing_line(const Document& d, std::size_t first) {
  int depth = 0;
  for (std::size_t k = first; k < std::min(d.lines.size(), first + most_lines); ++k) {
    if (k > first && d.lines[k].block >= 0 && !d.is(d.lines[k], "fw")) break;
    const std::string_view text = trim(d.lines[k].text);
    for (std::size_t i = 0; i < text.size(); ++i) {
      depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
      if (depth == 0 && text[i] == ']') return i + 1 == text.size() ? k : d.lines.size();
    }
  }
  return d.lines.size();
}

}  // namespace

std::vector<TranscribedNote> read_transcribed_notes(const Document& d) {
  std::vector<TranscribedNote> notes;
  std::map<std::string, MarkPlace, std::less<>> open;  // the latest mark with each label
  for (std::size_t k = 0; k < d.lines.size(); ++k) {
    const std::string_view whole = d.lines[k].text, text = trim(whole);
    const Opening opening = d.lines[k].block < 0 ? read_opening(text) : Opening{};
    const std::size_t last = opening.end > 0 ? closing_line(d, k) : d.lines.size();
    if (last == d.lines.size()) {
      for (std::size_t at = whole.find('['); at != whole.npos; at = whole.find('[', at + 1)) {
        const std::size_t close = whole.substr(0, std::min(whole.size(), at + 2 + longest_label)).find(']', at);
        if (close == whole.npos || close == at + 1) continue;
        const std::string_view label = whole.substr(at + 1, close - at - 1);
        open[std::string(label)] = MarkPlace{k, at, close + 1, {}, 6, 0, true};
      }
      continue;
    }
    TranscribedNote& n = notes.emplace_back();
    n.note.first = k;
    n.note.last = last;
    n.note.shown = opening.label;
    n.word = {k, 0, indent_bytes(d.lines[k]) + opening.word};
    n.note.labels.push_back({k, n.word.end, indent_bytes(d.lines[k]) + opening.end});
    const std::string_view end = d.lines[last].text;
    const std::size_t bracket = indent_bytes(d.lines[last]) + trim(end).size() - 1;
    n.note.labels.push_back({last, bracket, end.size()});
    if (const auto found = open.find(opening.label); found != open.end()) {
      n.mark = found->second;
      n.marked = true;
      open.erase(found);
    }
    k = last;
  }
  return notes;
}

}  // namespace emend
