// Finds where the names end at the beginning of a citation: the longest stretch up to a mark that reads as names.
#include "stages/82-citations/leading_names.h"

#include <algorithm>
#include <string_view>

#include "pipeline/text/script.h"
#include "stages/82-citations/pieces.h"

namespace emend {

namespace {

Range and_less(const CitationDraft& d, Range r) {
  for (const std::string_view word : {"and ", "und ", "et ", "& "})
    if (d.masked(r).starts_with(word)) return {r.begin + word.size(), r.end};
  return r;
}

bool starts_with_and(const CitationDraft& d, Range r) { return and_less(d, r).begin != r.begin; }

bool more_names_behind(const CitationDraft& d, std::size_t from, std::size_t limit) {
  return starts_with_and(d, d.trimmed({from, limit}));
}

// "Anna Jones, Salt Marshes: A History": what looks like a second name may be a title.
bool lists_without_and(const CitationDraft& d, Range r) {
  const std::string_view s = d.masked(r);
  const std::size_t comma = s.find(',');
  if (comma == s.npos || s.find(';') != s.npos) return false;
  const bool direct = word_count(d.text(d.trimmed({r.begin, r.begin + comma}))) > 1;
  const std::size_t last = s.rfind(',');
  return direct && !starts_with_and(d, d.trimmed({r.begin + last + 1, r.end})) && s.find(" and ") == s.npos &&
         s.find(" et ") == s.npos && s.find(" und ") == s.npos && s.find(" & ") == s.npos &&
         !is_lower(first_character(s)) && s.substr(0, comma).find('.') == s.npos;
}

// "John Smith, A History" or "John Smith and Paul Jones, A History": names in their natural order only.
std::optional<Range> names_before_comma(const CitationDraft& d, std::size_t begin, std::size_t limit) {
  const std::string_view s = d.whole.masked;
  std::optional<Range> best;
  std::size_t piece = begin;
  for (std::size_t i = begin; i < limit && s[i] != '(' && s[i] != ':'; ++i) {
    if (s[i] != ',') continue;
    const Range token = d.trimmed({piece, i});
    const Range tail = and_less(d, token);
    if (word_count(d.text(tail)) < 2 || !read_names(d, tail).certain) break;
    // A second name without "and" may as well be a title in capitals.
    if (best && tail.begin == token.begin && d.text(token).find(" and ") == std::string_view::npos) {
      if (!more_names_behind(d, i + 1, limit)) break;
    }
    best = Range{begin, i};
    piece = i + 1;
    // "Maud Ellery, ed., The Orrin Papers"
    const std::size_t next = s.find(',', piece);
    if (next != s.npos && next < limit && is_role(d, d.trimmed({piece, next}))) {
      best->end = next;
      break;
    }
  }
  return best;
}

// "Courtadon, Hélène, Les Eaux lentes, Paris", where it is known that this is an entry.
std::optional<Range> inverted_before_comma(const CitationDraft& d, std::size_t begin, std::size_t limit) {
  const std::string_view s = d.whole.masked;
  const std::size_t one = s.find(',', begin), two = one == s.npos ? one : s.find(',', one + 1);
  if (two == s.npos || two >= limit) return {};
  const Range r{begin, two};
  if (word_count(d.text(d.trimmed({begin, one}))) > 1 || !read_names(d, r).certain) return {};
  return r;
}

// What stands at byte `i` that may end the names.
enum class NamesEnd { none, year, colon, stop, initial, role };

NamesEnd names_end_at(std::string_view s, std::size_t begin, std::size_t i, std::size_t limit) {
  const bool blank_behind = i + 1 < limit && s[i + 1] == ' ';
  if (s[i] == ':' && blank_behind) return NamesEnd::colon;
  if (s[i] == '.' && blank_behind)
    return i == begin + 1 || s[i - 2] == ' ' || s[i - 2] == '.' || s[i - 2] == '-' ? NamesEnd::initial : NamesEnd::stop;
  if (s[i] != '(') return NamesEnd::none;
  return i + 5 < limit && is_digit(static_cast<unsigned char>(s[i + 1])) &&
                 is_digit(static_cast<unsigned char>(s[i + 4]))
             ? NamesEnd::year
             : NamesEnd::role;
}

// The longest stretch up to one of these that reads as names.
std::optional<Range> names_before_mark(const CitationDraft& d, std::size_t begin, std::size_t limit) {
  const std::string_view s = d.whole.masked;
  std::optional<Range> best;
  for (std::size_t i = begin; i < limit; ++i) {
    const NamesEnd mark = names_end_at(s, begin, i, limit);
    if (mark == NamesEnd::none) continue;
    std::size_t end = i;
    if (mark == NamesEnd::role) {
      const std::size_t close = s.find(')', i);
      if (close == s.npos || close - i > 8) break;
      end = close + 1;
    }
    Range names = d.trimmed({begin, end});
    const bool empty = names.empty();
    if (mark == NamesEnd::initial) names.end = i + 1;
    if (!empty && !lists_without_and(d, names) && read_names(d, names).certain && (!best || names.end > best->end))
      best = names;
    if (mark == NamesEnd::year || mark == NamesEnd::colon || mark == NamesEnd::stop) break;
  }
  return best;
}

}  // namespace

std::optional<Range> leading_names(const CitationDraft& d, CitationForm form, std::size_t begin) {
  const std::size_t limit = std::min(d.segment.end, begin + 300);
  if (const std::optional<Range> names = names_before_mark(d, begin, limit)) return names;
  if (form == CitationForm::entry)
    if (const std::optional<Range> inverted = inverted_before_comma(d, begin, limit)) return inverted;
  return names_before_comma(d, begin, limit);
}

}  // namespace emend
