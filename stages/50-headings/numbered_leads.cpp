// A few words between number and gap, and a sentence behind them; an item has no such title.
#include "stages/50-headings/numbered_leads.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/script.h"
#include "weights/headings.h"

namespace emend {

namespace {

constexpr std::size_t longest_number = 24;  // bytes

struct Lead {
  std::size_t line = 0;
  int value = 0;
  std::string_view words;
};

// Where the gap behind the title begins: a wide blank, two, or one where Han need none.
std::size_t find_gap(std::string_view s, std::size_t from) {
  while (from < s.size() && (s[from] == ' ' || s.substr(from).starts_with("　"))) ++from;
  for (std::size_t at = s.find_first_of(" \xE3", from); at != s.npos; at = s.find_first_of(" \xE3", at + 1)) {
    if (s.substr(at).starts_with("　") || s.substr(at).starts_with("  ")) return at;
    if (s[at] == ' ' && is_cjk(last_character(s.substr(0, at)))) return at;
  }
  return s.npos;
}

// The title that the line leads with, number included; no value if there is none.
Lead lead_of(const Found& f, std::size_t i) {
  const std::string_view text = trim(f.d.lines[i].text);
  if (f.d.lines[i].block >= 0 || !wider_than(text, headings::least_lead_text)) return {};
  const std::string_view head = text.substr(0, headings::longest_lead * 2 + longest_number);
  const Numbering n = read_numbering(f.rules, text);
  if (!n || n.value <= 0) return {};
  const std::size_t gap = find_gap(head, n.words);
  if (gap == head.npos) return {};
  const std::string_view title = text.substr(n.words, gap - n.words), rest = trim(text.substr(gap));
  const bool stops = title.find("，") != title.npos || title.find("。") != title.npos;
  if (stops || !has_word(title) || wider_than(title, headings::longest_lead) ||
      !wider_than(rest, headings::least_lead_text))
    return {};
  return {i, n.value, text.substr(0, gap)};
}

}  // namespace

void doubt_numbered_leads(const Found& f, Proposal& out) {
  std::vector<Lead> row;
  std::vector<Lead> best;
  for (std::size_t i = 0; i < f.d.lines.size(); ++i) {
    const Lead lead = lead_of(f, i);
    if (lead.value == 0) continue;
    if (lead.value == 1) row.clear();
    const int last = row.empty() ? 0 : row.back().value;
    if (lead.value > last && lead.value <= last + 2) row.push_back(lead);  // one may have lost its gap
    if (row.size() > best.size()) best = row;
  }
  if (best.size() < headings::leads) return;
  out.doubt(f.d.lines[best.front().line].at, "head.lead",
            {50, "“" + std::string(best.front().words) + "” may be a heading in the line of its paragraph; " +
                     std::to_string(best.size()) + " such count on"});
}

}  // namespace emend
