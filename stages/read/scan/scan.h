// What an OCR engine or a PDF says of a page: regions of lines of words, with their places. Each reader of a format
// makes these.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// A rectangle on the page's image, in the units of the file; empty where the file gives no place.
struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
  bool empty() const { return right <= left || bottom <= top; }
  int width() const { return right - left; }
  int height() const { return bottom - top; }
};

/// What the file itself says that a region or line is; `none` where it says nothing, or that it is text.
enum class ScanRole : std::uint8_t { none, head, header, footer, page_number, catchword, signature, stamp, note };

/// How a word is set, where the file has its font.
struct WordFace {
  double size = 0;  // of the font, in the units of the boxes; 0: not known
  bool bold = false, italic = false;
  bool glued = false;  // no blank stands between it and the word before
};

struct ScanWord {
  std::string text;  // holds no blank
  Box box;
  int sure = -1;                                 // in percent, as the engine says; -1: it does not
  std::size_t raised_begin = 0, raised_end = 0;  // bytes that the file says stand above the line
  WordFace face = {};
  std::string address = {};  // where a link on it leads
};

struct ScanLine {
  std::vector<ScanWord> words;
  Box box;
  bool begins = false;  // a region or paragraph of the file begins with it
  ScanRole role = ScanRole::none;
  int level = 0;       // of a heading; 0: not known
  bool noted = false;  // a link leads to it from the mark of its note
};

struct ScanRegion {
  std::string id;
  std::vector<ScanLine> lines;
  ScanRole role = ScanRole::none;
};

/// The picture that was read: its name, and how large it is.
struct ScanImage {
  std::string name;  // as the file has it; may be a path, and empty
  Box box;
};

/// What a file says of the book beside its text; a witness, since programs write there what they like.
struct ScanFacts {
  std::string title;
  std::vector<std::string> authors;
};

/// Regions in the order in which the file says they are read.
struct ScanPage {
  ScanImage image;
  std::string label;  // the page number that the file gives it
  ScanFacts book;     // of the first page: what the file says of them all
  std::vector<ScanRegion> regions;
  std::vector<Box> rules;  // lines that are drawn on the page
  std::string trouble;     // why some of it may be missing
};

using TakePage = std::function<void(ScanPage&&)>;

/// The formats of scans that are read.
enum class ScanFormat { none, hocr, alto, page, abbyy, djvu, tsv, pdf };

/// The format that the beginning of a file shows it to be in, whatever the file is called.
ScanFormat scan_format(std::string_view bytes);

/// The name of the first element of a file that begins as XML does, without its prefix; empty if it has none.
std::string_view scan_root(std::string_view bytes);

/// "hOCR", "ALTO", "PAGE XML", "ABBYY XML", "DjVu XML", "Tesseract TSV" or "PDF".
std::string_view format_name(ScanFormat);

/// These call `take` for each page in order. `name` is what messages call the file; Error(Exit::input) if it is not
/// well-formed (hOCR may be, if it is read `as_html`), is cut, declares entities or holds no page.
void read_hocr(const std::string& name, std::string_view bytes, bool as_html, const TakePage& take);
void read_alto(const std::string& name, std::string_view bytes, const TakePage& take);
void read_page(const std::string& name, std::string_view bytes, const TakePage& take);
void read_abbyy(const std::string& name, std::string_view bytes, const TakePage& take);
void read_djvu(const std::string& name, std::string_view bytes, const TakePage& take);
void read_tsv(const std::string& name, std::string_view bytes, const TakePage& take);
void read_pdf(const std::string& name, std::string_view bytes, const TakePage& take);  // see pdf.cpp

/// Adds the words of `text`, which is cut at its blanks; each is taken to stand at its share of `box`.
void add_words(ScanLine& line, std::string_view text, const Box& box, int sure = -1);

/// The role that a format's name of a type means: `page-number`, `NumberingZone`, `footnote-continued` …
ScanRole role_named(std::string_view type);

}  // namespace emend
