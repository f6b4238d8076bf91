// PAGE XML 2013 to 2019: regions in a reading order of their own, lines whose text may be given in several readings.
#include <algorithm>
#include <climits>
#include <unordered_map>

#include "pipeline/document/error.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

// "67,76 1487,76 …": the rectangle around the points.
Box around(std::string_view points) {
  Box box{INT_MAX, INT_MAX, INT_MIN, INT_MIN};
  constexpr double none = -1e10;
  while (!points.empty()) {
    const double x = take_number(points, none), y = take_number(points, none);
    if (x == none || y == none) break;
    box = {std::min(box.left, static_cast<int>(x)), std::min(box.top, static_cast<int>(y)),
           std::max(box.right, static_cast<int>(x)), std::max(box.bottom, static_cast<int>(y))};
  }
  return box.right < box.left ? Box{} : box;
}

// The reading that comes first, by its index where it has one.
struct Reading {
  std::string text;
  double index = 0;
  bool given = false;
};

// A region, line or word that is open.
struct Part {
  std::string_view kind;
  std::size_t region = 0;  // of a region: its place in the page
  Box box;
  Reading reading;
  std::vector<ScanWord> words;  // of a line: those of its words
  ScanRole role = ScanRole::none;
};

// As `type`, or as Transkribus has it: custom="readingOrder {index:0;} structure {type:heading;}".
ScanRole role_of(const XmlAttributes& a) {
  if (const ScanRole role = role_named(a.get("type")); role != ScanRole::none) return role;
  constexpr std::string_view key = "type:";
  const std::string_view custom = a.get("custom");
  const std::size_t structure = custom.find("structure {"), type = custom.find(key, structure);
  if (structure == custom.npos || type == custom.npos) return ScanRole::none;
  const std::size_t from = type + key.size();
  return role_named(custom.substr(from, custom.find_first_of(";}", from) - from));
}

class Page : public XmlEvents {
 public:
  explicit Page(const TakePage& take) : take_(take) {}
  std::size_t pages() const { return pages_; }

  void open(std::string_view name, const XmlAttributes& a) override {
    if (name == "Page") {
      page_ = {};
      page_.image = {std::string(a.get("imageFilename")),
                     {0, 0, static_cast<int>(a.number("imageWidth", 0)), static_cast<int>(a.number("imageHeight", 0))}};
      order_.clear();
      in_page_ = true;
    } else if (name == "RegionRefIndexed" || name == "RegionRef") {
      order_.emplace(std::string(a.get("regionRef")), order_.size());
    } else if (name == "TextRegion") {
      open_.push_back({"TextRegion", page_.regions.size(), {}, {}, {}, {}});
      page_.regions.push_back({std::string(a.get("id")), {}, role_of(a)});
    } else if (name == "SeparatorRegion") {
      open_.push_back({"SeparatorRegion", 0, {}, {}, {}, {}});
    } else if (name == "TextLine") {
      open_.push_back({"TextLine", 0, {}, {}, {}, {}});
      open_.back().role = role_of(a);
    } else if (name == "Word") {
      open_.push_back({"Word", 0, {}, {}, {}, {}});
    } else if (name == "Glyph") {
      ++glyphs_;
    } else if (name == "Coords" && glyphs_ == 0 && !open_.empty()) {
      if (open_.back().box.empty()) open_.back().box = around(a.get("points"));
    } else if (name == "TextEquiv" && glyphs_ == 0) {
      equivalent_ = {{}, a.number("index", 0), true};
    } else if (name == "Unicode" && glyphs_ == 0) {
      in_text_ = equivalent_.given;
    }
  }

  void close(std::string_view name) override {
    if (name == "Glyph" && glyphs_ > 0) --glyphs_;
    if (glyphs_ > 0) return;
    if (name == "Unicode") in_text_ = false;
    if (name == "TextEquiv" && equivalent_.given) end_reading();
    if (!open_.empty() && name == open_.back().kind) end_part();
    if (name == "Page" && in_page_) end_page();
  }

  void text(std::string_view s) override {
    if (in_text_) equivalent_.text += s;
  }

 private:
  void end_reading() {
    if (!open_.empty()) {
      Reading& known = open_.back().reading;
      if (!known.given || equivalent_.index < known.index) known = std::move(equivalent_);
    }
    equivalent_ = {};
  }

  void end_part() {
    Part part = std::move(open_.back());
    open_.pop_back();
    if (part.kind == "Word") {
      ScanLine words;
      add_words(words, part.reading.text, part.box);
      if (!open_.empty()) std::move(words.words.begin(), words.words.end(), std::back_inserter(open_.back().words));
    } else if (part.kind == "TextLine") {
      end_line(part);
    } else if (part.kind == "SeparatorRegion") {
      page_.rules.push_back(part.box);
    } else if (page_.regions[part.region].lines.empty()) {
      end_region_of_text(part);
    }
  }

  // The text of the line is what was corrected; the words have places, and are taken where they are as many.
  void end_line(Part& part) {
    ScanLine line;
    line.box = part.box;
    line.role = part.role;
    add_words(line, part.reading.text, part.box);
    if (line.words.empty()) {
      line.words = std::move(part.words);
    } else if (line.words.size() == part.words.size()) {
      for (std::size_t i = 0; i < line.words.size(); ++i) line.words[i].box = part.words[i].box;
    }
    add(std::move(line));
  }

  // A region whose text is given without lines.
  void end_region_of_text(Part& part) {
    open_.push_back(part);
    std::string_view rest = part.reading.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      ScanLine line;
      add_words(line, rest.substr(0, end), {});
      add(std::move(line));
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    open_.pop_back();
  }

  void add(ScanLine&& line) {
    if (line.words.empty()) return;
    if (page_.regions.empty()) page_.regions.emplace_back();
    const std::size_t region = open_.empty() ? page_.regions.size() - 1 : open_.back().region;
    std::vector<ScanLine>& lines = page_.regions[region].lines;
    line.begins = lines.empty();
    lines.push_back(std::move(line));
  }

  // Regions that the reading order does not name stay behind the one that they follow.
  void end_page() {
    in_page_ = false;
    ++pages_;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    std::size_t last = 0;
    for (std::size_t i = 0; i < page_.regions.size(); ++i) {
      const auto found = order_.find(page_.regions[i].id);
      if (found != order_.end()) last = found->second;
      places.emplace_back(last, i);
    }
    std::stable_sort(places.begin(), places.end());
    ScanPage ordered;
    ordered.rules = std::move(page_.rules);
    for (const auto& place : places) ordered.regions.push_back(std::move(page_.regions[place.second]));
    take_(std::move(ordered));
    page_ = {};
    open_.clear();
  }

  const TakePage& take_;
  ScanPage page_;
  std::unordered_map<std::string, std::size_t> order_;
  std::vector<Part> open_;
  Reading equivalent_;
  std::size_t pages_ = 0, glyphs_ = 0;
  bool in_page_ = false, in_text_ = false;
};

}  // namespace

void read_page(const std::string& name, std::string_view bytes, const TakePage& take) {
  Page reader(take);
  read_xml(name, bytes, false, reader);
  if (reader.pages() == 0) throw Error(Exit::input, name + ": is PAGE XML without a page; there is nothing to convert");
}

}  // namespace emend
