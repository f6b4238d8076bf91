// Cutting a note into citations, choosing the style of each, and weighing whether it is one.
#include "stages/82-citations/citation.h"

#include <algorithm>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/82-citations/draft.h"
#include "weights/citations.h"

namespace emend {

namespace {

constexpr std::size_t longest_text = 20000;  // bytes

// ---- where one may begin

// A semicolon between names separates persons, not citations.
bool separates(const CitationText& t, const Rules& rules, Range ahead) {
  const CitationDraft draft(t, rules, ahead);
  const Match opener = rules.find("citation-opener", draft.masked(ahead));
  if (opener && draft.masked(ahead).size() > opener.groups[1].size() &&
      opener.groups[1].data() <= draft.masked(ahead).data() + 2)
    ahead.begin += opener.groups[1].size();
  const Names names = read_names(draft, ahead);
  return !names.certain;
}

std::vector<Range> segments_of(const CitationText& t, const Rules& rules, CitationForm form) {
  const std::string_view s = t.masked;
  if (form == CitationForm::entry) return {{0, s.size()}};
  std::vector<std::size_t> cuts;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t at = i;
    const char32_t c = next_character(s, i);
    if (c == U'；' || c == U';' || c == U'。') cuts.push_back(i);
    (void)at;
  }
  for (const Match& m : rules.find_all("citation-opener", s))
    cuts.push_back(static_cast<std::size_t>(m.groups[1].data() - s.data()));
  std::sort(cuts.begin(), cuts.end());
  std::vector<Range> segments;
  std::size_t begin = 0;
  for (const std::size_t cut : cuts) {
    if (cut <= begin) continue;
    if (s[cut - 1] == ';' && !separates(t, rules, {begin, cut - 1})) continue;
    segments.push_back({begin, cut});
    begin = cut;
  }
  if (begin < s.size()) segments.push_back({begin, s.size()});
  return segments;
}

// ---- what it weighs

struct Weight {
  double points = 0;
  std::string reason;
  void count(bool there, double worth, const char* what) {
    if (!there) return;
    points += worth;
    reason += (reason.empty() ? "" : ", ") + std::string(what);
  }
};

Weight weigh(const CitationDraft& d, bool opened, bool coded) {
  Weight w;
  w.count(d.has("author") || d.has("editor"), citations::points_of_author, "author");
  w.count(d.has("title"), citations::points_of_title, "title");
  w.count(d.has("title", "level=j") || (d.has("title", "level=a") && d.has("title", "level=m")),
          citations::points_of_host, "what it appeared in");
  w.count(d.has("biblScope", "unit=issue") || d.has("biblScope", "unit=volume"), citations::points_of_volume,
          "volume or issue");
  w.count(d.has("publisher") || d.has("pubPlace"), citations::points_of_publisher, "publisher");
  w.count(d.has("date", "when="), citations::points_of_year, "date");
  w.count(d.has("biblScope", "unit=page") || d.has("biblScope", "unit=chapter") || d.has("biblScope", "unit=section"),
          citations::points_of_pages, "pages");
  w.count(d.has("ref") || d.has("idno"), citations::points_of_address, "address");
  w.count(d.has("date", "type=access"), citations::points_of_access, "day of access");
  w.count(d.kind == "thesis", citations::points_of_thesis, "thesis");
  w.count(coded, citations::points_of_coded, "type in brackets");
  w.count(opened, citations::points_of_opened, "words that refer");
  return w;
}

bool is_citation(const CitationDraft& d, const Weight& w) {
  if (!d.has("title") || w.points < citations::enough) return false;
  return d.has("author") || d.has("editor") || d.has("publisher") || d.has("ref") || d.count("title") > 1 ||
         d.kind == "newspaper" || d.kind == "article";
}

std::uint8_t sureness(double points) {
  return static_cast<std::uint8_t>(std::clamp(70 + static_cast<int>(3 * points), 70, 97));
}

// ---- one that repeats another

int note_number(std::string_view printed) {
  const Number n = read_whole_number(printed);
  return n ? n.value : 0;
}

bool read_again(CitationDraft& d, Citation& c) {
  const Range r = d.trimmed(d.segment, U",，;；。：:(（");
  const std::string_view s = d.masked(r);
  const Match m = d.rules.find("citation-again", s);
  if (!m || m.groups.size() < 2) return false;
  const std::string_view kind = m.rule->fact("kind"), words = m.groups[1];
  c.again = kind == "number" ? Again::number
            : kind == "work" ? Again::work
            : kind == "year" ? Again::year
                             : Again::ibid;
  if (c.again == Again::number && m.groups.size() > 2) c.number = note_number(m.groups[2]);
  const auto at = static_cast<std::size_t>(words.data() - d.whole.masked.data());
  if (c.again == Again::year && m.groups.size() > 2) {  // the year stands for the work
    const auto year = static_cast<std::size_t>(m.groups[2].data() - d.whole.masked.data());
    d.add({year, year + m.groups[2].size()}, "date", "when=" + std::string(m.groups[2].substr(0, 4)));
    d.add_persons({at, at + words.size()}, "author");
    d.add_parts({year + m.groups[2].size(), d.segment.end}, 24);
    c.sure = 85;
    c.reason = "author and year of an entry in the list of works";
    return true;
  }
  d.add({at, at + words.size()}, "ref");
  const Range ahead = d.trimmed({r.begin, at}, U",，：:");
  if (!ahead.empty()) {
    const QuotedTitle* title = nullptr;
    for (const QuotedTitle& t : d.whole.titles)
      if (title == nullptr && ahead.begin <= t.outer.begin && t.outer.end <= at) title = &t;
    Range names = ahead;
    if (title != nullptr)
      names.end = title->outer.begin;
    else if (const std::size_t comma = d.masked(ahead).find(','); comma != std::string_view::npos) {
      names.end = ahead.begin + comma;
      d.add(d.trimmed({names.end + 1, at}, U",(（ "), "title", "level=m");
    }
    d.add_persons(d.trimmed(names, U",，：:"), "author");
    if (title != nullptr) d.add_title(*title, "m");
  }
  d.add_parts({at + words.size(), d.segment.end}, 24);
  c.sure = c.again == Again::ibid ? 92 : 88;
  c.reason = "words that stand for a citation before";
  return true;
}

// ---- all of it

Range behind_opener(const CitationText& t, const Rules& rules, Range segment, bool& opened) {
  const CitationDraft draft(t, rules, segment);
  segment.begin = draft.trimmed(segment, U"，,；;。、.(（").begin;  // a full stop at the end may belong to "12 f."
  segment.end = draft.trimmed(segment).end;
  if (segment.empty()) return segment;
  const Match m = rules.find("citation-opener", draft.masked(segment));
  opened = m && m.groups[1].data() == draft.masked(segment).data();
  if (opened) segment.begin += m.groups[1].size();
  return segment;
}

bool holds_chinese_title(const CitationText& t, Range r) {
  std::size_t han = 0, latin = 0;
  for (std::size_t i = r.begin; i < r.end;) {
    const char32_t c = next_character(t.masked, i);
    if (is_han(c)) ++han;
    if (is_latin(c)) ++latin;
  }
  const bool title = std::any_of(t.titles.begin(), t.titles.end(), [&](const QuotedTitle& q) {
    return q.outer.begin >= r.begin && q.outer.end <= r.end &&
           (q.kind == QuotedTitle::book || q.kind == QuotedTitle::article);
  });
  return title || han > latin;
}

// A citation ends where its parts do.
void settle(CitationDraft& d, Citation& c) {
  c.parts = std::move(d.parts);
  c.begin = c.parts.front().begin;
  c.end = c.parts.back().end;
  c.kind = d.kind;
}

// The marks around a title at either end, and "[美]" before the first author, are printed with the citation.
void add_marks(CitationDraft& d) {
  const std::size_t first = d.parts.front().begin, last = d.parts.back().end;
  for (const QuotedTitle& t : d.whole.titles) {
    if (t.inner.begin == first && t.outer.begin >= d.segment.begin) d.add({t.outer.begin, first}, "bibl");
    if (t.inner.begin < last && last <= t.inner.end && t.outer.end <= d.segment.end) d.add({last, t.outer.end}, "bibl");
  }
  const Range origin = d.trimmed({d.segment.begin, first});
  if (d.parts.front().name != "bibl" && origin_length(d.text(origin)) == origin.end - origin.begin)
    d.add(origin, "bibl");
}

// The words of a date or page that no part has: 版 behind 2006年.
void add_tail(CitationDraft& d) {
  const std::size_t end = d.parts.back().end;
  const Match tail = d.rules.find("citation-tail", d.masked({end, d.segment.end}));
  if (tail) d.add({end, end + tail.groups[1].size()}, "bibl");
}

bool read_one(const CitationText& t, const Rules& rules, Range segment, CitationForm form, Citation& c) {
  bool opened = false;
  if (form == CitationForm::entry)
    if (const Match number = rules.find("citation-number", t.masked)) segment.begin += number.groups[1].size();
  segment = behind_opener(t, rules, segment, opened);
  if (segment.empty()) return false;
  CitationDraft d(t, rules, segment);
  if (form == CitationForm::note && read_again(d, c)) return settle(d, c), true;
  bool coded = read_coded(d);
  if (!coded) d.parts.clear(), d.kind.clear();
  const bool chinese = holds_chinese_title(t, segment);
  const bool read = coded || (chinese ? read_chinese(d) : read_western(d, form));
  if (!read || d.parts.empty()) return false;
  const Weight w = weigh(d, opened, coded);
  if (!is_citation(d, w)) return false;
  add_tail(d);
  add_marks(d);
  c.sure = sureness(w.points);
  c.reason = w.reason;
  settle(d, c);
  return true;
}

}  // namespace

std::vector<Citation> find_citations(std::string_view text, const Rules& rules, CitationForm form) {
  std::vector<Citation> all;
  if (text.size() > longest_text) return all;
  const CitationText prepared = prepare_citation(text);
  for (Range segment : segments_of(prepared, rules, form))
    for (int more = 0; more < 8 && !segment.empty(); ++more) {  // what is behind a citation may be another
      Citation c;
      if (!read_one(prepared, rules, segment, form, c)) break;
      segment.begin = c.end;
      all.push_back(std::move(c));
      if (form == CitationForm::entry) break;
    }
  return all;
}

}  // namespace emend
