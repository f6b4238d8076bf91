// Settling page breaks by the pages of the contents list and the usual length of a page.
#include "stages/80-labels/breaks.h"
#include "weights/labels.h"

#include <algorithm>
#include <limits>
#include <map>

namespace emend {

namespace {

// Breaks that the text does not show, but the contents list does: a chapter one page on.
void insert_chapters(const Document& d, const std::vector<Listed>& listed, std::vector<NumberedSheet>& sheets) {
  std::vector<NumberedSheet> all;
  Number label;
  std::size_t next = 0;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::uint32_t end = i + 1 < sheets.size() ? sheets[i + 1].begin : static_cast<std::uint32_t>(d.source.size());
    all.push_back(sheets[i]);
    if (label) ++label.value;
    if (sheets[i].read) label = sheets[i].read;
    for (bool first = true; next < listed.size() && listed[next].at < end; ++next) {
      const Listed& l = listed[next];
      if (l.at < sheets[i].begin) continue;
      const bool text_before = !first || d.lines[sheets[i].first_line].at.begin < l.at;
      const bool one_on = label.form == l.number.form ? l.number.value == label.value + 1 : l.number.value == 1;
      if (text_before && l.chapter && (!label || one_on)) {
        NumberedSheet& sheet = all.emplace_back();
        sheet.begin = l.at;
        sheet.first_line = d.line_at(l.at);
        sheet.inserted = true;
      }
      label = l.number;
      first = false;
    }
  }
  sheets = std::move(all);
}

// A place whose page is known.
struct Known {
  std::uint32_t at = 0;
  Number number;
};

std::vector<Known> known_pages(const std::vector<Listed>& listed, const std::vector<NumberedSheet>& sheets) {
  std::vector<Known> known;
  for (const Listed& l : listed) known.push_back({l.at, l.number});
  for (const NumberedSheet& sheet : sheets)
    if (sheet.read) known.push_back({sheet.read_at, sheet.read});
  std::stable_sort(known.begin(), known.end(), [](const Known& a, const Known& b) { return a.at < b.at; });
  return known;
}

struct Usual {
  double bytes = 0;  // of a page, by the pages that are known; 0 if they tell too little
  double pages = 0;  // between the places that are known
};

Usual usual_page(const std::vector<Known>& known) {
  double bytes = 0, pages = 0;
  for (std::size_t i = 1; i < known.size(); ++i) {
    if (known[i].number.form != known[i - 1].number.form || known[i].number.value <= known[i - 1].number.value)
      continue;
    bytes += known[i].at - known[i - 1].at;
    pages += known[i].number.value - known[i - 1].number.value;
  }
  return {pages < 3 ? 0 : bytes / pages, pages};
}

// A place where a page may begin.
struct Place {
  std::uint32_t at = 0;
  std::size_t line = 0;
  std::size_t sheet = none;  // that begins there
  bool chapter = false;
  double made = 0, missed = 0;  // what a page costs that begins there, and what none costs

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

// The breaks between the first and the last of some places whose pages are known and rise.
class Path {
 public:
  /// `end`: where the last page ends at the latest.
  Path(std::vector<Place> places, std::vector<Known> known, std::uint32_t end, double usual)
      : places_(std::move(places)), known_(std::move(known)), end_(end), usual_(usual), missed_(places_.size() + 1) {
    for (std::size_t p = 0; p < places_.size(); ++p) missed_[p + 1] = missed_[p] + places_[p].missed;
  }

  /// The places at which pages begin. The first place begins the page of the first that is known.
  std::vector<std::size_t> best() {
    cells_.assign(places_.size(), {});
    cells_[0].push_back({known_.front().number.value, 0, 0, 0});
    for (std::size_t to = 1; to < places_.size(); ++to) reach(to);
    double least = std::numeric_limits<double>::max();
    std::size_t place = 0, cell = 0;
    for (std::size_t p = 0; p < places_.size(); ++p)
      for (std::size_t c = 0; c < cells_[p].size(); ++c)
        if (const double cost = cells_[p][c].cost + rest(p, cells_[p][c].number); cost < least)
          least = cost, place = p, cell = c;
    std::vector<std::size_t> path;
    while (place > 0) {
      path.push_back(place);
      const Cell& here = cells_[place][cell];
      place = here.from, cell = here.cell;
    }
    path.push_back(0);
    std::reverse(path.begin(), path.end());
    return path;
  }

 private:
  struct Cell {
    int number;  // of the page that begins at the place
    double cost;
    std::size_t from, cell;  // the place before it, and the cell there
  };

  void reach(std::size_t to) {
    constexpr std::size_t most_back = 120, most_cells = 10;
    std::map<int, Cell> best;
    const auto offer = [&](const Cell& next) {
      const auto [known, fresh] = best.emplace(next.number, next);
      if (!fresh && next.cost < known->second.cost) known->second = next;
    };
    for (std::size_t from = to; from-- > 0 && to - from <= most_back;) {
      if (from + 1 < to && length(from, places_[to].at) > labels::longest_page) break;
      const double cost = cost_of_length(from, to) + places_[to].made + missed_[to] - missed_[from + 1];
      for (std::size_t c = 0; c < cells_[from].size(); ++c) {
        const Cell& cell = cells_[from][c];
        const double all = cell.cost + cost + other_numbers(places_[from].at, places_[to].at, cell.number);
        offer({cell.number + 1, all, from, c});
        offer({cell.number + 2, all + labels::left_out, from, c});
      }
    }
    for (const auto& [number, cell] : best) cells_[to].push_back(cell);
    std::stable_sort(cells_[to].begin(), cells_[to].end(),
                     [](const Cell& a, const Cell& b) { return a.cost < b.cost; });
    if (cells_[to].size() > most_cells) cells_[to].resize(most_cells);
  }

  // In usual pages.
  double length(std::size_t from, std::uint32_t to) const {
    return to > places_[from].at ? (to - places_[from].at) / usual_ : 0;
  }

  static double cost_of(double off) { return std::min(labels::most_for_length, labels::length_weight * off * off); }

  // A chapter's last page may be short.
  double cost_of_length(std::size_t from, std::size_t to) const {
    const double off = length(from, places_[to].at) - 1;
    return cost_of(off) * (off < 0 && places_[to].chapter ? 0.2 : 1);
  }

  // Places in [from, to) that are known to be of other pages.
  double other_numbers(std::uint32_t from, std::uint32_t to, int number) const {
    double cost = 0;
    auto k = std::lower_bound(known_.begin(), known_.end(), from,
                              [](const Known& a, std::uint32_t at) { return a.at < at; });
    for (; k != known_.end() && k->at < to; ++k) cost += k->number.value != number ? labels::known_otherwise : 0;
    return cost;
  }

  // Of what stands behind the last break.
  double rest(std::size_t from, int number) const {
    return missed_.back() - missed_[from + 1] + other_numbers(places_[from].at, end_, number) +
           cost_of(std::max(0.0, length(from, end_) - 1));
  }

  std::vector<Place> places_;
  std::vector<Known> known_;
  std::uint32_t end_;
  double usual_;
  std::vector<double> missed_;  // up to each place
  std::vector<std::vector<Cell>> cells_;
};

// Where pages may begin from the page of the first known place to the last: at the sheets, and between paragraphs.
std::vector<Place> places_between(const Document& d, const std::vector<NumberedSheet>& sheets,
                                  const std::vector<Listed>& listed, std::uint32_t first, std::uint32_t last) {
  std::vector<Place> places;
  auto sheet = std::upper_bound(sheets.begin(), sheets.end(), first,
                                [](std::uint32_t at, const NumberedSheet& s) { return at < s.begin; });
  if (sheet != sheets.begin()) --sheet;
  for (std::size_t line = d.line_at(sheet->begin); line < d.lines.size() && d.lines[line].at.begin <= last; ++line) {
    const std::uint32_t at = d.lines[line].at.begin;
    while (sheet != sheets.end() && sheet->begin < at) ++sheet;
    const bool begins = sheet != sheets.end() && sheet->begin == at;
    const Node* block = d.block_of(d.lines[line]);
    const bool paragraph = block != nullptr && block->at.begin == at && block->name != "note" && block->name != "fw";
    if (!begins && !paragraph) continue;
    Place& place = places.emplace_back();
    place.at = at, place.line = line;
    const auto named =
        std::lower_bound(listed.begin(), listed.end(), at, [](const Listed& l, std::uint32_t b) { return l.at < b; });
    place.chapter = named != listed.end() && named->at == at && named->chapter;
    place.made = place.chapter ? labels::at_chapter : labels::at_paragraph;
    if (!begins) continue;
    place.sheet = static_cast<std::size_t>(sheet - sheets.begin());
    if (sheet->inserted) continue;
    place.made = 0;
    place.missed = sheet->sure > 90         ? labels::number_missed
                   : sheet->sure >= certain ? labels::notes_missed
                                            : labels::torn_missed;
  }
  return places;
}

// A number at the foot belongs to the last page that was made of a sheet.
void hand_on_numbers(const std::vector<NumberedSheet>& from, std::vector<NumberedSheet>& to) {
  for (NumberedSheet& sheet : to) sheet.read = {}, sheet.declared = false;
  for (const NumberedSheet& sheet : from) {
    if (!sheet.read) continue;
    const auto behind = std::upper_bound(to.begin(), to.end(), sheet.read_at,
                                         [](std::uint32_t at, const NumberedSheet& s) { return at < s.begin; });
    if (behind == to.begin()) continue;
    NumberedSheet& page = *std::prev(behind);
    page.read = sheet.read, page.read_at = sheet.read_at, page.declared = sheet.declared;
  }
}

// Puts the breaks of the best path in the place of the sheets there.
void settle_between(const Document& d, const std::vector<Listed>& listed, const std::vector<Known>& known, double usual,
                    std::vector<NumberedSheet>& sheets, std::vector<std::size_t>& dropped) {
  std::vector<Place> places = places_between(d, sheets, listed, known.front().at, known.back().at);
  if (places.size() < 2) return;
  const auto next =
      std::find_if(sheets.begin(), sheets.end(), [&](const NumberedSheet& s) { return s.begin > known.back().at; });
  const auto end = next == sheets.end() ? static_cast<std::uint32_t>(d.source.size()) : next->begin;
  const std::vector<std::size_t> path = Path(places, known, end, usual).best();
  std::vector<NumberedSheet> chosen;
  for (const std::size_t p : path) {
    const Place& place = places[p];
    if (place.sheet != Place::none) {
      chosen.push_back(sheets[place.sheet]);
      continue;
    }
    NumberedSheet& made = chosen.emplace_back();
    made.begin = place.at;
    made.first_line = place.line;
    made.inserted = true;
    made.measured = !place.chapter;
  }
  const std::uint32_t from = places.front().at, to = places.back().at;
  const auto first =
      std::find_if(sheets.begin(), sheets.end(), [&](const NumberedSheet& s) { return s.begin >= from; });
  const auto behind = std::find_if(first, sheets.end(), [&](const NumberedSheet& s) { return s.begin > to; });
  for (auto s = first; s != behind; ++s)
    if (!s->inserted &&
        std::none_of(chosen.begin(), chosen.end(), [&](const NumberedSheet& c) { return c.begin == s->begin; }))
      dropped.push_back(s->first_line);
  hand_on_numbers({first, behind}, chosen);
  const auto at = first - sheets.begin();
  sheets.erase(first, behind);
  sheets.insert(sheets.begin() + at, chosen.begin(), chosen.end());
}

}  // namespace

std::vector<std::size_t> settle_breaks(const Document& d, const std::vector<Listed>& listed,
                                       std::vector<NumberedSheet>& sheets) {
  std::vector<std::size_t> dropped;
  const auto shown = std::count_if(sheets.begin(), sheets.end(), [](const NumberedSheet& s) { return !s.inserted; });
  insert_chapters(d, listed, sheets);
  const std::vector<Known> known = known_pages(listed, sheets);
  const auto [usual, pages] = usual_page(known);
  if (usual < 200 || usual > 12000 || static_cast<double>(shown) * 2 < pages) return dropped;
  for (std::size_t first = 0, last; first < known.size(); first = last) {
    last = first + 1;
    while (last < known.size() && known[last].number.form == known[first].number.form &&
           known[last].number.value >= known[last - 1].number.value)
      ++last;
    if (known[last - 1].number.value == known[first].number.value) continue;
    settle_between(
        d, listed,
        {known.begin() + static_cast<std::ptrdiff_t>(first), known.begin() + static_cast<std::ptrdiff_t>(last)}, usual,
        sheets, dropped);
  }
  return dropped;
}

}  // namespace emend
