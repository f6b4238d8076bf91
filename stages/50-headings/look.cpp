// Finding headings by their look.
#include "stages/50-headings/look.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "pipeline/rules/numbering.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "weights/headings.h"

namespace emend {

namespace {

constexpr std::size_t gaps = HeadingLines::page_edge + 1;

bool begins_like_title(std::string_view text) {
  constexpr std::u32string_view opening = U"“\"«„《「『‘¿¡";
  const char32_t c = first_character(text);
  return is_upper(c) || is_han(c) || opening.find(c) != opening.npos;
}

// `My dear friend,--`, `he said:--`: what such a line opens stands below it.
bool ends_with_dash(std::string_view text) {
  constexpr std::u32string_view dashes = U"-–—―─";
  return dashes.find(last_character(text)) != dashes.npos;
}

bool is_colon(char32_t c) { return c == ':' || c == U'：'; }

// Commas in Chinese text, of any width.
std::size_t chinese_commas(std::string_view text) {
  std::size_t commas = 0;
  bool han = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    commas += c == U'，' || c == ',' || c == U'、';
    han = han || is_han(c);
  }
  return han ? commas : 0;
}

// A full stop with words behind it, several Chinese commas, or one in what begins as speech does: no title, though OCR
// lost its end.
bool holds_stop(std::string_view text) {
  if (text.find("。") != text.npos || chinese_commas(text) >= headings::most_commas) return true;
  const char32_t opening = first_character(text);
  const bool speech = opening == U'“' || opening == U'「' || opening == U'『';
  return speech && (text.find("，") != text.npos || text.find("…") != text.npos);
}

// A bullet with text behind it, or an address: what follows a heading in a manual as often as a paragraph does.
bool begins_item(std::string_view text) {
  constexpr std::u32string_view bullets = U"•‣●▪■◦○";
  return bullets.find(first_character(text)) != bullets.npos || text.starts_with("http://") ||
         text.starts_with("https://");
}

std::size_t letters_of(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    n += is_han(c) ? 2 : is_letter(c) ? 1 : 0;
  }
  return n;
}

class Looker {
 public:
  Looker(const Document& d, const Rules& rules, const HeadingLines& lines, const std::vector<std::size_t>& examples)
      : d_(d), rules_(rules), lines_(lines) {
    for (const std::size_t i : examples) ++examples_[key(i)], ++n_examples_;
    for (std::size_t i = 0; i < d.lines.size(); ++i) {
      const Line& line = d.lines[i];
      if (trim(line.text).empty() || line.block >= 0) continue;
      if (lines.is_free(i) && names_day(i)) {
        const std::size_t before = lines.previous(i);
        ++(before == i || lines.is_free(before) ? days_ : letters_);
      }
      if (!wider_than(line.text, headings::longest_unlisted)) ++repeated_[folded(line.text)];
      if (!lines.is_free(i)) continue;
      ++others_[key(i)], ++n_others_;
    }
  }

  bool reads_as_heading(std::size_t i) const {
    const std::string_view text = trim(d_.lines[i].text);
    if (!lines_.is_free(i) || wider_than(text, headings::longest_unlisted) || d_.lines[i].block >= 0) return false;
    if (lines_.full_line() > 0 && columns(text) * 4 > lines_.full_line() * 3) return false;
    if (heads_day(i)) return true;
    if (!begins_like_title(text) || ends_sentence(text) || ends_like_text(text) || holds_stop(text)) return false;
    if (ends_with_dash(text)) return false;
    if (letters_of(text) < 3 || !has_word(text)) return false;
    if (rules_.test("no-heading", text) != nullptr || rules_.test("keywords", text) != nullptr ||
        read_numbering(rules_, text))
      return false;
    const auto again = repeated_.find(folded(text));
    return again == repeated_.end() || again->second <= headings::most_often;
  }

  // The day that an entry of a diary begins with may end with a stop. Of letters it stands below a heading.
  bool heads_day(std::size_t i) const {
    return days_ >= headings::least_days && days_ > letters_ && lines_.blank_before(i) > 0 && names_day(i);
  }

  // Behind the end of a paragraph or a gap that tells so, and before a paragraph.
  bool stands_between_texts(std::size_t i, bool learned) const {
    const std::size_t next = lines_.next(i);
    std::size_t before = lines_.previous(i);
    if (before != i && lines_.blank_before(i) > 0 && is_bare_number(d_.lines[before].text) &&
        read_number(trim(d_.lines[before].text)).value <= headings::most_sections)
      before = lines_.previous(before);
    if (next >= d_.lines.size() || d_.lines[next].page > d_.lines[i].page + 1) return false;
    if (!learned && d_.lines[next].page != d_.lines[i].page) return false;    // torn by the page, more likely
    if (before != i && letters_of(d_.lines[before].text) == 0) return false;  // a bullet, whose text this is
    const bool ended = before == i || heads_day(i) || d_.lines[before].block >= 0 || !lines_.is_free(before) ||
                       ends_sentence(d_.lines[before].text) || is_colon(last_character(d_.lines[before].text)) ||
                       (lines_.blank_before(i) > 0 && (learned || ends_short(before)));
    return ended && (!lines_.is_free(next) || reads_as_text(next, i));
  }

  // Nearer to what is above it than to what is below, as the name below a quotation, or a line of Western verse, which
  // is set in and goes on below.
  bool belongs_elsewhere(std::size_t i) const {
    if (lines_.blank_before(i) < lines_.blank_behind(i) && lines_.blank_behind(i) < HeadingLines::page_edge)
      return true;
    const std::string_view text = d_.lines[i].text;
    const std::size_t next = lines_.next(i);
    return lines_.blank_behind(i) == 0 && text.starts_with(' ') && !is_han(first_character(trim(text))) &&
           next < d_.lines.size() && indent(d_.lines[next].text) >= indent(text);
  }

  // Without any gap, between the end of a paragraph and the full first line of another, in a text of full lines.
  bool is_tight(std::size_t i) const {
    const std::size_t next = lines_.next(i), before = lines_.previous(i);
    if (!lines_.is_short(i) || next >= d_.lines.size() || before == i) return false;
    if (lines_.blank_before(i) > 0 || lines_.blank_behind(i) > 0 || lines_.blank_behind(next) > 0) return false;
    if (d_.lines[i].text.find(": ") != std::string_view::npos) return false;  // what an answer begins with
    const bool ended = d_.lines[before].block < 0 && lines_.is_free(before) && ends_sentence(d_.lines[before].text);
    const std::string_view below = trim(d_.lines[next].text);
    return ended && is_upper(first_character(below)) && columns(below) * 5 > lines_.full_line() * 4;
  }

  // How much likelier these gaps are around a heading than around another line, as a logarithm.
  double evidence(std::size_t i) const {
    if (n_examples_ < headings::enough_examples) return 0;
    constexpr double cells = gaps * gaps;
    const double head = (examples_[key(i)] + 0.5) / (static_cast<double>(n_examples_) + 0.5 * cells);
    const double other = (others_[key(i)] + 0.5) / (static_cast<double>(n_others_) + 0.5 * cells);
    return std::log(head / other);
  }

  // Where blank lines stand between all paragraphs, and each is a line, those around a line tell nothing; but a line
  // that the book says once more may be one of a contents list.
  bool gaps_allow(std::size_t i) const {
    const double apart = others_[gaps + 1] * 2;  // a blank line above and one below
    const auto again = repeated_.find(folded(trim(d_.lines[i].text)));
    const bool once_more = again != repeated_.end() && again->second == 2;
    const bool all_apart =
        apart > static_cast<double>(n_others_) && n_examples_ >= headings::enough_examples && !once_more;
    return evidence(i) > (all_apart ? headings::set_apart : -1);
  }

  // A page edge hides the gap, and so tells nothing.
  bool seen(std::size_t i) const {
    const std::size_t before = lines_.blank_before(i), behind = lines_.blank_behind(i);
    return before > 0 && before < HeadingLines::page_edge && behind < HeadingLines::page_edge && examples_[key(i)] > 1;
  }

 private:
  bool names_day(std::size_t i) const {
    const std::string_view text = trim(d_.lines[i].text);
    return !wider_than(text, headings::longest_unlisted) && rules_.test("day", text) != nullptr;
  }

  std::size_t key(std::size_t i) const { return lines_.blank_before(i) * gaps + lines_.blank_behind(i); }

  // The last line of a list, or of a paragraph, where lines are wrapped and this one had room for more.
  bool ends_short(std::size_t line) const {
    if (!lines_.is_short(line)) return false;
    return begins_item(trim(d_.lines[line].text)) ||
           (lines_.blank_before(line) == 0 && !lines_.is_short(lines_.previous(line)));
  }

  bool reads_as_text(std::size_t next, std::size_t heading) const {
    const std::string_view text = trim(d_.lines[next].text);
    if (d_.is(d_.lines[next], "p")) return true;  // a listing
    if (begins_item(text)) return lines_.blank_behind(heading) < lines_.blank_before(heading);
    if (d_.lines[next].block >= 0 || is_lower(first_character(text)) || rules_.test("no-heading", text) != nullptr)
      return false;
    // Who signs a letter, in capitals and with a stop: the line above closes the letter.
    if (is_in_capitals(text) && is_upper(first_character(text)) && text.ends_with('.')) return false;
    if (ends_sentence(text)) return true;
    const std::size_t full = lines_.full_line();
    return full > 0 ? columns(text) * 5 > full * 4
                    : columns(text) >
                          std::max<std::size_t>(headings::longest_unlisted, columns(trim(d_.lines[heading].text)));
  }

  const Document& d_;
  const Rules& rules_;
  const HeadingLines& lines_;
  std::array<double, gaps * gaps> examples_{}, others_{};
  std::size_t n_examples_ = 0, n_others_ = 0;
  std::size_t days_ = 0, letters_ = 0;  // lines that are a day, below text and below what was taken
  std::map<std::u32string, std::size_t> repeated_;
};

}  // namespace

// Monday, 3 March and Friday, 7 March are alike: words, figures and the signs between them; empty without figures.
static std::u32string shape_of(std::string_view text) {
  std::u32string shape;
  bool figures = false;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    const char32_t kind = is_digit(c) ? U'0' : is_letter(c) || is_han(c) ? U'a' : c;
    figures = figures || is_digit(c);
    if (shape.empty() || shape.back() != kind) shape += kind;
  }
  return figures ? shape : std::u32string();
}

std::vector<LookedAt> headings_by_look(const Document& d, const Rules& rules, const HeadingLines& lines,
                                       const std::vector<std::size_t>& examples, bool alone) {
  const Looker look(d, rules, lines, examples);
  std::vector<LookedAt> found;
  std::vector<std::size_t> tight;
  std::optional<std::size_t> first_line;
  std::size_t unlearned = 0;
  for (const std::size_t i : lines.all()) {
    if (!look.reads_as_heading(i)) continue;
    if (alone && look.is_tight(i)) tight.push_back(i);
    const bool learned = look.seen(i) && look.evidence(i) > headings::telling;
    if (!look.stands_between_texts(i, learned)) continue;
    if (!learned && !(alone && lines.blank_before(i) > 0 && look.gaps_allow(i))) continue;
    if (!learned && look.belongs_elsewhere(i)) continue;
    if (i == 0 || lines.previous(i) == i) {  // the first line is the title of the whole
      first_line = i;
      continue;
    }
    found.push_back({i, learned});
    unlearned += !learned;
  }
  // Of a diary it is the first day, as the others are set.
  constexpr std::ptrdiff_t days = 2;
  if (const std::u32string shape = first_line ? shape_of(trim(d.lines[*first_line].text)) : std::u32string();
      !shape.empty() && std::count_if(found.begin(), found.end(), [&](const LookedAt& l) {
                          return shape_of(trim(d.lines[l.line].text)) == shape;
                        }) >= days)
    found.push_back({*first_line, false});
  // Where every few lines look like a heading, the look tells nothing.
  std::size_t text = 0;
  for (const Line& line : d.lines) text += !trim(line.text).empty();
  if (unlearned * headings::lines_to_a_heading > text)
    std::erase_if(found, [](const LookedAt& l) { return !l.learned; });
  // Headings without gaps stand below those that have them, and are believed beside these only.
  std::size_t first = examples.empty() ? d.lines.size() : examples.front();
  if (!found.empty()) first = std::min(first, found.front().line);
  if ((tight.size() + found.size()) * headings::lines_to_a_heading < text)
    for (const std::size_t i : tight)
      if (i > first) found.push_back({i, false, true});
  std::sort(found.begin(), found.end(), [](const LookedAt& a, const LookedAt& b) { return a.line < b.line; });
  return found;
}

}  // namespace emend
