// One walk over a line. What does not close is text.
#include "stages/05-markup/phrases.h"

#include <algorithm>
#include <array>
#include <map>

#include "pipeline/text/script.h"
#include "stages/05-markup/looks.h"

namespace emend {

namespace {

constexpr std::string_view hidden = "markup.hidden";

std::string without_blanks(std::string_view s) {
  std::string out;
  for (const char c : s)
    if (c != ' ' && c != '\t') out += c;
  return out;
}

bool all_digits(std::string_view s) { return !s.empty() && s.find_first_not_of("0123456789") == s.npos; }

std::string circled(int n) {
  std::string out;
  if (n >= 1 && n <= 20) append_character(out, static_cast<char32_t>(0x2460 + n - 1));
  return out;
}

// Takes {…} off that holds all of `s`.
void unbrace(std::string_view& s) {
  while (s.size() >= 2 && s.front() == '{' && s.back() == '}') s = s.substr(1, s.size() - 2);
}

class Reader {
 public:
  Reader(const Line& line, std::size_t end, Proposal& out, std::set<std::string, std::less<>>* marks)
      : line_(line), text_(line.text.substr(0, end)), out_(out), marks_(marks) {}

  bool read(std::size_t i, PhraseSetting setting) {
    start_ = i;
    while (i < text_.size()) {
      const std::size_t special = text_.find_first_of("\\$`*_~<[!^&", i);
      if (special == text_.npos) break;
      i = std::max(special + 1, at(special));
    }
    if (looks_.empty()) return true;
    if (setting == PhraseSetting::heading && looks_.hold_all(line_, start_, text_.size())) return false;
    leave_out_marks();
    looks_.name(line_, out_);
    return true;
  }

 private:
  // What begins at `i`; gives where reading goes on, or 0.
  std::size_t at(std::size_t i) {
    switch (text_[i]) {
      case '\\': return backslash(i);
      case '$': return formula(i, text_.substr(i, 2) == "$$" ? "$$" : "$");
      case '`': return code(i);
      case '*':
      case '_':
      case '~': return emphasis(i);
      case '<': return tag(i);
      case '[': return bracket(i);
      case '!': return text_.substr(i, 2) == "![" ? image(i) : 0;
      case '^': return caret(i);
      case '&': return entity(i);
      default: return 0;
    }
  }

  // Where `what` stands next behind `from`, or npos; what was found once is not looked for again, so that a line that
  // opens much and closes little is read in linear time.
  std::size_t next(std::string_view what, std::size_t from) {
    const auto known = found_.find(what);
    if (known != found_.end() && known->second >= from) return known->second;
    return found_[what] = text_.find(what, from);
  }

  // Names what is no emphasis; an empty span if there is a name already.
  bool name(std::size_t begin, std::size_t end, std::string_view as, std::string_view attributes, std::string_view rule) {
    if (out_.phrase(line_, begin, end, as, attributes, rule).empty()) return false;
    looks_.leave_out(begin, end);
    return true;
  }

  // ① in an emphasis may be the mark of a note.
  void leave_out_marks() {
    for (std::size_t i = text_.find("\xE2\x91", start_); i != text_.npos; i = text_.find("\xE2\x91", i + 3)) looks_.leave_out(i, std::min(i + 3, text_.size()));
  }

  void hide(std::size_t begin, std::size_t end, std::string_view instead = {}) {
    if (cuts_character(line_.text, end)) return;
    out_.edit(line_, begin, end, instead, hidden);
    if (instead.empty()) looks_.leave_out(begin, end);
  }

  std::size_t backslash(std::size_t i) {
    if (i + 1 >= text_.size()) return 0;
    const char c = text_[i + 1];
    if (c == '(') return closed_formula(i, "\\(", "\\)");
    if (c == '[' && next("\\]", i + 2) != text_.npos) return closed_formula(i, "\\[", "\\]");
    constexpr std::string_view raised = "\\textsuperscript{";
    if (text_.substr(i).starts_with(raised)) {
      const std::size_t close = next("}", i);
      if (close == text_.npos) return 0;
      return raise(i, close + 1, text_.substr(i + raised.size(), close - i - raised.size()));
    }
    if (std::string_view("*_#`[]<>{}()~$|!+-.\\").find(c) == std::string_view::npos) return 0;
    if (c == '$') return i + 2;  // a dollar that is none of a formula; it stays as it is
    if (!cuts_character(line_.text, i + 1)) out_.edit(line_, i, i + 1, "", hidden);
    return i + 2;
  }

  std::size_t closed_formula(std::size_t i, std::string_view open, std::string_view close) {
    const std::size_t end = next(close, i + open.size());
    if (end == text_.npos) return i + open.size();
    return named_formula(i, i + open.size(), end, end + close.size());
  }

  // A dollar opens a formula if no blank or figure tells of money: $5 and $6.
  std::size_t formula(std::size_t i, std::string_view fence) {
    const std::size_t from = i + fence.size();
    std::size_t end = next(fence, from);
    while (end != text_.npos && end > 0 && text_[end - 1] == '\\') end = next(fence, end + 1);
    if (end == text_.npos || end == from) return from;
    const char behind = end + fence.size() < text_.size() ? text_[end + fence.size()] : ' ';
    if (is_digit(static_cast<unsigned char>(behind)) && is_digit(static_cast<unsigned char>(text_[from]))) return from;
    if (fence == "$" && is_digit(static_cast<unsigned char>(text_[from])) && text_[end - 1] == ' ') return from;
    return named_formula(i, from, end, end + fence.size());
  }

  std::size_t named_formula(std::size_t i, std::size_t from, std::size_t to, std::size_t end) {
    if (const auto inside = closers_.lower_bound(i); inside != closers_.end() && inside->first < end) return from;
    const std::string plain = without_blanks(text_.substr(from, to - from));
    std::string_view s = plain;
    if (s.starts_with("{}")) s.remove_prefix(2);
    if (s.starts_with('^')) return raise(i, end, s.substr(1), from, to);
    if (!stays_as_it_is(text_.substr(from, to - from)) || !name(from, to, "formula", "notation=TeX", "markup.formula")) return end;
    hide(i, from);
    hide(to, end);
    return end;
  }

  // A raised thing: the mark of a note, or raised letters. [from, to) is what stays if it is none.
  std::size_t raise(std::size_t i, std::size_t end, std::string_view inside, std::size_t from = 0, std::size_t to = 0) {
    const std::string mark = note_mark(inside);
    if (!mark.empty() && !is_power(i, mark, inside)) {
      const bool first = trim(text_.substr(start_, i - start_)).empty();
      const bool blank = first && end < text_.size() && text_[end] != ' ';
      if (marks_ != nullptr && !first) marks_->insert(mark);
      if (!first && text_[i - 1] == ' ' && is_cjk(last_character(text_.substr(0, i - 1)))) --i;  // of the formula
      if (!first && blank_at(end) && end + 1 < text_.size() && is_cjk(first_character(text_.substr(end + 1)))) ++end;
      out_.edit(line_, i, end, "^" + mark + (blank ? " " : ""), "markup.note-mark",
                {95, "a mark of a note, in another spelling"});
      looks_.leave_out(i, end);
      return end;
    }
    if (to > from) {
      if (stays_as_it_is(text_.substr(from, to - from)) && name(from, to, "formula", "notation=TeX", "markup.formula"))
        hide(i, from), hide(to, end);
      return end;
    }
    return 0;
  }

  // km² and x²: a bare figure behind a short word or a figure is no note; one with a bracket is, as 3) behind 1862.
  bool is_power(std::size_t i, const std::string& mark, std::string_view inside) const {
    if (!all_digits(mark) || i == 0) return false;
    std::size_t letters = 0, at = i;
    while (at > 0 && is_ascii_letter(static_cast<unsigned char>(text_[at - 1]))) --at, ++letters;
    const bool bracket = inside.find_first_of(")]") != inside.npos;
    if (letters == 0) return !bracket && is_digit(static_cast<unsigned char>(text_[i - 1]));
    if (is_letter(last_character(text_.substr(0, at)))) return false;  // bohío: no unit has an accent
    return letters <= (bracket ? 1 : 2) && mark.size() == 1;
  }

  std::size_t code(std::size_t i) {
    std::size_t n = i;
    while (n < text_.size() && text_[n] == '`') ++n;
    const std::string_view fence = text_.substr(i, n - i);
    if (fence.size() > 3) return n;
    const std::size_t end = next(fence, n);
    if (end == text_.npos || end == n) return n;
    if (!name(n, end, "hi", "rend=code", "markup.code")) return n;
    hide(i, n);
    hide(end, end + fence.size());
    return end + fence.size();
  }

  bool word_at(std::size_t i) const {
    if (i >= text_.size()) return false;
    const char32_t c = first_character(text_.substr(i));
    return is_letter(c) || is_digit(c);
  }
  bool word_before(std::size_t i) const {
    if (i == 0) return false;
    const char32_t c = last_character(text_.substr(0, i));
    return is_letter(c) || is_digit(c);
  }
  bool blank_at(std::size_t i) const { return i >= text_.size() || is_blank(first_character(text_.substr(i))); }

  std::size_t emphasis(std::size_t i) {
    const char c = text_[i];
    std::size_t n = i;
    while (n < text_.size() && text_[n] == c && n - i < 4) ++n;
    const std::string_view fence = text_.substr(i, n - i);
    if (const auto open = closers_.find(i); open != closers_.end()) return open->second;
    if (fence.size() > 3 || (c == '~' && fence.size() != 2) || blank_at(n)) return n;
    if (c == '_' && word_before(i)) return n;
    const std::size_t end = next(fence, n);
    if (end == text_.npos || is_blank(last_character(text_.substr(0, end)))) return n;
    const std::size_t behind = end + fence.size();
    if (c == '_' && word_at(behind)) return n;
    if (c != '_' && fence.size() == 1 && behind < text_.size() && text_[behind] == c) return n;
    if (c == '~') looks_.add(n, end, Look::strike);
    if (c != '~' && fence.size() != 2) looks_.add(n, end, Look::italic);
    if (c != '~' && fence.size() != 1) looks_.add(n, end, Look::bold);
    hide(i, n);
    hide(end, behind);
    closers_[end] = behind;
    return n;
  }

  // A tag of an element that sets off what it holds: from where it opened to where it closes.
  void look(Look as, std::size_t i, std::size_t end) {
    std::size_t& opened = opened_[static_cast<std::size_t>(as)];
    if (text_[i + 1] == '/' && opened > 0) looks_.add(opened, i, as);
    opened = text_[i + 1] == '/' ? 0 : end;
  }

  std::size_t tag(std::size_t i) {
    std::size_t close = next(">", i);
    if (close == text_.npos) return 0;
    std::string element;
    std::size_t k = i + 1;
    if (k < close && text_[k] == '/') ++k;
    for (; k < close && (is_ascii_letter(static_cast<unsigned char>(text_[k])) || text_[k] == '_'); ++k)
      element += static_cast<char>(text_[k] | 0x20);
    if (text_.substr(i, 4) == "<!--") {
      const std::size_t end = next("-->", i);
      if (end == text_.npos) return 0;
      hide(i, end + 3);
      return end + 3;
    }
    if (element == "sup" && text_[i + 1] != '/') {
      const std::size_t end = next("</sup>", close);
      if (end == text_.npos || end - close > 60) return 0;
      if (const std::size_t done = raise(i, end + 6, trim(text_.substr(close + 1, end - close - 1)))) return done;
      if (end > close + 1) name(close + 1, end, "hi", "rend=sup", "markup.raised");
      hide(i, close + 1);
      hide(end, end + 6);
      return end + 6;
    }
    if (element == "img") return html_image(i, close + 1);
    constexpr std::array<std::string_view, 16> known{"sup", "sub",  "b",   "i",    "u",      "em",     "strong", "br",
                                                     "p",   "span", "div", "mark", "center", "figure", "small",  "s"};
    if (std::find(known.begin(), known.end(), element) == known.end()) return 0;
    if (element == "b" || element == "strong") look(Look::bold, i, close + 1);
    if (element == "i" || element == "em") look(Look::italic, i, close + 1);
    if (element == "s") look(Look::strike, i, close + 1);
    if (element == "u") look(Look::underline, i, close + 1);
    if (element == "sub") look(Look::sub, i, close + 1);
    hide(i, close + 1, element == "br" ? " " : "");
    return close + 1;
  }

  std::size_t bracket(std::size_t i) {
    const std::size_t close = next("]", i);
    if (close == text_.npos) return 0;
    if (i + 2 < close && text_[i + 1] == '^' && close - i < 40) {
      const bool defines = close + 1 < text_.size() && text_[close + 1] == ':' &&
                           trim(text_.substr(start_, i - start_)).empty();
      const std::string mark = "^" + std::string(text_.substr(i + 2, close - i - 2));
      const std::size_t end = close + (defines ? 2u : 1u);
      const bool blank = defines && end < text_.size() && text_[end] != ' ';
      out_.edit(line_, i, end, mark + (blank ? " " : ""), "markup.note-mark", {100, "a mark of a note"});
      looks_.leave_out(i, end);
      return end;
    }
    if (close + 1 >= text_.size() || text_[close + 1] != '(') return 0;
    const std::size_t end = next(")", close);
    if (end == text_.npos || close == i + 1) return 0;
    std::string_view target = text_.substr(close + 2, end - close - 2);
    target = target.substr(0, target.find_first_of(" \"\t"));
    const bool plain = text_.substr(i + 1, close - i - 1).find_first_of("*_`$<\\^&!") == text_.npos;
    if (plain && target.find("://") != target.npos && target.find_first_of("\"<>\n") == target.npos)
      name(i + 1, close, "ref", "target=" + std::string(target), "markup.link");
    hide(i, i + 1);
    hide(close, end + 1);
    closers_[close] = end + 1;
    return i + 1;
  }

  std::size_t image(std::size_t i) {
    const std::size_t middle = next("](", i);
    if (middle == text_.npos) return 0;
    const std::size_t end = next(")", middle);
    if (end == text_.npos) return 0;
    std::string_view address = text_.substr(middle + 2, end - middle - 2);
    address = address.substr(0, address.find_first_of(" \t"));  // a title may follow
    return graphic(i, address, i + 2, middle, end + 1);
  }

  // A picture from `i` to `end`, with the words that say what it shows.
  std::size_t graphic(std::size_t i, std::string_view address, std::size_t words, std::size_t words_end, std::size_t end) {
    if (!stays_as_it_is(text_.substr(i, end - i))) return 0;
    name(i, words, "graphic", "url=" + std::string(address), "markup.image");
    name(words, words_end, "figDesc", "", "markup.image");
    name(words_end, end, "markup", "", "markup.image");
    return end;
  }

  // <img src="…" alt="…">
  std::size_t html_image(std::size_t i, std::size_t end) {
    const auto value = [&](std::string_view key) -> std::pair<std::size_t, std::size_t> {
      const std::size_t at = text_.substr(i, end - i).find(key);
      if (at == text_.npos) return {end, end};
      const std::size_t begin = i + at + key.size(), close = text_.find(text_[begin - 1], begin);
      return close < end ? std::pair(begin, close) : std::pair(end, end);
    };
    auto source = value(" src=\""), words = value(" alt=\"");
    if (source.first == end) source = value(" src='");
    if (words.first == end) words = value(" alt='");
    if (source.first == source.second) return 0;
    return graphic(i, text_.substr(source.first, source.second - source.first), words.first, words.second, end);
  }

  // ^1^
  std::size_t caret(std::size_t i) {
    const std::size_t end = next("^", i + 1);
    if (end == text_.npos || end - i > 12) return 0;
    const std::string_view inside = text_.substr(i + 1, end - i - 1);
    const std::string mark = note_mark(inside);
    if (mark.empty() || is_power(i, mark, inside)) return 0;
    hide(end, end + 1);
    return end + 1;
  }

  std::size_t entity(std::size_t i) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> entities{{{"&amp;", "&"},
                                                                                     {"&lt;", "<"},
                                                                                     {"&gt;", ">"},
                                                                                     {"&quot;", "\""},
                                                                                     {"&nbsp;", " "},
                                                                                     {"&#39;", "'"}}};
    for (const auto& [written, read] : entities)
      if (text_.substr(i).starts_with(written)) {
        hide(i, i + written.size(), read);
        return i + written.size();
      }
    return 0;
  }

  const Line& line_;
  std::string_view text_;
  Proposal& out_;
  std::set<std::string, std::less<>>* marks_;
  std::size_t start_ = 0;
  std::map<std::string_view, std::size_t> found_;
  Looks looks_;
  std::array<std::size_t, 5> opened_{};  // by the look: where its element began to hold
  std::map<std::size_t, std::size_t> closers_;  // where hidden markup closes, and where it ends
};

}  // namespace

bool stays_as_it_is(std::string_view tex) {
  for (std::size_t i = 0; i < tex.size();) {
    const char32_t c = next_character(tex, i);
    if (c == not_a_character || c < 0x20 || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)) return false;
  }
  return true;
}

bool cuts_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u;
}

std::string note_mark(std::string_view s) {
  const std::string plain = without_blanks(s);
  s = plain;
  unbrace(s);
  constexpr std::string_view ring = "\\textcircled";
  if (s.starts_with(ring)) {
    s.remove_prefix(ring.size());
    unbrace(s);
    return all_digits(s) && s.size() < 3 ? circled(std::stoi(std::string(s))) : "";
  }
  if (s.size() >= 3 && s.size() <= 5 && s.front() == '[' && s.back() == ']' && all_digits(s.substr(1, s.size() - 2)))
    return std::string(s.substr(1, s.size() - 2));
  if (s.starts_with('(')) s.remove_prefix(1);  // (1) and 1)
  if (s.ends_with(')') || s.ends_with('.')) s.remove_suffix(1);
  if (all_digits(s) && s.size() <= 3) return std::string(s);
  std::size_t i = 0;
  if (!s.empty() && is_enclosed_number(next_character(s, i)) && i == s.size()) return std::string(s);
  return "";
}

bool read_phrases(const Line& line, std::size_t begin, std::size_t end, PhraseSetting setting, Proposal& out,
                  std::set<std::string, std::less<>>* marks) {
  return Reader(line, end, out, marks).read(begin, setting);
}

}  // namespace emend
