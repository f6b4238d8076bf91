// PDF: the words that Poppler finds on each page, and the fonts that they are set in.
#include <algorithm>
#include <cmath>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "stages/read/pdf/pdf_fonts.h"
#include "stages/read/pdf/pdf_layer.h"
#include "stages/read/pdf/pdf_objects.h"
#include "stages/read/pdf/pdf_order.h"
#include "stages/read/pdf/poppler.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

// <page> <flow> <block> <line> <word xMin= yMin= xMax= yMax=>
class Words : public XmlEvents {
 public:
  std::vector<std::vector<ScanLine>> pages;

  void open(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "page") pages.emplace_back();
    if (name == "line") line_ = {}, line_.box = box_of(attributes);
    if (name == "word") word_.clear(), box_ = box_of(attributes), in_word_ = true;
  }

  void close(std::string_view name) override {
    if (name == "word") in_word_ = false, add_words(line_, word_, box_);
    if (name == "line" && !pages.empty() && !line_.words.empty()) pages.back().push_back(std::move(line_));
  }

  void text(std::string_view s) override {
    if (in_word_) word_ += s;
  }

 private:
  static int unit(const XmlAttributes& a, std::string_view name) {
    return static_cast<int>(std::lround(std::clamp(a.number(name, 0) * units_a_point, -1e6, 1e6)));
  }
  static Box box_of(const XmlAttributes& a) {
    return {unit(a, "xMin"), unit(a, "yMin"), unit(a, "xMax"), unit(a, "yMax")};
  }

  ScanLine line_;
  std::string word_;
  Box box_;
  bool in_word_ = false;
};

ScanFacts book_of(const PdfObjects& said) {
  ScanFacts book{said.title, {}};
  if (!said.author.empty()) book.authors.push_back(said.author);
  return book;
}

}  // namespace

void read_pdf(const std::string& name, std::string_view bytes, const TakePage& take) {
  std::future<std::string> runs = std::async(std::launch::async, poppler_fonts, bytes);  // beside the words
  std::future<PdfObjects> objects = std::async(std::launch::async, pdf_objects, bytes);
  Words words;
  PopplerText text = poppler_words(name, bytes);
  read_xml(name, text.xml, false, words);
  check_layer(name, words.pages);
  const PdfFonts fonts(runs.get());
  for (std::size_t p = 0; p < words.pages.size(); ++p) {
    fonts.dress(p, words.pages[p]);
    words.pages[p] = in_reading_order(std::move(words.pages[p]));
  }
  mark_headings(fonts.outline(), words.pages);
  const PdfObjects said = objects.get();
  for (std::size_t p = 0; p < words.pages.size(); ++p) {
    std::vector<ScanLine>& lines = words.pages[p];
    tie_links(said, p, lines);
    tie_notes(said, p, lines);
    ScanPage page;
    if (const auto label = said.labels.find(p); label != said.labels.end()) page.label = label->second;
    if (p == 0) page.book = book_of(said);
    page.trouble = std::exchange(text.trouble, "");
    page.regions.emplace_back().lines = std::move(lines);
    take(std::move(page));
  }
}

}  // namespace emend
