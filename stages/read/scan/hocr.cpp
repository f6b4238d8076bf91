// hOCR: elements of HTML whose class says what they are, and whose title says where.
#include <algorithm>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

enum class Part { other, unread, page, region, line, word, rule, raised };

struct ClassPart {
  std::string_view name;
  Part part;
};

constexpr ClassPart classes[] = {
    {"ocr_page", Part::page},      {"ocr_carea", Part::region}, {"ocr_par", Part::region},
    {"ocrx_block", Part::region},  {"ocr_line", Part::line},    {"ocrx_line", Part::line},
    {"ocr_header", Part::line},    {"ocr_footer", Part::line},  {"ocr_caption", Part::line},
    {"ocr_textfloat", Part::line}, {"ocrx_word", Part::word},   {"ocr_word", Part::word},
    {"ocr_separator", Part::rule},
};

// What ends a line or a paragraph in a file that marks neither.
constexpr std::string_view blocks[] = {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table"};
constexpr std::string_view unread[] = {"head", "script", "style", "del"};

template <std::size_t n>
bool among(std::string_view name, const std::string_view (&all)[n]) {
  for (const std::string_view one : all)
    if (one == name) return true;
  return false;
}

Part part_of(std::string_view name, std::string_view of_class) {
  if (among(name, unread)) return Part::unread;
  if (name == "sup") return Part::raised;
  while (!of_class.empty()) {
    const std::size_t end = std::min(of_class.find(' '), of_class.size());
    for (const ClassPart& c : classes)
      if (c.name == of_class.substr(0, end)) return c.part;
    of_class.remove_prefix(std::min(of_class.size(), end + 1));
  }
  return Part::other;
}

// "bbox 297 180 1809 215; …"
Box box_of(std::string_view title) {
  const std::size_t at = title.find("bbox ");
  if (at == title.npos) return {};
  title.remove_prefix(at + 5);
  int side[4] = {};
  for (int& s : side) s = static_cast<int>(take_number(title, 0));
  return {side[0], side[1], side[2], side[3]};
}

// image "scans/page 12.png"; …
std::string image_of(std::string_view title) {
  const std::size_t at = title.find("image ");
  if (at == title.npos) return {};
  title.remove_prefix(at + 6);
  while (title.starts_with(' ')) title.remove_prefix(1);
  const char mark = title.empty() ? ';' : title.front();
  if (mark != '"' && mark != '\'') return std::string(trim(title.substr(0, title.find(';'))));
  title.remove_prefix(1);
  return std::string(title.substr(0, title.find(mark)));
}

// "…; x_wconf 93"
int sure_of(std::string_view title) {
  const std::size_t at = title.find("x_wconf ");
  if (at == title.npos) return -1;
  title.remove_prefix(at + 8);
  return static_cast<int>(take_number(title, -1));
}

class Hocr : public XmlEvents {
 public:
  explicit Hocr(const TakePage& take) : take_(take) {}
  std::size_t pages() const { return pages_; }

  void open(std::string_view name, const XmlAttributes& attributes) override {
    const Part part = part_of(name, attributes.get("class"));
    if (part == Part::page || part == Part::region || part == Part::line || part == Part::rule)
      end_line();
    else if (!in_line_ && among(name, blocks))
      end_line();
    open_.push_back(part);
    if (part == Part::unread) ++unread_;
    if (part == Part::page) {
      page_ = {};
      page_.regions.emplace_back();
      page_.image = {image_of(attributes.get("title")), box_of(attributes.get("title"))};
      in_page_ = true;
    }
    if (part == Part::region) begins_ = true;
    if (part == Part::line) in_line_ = true;
    if (part == Part::line) line_.box = box_of(attributes.get("title"));
    if (part == Part::word) begin_word(attributes.get("title"));
    if (part == Part::rule) page_.rules.push_back(box_of(attributes.get("title")));
    if (part == Part::raised && in_word_) raised_begin_ = word_.size();
  }

  void close(std::string_view name) override {
    if (open_.empty()) return;
    const Part part = open_.back();
    open_.pop_back();
    if (part == Part::unread) --unread_;
    if (part == Part::raised) raised_end_ = word_.size();
    if (part == Part::word) end_word();
    if (part == Part::line || part == Part::region || part == Part::page || (!in_line_ && among(name, blocks)))
      end_line();
    if (part == Part::line) in_line_ = false;
    if (part == Part::page) end_page();
  }

  void text(std::string_view s) override {
    if (!in_page_ || unread_ > 0) return;
    (in_word_ ? word_ : loose_) += s;
  }

 private:
  void begin_word(std::string_view title) {
    end_word();
    word_.clear();
    in_word_ = true;
    word_box_ = box_of(title);
    sure_ = sure_of(title);
    raised_begin_ = raised_end_ = 0;
  }

  void end_word() {
    if (!in_word_) return;
    in_word_ = false;
    end_loose();
    if (!in_line_ && !line_.words.empty() && word_box_.top > line_.words.back().box.bottom) end_line();
    const std::size_t known = line_.words.size();
    add_words(line_, word_, word_box_.empty() ? line_.box : word_box_, sure_);
    if (line_.words.size() != known + 1 || raised_end_ <= raised_begin_) return;
    const std::size_t blanks = word_.find(line_.words.back().text);  // that stand before the word
    line_.words.back().raised_begin = raised_begin_ - std::min(raised_begin_, blanks);
    line_.words.back().raised_end = std::min(raised_end_ - blanks, line_.words.back().text.size());
  }

  // Text that stands in no word.
  void end_loose() {
    add_words(line_, loose_, line_.box);
    loose_.clear();
  }

  void end_line() {
    end_word();
    end_loose();
    if (!line_.words.empty() && in_page_) {
      line_.begins = begins_;
      begins_ = false;
      page_.regions.back().lines.push_back(std::move(line_));
    }
    line_ = {};
  }

  void end_page() {
    if (!in_page_) return;
    in_page_ = in_line_ = false;
    ++pages_;
    take_(std::move(page_));
    page_ = {};
  }

  const TakePage& take_;
  std::vector<Part> open_;
  ScanPage page_;
  ScanLine line_;
  Box word_box_;
  std::string word_, loose_;
  int sure_ = -1;
  std::size_t raised_begin_ = 0, raised_end_ = 0;  // in the word
  std::size_t pages_ = 0, unread_ = 0;
  bool in_page_ = false, in_line_ = false, in_word_ = false, begins_ = false;
};

}  // namespace

void read_hocr(const std::string& name, std::string_view bytes, bool as_html, const TakePage& take) {
  Hocr reader(take);
  read_xml(name, bytes, as_html, reader);
  if (reader.pages() == 0) throw Error(Exit::input, name + ": is hOCR without a page; there is nothing to convert");
}

}  // namespace emend
