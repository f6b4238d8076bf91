// The best chain of labels over pages (as the longest increasing one; Fredman 1975): no step is longer than pages can
// hold notes, and a chapter may begin anew.
#include "stages/60-notes/count.h"
#include "weights/notes.h"

#include <algorithm>

namespace emend {

namespace {

constexpr int no_step = -1'000'000;
constexpr std::size_t most_before = 24;  // labels that a chain is looked for behind

struct Step {
  CountedLabel label;
  std::size_t page = 0;
  int score = notes::count_label;  // of the best chain that ends here
  std::size_t before = 0;          // where that stood before, from 1
};

std::vector<Step> labels_of(const NotesOfBook& book, const std::vector<Lines>& pages, MarkForm form) {
  std::vector<Step> steps;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const std::vector<FootLine> lines = lines_of_foot(book, pages[p]);
    const LabelRun run = find_label_run(lines, form);
    if (run.notes == 0) continue;
    const auto first = std::find_if(lines.rbegin(), lines.rend(), [&](const FootLine& line) {
      return line.mark.form == form && line.mark.number.value == run.first;
    });
    steps.push_back({{first->line, run.first}, p});
  }
  return steps;
}

// What the step from a to b adds to the chain; nothing if it cannot be one.
int worth(const Step& a, const Step& b) {
  const auto pages = static_cast<int>(b.page - a.page);
  const int notes = b.label.value - a.label.value;
  if (notes > 0 && notes <= pages * notes::most_notes_of_page) return notes::count_label;
  return notes <= 0 && b.label.value <= notes::most_first ? notes::count_label - notes::restart_of_count : no_step;
}

}  // namespace

std::vector<CountedLabel> read_count(const NotesOfBook& book, const std::vector<Lines>& pages, const NoteStyle& style) {
  if (!style.usual || !style.noisy || style.by_page || style.form != MarkForm::bare) return {};
  std::vector<Step> steps = labels_of(book, pages, style.form);
  std::size_t best = 0;  // from 1
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (std::size_t k = i - std::min(i, most_before); k < i; ++k)
      if (const int score = steps[k].score + worth(steps[k], steps[i]); score > steps[i].score)
        steps[i].score = score, steps[i].before = k + 1;
    if (best == 0 || steps[i].score > steps[best - 1].score) best = i + 1;
  }
  std::vector<CountedLabel> chain;
  for (std::size_t i = best; i != 0; i = steps[i - 1].before) chain.push_back(steps[i - 1].label);
  std::reverse(chain.begin(), chain.end());
  return chain.size() < notes::least_chain ? std::vector<CountedLabel>() : chain;
}

Due due_on(const std::vector<CountedLabel>& count, const Lines& page) {
  Due due;
  if (page.empty()) return due;
  const CountedLabel* next = nullptr;
  for (const CountedLabel& label : count) {
    if (label.line < page.front())
      due.above = label.value;
    else if (label.line <= page.back())
      due.here = label.value;
    else if (next == nullptr)
      next = &label;
  }
  const int latest = due.here > 0 ? due.here : due.above;
  due.anew = (next == nullptr || next->value <= latest) || (due.here > 0 && due.here <= due.above);
  due.begins = due.here == 0 && next != nullptr && next->value <= latest && next->value > 1;
  if (next != nullptr && next->value > latest) due.below = next->value;
  if (due.here > 0 && due.here <= due.above) due.above = 0;
  return due;
}

}  // namespace emend
