// The printed contents list: nested by level, each entry with a reference to its heading and one to its page.
#include "stages/write/tei_sweep.h"

#include <algorithm>

#include "pipeline/document/runs.h"

namespace emend {

namespace {

void write_list_title(pugi::xml_node list, const Run& run, const ChangeWriter& changes) {
  Pen pen(list.prepend_child("head"));
  changes.run(run, pen, true);
  pen.trim_end();
}

}  // namespace

void Sweep::write_contents(const Node& node, std::size_t index, pugi::xml_node where) {
  std::vector<std::pair<int, pugi::xml_node>> lists;  // level, list
  for (std::size_t i = index + 1; i < d_.blocks.size() && node.at.contains(d_.blocks[i].at); ++i) {
    const Node& entry = d_.blocks[i];
    if (entry.parent != static_cast<std::int32_t>(index) || entry.name != "entry") continue;
    const int level = level_of(entry);
    while (lists.size() > 1 && lists.back().first > level) lists.pop_back();
    if (lists.empty() || lists.back().first < level) {
      pugi::xml_node parent = lists.empty() ? where : lists.back().second.last_child();
      pugi::xml_node list = parent.append_child("list");
      set(list, "type", "contents");
      lists.emplace_back(level, list);
    }
    turn(d_.lines[d_.line_at(entry.at.begin)], lists.back().second, false);
    write_entry(entry, lists.back().second.append_child("item"));
  }
}

void Sweep::write_entry(const Node& entry, pugi::xml_node item) {
  const Link* link = relations_.link_from(entry.at.begin, "contents");
  set(item, "n", entry.get("n"));
  if (link == nullptr) set(item, "ana", "#missing");
  Pen words(item.append_child("ref"));
  if (link != nullptr) {
    set(words.element(), "target", "#" + ids_.head(link->to.begin));
    if (link->sure < certain) set(words.element(), "cert", certainty(link->sure));
  }
  const auto [first, last] = d_.lines_of({entry.at.begin, entry.at.end + 1});
  bool any = false;
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
        changes_.run(run, words, begins), begins = false;
      else if (phrase->name == "locus")
        words.trim_end(), write_locus(item, run);
      else if (phrase->name != "leader")
        write_phrase(*phrase, run, words);
    });
  }
  words.trim_end();
}

void Sweep::write_locus(pugi::xml_node item, const Run& run) {
  item.append_child(pugi::node_pcdata).set_value(" ");
  Pen pen(item.append_child("ref"));
  set(pen.element(), "type", "page");
  const std::string_view label = trim(run.text);
  const auto page = std::find_if(d_.pages.begin(), d_.pages.end(), [&](const Page& p) { return p.label == label; });
  if (page != d_.pages.end())
    set(pen.element(), "target", "#" + ids_.page(static_cast<std::size_t>(page - d_.pages.begin())));
  changes_.run(run, pen, true);
  pen.trim_end();
}

}  // namespace emend
