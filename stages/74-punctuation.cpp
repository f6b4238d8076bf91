// Sets the punctuation of Chinese sentences at full width, and leaves that of everything else alone.
//
// Extraction often gives ASCII for the full-width marks of a page. Each mark is judged by its two neighbours (note
// marks, blanks and quotation marks are looked through) within a passage that must be Chinese as a whole: a comma
// between two Latin words or two numbers stays, and so do addresses, code, times and references in the national style.
// Brackets and quotation marks are judged in pairs. What is not certain stays as it is: a wrong repair is worse than
// none.
#include <algorithm>
#include <array>
#include <string>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/passage.h"
#include "pipeline/text/script.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_punctuation;
}

namespace {

constexpr int reach = 8;                      // characters that a look at a neighbour may pass over
constexpr std::size_t deepest = 64;           // brackets within brackets
constexpr std::size_t sentence = 180;         // bytes of a sentence that are searched for a question
constexpr std::size_t longest_mixed = 40;     // Han characters between a curly and a straight quotation mark
constexpr std::size_t shortest_sentence = 8;  // Han characters
constexpr std::size_t quotation = 120;        // bytes between two apostrophes that are a pair of quotation marks

enum class Side : std::uint8_t { none, chinese, western, other };

/// The character nearest to a mark on one side.
struct Near {
  Side side = Side::none;
  char32_t c = not_a_character;
  bool blank = false;  // there are blanks between
  bool stop = false;   // it is itself a full-width stop: two in a row are no sentence
  bool line = false;   // it stands on another line
};

/// A replacement that was decided; `line` indexes the document.
struct Fix {
  std::size_t line, begin, end;
  std::string_view after, rule;
  std::uint8_t sure = 100;
  std::string_view reason = {};
  bool foreign = false;  // a bracket around foreign words
};

struct Opening {
  std::size_t line, at, han;  // `han`: characters of the passage before it
  bool wide;
  Near left;
};

struct Quote {
  std::size_t line, at, han;
  char32_t c;  // " “ ”
};

constexpr bool is_stop(char32_t c) {
  return c == U'，' || c == U'。' || c == U'；' || c == U'：' || c == U'！' || c == U'？' || c == U'、';
}
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_alnum(char c) {
  return is_digit(static_cast<unsigned char>(c)) || is_ascii_letter(static_cast<unsigned char>(c));
}
constexpr bool is_han_numeral(char32_t c) {
  return std::u32string_view(U"〇零一二三四五六七八九十百千万").find(c) != std::u32string_view::npos;
}

// What the scan does at a byte: nothing, count a Han character, or look.
enum : std::uint8_t { pass, han, look };
constexpr std::array<std::uint8_t, 256> actions = [] {
  std::array<std::uint8_t, 256> a{};
  for (const char c : std::string_view(",;:?!().\"'[\xE2\xE3\xEF")) a[static_cast<unsigned char>(c)] = look;
  for (std::size_t b = 0xE4; b <= 0xE9; ++b) a[b] = han;
  return a;
}();

// Where the address ends whose scheme ended before the "://" at `i`.
std::size_t address_end(std::string_view s, std::size_t i) {
  std::size_t end = i;
  while (end < s.size() && s[end] > ' ' && s[end] != '<' && s[end] != '>' && s[end] != '"') ++end;
  while (end > i + 3 && std::string_view(",.;:!?)'").find(s[end - 1]) != std::string_view::npos) --end;
  return end;
}

class Widener {
 public:
  Widener(const Document& d, const Rules& rules, Proposal& out) : doc_(d), rules_(rules), out_(out) {}

  void read(const Passage& passage) {
    if (passage.is("fw") || passage.is("bibl")) return;
    passage_ = passage;
    scripts_ = {};
    for (const std::uint32_t l : passage.lines)
      if (!is_ascii(line(l).text)) scripts_ += count_scripts(line(l).text);
    if (scripts_.han == 0) return;
    for (const std::uint32_t l : passage.lines)
      if (is_ascii(line(l).text)) scripts_ += count_scripts(line(l).text);
    if (!scripts_.mixed()) return;
    fixes_.clear(), open_.clear(), quotes_.clear(), stops_.clear();
    han_ = 0;
    leave_ = has_stops_ = has_comma_ = has_wide_ = has_narrow_ = has_corners_ = ends_with_stop_ = false;
    for (index_ = 0; index_ < passage.lines.size() && !leave_; ++index_) scan(passage.lines[index_]);
    if (leave_) return;
    if (has_wide_ && !has_narrow_ &&
        keeps_wide_brackets())  // then narrow ones around foreign words are the printer's own
      std::erase_if(fixes_, [](const Fix& f) { return f.foreign; });
    decide_quotes();
    decide_stops();
    emit();
  }

 private:
  const Line& line(std::size_t i) const { return doc_.lines[i]; }

  void scan(std::size_t l) {
    const std::string_view s = line(l).text;
    phrases_in(doc_, line(l), phrases_);
    std::size_t phrase = 0;
    apostrophe_ = s.size();
    for (std::size_t i = 0; i < s.size();) {
      while (phrase < phrases_.size() && phrases_[phrase].second <= i) ++phrase;
      if (phrase < phrases_.size() && phrases_[phrase].first <= i) {
        i = phrases_[phrase].second;
        continue;
      }
      const std::size_t stop = phrase < phrases_.size() ? phrases_[phrase].first : s.size();
      while (i < stop) {
        const std::uint8_t action = actions[static_cast<unsigned char>(s[i])];
        if (action == pass)
          ++i;
        else if (action == han)
          ++han_, i += 3;
        else
          i = visit(l, i);
      }
    }
  }

  // Looks at what stands at byte `i` of the line, and gives where to go on.
  std::size_t visit(std::size_t l, std::size_t i) {
    const std::string_view s = line(l).text;
    switch (s[i]) {
      case ',': comma(l, i, "，", "punctuation.comma"); return i + 1;
      case ';': comma(l, i, "；", "punctuation.semicolon"); return i + 1;
      case ':': return colon(l, i);
      case '?': question(l, i); return i + 1;
      case '!': exclamation(l, i); return i + 1;
      case '(': open(l, i, false); return i + 1;
      case ')': close(l, i, false); return i + 1;
      case '"': quotes_.push_back({l, i, han_, '"'}); return i + 1;
      case '\'': apostrophe(l, i); return i + 1;
      case '.': full_stop(l, i); return i + 1;
      case '[': bibliography(l, i); return i + 1;
      default: break;
    }
    std::size_t next = i;
    const char32_t c = next_character(s, next);
    if (c == U'（')
      open(l, i, true);
    else if (c == U'）')
      close(l, i, true);
    else if (c == U'“' || c == U'”')
      quotes_.push_back({l, i, han_, c});
    else if (c == U'。' || c == U'．')
      has_stops_ = true;
    else if (c == U'，')
      has_comma_ = has_wide_ = true;
    else if (c == U'「' || c == U'『')
      has_corners_ = true;
    return next;
  }

  // ---- neighbours

  static Side side_of(char32_t c) {
    if (is_cjk(c)) return Side::chinese;
    return is_letter(c) || is_digit(c) ? Side::western : Side::other;
  }

  // The phrase of the scanned line that ends, or begins, at byte `at`: moves `at` to its other side.
  bool before_phrase(std::size_t& at) const {
    const auto p =
        std::lower_bound(phrases_.begin(), phrases_.end(), at, [](auto& x, std::size_t b) { return x.second < b; });
    return p != phrases_.end() && p->second == at && p->first < at ? (at = p->first, true) : false;
  }
  bool behind_phrase(std::size_t& at) const {
    const auto p =
        std::lower_bound(phrases_.begin(), phrases_.end(), at, [](auto& x, std::size_t b) { return x.second <= b; });
    return p != phrases_.end() && p->first == at && p->second > at ? (at = p->second, true) : false;
  }

  // A bracket that was just judged Chinese counts as Chinese, though it still reads ")".
  bool widened(std::size_t l, std::size_t at) const {
    return !fixes_.empty() && fixes_.back().line == l && fixes_.back().begin <= at && at < fixes_.back().end &&
           fixes_.back().after == "）";
  }

  Near before(std::size_t l, std::size_t at) const {
    Near near;
    std::size_t back = index_;
    for (int step = 0; step < reach; ++step) {
      if (!near.line && before_phrase(at)) continue;
      if (at == 0) {
        if (near.line || back == 0) return near;
        near.line = true;
        l = passage_.lines[--back];
        at = line(l).text.size();
        continue;
      }
      const std::string_view s = line(l).text.substr(0, at);
      const std::size_t begin = character_before(s, at);
      near.c = first_character(s.substr(begin));
      if (near.c == ')' && widened(l, begin)) return near.side = Side::chinese, near;
      if (is_blank(near.c))
        near.blank = true;
      else if (!is_passed(near.c, U"”’\"',;:"))
        return settle(near);
      at = begin;
    }
    near.side = Side::other;  // too far away to tell
    return near;
  }

  Near after(std::size_t l, std::size_t at) const {
    Near near;
    std::size_t ahead = index_;
    for (int step = 0; step < reach; ++step) {
      if (!near.line && behind_phrase(at)) continue;
      const std::string_view s = line(l).text;
      if (at >= s.size()) {
        if (near.line || ahead + 1 == passage_.lines.size()) return near;
        near.line = true;
        l = passage_.lines[++ahead];
        at = 0;
        continue;
      }
      near.c = next_character(s, at);
      if (is_blank(near.c))
        near.blank = true;
      else if (!is_passed(near.c, U"“‘\"'("))
        return settle(near);
    }
    near.side = Side::other;
    return near;
  }

  // Note marks that no stage has named, and what the caller looks through.
  static bool is_passed(char32_t c, std::u32string_view more) {
    return c == '^' || is_enclosed_number(c) || more.find(c) != more.npos;
  }
  static Near settle(Near near) {
    near.side = side_of(near.c);
    near.stop = is_stop(near.c);
    return near;
  }

  bool is_chinese(const Near& left, const Near& right) const {
    if (left.stop || right.stop) return false;
    const bool l = left.side == Side::chinese, r = right.side == Side::chinese;
    return scripts_.chinese() ? l || r : l && r;
  }

  // ---- single marks

  // Replaces the mark at [begin, end), and the one or two blanks that made up for its width.
  void fix(std::size_t l, std::size_t begin, std::size_t end, std::string_view after, std::string_view rule,
           Because because = {}) {
    const std::string_view s = line(l).text;
    const auto blanks = [&](std::size_t from, std::size_t to) {
      return s.substr(from, to - from).find_first_not_of(' ') == s.npos;
    };
    if (after != "（")
      for (std::size_t n = 1; n <= 2 && end + n < s.size(); ++n)
        if (blanks(end, end + n) && s[end + n] != ' ' && s[end + n] != '\t') {
          end += n;
          break;
        }
    if (after != "）" || (begin > 0 && is_cjk(last_character(trim(s.substr(0, begin))))))
      for (std::size_t n = 1; n <= 2 && n < begin; ++n)
        if (blanks(begin - n, begin) && s[begin - n - 1] != ' ' && s[begin - n - 1] != '\t') {
          begin -= n;
          break;
        }
    fixes_.push_back({l, begin, end, after, rule, because.sure, because.reason});
  }

  void comma(std::size_t l, std::size_t i, std::string_view wide, std::string_view rule) {
    const std::string_view s = line(l).text;
    const Near left = before(l, i), right = after(l, i + 1);
    if (left.side == Side::chinese && right.side == Side::chinese && s[i] == ',') has_comma_ = has_narrow_ = true;
    if (is_chinese(left, right) && !(s[i] == ';' && is_entity(s, i))) return fix(l, i, i + 1, wide, rule);
    if (s[i] == ',' && is_gloss(s, i))
      fix(l, i, i + 1, wide, "punctuation.gloss", {90, "a term and its abbreviation, set without a blank"});
  }

  // &nbsp; and the like.
  static bool is_entity(std::string_view s, std::size_t semicolon) {
    std::size_t i = semicolon;
    while (i > 0 && semicolon - i < 8 && (is_alnum(s[i - 1]) || s[i - 1] == '#')) --i;
    return i > 0 && i < semicolon && s[i - 1] == '&';
  }

  // "Network Computing Architecture,NCA" in a Chinese passage: the comma was a full-width one.
  bool is_gloss(std::string_view s, std::size_t comma) const {
    std::size_t end = comma + 1;
    while (end < s.size() && is_capital(s[end])) ++end;
    const std::string_view letters = s.substr(comma + 1, end - comma - 1);
    if (letters.size() < 2 || letters.size() > 6 || !scripts_.mixed() || (end < s.size() && is_alnum(s[end])))
      return false;
    std::size_t at = comma;
    for (std::size_t n = letters.size(); n > 0;) {  // the words before, from the last to the first
      std::size_t word = at;
      while (word > 0 && is_ascii_letter(static_cast<unsigned char>(s[word - 1]))) --word;
      if (word == at) return false;
      if (s[word] == letters[n - 1])
        --n;
      else if (is_capital(s[word]))
        return false;
      if (n > 0 && (word == 0 || (s[word - 1] != ' ' && s[word - 1] != '-'))) return false;
      at = word - (n > 0);
    }
    return true;
  }

  std::size_t colon(std::size_t l, std::size_t i) {
    const std::string_view s = line(l).text;
    const std::string_view behind = s.substr(i + 1);
    if (behind.starts_with("//")) return address_end(s, i);
    if (behind.starts_with(":")) return i + 2;
    if (behind.starts_with("/") || behind.starts_with("\\")) return i + 1;
    const Near left = before(l, i), right = after(l, i + 1);
    const bool numbers = is_han_numeral(left.c) && is_han_numeral(right.c) && !right.blank;
    const bool label = left.side == Side::western && right.blank;  // "GCC: 编译器" may be as printed
    if (is_chinese(left, right) && !numbers && !label)
      fix(l, i, i + 1, "：", "punctuation.colon");
    else if (names_address(left, behind))
      fix(l, i, i + 1, "：", "punctuation.address", {85, "a Chinese note names an address, with no blank before it"});
    return i + 1;
  }

  // "参见Edith Farrowgate:https://…": a Western colon would have a blank behind it.
  bool names_address(const Near& left, std::string_view behind) const {
    if (!behind.starts_with("http://") && !behind.starts_with("https://") && !behind.starts_with("www.")) return false;
    if (left.side != Side::western || left.blank) return false;
    const std::string_view s = line(passage_.lines.front()).text;
    std::size_t i = phrases_.empty() || phrases_.front().first > 0 ? 0 : phrases_.front().second;
    for (int step = 0; step < reach && i < s.size(); ++step) {
      const char32_t c = next_character(s, i);
      if (is_han(c)) return true;
      if (!is_blank(c) && !is_passed(c, U"")) return false;
    }
    return false;
  }

  // The sentence that ends at byte `i`, or its last part.
  std::string_view sentence_before(std::string_view s, std::size_t i) const {
    std::size_t begin = i > sentence ? i - sentence : 0;
    while (begin < i && (static_cast<unsigned char>(s[begin]) & 0xC0u) == 0x80) ++begin;
    std::string_view text = s.substr(begin, i - begin);
    for (const std::string_view stop : {"。", "！", "？", "；", "!", "?", ";"})
      if (const std::size_t at = text.rfind(stop); at != text.npos) text.remove_prefix(at + stop.size());
    return text;
  }

  void question(std::size_t l, std::size_t i) {
    const Near left = before(l, i), right = after(l, i + 1);
    if (left.side != Side::chinese || left.stop || right.stop || !scripts_.chinese()) return;
    if (right.side == Side::western && !right.blank) return;
    if (rules_.test("question", sentence_before(line(l).text, i)) != nullptr)
      fix(l, i, i + 1, "？", "punctuation.question");
  }

  void exclamation(std::size_t l, std::size_t i) {
    const Near left = before(l, i), right = after(l, i + 1);
    if (left.side != Side::chinese || left.stop || right.stop || !scripts_.chinese()) return;
    if (right.side == Side::western && !right.blank) return;
    const bool ends = right.side == Side::none || right.blank;
    if (ends || rules_.test("exclamation", sentence_before(line(l).text, i)) != nullptr)
      fix(l, i, i + 1, "！", "punctuation.exclamation");
  }

  // Within words an apostrophe; a quotation mark only as one of two that hold Chinese text.
  void apostrophe(std::size_t l, std::size_t i) {
    const std::string_view s = line(l).text;
    const char32_t left = i == 0 ? ' ' : last_character(s.substr(0, i));
    const char32_t right = first_character(s.substr(i + 1));
    if (apostrophe_ < i && i - apostrophe_ < quotation && is_han(left) && side_of(right) != Side::western) {
      fixes_.push_back(
          {l, apostrophe_, apostrophe_ + 1, "‘", "punctuation.apostrophe", 85, "one of a pair around Chinese text"});
      fixes_.push_back({l, i, i + 1, "’", "punctuation.apostrophe", 85, "one of a pair around Chinese text"});
      apostrophe_ = s.size();
    } else {
      const bool opens = is_han(right) && (is_cjk(left) || left == U'“' || left == '"' || i == 0);
      apostrophe_ = opens && scripts_.chinese() ? i : s.size();
    }
  }

  void full_stop(std::size_t l, std::size_t i) {
    const std::string_view s = line(l).text;
    if (i == 0 || s.substr(i + 1, 1) == ".") return;
    const bool bracket = s[i - 1] == ')' || s[i - 1] == '$' || s.substr(0, i).ends_with("）");
    if (!is_han(last_character(s.substr(0, i))) && !(bracket && before(l, i).side != Side::western)) return;
    const Near right = after(l, i + 1);
    ends_with_stop_ = right.side == Side::none;
    if (ends_with_stop_ || (right.side == Side::chinese && !right.stop))
      stops_.push_back({l, i, i + 1, "。", "punctuation.stop"});
  }

  void bibliography(std::size_t l, std::size_t i) {
    const std::string_view s = line(l).text;
    if (i + 2 < s.size() && is_capital(s[i + 1])) leave_ = leave_ || rules_.test("leave", s.substr(i, 8)) != nullptr;
  }

  // ---- pairs

  void open(std::size_t l, std::size_t i, bool wide) {
    if (open_.size() < deepest) open_.push_back({l, i, han_, wide, before(l, i)});
  }

  void close(std::size_t l, std::size_t i, bool wide) {
    if (open_.empty()) return;
    const Opening o = open_.back();
    open_.pop_back();
    if (o.wide && wide) return;
    const std::size_t width = wide ? 3 : 1;
    const bool empty = o.line == l && o.at + (o.wide ? 3 : 1) == i;
    if (o.line == l && !o.wide && !wide &&
        !numbers_parts(last_character(std::string_view(line(l).text).substr(0, o.at))) &&
        holds_number(line(l).text.substr(o.at + 1, i - o.at - 1)))
      return;
    const Near right = after(l, i + width);
    if (empty || !(is_chinese_pair(o, right) || (o.line == l && spells_out(o, i, right)))) return;
    const Because because{static_cast<std::uint8_t>(o.wide || wide ? 90 : 100),
                          o.wide || wide ? "its partner is full-width" : ""};
    const std::size_t first = fixes_.size();
    if (!o.wide) fix(o.line, o.at, o.at + 1, "（", "punctuation.bracket", because);
    if (!wide) fix(l, i, i + 1, "）", "punctuation.bracket", because);
    for (std::size_t k = first; k < fixes_.size(); ++k) fixes_[k].foreign = han_ == o.han && !o.wide && !wide;
  }

  // Whether a number in brackets behind it is that of a part of the sentence.
  static bool numbers_parts(char32_t before) {
    constexpr std::u32string_view stops = U":;,：；，、。";
    return stops.find(before) != stops.npos;
  }

  // (2.1), (0,1), (3): the number of a formula, an interval or a mark, which are set narrow. Behind a stop, (1) numbers
  // a part of the sentence.
  static bool holds_number(std::string_view s) {
    return s.find_first_not_of("0123456789.,+- ") == s.npos && s.find_first_of("0123456789") != s.npos;
  }

  bool is_chinese_pair(const Opening& o, const Near& right) const {
    const bool inside = han_ > o.han, before = o.left.side == Side::chinese, after = right.side == Side::chinese;
    if (!scripts_.chinese()) return before && inside && (after || right.side == Side::none);
    if (inside) return !is_call(o);
    return before || (o.left.side == Side::none && after);
  }

  // "DTP(Distributed Transaction Processing)模型": no blank stands where a Western bracket has one.
  bool spells_out(const Opening& o, std::size_t end, const Near& right) const {
    const std::string_view s = line(o.line).text;
    if (!scripts_.chinese() || right.side != Side::chinese || right.blank || right.line || o.wide) return false;
    std::size_t begin = o.at;
    while (begin > 0 && is_capital(s[begin - 1])) --begin;
    const std::string_view letters = s.substr(begin, o.at - begin);
    std::size_t n = 0;
    for (std::size_t i = o.at + 1; i < end; ++i) {
      if (!is_capital(s[i]) || is_alnum(s[i - 1])) continue;
      if (n == letters.size() || s[i] != letters[n]) return false;
      ++n;
    }
    return n >= 2 && n == letters.size();
  }

  // print("你好"): a name in lower case right before the bracket, and no sentence in it.
  bool is_call(const Opening& o) const {
    const std::string_view s = line(o.line).text;
    return o.left.side == Side::western && !o.left.blank && is_lower(o.left.c) &&
           s.substr(o.at + 1, 1).find_first_of("\"'") == 0;
  }

  // Whether extraction kept the full-width brackets of the book: at least as many as there are narrow ones behind Han.
  bool keeps_wide_brackets() {
    if (wide_brackets_ >= 0) return wide_brackets_ != 0;
    std::size_t wide = 0, narrow = 0;
    for (const Line& l : doc_.lines) {
      for (std::size_t i = l.text.find('('); i != l.text.npos; i = l.text.find('(', i + 1))
        narrow += i > 0 && is_han(last_character(trim(l.text.substr(0, i))));
      for (std::size_t i = l.text.find("（"); i != l.text.npos; i = l.text.find("（", i + 1)) ++wide;
    }
    wide_brackets_ = wide >= 4 && wide >= narrow;
    return wide_brackets_ != 0;
  }

  // Straight marks open and close in turn, and agree with the curly ones between them; else none is touched.
  void decide_quotes() {
    if (has_corners_ || !scripts_.chinese()) return;
    if (std::none_of(quotes_.begin(), quotes_.end(), [](const Quote& q) { return q.c == '"'; })) return;
    if (quotes_.size() % 2 != 0) return;
    for (std::size_t k = 0; k < quotes_.size(); ++k) {
      const Quote& q = quotes_[k];
      if (q.c == (k % 2 == 0 ? U'”' : U'“')) return;
      if (q.c == '"' && no_quotation(line(q.line).text, q.at)) return;
    }
    for (std::size_t k = 0; k < quotes_.size(); k += 2) decide_pair(quotes_[k], quotes_[k + 1]);
  }

  // 17" and print("…").
  static bool no_quotation(std::string_view s, std::size_t at) {
    if (at == 0) return false;
    const auto before = static_cast<unsigned char>(s[at - 1]);
    return is_digit(before) || before == '=' ||
           (before == '(' && at > 1 && is_ascii_letter(static_cast<unsigned char>(s[at - 2])));
  }

  void decide_pair(const Quote& a, const Quote& b) {
    if (a.han == b.han) return;  // foreign words keep the marks that they came with
    const bool both = a.c == '"' && b.c == '"';
    if (!both && b.han - a.han > longest_mixed) return;
    const std::uint8_t sure = both ? 100 : 90;
    if (a.c == '"') fixes_.push_back({a.line, a.at, a.at + 1, "“", "punctuation.quotation", sure, {}});
    if (b.c == '"') fixes_.push_back({b.line, b.at, b.at + 1, "”", "punctuation.quotation", sure, {}});
  }

  // Only a passage of sentences that has no other full stop, and ends with this one.
  void decide_stops() {
    if (stops_.empty() || !ends_with_stop_ || has_stops_ || !scripts_.chinese() || han_ < shortest_sentence) return;
    if (!has_comma_ && stops_.size() > 1) return;  // names and titles of a list of works, perhaps
    if (passage_.is("head") || passage_.is("entry")) return;
    for (const Fix& f : stops_)
      fix(f.line, f.begin, f.end, f.after, f.rule, {85, "the only form of full stop in a Chinese passage"});
  }

  void emit() {
    const auto earlier = [](const Fix& a, const Fix& b) {
      return a.line != b.line ? a.line < b.line : a.begin < b.begin;
    };
    if (!std::is_sorted(fixes_.begin(), fixes_.end(), earlier)) std::sort(fixes_.begin(), fixes_.end(), earlier);
    for (std::size_t k = 0; k < fixes_.size(); ++k) {
      Fix& f = fixes_[k];
      if (k > 0 && fixes_[k - 1].line == f.line) f.begin = std::max(f.begin, fixes_[k - 1].end);
      out_.edit(line(f.line), f.begin, f.end, f.after, f.rule, {f.sure, f.reason});
    }
  }

  const Document& doc_;
  const Rules& rules_;
  Proposal& out_;
  Passage passage_;
  Scripts scripts_;
  std::size_t index_ = 0;       // of the line that is scanned, in the passage
  std::size_t han_ = 0;         // Han characters of the passage so far
  int wide_brackets_ = -1;      // whether the book keeps them; -1 while not asked
  std::size_t apostrophe_ = 0;  // of the line: one that may open a quotation, or its size
  bool leave_ = false, has_stops_ = false, has_comma_ = false, has_wide_ = false, has_narrow_ = false,
       has_corners_ = false, ends_with_stop_ = false;
  std::vector<Fix> fixes_, stops_;
  std::vector<Opening> open_;
  std::vector<Quote> quotes_;
  std::vector<std::pair<std::size_t, std::size_t>> phrases_;  // of the line that is scanned
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  Widener widener(d, rules, out);
  each_passage(d, [&](const Passage& passage) { widener.read(passage); });
}

}  // namespace

extern const Stage stage_punctuation{.name = "punctuation",
                                     .summary = "Set the punctuation of Chinese sentences at full width",
                                     .needs = "letters",
                                     .provides = "punctuation",
                                     .rules = &embedded::rules_punctuation,
                                     .run = run};

}  // namespace emend
