// Repairs what extraction did to single letters: blanks within Chinese words, split abbreviations, ligatures, widths.
//
// Evidence first, and what is not certain stays. A blank between two Han characters goes where a title is spaced out,
// or where a running sentence has one by accident; it stays where it sets things apart: labels, names in a row,
// columns, the halves of a verse.
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/passage.h"
#include "pipeline/text/script.h"
#include "pipeline/text/vocabulary.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_letters;
}

namespace {

constexpr std::size_t running_han = 16;    // a passage with fewer has too little to show that it is running text
constexpr std::size_t longest_label = 18;  // bytes before the first blank of a passage that may be a label
constexpr std::size_t longest_acronym = 6;
constexpr std::size_t longest_torn = 64;  // bytes of half a word

constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_alnum(char c) {
  return is_digit(static_cast<unsigned char>(c)) || is_ascii_letter(static_cast<unsigned char>(c));
}
constexpr bool is_stop(char32_t c) {
  return std::u32string_view(U"，。；：！？、").find(c) != std::u32string_view::npos;
}
constexpr bool closes(char32_t c) {
  return std::u32string_view(U"）》」』】〕〉").find(c) != std::u32string_view::npos;
}
constexpr bool opens(char32_t c) { return std::u32string_view(U"（《「『【〔〈").find(c) != std::u32string_view::npos; }
constexpr bool is_wide_alnum(char32_t c) {
  return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

constexpr std::array<bool, 256> looked_at = [] {
  std::array<bool, 256> a{};
  for (const char c : std::string_view(" \t\xC2\xE3\xEF")) a[static_cast<unsigned char>(c)] = true;
  return a;
}();

/// A stretch of Han characters without a blank, within a stretch that only blanks divide.
struct Token {
  std::size_t begin, end, characters;
};

/// A capital, a blank and capitals: possibly one abbreviation.
struct Split {
  std::size_t line, begin, end;
  std::string joined;
  bool bracketed = false;  // alone in brackets behind a Chinese word
};

/// A hyphen and a blank within a line, and the word that they may cut.
struct Torn {
  std::size_t line, hyphen;
  CutWord word;
};

// What the whole book says of its letters; read once, when first asked.
class Habits {
 public:
  explicit Habits(const Document& d) : doc_(d) {}

  // Whether the few full-width letters and digits among ASCII ones are accidents.
  bool narrow_alnum() {
    if (!counted_) count();
    return narrow_ >= 20 && wide_ * 20 <= narrow_;
  }

  // How often each of `words` stands alone in the book.
  void count_words(std::unordered_map<std::string_view, std::size_t>& words) const {
    for (const Line& line : doc_.lines) {
      const std::string_view s = line.text;
      for (std::size_t i = 0; i < s.size(); ++i) {
        if (!is_capital(s[i])) continue;
        std::size_t end = i + 1;
        while (end < s.size() && is_capital(s[end])) ++end;
        const bool alone = (i == 0 || !is_alnum(s[i - 1])) && (end == s.size() || !is_alnum(s[end]));
        if (alone && end - i > 1)
          if (const auto found = words.find(s.substr(i, end - i)); found != words.end()) ++found->second;
        i = end;
      }
    }
  }

 private:
  void count() {
    counted_ = true;
    for (const Line& line : doc_.lines) {
      const std::string_view s = line.text;
      for (std::size_t i = 0; i < s.size(); ++i) {
        if (is_digit(static_cast<unsigned char>(s[i])))
          ++narrow_;
        else if (static_cast<unsigned char>(s[i]) == 0xEF) {
          std::size_t next = i;
          wide_ += is_wide_alnum(next_character(s, next));
        }
      }
    }
  }
  const Document& doc_;
  bool counted_ = false;
  std::size_t narrow_ = 0, wide_ = 0;
};

class Repairer {
 public:
  Repairer(const Document& d, const Rules& rules, Proposal& out) : doc_(d), rules_(rules), out_(out), habits_(d) {}

  void read(const Passage& passage) {
    if (passage.is("fw")) return;
    passage_ = passage;
    scripts_ = {};
    const bool ascii = std::all_of(passage.lines.begin(), passage.lines.end(),
                                   [&](std::uint32_t l) { return is_ascii(line(l).text); });
    if (!ascii)
      for (const std::uint32_t l : passage.lines) scripts_ += count_scripts(line(l).text);
    title_ = passage.is("head") || passage.is("entry");
    for (const std::uint32_t l : passage.lines) {
      if (ascii)
        read_ascii(l);
      else
        read_line(l);
    }
  }

  // Split abbreviations need the evidence of the whole book, and come last.
  void finish() {
    join_abbreviations();
    join_torn();
  }

 private:
  const Line& line(std::size_t l) const { return doc_.lines[l]; }

  // Edits outside phrases; what a stage has named is no longer a matter of letters.
  void repair(std::size_t l, std::size_t begin, std::size_t end, std::string_view after, std::string_view rule,
              Because because = {}) {
    if (phrased_ != &line(l)) phrases_in(doc_, line(l), phrases_), phrased_ = &line(l);
    const auto p =
        std::lower_bound(phrases_.begin(), phrases_.end(), begin, [](auto& x, std::size_t b) { return x.second <= b; });
    if (p == phrases_.end() || p->first >= end) out_.edit(line(l), begin, end, after, rule, because);
  }

  void read_ascii(std::size_t l) {
    const std::string_view s = line(l).text;
    if (passage_.is("entry")) entry_tab(l);
    note_torn(l);
    for (std::size_t i = s.find('('); i != s.npos; i = s.find('(', i + 1))
      if (i + 3 < s.size() && is_capital(s[i + 1]) && s[i + 2] == ' ') note_split(l, i + 2);
  }

  void read_line(std::size_t l) {
    const std::string_view s = line(l).text;
    if (passage_.is("entry")) entry_tab(l);
    note_torn(l);
    spacing_ = may_space(s);
    std::size_t segment = s.size();  // where the segment of Han and blanks ends that was judged already
    bool judged = false;
    for (std::size_t i = 0; i < s.size();) {
      if (!looked_at[static_cast<unsigned char>(s[i])]) {
        ++i;
        continue;
      }
      std::size_t next = i;
      const char32_t c = next_character(s, next);
      if (is_blank(c)) {
        std::size_t end = next;
        while (end < s.size() && is_blank(first_character(s.substr(end)))) next_character(s, end);
        if (i > 0 && end < s.size()) {
          const char32_t left = last_character(s.substr(0, i)), right = first_character(s.substr(end));
          if (is_han(left) && is_han(right)) {
            if (!judged || i >= segment) segment = judge_segment(l, i), judged = true;
          } else if (is_capital(s[i - 1]) && is_capital(s[end]) && end - i == 1) {
            note_split(l, i);
          } else {
            beside_punctuation(l, i, end, left, right);
          }
        }
        i = end;
      } else {
        if (c >= 0xFB00 && c <= 0xFB06) ligature(l, i, next, c);
        if (is_wide_alnum(c)) next = wide_run(l, i);
        i = next;
      }
    }
  }

  // ---- blanks

  // Columns are set apart by blanks that must stay.
  static bool may_space(std::string_view s) {
    s = trim(s);
    return s.find('\t') == s.npos && s.find("   ") == s.npos;
  }

  bool running() const {
    return scripts_.chinese() && scripts_.han >= running_han && !title_ && !passage_.is("keywords") &&
           !passage_.is("titlePage") && !passage_.is("l") && !passage_.is("row") && !passage_.is("cell") &&
           has_sentence();
  }

  // A mark that only sentences have, anywhere in the passage.
  bool has_sentence() const {
    for (const std::uint32_t l : passage_.lines)
      for (const std::string_view mark : {"，", "。", "；", ",", ";"})
        if (doc_.lines[l].text.find(mark) != std::string_view::npos) return true;
    return false;
  }

  // The characters around the blank at `at` that only blanks divide; gives where they end. Decides all its blanks.
  std::size_t judge_segment(std::size_t l, std::size_t at) {
    const std::string_view s = line(l).text;
    std::size_t begin = at;
    while (begin > 0) {
      const std::size_t before = character_before(s, begin);
      if (!is_han(first_character(s.substr(before)))) break;
      begin = before;
    }
    tokens_.clear();
    std::size_t end = begin;
    bool single_blanks = true;
    for (std::size_t i = begin; i < s.size();) {
      Token token{i, i, 0};
      while (token.end < s.size() && is_han(first_character(s.substr(token.end)))) {
        next_character(s, token.end);
        ++token.characters;
      }
      if (token.characters == 0) break;
      tokens_.push_back(token);
      end = i = token.end;
      while (i < s.size() && is_blank(first_character(s.substr(i)))) next_character(s, i);
      if (i > end + 1 && i < s.size() && is_han(first_character(s.substr(i)))) single_blanks = false;
    }
    if (tokens_.size() > 1) judge(l, begin, end, single_blanks);
    return end;
  }

  void judge(std::size_t l, std::size_t begin, std::size_t end, bool single_blanks) {
    const std::string_view s = line(l).text;
    if (join_title(l, begin, end)) return;
    if (!spacing_ || !single_blanks || !(is_running() || passage_.is("note"))) return;
    if (is_spaced_out()) return join_tokens(0, tokens_.size(), l, {95, "the letters of the passage are spaced out"});
    if (!is_running()) return;
    if (tokens_.size() > 2) {
      const auto singles =
          std::count_if(tokens_.begin(), tokens_.end(), [](const Token& t) { return t.characters == 1; });
      if (static_cast<std::size_t>(singles) * 3 >= tokens_.size() * 2)
        join_tokens(0, tokens_.size(), l, {95, "the letters of the line are spaced out"});
      return;  // else names or things in a row, perhaps
    }
    const Token &a = tokens_[0], &b = tokens_[1];
    const bool opens_passage = begin == trim_begin(s) && l == passage_.lines.front();
    if (opens_passage && a.end - a.begin <= longest_label) return;
    if (a.characters == b.characters && a.characters >= 4) return;  // the halves of a verse
    join_tokens(0, 2, l, {85, "one blank within a Chinese sentence"});
  }

  // What is asked at most once a passage.
  void ask() {
    if (asked_ == passage_.lines.front()) return;
    asked_ = passage_.lines.front();
    running_ = running();
    spaced_out_ = spaced_out();
  }
  bool is_running() { return ask(), running_; }
  bool is_spaced_out() { return ask(), spaced_out_; }

  // Most Han characters of the passage stand alone, as justified setting with the letters far apart is extracted.
  bool spaced_out() const {
    std::size_t apart = 0, together = 0;
    for (const std::uint32_t l : passage_.lines) {
      const std::string_view s = line(l).text;
      for (std::size_t i = s.find(' '); i != s.npos; i = s.find(' ', i + 1))
        apart += i > 0 && is_han(last_character(s.substr(0, i))) && is_han(first_character(s.substr(i + 1)));
      char32_t before = ' ';
      for (std::size_t i = 0; i < s.size();) {
        const char32_t c = next_character(s, i);
        together += is_han(before) && is_han(c);
        before = c;
      }
    }
    return apart >= 3 && apart > 2 * together;
  }

  static std::size_t trim_begin(std::string_view s) { return static_cast<std::size_t>(trim(s).data() - s.data()); }

  std::string_view text_of(std::size_t l, const Token& t) const {
    return line(l).text.substr(t.begin, t.end - t.begin);
  }

  // Titles that are spaced out: 摘 要. In heads any word of single letters, elsewhere those that are known, alone in a
  // line.
  bool join_title(std::size_t l, std::size_t begin, std::size_t end) {
    const std::string_view s = line(l).text;
    const bool starts = begin == trim_begin(s);
    std::size_t first = 0;
    while (first < tokens_.size() &&
           (tokens_[first].characters > 1 || rules_.test("label", text_of(l, tokens_[first])) != nullptr))
      ++first;
    if (tokens_.size() < first + 2) return false;
    std::string word;
    for (std::size_t k = first; k < tokens_.size(); ++k) {
      if (tokens_[k].characters > 1) return false;
      word.append(text_of(l, tokens_[k]));
    }
    const bool known = rules_.test("spaced", word) != nullptr, alone = starts && trim(s.substr(end)).empty();
    if (!title_ && !(known && alone)) return false;
    join_tokens(first, tokens_.size(), l,
                {static_cast<std::uint8_t>(known ? 100 : 90), "a title whose letters are spaced out"});
    return true;
  }

  void join_tokens(std::size_t from, std::size_t to, std::size_t l, Because because) {
    for (std::size_t k = from + 1; k < to; ++k)
      repair(l, tokens_[k - 1].end, tokens_[k].begin, "", "letters.blank", because);
  }

  // Full-width marks bring their own white space.
  void beside_punctuation(std::size_t l, std::size_t begin, std::size_t end, char32_t left, char32_t right) {
    if (!spacing_ || end - begin > 2 || line(l).text[begin] != ' ' || title_ || !scripts_.chinese() ||
        passage_.is("keywords"))
      return;
    const auto text = [](char32_t c) { return is_cjk(c) || is_shared_punctuation(c) || is_letter(c) || is_digit(c); };
    const auto chinese = [](char32_t c) { return is_han(c) || is_wide_punctuation(c) || is_shared_punctuation(c); };
    const bool label = begin <= longest_label && (left == U'、' || left == U'：') && l == passage_.lines.front();
    if ((is_stop(left) && is_stop(right)) || trim(line(l).text.substr(0, begin)).size() <= 3)
      return;  // no stops of a sentence
    const bool goes = (is_stop(right) && text(left)) || (is_stop(left) && text(right) && !label) ||
                      (closes(right) && chinese(left)) || (opens(left) && chinese(right)) ||
                      (opens(right) && is_han(left)) || (closes(left) && is_han(right));
    if (goes && !is_enclosed_number(left) && !is_enclosed_number(right))
      repair(l, begin, end, "", "letters.blank-beside", {95, "a full-width mark brings its own white space"});
  }

  // "5.1<tab>Words" of a contents list.
  void entry_tab(std::size_t l) {
    const std::string_view s = line(l).text;
    const std::size_t tab = s.find('\t', trim_begin(s));
    if (tab == s.npos || tab == trim_begin(s)) return;
    std::size_t words = s.find_first_not_of(" \t", tab);
    if (words == s.npos || read_whole_number(trim(s.substr(words)))) return;
    const std::string_view number = trim(s.substr(0, tab));
    const bool label =
        number.find_first_not_of("0123456789.") == number.npos || rules_.test("label", number) != nullptr;
    if (label) repair(l, number.size() + trim_begin(s), words, " ", "letters.entry-tab");
  }

  // ---- letters

  void ligature(std::size_t l, std::size_t begin, std::size_t end, char32_t c) {
    const std::string_view s = line(l).text;
    constexpr std::array<std::string_view, 7> parts{"ff", "fi", "fl", "ffi", "ffl", "ſt", "st"};
    const bool in_word =
        (begin > 0 && is_letter(last_character(s.substr(0, begin)))) || is_letter(first_character(s.substr(end)));
    if (in_word) repair(l, begin, end, parts[c - 0xFB00], "letters.ligature");
  }

  // ２０１９年 in a book that writes 2019年. Gives the end of the run.
  std::size_t wide_run(std::size_t l, std::size_t begin) {
    const std::string_view s = line(l).text;
    std::size_t end = begin;
    std::string narrow;
    for (std::size_t i = begin; i < s.size(); end = i) {
      const char32_t c = next_character(s, i);
      if (!is_wide_alnum(c)) break;
      narrow += static_cast<char>(c - 0xFEE0);
    }
    const bool beside =
        (begin > 0 && is_han(last_character(s.substr(0, begin)))) || is_han(first_character(s.substr(end)));
    if (beside && scripts_.chinese() && habits_.narrow_alnum())
      repair(l, begin, end, narrow, "letters.wide-letter",
             {85, "elsewhere the book sets letters and numbers of this kind narrow"});
    return end;
  }

  // ---- words

  // "power- ful": where line ends became blanks, a hyphen may be left of one.
  void note_torn(std::size_t l) {
    const std::string_view s = line(l).text;
    for (std::size_t i = s.find("- "); i != s.npos; i = s.find("- ", i + 1)) {
      if (i == 0 || i + 2 >= s.size() || !is_letter(last_character(s.substr(0, i))) ||
          !is_lower(first_character(s.substr(i + 2))))
        continue;
      const std::size_t from = i > longest_torn ? i - longest_torn : 0;
      torn_.push_back({l, i, {last_word_of(s.substr(from, i - from)), first_word_of(s.substr(i + 2, longest_torn))}});
    }
  }

  void join_torn() {
    if (torn_.empty()) return;
    Vocabulary vocabulary;
    for (const Torn& t : torn_) vocabulary.ask(t.word);
    vocabulary.read(doc_);
    for (const Torn& t : torn_) {
      const Vocabulary::Verdict verdict = vocabulary.judge(t.word, false);
      if (verdict.known && !verdict.keep)
        repair(t.line, t.hyphen, t.hyphen + 2, "", "letters.cut-word", {90, "the book has the word whole elsewhere"});
    }
  }

  // ---- abbreviations

  // Notes "W TFO" with its blank at `blank`, or "C N K I" with its first one there.
  void note_split(std::size_t l, std::size_t blank) {
    const std::string_view s = line(l).text;
    Split split{l, blank - 1, blank + 1, std::string(1, s[blank - 1])};
    if (blank >= 2 &&
        (is_alnum(s[blank - 2]) || std::string_view(" .-'&/").find(s[blank - 2]) != std::string_view::npos))
      return;
    bool spelled = false;  // letter by letter
    for (std::size_t i = blank; i < s.size() && s[i] == ' ' && i + 1 < s.size() && is_capital(s[i + 1]);) {
      std::size_t end = i + 1;
      while (end < s.size() && is_capital(s[end])) ++end;
      if (end < s.size() && is_alnum(s[end])) return;
      if (i > blank && (!spelled || end - i != 2)) return;
      spelled = end - i == 2;
      split.joined.append(s.substr(i + 1, end - i - 1));
      split.end = i = end;
    }
    if (split.joined.size() < 3 || split.joined.size() > longest_acronym) return;
    const std::string_view rest = s.substr(split.end);
    if (rest.starts_with(".") || rest.starts_with(" ") || rest.starts_with("-") || rest.starts_with("&")) return;
    const std::string_view before = s.substr(0, split.begin);
    const bool opened = before.ends_with("(") || before.ends_with("（"),
               closed = rest.starts_with(")") || rest.starts_with("）");
    const char32_t name =
        !opened ? U' ' : last_character(trim(before.substr(0, character_before(before, before.size()))));
    split.bracketed = opened && closed && (is_han(name) || name == U'》' || name == U'”');
    if (!(opened && closed) && !is_cjk(last_character(before)) && !before.empty()) return;
    if (!is_plausible(split.joined)) return;
    splits_.push_back(std::move(split));
  }

  // Not a numeral, not a row of letters, not an article before a word.
  static bool is_plausible(std::string_view joined) {
    if (joined.find_first_not_of("IVXLCDM") == joined.npos) return false;
    bool row = true;
    for (std::size_t i = 1; i < joined.size(); ++i) row = row && joined[i] == joined[i - 1] + 1;
    return !row && joined != "XYZ";
  }

  void join_abbreviations() {
    if (splits_.empty()) return;
    std::unordered_map<std::string_view, std::size_t> words, split, bracketed;
    for (const Split& s : splits_) {
      const std::string_view whole = s.joined, tail = whole.substr(1);
      words.emplace(whole, 0);
      words.emplace(tail, 0);
      split[tail] += s.end - s.begin == whole.size() + 1;
      bracketed[whole] += s.bracketed;
    }
    habits_.count_words(words);
    for (const Split& s : splits_) {
      const std::string_view whole = s.joined, tail = whole.substr(1);
      const std::size_t elsewhere = words[tail] - std::min(words[tail], split[tail]);  // the tail as a word of its own
      if (words[whole] > elsewhere)
        join_split(s, {95, "the book has it whole elsewhere"});
      else if (elsewhere == 0 && bracketed[whole] > 0 && whole[0] != 'A' && whole[0] != 'I')
        join_split(s, {85, "an abbreviation in brackets behind its Chinese name, split by a blank"});
    }
  }

  void join_split(const Split& s, Because because) {
    const std::string_view text = line(s.line).text;
    for (std::size_t i = s.begin; i < s.end; ++i)
      if (text[i] == ' ') repair(s.line, i, i + 1, "", "letters.split-abbreviation", because);
  }

  const Document& doc_;
  const Rules& rules_;
  Proposal& out_;
  Habits habits_;
  Passage passage_;
  Scripts scripts_;
  bool title_ = false, spacing_ = false, running_ = false, spaced_out_ = false;
  std::uint32_t asked_ = 0xFFFFFFFF;
  const Line* phrased_ = nullptr;  // the line that `phrases_` are of
  std::vector<std::pair<std::size_t, std::size_t>> phrases_;
  std::vector<Token> tokens_;
  std::vector<Split> splits_;
  std::vector<Torn> torn_;
};

void run(const Document& d, const Rules& rules, Proposal& out) {
  Repairer repairer(d, rules, out);
  each_passage(d, [&](const Passage& passage) { repairer.read(passage); });
  repairer.finish();
}

}  // namespace

extern const Stage stage_letters{.name = "letters",
                                 .summary = "Repair blanks within Chinese words, split abbreviations, ligatures",
                                 .needs = "characters notes paragraphs",
                                 .provides = "letters",
                                 .rules = &embedded::rules_letters,
                                 .run = run};

}  // namespace emend
