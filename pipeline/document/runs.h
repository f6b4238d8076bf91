// A line as a reader of the edition meets it: runs of current text, each within one phrase or outside all of them.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// A stretch of a line that is source as it stands, or the text of one patch.
struct Piece {
  Span at;  // the source bytes
  std::string_view text;
  bool patched = false;
};

/// The current text of a run, and what it is made of.
struct Run {
  std::string_view text;
  std::span<const Piece> pieces;
};

/// Calls f(run, phrase or null) for the runs of a line, left to right. A phrase whose text is all deleted gives a run
/// without text. `run` lives as long as the call.
template <class F>
void each_run_of_pieces(const Document& d, const Line& line, F f) {
  std::size_t next = d.first_phrase(line.at.begin);
  std::string text;
  std::vector<Piece> pieces;
  const Node* open = nullptr;
  const auto flush = [&] {
    if (open != nullptr || !pieces.empty()) f(Run{text, pieces}, open);
    text.clear();
    pieces.clear();
  };
  const auto add = [&](const Piece& piece) { text += piece.text, pieces.push_back(piece); };
  each_piece(d, line, [&](Span at, std::string_view reads, bool patched) {
    std::uint32_t from = at.begin;
    while (from < at.end) {
      if (open != nullptr && open->at.end <= from) {
        flush();
        open = nullptr;
      }
      if (open == nullptr && next < d.phrases.size() && d.phrases[next].at.begin <= from) {
        flush();
        open = &d.phrases[next++];
      }
      if (patched) {
        add({at, reads, true});
        break;
      }
      std::uint32_t to = at.end;
      if (open != nullptr)
        to = std::min(to, open->at.end);
      else if (next < d.phrases.size())
        to = std::min(to, d.phrases[next].at.begin);
      add({{from, to}, d.slice({from, to})});
      from = to;
    }
  });
  flush();
}

/// The same, with no more than the text: f(text, phrase or null). Runs without a phrase and without text are left out.
template <class F>
void each_run(const Document& d, const Line& line, F f) {
  const std::size_t next = d.first_phrase(line.at.begin);
  if (next == d.phrases.size() || d.phrases[next].at.begin >= line.at.end) {
    if (!line.text.empty()) f(line.text, static_cast<const Node*>(nullptr));
    return;
  }
  each_run_of_pieces(d, line, [&](const Run& run, const Node* phrase) {
    if (phrase != nullptr || !run.text.empty()) f(run.text, phrase);
  });
}

}  // namespace emend
