// Reading a RELAX NG grammar for the sake of messages: RELAX NG's patterns become content models.
#include "stages/write/validate/grammar.h"

#include <utility>

namespace emend {
namespace {

/// The grammar has more than messages can be made of.
struct NotPlain {};

class GrammarReader {
 public:
  explicit GrammarReader(const xmlNode& grammar) {
    for (const xmlNode* node = grammar.children; node; node = node->next)
      if (is(node, "define")) defines_[attribute(*node, "name")] = node;
  }

  Elements elements() {
    Elements elements;
    for (const auto& [name, define] : defines_)
      for (const xmlNode* node = define->children; node; node = node->next) {
        if (!is(node, "element")) continue;
        rule_ = &elements[attribute(*node, "name")];
        if (!rule_->content.places.empty() || !rule_->attributes.empty()) throw NotPlain{};
        rule_->content = sequence(*node, false);
      }
    return elements;
  }

 private:
  static bool is(const xmlNode* node, std::string_view name) { return pattern(node) && view(node->name) == name; }
  static bool pattern(const xmlNode* node) {
    return is_element(node) && node->ns && view(node->ns->href) == "http://relaxng.org/ns/structure/1.0";
  }
  static std::string attribute(const xmlNode& node, const char* name) {
    const XmlCharacters value(xmlGetNoNsProp(&node, characters(name)));
    return std::string(view(value.get()));
  }
  static std::string text(const xmlNode& node) {
    const XmlCharacters value(xmlNodeGetContent(&node));
    return std::string(view(value.get()));
  }
  const xmlNode& define(const xmlNode& ref) const {
    const auto found = defines_.find(attribute(ref, "name"));
    if (found == defines_.end()) throw NotPlain{};
    return *found->second;
  }

  ContentModel sequence(const xmlNode& parent, bool may_be_absent) {
    ContentModel model;
    for (const xmlNode* node = parent.children; node; node = node->next)
      if (pattern(node)) model = group(std::move(model), content(*node, may_be_absent));
    return model;
  }

  ContentModel alternatives(const xmlNode& parent) {
    std::optional<ContentModel> model;
    for (const xmlNode* node = parent.children; node; node = node->next) {
      if (!pattern(node)) continue;
      auto next = content(*node, true);
      model = model ? choice(std::move(*model), next) : std::move(next);
    }
    return model.value_or(ContentModel{});
  }

  /// The content that a pattern allows; attributes met on the way are written down in `rule_`.
  ContentModel content(const xmlNode& node, bool may_be_absent) {
    const auto name = view(node.name);
    if (name == "ref") {
      const xmlNode& target = define(node);
      for (const xmlNode* child = target.children; child; child = child->next)
        if (is(child, "element")) return element_content(attribute(*child, "name"));
      return sequence(target, may_be_absent);
    }
    if (name == "group") return sequence(node, may_be_absent);
    if (name == "choice") return alternatives(node);
    if (name == "optional") return optional(sequence(node, true));
    if (name == "oneOrMore") return one_or_more(sequence(node, may_be_absent));
    if (name == "zeroOrMore") return optional(one_or_more(sequence(node, true)));
    if (name == "text") return text_content();
    if (name == "empty") return {};
    if (name != "attribute") throw NotPlain{};
    auto& rule = rule_->attributes[attribute(node, "name")];
    rule.required = !may_be_absent;
    read_values(node, rule);
    return {};
  }

  void read_values(const xmlNode& parent, AttributeRule& rule) {
    for (const xmlNode* node = parent.children; node; node = node->next) {
      if (is_element(node) && view(node->name) == "documentation") rule.meaning = text(*node);
      if (!pattern(node)) continue;
      const auto name = view(node->name);
      if (name == "list") rule.list = true;
      if (name == "oneOrMore") rule.several = true;
      if (name == "ref") read_values(define(*node), rule);
      if (name == "choice" || name == "list" || name == "oneOrMore") read_values(*node, rule);
      if (name == "value") rule.data.push_back({text(*node), {}, {}});
      if (name == "data") rule.data.push_back({{}, attribute(*node, "type"), text_of_param(*node)});
    }
  }

  static std::string text_of_param(const xmlNode& data) {
    for (const xmlNode* node = data.children; node; node = node->next)
      if (is(node, "param")) return text(*node);
    return {};
  }

  std::map<std::string, const xmlNode*> defines_;
  ElementRule* rule_ = nullptr;
};

}  // namespace

std::optional<Elements> read_elements(const xmlNode& grammar) {
  try {
    return GrammarReader(grammar).elements();
  } catch (const NotPlain&) {
    return std::nullopt;
  }
}

}  // namespace emend
