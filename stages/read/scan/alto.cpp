// ALTO 2 to 4: pages of blocks of lines of strings, with their places.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "pipeline/document/error.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

Box box_of(const XmlAttributes& a) {
  const auto left = static_cast<int>(a.number("HPOS", 0)), top = static_cast<int>(a.number("VPOS", 0));
  return {left, top, left + static_cast<int>(a.number("WIDTH", 0)), top + static_cast<int>(a.number("HEIGHT", 0))};
}

class Alto : public XmlEvents {
 public:
  explicit Alto(const TakePage& take) : take_(take) {}
  std::size_t pages() const { return pages_; }

  void open(std::string_view name, const XmlAttributes& a) override {
    in_file_name_ = name == "fileName";
    if (name == "Page") {
      page_ = {};
      page_.image = {std::exchange(file_, {}),
                     {0, 0, static_cast<int>(a.number("WIDTH", 0)), static_cast<int>(a.number("HEIGHT", 0))}};
      in_page_ = true;
    } else if (name.ends_with("Tag")) {
      if (const ScanRole role = role_named(a.get("LABEL")); role != ScanRole::none)
        roles_.emplace(std::string(a.get("ID")), role);
    } else if (name == "TextBlock") {
      page_.regions.push_back({std::string(a.get("ID")), {}, role_of(a)});
    } else if (name == "GraphicalElement") {
      page_.rules.push_back(box_of(a));
    } else if (name == "TextLine") {
      line_ = {};
      line_.box = box_of(a);
      line_.role = role_of(a);
    } else if (name == "String") {
      const Box box = box_of(a);
      const double sure = a.number("WC", -1);
      add_words(line_, a.get("CONTENT"), box.empty() ? line_.box : box,
                sure < 0 ? -1 : static_cast<int>(sure * 100 + 0.5));
    } else if (name == "HYP" && !line_.words.empty()) {
      const std::string_view sign = a.get("CONTENT");
      std::string& word = line_.words.back().text;
      if (!word.ends_with(sign) || sign.empty()) word += sign.empty() ? "-" : sign;
    }
  }

  void close(std::string_view name) override {
    in_file_name_ = false;
    if (name == "TextLine") {
      end_line();
    } else if (name == "Page" && in_page_) {
      in_page_ = false;
      ++pages_;
      take_(std::move(page_));
      page_ = {};
    }
  }

  void text(std::string_view s) override {
    if (in_file_name_) file_ += s;
  }

 private:
  // The first of the tags that a block or line refers to which means something.
  ScanRole role_of(const XmlAttributes& a) const {
    for (std::string_view rest = a.get("TAGREFS"); !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (const auto found = roles_.find(std::string(rest.substr(0, end))); found != roles_.end()) return found->second;
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    return ScanRole::none;
  }

  void end_line() {
    if (line_.words.empty()) return;
    if (page_.regions.empty()) page_.regions.emplace_back();
    std::vector<ScanLine>& lines = page_.regions.back().lines;
    line_.begins = lines.empty();
    lines.push_back(std::move(line_));
    line_ = {};
  }

  const TakePage& take_;
  ScanPage page_;
  ScanLine line_;
  std::unordered_map<std::string, ScanRole> roles_;  // of the tags that mean something
  std::size_t pages_ = 0;
  std::string file_;  // the picture of the first page; there is no place for those of others
  bool in_page_ = false, in_file_name_ = false;
};

}  // namespace

void read_alto(const std::string& name, std::string_view bytes, const TakePage& take) {
  Alto reader(take);
  read_xml(name, bytes, false, reader);
  if (reader.pages() == 0) throw Error(Exit::input, name + ": is ALTO without a page; there is nothing to convert");
}

}  // namespace emend
