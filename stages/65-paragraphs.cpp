// Makes paragraphs of lines: across line ends, columns, notes and pages; and says how lines are joined.
//
// Two kinds of text come in. Transcripts have a line for a paragraph, and a line that breaks off was cut by a page.
// Extracted pages have short lines; there a paragraph begins at a blank line, at an indented line where the book indents,
// or behind a line that could have held the next word and did not.
#include <algorithm>
#include <unordered_map>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_paragraphs;
}

namespace {

constexpr std::size_t title_lines = 12, title_columns = 80;

// What the book's lines look like as a whole.
struct Setting {
  bool one_line_a_paragraph = false;
  bool indents = false;      // paragraphs begin with an indented line
  std::size_t width = 0;     // of a full line, in columns
  bool spaced_scripts = false;  // a blank between Han and Latin
};

std::string_view first_word(std::string_view s) { return s.substr(0, s.find_first_of(" \t")); }

// ---- vocabulary of the book, asked only for the words that hyphens at line ends cut

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// The word (letters, and hyphens within) that ends `s`, or begins it.
std::string_view last_word_of(std::string_view s) {
  std::size_t begin = s.size();
  while (begin > 0) {
    const std::size_t at = character_before(s, begin);
    const char32_t c = first_character(s.substr(at));
    if (!is_letter(c) && c != '-') break;
    begin = at;
  }
  return s.substr(begin);
}
std::string_view first_word_of(std::string_view s) {
  std::size_t end = 0;
  while (end < s.size()) {
    std::size_t next = end;
    const char32_t c = next_character(s, next);
    if (!is_letter(c) && c != '-') break;
    end = next;
  }
  return s.substr(0, end);
}

class Vocabulary {
 public:
  void ask(const std::string& word) { counts_.emplace(word, 0); }
  int count(const std::string& word) const {
    const auto found = counts_.find(word);
    return found == counts_.end() ? 0 : found->second;
  }
  void read(const Document& d) {
    if (counts_.empty()) return;
    for (const Line& line : d.lines) {
      const std::string_view text = line.text;
      for (std::size_t i = 0; i < text.size();) {
        const std::string_view word = first_word_of(text.substr(i));
        if (word.empty()) {
          next_character(text, i);
          continue;
        }
        if (i + word.size() < text.size() || !word.ends_with('-'))
          if (const auto found = counts_.find(lower(word)); found != counts_.end()) ++found->second;
        i += word.size();
      }
    }
  }

 private:
  std::unordered_map<std::string, int> counts_;
};

class Builder {
 public:
  Builder(const Document& d, const Rules& rules, Proposal& out) : d_(d), rules_(rules), out_(out) {
    for (std::size_t i = 0; i < d.lines.size(); ++i)
      if (!trim(d.lines[i].text).empty() && d.lines[i].block < 0) body_.push_back(i);
    read_setting();
  }

  void run() {
    std::size_t k = name_title_page();
    while (k < body_.size()) {
      const std::size_t end = marker(k) ? name_list(k) : name_paragraph(k);
      k = end;
    }
    for (const Node& node : d_.blocks)
      if (node.name == "head" || node.name == "note" || node.name == "entry") gather_lines(node);
    for (const Link& link : d_.links)
      if (link.name == "continues") joins_.emplace_back(d_.line_at(link.at.end), d_.line_at(link.to.begin));
    join();
  }

 private:
  std::string_view text(std::size_t k) const { return trim(d_.lines[body_[k]].text); }
  const Line& line(std::size_t k) const { return d_.lines[body_[k]]; }

  // ---- the setting

  void read_setting() {
    std::vector<std::size_t> widths;
    std::size_t longer = 0, indented = 0, spaced = 0, tight = 0;
    for (const std::size_t i : body_) {
      const std::string_view t = d_.lines[i].text;
      widths.push_back(columns(trim(t)) + indent(t));
      longer += widths.back() > 120;
      const std::size_t in = indent(t);
      indented += in >= 2 && in <= 8;
      count_script_gaps(t, spaced, tight);
    }
    if (widths.empty()) return;
    setting_.one_line_a_paragraph = longer * 8 > body_.size();
    setting_.indents = indented * 25 > body_.size() && indented * 2 < body_.size();
    setting_.spaced_scripts = spaced > tight;
    const auto full = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() * 9 / 10);
    std::nth_element(widths.begin(), full, widths.end());
    setting_.width = *full;
  }

  static void count_script_gaps(std::string_view t, std::size_t& spaced, std::size_t& tight) {
    for (std::size_t i = 0; i + 3 < t.size(); ++i) {
      const auto high = [&](std::size_t k) { return static_cast<unsigned char>(t[k]) >= 0xE4 && static_cast<unsigned char>(t[k]) <= 0xE9; };
      if (is_ascii_letter(static_cast<unsigned char>(t[i])) && high(i + 1)) ++tight;
      if (is_ascii_letter(static_cast<unsigned char>(t[i])) && t[i + 1] == ' ' && high(i + 2)) ++spaced;
    }
  }

  // ---- what belongs together

  // Whether nothing but furniture, notes and blank lines stands between two body lines.
  bool open_between(std::size_t k) const {
    for (std::size_t i = body_[k - 1] + 1; i < body_[k]; ++i) {
      const Node* block = d_.block_of(d_.lines[i]);
      if (block != nullptr && block->name != "fw" && block->name != "note") return false;
    }
    return true;
  }

  bool marker(std::size_t k) const { return rules_.test("marker", text(k)) != nullptr; }
  bool special(std::size_t k) const { return marker(k) || rules_.test("keywords", text(k)) != nullptr; }

  // Whether body line k goes on with the paragraph of the line before.
  bool continues(std::size_t k) const {
    if (!open_between(k) || special(k)) return false;
    const bool turned = line(k).page != line(k - 1).page;
    const bool gap = body_[k] - body_[k - 1] > 1;
    if (setting_.one_line_a_paragraph) return turned && goes_on(k);
    if (turned) return goes_on_next_page(k);
    if (gap) return false;
    if (setting_.indents) return indent(line(k).text) < indent(line(k - 1).text) + 2 || ragged(k);
    return !ended(k);
  }

  // In an indented book, deeper lines that follow each other are a quotation or a list, not paragraphs of one line.
  bool ragged(std::size_t) const { return false; }

  bool goes_on(std::size_t k) const {
    const std::string_view before = text(k - 1), here = text(k);
    if (ends_sentence(before) || rules_.test("keywords", before) != nullptr) return false;
    if (before.ends_with('-')) return true;
    const char32_t last = last_character(before);
    constexpr std::u32string_view inner = U"，、,（(“‘《—";
    if (inner.find(last) != inner.npos) return true;
    return columns(before) >= 24 && (continues_sentence(here) || columns(before) >= 60);
  }

  bool goes_on_next_page(std::size_t k) const {
    if (setting_.indents) {
      if (indent(line(k).text) >= base_indent(k) + 2) return false;
      return !ends_sentence(text(k - 1)) || !short_line(k - 1);
    }
    return goes_on(k);
  }

  std::size_t base_indent(std::size_t k) const {
    std::size_t least = indent(line(k).text);
    for (std::size_t i = k + 1; i < body_.size() && i < k + 8 && line(i).page == line(k).page; ++i)
      least = std::min(least, indent(line(i).text));
    return least;
  }

  bool short_line(std::size_t k) const { return columns(text(k)) + indent(line(k).text) + 6 < setting_.width; }

  // Whether line k - 1 ended its paragraph: it had room for the next word.
  bool ended(std::size_t k) const {
    const std::string_view before = text(k - 1), here = text(k);
    const std::size_t used = columns(before) + indent(line(k - 1).text);
    const bool han = is_cjk(first_character(here));
    const std::size_t need = han ? 4 : columns(first_word(here)) + 1;
    const bool room = used + need + 1 <= setting_.width;
    if (!room) return false;
    if (ends_sentence(before)) return true;
    return used * 10 < setting_.width * 6 && !continues_sentence(here);
  }

  // ---- naming

  // Short lines at the very beginning that are no sentences: the title page. Gives the first body line behind it.
  std::size_t name_title_page() {
    std::size_t k = 0;
    while (k < body_.size() && k < title_lines && line(k).page == line(0).page && columns(text(k)) <= title_columns &&
           !ends_sentence(text(k)) && !special(k) && (k == 0 || only_blank_between(k)))
      ++k;
    const bool first = !body_.empty() && nothing_before(body_[0]);
    if (k == 0 || !first) return 0;
    const bool apart = k == body_.size() || line(k).page != line(0).page || body_[k] - body_[k - 1] > 1 || !only_blank_between(k);
    if (!apart || k == body_.size()) k = apart && followed_by_block(body_[k - 1]) ? k : 0;
    if (k == 0) return 0;
    out_.block(body_[0], body_[k - 1], "titlePage", "", "par.title-page", {80, "short lines before all text"});
    return k;
  }

  bool nothing_before(std::size_t line) const {
    for (std::size_t i = 0; i < line; ++i)
      if (d_.lines[i].block >= 0 && !d_.is(d_.lines[i], "fw")) return false;
    return true;
  }
  bool followed_by_block(std::size_t line) const {
    for (std::size_t i = line + 1; i < d_.lines.size(); ++i)
      if (!trim(d_.lines[i].text).empty()) return true;
    return false;
  }
  bool only_blank_between(std::size_t k) const {
    for (std::size_t i = body_[k - 1] + 1; i < body_[k]; ++i)
      if (d_.lines[i].block >= 0) return false;
    return true;
  }

  std::size_t paragraph_end(std::size_t k) const {
    std::size_t end = k + 1;
    while (end < body_.size() && continues(end)) ++end;
    return end;
  }

  void gather(std::size_t from, std::size_t to) {
    for (std::size_t i = from + 1; i < to; ++i) joins_.emplace_back(body_[i - 1], body_[i]);
  }

  std::size_t name_paragraph(std::size_t k) {
    const std::size_t end = paragraph_end(k);
    const Rule* keywords = rules_.test("keywords", text(k));
    const bool cut = end - k > 1 && line(k).page != line(end - 1).page;
    out_.block(body_[k], body_[end - 1], keywords != nullptr ? "keywords" : "p", "",
               keywords != nullptr ? keywords->id : cut ? "par.across-pages" : "par.lines",
               {static_cast<std::uint8_t>(cut ? 85 : 95), cut ? "the sentence goes on behind the page break" : ""});
    gather(k, end);
    return end;
  }

  std::size_t name_list(std::size_t k) {
    const std::size_t first = k;
    std::size_t last = k;
    std::vector<std::pair<std::size_t, std::size_t>> items;
    while (k < body_.size() && marker(k) && (k == first || open_between(k))) {
      const std::size_t end = paragraph_end(k);
      items.emplace_back(k, end);
      last = end - 1;
      k = end;
    }
    out_.block(body_[first], body_[last], "list", "rend=bulleted", "par.list", {90, {}});
    for (const auto& [from, to] : items) {
      const Match m = rules_.find("marker", text(from));
      out_.block(body_[from], body_[to - 1], "item", "", m.rule->id, {90, {}});
      const auto begin = static_cast<std::size_t>(m.groups[1].data() - line(from).text.data());
      std::size_t end = begin + m.groups[1].size();
      while (end < line(from).text.size() && line(from).text[end] == ' ') ++end;
      out_.phrase(line(from), begin, end, "marker", "", "par.marker");
      gather(from, to);
    }
    return k;
  }

  void gather_lines(const Node& node) {
    const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
    std::size_t before = d_.lines.size();
    for (std::size_t i = first; i < last; ++i) {
      if (d_.block_of(d_.lines[i]) != &node || trim(d_.lines[i].text).empty()) continue;
      if (before < d_.lines.size()) joins_.emplace_back(before, i);
      before = i;
    }
  }

  // ---- joining

  std::string_view line_text(std::size_t i) const { return trim(d_.lines[i].text); }

  bool hyphenated(std::size_t before, std::size_t here) const {
    const std::string_view b = line_text(before);
    return b.size() > 2 && b.ends_with('-') && is_letter(last_character(b.substr(0, b.size() - 1))) &&
           is_letter(first_character(line_text(here)));
  }

  // The word a hyphen at a line end cuts, with and without the hyphen.
  std::pair<std::string, std::string> cut_word(std::size_t before, std::size_t here) const {
    const std::string_view first = last_word_of(line_text(before)), second = first_word_of(line_text(here));
    const std::string with = lower(first) + lower(second);
    return {with, lower(first.substr(0, first.size() - 1)) + lower(second)};
  }

  void join() {
    Vocabulary vocabulary;
    for (const auto& [before, here] : joins_)
      if (hyphenated(before, here)) {
        const auto [with, without] = cut_word(before, here);
        vocabulary.ask(with);
        vocabulary.ask(without);
      }
    vocabulary.read(d_);
    std::sort(joins_.begin(), joins_.end());
    for (const auto& [before, here] : joins_) {
      if (hyphenated(before, here)) join_word(before, here, vocabulary);
      else if (sets_no_space(last_character(line_text(before)), first_character(line_text(here))))
        out_.join(d_.lines[here], "", "join.no-space");
    }
  }

  void join_word(std::size_t before, std::size_t here, const Vocabulary& vocabulary) {
    const auto [with, without] = cut_word(before, here);
    const int hyphens = vocabulary.count(with), solid = vocabulary.count(without);
    const bool capital = is_upper(first_character(line_text(here)));
    const bool keep = hyphens > solid || (hyphens == 0 && solid == 0 && capital);
    const std::uint8_t sure = hyphens + solid > 0 ? 95 : 82;
    out_.join(d_.lines[here], "", keep ? "join.hyphen-kept" : "join.hyphen", {sure, {}});
    if (keep) return;
    const Line& l = d_.lines[before];
    const std::size_t end = static_cast<std::size_t>(line_text(before).data() + line_text(before).size() - l.text.data());
    out_.edit(l, end - 1, end, "", "join.hyphen",
              {sure, solid > 0 ? "the book has the word without a hyphen elsewhere" : "a word cut at the line end"});
  }

  bool sets_no_space(char32_t a, char32_t b) const {
    constexpr std::u32string_view quotes = U"“”‘’";
    const bool cjk_a = is_cjk(a), cjk_b = is_cjk(b);
    if (cjk_a && cjk_b) return true;
    const auto shared = [&](char32_t c) { return is_shared_punctuation(c) || is_enclosed_number(c) || quotes.find(c) != quotes.npos; };
    if ((cjk_a && shared(b)) || (shared(a) && cjk_b)) return true;
    if ((cjk_a && !cjk_b && is_wide_punctuation(a)) || (cjk_b && is_wide_punctuation(b))) return true;
    return (is_han(a) || is_han(b)) && !setting_.spaced_scripts && !is_blank(a) && !is_blank(b);
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  Setting setting_;
  std::vector<std::size_t> body_;  // lines that no stage has named
  std::vector<std::pair<std::size_t, std::size_t>> joins_;
};

void run(const Document& d, const Rules& rules, Proposal& out) { Builder(d, rules, out).run(); }

}  // namespace

extern const Stage stage_paragraphs{.name = "paragraphs",
                                    .summary = "Make paragraphs of lines, across notes and pages",
                                    .needs = "notes headings contents",
                                    .provides = "paragraphs",
                                    .rules = &embedded::rules_paragraphs,
                                    .run = run};

}  // namespace emend
