// The Internet Archive's numbers of leaves: those that people set (`_scandata.xml`), and those that its programs read
// in the text (`_page_numbers.json`).
#include <string>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/read/blocks/json.h"
#include "stages/read/package/mets.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

// <page leafNum=> <pageNumber>, and <addToAccessFormats>false for what is only in the original scan.
class Leaves : public XmlEvents {
 public:
  std::vector<std::string> numbers;

  void open(std::string_view name, const XmlAttributes& a) override {
    text_.clear();
    if (name == "page" && !a.get("leafNum").empty()) number_.clear(), is_shown_ = true;
  }
  void close(std::string_view name) override {
    if (name == "pageNumber") number_ = trim(text_);
    if (name == "addToAccessFormats") is_shown_ = trim(text_) != "false";
    if (name == "page" && is_shown_) numbers.push_back(std::exchange(number_, ""));
    text_.clear();
  }
  void text(std::string_view s) override { text_ += s; }

 private:
  std::string text_, number_;
  bool is_shown_ = true;
};

// {"pages": [{"leafNum": 12, "pageNumber": "iv"}, …]}
std::vector<std::string> numbers_of(const Json& file) {
  std::vector<std::string> numbers;
  for (const Json& page : file["pages"].items()) {
    const Json& number = page["pageNumber"];
    const int count = number.number(0);
    numbers.emplace_back(number.is_text() ? std::string(trim(number.text())) : count > 0 ? std::to_string(count) : "");
  }
  return numbers;
}

}  // namespace

bool numbers_leaves(std::string_view head) {
  if (scan_root(head) == "book") return head.find("leafNum=") != head.npos && head.find("<pageData") != head.npos;
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != head.npos && head[first] == '{' && head.find("\"pages\"") != head.npos &&
         head.find("\"leafNum\"") != head.npos;
}

std::vector<std::string> read_leaf_numbers(const std::string& name, std::string_view bytes) {
  if (scan_root(bytes) != "book") return numbers_of(read_json(name, bytes));
  Leaves leaves;
  read_xml(name, bytes, false, leaves);
  return std::move(leaves.numbers);
}

}  // namespace emend
