// What the book should have and was not found, told as doubts: notes whose numbers are missing between those of others,
// marks without notes, markup that nobody read. Nothing is changed here.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "weights/omissions.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_omissions;
}

namespace {

class Audit {
 public:
  Audit(const Document& d, const Rules& rules, Proposal& out) : d_(d), rules_(rules), out_(out) {}

  void run() {
    for (const std::string_view place : {"foot", "end"}) missing_numbers(place);
    unresolved_marks();
    if (std::none_of(d_.blocks.begin(), d_.blocks.end(), is_list_of_works)) marks_without_notes();
    for (const Line& line : d_.lines) unread_markup(line);
  }

 private:
  struct Numbered {
    const Node* note;
    int value;
  };

  // The number in [1], 1) or ①.
  static int number_of(std::string_view label) {
    while (!label.empty() && std::string_view("[(^").find(label.front()) != std::string_view::npos)
      label.remove_prefix(1);
    const Number n = read_number(label);
    return n && n.form != Numeral::letter && n.form != Numeral::symbol ? n.value : 0;
  }

  std::vector<Numbered> numbered_notes(std::string_view place) const {
    std::set<std::uint32_t> continued;
    for (const Link& link : d_.links)
      if (link.name == "continues") continued.insert(link.to.begin);
    std::vector<Numbered> notes;
    for (const Node& node : d_.blocks)
      if (node.name == "note" && node.get("place") == place && !continued.contains(node.at.begin))
        if (const int value = number_of(node.get("n")); value > 0) notes.push_back({&node, value});
    return notes;
  }

  // ---- notes between two others

  // Notes count on, or begin again with 1. A lost one is told where a line begins with its number, or else at the next.
  void missing_numbers(std::string_view place) {
    const std::vector<Numbered> notes = numbered_notes(place);
    const auto begins_again = static_cast<std::size_t>(
        std::count_if(notes.begin(), notes.end(), [](const Numbered& n) { return n.value == 1; }));
    for (std::size_t i = 0; i < notes.size(); ++i) {
      const int value = notes[i].value, before = i == 0 ? 0 : notes[i - 1].value;
      const bool counts_on = value == before + 1 || value == 1 || (i == 0 && begins_again < 2);
      if (counts_on || (value <= before && begins_again < 2)) continue;
      const int first = value > before ? before + 1 : 1;
      const std::uint32_t from = i == 0 ? 0 : notes[i - 1].note->at.end;
      if (place == "foot" && lost_at_foot(*notes[i].note, first, value - 1, from)) continue;
      if (const std::optional<std::size_t> line = line_with(first, value - 1, from, notes[i].note->at.begin))
        out_.doubt(d_.lines[*line].at, "omissions.label",
                   {50, "it begins with a number that is missing before note " + std::to_string(value)});
      else
        out_.doubt(notes[i].note->at, "omissions.note",
                   {55, "note " + std::to_string(value) +
                            (before == 0 || value <= before ? " is the first of its page"
                                                            : " comes behind note " + std::to_string(before))});
    }
  }

  // ---- notes whose marks still stand in the text

  // Where a mark of the missing numbers stands, its note stood at the foot of that page: the last lines there, below a
  // gap, are told; or else the mark.
  bool lost_at_foot(const Node& next, int least, int most, std::uint32_t from) {
    if (most - least >= omissions::most_lost || d_.pages.size() < 2) return false;
    std::size_t line = d_.line_at(from);
    while (line > 0 && d_.lines[line - 1].page == d_.lines[d_.line_at(from)].page) --line;
    bool told = false;
    for (int value = least; value <= most; ++value) {
      const std::string mark = as_marked(next.get("n"), value);
      for (; !mark.empty() && line < d_.lines.size() && d_.lines[line].at.begin < next.at.begin; ++line) {
        if (!d_.is(d_.lines[line], "p") || !has_mark(d_.lines[line].text, mark)) continue;
        tell_lost(line, mark);
        told = true;
        break;
      }
    }
    return told;
  }

  // How the number would be printed as a mark like `shown`; nothing where such a mark is no more than a figure.
  static std::string as_marked(std::string_view shown, int value) {
    std::string out;
    bool written = false, signs = false;
    for (std::size_t i = 0; i < shown.size();) {
      const char32_t c = next_character(shown, i);
      if (is_enclosed_number(c)) {
        if (c < U'①' || c > U'⑳' || value > 20) return {};
        append_character(out, U'①' + static_cast<char32_t>(value - 1));
        written = signs = true;
      } else if (is_digit(c)) {
        if (!written) out += std::to_string(value);
        written = true;
      } else if (c != '^') {
        append_character(out, c);
        signs = true;
      }
    }
    return written && signs ? out : std::string{};
  }

  // Behind a word, not at the beginning of the line.
  static bool has_mark(std::string_view text, std::string_view mark) {
    const std::string_view line = trim(text);
    const std::size_t at = line.find(mark);
    return at != line.npos && at > 0;
  }

  // The stage `notes` has told these marks: here, where their notes may stand.
  void unresolved_marks() {
    for (const Change& c : d_.ledger)
      if (c.kind == Kind::doubt && c.rule == "notes.unresolved" && d_.pages.size() > 1)
        tell_foot(d_.line_at(c.at.begin), d_.slice(c.at));
  }

  void tell_lost(std::size_t with_mark, std::string_view mark) {
    if (!tell_foot(with_mark, mark))
      out_.doubt(d_.lines[with_mark].at, "omissions.mark", {50, "no note has the mark " + std::string(mark)});
  }

  // Whether lines stand apart at the foot of the page; they are told once.
  bool tell_foot(std::size_t with_mark, std::string_view mark) {
    const std::uint32_t page = d_.lines[with_mark].page;
    if (told_feet_.contains(page)) return true;
    const auto [first, last] = d_.lines_of(d_.pages[page].at);
    std::size_t end = last;
    while (end > with_mark + 1 && (trim(d_.lines[end - 1].text).empty() || d_.is(d_.lines[end - 1], "fw"))) --end;
    std::size_t begin = end;
    while (begin > with_mark + 1 && is_text(d_.lines[begin - 1])) --begin;
    const bool apart = begin > with_mark + 1 && begin < end && trim(d_.lines[begin - 1].text).empty();
    if (!apart || end - begin > omissions::longest_note) return false;
    out_.doubt(d_.hull(begin, end - 1), "omissions.foot",
               {45, "perhaps a note: the mark " + std::string(mark) + " on this page has none"});
    told_feet_.insert(page);
    return true;
  }

  bool is_text(const Line& line) const { return !trim(line.text).empty() && d_.is(line, "p"); }

  // A line of running text between two places that begins with one of the numbers.
  std::optional<std::size_t> line_with(int least, int most, std::uint32_t from, std::uint32_t to) const {
    const auto [first, last] = d_.lines_of({from, to});
    for (std::size_t i = first; i < last; ++i) {
      if (!d_.is(d_.lines[i], "p")) continue;
      const std::string_view text = trim(d_.lines[i].text);
      const Number n = read_number(text);
      if (n && n.form == Numeral::arabic && n.value >= least && n.value <= most && n.length < text.size() &&
          !is_digit(first_character(text.substr(n.length))))
        return i;
    }
    return {};
  }

  // ---- marks

  struct Candidate {
    Span at;
    int value;
    std::string_view word;
    std::size_t length = 1;                  // of the chain that ends here
    std::optional<std::size_t> before = {};  // the one before in it
  };

  static bool is_list_of_works(const Node& node) {
    return node.name == "head" && (node.get("type") == "bibliography" || node.get("type") == "notes");
  }

  void marks_without_notes() {
    std::vector<Candidate> all;
    for (const Line& line : d_.lines)
      if (d_.is(line, "p") || d_.is(line, "item")) collect(line, all);
    std::map<int, std::size_t> last;  // the last candidate with that number
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (const auto before = last.find(all[i].value - 1); before != last.end()) {
        all[i].before = before->second;
        all[i].length = all[before->second].length + 1;
      }
      last[all[i].value] = i;
    }
    std::set<std::size_t> told;
    for (std::size_t i = all.size(); i-- > 0;)
      if (all[i].length >= omissions::fewest_marks && !told.contains(i)) tell_chain(all, i, told);
  }

  void tell_chain(const std::vector<Candidate>& all, std::size_t end, std::set<std::size_t>& told) {
    std::vector<std::size_t> chain;
    std::set<std::string_view> words;
    for (std::optional<std::size_t> i = end; i && told.insert(*i).second; i = all[*i].before) {
      chain.push_back(*i);
      words.insert(all[*i].word);
    }
    if (chain.size() < omissions::fewest_marks || words.size() < omissions::fewest_words) return;
    for (const std::size_t i : chain)
      out_.doubt(all[i].at, "omissions.mark", {50, "no note has the number " + std::to_string(all[i].value)});
  }

  // Numbers that stand close behind a word, or behind the stop or quotation mark after it.
  void collect(const Line& line, std::vector<Candidate>& all) const {
    const std::string_view text = d_.slice(line.at);
    for (std::size_t i = 0; i < text.size();) {
      if (!is_ascii_digit(text[i])) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < text.size() && is_ascii_digit(text[end])) ++end;
      const std::string_view word = word_before(text.substr(0, i));
      const bool ends = end == text.size() || std::string_view(" \t.,;:)]").find(text[end]) != std::string_view::npos;
      const Span at{line.at.begin + static_cast<std::uint32_t>(i), line.at.begin + static_cast<std::uint32_t>(end)};
      if (!word.empty() && ends && end - i <= 3 && text[i] != '0' && !is_named(at))
        all.push_back({at, read_number(text.substr(i, end - i)).value, word});
      i = end;
    }
  }

  static bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

  static std::string_view word_before(std::string_view text) {
    std::size_t end = text.size();
    bool stop = false;
    while (end > 0 && !is_letter(last_character(text.substr(0, end)))) {
      const std::size_t from = character_before(text, end);
      constexpr std::string_view closes = ".,;:!?)'\"’”»";
      if (text.size() - end > 6 || closes.find(text.substr(from, end - from)) == closes.npos) return {};
      stop |= text[from] == '.';
      end = from;
    }
    std::size_t begin = end;
    while (begin > 0 && is_ascii_letter(static_cast<unsigned char>(text[begin - 1]))) --begin;
    const std::string_view word = text.substr(begin, end - begin);
    const bool small = !word.empty() && word.back() >= 'a' && word.back() <= 'z';
    return small && word.size() >= (stop ? omissions::longest_abbreviation + 1 : omissions::shortest_word)
               ? word
               : std::string_view{};
  }

  bool is_named(Span at) const {
    const std::size_t behind = d_.first_phrase(at.begin);
    for (std::size_t i = behind - (behind > 0); i < d_.phrases.size() && d_.phrases[i].at.begin < at.end; ++i)
      if (d_.phrases[i].at.end > at.begin) return true;
    return false;
  }

  // ---- markup

  void unread_markup(const Line& line) {
    if (line.text.find_first_of("<*[#`~:\\&_") == std::string_view::npos &&
        line.text.find("［") == std::string_view::npos)
      return;
    if (d_.is(line, "fw")) return;
    const Rule* rule = rules_.test("unread-markup", line.text);
    if (rule == nullptr || is_code_or_formula(line)) return;
    if (const std::string unread = without_what_was_read(line); !unread.empty()) {
      rule = rules_.test("unread-markup", unread);
      if (rule == nullptr) return;
    }
    out_.doubt(line.at, "omissions.markup", {50, rule->why});
  }

  // The text of the line but for the tags that a reader knew, as those between cells; empty if there are none.
  std::string without_what_was_read(const Line& line) const {
    std::string rest;
    bool any = false;
    each_piece(d_, line, [&](Span at, std::string_view words, bool) {
      std::uint32_t from = at.begin;
      for (std::size_t i = d_.first_phrase(at.begin); i < d_.phrases.size() && d_.phrases[i].at.begin < at.end; ++i) {
        const Node& phrase = d_.phrases[i];
        if (phrase.name != "markup" || phrase.at.begin < from || phrase.at.end > at.end || words.size() != at.size())
          continue;
        any = true;
        rest.append(words.substr(from - at.begin, phrase.at.begin - from)).append(" ");
        from = phrase.at.end;
      }
      rest.append(words.substr(std::min<std::size_t>(from - at.begin, words.size())));
    });
    return any ? rest : std::string();
  }

  bool is_code_or_formula(const Line& line) const {
    const Node* block = d_.block_of(line);
    if (block != nullptr && (block->name == "ab" || block->name == "formula")) return true;
    for (std::size_t i = d_.first_phrase(line.at.begin); i < d_.phrases.size() && d_.phrases[i].at.begin < line.at.end;
         ++i)
      if (d_.phrases[i].name == "formula" || d_.phrases[i].get("rend") == "code") return true;
    return false;
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  std::set<std::uint32_t> told_feet_;  // pages
};

void run(const Document& d, const Rules& rules, Proposal& out) { Audit(d, rules, out).run(); }

}  // namespace

extern const Stage stage_omissions{.name = "omissions",
                                   .summary = "Tell of notes, marks and markup that were not found",
                                   .needs = "notes paragraphs",
                                   .provides = "",
                                   .rules = &embedded::rules_omissions,
                                   .run = run};

}  // namespace emend
