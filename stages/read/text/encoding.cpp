// Finding an encoding, decoding and encoding.
//
// uchardet (Mozilla's detector: coding state machines and character distributions; Li and Momoi, "A composite approach
// to language/encoding detection", 2001) only proposes. Each encoding known here decodes the whole file, and the text
// decides: how many of its characters beyond ASCII are the frequent ones of a script, where letters with accents stand,
// and how much did not decode.
#include "stages/read/text/encoding.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_set>
#include <utility>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 12> names = {"UTF-8",   "UTF-16", "UTF-16LE",     "UTF-16BE",
                                                    "GB18030", "GBK",    "Big5",         "Shift-JIS",
                                                    "EUC-JP",  "EUC-KR", "Windows-1252", "ISO-8859-1"};

// What else they are called; in small letters, without hyphens and blanks.
struct Alias {
  std::string_view alias, name;
};
constexpr Alias aliases[] = {
    {"unicode", "UTF-16"},    {"ucs2", "UTF-16"},          {"gb2312", "GBK"},          {"euccn", "GBK"},
    {"cp936", "GBK"},         {"windows936", "GBK"},       {"ms936", "GBK"},           {"cp54936", "GB18030"},
    {"cp950", "Big5"},        {"windows950", "Big5"},      {"bigfive", "Big5"},        {"sjis", "Shift-JIS"},
    {"cp932", "Shift-JIS"},   {"windows31j", "Shift-JIS"}, {"ms932", "Shift-JIS"},     {"ujis", "EUC-JP"},
    {"cp949", "EUC-KR"},      {"uhc", "EUC-KR"},           {"windows949", "EUC-KR"},   {"cp1252", "Windows-1252"},
    {"latin1", "ISO-8859-1"}, {"l1", "ISO-8859-1"},        {"iso88591", "ISO-8859-1"}, {"ansi", "Windows-1252"},
};

// The converters that hold the most of what files in the encoding hold in practice.
constexpr Alias converters[] = {
    {"UTF-16LE", "UTF-16LE"},         {"UTF-16BE", "UTF-16BE"},     {"GB18030", "gb18030"}, {"GBK", "windows-936"},
    {"Big5", "windows-950"},          {"Shift-JIS", "windows-31j"}, {"EUC-JP", "EUC-JP"},   {"EUC-KR", "windows-949"},
    {"Windows-1252", "windows-1252"}, {"ISO-8859-1", "ISO-8859-1"},
};

// What a file may turn out to be in without a mark: of encodings that share their bytes, the one that holds the other.
constexpr std::array<std::string_view, 6> candidates = {"GB18030", "Big5",   "Shift-JIS",
                                                        "EUC-JP",  "EUC-KR", "Windows-1252"};

// The most frequent characters of modern Chinese, simplified and traditional, and of Japanese and Korean writing: any
// text of some length has many of them, and a text decoded wrongly has one in thirty.
constexpr std::string_view frequent =
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后么小心多天而能好"
    "都然没"
    "日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实"
    "回二"
    "理点月明其种声全工己话者向情部正名定女问力机给等几业最间新位因重次书第章节目录研究关系社会政治历史第四五六七八九注"
    "页版"
    "這來國個說們為時過對後還發當無開經頭動兩長樣現將與進實點種聲話問機給幾業間書節錄關係會學裡麼沒於從見體應該問題第頁"
    "註"
    "論義議製數據變導務產總結構際華區單獨愛聽讀寫買賣東車門風雲電氣場處號員團圖"
    "の日本人年大国会中出同時行見月分後前生者間上東自社会場地方的内学高合部定立事業手話物度今家小名多新力不明全実現体"
    "이다는에의을가고로하를은지한사도기서나인대아들어리자시일그수있것여정해부전만제보상주라오과와게으국안"
    "，。、；：？！“”‘’（）《》「」『』…—·　";

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '-' && c != '_' && c != ' ') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return out;
}

bool is_utf16(std::string_view encoding) { return encoding.starts_with("UTF-16"); }
bool is_ascii(char c) { return static_cast<signed char>(c) >= 0; }

// One encoding, in both directions. Each character is for itself: none of the encodings has a state.
class Converter {
 public:
  explicit Converter(std::string_view encoding) : wide_(is_utf16(encoding)) {
    const auto* known =
        std::find_if(std::begin(converters), std::end(converters), [&](const Alias& a) { return a.alias == encoding; });
    UErrorCode status = U_ZERO_ERROR;
    if (known != std::end(converters)) icu_.reset(ucnv_open(std::string(known->name).c_str(), &status));
    if (icu_ != nullptr) {
      ucnv_setToUCallBack(icu_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
      ucnv_setFromUCallBack(icu_.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    }
    if (icu_ == nullptr || U_FAILURE(status))
      throw Error(Exit::input, std::string(encoding) +
                                   ": ICU has no such converter here; install ICU with its data, or "
                                   "convert the text to UTF-8 first");
  }

  /// The character that begins at `s[i]`, and `i` moved behind it; not_a_character for bytes that do not decode: two
  /// in UTF-16, all of a form that is well made but stands for nothing, else one, so that the next byte has its chance.
  char32_t decode(std::string_view s, std::size_t& i) {
    if (!wide_ && is_ascii(s[i])) return static_cast<unsigned char>(s[i++]);
    const char *from = s.data() + i, *next = from, *end = s.data() + s.size();
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(icu_.get(), &next, end, &status);
    const auto taken = static_cast<std::size_t>(next - from);
    if (U_SUCCESS(status) && taken > 0) return i += taken, static_cast<char32_t>(c);
    ucnv_resetToUnicode(icu_.get());
    const std::size_t unit = wide_ ? 2 : status == U_INVALID_CHAR_FOUND ? std::max<std::size_t>(taken, 1) : 1;
    i = std::min(s.size(), i + unit);
    return not_a_character;
  }

  /// Appends the character's bytes; nothing if the encoding does not have it.
  void encode(char32_t c, std::string& out) {
    if (!wide_ && c < 0x80) return out.push_back(static_cast<char>(c));
    if (wide_ || c >= 0x10000) {
      const Encoded e = convert(c);
      out.append(e.bytes.data(), e.size);
      return;
    }
    table_.resize(0x10000);
    Encoded& known = table_[c];
    if (!known.tried) known = convert(c);
    out.append(known.bytes.data(), known.size);
  }

 private:
  struct Encoded {
    std::array<char, 4> bytes{};
    std::uint8_t size = 0;
    bool tried = false;
  };

  Encoded convert(char32_t c) {
    std::array<UChar, 2> units{static_cast<UChar>(c), 0};
    if (c >= 0x10000) units = {static_cast<UChar>(0xD7C0 + (c >> 10)), static_cast<UChar>(0xDC00 + (c & 0x3FF))};
    Encoded e{{}, 0, true};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetFromUnicode(icu_.get());
    const std::int32_t n = ucnv_fromUChars(icu_.get(), e.bytes.data(), static_cast<std::int32_t>(e.bytes.size()),
                                           units.data(), c >= 0x10000 ? 2 : 1, &status);
    if (U_SUCCESS(status) && n > 0) e.size = static_cast<std::uint8_t>(n);
    return e;
  }

  struct Close {
    void operator()(UConverter* c) const { ucnv_close(c); }
  };
  std::unique_ptr<UConverter, Close> icu_;
  bool wide_;
  std::vector<Encoded> table_;  // of the characters below U+10000; filled on demand
};

// Whether what is not ASCII is for the most part no UTF-8. So many characters of a book tell.
bool is_another_encoding(std::string_view s, std::size_t& bad) {
  constexpr std::size_t enough = 1 << 16;
  std::size_t good = 0;
  bad = 0;
  for (std::size_t i = 0; i < s.size() && bad + good < enough;) {
    if (is_ascii(s[i])) {
      ++i;
      continue;
    }
    ++(next_character(s, i) == not_a_character ? bad : good);
  }
  return bad > good;
}

constexpr double least = 0.2;

// Counts what speaks for a text and what against it, a character at a time.
class Judge {
 public:
  Judge() {
    for (std::size_t i = 0; i < frequent.size();) frequent_.insert(next_character(frequent, i));
  }

  void hear(char32_t c) {
    settle(c);
    before_ = last_;
    last_ = c;
    if (c < 0x80 && !is_control(c)) return;
    ++all_;
    if (c == not_a_character || is_control(c))
      score_ -= 10;
    else if (is_unlikely(c))
      score_ -= 2;
    else if (is_latin(c) || is_typographic(c))
      waiting_ = true;
    else if (is_kana(c))
      score_ += 0.8;
    else if (frequent_.contains(c))
      score_ += 1;
  }

  /// At most 1; more than `least` for any text that is one.
  double verdict() {
    settle('\n');
    return all_ == 0 ? 1 : score_ / static_cast<double>(all_);
  }

 private:
  static bool is_control(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == 0x7F;
  }
  static bool is_unlikely(char32_t c) {
    return (c >= 0x80 && c < 0xA0) || (c >= 0xE000 && c < 0xF900) || (c >= 0xFF61 && c < 0xFFA0) ||
           (c >= 0x3400 && c < 0x4E00) || (c >= 0x500 && c < 0x1E00 && !(c >= 0x1100 && c < 0x1200));
  }
  static bool is_typographic(char32_t c) {
    return (c >= 0xA0 && c < 0xC0) || (c >= 0x2010 && c <= 0x203A) || c == 0x20AC || c == 0x2122;
  }
  static bool is_wide(char32_t c) { return is_cjk(c) || (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xFF00 && c < 0xFFF0); }

  // A letter with an accent belongs to a word in Latin letters, of which few follow one another; a quotation mark or a
  // dash stands beside a letter, a digit or a blank of the same script, or between wide characters.
  void settle(char32_t next) {
    if (!std::exchange(waiting_, false)) return;
    const auto plain = [](char32_t c) { return is_ascii_letter(c); };
    if (is_wide(before_) || is_wide(next)) {
      score_ += frequent_.contains(last_) ? 1 : 0;
    } else if (is_latin(last_)) {
      const bool single = (before_ == ' ' || before_ == '\n') && (next == ' ' || next == '\'') &&
                          (last_ == 0xE0 || last_ == 0xC0 || last_ == 0xF3 || last_ == 0xE9 || last_ == 0xE8);
      const bool capital_inside = is_upper(last_) && is_lower(before_);
      score_ += (plain(before_) || plain(next)) && !capital_inside ? 1 : single ? 1 : -1;
    } else {
      score_ += before_ < 0x80 || next < 0x80 ? 0.5 : -0.5;
    }
  }

  std::unordered_set<char32_t> frequent_;
  double score_ = 0;
  std::size_t all_ = 0;
  char32_t before_ = '\n', last_ = '\n';
  bool waiting_ = false;  // `last_` is judged by what comes next
};

double plausibility(std::string_view bytes, std::string_view encoding) {
  Converter converter(encoding);
  Judge judge;
  for (std::size_t i = 0; i < bytes.size();) judge.hear(converter.decode(bytes, i));
  return judge.verdict();
}

// UTF-16 by its mark; or by NUL bytes, which no other text has and every text in UTF-16 (where a line ends, if nowhere
// else), if it reads like a text in one of the two orders.
std::string_view wide_encoding(std::string_view s) {
  if (s.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (s.starts_with("\xFE\xFF")) return "UTF-16BE";
  if (s.size() % 2 != 0 || s.find('\0') == s.npos) return {};
  const double little = plausibility(s, "UTF-16LE"), big = plausibility(s, "UTF-16BE");
  return std::max(little, big) < least ? "" : little >= big ? "UTF-16LE" : "UTF-16BE";
}

std::string_view proposed(std::string_view bytes) {
  const std::unique_ptr<uchardet, void (*)(uchardet*)> detector(uchardet_new(), uchardet_delete);
  constexpr std::size_t chunk = 1 << 16;
  for (std::size_t i = 0; i < bytes.size(); i += chunk)
    if (uchardet_handle_data(detector.get(), bytes.data() + i, std::min(chunk, bytes.size() - i)) != 0) return {};
  uchardet_data_end(detector.get());
  const std::string_view name = encoding_named(uchardet_get_charset(detector.get()));
  return name == "GBK" ? "GB18030" : name == "ISO-8859-1" ? "Windows-1252" : name;
}

// The encoding of `bytes`, if they are not UTF-8 for the most part; empty if they read like nothing in any that is
// known here. `bad` is how many bytes are then no UTF-8.
std::string_view find_encoding(std::string_view bytes, std::size_t& bad) {
  if (const std::string_view wide = wide_encoding(bytes); !wide.empty()) return wide;
  if (!is_another_encoding(bytes, bad) || bytes.find('\0') != bytes.npos) {
    bad = 0;
    return {};
  }
  constexpr double for_proposed = 0.05;
  const std::string_view proposal = proposed(bytes);
  std::string_view best;
  double highest = least;
  for (const std::string_view candidate : candidates) {
    const double score = plausibility(bytes, candidate) + (candidate == proposal ? for_proposed : 0);
    if (score > highest) highest = score, best = candidate;
  }
  return best;
}

Decoded decoded(const std::string& bytes, std::string_view encoding, std::size_t& lost, std::size_t& first_lost,
                std::size_t& all) {
  Converter converter(encoding);
  Decoded out{{}, std::string(encoding), {}};
  out.text.reserve(bytes.size() + bytes.size() / 2);
  std::string again;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t from = i;
    char32_t c = converter.decode(bytes, i);
    all += c >= 0x80;
    if (c == not_a_character) {
      if (lost++ == 0) first_lost = from;
      c = 0xFFFD;
    }
    again.clear();
    converter.encode(c, again);
    const std::string_view here = std::string_view(bytes).substr(from, i - from);
    if (again != here) out.kept.push_back({out.text.size(), std::string(here)});
    append_character(out.text, c);
  }
  return out;
}

std::string all_names() {
  std::string out;
  for (const std::string_view name : names)
    out += (out.empty() ? "" : name == names.back() ? " or " : ", ") + std::string(name);
  return out;
}

}  // namespace

std::span<const std::string_view> encoding_names() { return names; }

std::string_view encoding_named(std::string_view name) {
  const std::string wanted = folded(name);
  for (const std::string_view known : names)
    if (folded(known) == wanted) return known;
  for (const auto& [alias, known] : aliases)
    if (alias == wanted) return known;
  return {};
}

Decoded decode_text(const std::string& name, std::string bytes, std::string_view encoding) {
  const std::string given(encoding);
  std::size_t bad = 0;
  if (encoding.empty()) encoding = find_encoding(bytes, bad);
  if (encoding == "UTF-16") {
    const std::string_view wide = wide_encoding(bytes);
    encoding = wide.empty() ? "UTF-16LE" : wide;
  }
  if (encoding.empty() && bad > 16)
    throw Error(Exit::input, name +
                                 ": is not UTF-8, and reads like no text in any encoding that emend looks for; name "
                                 "it with --encoding: " +
                                 all_names());
  if (encoding.empty() || encoding == "UTF-8") return {std::move(bytes), {}, {}};
  std::size_t lost = 0, first_lost = 0, all = 0;
  Decoded out = decoded(bytes, encoding, lost, first_lost, all);
  const std::string in = std::string(encoding);
  if (lost > 8 + all / 20)
    throw Error(Exit::input, name + ": is not in " + in + ": " + std::to_string(lost) +
                                 " places do not decode, the first at offset " + std::to_string(first_lost) +
                                 (given.empty() ? "; name its encoding with --encoding"
                                                : "; leave out --encoding and it is looked for, or name another"));
  if (encode_text(out) != bytes)
    throw Error(Exit::input, name + ": decoding it from " + in +
                                 " and encoding it again does not give its bytes; "
                                 "convert it to UTF-8 first");
  return out;
}

std::string encode_text(const Decoded& d) {
  if (d.encoding.empty()) return d.text;
  Converter converter(d.encoding);
  std::string out;
  out.reserve(d.text.size());
  auto kept = d.kept.begin();
  for (std::size_t i = 0; i < d.text.size();) {
    const bool as_it_was = kept != d.kept.end() && kept->at == i;
    const char32_t c = next_character(d.text, i);
    if (as_it_was)
      out += (kept++)->bytes;
    else
      converter.encode(c, out);
  }
  return out;
}

}  // namespace emend
