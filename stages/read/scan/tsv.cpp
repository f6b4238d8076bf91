// Tesseract TSV: a row for each page, block, paragraph, line and word, with its place.
#include <array>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

constexpr std::size_t fields = 12;
enum Field : std::size_t {
  level,
  page_num,
  block_num,
  par_num,
  line_num,
  word_num,
  left,
  top,
  width,
  height,
  conf,
  text
};
enum Level : int { of_page = 1, of_block, of_paragraph, of_line, of_word };

bool is_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (next_character(s, i) == not_a_character) return false;
  return true;
}

class Rows {
 public:
  Rows(const std::string& name, const TakePage& take) : name_(name), take_(take) {}

  // The first row names the columns.
  void read(std::string_view bytes) {
    for (bool first = true; !bytes.empty(); first = false) {
      const std::size_t end = bytes.find('\n');
      ++number_;
      if (end == bytes.npos) refuse("is cut within this row; give the whole file");
      std::string_view row = bytes.substr(0, end);
      bytes.remove_prefix(end + 1);
      if (row.ends_with('\r')) row.remove_suffix(1);
      if (!first && !row.empty()) take_row(row);
    }
    end_page();
    if (pages_ == 0) throw Error(Exit::input, name_ + ": is Tesseract TSV without a page; there is nothing to convert");
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(Exit::input, name_ + ": line " + std::to_string(number_) + ": " + why);
  }

  void take_row(std::string_view row) {
    if (!is_utf8(row)) refuse("is no UTF-8, in which Tesseract writes");
    std::array<std::string_view, fields> cells;
    std::size_t n = 0;
    for (; n < fields; ++n) {
      const std::size_t end = n + 1 == fields ? row.npos : row.find('\t');
      cells[n] = row.substr(0, end);
      if (end == row.npos) break;
      row.remove_prefix(end + 1);
    }
    if (n + 1 < fields)
      refuse("has " + std::to_string(n + 1) + " columns instead of 12; give the file as Tesseract wrote it");
    const auto number = [&](Field f) {
      std::string_view s = cells[f];
      const double value = take_number(s, -1e9);
      if (value == -1e9) refuse("has no number in column " + std::to_string(f + 1));
      return static_cast<int>(value);
    };
    const Box box{number(left), number(top), number(left) + number(width), number(top) + number(height)};
    switch (number(level)) {
      case of_page:
        end_page();
        open_ = true;
        break;
      case of_block:
      case of_paragraph:
        end_line();
        begins_ = true;
        break;
      case of_line:
        end_line();
        line_.box = box;
        break;
      case of_word: add_words(line_, cells[text], box, number(conf)); break;
      default: break;
    }
  }

  void end_line() {
    if (!line_.words.empty()) {
      open_ = true;
      if (page_.regions.empty()) page_.regions.emplace_back();
      line_.begins = begins_;
      begins_ = false;
      page_.regions.back().lines.push_back(std::move(line_));
    }
    line_ = {};
  }

  void end_page() {
    end_line();
    if (!open_) return;
    open_ = false;
    ++pages_;
    take_(std::move(page_));
    page_ = {};
  }

  const std::string& name_;
  const TakePage& take_;
  ScanPage page_;
  ScanLine line_;
  std::size_t number_ = 0, pages_ = 0;
  bool open_ = false, begins_ = false;
};

}  // namespace

void read_tsv(const std::string& name, std::string_view bytes, const TakePage& take) { Rows(name, take).read(bytes); }

}  // namespace emend
