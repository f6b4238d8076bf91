// Making identifiers from printed numbers and kinds of divisions.
#include "stages/write/tei/identifiers.h"

#include <algorithm>

#include "pipeline/text/numerals.h"

namespace emend {

namespace {

// A page label as part of an identifier: 12, xii; other numerals by their value.
std::string page_key(std::string_view label) {
  const Number n = read_whole_number(label);
  return n && n.form != Numeral::arabic && n.form != Numeral::roman_lower ? std::to_string(n.value)
                                                                          : std::string(label);
}

}  // namespace

int level_of(const Node& head) { return std::max(1, read_whole_number(head.get("level")).value); }

Identifiers::Identifiers(const Document& d, const Relations& relations) : d_(d), relations_(relations) {
  name_pages();
  name_heads();
}

std::string Identifiers::unique(std::string wanted) {
  for (char& c : wanted)
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '.' &&
        c != '_')
      c = '_';
  int& times = seen_[wanted];
  if (++times == 1) return wanted;
  std::string other = wanted + "_" + std::to_string(times);
  while (!seen_.emplace(other, 1).second) other = wanted + "_" + std::to_string(++times);
  return other;
}

void Identifiers::name_pages() {
  pages_.resize(d_.pages.size());
  for (std::size_t i = 0; i < d_.pages.size(); ++i) {
    const std::string_view label = d_.pages[i].label;
    if (!label.empty()) pages_[i] = unique("p" + page_key(label)), labels_.emplace(label, i);
  }
}

std::string_view Identifiers::page_labelled(std::string_view label) const {
  const auto found = labels_.find(label);
  return found == labels_.end() ? std::string_view() : pages_[found->second];
}

std::string Identifiers::head_key(const Node& head, const std::string& parent, int ordinal) const {
  const std::string n(head.get("n")), type(head.get("type"));
  const bool numbered = !n.empty() && n.find_first_not_of("0123456789.") == n.npos;
  if (numbered && type == "part") return "part" + n;
  if (numbered) {
    const std::size_t dot = n.find('.');
    const std::string chapter = "ch" + n.substr(0, dot);
    if (dot != n.npos) return chapter + ".s" + n.substr(dot + 1);
    return parent.empty() || type == "chapter" ? (parent.starts_with("part") ? parent + "." : "") + chapter
                                               : parent + ".s" + n;
  }
  if (!type.empty() && type != "section" && type != "chapter") {
    const std::string lang(relations_.language_of(head));
    return (parent.empty() ? "" : parent + ".") + type + (type == "abstract" && !lang.empty() ? "-" + lang : "");
  }
  return (parent.empty() ? "sec" : parent + ".u") + std::to_string(ordinal);
}

void Identifiers::name_heads() {
  std::vector<std::pair<int, std::string>> path;  // level, id
  std::map<std::string, int> ordinals;
  for (const Node& node : d_.blocks) {
    if (node.name != "head" && !(node.name == "contents" && !node.get("type").empty())) continue;
    const int level = level_of(node);
    while (!path.empty() && path.back().first >= level) path.pop_back();
    const std::string parent = path.empty() ? "" : path.back().second;
    const int ordinal = node.get("n").empty() ? ++ordinals[parent] : 0;
    path.emplace_back(level, unique(head_key(node, parent, ordinal)));
    heads_[node.at.begin] = path.back().second;
  }
}

std::string Identifiers::note(const Node& note) {
  const std::uint32_t page = d_.lines[d_.line_at(note.at.begin)].page;
  std::string key = "fn";
  if (page < d_.pages.size() && !d_.pages[page].label.empty())
    key += "-" + page_key(d_.pages[page].label);
  else if (page < d_.pages.size())
    key += "-u" + std::to_string(page + 1);
  const Number n = read_whole_number(note.get("n"));
  return unique(key + "-" + (n ? std::to_string(n.value) : std::to_string(++plain_notes_[key])));
}

}  // namespace emend
