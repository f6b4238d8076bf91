// A page begins at `-----File: 001.png---\names\---`. `-*` at its end and `*` at the next one's beginning are a word
// that the page cuts; `/* */` hold lines as they are, `/# #/` a quotation; `[Blank Page]` says that nothing is missing.
#include "stages/05-markup/proofreaders.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t most_held = 500;  // lines between /* and */; what closes later is not closed

bool is_separator(std::string_view s) { return s.starts_with("-----File: ") && s.find("---", 11) != s.npos; }

// The mark that closes what this one opens, or nothing: /* */, /# #/, /P P/ …
std::string closing(std::string_view s) {
  const bool opens = s.size() == 2 && s[0] == '/' && (s[1] == '*' || s[1] == '#' || (s[1] >= 'A' && s[1] <= 'Z'));
  return opens ? std::string{s[1], '/'} : std::string{};
}

// The tags of formatting, and what they say of the words between them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> tags{
    {{"i", "rend=italic"}, {"b", "rend=bold"}, {"sc", "rend=smallcaps"}, {"g", "rend=spaced"}}};

class Reader {
 public:
  Reader(const Document& d, Proposal& out) : d_(d), out_(out) {}

  void run() {
    out_.meta("markup", "Distributed Proofreaders", Span{0, 0}, "markup.found");
    for (std::size_t i = 0; i < d_.lines.size(); ++i) read(i);
  }

 private:
  std::string_view text(std::size_t i) const { return d_.lines[i].text; }

  void hide(std::size_t i, std::size_t begin, std::size_t end) {
    if (begin < end) out_.edit(d_.lines[i], begin, end, "", "markup.hidden");
  }
  void hide(std::size_t i) { hide(i, 0, text(i).size()); }

  void read(std::size_t i) {
    const std::string_view s = trim(text(i));
    if (is_separator(s)) {
      out_.page(d_.lines[i], {}, false, "markup.page", {100, "the source marks it"});
      hide(i);
      page_begins_ = true;
      return;
    }
    if (s.empty()) return;
    if (s == "[Blank Page]" || s == "<tb>") return hide(i);
    if (i == closes_) return hide(i);
    if (i > closes_ || closes_ == none)
      if (const std::string mark = closing(s); !mark.empty() && hold(i, mark)) return hide(i);
    words(i);
  }

  // Names the lines up to the mark that closes; false if none does.
  bool hold(std::size_t i, const std::string& mark) {
    std::size_t end = i + 1;
    bool whole = true;  // no blank line and no page within
    for (; end < d_.lines.size() && end < i + most_held && trim(text(end)) != mark; ++end)
      whole = whole && !trim(text(end)).empty() && !is_separator(trim(text(end)));
    if (end == d_.lines.size() || trim(text(end)) != mark) return false;
    closes_ = end;
    if (mark[0] == '#') {
      if (whole && end > i + 1) out_.block(i + 1, end - 1, "quote", "", "markup.held");
      return true;
    }
    for (std::size_t first = i + 1, last; first < end; first = last + 1) {
      for (last = first; last < end && !trim(text(last)).empty() && !is_separator(trim(text(last)));) ++last;
      if (last == first) continue;
      out_.block(first, last - 1, "lg", "", "markup.held");
      for (std::size_t k = first; k < last; ++k) out_.block(k, k, "l", "", "markup.held");
    }
    return true;
  }

  void words(std::size_t i) {
    const std::string_view s = text(i);
    std::size_t begin = 0, end = s.size();
    if (std::exchange(page_begins_, false) && s.starts_with('*') && s.size() > 1 && s[1] != ' ' && s[1] != '*')
      begin = 1;
    if (s.ends_with("-*")) --end;
    hide(i, 0, begin);
    tagged(i, begin, end);
    hide(i, end, s.size());
  }

  void tagged(std::size_t i, std::size_t from, std::size_t to) {
    const std::string_view s = text(i).substr(0, to);
    for (std::size_t at = s.find('<', from); at != s.npos; at = s.find('<', at + 1)) {
      const std::size_t end = s.find('>', at);
      if (end == s.npos) return;
      const bool closes = s.substr(at + 1).starts_with('/');
      const std::string_view name = s.substr(at + 1 + closes, end - at - 1 - closes);
      for (const auto& [tag, rend] : tags) {
        if (name != tag) continue;
        hide(i, at, end + 1);
        const std::size_t close = closes ? s.npos : s.find("</" + std::string(tag) + ">", end);
        if (close != s.npos && close > end + 1 && s.substr(end + 1, close - end - 1).find('<') == s.npos)
          out_.phrase(d_.lines[i], end + 1, close, "hi", rend, "markup.emphasis");
      }
    }
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  const Document& d_;
  Proposal& out_;
  std::size_t closes_ = none;  // line of the mark that closes what is held
  bool page_begins_ = false;   // and no words of it were read
};

}  // namespace

bool is_from_proofreaders(const Document& d) {
  for (const Line& line : d.lines)
    if (const std::string_view s = trim(line.text); !s.empty()) return is_separator(s);
  return false;
}

void read_proofreaders(const Document& d, Proposal& out) { Reader(d, out).run(); }

}  // namespace emend
