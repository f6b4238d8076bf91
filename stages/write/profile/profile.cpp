// A table of rows, applied to the tree one row after the other.
#include "stages/write/profile/profile.h"

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>
#include <sstream>
#include <utility>

#include "stages/write/package/xhtml.h"
#include "stages/write/profile/eltec_header.h"
#include "stages/write/profile/surgery.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/survey.h"

namespace emend {
namespace embedded {
extern const std::string_view profile_dtabf, profile_eltec_1, profile_lite, profile_simplePrint;
}
namespace {

using pugi::xml_node;

struct Profile {
  std::string_view name;
  const std::string_view* mapping;
  void (*write_header)(xml_node tei, std::vector<std::string>& lacks) = nullptr;  // where it wants another one
};

constexpr std::array<Profile, 4> profiles{{{"dtabf", &embedded::profile_dtabf},
                                           {"eltec-1", &embedded::profile_eltec_1, write_eltec_header},
                                           {"lite", &embedded::profile_lite},
                                           {"simplePrint", &embedded::profile_simplePrint}}};

struct Row {
  std::string verb, part, element, attribute;  // part: text, header or, for both, nothing
  std::vector<std::string> values;

  bool is_about(const xml_node& node) const { return element == "*" || local_name(node) == element; }
  bool has(std::string_view value) const { return std::find(values.begin(), values.end(), value) != values.end(); }
};

std::vector<Row> rows_of(std::string_view table) {
  std::vector<Row> rows;
  std::istringstream lines{std::string(table)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    Row row;
    if (!(words >> row.verb >> row.element) || row.verb.starts_with('#')) continue;
    if (const std::size_t colon = row.element.find(':'); colon < row.element.find('/')) {
      row.part = row.element.substr(0, colon);
      row.element.erase(0, colon + 1);
    }
    if (const std::size_t slash = row.element.find("/@"); slash != std::string::npos) {
      row.attribute = row.element.substr(slash + 2);
      row.element.resize(slash);
    }
    for (std::string value; words >> value;) row.values.push_back(value);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// How many elements of its name a node stands in, itself among them.
int depth_of(xml_node node) {
  const std::string_view name = local_name(node);
  int depth = 0;
  for (; node; node = node.parent()) depth += local_name(node) == name;
  return depth;
}

class Mapping {
 public:
  explicit Mapping(const xml_node& root) : root_(root) {}

  void apply(const Row& row) {
    std::vector<xml_node> nodes;
    const xml_node top = row.part.empty() ? root_ : part_of(row.part == "header" ? "teiHeader" : row.part);
    for (xml_node node = top; node; node = next_element(node, top))
      if (row.is_about(node) && !(row.verb == "leave-out" && depth_of(node) > 1)) nodes.push_back(node);
    int count = 0;
    for (const xml_node& node : nodes) apply(row, node, ++count);
  }

  std::vector<std::string> lost() const {
    std::vector<std::string> all;
    for (const auto& [what, times] : lost_) all.push_back(what + " (" + std::to_string(times) + ")");
    return all;
  }

 private:
  xml_node part_of(std::string_view name) const {
    return root_.find_child([&](const xml_node& node) { return local_name(node) == name; });
  }

  void apply(const Row& row, xml_node node, int count) {
    const pugi::xml_attribute attribute = node.attribute(row.attribute.c_str());
    if (row.verb == "leave-out") return leave_out(row, node);
    if (row.verb == "apart") return set_apart(node, row.values);
    if (row.verb == "join") return join_to(node, row.values.at(0));
    if (row.verb == "blank") return blank_before(node);
    if (row.verb == "call" || row.verb == "call-in") return call(row, node);
    if (row.verb == "unwrap" && !attribute) return unwrap(row, node);
    if (row.verb == "depth") return set_attribute(node, row.attribute.c_str(), std::to_string(depth_of(node)));
    if (row.verb == "else" && !attribute) return set_attribute(node, row.attribute.c_str(), row.values.at(0));
    if (row.verb == "count" && !attribute)
      return set_attribute(node, row.attribute.c_str(), numbered(row.values.at(0), count));
    if (attribute) apply_to(row, node, attribute);
  }

  void apply_to(const Row& row, xml_node node, pugi::xml_attribute attribute) {
    const std::string value = attribute.value();
    if (row.verb == "move") {
      attribute.set_name(row.values.at(0).c_str());
    } else if (row.verb == "say") {
      if (!node.first_child()) node.append_child(pugi::node_pcdata).set_value(value.c_str());
    } else if (row.verb == "value") {
      if (row.values.at(0) == value) attribute.set_value(row.values.at(1).c_str());
    } else if (row.verb == "only" || row.verb == "only-uri") {
      const bool stays = row.verb == "only" ? row.has(value) : value.starts_with('#') || !safe_address(value).empty();
      if (!stays) drop(row, node, attribute, "=" + value);
    } else if (row.verb == "drop") {
      drop(row, node, attribute, "");
    }
  }

  static std::string numbered(std::string value, int count) {
    if (const std::size_t at = value.find("{}"); at != std::string::npos) value.replace(at, 2, std::to_string(count));
    return value;
  }

  void drop(const Row& row, xml_node node, const pugi::xml_attribute& attribute, const std::string& value) {
    ++lost_[row.element + "/@" + row.attribute + value];
    node.remove_attribute(attribute);
  }

  void leave_out(const Row& row, const xml_node& node) {
    ++lost_[row.element];
    node.parent().remove_child(node);
  }

  void unwrap(const Row& row, const xml_node& node) {
    ++lost_[row.element + ", but for its words"];
    unwrap_element(node);
  }

  // A new name; with `call-in` only where it stands in one of these. What it was is not told by a p or div.
  void call(const Row& row, xml_node node) {
    const bool anywhere = row.verb == "call";
    if (!anywhere && std::none_of(row.values.begin() + 1, row.values.end(),
                                  [&](const std::string& name) { return local_name(node.parent()) == name; }))
      return;
    ++lost_[row.element + ", which is " + row.values.at(0)];
    if (row.element == "titlePage") set_attribute(node, "type", row.element);
    node.set_name(row.values.at(0).c_str());
  }

  xml_node root_;
  std::map<std::string, int> lost_;
};

}  // namespace

std::vector<std::string_view> profile_names() {
  std::vector<std::string_view> names;
  for (const Profile& profile : profiles) names.push_back(profile.name);
  return names;
}

InProfile in_profile(std::string_view tei, std::string_view name) {
  InProfile made;
  pugi::xml_document document;
  parse_tei(tei, document);
  const Profile& profile =
      *std::find_if(profiles.begin(), profiles.end(), [&](const Profile& p) { return p.name == name; });
  Mapping mapping(document.document_element());
  for (const Row& row : rows_of(*profile.mapping)) mapping.apply(row);
  made.no_room_for = mapping.lost();
  if (profile.write_header != nullptr) profile.write_header(document.document_element(), made.lacks);
  made.tei = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + write_xml(document);
  return made;
}

}  // namespace emend
