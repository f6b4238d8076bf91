// Who wrote, edited or translated a work: persons out of a run of names.
#include <algorithm>
#include <array>

#include "pipeline/text/persons.h"
#include "pipeline/text/script.h"
#include "stages/82-citations/draft.h"

namespace emend {

namespace {

constexpr std::size_t longest_name = 120;  // bytes; a longer one is no name

bool has_han(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (is_han(next_character(s, i))) return true;
  return false;
}

std::size_t han_count(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size();) n += is_han(next_character(s, i));
  return n;
}

// Splits at any of `separators`.
std::vector<Range> split(const CitationDraft& draft, Range r, std::u32string_view separators) {
  std::vector<Range> pieces;
  const std::string_view s = draft.whole.text;
  std::size_t begin = r.begin;
  for (std::size_t i = r.begin; i < r.end;) {
    const std::size_t at = i;
    if (separators.find(next_character(s, i)) == separators.npos) continue;
    pieces.push_back({begin, at});
    begin = i;
  }
  pieces.push_back({begin, r.end});
  return pieces;
}

// Splits at "and", "und", "et", "&", "y" between blanks.
std::vector<Range> split_at_and(const CitationDraft& draft, Range r) {
  static constexpr std::array<std::string_view, 6> words{" and ", " und ", " et ", " & ", " u. ", " with "};
  const std::string_view s = std::string_view(draft.whole.masked).substr(0, r.end);
  std::vector<Range> pieces;
  std::size_t begin = r.begin;
  for (std::size_t i = r.begin; i < r.end; ++i)
    for (const std::string_view word : words)
      if (s[i] == ' ' && s.substr(i).starts_with(word)) {
        pieces.push_back({begin, i});
        begin = i + word.size() - 1;
        i = begin - 1;
        break;
      }
  pieces.push_back({begin, r.end});
  return pieces;
}

std::size_t words_in(std::string_view s) {
  std::size_t n = 0;
  bool in = false;
  for (const char c : s) {
    const bool blank = c == ' ' || c == '\n';
    n += !blank && !in;
    in = !blank;
  }
  return n;
}

constexpr std::u32string_view ends = U",;:.，；：、．。";

// "Smith, J., Jones, K." or "John Smith, Paul Jones" or "Smith, John".
void read_comma_list(const CitationDraft& draft, Range r, bool first, std::vector<Range>& persons) {
  std::vector<Range> tokens;
  for (const Range t : split(draft, r, U","))
    if (const Range token = draft.trimmed(t); !token.empty()) tokens.push_back(token);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view token = draft.text(tokens[i]);
    const bool more = i + 1 < tokens.size();
    const bool initials = more && are_initials(draft.text(tokens[i + 1]));
    const bool given = more && first && i == 0 && words_in(token) == 1 && words_in(draft.text(tokens[i + 1])) <= 3;
    const bool particle = more && words_in(token) > 1 && is_lower(first_character(token)) && first && i == 0;
    const bool inverted = more && (initials || given || particle) && !are_initials(token);
    Range person{tokens[i].begin, tokens[inverted ? i + 1 : i].end};
    const bool dotted = draft.whole.text.substr(person.end).starts_with('.') && person.end < r.end;
    if (inverted && dotted && are_initials(draft.text(tokens[i + 1]))) ++person.end;
    persons.push_back(person);
    i += inverted;
  }
}

Range without_role(const CitationDraft& draft, Range r) {
  for (int again = 0; again < 3; ++again) {
    const Match m = draft.rules.find("citation-role", draft.masked(r));
    if (!m || m.groups[0].size() + 3 > r.end - r.begin) break;
    r = draft.trimmed({r.begin, static_cast<std::size_t>(m.groups[0].data() - draft.whole.masked.data())}, U",，(（");
  }
  return r;
}

// 张三著，李四译: what is said of one person is said of those before it, too, unless something else is.
Names read_chinese_names(const CitationDraft& draft, Range r) {
  Names names;
  std::vector<Range>& persons = names.persons;
  const bool marks = draft.text(r).find("、") != std::string_view::npos;
  for (Range piece : split(draft, r, marks ? std::u32string_view(U"、；;") : std::u32string_view(U"、；;，,"))) {
    piece = draft.trimmed(piece);
    piece.begin += origin_length(draft.text(piece));
    const Match says = draft.rules.find("citation-role", draft.masked(piece));
    const std::string role(says ? says.rule->fact("role") : "");
    piece = without_role(draft, draft.trimmed(piece));
    if (piece.empty() || draft.text(piece) == "等") continue;
    const std::string_view s = draft.text(piece);
    std::size_t joint = s.npos, length = 3;
    for (const std::string_view word : {"和", "与", "與", "及"})
      if (const std::size_t at = s.find(word); at != s.npos && at > 0 && at + 3 < s.size() && joint == s.npos)
        joint = at;
    const bool two = joint != s.npos && is_name(s.substr(0, joint), draft.rules) &&
                     is_name(s.substr(joint + length), draft.rules) && han_count(s) >= 5 && han_count(s) <= 24;
    if (two) {
      persons.push_back({piece.begin, piece.begin + joint});
      persons.push_back({piece.begin + joint + length, piece.end});
    } else {
      persons.push_back(piece);
    }
    names.roles.resize(persons.size(), role);
  }
  for (std::size_t i = names.roles.size(); i-- > 1;)
    if (names.roles[i - 1].empty()) names.roles[i - 1] = names.roles[i];
  return names;
}

}  // namespace

std::size_t origin_length(std::string_view s) {
  std::size_t i = 0;
  if (s.empty() || std::u32string_view(U"[［（(〔【").find(next_character(s, i)) == std::u32string_view::npos) return 0;
  for (std::size_t n = 0; i < s.size() && n < 6; ++n) {
    const char32_t c = next_character(s, i);
    if (std::u32string_view(U"]］）)〕】").find(c) != std::u32string_view::npos && n > 0) return i;
    if (!is_han(c)) return 0;
  }
  return 0;
}

bool is_name(std::string_view s, const Rules& rules) {
  return !s.empty() && s.size() <= longest_name && rules.test("citation-name", s) != nullptr &&
         rules.test("citation-no-name", s) == nullptr;
}

Names read_names(const CitationDraft& draft, Range r) {
  Names names;
  r = draft.trimmed(r);
  if (r.empty()) return names;
  if (has_han(draft.text(r))) {
    names = read_chinese_names(draft, r);
  } else {
    r = without_role(draft, draft.trimmed(r, U",;:"));
    std::string_view s = draft.masked(r);
    for (const std::string_view tail : {"et al.", "et al", "etc.", "et alii", "u. a.", "u.a.", "and others"})
      if (s.ends_with(tail) && s.size() > tail.size() + 2)
        r = draft.trimmed({r.begin, r.end - tail.size()}, U",;&"), s = draft.masked(r);
    for (const Range list : split(draft, r, U";/")) {
      bool first = true;
      for (const Range piece : split_at_and(draft, list)) {
        read_comma_list(draft, draft.trimmed(piece, U",;:"), first, names.persons);
        first = false;
      }
    }
  }
  names.certain = !names.persons.empty();
  for (const Range person : names.persons) {
    std::string flat(draft.text(person));
    std::replace(flat.begin(), flat.end(), '\n', ' ');
    names.certain = names.certain && is_name(flat, draft.rules);
  }
  return names;
}

bool CitationDraft::add_persons(Range r, std::string_view role) {
  bool any = false;
  const Match says = rules.find("citation-role", masked(trimmed(r, ends)));
  const std::string all(says && role == "author" ? says.rule->fact("role") : role);
  const Names names = read_names(*this, r);
  for (std::size_t i = 0; i < names.persons.size(); ++i) {
    if (text(names.persons[i]).size() > longest_name) continue;
    const bool told = role == "author" && i < names.roles.size() && !names.roles[i].empty();
    const std::string& said = told ? names.roles[i] : all;
    any =
        add(names.persons[i], said == "author" ? "author" : "editor", said == "translator" ? "role=translator" : "") ||
        any;
  }
  return any;
}

}  // namespace emend
