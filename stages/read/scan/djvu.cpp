// DjVu XML, as djvutoxml and the Internet Archive write it: the hidden text of each page, a word an element.
#include <algorithm>

#include "pipeline/document/error.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

// "left,bottom,right,top", and a baseline behind that.
Box box_of(std::string_view coords) {
  int side[4] = {};
  for (int& s : side) s = static_cast<int>(take_number(coords, 0));
  return {side[0], std::min(side[1], side[3]), side[2], std::max(side[1], side[3])};
}

class Djvu : public XmlEvents {
 public:
  explicit Djvu(const TakePage& take) : take_(take) {}
  std::size_t pages() const { return pages_; }

  void open(std::string_view name, const XmlAttributes& a) override {
    if (name == "OBJECT") {
      page_ = {};
      page_.regions.emplace_back();
      page_.image.box = {0, 0, static_cast<int>(a.number("width", 0)), static_cast<int>(a.number("height", 0))};
      in_page_ = true;
    } else if (name == "PARAGRAPH" || name == "REGION") {
      begins_ = true;
    } else if (name == "LINE") {
      line_ = {};
      line_.box = box_of(a.get("coords"));
    } else if (name == "WORD") {
      word_.clear();
      in_word_ = true;
      word_box_ = box_of(a.get("coords"));
      sure_ = static_cast<int>(a.number("x-confidence", -1));
    }
  }

  void close(std::string_view name) override {
    if (name == "WORD") {
      in_word_ = false;
      add_words(line_, word_, word_box_, sure_);
    } else if (name == "LINE") {
      end_line();
    } else if (name == "OBJECT" && in_page_) {
      end_line();
      in_page_ = false;
      ++pages_;
      take_(std::move(page_));
      page_ = {};
    }
  }

  void text(std::string_view s) override {
    if (in_word_) word_ += s;
  }

 private:
  void end_line() {
    if (!line_.words.empty() && in_page_) {
      line_.begins = begins_;
      begins_ = false;
      page_.regions.back().lines.push_back(std::move(line_));
    }
    line_ = {};
  }

  const TakePage& take_;
  ScanPage page_;
  ScanLine line_;
  Box word_box_;
  std::string word_;
  int sure_ = -1;
  std::size_t pages_ = 0;
  bool in_page_ = false, in_word_ = false, begins_ = false;
};

}  // namespace

void read_djvu(const std::string& name, std::string_view bytes, const TakePage& take) {
  Djvu reader(take);
  read_xml(name, bytes, false, reader);
  if (reader.pages() == 0) throw Error(Exit::input, name + ": is DjVu XML without a page; there is nothing to convert");
}

}  // namespace emend
