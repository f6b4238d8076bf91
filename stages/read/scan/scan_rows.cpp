// Lines beside each other are one, and a label is of the line that it labels.
#include "stages/read/scan/scan_rows.h"

#include <algorithm>

namespace emend {

namespace {

bool is_furniture(ScanRole role) { return role != ScanRole::none && role != ScanRole::head && role != ScanRole::note; }

Box place_of(const ScanLine& line) {
  if (!line.box.empty()) return line.box;
  Box box;
  for (const ScanWord& w : line.words)
    if (!w.box.empty())
      box = box.empty() ? w.box
                        : Box{std::min(box.left, w.box.left), std::min(box.top, w.box.top),
                              std::max(box.right, w.box.right), std::max(box.bottom, w.box.bottom)};
  return box;
}

bool beside(const Box& a, const Box& b) {
  if (a.empty() || b.empty() || b.left < a.right) return false;
  const int shared = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return shared * 10 > std::min(a.height(), b.height()) * 6;
}

// A raised label that the engine took for a line of its own, before its line or behind all others: what it labels
// stands close behind it, a little lower.
bool labels(const ScanRow& row, const ScanRow& line) {
  constexpr std::size_t longest = 3;  // bytes: a sign, or some debris of one
  if (row.words.size() != 1 || row.words[0]->text.size() > longest || row.role != line.role) return false;
  const Box &label = row.box, &box = line.box;
  if (label.empty() || box.empty() || label.height() >= box.height()) return false;
  const int shared = label.bottom - std::max(label.top, box.top), across = box.left - label.right;
  return label.top < box.top && label.bottom < box.bottom && shared * 10 > label.height() * 3 && across >= 0 &&
         across < box.height();
}

void join_labels(std::vector<ScanRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto line = std::find_if(rows.begin(), rows.end(), [&](const ScanRow& row) { return labels(rows[i], row); });
    if (line == rows.end()) continue;
    line->words.insert(line->words.begin(), rows[i].words.front());
    line->box = {rows[i].box.left, rows[i].box.top, line->box.right, line->box.bottom};
    line->begins = line->begins || rows[i].begins;
    line->noted = line->noted || rows[i].noted;
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i--));
  }
}

}  // namespace

std::vector<ScanRow> rows_of(const ScanPage& page) {
  std::vector<ScanRow> rows;
  for (const ScanRegion& region : page.regions)
    for (const ScanLine& line : region.lines) {
      const Box box = place_of(line);
      const ScanRole role = region.role == ScanRole::none ? line.role : region.role;
      const bool apart =
          rows.empty() || (rows.back().role != role && !(is_furniture(rows.back().role) && is_furniture(role)));
      if (apart || !beside(rows.back().box, box))
        rows.push_back({{}, box, line.begins, role, line.level, false, line.noted});
      ScanRow& row = rows.back();
      if (role == ScanRole::header) row.role = role;  // with its page number
      row.numbered = row.numbered || role == ScanRole::page_number;
      row.box = {row.box.left, std::min(row.box.top, box.top), box.right, std::max(row.box.bottom, box.bottom)};
      for (const ScanWord& w : line.words) row.words.push_back(&w);
    }
  join_labels(rows);
  join_labels(rows);
  return rows;
}

}  // namespace emend
