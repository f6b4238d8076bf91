// Rules are asked only of lines that can match: bullets are neither letters nor digits, and keywords have a colon.
#include "stages/65-paragraphs/line_leads.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "pipeline/text/script.h"

namespace emend {

namespace {

void read_bullet(BodyLine& line, const Rules& rules) {
  std::size_t first = 0;
  next_character(line.text, first);
  if (first == line.text.size()) {
    if (rules.test("marker", std::string(line.text) + " x") != nullptr) line.lead = Lead::lone_bullet;
  } else if (rules.test("marker", line.text) != nullptr) {
    line.lead = Lead::bullet;
    line.hang += 1 + static_cast<std::uint32_t>(indent(line.text.substr(first)));
  }
}

}  // namespace

void read_leads(std::span<BodyLine> lines, const Rules& rules) {
  for (BodyLine& line : lines) {
    const auto first = static_cast<unsigned char>(line.text[0]);
    const bool letter = is_ascii_letter(first) || is_digit(first) || (first >= 0xE4 && first <= 0xE9);
    if (!letter) read_bullet(line, rules);
    const std::string_view begin = line.text.substr(0, 80);
    if (begin.find(':') != begin.npos || begin.find("：") != begin.npos)
      if (rules.test("keywords", line.text) != nullptr) line.lead = Lead::keywords;
  }
}

void read_last_words(std::span<BodyLine> lines, const Rules& rules) {
  constexpr std::size_t longest = 16;
  for (BodyLine& line : lines) {
    const std::string_view last = line.text.substr(line.text.size() - std::min(line.text.size(), longest));
    if (line.ending == LineBreak::terminal && last.ends_with('.') && rules.test("abbreviated", last) != nullptr)
      line.ending = LineBreak::open;
    else if (line.ending == LineBreak::open && is_lower(last_character(last)) && rules.test("runs-on", last) != nullptr)
      line.ending = LineBreak::comma;
  }
}

}  // namespace emend
