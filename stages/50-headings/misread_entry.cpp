// Misread entries: the beginning of their words, their figures, and what stands behind.
#include "stages/50-headings/misread_entry.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "pipeline/document/runs.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/headings.h"

namespace emend {

namespace {

// A leader that OCR read as letters stands behind the words: only as many characters count as the heading has.
double beginning_like(std::u32string_view entry, std::u32string_view words, double least) {
  if (words.size() < 2) return 0;
  return std::max(similarity(entry, words, least), similarity(entry.substr(0, words.size()), words, least));
}

std::size_t count_han(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size();) n += is_han(next_character(s, i));
  return n;
}

std::vector<std::u32string> words_of(std::string_view s) {
  std::vector<std::u32string> words;
  while (!(s = trim(s)).empty()) {
    const std::size_t end = std::min(s.find(' '), s.size());
    words.push_back(folded(s.substr(0, end)));
    s = s.substr(end);
  }
  return words;
}

// How many words the entry has that the heading has not: with two letters that are not low, as those are that dots are
// read for, or with an ideograph.
std::size_t words_more(std::string_view printed, std::string_view heading) {
  constexpr std::u32string_view low = U"ceotnsabruvw";
  const std::vector<std::u32string> known = words_of(heading);
  std::size_t more = 0;
  for (const std::u32string& word : words_of(printed)) {
    if (std::any_of(known.begin(), known.end(),
                    [&](const auto& k) { return similarity(k, word, headings::like_word) > 0; }))
      continue;
    const auto others = std::count_if(
        word.begin(), word.end(), [&](char32_t c) { return is_cjk(c) || (is_letter(c) && low.find(c) == low.npos); });
    more += others >= 2;
  }
  return more;
}

}  // namespace

std::string figures_of(std::string_view title) {
  constexpr std::string_view like_one = "lI|";
  std::string figures;
  title = trim(title);
  for (std::size_t i = 0; i < title.size();) {
    const char32_t c = next_character(title, i);
    if (is_digit(c))
      figures += static_cast<char>(c);
    else if (c < 0x80 && like_one.find(static_cast<char>(c)) != like_one.npos && i < title.size() &&
             !is_letter(first_character(title.substr(i))))
      figures += '1';
    else if (c != '.' && c != ',' && c != ':' && c != U'第' &&
             !(is_blank(c) && !figures.empty() && is_digit(first_character(title.substr(i)))) && !is_blank(c))
      break;
    else if (is_blank(c) && !is_digit(first_character(title.substr(i))))
      break;
  }
  return figures;
}

double words_left(const Title& entry, std::u32string_view words, std::u32string_view bare) {
  const double best = std::max({beginning_like(entry.words, words, headings::like_by_chance),
                                beginning_like(entry.bare, bare, headings::like_by_chance),
                                beginning_like(entry.words, bare, headings::like_by_chance)});
  const double length =
      std::min(headings::most_for_length, headings::a_character * best * static_cast<double>(words.size()));
  return best <= headings::like_by_chance ? 0 : (best - headings::like_by_chance) * headings::likeness_weight + length;
}

bool is_misread(const Entry& e, std::string_view heading, std::u32string_view bare) {
  const std::u32string words = folded(heading);
  if (similarity(words, e.title.words, headings::same_words) > 0 ||
      similarity(words, e.title.bare, headings::same_words) > 0)
    return false;
  const std::size_t han = count_han(heading);
  const auto own_han = [](std::u32string_view s) { return std::count_if(s.begin(), s.end(), is_han); };
  if (const auto in_title = own_han(bare); in_title >= 2 && own_han(e.title.bare) * 2 < in_title) return true;
  const std::size_t longer = std::max(words.size(), e.title.words.size()),
                    shorter = std::min(words.size(), e.title.words.size());
  if (longer * 4 <= shorter * 5) return similarity(words, e.title.words, headings::misread) > 0 && han >= 2;
  if (e.title.words.size() <= words.size()) return false;
  return similarity(std::u32string_view(e.title.words).substr(0, words.size()), words, headings::beginning) > 0 &&
         words_more(e.printed, heading) == 0;
}

bool may_be_heading(const Found& f, std::size_t i) {
  const Line& line = f.d.lines[i];
  const std::string_view text = trim(line.text);
  if (!f.lines.is_free(i) || line.block >= 0 || wider_than(text, headings::longest_unlisted)) return false;
  if (ends_like_text(text) || !has_word(text)) return false;
  return is_displayed(f.d, i) || f.lines.stands_apart(i);
}

bool is_displayed(const Document& d, std::size_t line) {
  const Node* said = d.declaration(d.lines[line]);
  return said != nullptr && said->name == "display";
}

std::size_t next_of_heading(const Found& f, std::size_t line) {
  std::size_t next = line + 1;
  if (next < f.d.lines.size() && trim(f.d.lines[next].text).empty()) ++next;  // large type stands apart
  if (next >= f.d.lines.size() || f.d.lines[next].page != f.d.lines[line].page) return line;
  const std::string_view text = trim(f.d.lines[next].text);
  const std::size_t full = f.lines.full_line();
  const bool goes_on = !text.empty() && f.lines.is_free(next) && f.d.lines[next].block < 0 &&
                       !wider_than(text, headings::longest_unlisted) &&
                       (is_displayed(f.d, line) || full == 0 || columns(text) * 4 < full * 3);
  return goes_on ? next : line;
}

std::size_t end_of_misread_number(const Entry& e, std::string_view heading) {
  constexpr std::size_t longest = 6, least = 4;  // characters of the number, of the title
  constexpr double read_well = 0.75;
  const std::u32string own = folded(trim(e.printed));
  if (own.size() < least || count_han(e.printed) < least) return 0;
  for (std::size_t at = 0, n = 0; at < heading.size() && n < longest; ++n) {
    const char32_t c = next_character(heading, at);
    if (is_cjk(c)) return 0;
    const std::u32string rest = folded(heading.substr(at));
    if (is_blank(first_character(heading.substr(at))) && similarity(rest, own, read_well) > 0 &&
        rest.size() <= own.size() + 1)
      return at + 1;
  }
  return 0;
}

void restore_words(const Document& d, const Entry& e, const std::string& words, std::u32string_view bare,
                   Proposal& out) {
  if (!has_word(words)) return;  // a number alone says nothing of an entry's words
  const auto [first, last] = d.lines_of({e.node->at.begin, e.node->at.end + 1});
  if (last != first + 1 || similarity(folded(words), e.title.words, headings::same_words) > 0 ||
      similarity(bare, e.title.words, headings::same_words) > 0)
    return;
  const Line& line = d.lines[first];
  std::size_t end = 0;
  bool behind = false;
  each_run(d, line, [&](std::string_view text, const Node* phrase) {
    behind = behind || phrase != nullptr;
    if (!behind) end += text.size();
  });
  const std::string_view printed = trim(line.text.substr(0, end));
  // The heading ends in the words of the entry, and something stands before them: its number was misread, and the entry
  // was not.
  const std::u32string own = folded(printed), heading = folded(words);
  constexpr double read_well = 0.75;
  if (bare.size() == heading.size() && heading.size() > own.size() && own.size() >= 4 &&
      similarity(std::u32string_view(heading).substr(heading.size() - own.size()), own, read_well) > 0)
    return;
  // Several words of its own are no debris: whichever heading stands on its page, these are not its words.
  if (printed.empty() || (words_more(printed, words) >= headings::no_debris &&
                          similarity(folded(words), e.title.words, headings::like_mended) == 0))
    return;
  const auto begin = static_cast<std::size_t>(printed.data() - line.text.data());
  out.edit(
      line, begin, begin + printed.size(), words, "contents.restored",
      {headings::mended_entry, "the words of the heading on its page; the entry reads '" + std::string(printed) + "'"});
}

}  // namespace emend
