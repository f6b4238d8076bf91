// A line as a reader of the edition meets it: runs of current text, each within one phrase or outside all of them.
#pragma once
#include <algorithm>
#include <string>

#include "pipeline/document/document.h"

namespace emend {

/// Calls f(text, phrase or null) for the runs of a line, left to right. A phrase whose text is all deleted gives an
/// empty run. The views live as long as the document, except where patches and source mix within one phrase: then they
/// live as long as the call.
template <class F>
void each_run(const Document& d, const Line& line, F f) {
  std::size_t next = d.first_phrase(line.at.begin);
  if (next == d.phrases.size() || d.phrases[next].at.begin >= line.at.end) {
    if (!line.text.empty()) f(line.text, static_cast<const Node*>(nullptr));
    return;
  }
  std::string run;
  const Node* open = nullptr;
  const auto flush = [&] {
    if (open != nullptr || !run.empty()) f(std::string_view(run), open);
    run.clear();
  };
  each_piece(d, line, [&](Span at, std::string_view text, bool patched) {
    std::uint32_t from = at.begin;
    while (from < at.end || (patched && from == at.begin)) {
      if (open != nullptr && open->at.end <= from) {
        flush();
        open = nullptr;
      }
      if (open == nullptr && next < d.phrases.size() && d.phrases[next].at.begin <= from) {
        flush();
        open = &d.phrases[next++];
      }
      if (patched) {
        run += text;
        break;
      }
      std::uint32_t to = at.end;
      if (open != nullptr) to = std::min(to, open->at.end);
      else if (next < d.phrases.size()) to = std::min(to, d.phrases[next].at.begin);
      run.append(d.slice({from, to}));
      from = to;
    }
  });
  flush();
}

}  // namespace emend
