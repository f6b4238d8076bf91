// The printed contents list: nested by level, each entry with a reference to its heading and one to its page.
#include "stages/write/tei/sweep.h"

#include <algorithm>

#include "pipeline/document/runs.h"

namespace emend {

namespace {

void write_list_title(pugi::xml_node list, const Run& run, const ChangeWriter& changes) {
  Pen pen(list.prepend_child("head"));
  changes.run(run, pen, true);
  pen.trim_end();
}

// The last element of that name.
pugi::xml_node last_of(pugi::xml_node parent, std::string_view name) {
  pugi::xml_node last = parent.last_child();
  while (last && last.name() != name) last = last.previous_sibling();
  return last;
}

// The lists that are open at a place, each in an item of the one before, with the level of its entries.
using OpenLists = std::vector<std::pair<int, pugi::xml_node>>;

// Makes the last list one of that level.
void open_list(OpenLists& lists, int level, std::string_view type, pugi::xml_node where) {
  while (lists.size() > 1 && lists.back().first > level) lists.pop_back();
  if (!lists.empty() && lists.back().first >= level) return;
  pugi::xml_node parent = lists.empty() ? where : last_of(lists.back().second, "item");
  pugi::xml_node list = parent.append_child("list");
  set(list, "type", type);
  lists.emplace_back(level, list);
}

// The first number in （12）, 第12页 or 12–17; what has no digits as it stands.
std::string_view page_label(std::string_view locus) {
  constexpr std::string_view digits = "0123456789";
  const std::size_t first = locus.find_first_of(digits);
  if (first == locus.npos) return trim(locus);
  return locus.substr(first, locus.find_first_not_of(digits, first) - first);
}

}  // namespace

void Sweep::write_contents(const Node& node, std::size_t index, pugi::xml_node where) {
  OpenLists lists;
  for (std::size_t i = index + 1; i < d_.blocks.size() && node.at.contains(d_.blocks[i].at); ++i) {
    const Node& entry = d_.blocks[i];
    if (entry.parent != static_cast<std::int32_t>(index)) continue;
    if (entry.name != "entry") {  // a watermark between two entries, or a note without its mark
      if (!relations_.written_elsewhere(entry)) write_between(entry, i, lists.empty() ? where : lists.back().second);
      continue;
    }
    open_list(lists, level_of(entry), node.get("lists").empty() ? "contents" : "lists", where);
    turn(d_.lines[d_.line_at(entry.at.begin)], lists.back().second, false);
    write_entry(entry, lists.back().second.append_child("item"));
    for (std::size_t k = i + 1; k < d_.blocks.size() && entry.at.contains(d_.blocks[k].at); ++k)
      if (d_.blocks[k].parent == static_cast<std::int32_t>(i) && !relations_.written_elsewhere(d_.blocks[k]))
        write_between(d_.blocks[k], k, lists.back().second);
  }
}

// What no list of its kind holds beside its entries stands at the end of the last one.
void Sweep::write_between(const Node& node, std::size_t index, pugi::xml_node list) {
  if (node.name == "fw") return write_furniture(node, list);
  const std::string_view name = list.name();
  const char* part = name == "list" ? "item" : name == "listBibl" ? "bibl" : nullptr;
  pugi::xml_node last = part == nullptr ? list : last_of(list, part);
  if (!last) last = list.append_child(part);
  write_block(node, index, last);
}

void Sweep::write_entry(const Node& entry, pugi::xml_node item) {
  const Link* link = relations_.link_from(entry.at.begin, "contents");
  set(item, "n", entry.get("n"));
  if (link == nullptr) set(item, "ana", "#missing");
  const pugi::xml_node ref = item.append_child("ref");
  Pen words(ref);
  if (link != nullptr) {
    set(words.element(), "target", "#" + ids_.head(link->to.begin));
    if (link->sure < certain) set(words.element(), "cert", certainty(link->sure));
  }
  const auto [first, last] = d_.lines_of({entry.at.begin, entry.at.end + 1});
  bool any = false, worded = false;
  for (std::size_t i = first; i < last; ++i) {
    const Line& line = d_.lines[i];
    if (d_.block_of(line) != &entry || trim(line.text).empty()) continue;
    if (any) changes_.joint(line, words);
    any = true;
    bool begins = true;
    each_run_of_pieces(d_, line, [&](const Run& run, const Node* phrase) {
      if (phrase != nullptr && phrase->name == "head")
        write_list_title(item.parent(), run, changes_);
      else if (phrase == nullptr)
        changes_.run(run, words, begins), begins = false, worded = true;
      else if (phrase->name == "locus")
        words.trim_end(), write_locus(item, worded ? pugi::xml_node() : ref, run);
      else if (phrase->name == "byline")
        words.text(" "), changes_.run(run, words, false);
      else
        write_phrase(*phrase, run, words);
    });
  }
  words.trim_end();
}

// The page of an entry stands behind its words, or before those that are still to come.
void Sweep::write_locus(pugi::xml_node item, pugi::xml_node words, const Run& run) {
  if (!words) item.append_child(pugi::node_pcdata).set_value(" ");
  Pen pen(words ? item.insert_child_before("ref", words) : item.append_child("ref"));
  if (words) item.insert_child_before(pugi::node_pcdata, words).set_value(" ");
  set(pen.element(), "type", "page");
  if (const std::string_view page = ids_.page_labelled(page_label(run.text)); !page.empty())
    set(pen.element(), "target", "#" + std::string(page));
  changes_.run(run, pen, true);
  pen.trim_end();
}

}  // namespace emend
