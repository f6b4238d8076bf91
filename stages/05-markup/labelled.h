// Tags that hold lines and say what they are: <header>, <footnote>, <page_number>.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace emend {

struct Label {
  std::string_view
      name;  // of what is declared: header, footer, pageNum, watermark, note, aside, caption, unknown; or empty
  std::string_view tag;            // as HTML calls it
  std::string_view said;           // of what is unknown, its name; of a caption, what it is of
  std::size_t begin = 0, end = 0;  // of the opening tag, as bytes of the line
  explicit operator bool() const { return !name.empty(); }
};

/// The tag that the line begins with, if it is one of them.
Label label_of(std::string_view line);

/// Where the tag that ends `label` stands in the line, as its last word; npos if it does not.
std::size_t end_of_label(std::string_view line, const Label& label);

}  // namespace emend
