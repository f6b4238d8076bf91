// Reads an invalid document along the rules of its elements.
#include "stages/write/validate/explanation.h"

#include <libxml/schemasInternals.h>
#include <libxml/xmlregexp.h>
#include <libxml/xmlschemastypes.h>

#include <algorithm>
#include <utility>

#include "pipeline/text/similarity.h"

namespace emend {
namespace {

using Pattern = std::unique_ptr<xmlRegexp, XmlFree<xmlRegFreeRegexp>>;

bool has_type(const Datum& datum, const std::string& value) {
  if (datum.word) return value == *datum.word;
  if (!datum.pattern.empty()) {
    const Pattern pattern(xmlRegexpCompile(characters(datum.pattern.c_str())));
    return pattern && xmlRegexpExec(pattern.get(), characters(value.c_str())) == 1;
  }
  const auto name = datum.type == "ID" ? "NCName" : datum.type.c_str();  // that it is unique is seen elsewhere
  const auto type = xmlSchemaGetPredefinedType(characters(name), characters("http://www.w3.org/2001/XMLSchema"));
  return type && xmlSchemaValidatePredefinedType(type, characters(value.c_str()), nullptr) == 0;
}

bool allows(const AttributeRule& rule, const std::string& value) {
  if (rule.data.empty()) return true;
  const auto fits = [&](const std::string& word) {
    return std::any_of(rule.data.begin(), rule.data.end(), [&](const Datum& datum) { return has_type(datum, word); });
  };
  if (!rule.list) return fits(value);
  int words = 0;
  for (std::size_t at = 0; (at = value.find_first_not_of(" \t\r\n", at)) != std::string::npos; ++words) {
    const auto end = std::min(value.find_first_of(" \t\r\n", at), value.size());
    if (!fits(value.substr(at, end - at))) return false;
    at = end;
  }
  return rule.several ? words > 0 : words == 1;
}

std::string meaning(const AttributeRule& rule) {
  if (!rule.meaning.empty()) return "it must be " + rule.meaning;
  std::vector<std::string> words;
  for (const auto& datum : rule.data)
    if (datum.word) words.push_back(*datum.word);
  return words.size() == rule.data.size() ? "it must be " + either(words) : "it has the wrong form";
}

bool blank(const xmlNode& text) { return view(text.content).find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// Reads a document that libxml2 found invalid along the rules of its elements, and says what breaks them.
class Explanation {
 public:
  Explanation(const Elements& elements, std::string_view name_space, std::size_t most)
      : elements_(elements), name_space_(name_space), most_(most) {}

  std::vector<Problem> of(const xmlNode& root) {
    // The grammar begins at the one element that is part of no other.
    for (const auto& [name, rule] : elements_)
      if (view(root.name) != name && is_start(name))
        add(root, "the document element is " + tag(root) + "; it must be " + tag(name));
    if (problems_.empty()) element(root);
    return std::move(problems_);
  }

 private:
  bool is_start(std::string_view name) const {
    return std::none_of(elements_.begin(), elements_.end(),
                        [&](const auto& other) { return knows(other.second.content, name); });
  }

  void add(const xmlNode& node, std::string message) {
    if (problems_.size() < most_) problems_.push_back(problem_at(node, std::move(message)));
  }

  void element(const xmlNode& node) {
    const auto rule = elements_.find(view(node.name));
    if (!node.ns || view(node.ns->href) != name_space_)
      return add(node, tag(node) + " is in " +
                           (node.ns ? "the namespace " + in_quotes(view(node.ns->href)) : "no namespace") +
                           "; it must be in " + in_quotes(name_space_));
    if (rule == elements_.end())
      return add(node, tag(node) + " is no element of this grammar" + nearest(view(node.name)));
    attributes(node, rule->second);
    children(node, rule->second.content);
  }

  void attributes(const xmlNode& node, const ElementRule& rule) {
    for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next) {
      const auto name = attribute_name(*attribute);
      const auto value = attribute_value(*attribute);
      const auto known = rule.attributes.find(name);
      if (known == rule.attributes.end())
        add(node, tag(node) + " may not have the attribute @" + name + "; it may have " + either(names_of(rule)));
      else if (!allows(known->second, value))
        add(node, "@" + name + " of " + tag(node) + " is " + in_quotes(value) + "; " + meaning(known->second));
    }
    for (const auto& [name, attribute] : rule.attributes)
      if (attribute.required && !has(node, name)) add(node, tag(node) + " must have the attribute @" + name);
  }

  static std::vector<std::string> names_of(const ElementRule& rule) {
    std::vector<std::string> names;
    for (const auto& [name, attribute] : rule.attributes) names.push_back("@" + name);
    return names;
  }

  /// The element that was perhaps meant, as a question.
  std::string nearest(std::string_view name) const {
    constexpr std::size_t longest = 30;
    if (name.size() > longest) return "";
    const auto word = folded(name);
    std::size_t least = name.size() / 4;
    std::string best;
    for (const auto& [other, rule] : elements_) {
      const auto distance = edit_distance(word, folded(other), least);
      if (distance > least || (distance == least && !best.empty())) continue;
      least = distance;
      best = other;
    }
    return best.empty() || best == name ? "" : "; did you mean " + tag(best) + "?";
  }

  static bool has(const xmlNode& node, std::string_view name) {
    for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next)
      if (attribute_name(*attribute) == name) return true;
    return false;
  }

  void children(const xmlNode& node, const ContentModel& content) {
    MatchProgress progress;
    bool in_order = true, said_text = false;
    std::string after = " first";
    for (const xmlNode* child = node.children; child; child = child->next) {
      if (problems_.size() >= most_) return;
      if (is_element(child)) {
        const bool fits = takes(node, content, progress, *child, after);
        in_order = in_order && fits;
        if (fits) after = " after " + tag(*child);
        if (fits || elements_.count(view(child->name))) element(*child);
      } else if (!content.text && !said_text && !blank(*child)) {
        add(node, tag(node) + " may not have text of its own: " + in_quotes(trimmed(view(child->content))));
        said_text = true;
      }
    }
    if (in_order && !may_end(content, progress))
      add(node, tag(node) + " is not complete: it lacks " + either(tags(missing(content, progress))) +
                    (progress.started ? after : ""));
  }

  bool takes(const xmlNode& node, const ContentModel& content, MatchProgress& progress, const xmlNode& child,
             const std::string& after) {
    if (advance(content, progress, view(child.name))) return true;
    const auto names = expected(content, progress);
    constexpr std::size_t few = 6;
    const auto instead = !names.empty() && names.size() <= few ? "; expected " + either(tags(names)) : "";
    if (!elements_.count(view(child.name)))
      add(child, tag(child) + " in " + tag(node) + " is no element of this grammar" + nearest(view(child.name)));
    else if (knows(content, view(child.name)))
      add(child, tag(child) + " may not stand" + after + " in " + tag(node) + instead);
    else
      add(child, tag(child) + " may not stand in " + tag(node) + instead);
    return false;
  }

  static std::vector<std::string> tags(std::vector<std::string> names) {
    for (auto& name : names) name = tag(name);
    return names;
  }

  const Elements& elements_;
  std::string_view name_space_;
  std::size_t most_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Problem> explain_invalid(const xmlNode& root, const Elements& elements, std::string_view name_space,
                                     std::size_t most) {
  return Explanation(elements, name_space, most).of(root);
}

}  // namespace emend
