// Simplifying a grammar of someone else before libxml2 compiles it, after the RELAX NG specification (OASIS, 2001),
// section 4.
#include <pugixml.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "pipeline/document/error.h"
#include "stages/write/validate/schema_file.h"

namespace emend {
namespace {

using pugi::xml_node;

constexpr std::string_view relax_ng = "http://relaxng.org/ns/structure/1.0";

class Simplifier {
 public:
  explicit Simplifier(xml_node grammar) : grammar_(grammar) {}

  void run() {
    std::vector<Binding> bindings;
    clean(grammar_, bindings);
    grammar_.remove_attribute("xmlns");
    grammar_.append_attribute("xmlns").set_value(relax_ng.data());
    if (!is(grammar_, "grammar")) return;
    flatten(grammar_);
    combine();
    do changed_ = false, pass();
    while (changed_);
    drop_unreachable();
  }

 private:
  static bool is(xml_node node, std::string_view name) { return node.name() == name; }
  static bool is_any(xml_node node, std::initializer_list<std::string_view> names) {
    for (const auto name : names)
      if (is(node, name)) return true;
    return false;
  }
  void become(xml_node node, const char* name) {
    node.set_name(name);
    node.remove_children();
    node.remove_attributes();
    changed_ = true;
  }

  struct Binding {
    std::string prefix, uri;
  };

  /// The name without its prefix, or nothing if the element is not of RELAX NG.
  static std::string pattern_name(xml_node node, const std::vector<Binding>& bindings) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    const auto prefix = colon == name.npos ? std::string_view{} : name.substr(0, colon);
    const auto bound =
        std::find_if(bindings.rbegin(), bindings.rend(), [&](const Binding& it) { return it.prefix == prefix; });
    if (bound == bindings.rend() || bound->uri != relax_ng) return "";
    return std::string(colon == name.npos ? name : name.substr(colon + 1));
  }

  /// Leaves only elements of RELAX NG, without prefix; annotations are elements of other namespaces.
  void clean(xml_node node, std::vector<Binding>& bindings) {
    const auto outside = bindings.size();
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "xmlns") bindings.push_back({"", attribute.value()});
      if (name.starts_with("xmlns:")) bindings.push_back({std::string(name.substr(6)), attribute.value()});
    }
    const std::string name = pattern_name(node, bindings);
    if (name == "include" || name == "externalRef" || name == "parentRef" || (name == "grammar" && node != grammar_))
      throw Error(Exit::rules, "has <" + name + ">; give a grammar that is complete in one file");
    node.set_name(name.c_str());
    for (xml_node child = node.first_child(), next; child && !name.empty(); child = next) {
      next = child.next_sibling();
      if (child.type() == pugi::node_element) clean(child, bindings);
      if (child.type() == pugi::node_element && !*child.name()) node.remove_child(child);
    }
    if (node != grammar_) node.remove_attribute("xmlns");
    bindings.resize(outside);
  }

  /// What an element says of everything in it stays said where its content goes.
  static void hand_down(xml_node from, xml_node to) {
    for (const char* name : {"ns", "datatypeLibrary"})
      if (from.attribute(name) && !to.attribute(name))
        to.append_attribute(name).set_value(from.attribute(name).value());
  }

  void flatten(xml_node parent) {
    for (xml_node child = parent.first_child(), next; child; child = next) {
      next = child.next_sibling();
      if (!is(child, "div")) continue;
      flatten(child);
      while (xml_node inner = child.first_child()) {
        hand_down(child, inner);
        parent.insert_move_before(inner, child);
      }
      parent.remove_child(child);
    }
  }

  /// One definition a name.
  void combine() {
    for (xml_node node = grammar_.first_child(), next; node; node = next) {
      next = node.next_sibling();
      if (!is(node, "define")) continue;
      const auto [first, added] = defines_.try_emplace(node.attribute("name").value(), node);
      if (added) continue;
      std::string way = node.attribute("combine").value();
      if (way.empty()) way = first->second.attribute("combine").value();
      if (way.empty()) throw Error(Exit::rules, "defines '" + first->first + "' twice");
      xml_node both = first->second.prepend_child(way.c_str());
      xml_node one = both.append_child("group"), two = both.append_child("group");
      hand_down(node, two);
      while (xml_node rest = both.next_sibling()) one.append_move(rest);
      while (xml_node rest = node.first_child()) two.append_move(rest);
      grammar_.remove_child(node);
    }
  }

  void pass() {
    for (xml_node node : grammar_.children()) pattern(node);
  }

  /// Names of elements and attributes are no patterns; nor is what stands in `data` and `value`.
  static xml_node first_pattern(xml_node node) {
    return node.attribute("name") ? node.first_child() : node.first_child().next_sibling();
  }

  void pattern(xml_node node) {
    if (is_any(node, {"data", "value", "text", "empty", "notAllowed"})) return;
    if (is(node, "ref")) return reference(node);
    const bool has_name = is_any(node, {"element", "attribute"});
    const xml_node first = has_name ? first_pattern(node) : node.first_child();
    for (xml_node child = first, next; child; child = next) {
      next = child.next_sibling();
      pattern(child);
    }
    if (is(node, "choice"))
      choice(node);
    else
      children(node, has_name ? first_pattern(node) : node.first_child());
  }

  void reference(xml_node ref) {
    const auto found = defines_.find(ref.attribute("name").value());
    if (found == defines_.end()) return;
    const xml_node only = found->second.first_child();
    if (!only || only.next_sibling()) return;
    if (is(only, "empty")) become(ref, "empty");
    if (is(only, "notAllowed")) become(ref, "notAllowed");
  }

  /// What holds its children as a group, or may be left out.
  void children(xml_node node, xml_node first) {
    const bool may_be_absent = is_any(node, {"optional", "zeroOrMore"});
    const bool had_any = first != nullptr;
    for (xml_node child = first, next; child; child = next) {
      next = child.next_sibling();
      if (is(child, "notAllowed")) return not_allowed(node, may_be_absent);
      if (!is(child, "empty") || is_only(node, child)) continue;
      node.remove_child(child);
      changed_ = true;
    }
    const xml_node rest = is_any(node, {"element", "attribute"}) ? first_pattern(node) : node.first_child();
    if (!rest && had_any && !is(node, "attribute")) node.append_child("empty");
    if (rest && !rest.next_sibling() && is(rest, "empty") && (may_be_absent || is(node, "oneOrMore")))
      become(node, "empty");
    if (is_any(node, {"group", "interleave"})) unwrap(node);
  }

  /// Elements, attributes, lists and definitions must keep something.
  bool is_only(xml_node node, xml_node child) const {
    if (is_any(node, {"element", "attribute"})) return first_pattern(node) == child && !child.next_sibling();
    return !child.previous_sibling() && !child.next_sibling();
  }

  void not_allowed(xml_node node, bool may_be_absent) {
    if (may_be_absent) return become(node, "empty");
    if (!is_any(node, {"define", "start"})) return become(node, "notAllowed");
    if (is_only(node, node.first_child())) return;
    node.remove_children();
    node.append_child("notAllowed");
    changed_ = true;
  }

  void choice(xml_node node) {
    bool any_empty = false;
    for (xml_node child = node.first_child(), next; child; child = next) {
      next = child.next_sibling();
      const bool empty = is(child, "empty");
      any_empty = any_empty || empty;
      if (!empty && !is(child, "notAllowed")) continue;
      node.remove_child(child);
      changed_ = true;
    }
    if (!node.first_child()) return become(node, any_empty ? "empty" : "notAllowed");
    if (any_empty) {
      xml_node rest = node.append_child("choice");
      while (node.first_child() != rest) rest.append_move(node.first_child());
      node.set_name("optional");
      unwrap(rest);
      return;
    }
    unwrap(node);
  }

  /// A group of one is that one.
  void unwrap(xml_node node) {
    const xml_node only = node.first_child();
    if (!only || only.next_sibling()) return;
    hand_down(node, only);
    node.parent().insert_move_after(only, node);
    node.parent().remove_child(node);
    changed_ = true;
  }

  void reach(xml_node from, std::set<std::string>& reached, std::vector<xml_node>& next) const {
    for (xml_node child : from.children()) {
      reach(child, reached, next);
      if (!is(child, "ref")) continue;
      const auto found = defines_.find(child.attribute("name").value());
      if (found != defines_.end() && reached.insert(found->first).second) next.push_back(found->second);
    }
  }

  void drop_unreachable() {
    std::set<std::string> reached;
    std::vector<xml_node> next;
    for (xml_node node : grammar_.children())
      if (is(node, "start")) reach(node, reached, next);
    while (!next.empty()) {
      const xml_node node = next.back();
      next.pop_back();
      reach(node, reached, next);
    }
    for (const auto& [name, node] : defines_)
      if (!reached.count(name)) grammar_.remove_child(node);
  }

  xml_node grammar_;
  std::map<std::string, xml_node> defines_;
  bool changed_ = false;
};

}  // namespace

std::string simplified_grammar(std::string_view rng) {
  pugi::xml_document document;
  if (const auto read = document.load_buffer(rng.data(), rng.size()); !read)
    throw Error(Exit::rules, std::string("not well-formed: ") + read.description());
  Simplifier(document.document_element()).run();
  std::ostringstream out;
  document.save(out, "", pugi::format_raw);
  return out.str();
}

}  // namespace emend
