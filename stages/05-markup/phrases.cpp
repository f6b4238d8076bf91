// One walk over the pieces that the parser makes of a line; what is between them is hidden. Note marks are our own.
#include "stages/05-markup/phrases.h"

#include <libxml/HTMLparser.h>
#include <libxml/uri.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "pipeline/text/script.h"
#include "stages/05-markup/commonmark.h"
#include "stages/05-markup/looks.h"
#include "stages/05-markup/note_labels.h"

namespace emend {

namespace {

constexpr std::string_view hidden = "markup.hidden";
constexpr std::string_view signs = "\\$`*_~<[!^&";                                 // a line without them has words only
constexpr std::size_t longest_raised = 60, longest_mark = 40, longest_caret = 11;  // bytes of what may be a mark

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

// &eacute; &#233; &#xE9; or nothing, if no text can hold it
std::string character_of(std::string_view entity) {
  const std::string name(entity.substr(1, entity.size() - 2));
  if (name == "nbsp") return " ";
  unsigned long c = 0;
  if (name.starts_with('#')) {
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    c = std::strtoul(name.c_str() + 1 + hexadecimal, nullptr, hexadecimal ? 16 : 10);
  } else if (const htmlEntityDesc* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()))) {
    c = known->value;
  }
  std::string out;
  if (c >= ' ' && c < 0x110000 && (c < 0xD800 || c > 0xDFFF)) append_character(out, static_cast<char32_t>(c));
  return stays_as_it_is(out) ? out : "";
}

// Whether TEI can have it as it is: by the judge of its schema, to whom letters of all kinds are one.
bool is_address(std::string_view s) {
  if (s.find_first_of(" \t\n\"<>{}|\\^`") != s.npos || !stays_as_it_is(s)) return false;
  std::string plain(s);
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return (c & 0x80) != 0; }, '_');
  const std::unique_ptr<xmlURI, decltype(&xmlFreeURI)> uri(xmlParseURI(plain.c_str()), xmlFreeURI);
  return uri != nullptr;
}

// Takes {…} off that holds all of `s`.
void unbrace(std::string_view& s) {
  while (s.size() >= 2 && s.front() == '{' && s.back() == '}') s = s.substr(1, s.size() - 2);
}

class Reader {
 public:
  Reader(const Line& line, std::size_t end, Proposal& out, std::set<std::string, std::less<>>* marks)
      : line_(line), text_(line.text.substr(0, end)), out_(out), marks_(marks) {}

  // The pieces' places are of the text behind `shift`.
  bool read(std::size_t from, PhraseSetting setting, const std::vector<PhrasePiece>& pieces, std::size_t shift,
            const std::vector<std::string>& targets) {
    start_ = at_ = from;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const PhrasePiece piece = shifted(pieces[i], shift);
      if (piece.end <= at_) continue;  // part of what was read
      if (piece.kind == PieceKind::text && piece.link != PhrasePiece::no_link && piece.link != link_)
        link(piece, pieces, i, targets[piece.link], shift);
      read(piece, targets);
    }
    markup(text_.find_last_not_of(" \t") + 1);
    set_off({PieceKind::text, 0, text_.size(), text_.size()});
    if (looks_.empty()) return true;
    if (setting == PhraseSetting::heading && looks_.hold_all(line_, start_, text_.size())) return false;
    leave_out_marks();
    looks_.name(line_, out_);
    return true;
  }

 private:
  PhrasePiece shifted(PhrasePiece piece, std::size_t shift) const {
    for (std::size_t* at : {&piece.begin, &piece.end, &piece.words_begin, &piece.words_end}) *at += shift;
    piece.begin = std::max(piece.begin, at_);
    return piece;
  }

  void read(const PhrasePiece& piece, const std::vector<std::string>& targets) {
    markup(piece.kind == PieceKind::formula ? piece.begin - std::min(piece.begin - at_, piece.fence) : piece.begin);
    set_off(piece);
    std::size_t end = piece.end;
    switch (piece.kind) {
      case PieceKind::text: end = words(piece); break;
      case PieceKind::formula: end = formula(piece.begin, piece.end, piece.fence); break;
      case PieceKind::code: name(piece.begin, piece.end, "hi", "rend=code", "markup.code"); break;
      case PieceKind::html: end = tag(piece.begin, piece.end); break;
      case PieceKind::entity: entity(piece.begin, piece.end); break;
      case PieceKind::image:
        graphic(piece.begin, targets[piece.link], piece.words_begin, piece.words_end, piece.end);
        break;
    }
    at_ = std::max({at_, piece.end, end});
  }

  // Looks that begin or end with this piece; what lies between two pieces of one is markup of something else.
  void set_off(const PhrasePiece& piece) {
    constexpr std::array<Look, 3> all{Look::bold, Look::italic, Look::strike};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool was = set_off_[i].second > 0, is = (piece.looks >> i & 1u) != 0;
      if (was && !is) looks_.add(set_off_[i].first, set_off_[i].second, all[i]), set_off_[i] = {};
      if (is) set_off_[i] = {was ? set_off_[i].first : piece.begin, piece.end};
    }
  }

  // Hides what the parser took for markup, up to `end`.
  void markup(std::size_t end) {
    if (at_ < end && !trim(text_.substr(at_, end - at_)).empty()) hide(at_, end);
    at_ = std::max(at_, end);
  }

  // Names what is no emphasis; an empty span if there is a name already.
  bool name(std::size_t begin, std::size_t end, std::string_view as, std::string_view attributes,
            std::string_view rule) {
    if (out_.phrase(line_, begin, end, as, attributes, rule).empty()) return false;
    looks_.leave_out(begin, end);
    return true;
  }

  // ① in an emphasis may be the mark of a note.
  void leave_out_marks() {
    for (std::size_t i = text_.find("\xE2\x91", start_); i != text_.npos; i = text_.find("\xE2\x91", i + 3))
      looks_.leave_out(i, std::min(i + 3, text_.size()));
  }

  void hide(std::size_t begin, std::size_t end, std::string_view instead = {}) {
    if (cuts_character(line_.text, end)) return;
    out_.edit(line_, begin, end, instead, hidden);
    if (instead.empty()) looks_.leave_out(begin, end);
  }

  // Words, and the marks of notes that CommonMark does not know; gives where reading goes on.
  std::size_t words(const PhrasePiece& piece) {
    const std::string_view s = text_.substr(0, piece.end);
    for (std::size_t i = s.find_first_of("^[\\", piece.begin); i < s.size();) {
      const std::size_t done = s[i] == '^' ? caret(i) : s[i] == '[' ? note(i) : superscript(i);
      i = s.find_first_of("^[\\", std::max(i + 1, done));
      at_ = std::max(at_, done);
    }
    return at_;
  }

  // Names the words of the link that begins with this piece, if they are nothing else.
  void link(const PhrasePiece& piece, const std::vector<PhrasePiece>& pieces, std::size_t last,
            const std::string& target, std::size_t shift) {
    link_ = piece.link;
    if (const std::string_view words = text_.substr(piece.begin, piece.end - piece.begin);
        links_to_note(text_.substr(0, piece.begin), words, target))
      raise(piece.begin, piece.end, words);
    if (target.find("://") == target.npos || !is_address(target)) return;
    for (; last + 1 < pieces.size() && pieces[last + 1].link == link_ && pieces[last + 1].kind != PieceKind::image;
         ++last)
      if (const PieceKind kind = pieces[last + 1].kind; kind != PieceKind::text && kind != PieceKind::entity) return;
    const std::size_t end = pieces[last].end + shift;
    if (text_.substr(piece.begin, end - piece.begin).find('^') == text_.npos)
      name(piece.begin, end, "ref", "target=" + target, "markup.link");
  }

  std::size_t superscript(std::size_t i) {
    constexpr std::string_view raised = "\\textsuperscript{";
    if (!text_.substr(i).starts_with(raised)) return 0;
    const std::size_t from = i + raised.size(), size = text_.substr(from, longest_raised).find('}');
    return size == text_.npos ? 0 : raise(i, from + size + 1, text_.substr(from, size));
  }

  std::size_t formula(std::size_t from, std::size_t to, std::size_t fence) {
    const std::size_t begin = from - std::min(from - start_, fence), end = std::min(to + fence, text_.size());
    const std::string plain = without_blanks(text_.substr(from, to - from));
    std::string_view s = plain;
    if (s.starts_with("{}")) s.remove_prefix(2);
    if (s.starts_with('^') && raise(begin, end, s.substr(1)) > 0) return end;
    if (!stays_as_it_is(text_.substr(from, to - from)) || !name(from, to, "formula", "notation=TeX", "markup.formula"))
      return end;
    hide(begin, from);
    hide(to, end);
    return end;
  }

  // A raised thing may be the mark of a note; gives where reading goes on, or 0 if it is none.
  std::size_t raise(std::size_t i, std::size_t end, std::string_view inside) {
    const std::string mark = note_mark(inside);
    if (mark.empty() || is_power(i, inside, mark)) return 0;
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

  // km² and x²: a bare figure behind a short word or a figure is no note.
  bool is_power(std::size_t i, std::string_view inside, const std::string& mark) const {
    if (!all_digits(mark) || i == 0 || inside.find(')') != inside.npos) return false;
    std::string_view before = text_.substr(0, i);
    std::size_t letters = 0;
    for (char32_t c = last_character(before); letters < 3 && is_letter(c); c = last_character(before)) {
      if (c > 0x7F && c != U'µ' && c != U'μ') return false;  // où: no unit has an accent
      do before.remove_suffix(1);
      while (cuts_character(text_, before.size()));
      ++letters;
    }
    if (letters == 0) return is_digit(static_cast<unsigned char>(text_[i - 1]));
    return letters <= 2 && mark.size() == 1;
  }

  bool blank_at(std::size_t i) const { return i >= text_.size() || is_blank(first_character(text_.substr(i))); }

  // A tag of an element that sets off what it holds: from where it opened to where it closes.
  void look(Look as, std::size_t i, std::size_t end) {
    std::size_t& opened = opened_[static_cast<std::size_t>(as)];
    if (text_[i + 1] == '/' && opened > 0) looks_.add(opened, i, as);
    opened = text_[i + 1] == '/' ? 0 : end;
  }

  // Gives where reading goes on. What is no element of HTML is text.
  std::size_t tag(std::size_t i, std::size_t end) {
    const std::string_view s = text_.substr(i, end - i);
    if (s.starts_with("<!--")) return hide(i, end), end;
    std::string element;
    for (std::size_t k = s.starts_with("</") ? 2 : 1; k < s.size() && is_ascii_letter(static_cast<unsigned char>(s[k]));
         ++k)
      element += static_cast<char>(s[k] | 0x20);
    if (element == "sup" && s[1] != '/') {
      const std::size_t size = text_.substr(end, longest_raised).find("</sup>");
      if (size != text_.npos) return raised(i, end, end + size);
    }
    if (element == "img") return html_image(i, end), end;
    constexpr std::array<std::string_view, 16> known{"sup", "sub",  "b",   "i",    "u",      "em",     "strong", "br",
                                                     "p",   "span", "div", "mark", "center", "figure", "small",  "s"};
    if (std::find(known.begin(), known.end(), element) == known.end()) return end;
    if (element == "b" || element == "strong") look(Look::bold, i, end);
    if (element == "i" || element == "em") look(Look::italic, i, end);
    if (element == "s") look(Look::strike, i, end);
    if (element == "u") look(Look::underline, i, end);
    if (element == "sub") look(Look::sub, i, end);
    hide(i, end, element == "br" ? " " : "");
    return end;
  }

  // <sup>…</sup>, whose words are [from, to)
  std::size_t raised(std::size_t i, std::size_t from, std::size_t to) {
    constexpr std::size_t closing = 6;
    if (const std::size_t done = raise(i, to + closing, trim(text_.substr(from, to - from)))) return done;
    if (to > from) name(from, to, "hi", "rend=sup", "markup.raised");
    hide(i, from);
    hide(to, to + closing);
    return to + closing;
  }

  // [^1], and [^1]: at the beginning
  std::size_t note(std::size_t i) {
    const std::size_t size = text_.substr(i, longest_mark).find(']'), close = i + size;
    if (size == text_.npos || size < 3 || text_[i + 1] != '^') return 0;
    const bool defines =
        close + 1 < text_.size() && text_[close + 1] == ':' && trim(text_.substr(start_, i - start_)).empty();
    const std::string mark = "^" + std::string(text_.substr(i + 2, size - 2));
    const std::size_t end = close + (defines ? 2u : 1u);
    const bool blank = defines && end < text_.size() && text_[end] != ' ';
    out_.edit(line_, i, end, mark + (blank ? " " : ""), "markup.note-mark", {100, "a mark of a note"});
    looks_.leave_out(i, end);
    return end;
  }

  // A picture from `i` to `end`, with the words that say what it shows.
  void graphic(std::size_t i, std::string_view address, std::size_t words, std::size_t words_end, std::size_t end) {
    if (!stays_as_it_is(text_.substr(i, end - i))) return;
    name(i, words, "graphic", "url=" + std::string(address), "markup.image");
    name(words, words_end, "figDesc", "", "markup.image");
    name(words_end, end, "markup", "", "markup.image");
  }

  // <img src="…" alt="…">
  void html_image(std::size_t i, std::size_t end) {
    const auto value = [&](std::string_view key) -> std::pair<std::size_t, std::size_t> {
      const std::size_t at = text_.substr(i, end - i).find(key);
      if (at == text_.npos) return {end, end};
      const std::size_t begin = i + at + key.size(), close = text_.find(text_[begin - 1], begin);
      return close < end ? std::pair(begin, close) : std::pair(end, end);
    };
    auto source = value(" src=\""), words = value(" alt=\"");
    if (source.first == end) source = value(" src='");
    if (words.first == end) words = value(" alt='");
    if (source.first == source.second) return;
    graphic(i, text_.substr(source.first, source.second - source.first), words.first, words.second, end);
  }

  // ^1^
  // ^6^, and ^{6} of a formula whose sign of dollar was lost, as in $^{8}$^{6}.
  std::size_t caret(std::size_t i) {
    if (i + 1 < text_.size() && text_[i + 1] == '{') {
      const std::size_t closes = text_.substr(i + 2, longest_raised).find('}');
      return closes == text_.npos ? 0 : raise(i, i + 3 + closes, text_.substr(i + 2, closes));
    }
    const std::size_t size = text_.substr(i + 1, longest_caret).find('^');
    if (size == text_.npos) return 0;
    const std::string mark = note_mark(text_.substr(i + 1, size));
    if (mark.empty() || is_power(i, {}, mark)) return 0;
    hide(i + 1 + size, i + size + 2);
    return i + size + 2;
  }

  void entity(std::size_t i, std::size_t end) {
    const std::string read = character_of(text_.substr(i, end - i));
    if (!read.empty()) hide(i, end, read);
  }

  const Line& line_;
  std::string_view text_;
  Proposal& out_;
  std::set<std::string, std::less<>>* marks_;
  std::size_t start_ = 0, at_ = 0;           // where reading began, and how far it is
  std::size_t link_ = PhrasePiece::no_link;  // the last that was read
  Looks looks_;
  std::array<std::pair<std::size_t, std::size_t>, 3> set_off_{};  // what the parser set off so far, by the look
  std::array<std::size_t, 5> opened_{};                           // by the look: where its element began to hold
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
  const std::string_view text = line.text.substr(0, end);
  if (text.find_first_of(signs, begin) == text.npos) return true;
  const Paragraph alone = pieces_of({text.substr(begin)});
  return Reader(line, end, out, marks).read(begin, setting, alone.lines[0], begin, alone.targets);
}

void read_phrases(const Line& line, std::size_t begin, const std::vector<PhrasePiece>& pieces,
                  const std::vector<std::string>& targets, Proposal& out, std::set<std::string, std::less<>>* marks) {
  Reader(line, line.text.size(), out, marks).read(begin, PhraseSetting::text, pieces, 0, targets);
}

bool has_phrases(std::string_view text) { return text.find_first_of(signs) != text.npos; }

}  // namespace emend
