// Makes characters of bytes: what is not UTF-8, not XML or not visible is marked or set aside, the rest is in NFC.
//
// Nearly all lines are well as they are. They are passed over by a scan that decodes no more than it must, and ICU is
// asked only about stretches that hold a character which normalization form C could change.
#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::size_t shown_bytes = 16;  // of a run that is not UTF-8, in its reason

constexpr bool within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

// Punctuation as it is turned for vertical setting, and the mark that it is. Two dots and the dashes are kept apart by
// nothing but their direction, as the others are.
struct Form {
  char32_t turned;
  std::string_view plain;
};
constexpr Form vertical_forms[] = {
    {0xFE10, "，"}, {0xFE11, "、"}, {0xFE12, "。"}, {0xFE13, "："}, {0xFE14, "；"}, {0xFE15, "！"}, {0xFE16, "？"},
    {0xFE17, "〖"}, {0xFE18, "〗"}, {0xFE19, "…"},  {0xFE30, "："}, {0xFE31, "—"},  {0xFE32, "–"},  {0xFE35, "（"},
    {0xFE36, "）"}, {0xFE37, "｛"}, {0xFE38, "｝"}, {0xFE39, "〔"}, {0xFE3A, "〕"}, {0xFE3B, "【"}, {0xFE3C, "】"},
    {0xFE3D, "《"}, {0xFE3E, "》"}, {0xFE3F, "〈"}, {0xFE40, "〉"}, {0xFE41, "「"}, {0xFE42, "」"}, {0xFE43, "『"},
    {0xFE44, "』"}, {0xFE47, "［"}, {0xFE48, "］"}};
std::string_view turned_back(char32_t c) {
  for (const Form& f : vertical_forms)
    if (f.turned == c) return f.plain;
  return {};
}

// What stands at these places of TeX's T1 encoding (J. Knappen, "The release 1.2 of the Cork encoded DC fonts"): where
// a PDF has no table of its characters, extraction gives the places.
std::string_view read_as_t1(char32_t c) {
  constexpr std::string_view marks[] = {"“", "”", "„", "«", "»", "–", "—"},
                             ligatures[] = {"ff", "fi", "fl", "ffi", "ffl"};
  if (within(c, 0x10, 0x16)) return marks[c - 0x10];
  return within(c, 0x1B, 0x1F) ? ligatures[c - 0x1B] : std::string_view{};
}

// An i without its dot below an accent, which stands before it (as TeX's older fonts are extracted) or behind it.
constexpr char32_t dotless = 0x131;
struct Accent {
  char32_t alone, combining;
  std::string_view letter;
};
constexpr Accent accents[] = {{0x60, 0x300, "ì"}, {0xB4, 0x301, "í"}, {0x2C6, 0x302, "î"}, {0x2DC, 0x303, "ĩ"},
                              {0xA8, 0x308, "ï"}, {0xAF, 0x304, "ī"}, {0x2D8, 0x306, "ĭ"}, {0x2C7, 0x30C, "ǐ"}};
std::string_view under_accent(char32_t accent, bool combining) {
  for (const Accent& a : accents)
    if ((combining ? a.combining : a.alone) == accent) return a.letter;
  return {};
}
bool may_be_accented(char32_t c) { return c == dotless || (c >= 0x80 && !under_accent(c, false).empty()); }

constexpr bool is_noncharacter(char32_t c) { return (c & 0xFFFE) == 0xFFFE || within(c, 0xFDD0, 0xFDEF); }
constexpr bool is_vertical(char32_t c) { return within(c, 0xFE10, 0xFE19) || within(c, 0xFE30, 0xFE48); }
constexpr bool is_unwritable(char32_t c) { return (c < 0x20 && c != '\t') || is_noncharacter(c); }
constexpr bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }
constexpr bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x200B || is_joiner(c) || c == 0x2060 || c == 0xFEFF;
}

// Whether form C leaves the character alone wherever it stands. False is "ask ICU".
constexpr bool is_stable(char32_t c) {
  return c < 0x300 || within(c, 0x388, 0x482) || within(c, 0x48A, 0x58F) || within(c, 0x2002, 0x20CF) ||
         within(c, 0x2100, 0x2125) || within(c, 0x212C, 0x2328) || within(c, 0x232B, 0x2ADB) ||
         within(c, 0x2AE0, 0x2CEE) || within(c, 0x2E00, 0x3029) || within(c, 0x3030, 0x3098) ||
         within(c, 0x309B, 0xA66E) || within(c, 0xAC00, 0xD7A3) || within(c, 0xE000, 0xF8FF) ||
         within(c, 0xFB00, 0xFB06) || within(c, 0xFE30, 0xFFFF) || within(c, 0x1F000, 0x1FAFF) ||
         within(c, 0x20000, 0x2F7FF) || within(c, 0x30000, 0x3FFFF);
}

// Scripts whose letters change shape or break lines by the characters that others do not need.
constexpr bool shapes_letters(char32_t c) {
  return within(c, 0x600, 0x7FF) || within(c, 0x840, 0xDFF) || within(c, 0xF00, 0xFFF) || within(c, 0x1000, 0x109F) ||
         within(c, 0x1780, 0x18AF) || within(c, 0xFB50, 0xFDCF) || within(c, 0xFE70, 0xFEFC);
}
constexpr bool is_emoji(char32_t c) { return c >= 0x1F000 || within(c, 0x2600, 0x27BF) || c == 0xFE0F; }
constexpr bool sets_no_blanks(char32_t c) {
  return within(c, 0xE00, 0xEFF) || within(c, 0xF00, 0xFFF) || within(c, 0x1000, 0x109F) || within(c, 0x1780, 0x17FF);
}

// Whether an invisible character does something between the two that surround it.
constexpr bool is_needed(char32_t c, char32_t before, char32_t after) {
  if (is_joiner(c) && shapes_letters(before) && (shapes_letters(after) || c == 0x200D)) return true;
  if (c == 0x200D && is_emoji(before) && is_emoji(after)) return true;
  return c == 0x200B && (sets_no_blanks(before) || sets_no_blanks(after));
}

// Whether the line is printable ASCII and tabs, which nothing here changes.
bool is_plain(std::string_view s) {
  unsigned char odd = 0;
  for (const char c : s) {
    const auto b = static_cast<unsigned char>(c);
    odd = static_cast<unsigned char>(odd | (b & 0x80u) | static_cast<unsigned>(b < 0x20 && b != '\t'));
  }
  return odd == 0;
}

// The first character at or behind `i` that is not plainly well: ASCII, common Han, or stable and visible.
std::size_t next_suspect(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(s[k]); };
  while (i < s.size()) {
    const unsigned b = byte(i);
    if (b < 0x80) {
      if (b < 0x20 && b != '\t') return i;
      ++i;
    } else if (b >= 0xE4 && b <= 0xE9 && i + 2 < s.size() && (byte(i + 1) & 0xC0u) == 0x80 &&
               (byte(i + 2) & 0xC0u) == 0x80) {
      i += 3;
    } else {
      std::size_t next = i;
      const char32_t c = next_character(s, next);
      if (c == not_a_character || c == 0xFFFD || is_noncharacter(c) || is_invisible(c) || !is_stable(c) ||
          is_vertical(c) || may_be_accented(c))
        return i;
      i = next;
    }
  }
  return i;
}

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = bytes.size() == 1 ? "the byte" : "the bytes";
  for (const char c : bytes.substr(0, shown_bytes)) {
    const auto b = static_cast<unsigned char>(c);
    out.append({' ', digits[b >> 4], digits[b & 15]});
  }
  if (bytes.size() > shown_bytes) out += " … (" + std::to_string(bytes.size()) + " in all)";
  return out + (bytes.size() == 1 ? " is not UTF-8" : " are not UTF-8");
}

class Decoder {
 public:
  Decoder(const Document& d, Proposal& out) : doc_(d), out_(out) {
    UErrorCode status = U_ZERO_ERROR;
    nfc_ = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) nfc_ = nullptr;  // an ICU without its data: the text stays as it is
  }

  void read(const Line& line) {
    find_declared(line);
    const std::string_view s = line.text;
    std::size_t stable = 0;  // where the stretch begins that holds only characters
    bool ask = false;        // and one of them may be changed by form C
    for (std::size_t i = next_suspect(s, 0); i < s.size(); i = next_suspect(s, i)) {
      const std::size_t end = take(line, i);
      if (end > i) {
        if (ask) normalize(line, stable, i);
        ask = false;
        stable = i = end;
      } else {
        ask = ask || !is_stable(first_character(s.substr(i)));
        next_character(s, i);
      }
    }
    if (ask) normalize(line, stable, s.size());
  }

 private:
  // Formulas are left as they are, to the byte, but for what XML cannot hold.
  void edit(const Line& line, std::size_t begin, std::size_t end, std::string_view after, std::string_view rule,
            Because because) {
    for (const auto& [from, to] : formulas_)
      if (begin < to && from < end) return;
    out_.edit(line, begin, end, after, rule, because);
  }

  // The formulas that the source declares in the line, and the seams: where markup is hidden in it or a phrase begins
  // or ends. All as bytes of its text.
  void find_declared(const Line& line) {
    formulas_.clear();
    seams_.clear();
    std::size_t at = 0;
    each_piece(doc_, line, [&](Span piece, std::string_view text, bool) {
      seams_.push_back(at);
      for (std::size_t i = doc_.first_phrase(piece.begin);
           i < doc_.phrases.size() && doc_.phrases[i].at.begin < piece.end; ++i) {
        const Node& phrase = doc_.phrases[i];
        if (phrase.at.begin < piece.begin) continue;
        const std::size_t begin = at + (phrase.at.begin - piece.begin), end = at + (phrase.at.end - piece.begin);
        seams_.push_back(begin);
        seams_.push_back(end);
        if (phrase.name == "formula") formulas_.emplace_back(begin, end);
      }
      at += text.size();
    });
    std::sort(seams_.begin(), seams_.end());
  }

  // Where a change that begins at `i` must end.
  std::size_t seam_behind(const Line& line, std::size_t i) const {
    const auto next = std::upper_bound(seams_.begin(), seams_.end(), i);
    return next == seams_.end() ? line.text.size() : std::min(*next, line.text.size());
  }

  // Changes what begins at `i` if it is not to stay, and gives its end; else gives `i`.
  std::size_t take(const Line& line, std::size_t i) {
    const std::string_view s = line.text;
    std::size_t end = i;
    const char32_t c = next_character(s, end);
    if (c == not_a_character) {
      const std::size_t most = seam_behind(line, i);
      for (std::size_t next = end; next < most && next_character(s, next) == not_a_character;) end = next;
      const std::string reason = in_hex(s.substr(i, end - i));
      out_.edit(line, i, end, replacement, "decode.invalid", {40, reason});
      return end;
    }
    if (const std::string_view read = read_as_t1(c); !read.empty() && t1()) {
      edit(line, i, end, read, "decode.t1", {95, "the place of this character in TeX's T1 fonts"});
      return end;
    }
    if (is_unwritable(c)) {
      const std::size_t most = seam_behind(line, i);
      while (end < most && is_unwritable(first_character(s.substr(end)))) next_character(s, end);
      out_.edit(line, i, end, replacement, "decode.control", {60, "a character that no text holds stood here"});
      return end;
    }
    if (c == 0xFFFD) {
      const std::uint32_t at =
          std::min(line.at.begin + static_cast<std::uint32_t>(i), line.at.end - 3);  // markup before it may be hidden
      out_.doubt({at, at + 3}, "decode.lost", {40, "what stood here could not be decoded"});
      return i;
    }
    if (is_vertical(c)) {
      const std::string_view plain = turned_back(c);
      if (plain.empty()) return i;
      edit(line, i, end, plain, "decode.vertical", {100, "the same mark, turned for vertical setting"});
      return end;
    }
    if (may_be_accented(c)) {
      std::size_t both = end;
      const char32_t next = end < s.size() ? next_character(s, both) : U' ';
      const std::string_view letter = c == dotless      ? under_accent(next, true)
                                      : next == dotless ? under_accent(c, false)
                                                        : std::string_view{};
      if (letter.empty()) return i;
      edit(line, i, both, letter, "decode.dotless", {100, "an i without its dot, and the accent in its place"});
      return both;
    }
    return is_invisible(c) ? take_invisible(line, i, end, c) : i;
  }

  // The same of a character at [i, end) that readers do not see.
  std::size_t take_invisible(const Line& line, std::size_t i, std::size_t end, char32_t c) {
    const std::string_view s = line.text;
    if (c == 0xFEFF && i == 0 && &line == doc_.lines.data()) {
      edit(line, i, end, "", "decode.bom", {100, "the mark of the encoding is no part of the text"});
      return end;
    }
    if (c == 0xAD && end == s.size() && i > 0 && is_letter(last_character(s.substr(0, i)))) {
      edit(line, i, end, "-", "decode.soft-hyphen", {100, "a hyphen that shows at a line end"});
      return end;
    }
    const char32_t before = i == 0 ? U' ' : last_character(s.substr(0, i)), after = first_character(s.substr(end));
    if (is_needed(c, before, after)) return i;
    edit(line, i, end, "", "decode.invisible", {100, "a character that readers do not see"});
    return end;
  }

  // Whether the book's control characters are TeX's ligatures: two of them stand in words. Asked once.
  bool t1() {
    if (t1_ >= 0) return t1_ != 0;
    std::size_t in_words = 0;
    const auto letter = [](char c) { return is_ascii_letter(static_cast<unsigned char>(c)) || c < 0; };
    for (const Line& line : doc_.lines)
      for (std::size_t i = 0; i < line.text.size(); ++i)
        in_words += within(static_cast<unsigned char>(line.text[i]), 0x1B, 0x1F) &&
                    ((i > 0 && letter(line.text[i - 1])) || (i + 1 < line.text.size() && letter(line.text[i + 1])));
    t1_ = in_words >= 2;
    return t1_ != 0;
  }

  // Form C for [begin, end) of the line, which is valid UTF-8; one edit for each cluster that changes.
  void normalize(const Line& line, std::size_t begin, std::size_t end) {
    const std::string_view s = line.text.substr(begin, end - begin);
    if (nfc_ == nullptr || s.size() > 0x7FFFFFFF) return;
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece piece(s.data(), static_cast<std::int32_t>(s.size()));
    if (nfc_->isNormalizedUTF8(piece, status) || U_FAILURE(status)) return;
    composed_.clear();
    icu::StringByteSink<std::string> sink(&composed_);
    icu::Edits edits;
    nfc_->normalizeUTF8(0, piece, sink, &edits, status);
    if (U_FAILURE(status)) return;
    for (auto change = edits.getFineChangesIterator(); change.next(status);) {
      const auto from = begin + static_cast<std::size_t>(change.sourceIndex());
      const auto after = std::string_view(composed_).substr(static_cast<std::size_t>(change.destinationIndex()),
                                                            static_cast<std::size_t>(change.newLength()));
      edit(line, from, from + static_cast<std::size_t>(change.oldLength()), after, "decode.nfc",
           {100, "the same characters in normalization form C"});
    }
  }

  const Document& doc_;
  Proposal& out_;
  std::vector<std::pair<std::size_t, std::size_t>> formulas_;  // of the line that is read
  std::vector<std::size_t> seams_;                             // and these, in their order
  int t1_ = -1;                                                // not asked yet
  const icu::Normalizer2* nfc_ = nullptr;
  std::string composed_;
};

void run(const Document& d, const Rules&, Proposal& out) {
  Decoder decoder(d, out);
  for (const Line& line : d.lines)
    if (!is_plain(line.text)) decoder.read(line);
}

}  // namespace

extern const Stage stage_decode{.name = "decode",
                                .summary = "Make characters of bytes, in normalization form C",
                                .needs = "lines",
                                .provides = "characters",
                                .rules = nullptr,
                                .run = run};

}  // namespace emend
