// Seams between lines: what the last character of one and the first of the next say, and where a hyphen cuts a word,
// the book's own vocabulary.
#include "stages/65-paragraphs/line_joins.h"

#include <algorithm>
#include <string>

#include "pipeline/text/script.h"
#include "pipeline/text/vocabulary.h"
#include "stages/65-paragraphs/page_lines.h"
#include "weights/paragraphs.h"

namespace emend {

namespace {

constexpr std::size_t enough_gaps = 2000;  // between scripts, to know how the book sets them

struct Seam {
  // cap: a first letter that was printed large; halves: two words, or a word that was cut without a hyphen
  enum Kind { space, word, number, cap, halves } kind = space;
  std::size_t hyphen = 0;  // where in the line's trimmed text
  CutWord cut;
};

// Whether the book sets a blank between Han and Latin.
bool spaces_scripts(const Document& d) {
  std::size_t spaced = 0, tight = 0;
  const auto high = [](char c) {
    return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9;
  };
  for (const Line& line : d.lines) {
    if (line.block >= 0) continue;
    const std::string_view t = line.text;
    for (std::size_t i = 0; i + 2 < t.size(); ++i) {
      if (!is_ascii_letter(static_cast<unsigned char>(t[i]))) continue;
      tight += high(t[i + 1]);
      spaced += t[i + 1] == ' ' && high(t[i + 2]);
    }
    if (spaced + tight > enough_gaps) break;
  }
  return spaced > tight;
}

class Joiner {
 public:
  Joiner(const Document& d, const Rules& rules, Proposal& out)
      : d_(d), rules_(rules), out_(out), spaced_scripts_(spaces_scripts(d)) {}

  void join(LinePairs pairs) {
    std::sort(pairs.begin(), pairs.end());
    Vocabulary vocabulary;
    std::vector<Seam> seams;
    std::size_t hyphens = 0;
    for (const auto& [before, here] : pairs) {
      seams.push_back(seam(before, here));
      hyphens += seams.back().kind == Seam::word;
    }
    const bool kept = hyphens * paragraphs::hyphens_kept > pairs.size();
    for (Seam& s : seams) {
      if (kept && s.kind == Seam::halves) s.kind = Seam::space;
      if (s.kind == Seam::word || s.kind == Seam::halves || s.kind == Seam::cap) vocabulary.ask(s.cut);
    }
    vocabulary.read(d_);
    const auto lost = std::count_if(seams.begin(), seams.end(), [&](const Seam& s) {
      return s.kind == Seam::halves && vocabulary.lost_hyphen(s.cut, false);
    });
    const bool habit = static_cast<std::size_t>(lost) >= paragraphs::lost_are_a_habit;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto& [before, here] = pairs[i];
      for (std::size_t between = before + 1; between < here; ++between)
        if (is_label_alone(d_, d_.lines[between])) out_.join(d_.lines[between], "", "join.label");
      const char32_t last = last_character(line_text(before)), first = first_character(line_text(here));
      if (seams[i].kind == Seam::word)
        join_word(before, here, seams[i], vocabulary);
      else if (seams[i].kind == Seam::number)
        out_.join(d_.lines[here], "", "join.hyphen-kept");
      else if (seams[i].kind == Seam::cap)
        join_cap(here, seams[i], vocabulary);
      else if (seams[i].kind == Seam::halves && vocabulary.lost_hyphen(seams[i].cut, habit))
        out_.join(d_.lines[here], "", "join.cut-word", {85, "the book has the word whole, and the halves nowhere"});
      else if (is_lone_bullet(before))
        out_.join(d_.lines[here], " ", "join.bullet");
      else if (sets_no_space(last, first))
        out_.join(d_.lines[here], "", "join.no-space");
    }
  }

 private:
  std::string_view line_text(std::size_t i) const { return trim(d_.lines[i].text); }

  Seam seam(std::size_t before, std::size_t here) const {
    const std::string_view b = line_text(before), h = line_text(here);
    Seam s;
    if (is_drop_cap(b, h)) {
      s.kind = Seam::cap;
      s.cut = {b, first_word_of(h)};
    }
    if (b.size() < 3 || h.empty()) return s;
    if (is_ascii_letter(static_cast<unsigned char>(b.back())) && is_lower(first_character(h))) {
      s.cut = {last_word_of(b), first_word_of(h)};
      const bool long_enough = s.cut.first.size() > 1 && s.cut.second.size() > 1 &&
                               s.cut.first.size() + s.cut.second.size() >= paragraphs::shortest_cut;
      if (long_enough && is_lower(first_character(s.cut.first.substr(1)))) s.kind = Seam::halves;
    }
    s.hyphen = character_before(b, b.size());
    if (!is_hyphen(first_character(b.substr(s.hyphen)))) return s;
    const std::string_view stem = b.substr(0, s.hyphen);
    const char32_t last = last_character(stem), first = first_character(h);
    if (is_digit(last) && is_digit(first)) s.kind = Seam::number;
    if (is_letter(last) && is_letter(first)) {
      s.kind = Seam::word;
      s.cut = {last_word_of(stem), first_word_of(h)};
    }
    return s;
  }

  bool is_lone_bullet(std::size_t line) const {
    const std::string_view text = line_text(line);
    return !text.empty() && text.size() <= 4 && character_before(text, text.size()) == 0 &&
           rules_.test("marker", std::string(text) + " x") != nullptr;
  }

  void join_word(std::size_t before, std::size_t here, const Seam& seam, const Vocabulary& vocabulary) {
    const std::string_view text = line_text(before);
    const bool soft = text[seam.hyphen] != '-' && first_character(text.substr(seam.hyphen)) != 0x2010;
    if (prints_hyphen(before)) {
      out_.join(d_.lines[here], "", "join.hyphen-kept", {95, "a printed hyphen before the one of the line end"});
      return;
    }
    if (is_suspended(seam.cut) && !vocabulary.whole(seam.cut)) {
      out_.join(d_.lines[here], " ", "join.hyphen-suspended", {95, "the hyphen stands for a word that is left out"});
      return;
    }
    const bool capital = is_upper(first_character(line_text(here)));
    Vocabulary::Verdict verdict = vocabulary.judge(seam.cut, capital);
    if (soft) verdict = {false, true};
    if (!soft && !verdict.known && is_compound(seam.cut)) verdict = {true, true};
    const std::uint8_t sure = verdict.known ? 95 : 82;
    out_.join(d_.lines[here], "", verdict.keep ? "join.hyphen-kept" : "join.hyphen", {sure, {}});
    if (verdict.keep) return;
    const Line& l = d_.lines[before];
    const auto at = static_cast<std::size_t>(text.data() - l.text.data());
    out_.edit(l, at + seam.hyphen, at + text.size(), "", "join.hyphen",
              {sure, verdict.known && !soft ? "the book has the word without a hyphen elsewhere"
                                            : "a word cut at the line end"});
  }

  // T / his morning: one word. A / boy went: two, since the book has "boy" elsewhere.
  void join_cap(std::size_t here, const Seam& seam, const Vocabulary& vocabulary) {
    const bool word = std::string_view("AIO").find(seam.cut.first) != std::string_view::npos;
    const bool apart = word && vocabulary.within_lines(seam.cut.second) && !vocabulary.whole(seam.cut);
    out_.join(d_.lines[here], apart ? " " : "", "join.drop-cap", {90, "a first letter that was printed large"});
  }

  // Whether the source has a hyphen and a soft hyphen at the line's end.
  bool prints_hyphen(std::size_t line) const {
    const std::string_view source = trim(d_.slice(d_.lines[line].at));
    return source.ends_with("-\xC2\xAD") || source.ends_with("\xE2\x80\x90\xC2\xAD");
  }

  // Vorder- / und Rückseite.
  bool is_suspended(const CutWord& word) const { return rules_.test("suspended", word.second) != nullptr; }

  // Words that a language writes with a hyphen, whatever the book has of them elsewhere.
  bool is_compound(const CutWord& word) const {
    std::string whole;
    ((whole += word.first) += '-') += word.second;
    return rules_.test("hyphen", whole) != nullptr;
  }

  bool sets_no_space(char32_t a, char32_t b) const {
    constexpr std::u32string_view quotes = U"“”‘’";
    const bool cjk_a = is_cjk(a), cjk_b = is_cjk(b);
    if (cjk_a && cjk_b) return true;
    const auto shared = [&](char32_t c) {
      return is_shared_punctuation(c) || is_enclosed_number(c) || quotes.find(c) != quotes.npos;
    };
    if ((cjk_a && shared(b)) || (shared(a) && cjk_b)) return true;
    if ((cjk_a && !cjk_b && is_wide_punctuation(a)) || (cjk_b && is_wide_punctuation(b))) return true;
    return (is_han(a) || is_han(b)) && !spaced_scripts_ && !is_blank(a) && !is_blank(b);
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  bool spaced_scripts_;
};

}  // namespace

bool is_drop_cap(std::string_view letter, std::string_view rest) {
  if (letter.size() != 1 || letter[0] < 'A' || letter[0] > 'Z') return false;
  const std::string_view word = first_word_of(rest);
  if (word.size() == rest.size() || word.empty()) return false;
  // A over ABASEMENT is the letter of a dictionary.
  if ((word[0] | 0x20) == (letter[0] | 0x20)) return false;
  if (is_lower(first_character(word))) return true;
  const bool capitals =
      word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return capitals && std::any_of(rest.begin(), rest.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0xAD || c == 0xAC || c == 0x2E17; }

void join_lines(const Document& d, const Rules& rules, LinePairs pairs, Proposal& out) {
  Joiner(d, rules, out).join(std::move(pairs));
}

}  // namespace emend
