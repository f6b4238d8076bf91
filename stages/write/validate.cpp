// Is this TEI what we promise? libxml2 parses and judges. It judges well and explains badly, so a document that fails
// is read a second time, along the same grammar, to say what is wrong. This is the one file that knows libxml2.
#include "stages/write/validate.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/schemasInternals.h>
#include <libxml/xmlregexp.h>
#include <libxml/xmlschemastypes.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <unordered_map>
#include <utility>

#include "pipeline/document/error.h"
#include "stages/write/content_model.h"

namespace emend::embedded {
extern const std::string_view emend_rng;
}

namespace emend {
namespace {

template <auto free>
struct Free {
  template <typename T>
  void operator()(T* it) const {
    free(it);
  }
};
using Parser = std::unique_ptr<xmlParserCtxt, Free<xmlFreeParserCtxt>>;
using Tree = std::unique_ptr<xmlDoc, Free<xmlFreeDoc>>;
using Schema = std::unique_ptr<xmlRelaxNG, Free<xmlRelaxNGFree>>;
using SchemaParser = std::unique_ptr<xmlRelaxNGParserCtxt, Free<xmlRelaxNGFreeParserCtxt>>;
using SchemaCheck = std::unique_ptr<xmlRelaxNGValidCtxt, Free<xmlRelaxNGFreeValidCtxt>>;
using Pattern = std::unique_ptr<xmlRegexp, Free<xmlRegFreeRegexp>>;
void free_characters(xmlChar* characters) { xmlFree(characters); }
using Characters = std::unique_ptr<xmlChar, Free<free_characters>>;

std::string_view view(const xmlChar* characters) {
  return characters ? reinterpret_cast<const char*>(characters) : std::string_view{};
}
const xmlChar* characters(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// libxml2 makes its tables at first use, and not under a lock.
void start_libxml2() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlRelaxNGInitTypes();
    xmlSchemaInitTypes();
  });
}

// --- Words
// ------------------------------------------------------------------------------------------------------------

constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

std::string attribute_name(const xmlAttr& attribute) {
  if (!attribute.ns) return std::string(view(attribute.name));
  const std::string prefix(attribute.ns->prefix ? view(attribute.ns->prefix) : view(attribute.ns->href));
  return prefix + ":" + std::string(view(attribute.name));
}

std::string attribute_value(const xmlAttr& attribute) {
  const Characters value(xmlNodeListGetString(attribute.doc, attribute.children, 1));
  return std::string(view(value.get()));
}

/// The text in quotation marks, on one line and not too long.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string out = "'";
  for (char c : text.substr(0, longest)) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  if (text.size() > longest) {
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80) out.pop_back();
    if (static_cast<unsigned char>(out.back()) >= 0xC0) out.pop_back();
    out += "…";
  }
  return out + "'";
}

std::string tag(std::string_view name) { return "<" + std::string(name) + ">"; }
std::string tag(const xmlNode& element) { return tag(view(element.name)); }

/// "a, b or c"
std::string either(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i)
    out += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return out;
}

bool is_element(const xmlNode* node) { return node && node->type == XML_ELEMENT_NODE; }

std::string step(const xmlNode& element) {
  const auto same = [&](const xmlNode* node) { return is_element(node) && xmlStrEqual(node->name, element.name); };
  int before = 0;
  bool alone = true;
  for (const xmlNode* node = element.prev; node; node = node->prev) before += same(node);
  for (const xmlNode* node = element.next; node && alone; node = node->next) alone = !same(node);
  const std::string index = before || !alone ? "[" + std::to_string(before + 1) + "]" : "";
  return "/" + std::string(view(element.name)) + index;
}

std::string path_of(const xmlNode* node) {
  std::string path;
  for (; is_element(node); node = node->parent) path = step(*node) + path;
  return path;
}

int line_of(const xmlNode& node) { return static_cast<int>(xmlGetLineNo(&node)); }

Problem problem_at(const xmlNode& element, std::string message) {
  return {line_of(element), path_of(&element), std::move(message)};
}

// --- The grammar, as far as messages need it
// ----------------------------------------------------------------------------

/// One of the values an attribute may have: these words, or a datatype, or a pattern.
struct Datum {
  std::optional<std::string> word;
  std::string type;
  std::string pattern;
};

struct AttributeRule {
  bool required = false;
  bool list = false;        // of words with space between them
  bool several = false;     // a list of more than one
  std::vector<Datum> data;  // none: any text
  std::string meaning;      // in words, from the grammar's documentation
};

struct ElementRule {
  ContentModel content;
  std::map<std::string, AttributeRule, std::less<>> attributes;
};

using Elements = std::map<std::string, ElementRule, std::less<>>;

/// Reads the elements of a grammar whose every element is defined once and by its name. Throws this if it has more:
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
    const Characters value(xmlGetNoNsProp(&node, characters(name)));
    return std::string(view(value.get()));
  }
  static std::string text(const xmlNode& node) {
    const Characters value(xmlNodeGetContent(&node));
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

struct Grammar::Compiled {
  Tree source;
  Schema schema;
  std::string name_space;
  std::optional<Elements> elements;  // none: messages are libxml2's own
};

namespace {

// --- Parsing
// ------------------------------------------------------------------------------------------------------------

/// The attributes that point at places; `only_here`: and at nothing outside the document. `scheme` is not one of them:
/// it names a vocabulary, which may be anywhere.
struct Pointer {
  std::string_view name;
  bool only_here;
};
constexpr Pointer pointers[] = {{"ana", true},  {"corresp", true}, {"facs", true},
                                {"resp", true}, {"target", false}, {"who", true}};

const Pointer* pointer(const xmlAttr& attribute) {
  const auto name = view(attribute.name);
  const auto found =
      std::find_if(std::begin(pointers), std::end(pointers), [&](const Pointer& it) { return it.name == name; });
  return attribute.ns || found == std::end(pointers) ? nullptr : found;
}

bool is_identifier(const xmlAttr& attribute) {
  return attribute.ns && view(attribute.name) == "id" && view(attribute.ns->href) == xml_namespace;
}

/// No element has a tenth of it; the time that libxml2 takes grows with its square.
constexpr int max_attributes = 100;

/// What the parser found; its context points here while it runs.
struct Parse {
  startElementNsSAX2Func start_element = nullptr;
  std::vector<const xmlAttr*> identifiers, references;  // in the order of the document
  std::optional<Problem> problem;                       // the first one, after which nothing is read
};

Parse& parse_of(void* context) { return *static_cast<Parse*>(static_cast<xmlParserCtxtPtr>(context)->_private); }

void stop(void* context, std::string message) {
  const auto parser = static_cast<xmlParserCtxtPtr>(context);
  auto& parse = parse_of(context);
  if (!parse.problem)
    parse.problem = {parser->input ? parser->input->line : 1, path_of(parser->node), std::move(message)};
  xmlStopParser(parser);
}

void refuse_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  stop(context, "the document has a DOCTYPE, which could name other files or grow without bound; remove it");
}

void start_element(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int namespaces,
                   const xmlChar** declared, int attributes, int defaulted, const xmlChar** values) {
  const auto parser = static_cast<xmlParserCtxtPtr>(context);
  if (attributes > max_attributes)
    return stop(context, tag(view(name)) + " has more than " + std::to_string(max_attributes) + " attributes");
  if (parser->nodeNr >= max_depth)
    return stop(context, tag(view(name)) + " is nested more than " + std::to_string(max_depth) + " elements deep");
  auto& parse = parse_of(context);
  parse.start_element(context, name, prefix, uri, namespaces, declared, attributes, defaulted, values);
  // Noted while they are at hand: a walk over the finished tree costs twice what this does.
  if (const xmlNode* node = parser->node; node && attributes > 0)
    for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) {
      if (is_identifier(*attribute)) parse.identifiers.push_back(attribute);
      if (pointer(*attribute)) parse.references.push_back(attribute);
    }
}

/// Without white space at its ends, on one line.
std::string trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  auto out = std::string(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

/// libxml2's message without the name of its function.
std::string plain(const xmlError& error) {
  auto message = trimmed(view(characters(error.message)));
  if (message.rfind("xmlParseEntityRef: no name", 0) == 0) return "& must be written &amp;";
  if (message.rfind("xmlParse", 0) == 0 && message.find(": ") != std::string::npos)
    message.erase(0, message.find(": ") + 2);
  return message;
}

/// Keeps the first thing that makes the text no XML. What only touches identifiers is found again, and said better.
void parse_error(void* context, xmlErrorPtr error) {
  const bool identifier = error->code == XML_DTD_ID_REDEFINED || error->code == XML_DTD_XMLID_VALUE;
  if (identifier || error->level < XML_ERR_ERROR) return;
  const auto parser = static_cast<xmlParserCtxtPtr>(context);
  auto& parse = parse_of(context);
  if (!parse.problem)
    parse.problem = {std::max(error->line, 1), path_of(parser->node), "not well-formed: " + plain(*error)};
}

/// Gives the parser the next bytes. Handed over piece by piece they are never copied as a whole.
int read_piece(void* rest, char* to, int room) {
  auto& bytes = *static_cast<std::string_view*>(rest);
  const auto size = bytes.copy(to, static_cast<std::size_t>(room));
  bytes.remove_prefix(size);
  return static_cast<int>(size);
}

/// The tree, or nothing and a problem. Entities are replaced, which is harmless without a DOCTYPE: only XML's own five
/// are left.
Tree parse(std::string_view xml, Parse& result) {
  const Parser parser(xmlNewParserCtxt());
  if (!parser) throw std::bad_alloc();
  result.start_element = parser->sax->startElementNs;
  parser->_private = &result;
  parser->sax->startElementNs = start_element;
  parser->sax->internalSubset = refuse_doctype;
  parser->sax->serror = parse_error;
  parser->sax->comment = nullptr;
  parser->sax->processingInstruction = nullptr;
  constexpr int options =
      XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_HUGE | XML_PARSE_COMPACT | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
  Tree tree(xmlCtxtReadIO(parser.get(), read_piece, nullptr, &xml, nullptr, nullptr, options));
  if (!tree && !result.problem) result.problem = {1, "", "not well-formed: there is no element"};
  return tree;
}

// --- References
// -----------------------------------------------------------------------------------------------------------

/// The text of an attribute as the parser left it: one node, as entities are replaced.
std::string_view text_of(const xmlAttr& attribute) {
  return attribute.children ? view(attribute.children->content) : std::string_view{};
}

class References {
 public:
  /// What is wrong with identifiers and then with references, each in the order of the document, `most` at the most.
  std::vector<Problem> problems(const Parse& parse, std::size_t most) {
    identifiers_.reserve(parse.identifiers.size());
    for (const auto* attribute : parse.identifiers)
      if (problems_.size() < most) enter(*attribute);
    for (const auto* attribute : parse.references)
      if (problems_.size() < most) check(*attribute);
    return std::move(problems_);
  }

 private:
  void enter(const xmlAttr& attribute) {
    const auto [earlier, added] = identifiers_.try_emplace(text_of(attribute), attribute.parent);
    if (added) return;
    const xmlNode &node = *attribute.parent, &other = *earlier->second;
    problems_.push_back(problem_at(node, "@xml:id of " + tag(node) + " is " + quoted(earlier->first) + ", which " +
                                             tag(other) + " on line " + std::to_string(line_of(other)) +
                                             " has already"));
  }

  void check(const xmlAttr& attribute) {
    const auto value = text_of(attribute);
    for (std::size_t at = 0; (at = value.find_first_not_of(" \t\r\n", at)) != std::string_view::npos;) {
      const auto end = std::min(value.find_first_of(" \t\r\n", at), value.size());
      check(attribute, value.substr(at, end - at));
      at = end;
    }
  }

  void check(const xmlAttr& attribute, std::string_view place) {
    const std::string what =
        "@" + std::string(view(attribute.name)) + " of " + tag(*attribute.parent) + " is " + quoted(place);
    if (place.front() != '#') {
      if (pointer(attribute)->only_here)
        problems_.push_back(problem_at(*attribute.parent, what + "; it must be # and an xml:id of this document"));
      else if (place.back() == ':')  // which libxml2 takes for an address, and others do not
        problems_.push_back(problem_at(*attribute.parent, what + ", a scheme without an address"));
    } else if (!identifiers_.count(place.substr(1))) {
      problems_.push_back(problem_at(*attribute.parent, what + ", but no element has that xml:id"));
    }
  }

  std::unordered_map<std::string_view, const xmlNode*> identifiers_;
  std::vector<Problem> problems_;
};

// --- Explaining
// ---------------------------------------------------------------------------------------------------------------

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
                           (node.ns ? "the namespace " + quoted(view(node.ns->href)) : "no namespace") +
                           "; it must be in " + quoted(name_space_));
    if (rule == elements_.end()) return add(node, tag(node) + " is no element of this grammar");
    attributes(node, rule->second);
    children(node, rule->second.content);
  }

  void attributes(const xmlNode& node, const ElementRule& rule) {
    for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next) {
      const auto name = attribute_name(*attribute);
      const auto value = attribute_value(*attribute);
      const auto known = rule.attributes.find(name);
      if (known == rule.attributes.end())
        add(node, tag(node) + " may not have the attribute @" + name);
      else if (!allows(known->second, value))
        add(node, "@" + name + " of " + tag(node) + " is " + quoted(value) + "; " + meaning(known->second));
    }
    for (const auto& [name, attribute] : rule.attributes)
      if (attribute.required && !has(node, name)) add(node, tag(node) + " must have the attribute @" + name);
  }

  static bool has(const xmlNode& node, std::string_view name) {
    for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next)
      if (attribute_name(*attribute) == name) return true;
    return false;
  }

  void children(const xmlNode& node, const ContentModel& content) {
    Progress progress;
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
        add(node, tag(node) + " may not have text of its own: " + quoted(trimmed(view(child->content))));
        said_text = true;
      }
    }
    if (in_order && !may_end(content, progress))
      add(node, tag(node) + " is not complete: it lacks " + either(tags(missing(content, progress))) +
                    (progress.started ? after : ""));
  }

  bool takes(const xmlNode& node, const ContentModel& content, Progress& progress, const xmlNode& child,
             const std::string& after) {
    if (advance(content, progress, view(child.name))) return true;
    const auto names = expected(content, progress);
    constexpr std::size_t few = 6;
    const auto instead = !names.empty() && names.size() <= few ? "; expected " + either(tags(names)) : "";
    if (!elements_.count(view(child.name)))
      add(child, tag(child) + " in " + tag(node) + " is no element of this grammar");
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

// --- Judging
// ------------------------------------------------------------------------------------------------------------------

/// libxml2's own words, used only where there are no better ones.
struct Verdict {
  std::size_t most;
  std::vector<Problem> problems;
};

void validity_error(void* data, xmlErrorPtr error) {
  auto& verdict = *static_cast<Verdict*>(data);
  if (verdict.problems.size() >= verdict.most) return;
  const auto node = static_cast<const xmlNode*>(error->node);
  const int line = node ? line_of(*node) : std::max(error->line, 1);
  verdict.problems.push_back({line, path_of(node), trimmed(view(characters(error->message)))});
}

/// Whether the grammar accepts the tree, and if not, libxml2's words.
bool accepts(xmlRelaxNG& schema, xmlDoc& tree, Verdict& verdict) {
  const SchemaCheck check(xmlRelaxNGNewValidCtxt(&schema));
  if (!check) throw std::bad_alloc();
  xmlRelaxNGSetValidStructuredErrors(check.get(), validity_error, &verdict);
  const int result = xmlRelaxNGValidateDoc(check.get(), &tree);
  if (result < 0) throw Error(Exit::bug, "validate: libxml2 failed on this document; please report it");
  return result == 0;
}

std::vector<Problem> problems_of(xmlDoc& tree, const Parse& parse, const Grammar::Compiled& grammar, std::size_t most) {
  auto references = References().problems(parse, most);
  Verdict verdict{most, {}};
  if (accepts(*grammar.schema, tree, verdict)) return references;
  const xmlNode& root = *xmlDocGetRootElement(&tree);
  std::vector<Problem> problems;
  if (grammar.elements) problems = Explanation(*grammar.elements, grammar.name_space, most).of(root);
  std::move(references.begin(), references.end(), std::back_inserter(problems));
  if (!problems.empty()) return problems;
  return verdict.problems.empty() ? std::vector{problem_at(root, "the document is not valid")} : verdict.problems;
}

void keep_error(void* data, xmlErrorPtr error) {
  auto& message = *static_cast<std::string*>(data);
  if (message.empty())
    message = trimmed(view(characters(error->message))) + " (line " + std::to_string(error->line) + ")";
}

std::optional<Elements> plain_elements(const xmlNode& grammar) {
  try {
    return GrammarReader(grammar).elements();
  } catch (const NotPlain&) {
    return std::nullopt;
  }
}

}  // namespace

Grammar::Grammar(std::string_view rng) : compiled_(std::make_unique<Compiled>()) {
  start_libxml2();
  Parse result;
  compiled_->source = parse(rng, result);
  if (result.problem)
    throw Error(Exit::bug, "grammar:" + std::to_string(result.problem->line) + ": " + result.problem->message);
  std::string message;
  // The compiler changes the tree that it is given, so it reads the bytes itself.
  const SchemaParser parser(xmlRelaxNGNewMemParserCtxt(rng.data(), static_cast<int>(rng.size())));
  if (!parser) throw std::bad_alloc();
  xmlRelaxNGSetParserStructuredErrors(parser.get(), keep_error, &message);
  compiled_->schema.reset(xmlRelaxNGParse(parser.get()));
  if (!compiled_->schema) throw Error(Exit::bug, "grammar: does not compile: " + message);
  const xmlNode& root = *xmlDocGetRootElement(compiled_->source.get());
  const Characters name_space(xmlGetNoNsProp(&root, characters("ns")));
  compiled_->name_space = view(name_space.get());
  compiled_->elements = plain_elements(root);
}

Grammar::~Grammar() = default;
Grammar::Grammar(Grammar&&) noexcept = default;
Grammar& Grammar::operator=(Grammar&&) noexcept = default;

const Grammar& emend_grammar() {
  static const Grammar grammar(embedded::emend_rng);
  return grammar;
}

std::vector<Problem> validate(std::string_view xml, const Grammar& grammar, std::size_t most) {
  start_libxml2();
  Parse parsed;
  const Tree tree = parse(xml, parsed);
  if (parsed.problem) return {*parsed.problem};
  most = std::max<std::size_t>(most, 1);
  auto problems = problems_of(*tree, parsed, grammar.compiled(), most);
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  if (problems.size() > most) problems.resize(most);
  return problems;
}

}  // namespace emend
