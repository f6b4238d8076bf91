// A word is set as the run is on which its middle lies; Poppler tells words and fonts in two programs, by one geometry.
#include "stages/read/pdf/pdf_fonts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

constexpr int bold = 1, italic = 2;
constexpr double units_a_run = units_a_point / 3.0;  // pdftohtml was asked for three units a point

// Type foundries call bold what Poppler does not: TeX's `CMBX10`, `Demi`, `Heavy`.
bool sounds_bold(std::string_view family) {
  family = family.substr(family.find('+') + 1);  // the tag of a subset, "ABCDEF+"
  constexpr std::string_view names[] = {"Bold", "bold", "Black", "Heavy", "Demi", "CMBX", "SFBX", "CMSSBX", "Medi"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view n) { return family.find(n) != family.npos; });
}

bool sounds_italic(std::string_view family) {
  family = family.substr(family.find('+') + 1);
  constexpr std::string_view names[] = {"Italic", "italic", "Oblique", "CMTI", "SFTI", "CMSL", "SFSL"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view n) { return family.find(n) != family.npos; });
}

// Some fonts claim a box that is half as high again as their size, and lines would seem to stand without space.
void fit(ScanWord& word) {
  constexpr double high = 1.1;
  if (word.face.size <= 0 || word.box.height() < high * word.face.size) return;
  const int middle = (word.box.top + word.box.bottom) / 2, half = static_cast<int>(std::lround(word.face.size / 2));
  word.box.top = middle - half;
  word.box.bottom = middle + half;
}

}  // namespace

// <outline> <item page=>; <page> <fontspec id= size= family=> <text top= left= width= height= font=> with <b> and <i>;
// read as browsers would, since Poppler nests <a>, <b> and <i> as they come.
class FontRuns : public XmlEvents {
 public:
  FontRuns(std::vector<std::vector<PdfFonts::Run>>& pages, std::vector<OutlineEntry>& outline)
      : pages_(pages), outline_(outline) {}

  void open(std::string_view name, const XmlAttributes& a) override {
    if (name == "page") pages_.emplace_back();
    if (name == "fontspec") fonts_[std::string(a.get("id"))] = face_of(a);
    if (name == "text" && !pages_.empty()) {
      const double left = a.number("left", 0) * units_a_run, top = a.number("top", 0) * units_a_run;
      const double right = left + a.number("width", 0) * units_a_run,
                   bottom = top + a.number("height", 0) * units_a_run;
      pages_.back().push_back(
          {{whole(left), whole(top), whole(right), whole(bottom)}, face_named(a.get("font")), "", ""});
      in_run_ = true;
    }
    if (name == "outline") ++level_;
    if (name == "item") {
      const double page = a.number("page", 0);
      in_item_ = page >= 1 && level_ > 0;
      if (in_item_) outline_.push_back({level_, static_cast<std::size_t>(page) - 1, ""});
    }
    if (name == "b") look_ |= bold;
    if (name == "i") look_ |= italic;
  }
  void close(std::string_view name) override {
    if (name == "text") in_run_ = false, look_ = 0;
    if (name == "b") look_ &= ~bold;
    if (name == "i") look_ &= ~italic;
    if (name == "outline") --level_;
    if (name == "item") in_item_ = false;
  }
  void text(std::string_view s) override {
    if (in_item_) outline_.back().title += s;
    if (!in_run_) return;
    pages_.back().back().text += s;
    pages_.back().back().looks.append(s.size(), static_cast<char>(look_));
  }

 private:
  static int whole(double d) { return static_cast<int>(std::lround(std::clamp(d, -1e6, 1e6))); }
  static WordFace face_of(const XmlAttributes& a) {
    const std::string_view family = a.get("family");
    return {a.number("size", 0) * units_a_run, sounds_bold(family), sounds_italic(family), false};
  }
  WordFace face_named(std::string_view id) const {
    const auto found = fonts_.find(std::string(id));
    return found == fonts_.end() ? WordFace{} : found->second;
  }

  std::vector<std::vector<PdfFonts::Run>>& pages_;
  std::vector<OutlineEntry>& outline_;
  std::map<std::string, WordFace> fonts_;
  int level_ = 0;
  int look_ = 0;
  bool in_run_ = false, in_item_ = false;
};

PdfFonts::PdfFonts(std::string_view runs) {
  if (runs.empty()) return;
  FontRuns reader(pages_, outline_);
  read_xml("fonts", std::string(runs) + "</html>", true, reader);  // an end, without which HTML is refused as cut
  for (std::vector<Run>& page : pages_)
    std::stable_sort(page.begin(), page.end(), [](const Run& a, const Run& b) { return a.box.top < b.box.top; });
}

// Some words of a run may be set otherwise: the word is found in it, nearest to where it stands on the page.
WordFace PdfFonts::face_of(const Run& run, const ScanWord& word) {
  WordFace face = run.face;
  if (run.text.empty()) return face;
  const double share = std::clamp((word.box.left - run.box.left) / std::max(1.0, 1.0 * run.box.width()), 0.0, 1.0);
  const auto expected =
      std::min(run.text.size() - 1, static_cast<std::size_t>(share * static_cast<double>(run.text.size())));
  std::size_t at = run.text.rfind(word.text, expected);
  const std::size_t behind = run.text.find(word.text, expected);
  if (at == run.text.npos || (behind != run.text.npos && behind - expected < expected - at)) at = behind;
  const int look = run.looks[at == run.text.npos ? expected : at];
  face.bold = face.bold || (look & bold) != 0;
  face.italic = face.italic || (look & italic) != 0;
  return face;
}

void PdfFonts::dress(std::size_t page, std::vector<ScanLine>& lines) const {
  if (page >= pages_.size()) return;
  const std::vector<Run>& runs = pages_[page];
  int tallest = 0;
  for (const Run& run : runs) tallest = std::max(tallest, run.box.height());
  for (ScanLine& line : lines) {
    line.box.top = line.box.bottom = 0;
    for (ScanWord& word : line.words) {
      const int x = (word.box.left + word.box.right) / 2, y = (word.box.top + word.box.bottom) / 2;
      auto run = std::lower_bound(runs.begin(), runs.end(), y - tallest,
                                  [](const Run& r, int top) { return r.box.top < top; });
      int nearest = 2 * tallest;  // justified words may reach out of their run
      for (; run != runs.end() && run->box.top <= y; ++run) {
        if (y > run->box.bottom) continue;
        const int away = std::abs(run->box.top - word.box.top) + std::abs(run->box.bottom - word.box.bottom) +
                         2 * std::max({0, run->box.left - x, x - run->box.right});
        if (away >= nearest) continue;
        nearest = away;
        word.face = face_of(*run, word);
      }
      fit(word);
      const bool first = line.box.top == line.box.bottom;
      line.box.top = first ? word.box.top : std::min(line.box.top, word.box.top);
      line.box.bottom = first ? word.box.bottom : std::max(line.box.bottom, word.box.bottom);
    }
  }
}

}  // namespace emend
