// Elements unwrapped, set apart and parted by a blank; no text is lost or moved before another.
#include "stages/write/profile/surgery.h"

#include <algorithm>
#include <string_view>

#include "stages/write/tei/metadata.h"

namespace emend {

namespace {

bool is_blank(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata &&
         std::string_view(node.value()).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The same element without its content. An identifier stays with the first.
pugi::xml_node another_behind(pugi::xml_node node) {
  pugi::xml_node other = node.parent().insert_child_after(node.name(), node);
  for (const pugi::xml_attribute a : node.attributes())
    if (std::string_view(a.name()) != "xml:id") other.append_copy(a);
  return other;
}

}  // namespace

void unwrap_element(pugi::xml_node node) {
  pugi::xml_node parent = node.parent();
  while (node.first_child()) parent.insert_move_before(node.first_child(), node);
  parent.remove_child(node);
}

void set_apart(pugi::xml_node node, const std::vector<std::string>& names) {
  for (;;) {
    pugi::xml_node around = node.parent();
    if (std::find(names.begin(), names.end(), local_name(around)) == names.end()) return;
    pugi::xml_node rest = another_behind(around);
    while (node.next_sibling()) rest.append_move(node.next_sibling());
    around.parent().insert_move_after(node, around);
    const auto empty = [](const pugi::xml_node& n) {
      return std::all_of(n.children().begin(), n.children().end(), is_blank);
    };
    if (empty(rest)) rest.parent().remove_child(rest);
    if (empty(around) && !around.attribute("xml:id")) around.parent().remove_child(around);
  }
}

void join_to(pugi::xml_node node, const std::string& sibling) {
  pugi::xml_node before = node.previous_sibling();
  while (before && local_name(before) != sibling) before = before.previous_sibling();
  if (!before) return;
  for (bool last = false; !last;) {
    const pugi::xml_node next = before.next_sibling();
    last = next == node;
    before.append_move(next);
  }
}

void blank_before(pugi::xml_node node) {
  const pugi::xml_node before = node.previous_sibling();
  if (!before || is_blank(before)) return;
  node.parent().insert_child_before(pugi::node_pcdata, node).set_value(" ");
}

}  // namespace emend
