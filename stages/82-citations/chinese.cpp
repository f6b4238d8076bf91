// Chinese citations, whose titles stand in 《》: author, a colon, the title; then where it appeared. And GB/T 7714,
// which says by a letter in brackets what a work is: author. title[J]. journal, year, volume(issue): pages.
#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/82-citations/draft.h"
#include "weights/citations.h"

namespace emend {

namespace {

std::size_t offset(const CitationDraft& d, std::string_view group) {
  return static_cast<std::size_t>(group.data() - d.whole.masked.data());
}

char32_t before(const CitationDraft& d, std::size_t at) {
  const Range r = d.trimmed({d.segment.begin, at});
  return r.empty() ? U'\0' : last_character(d.text(r));
}

bool is_colon(char32_t c) { return c == U'：' || c == U':'; }
bool is_comma(char32_t c) { return c == U'，' || c == U','; }

std::vector<const QuotedTitle*> titles_in(const CitationDraft& d) {
  std::vector<const QuotedTitle*> all;
  for (const QuotedTitle& t : d.whole.titles) {
    if (t.outer.begin < d.segment.begin || t.outer.end > d.segment.end || t.kind == QuotedTitle::starred) continue;
    const char32_t ahead = before(d, t.outer.begin);
    if (t.kind == QuotedTitle::quotes && (!all.empty() || !(is_colon(ahead) || is_comma(ahead)))) continue;
    all.push_back(&t);
  }
  return all;
}

// The persons before the first title. True if there are some, or nothing at all.
void read_authors(CitationDraft& d, Range r) {
  r = d.trimmed(r);
  if (r.empty()) return;
  const char32_t last = last_character(d.text(r));
  const bool colon = is_colon(last), comma = is_comma(last);
  r = d.trimmed(r, U"：:，,");
  const bool role = d.rules.test("citation-role", d.masked(r)) != nullptr;
  if (!colon && !comma && !role) return;
  // What stands before a comma may lead up to the citation.
  const Names all = read_names(d, r);
  std::size_t begin = r.begin;
  if (!all.certain || comma)
    for (std::size_t i = r.begin; i < r.end;) {
      const char32_t c = next_character(d.whole.masked, i);
      if (is_comma(c) || c == U'。' || c == U'；' || c == U'？') begin = all.certain ? begin : i;
    }
  r.begin = begin;
  if (const Match lead = d.rules.find("citation-lead", d.masked(r)); lead && !read_names(d, r).certain) {
    const std::size_t from = offset(d, lead.groups[1]);
    if (read_names(d, {from, r.end}).certain) r.begin = from;
  }
  if ((comma && !role && !read_names(d, r).certain) || r.end - r.begin > 150) return;
  d.add_persons(r, "author");
}

// The title of what the work appeared in, if the second title is that.
const QuotedTitle* find_host(CitationDraft& d, const std::vector<const QuotedTitle*>& titles) {
  if (titles.size() < 2) return nullptr;
  const Range between{titles[0]->outer.end, titles[1]->outer.begin};
  const Match m = d.rules.find("citation-host", d.masked(between));
  if (!m) return nullptr;
  if (m.groups.size() > 1 && !m.groups[1].empty()) {
    const std::size_t at = offset(d, m.groups[1]);
    d.add_persons({at, at + m.groups[1].size()}, "editor");
    d.kind = "chapter";
  }
  return titles[1];
}

}  // namespace

bool read_chinese(CitationDraft& d) {
  const std::vector<const QuotedTitle*> titles = titles_in(d);
  if (titles.empty()) return false;
  read_authors(d, {d.segment.begin, titles[0]->outer.begin});
  const QuotedTitle* host = find_host(d, titles);
  const std::size_t used = host == nullptr ? 1 : 2;
  const std::size_t limit = titles.size() > used ? titles[used]->outer.begin : d.segment.end;
  d.add_parts({host == nullptr ? titles[0]->inner.end : host->inner.end, limit}, citations::reach_chinese);
  const bool periodical = d.kind == "article" || d.kind == "newspaper";
  std::string_view level = "m";
  if (host != nullptr)
    level = "a";
  else if (periodical)
    level = "j";
  else if (d.kind == "thesis")
    level = "u";
  else if (d.kind == "web" && !d.has("biblScope", "unit=section"))  // a law stands by itself
    level = "a";
  d.add_title(*titles[0], level);
  if (host != nullptr) {
    const bool book = d.kind == "book" || d.kind == "chapter";
    d.add_title(*host, book ? "m" : "j");
    if (d.kind.empty()) d.kind = "article";
    if (d.kind == "book") d.kind = "chapter";
  }
  return true;
}

namespace {

// Where the authors end in "author. title", or the beginning if there are none.
std::size_t authors_end(const CitationDraft& d, Range head) {
  const std::string_view s = d.whole.masked;
  for (std::size_t i = head.begin; i < head.end;) {
    const std::size_t at = i;
    const char32_t c = next_character(s, i);
    if (c != '.' && c != U'．' && c != U'。') continue;
    const Range names{head.begin, at};
    const bool blank = i < head.end && (s[i] == ' ' || static_cast<unsigned char>(s[i]) >= 0x80);
    const bool initial_follows = i + 2 < head.end && s[i] == ' ' && s[i + 2] == '.';
    if (c == '.' && (!blank || initial_follows)) continue;
    return read_names(d, names).persons.empty() || at - head.begin > 240 ? head.begin : at;
  }
  return head.begin;
}

std::string_view kind_of(std::string_view code) {
  if (code.find("EB") != code.npos) return "web";
  switch (code.empty() ? ' ' : code[0]) {
    case 'J': return "article";
    case 'N': return "newspaper";
    case 'D': return "thesis";
    case 'A': return "chapter";
    default: return "book";
  }
}

// The journal or newspaper: from the code to the first comma or part.
void read_periodical(CitationDraft& d, Range rest) {
  const Range r = d.trimmed(rest, U".．。,，");
  std::size_t end = r.begin;
  while (end < r.end) {
    std::size_t next = end;
    const char32_t c = next_character(d.whole.masked, next);
    if (is_comma(c) || d.taken({end, next})) break;
    end = next;
  }
  d.add(d.trimmed({r.begin, end}, U"《》"), "title", "level=j");
}

// "//editor. collection[C]" behind the title of a paper.
std::size_t read_collection(CitationDraft& d, Range rest) {
  const Match code = d.rules.find("citation-code", d.masked(rest));
  const std::size_t stop = code ? offset(d, code.groups[0]) : rest.end;
  Range head{rest.begin, stop};
  if (!code)
    for (std::size_t i = head.begin; i < head.end; ++i)
      if (d.whole.masked.compare(i, 2, ". ") == 0 && i > authors_end(d, head)) head.end = i;
  const std::size_t split = authors_end(d, head);
  if (split > head.begin) d.add_persons({head.begin, split}, "editor");
  d.add(d.trimmed({split, head.end}, U".．。：: "), "title", "level=m");
  d.kind = "chapter";
  return code ? stop + code.groups[0].size() : head.end;
}

}  // namespace

bool read_coded(CitationDraft& d) {
  const Match code = d.rules.find("citation-code", d.masked(d.segment));
  if (!code) return false;
  const std::size_t at = offset(d, code.groups[0]);
  std::size_t behind = at + code.groups[0].size();
  const Range head = d.trimmed({d.segment.begin, at});
  if (head.empty()) return false;
  const std::size_t split = authors_end(d, head);
  if (split > head.begin) d.add_persons({head.begin, split}, "author");
  d.add({at, behind}, "seg", "type=medium");
  d.kind = kind_of(code.groups[1]);
  std::string_view level = d.kind == "book" ? "m" : d.kind == "thesis" ? "u" : "a";
  const Range rest = d.trimmed({behind, d.segment.end}, U".．。 ");
  const bool in = d.text(rest).starts_with("//") || d.text(rest).starts_with("见") || d.text(rest).starts_with("In:");
  if (in) {
    behind = read_collection(d, d.trimmed({rest.begin + (d.text(rest).starts_with("//") ? 2 : 3), rest.end}, U"：: /"));
    level = "a";
  }
  d.add(d.trimmed({split, head.end}, U".．。：: 《》"), "title", "level=" + std::string(level));
  const std::string kind = d.kind;
  d.add_parts({in ? behind : at, d.segment.end}, citations::coded_reach);
  d.kind = kind == "book" && d.kind == "thesis" ? "book" : kind.empty() ? d.kind : kind;
  if (d.kind == "article" || d.kind == "newspaper") read_periodical(d, {behind, d.segment.end});
  return true;
}

}  // namespace emend
