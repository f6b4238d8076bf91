// A cover made of type alone: the title as large as it fits, its authors, where and when it was printed.
#include <algorithm>
#include <array>
#include <numeric>

#include "stages/write/epub/epub.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/line_breaks.h"
#include "stages/write/package/template.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace embedded {
extern const std::string_view cover_svg;
}
namespace {

constexpr int measure = 920;  // of the lines, within the frame of styles/cover.svg

// Western quotation marks of a Chinese font are squares.
constexpr const char* western_fonts = "Georgia, 'Times New Roman', 'Liberation Serif', serif";
constexpr const char* east_asian_fonts =
    "'Source Han Serif', 'Noto Serif CJK SC', 'Songti SC', 'Songti TC', SimSun, 'Hiragino Mincho ProN', serif";

/// Lines of text, one below the other.
class Column {
 public:
  explicit Column(int top) : next_(top) {}

  void add(std::string_view text, int size, std::string_view look = "") {
    for (const std::string_view line : even_lines(text, measure * 1000 / size)) {
      next_ += size * 5 / 4;
      lines_ += "<text x=\"600\" y=\"" + std::to_string(next_) + "\" font-size=\"" + std::to_string(size) + '"';
      (lines_ += look) += '>';
      append_escaped(lines_, line);
      lines_ += "</text>\n";
    }
  }
  void rule() {
    const std::string y = std::to_string(next_ += 70);
    lines_ += "<path d=\"M480 " + y + "H720\" stroke=\"#f7f1e3\" stroke-width=\"3\"/>\n";
    next_ += 40;
  }
  void space(int height) { next_ += height; }
  int height() const { return next_; }
  const std::string& lines() const { return lines_; }

 private:
  int next_;  // where the last line stands
  std::string lines_;
};

/// The largest size in which the text has no more than `most` lines, each within the measure.
int size_for(std::string_view text, std::size_t most, int largest) {
  for (int size = largest; size > 36; size -= 4) {
    const std::vector<std::string_view> lines = even_lines(text, measure * 1000 / size);
    const bool fits = std::all_of(lines.begin(), lines.end(),
                                  [&](std::string_view line) { return width_of(line) * size <= measure * 1000; });
    if (fits && lines.size() <= most) return size;
  }
  return 36;
}

std::string joined(const std::vector<std::string>& all, std::string_view between) {
  std::string out;
  for (const std::string& one : all) (out += out.empty() ? "" : between) += one;
  return out;
}

/// Dark colours that white type stands on with a contrast of 7 and more; a book keeps its own.
std::string_view colour_of(const BookMetadata& book) {
  static constexpr std::array<std::string_view, 6> colours{"#27364d", "#4a2a2a", "#24423a",
                                                           "#3d2f4f", "#4b3a1f", "#2f3a3f"};
  const std::string& name = book.identifier;
  return colours[std::accumulate(name.begin(), name.end(), std::size_t{0}) % colours.size()];
}

bool is_chinese_or_japanese(std::string_view language) {
  return language.starts_with("zh") || language.starts_with("ja");
}

Column title_and_authors(const BookMetadata& book, int top) {
  Column column(top);
  column.add(book.title, size_for(book.title, 5, 112), " font-weight=\"bold\"");
  if (!book.subtitle.empty()) {
    column.space(30);
    column.add(book.subtitle, size_for(book.subtitle, 4, 56));
  }
  if (!book.authors.empty()) {
    column.rule();
    const std::string authors = joined(book.authors, is_chinese_or_japanese(book.language) ? "、" : ", ");
    column.add(authors, size_for(authors, 3, 60));
  }
  return column;
}

}  // namespace

std::string cover_name(const BookMetadata& book) {
  const bool east_asian = is_chinese_or_japanese(book.language);
  std::string name = book.title;
  if (!book.authors.empty()) name += (east_asian ? "，" : ", ") + joined(book.authors, east_asian ? "、" : ", ");
  return name;
}

std::string cover_svg(const BookMetadata& book) {
  const bool east_asian = is_chinese_or_japanese(book.language);
  const int height = title_and_authors(book, 0).height();
  const Column column = title_and_authors(book, std::max(200, 640 - height / 2));
  std::vector<std::string> imprint;
  for (const std::string& part : {book.publisher, book.date.substr(0, 4)})
    if (!part.empty()) imprint.push_back(part);
  const std::string foot_text = joined(imprint, " · ");
  const int size = size_for(foot_text, 2, 40);
  Column foot(std::max(column.height() + 60, 1420 - size * 5 / 2));
  foot.add(foot_text, size);
  std::string language, name;
  append_escaped(language, book.language);
  append_escaped(name, cover_name(book));
  return fill_template(embedded::cover_svg, {{"language", language},
                                             {"name", name},
                                             {"colour", std::string(colour_of(book))},
                                             {"fonts", east_asian ? east_asian_fonts : western_fonts},
                                             {"direction", is_right_to_left(book.language) ? " direction=\"rtl\"" : ""},
                                             {"lines", column.lines() + foot.lines()}});
}

}  // namespace emend
