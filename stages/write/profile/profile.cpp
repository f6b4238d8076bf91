// A table of rows, applied to the tree one row after the other.
#include "stages/write/profile/profile.h"

#include <algorithm>
#include <array>
#include <map>
#include <pugixml.hpp>
#include <sstream>
#include <utility>

#include "stages/write/package/xhtml.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/survey.h"

namespace emend {
namespace embedded {
extern const std::string_view profile_dtabf;
}
namespace {

using pugi::xml_node;

constexpr std::array<std::pair<std::string_view, const std::string_view*>, 1> profiles{
    {{"dtabf", &embedded::profile_dtabf}}};

struct Row {
  std::string verb, element, attribute;
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
    for (xml_node node = root_; node; node = next_element(node, root_))
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
  void apply(const Row& row, xml_node node, int count) {
    const pugi::xml_attribute attribute = node.attribute(row.attribute.c_str());
    if (row.verb == "leave-out") return leave_out(row, node);
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
    xml_node parent = node.parent();
    while (node.first_child()) parent.insert_move_before(node.first_child(), node);
    parent.remove_child(node);
  }

  xml_node root_;
  std::map<std::string, int> lost_;
};

}  // namespace

std::vector<std::string_view> profile_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, table] : profiles) names.push_back(name);
  return names;
}

std::string in_profile(std::string_view tei, std::string_view name, std::vector<std::string>& lost) {
  pugi::xml_document document;
  parse_tei(tei, document);
  const auto* const profile =
      std::find_if(profiles.begin(), profiles.end(), [&](const auto& p) { return p.first == name; });
  Mapping mapping(document.document_element());
  for (const Row& row : rows_of(*profile->second)) mapping.apply(row);
  for (std::string& what : mapping.lost()) lost.push_back(std::move(what));
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + write_xml(document);
}

}  // namespace emend
