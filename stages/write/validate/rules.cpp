// Schematron without Java. The schema is read as data; its tests are compiled for each document anew, which takes
// microseconds and lets threads share a schema. The document is walked once; an element's name finds its rules.
#include "stages/write/validate/rules.h"

#include <libxml/pattern.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <algorithm>
#include <map>
#include <new>
#include <unordered_map>
#include <utility>

#include "pipeline/document/error.h"

namespace emend {
namespace {

using Context = std::unique_ptr<xmlXPathContext, XmlFree<xmlXPathFreeContext>>;
using Expression = std::unique_ptr<xmlXPathCompExpr, XmlFree<xmlXPathFreeCompExpr>>;
using Value = std::unique_ptr<xmlXPathObject, XmlFree<xmlXPathFreeObject>>;
using Pattern = std::unique_ptr<xmlPattern, XmlFree<xmlFreePattern>>;

constexpr std::string_view schematron = "http://purl.oclc.org/dsdl/schematron";

/// Steps of XPath for each node of the document, and for any document; our own rules take 40 to 80.
constexpr unsigned long steps_a_node = 300, steps_at_least = 1'000'000;

void keep_quiet(void*, xmlErrorPtr) {}

// --- Reading a schema -----------------------------------------------------------------------------------------------

bool is(const xmlNode* node, std::string_view name) {
  return is_element(node) && node->ns && view(node->ns->href) == schematron && view(node->name) == name;
}

std::string attribute(const xmlNode& node, const char* name) {
  const XmlCharacters value(xmlGetNoNsProp(&node, characters(name)));
  return std::string(view(value.get()));
}

[[noreturn]] void refuse(const xmlNode& node, const std::string& what) {
  throw Error(Exit::rules, std::to_string(line_of(node)) + ": " + what);
}

/// The attribute of a test `not(@NAME) or …`.
std::string guard_of(std::string_view test) {
  constexpr std::string_view begin = "not(@", end = ") or ";
  const auto close = test.find(end);
  if (!test.starts_with(begin) || close == test.npos) return "";
  const auto name = test.substr(begin.size(), close - begin.size());
  return name.find_first_of(":()[]/ ") == name.npos ? std::string(name) : "";
}

class SchemaReader {
 public:
  explicit SchemaReader(std::string_view done_elsewhere) : done_elsewhere_(done_elsewhere) {}

  Schematron::Compiled read(const xmlNode& root) {
    if (!is(&root, "schema")) refuse(root, tag(root) + " is no ISO Schematron schema");
    for (const xmlNode* node = root.children; node; node = node->next) {
      if (is(node, "ns")) out_.name_spaces.emplace_back(attribute(*node, "prefix"), attribute(*node, "uri"));
      if (is(node, "let") || is(node, "include")) refuse(*node, tag(*node) + " is not known here");
    }
    for (const xmlNode* node = root.children; node; node = node->next)
      if (is(node, "pattern") && (done_elsewhere_.empty() || attribute(*node, "id") != done_elsewhere_)) pattern(*node);
    return std::move(out_);
  }

 private:
  void pattern(const xmlNode& pattern) {
    ++group_;
    for (const xmlNode* node = pattern.children; node; node = node->next) {
      if (is(node, "rule"))
        rule(*node);
      else if (is_element(node) && !is(node, "title") && !is(node, "p"))
        refuse(*node, tag(*node) + " is not known here");
    }
  }

  void rule(const xmlNode& rule) {
    RuleContext context;
    context.group = group_;
    context.pattern = attribute(rule, "context");
    context.name = simple_name(context.pattern);
    if (!compiled_pattern(context.pattern, out_))
      refuse(rule, "the context " + in_quotes(context.pattern) + " cannot be run");
    for (const xmlNode* node = rule.children; node; node = node->next) {
      if (is(node, "let"))
        context.lets.emplace_back(attribute(*node, "name"), expression(*node, "value"));
      else if (is(node, "assert") || is(node, "report"))
        context.tests.push_back(test(*node));
      else if (is_element(node))
        refuse(*node, tag(*node) + " is not known here");
    }
    out_.contexts.push_back(std::move(context));
  }

  std::string simple_name(std::string_view pattern) const {
    if (pattern == "*") return "*";
    for (const auto& [prefix, uri] : out_.name_spaces)
      if (pattern.starts_with(prefix + ":") && pattern.find_first_of("/|@[(", prefix.size()) == pattern.npos)
        return std::string(pattern.substr(prefix.size() + 1));
    return "";
  }

  RuleTest test(const xmlNode& node) {
    RuleTest test{attribute(node, "id"), expression(node, "test"), is(&node, "report"), {}, {}};
    if (!test.report) test.guard = guard_of(test.test);
    for (const xmlNode* part = node.children; part; part = part->next) {
      if (is(part, "name"))
        test.message.push_back({MessagePart::Kind::name, {}});
      else if (is(part, "value-of"))
        test.message.push_back({MessagePart::Kind::value, expression(*part, "select")});
      else if (part->type == XML_TEXT_NODE)
        test.message.push_back({MessagePart::Kind::words, std::string(view(part->content))});
    }
    return test;
  }

  std::string expression(const xmlNode& node, const char* name) {
    auto text = attribute(node, name);
    const Context context(xmlXPathNewContext(nullptr));
    if (!context) throw std::bad_alloc();
    context->error = keep_quiet;
    if (!Expression(xmlXPathCtxtCompile(context.get(), characters(text.c_str()))))
      refuse(node, "the expression " + in_quotes(text) + " is no XPath 1.0");
    return text;
  }

 public:
  static Pattern compiled_pattern(const std::string& pattern, const Schematron::Compiled& rules) {
    std::vector<const xmlChar*> pairs;
    for (const auto& [prefix, uri] : rules.name_spaces)
      pairs.insert(pairs.end(), {characters(uri.c_str()), characters(prefix.c_str())});
    pairs.insert(pairs.end(), {nullptr, nullptr});
    return Pattern(xmlPatterncompile(characters(pattern.c_str()), nullptr, XML_PATTERN_XPATH, pairs.data()));
  }

 private:
  std::string_view done_elsewhere_;
  Schematron::Compiled out_;
  std::size_t group_ = 0;
};

// --- Running it
// -------------------------------------------------------------------------------------------------------

/// The steps that were allowed are used up.
struct TooLong {};

class Run {
 public:
  Run(xmlDoc& tree, const Schematron::Compiled& rules, std::size_t most) : rules_(rules), most_(most) {
    context_.reset(xmlXPathNewContext(&tree));
    if (!context_) throw std::bad_alloc();
    context_->error = keep_quiet;
    for (const auto& [prefix, uri] : rules.name_spaces)
      xmlXPathRegisterNs(context_.get(), characters(prefix.c_str()), characters(uri.c_str()));
    for (const auto& context : rules.contexts)
      patterns_.push_back(SchemaReader::compiled_pattern(context.pattern, rules));
  }

  std::vector<Problem> problems(xmlNode& root) {
    unsigned long nodes = 0;
    each_node(root, [&](xmlNode&) { ++nodes; });
    context_->opLimit = steps_at_least + steps_a_node * nodes;
    try {
      each_node(root, [&](xmlNode& node) { element(node); });
    } catch (const TooLong&) {
      problems_.push_back(
          problem_at(*context_->node, "the rules take too long from here on; the document is built in an unusual way"));
    }
    return std::move(problems_);
  }

 private:
  template <typename F>
  void each_node(xmlNode& root, F f) {
    for (xmlNode* node = &root; node;) {
      if (problems_.size() >= most_) return;
      if (is_element(node)) f(*node);
      if (is_element(node) && node->children) {
        node = node->children;
        continue;
      }
      while (node != &root && !node->next) node = node->parent;
      node = node == &root ? nullptr : node->next;
    }
  }

  /// The rules that may match an element of this name, which is one pointer wherever it stands in the document.
  const std::vector<std::size_t>& candidates(const xmlChar* name) {
    const auto [found, added] = by_name_.try_emplace(name);
    if (added)
      for (std::size_t i = 0; i < rules_.contexts.size(); ++i)
        if (const auto& its = rules_.contexts[i].name; its.empty() || its == "*" || its == view(name))
          found->second.push_back(i);
    return found->second;
  }

  void element(xmlNode& node) {
    std::size_t done = 0;  // groups are counted from 1
    for (const auto i : candidates(node.name)) {
      const auto& rule = rules_.contexts[i];
      if (rule.group == done || xmlPatternMatch(patterns_[i].get(), &node) != 1) continue;
      done = rule.group;
      check(node, rule);
    }
  }

  void check(xmlNode& node, const RuleContext& rule) {
    bool let = rule.lets.empty();
    for (const auto& test : rule.tests) {
      if (!test.guard.empty() && !xmlHasProp(&node, characters(test.guard.c_str()))) continue;
      context_->node = &node;
      if (!std::exchange(let, true)) set_variables(rule);
      const Value value = evaluated(test.test);
      if ((xmlXPathCastToBoolean(value.get()) == 1) != test.report) continue;
      problems_.push_back(problem_at(node, message(node, test)));
      problems_.back().rule = test.id;
      if (problems_.size() >= most_) return;
    }
  }

  void set_variables(const RuleContext& rule) {
    for (const auto& [name, value] : rule.lets)
      xmlXPathRegisterVariable(context_.get(), characters(name.c_str()), evaluated(value).release());
  }

  Value evaluated(const std::string& expression) {
    auto& compiled = expressions_[&expression];
    if (!compiled) compiled.reset(xmlXPathCtxtCompile(context_.get(), characters(expression.c_str())));
    if (!compiled) throw std::bad_alloc();
    Value value(xmlXPathCompiledEval(compiled.get(), context_.get()));
    if (context_->opCount >= context_->opLimit) throw TooLong{};
    if (!value) throw Error(Exit::rules, "the expression " + in_quotes(expression) + " cannot be run");
    return value;
  }

  std::string message(const xmlNode& node, const RuleTest& test) {
    std::string out;
    for (const auto& part : test.message) {
      if (part.kind == MessagePart::Kind::words) out += part.text;
      if (part.kind == MessagePart::Kind::name) out += view(node.name);
      if (part.kind != MessagePart::Kind::value) continue;
      const XmlCharacters value(xmlXPathCastToString(evaluated(part.text).get()));
      const auto words = in_quotes(view(value.get()));
      out += words.substr(1, words.size() - 2);
    }
    return spaced(out);
  }

  /// Every run of white space one space.
  static std::string spaced(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
      const bool space = c == ' ' || c == '\t' || c == '\r';
      if (!space || out.empty() || out.back() != ' ') out += space ? ' ' : c;
    }
    return out;
  }

  const Schematron::Compiled& rules_;
  std::size_t most_;
  Context context_;
  std::vector<Pattern> patterns_;
  std::unordered_map<const xmlChar*, std::vector<std::size_t>> by_name_;
  std::unordered_map<const std::string*, Expression> expressions_;
  std::vector<Problem> problems_;
};

}  // namespace

Schematron::Schematron(std::string_view schema, std::string_view done_elsewhere)
    : compiled_(std::make_unique<Compiled>()) {
  start_libxml2();
  Parsed parsed;
  const XmlTree tree = parse_xml(schema, parsed);
  if (parsed.problem) throw Error(Exit::rules, std::to_string(parsed.problem->line) + ": " + parsed.problem->message);
  *compiled_ = SchemaReader(done_elsewhere).read(*xmlDocGetRootElement(tree.get()));
}

Schematron::~Schematron() = default;
Schematron::Schematron(Schematron&&) noexcept = default;
Schematron& Schematron::operator=(Schematron&&) noexcept = default;

std::vector<Problem> rule_problems(xmlDoc& tree, const Schematron::Compiled& rules, std::size_t most) {
  return Run(tree, rules, most).problems(*xmlDocGetRootElement(&tree));
}

}  // namespace emend
