// Naming parts of a citation: by rules, by hand, never twice.
#include "stages/82-citations/draft.h"

#include <algorithm>
#include <array>

#include "pipeline/text/dates.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

// What rules call a part, and how TEI says it.
struct PartName {
  std::string_view rule, element, attributes;
};
constexpr std::array<PartName, 15> part_names{{{"journal", "title", "level=j"},
                                               {"series", "title", "level=s"},
                                               {"volume", "biblScope", "unit=volume"},
                                               {"issue", "biblScope", "unit=issue"},
                                               {"page", "biblScope", "unit=page"},
                                               {"chapter", "biblScope", "unit=chapter"},
                                               {"section", "biblScope", "unit=section"},
                                               {"publisher", "publisher", ""},
                                               {"place", "pubPlace", ""},
                                               {"edition", "edition", ""},
                                               {"date", "date", ""},
                                               {"accessed", "date", "type=access"},
                                               {"doi", "idno", "type=DOI"},
                                               {"genre", "seg", "type=genre"},
                                               {"rest", "seg", ""}}};

// The first and the last number of a page range as @from and @to, where they are arabic.
std::string page_range(std::string_view s) {
  std::array<std::string, 2> numbers;
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size() && n < 2;) {
    if (!is_digit(static_cast<unsigned char>(s[i]))) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < s.size() && is_digit(static_cast<unsigned char>(s[i]))) ++i;
    if (i - begin <= 6) numbers[n++] = s.substr(begin, i - begin);
  }
  // A list (3、7) has no ends.
  if (s.find("、") != s.npos || s.find(',') != s.npos || s.find("，") != s.npos || n == 0) return {};
  // 112–15 is short for 112–115.
  if (n == 2 && numbers[1].size() < numbers[0].size())
    numbers[1] = numbers[0].substr(0, numbers[0].size() - numbers[1].size()) + numbers[1];
  return "\nfrom=" + numbers[0] + (n == 2 ? "\nto=" + numbers[1] : "");
}

std::string line_free(std::string_view s) {
  std::string out;
  for (const char c : s)
    if (c != '\n' && c != '\r' && c != ' ') out += c;
  return out;
}

// One match of a rule, with the bytes from the first to the last of its named groups.
struct Found {
  Range hull, whole;
  std::size_t order = 0;
  std::vector<std::pair<Range, std::string_view>> groups;
  std::string_view kind;
};

Found found(const Match& m, std::string_view masked, std::size_t order) {
  Found f;
  f.order = order;
  f.kind = m.rule->fact("kind");
  std::string_view names = m.rule->fact("groups");
  f.hull = {masked.size(), 0};
  for (std::size_t g = 1; g < m.groups.size() && !names.empty(); ++g) {
    const std::string_view name = names.substr(0, names.find(','));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    if (m.groups[g].data() == nullptr || m.groups[g].empty()) continue;
    const auto begin = static_cast<std::size_t>(m.groups[g].data() - masked.data());
    const Range r{begin, begin + m.groups[g].size()};
    f.hull = {std::min(f.hull.begin, r.begin), std::max(f.hull.end, r.end)};
    if (name != "-") f.groups.emplace_back(r, name);
  }
  return f;
}

// Matches of the rules for parts, and addresses, by where they begin; of two that begin at one place the longer is
// first.
std::vector<Found> parts_in(const CitationDraft& d, Range r) {
  std::vector<Found> all;
  for (const Match& m : d.rules.find_all("citation-part", d.masked(r))) {
    Found f = found(m, d.whole.masked, static_cast<std::size_t>(m.rule - d.rules.all().data()));
    const auto begin = static_cast<std::size_t>(m.groups[0].data() - d.whole.masked.data());
    f.whole = {begin, begin + m.groups[0].size()};
    if (!f.hull.empty()) all.push_back(std::move(f));
  }
  for (const Range address : d.whole.addresses)
    if (r.begin <= address.begin && address.end <= r.end)
      all.push_back({address, address, 0, {{address, "address"}}, "web"});
  std::stable_sort(all.begin(), all.end(), [](const Found& a, const Found& b) {
    if (a.hull.begin != b.hull.begin) return a.hull.begin < b.hull.begin;
    if (a.hull.end != b.hull.end) return a.hull.end > b.hull.end;
    return a.order < b.order;
  });
  return all;
}

}  // namespace

Range CitationDraft::trimmed(Range r, std::u32string_view also) const {
  const std::string_view s = whole.text;
  const auto drop = [&](char32_t c) { return c == '\n' || c == '\r' || is_blank(c) || also.find(c) != also.npos; };
  while (r.begin < r.end) {
    std::size_t next = r.begin;
    if (!drop(next_character(s, next))) break;
    r.begin = std::min(next, r.end);
  }
  while (r.end > r.begin && drop(last_character(s.substr(0, r.end)))) r.end = character_before(s, r.end);
  return r;
}

bool CitationDraft::taken(Range r) const {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const CitationPart& p) { return p.begin < r.end && r.begin < p.end; });
}

bool CitationDraft::add(Range r, std::string_view name, std::string attributes) {
  r = trimmed(r);
  if (r.empty() || taken(r)) return false;
  const auto at = std::lower_bound(parts.begin(), parts.end(), r.begin,
                                   [](const CitationPart& p, std::size_t b) { return p.begin < b; });
  parts.insert(at, {r.begin, r.end, std::string(name), std::move(attributes)});
  return true;
}

bool CitationDraft::add_title(const QuotedTitle& title, std::string_view level) {
  Range r = title.inner;
  const std::string_view s = text(r);  // “Title,” has its comma within the marks
  if (title.kind == QuotedTitle::quotes && !s.empty() && (s.back() == ',' || s.back() == '.')) --r.end;
  return add(r, "title", "level=" + std::string(level));
}

bool CitationDraft::add_named(Range r, std::string_view rule_name) {
  if (rule_name == "author" || rule_name == "editor" || rule_name == "translator") return add_persons(r, rule_name);
  const auto known =
      std::find_if(part_names.begin(), part_names.end(), [&](const PartName& p) { return p.rule == rule_name; });
  if (known == part_names.end()) return false;
  std::string attributes(known->attributes);
  if (rule_name == "page") attributes += page_range(text(r));
  if (known->element == "date")
    if (const std::string when = date_when(text(r)); !when.empty())
      attributes += (attributes.empty() ? "when=" : "\nwhen=") + when;
  return add(r, known->element, std::move(attributes));
}

bool CitationDraft::add_address(Range r) {
  const std::string target = line_free(text(r));
  if (target.find("doi.org/10.") != target.npos) return add(r, "idno", "type=DOI");
  if (target.ends_with("://")) return add(r, "ref", "");  // what followed was lost at a line end
  return add(r, "ref", "target=" + std::string(target.starts_with("www.") ? "http://" : "") + target);
}

std::size_t CitationDraft::add_parts(Range r, std::size_t reach) {
  std::size_t end = r.begin;
  for (const Found& f : parts_in(*this, r)) {
    if (f.hull.begin > end + reach) break;
    if (f.hull.begin < end || taken(f.hull)) continue;
    bool any = f.groups.empty();
    for (const auto& [range, name] : f.groups)
      any = (name == "address" ? add_address(range) : add_named(range, name)) || (any && name != "address");
    if (!any) continue;
    const bool open = kind.empty() || kind == "web" || (kind == "book" && f.kind == "thesis");
    if (open && !f.kind.empty()) kind = f.kind;
    end = std::max(end, f.hull.end);
    matched.push_back(f.whole);
  }
  return end;
}

bool CitationDraft::has(std::string_view name, std::string_view attributes) const {
  return std::any_of(parts.begin(), parts.end(), [&](const CitationPart& p) {
    return p.name == name && (attributes.empty() || p.attributes.find(attributes) != p.attributes.npos);
  });
}

std::size_t CitationDraft::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(parts.begin(), parts.end(), [&](const CitationPart& p) { return p.name == name; }));
}

std::vector<Range> CitationDraft::gaps(Range within) const {
  std::vector<Range> taken_ranges = matched, all;
  for (const CitationPart& p : parts) taken_ranges.push_back({p.begin, p.end});
  std::sort(taken_ranges.begin(), taken_ranges.end(), [](Range a, Range b) { return a.begin < b.begin; });
  std::size_t from = within.begin;
  for (const Range p : taken_ranges) {
    if (p.end <= within.begin || p.begin >= within.end) continue;
    if (from < p.begin) all.push_back({from, p.begin});
    from = std::max(from, p.end);
  }
  if (from < within.end) all.push_back({from, within.end});
  return all;
}

}  // namespace emend
