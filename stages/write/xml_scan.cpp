// From one < to the next.
#include "stages/write/xml_scan.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/text/utf8.h"

namespace emend {

namespace {

constexpr std::string_view white = " \t\r\n";

// The character that &amp; or &#38; stands for, without its & and ;.
char32_t referred(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  if (!name.starts_with('#')) return not_a_character;
  const int base = name.substr(1).starts_with('x') ? 16 : 10;
  const std::string_view digits = name.substr(base == 16 ? 2 : 1);
  std::uint32_t c = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c, base);
  return error == std::errc{} && end == digits.data() + digits.size() ? c : not_a_character;
}

// Where a tag ends that begins behind `from`: at the first > that stands in no value.
std::size_t end_of_tag(std::string_view xml, std::size_t from) {
  for (std::size_t i = from; i < xml.size(); ++i) {
    if (xml[i] == '>') return i;
    if (xml[i] == '"' || xml[i] == '\'') i = xml.find(xml[i], i + 1);
    if (i == xml.npos) break;
  }
  return xml.npos;
}

class Scanner {
 public:
  Scanner(std::string_view xml, const XmlVisitor& visitor) : xml_(xml), visitor_(visitor) {}

  bool run() {
    while (at_ < xml_.size()) {
      const std::size_t next = std::min(xml_.find('<', at_), xml_.size());
      if (next > at_ && !open_.empty() && !each_piece_of_text(xml_.substr(at_, next - at_), visitor_.text))
        return false;
      at_ = next;
      if (at_ < xml_.size() && !markup()) return false;
    }
    return open_.empty() && met_;
  }

 private:
  bool markup() {
    if (between("<!--", "-->") || between("<?", "?>")) return true;
    if (const std::size_t from = at_; between("<![CDATA[", "]]>")) {
      visitor_.text(xml_.substr(from + 9, at_ - from - 12));
      return true;
    }
    if (xml_.substr(at_).starts_with("<!")) return false;
    const std::size_t end = end_of_tag(xml_, at_);
    if (end == xml_.npos) return false;
    std::string_view tag = xml_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return tag.starts_with('/') ? close(tag.substr(1)) : open(tag);
  }

  // Goes behind what begins and ends so, if it stands here.
  bool between(std::string_view begin, std::string_view end) {
    if (!xml_.substr(at_).starts_with(begin)) return false;
    const std::size_t found = xml_.find(end, at_ + begin.size());
    if (found == xml_.npos) return false;
    at_ = found + end.size();
    return true;
  }

  bool open(std::string_view tag) {
    const bool empty = tag.ends_with('/');
    if (empty) tag.remove_suffix(1);
    const std::string_view name = tag.substr(0, tag.find_first_of(white));
    if (name.empty() || (met_ && open_.empty())) return false;
    met_ = true;
    visitor_.open(name, tag.substr(name.size()));
    open_.push_back(name);
    return !empty || close(name);
  }

  bool close(std::string_view tag) {
    const std::string_view name = tag.substr(0, tag.find_first_of(white));
    if (open_.empty() || open_.back() != name) return false;
    open_.pop_back();
    visitor_.close();
    return true;
  }

  std::string_view xml_;
  const XmlVisitor& visitor_;
  std::size_t at_ = 0;
  std::vector<std::string_view> open_;
  bool met_ = false;  // an element
};

}  // namespace

bool each_piece_of_text(std::string_view written, const std::function<void(std::string_view)>& f) {
  while (!written.empty()) {
    const std::size_t reference = std::min(written.find('&'), written.size());
    if (reference > 0) f(written.substr(0, reference));
    written.remove_prefix(reference);
    if (written.empty()) break;
    const std::size_t end = written.find(';');
    const char32_t c = end == written.npos ? not_a_character : referred(written.substr(1, end - 1));
    if (c == not_a_character) return false;
    std::string character;
    append_character(character, c);
    f(character);
    written.remove_prefix(end + 1);
  }
  return true;
}

std::string_view attribute_in(std::string_view attributes, std::string_view name) {
  for (;;) {
    attributes.remove_prefix(std::min(attributes.find_first_not_of(white), attributes.size()));
    const std::size_t equals = attributes.find('=');
    const std::size_t open = equals == attributes.npos ? attributes.npos : attributes.find_first_of("\"'", equals);
    const std::size_t close = open == attributes.npos ? attributes.npos : attributes.find(attributes[open], open + 1);
    if (close == attributes.npos) return {};
    const std::string_view key = attributes.substr(0, equals);
    if (key.substr(0, key.find_last_not_of(white) + 1) == name) return attributes.substr(open + 1, close - open - 1);
    attributes.remove_prefix(close + 1);
  }
}

bool scan_xml(std::string_view xml, const XmlVisitor& visitor) { return Scanner(xml, visitor).run(); }

}  // namespace emend
