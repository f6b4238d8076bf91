// Which lines begin with numbers that count, and how far their headings go.
#include "stages/50-headings/numbered.h"

#include <algorithm>
#include <vector>

#include "pipeline/rules/matter.h"
#include "pipeline/rules/outline.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/synopsis.h"
#include "stages/50-headings/number_sequence.h"
#include "stages/50-headings/repeated.h"
#include "weights/headings.h"

namespace emend {

namespace {

class Numbered {
 public:
  explicit Numbered(Found& f) : f_(f), d_(f.d), rules_(f.rules), lines_(f.lines), heads_(f.heads) {}

  void run(Proposal& out) {
    const std::vector<NumberedLine> all = numbered_lines(out);
    const std::vector<std::size_t> counting = numbers_that_count(all, lines_, f_.listed_schemes, numbers_in_text_);
    titles_stop_ = titles_stop(all, counting);
    for (const std::size_t i : counting)
      if (lines_.is_free(all[i].line)) accept_numbered(all[i], out);
    f_.set_levels_by_rank();
  }

  // Where the book has no other chapters, and no list that would name this one.
  void run_sole(Proposal& out) {
    if (!f_.listed_schemes.empty()) return;
    const std::vector<NumberedLine> all = numbered_lines(out);
    for (const std::size_t i : sole_chapters(all, lines_))
      if (lines_.is_free(all[i].line)) accept_numbered(all[i], out);
    f_.set_levels_by_rank();
  }

 private:
  std::vector<NumberedLine> numbered_lines(Proposal& out) {
    std::vector<NumberedLine> all;
    const ListedTitles titles(f_);
    for (const std::size_t i : lines_.all()) {
      const std::string_view text = numbered_text(i);
      if (!lines_.is_free(i)) {
        if (const Numbering n = read_numbering(rules_, text); n && heads_.contains(i))
          all.push_back({i, n, true, true});
        continue;
      }
      if (columns(text) > headings::longest_unlisted ||
          (ends_like_text(text) && !calls_out(i) && !counts_out(i, all))) {
        if (const Numbering n = read_numbering(rules_, text)) ++numbers_in_text_[std::string(n.scheme)];
        continue;
      }
      if (is_note_at_foot(i)) continue;
      if (Numbering n = read_numbering(rules_, text)) {
        if (is_decimal(n) && text.size() <= n.words && !has_words(i)) n.scheme = lone_decimal;
        const bool own = is_own(n);
        if (own && titles.have(n.value, text.substr(n.words))) continue;
        if (own && titles.have_with_page(n.value, text.substr(n.words))) {
          name_running_head(f_, i, out);
          continue;
        }
        if (own || ((text.size() <= n.words || has_word(text.substr(n.words))) && lines_.end_of_heading(i)))
          all.push_back({i, n, lines_.stands_apart(i), false, behind_text(i), text.find(']') != text.npos});
      } else if (Numbering lone = read_lone_numbering(rules_, text); lone && !is_page_number(i) && !heads_nothing(i)) {
        const bool titled = lone.scheme == lone_number && is_titled(i);
        if (titled) lone.scheme = titled_number;
        all.push_back({i, lone, lines_.stands_apart(i) && (titled || behind_text(i)), false});
      }
    }
    std::vector<Numbering*> numbers;
    for (NumberedLine& c : all) numbers.push_back(&c.number);
    settle_letters(numbers);
    return all;
  }

  // A sign before the number is passed over where nothing but headings has such a number: other signs begin items.
  std::string_view numbered_text(std::size_t line) const {
    const std::string_view text = trim(d_.lines[line].text), words = without_sign(text);
    if (words.size() == text.size()) return text;
    const Numbering n = read_numbering(rules_, words);
    return n && is_own(n) ? words : text;
  }

  // 第三章 归来！ stands apart: a title may call out, where nothing but headings has such a number.
  bool calls_out(std::size_t line) const {
    const std::string_view text = trim(d_.lines[line].text);
    const char32_t last = last_character(text);
    if ((last != U'！' && last != '!') || !lines_.stands_apart(line)) return false;
    const Numbering n = read_numbering(rules_, text);
    return n && is_own(n) && n.words < text.size();
  }

  // 4. Never again! behind 3. Why did it break? and its text, both apart: so does a plain number's.
  bool counts_out(std::size_t line, const std::vector<NumberedLine>& all) const {
    const std::string_view text = trim(d_.lines[line].text);
    if (all.empty() || last_character(text) != '!' || !lines_.stands_apart(line)) return false;
    const Numbering n = read_numbering(rules_, text);
    const NumberedLine& before = all.back();
    return n && n.words < text.size() && before.apart && before.number.scheme == n.scheme &&
           before.number.value + 1 == n.value && lines_.text_between(before.line, line, 1) > 1;
  }

  // `1 Told by the clerk.`, the last line of a page that has a figure 1 behind a word above: a note, and the only one
  // there. Several tell themselves from headings, as no text stands between them.
  bool is_note_at_foot(std::size_t line) const {
    if (lines_.blank_behind(line) != HeadingLines::page_edge || lines_.is_first_on_page(line)) return false;
    const Number label = read_number(trim(d_.lines[line].text));
    if (label.form != Numeral::arabic) return false;
    constexpr std::size_t longest_page = 100;  // lines; where no pages are known, the mark is no farther
    bool marked = false;
    for (std::size_t i = line; i-- > 0 && line - i < longest_page && d_.lines[i].page == d_.lines[line].page;) {
      const Number above = read_number(trim(d_.lines[i].text));
      if (above.form == Numeral::arabic && above.value + 1 == label.value)
        return false;  // of a list, or of other notes
      marked = marked || has_glued_figure(d_.lines[i].text, label.value);
    }
    return marked;
  }

  // locks1 or mill,1: no figure of the text touches the word before it.
  static bool has_glued_figure(std::string_view text, int value) {
    for (std::size_t at = text.find_first_of("123456789"); at < text.size(); ++at) {
      const Number n = read_number(text.substr(at));
      if (n.form != Numeral::arabic) continue;
      std::size_t before = at;
      while (before > 0 && std::string_view(",.;:").find(text[before - 1]) != std::string_view::npos) --before;
      const bool glued = before > 0 && is_lower(last_character(text.substr(0, before)));
      const char32_t behind = first_character(text.substr(at + n.length));
      if (glued && n.value == value && !is_letter(behind)) return true;
      at += n.length;
    }
    return false;
  }

  // Whether nothing but headings has such a number: Chapter 3, 第三章.
  static bool is_own(const Numbering& n) { return !is_movable_rank(n.rank) && n.rank < decimal_rank; }

  // Whether the text before the line has come to an end.
  bool behind_text(std::size_t line) const {
    const std::size_t before = lines_.previous(line);
    return before == line || !lines_.is_free(before) || d_.lines[before].block >= 0 ||
           ends_sentence(d_.lines[before].text) || !seems_torn(d_.lines[before].text);
  }

  // Whether words that could be a title follow the lone number in a line of their own.
  bool has_words(std::size_t number) const {
    const std::size_t words = words_line(number);
    const std::string_view title = trim(d_.lines[words].text);
    const char32_t first = first_character(title);
    return words > number && (is_letter(first) || is_digit(first)) && has_word(title) && lines_.full_line() > 0 &&
           (lines_.blank_before(number) > 0 || behind_text(number));
  }

  // The same, and a gap behind them, as the extraction of typeset papers gives them. Such numbers count among
  // themselves: the others stand in formulas, tables and on axes.
  bool is_titled(std::size_t number) const { return has_words(number) && lines_.blank_behind(words_line(number)) > 0; }

  // A number with nothing but another number below it, or nothing at all.
  bool heads_nothing(std::size_t line) const {
    std::size_t below = line + 1;
    while (below < d_.lines.size() && trim(d_.lines[below].text).empty()) ++below;
    return below == d_.lines.size() || is_bare_number(d_.lines[below].text);
  }

  bool is_page_number(std::size_t line) const {
    const std::size_t page = d_.lines[line].page;
    return page < d_.pages.size() && !d_.pages[page].label.empty() && trim(d_.lines[line].text) == d_.pages[page].label;
  }

  void accept_numbered(const NumberedLine& c, Proposal& out) {
    Head head;
    head.first = head.last = c.line;
    if (trim(d_.lines[c.line].text).size() <= c.number.words)
      head.last =
          titles_stop_ && is_own(c.number) && may_be_stopped_title(c.line) ? line_below(c.line) : words_line(c.line);
    else
      head.last = lines_.end_of_heading(c.line, is_own(c.number)).value_or(c.line);
    head.rule = c.number.rule->id;
    f_.describe(head, c.number);
    head.level = 0;
    if (c.number.type != appendix) head.rank = c.number.rank;
    head.value = c.number.value;
    head.because = {static_cast<std::uint8_t>(c.apart ? 85 : 75), "its number counts on from the heading before"};
    if (f_.listed_schemes.contains(c.number.scheme))
      out.doubt(d_.hull(head.first, head.last), "contents.unlisted",
                {60, "the contents list names others with such a number, but not '" + f_.words_of(head) + "'"});
    f_.put(std::move(head));
  }

  // The next line that could be a heading, close below a number in a line of its own; the number's own if none is.
  std::size_t line_below(std::size_t line) const {
    const auto next = std::upper_bound(lines_.all().begin(), lines_.all().end(), line);
    const bool close = next != lines_.all().end() && *next <= line + 3 && lines_.is_free(*next) &&
                       d_.lines[*next].page == d_.lines[line].page;
    return close ? *next : line;
  }

  bool is_number_alone(const NumberedLine& c) const {
    return is_own(c.number) && trim(d_.lines[c.line].text).size() <= c.number.words;
  }

  // Printers once set a stop behind titles. The line below `Chapter 3` may be such a title, or a first paragraph of one
  // short sentence: it stands apart, holds no other stop, and most chapters of the book have one.
  bool may_be_stopped_title(std::size_t line) const {
    const std::size_t next = line_below(line);
    const std::string_view text = trim(d_.lines[next].text);
    return next != line && text.ends_with('.') && columns(text) <= headings::longest_unlisted &&
           is_upper(first_character(text)) && text.find(". ") == text.npos && lines_.blank_behind(next) > 0 &&
           lines_.blank_behind(next) < HeadingLines::page_edge && !read_numbering(rules_, text) &&
           read_matter(rules_, text) == nullptr && rules_.test("day", text) == nullptr && !begins_synopsis(next);
  }

  bool titles_stop(const std::vector<NumberedLine>& all, const std::vector<std::size_t>& counting) const {
    std::size_t alone = 0, stopped = 0;
    for (const std::size_t i : counting) {
      if (!lines_.is_free(all[i].line) || !is_number_alone(all[i])) continue;
      ++alone;
      stopped += may_be_stopped_title(all[i].line);
    }
    return stopped >= headings::enough_stopped && stopped * 3 >= alone * 2;
  }

  // Whether the paragraph tells what the chapter holds.
  bool begins_synopsis(std::size_t line) const {
    constexpr std::size_t most = 6;  // lines of it that are looked at
    std::string all;
    for (std::size_t i = line; i < std::min(line + most, d_.lines.size()) && !trim(d_.lines[i].text).empty(); ++i)
      all.append(d_.lines[i].text).append(" ");
    return is_synopsis(trim(all));
  }

  // The line of the words that belong to a number in a line of its own: the next, if it could be a heading.
  std::size_t words_line(std::size_t line) const {
    const std::size_t below = line_below(line);
    if (below == line) return line;
    const std::string_view text = trim(d_.lines[below].text);
    if (rules_.test("day", text) != nullptr) return line;  // when a letter was written, below its number
    if (begins_synopsis(below)) return line;
    const bool heading = columns(text) <= headings::longest_unlisted && !is_lower(first_character(text)) &&
                         !ends_sentence(text) && !ends_like_text(text) && !read_numbering(rules_, text) &&
                         !read_lone_numbering(rules_, text);
    const std::size_t last = heading ? lines_.end_of_heading(below).value_or(line) : line;
    return last > line && (begins_verse(below, last) || is_torn_text(below, last)) ? line : last;
  }

  // Lines of prose down to the foot of the page: the last is full, and what stands in it no end.
  bool is_torn_text(std::size_t first, std::size_t last) const {
    return last > first && lines_.blank_behind(last) == HeadingLines::page_edge &&
           columns(d_.lines[last].text) * 5 >= lines_.full_line() * 4;
  }

  // Below the number of a stanza or a canto: apart from the number, and at once followed by another short line.
  bool begins_verse(std::size_t first, std::size_t last) const {
    const std::size_t below = lines_.next(last);
    return lines_.blank_before(first) > 0 && lines_.blank_behind(last) == 0 && below < d_.lines.size() &&
           lines_.is_free(below) && lines_.is_short(below);
  }

  Found& f_;
  const Document& d_;
  const Rules& rules_;
  HeadingLines& lines_;
  std::map<std::size_t, Head>& heads_;
  bool titles_stop_ = false;                                 // the titles below the chapters' numbers end with a stop
  std::map<std::string, int, std::less<>> numbers_in_text_;  // by scheme: how many begin running text
};

}  // namespace

void find_numbered(Found& f, Proposal& out) { Numbered(f).run(out); }

void find_sole_chapter(Found& f, Proposal& out) { Numbered(f).run_sole(out); }

}  // namespace emend
