// A paragraph at a time: a mark opens before a word and closes behind one, and is none within words or among figures.
// (Project Gutenberg, "Formatting guidelines for eBooks", plain text.)
#include "stages/05-markup/gutenberg.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t head_lines = 400;  // the frame begins at the top; some notices are long
constexpr std::size_t most_lines = 200;  // of a paragraph that is looked at, and of a caption

struct Setting {
  char mark;
  std::string_view rend;
};
constexpr Setting settings[] = {{'_', "rend=italic"}, {'=', "rend=bold"}};

// Where a mark stands: byte `at` of line `line`.
struct Place {
  std::size_t line = 0, at = 0;
};

bool is_word(char32_t c) { return is_letter(c) || is_digit(c) || is_han(c); }

class Reader {
 public:
  Reader(const Document& d, Proposal& out) : d_(d), out_(out) {}

  void run() {
    out_.meta("markup", "Project Gutenberg", Span{0, 0}, "markup.found");
    for (std::size_t i = 0; i < d_.lines.size();) {
      if (is_blank_line(i)) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < d_.lines.size() && !is_blank_line(end)) ++end;
      i = text(i).find("[Illustration") != std::string_view::npos ? figure(i) : (paragraph(i, end), end);
    }
  }

 private:
  std::string_view text(std::size_t i) const { return d_.lines[i].text; }
  bool is_blank_line(std::size_t i) const { return trim(text(i)).empty(); }
  void hide(std::size_t i, std::size_t begin, std::size_t end) {
    if (begin < end) out_.edit(d_.lines[i], begin, end, "", "markup.hidden");
  }

  // Gives the line behind the figure that begins in line `i`; what is none is read as a paragraph.
  std::size_t figure(std::size_t i) {
    constexpr std::string_view opening = "[Illustration";
    const std::string_view first = text(i);
    const std::size_t begin = first.size() - trim(first).size();
    std::size_t last = i;
    while (last < d_.lines.size() && last < i + most_lines && !trim(text(last)).ends_with(']')) ++last;
    const bool closes = last < d_.lines.size() && trim(text(last)).ends_with(']');
    if (!trim(first).starts_with(opening) || !closes) return paragraph(i, i + 1), i + 1;
    const std::size_t words = first.find_first_not_of(": ", first.find(opening) + opening.size());
    const std::size_t end = text(last).rfind(']');
    if (i == last && words >= end) {  // [Illustration]
      hide(i, 0, first.size());
      return i + 1;
    }
    hide(i, std::min(begin, first.find(opening)), std::min(words, first.size()));
    hide(last, end, text(last).size());
    std::size_t from = i;
    while (from < last && (from == i ? words >= first.size() : is_blank_line(from))) ++from;
    paragraph(i, last + 1);
    out_.block(from, last, "figure", "", "markup.caption");
    for (std::size_t k = from + 1; k <= last; ++k)
      if (!is_blank_line(k)) out_.join(d_.lines[k], " ", "markup.caption");
    return last + 1;
  }

  void paragraph(std::size_t first, std::size_t end) {
    end = std::min(end, first + most_lines);
    for (const Setting& setting : settings) {
      Place open;
      bool is_open = false;
      for (std::size_t i = first; i < end; ++i) {
        const std::string_view s = text(i);
        if (s.find_first_not_of("= -_*") == s.npos) continue;  // a rule, drawn
        for (std::size_t at = s.find(setting.mark); at != s.npos; at = s.find(setting.mark, at + 1)) {
          if (!is_open && opens(s, at)) {
            open = {i, at}, is_open = true;
          } else if (is_open && closes(s, at)) {
            set(open, {i, at}, setting.rend);
            is_open = false;
          }
        }
      }
    }
  }

  static bool opens(std::string_view s, std::size_t at) {
    const char32_t before = last_character(s.substr(0, at)), after = first_character(s.substr(at + 1));
    return at + 1 < s.size() && (at == 0 || (!is_word(before) && before != U'_' && before != U'=')) &&
           !is_blank(after) && after != U'_' && after != U'=';
  }

  static bool closes(std::string_view s, std::size_t at) {
    const char32_t before = last_character(s.substr(0, at)), after = first_character(s.substr(at + 1));
    return at > 0 && !is_blank(before) && before != U'_' && before != U'=' &&
           (at + 1 == s.size() || (!is_word(after) && after != U'_' && after != U'='));
  }

  // Names what stands between two marks, a line at a time.
  void set(const Place& open, const Place& close, std::string_view rend) {
    hide(open.line, open.at, open.at + 1);
    hide(close.line, close.at, close.at + 1);
    for (std::size_t i = open.line; i <= close.line; ++i) {
      const std::string_view s = text(i);
      std::size_t from = i == open.line ? open.at + 1 : s.find_first_not_of(" \t"),
                  to = i == close.line ? close.at : s.size();
      if (from < to && from != s.npos) out_.phrase(d_.lines[i], from, to, "hi", rend, "markup.emphasis");
    }
  }

  const Document& d_;
  Proposal& out_;
};

}  // namespace

bool is_from_gutenberg(const Document& d) {
  const std::size_t end = std::min(head_lines, d.lines.size());
  return std::any_of(d.lines.begin(), d.lines.begin() + static_cast<std::ptrdiff_t>(end), [](const Line& line) {
    const std::string_view s = trim(line.text);
    return s.starts_with("***") && (s.find("PROJECT GUTENBERG") != s.npos || s.find("Project Gutenberg") != s.npos) &&
           s.find("START OF") != s.npos;
  });
}

void read_gutenberg(const Document& d, Proposal& out) { Reader(d, out).run(); }

}  // namespace emend
