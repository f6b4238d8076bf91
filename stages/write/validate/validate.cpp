// Is this TEI what we promise? libxml2 parses and judges by the grammar; then the references, then the rules.
#include "stages/write/validate/validate.h"

#include <libxml/relaxng.h>

#include <algorithm>
#include <iterator>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <utility>

#include "pipeline/document/error.h"
#include "stages/write/validate/explanation.h"
#include "stages/write/validate/references.h"
#include "stages/write/validate/rules.h"
#include "stages/write/validate/stream.h"
#include "stages/write/validate/tree.h"

namespace emend {
namespace embedded {
extern const std::string_view emend_rng;
extern const std::string_view emend_sch;
}  // namespace embedded

namespace {

using Schema = std::unique_ptr<xmlRelaxNG, XmlFree<xmlRelaxNGFree>>;
using SchemaParser = std::unique_ptr<xmlRelaxNGParserCtxt, XmlFree<xmlRelaxNGFreeParserCtxt>>;
using SchemaCheck = std::unique_ptr<xmlRelaxNGValidCtxt, XmlFree<xmlRelaxNGFreeValidCtxt>>;

}  // namespace

// What explains problems, out of the bytes of a grammar.
struct Explanation {
  XmlTree source;
  std::string name_space;
  std::optional<Elements> elements;  // none: messages are libxml2's own
};

struct Grammar::Compiled {
  Schema schema;
  std::string_view known;  // the bytes of a grammar whose explanation waits for the first problem
  mutable Explanation explanation;
  mutable std::once_flag explains;

  const Explanation& explained() const;
};

namespace {

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
  verdict.problems.push_back({line, path_of(node), trimmed(view(characters(error->message))), {}});
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

std::vector<Problem> grammar_problems(xmlDoc& tree, const Grammar::Compiled& grammar, std::size_t most) {
  Verdict verdict{most, {}};
  if (accepts(*grammar.schema, tree, verdict)) return {};
  const xmlNode& root = *xmlDocGetRootElement(&tree);
  const Explanation& explanation = grammar.explained();
  std::vector<Problem> problems;
  if (explanation.elements) problems = explain_invalid(root, *explanation.elements, explanation.name_space, most);
  if (problems.empty()) problems = std::move(verdict.problems);
  if (problems.empty()) problems.push_back(problem_at(root, "the document is not valid"));
  return problems;
}

void append(std::vector<Problem>& to, std::vector<Problem> problems) {
  std::move(problems.begin(), problems.end(), std::back_inserter(to));
}

/// A rule that is broken where the grammar or a reference is broken too says nothing new.
void append_new(std::vector<Problem>& to, std::vector<Problem> problems) {
  std::set<std::pair<int, std::string>> places;
  for (const auto& problem : to) places.emplace(problem.line, problem.path);
  for (auto& problem : problems)
    if (!places.count({problem.line, problem.path})) to.push_back(std::move(problem));
}

std::vector<Problem> problems_of(xmlDoc& tree, const Parsed& parsed, const Schemas& schemas, std::size_t most) {
  std::vector<Problem> problems;
  for (const auto* grammar : schemas.grammars) append(problems, grammar_problems(tree, grammar->compiled(), most));
  if (schemas.references) append(problems, reference_problems(parsed, most));
  for (const auto* rules : schemas.rules) append_new(problems, rule_problems(tree, rules->compiled(), most));
  return problems;
}

const xmlNode* child(const xmlNode& parent, std::string_view name) {
  const xmlNode* node = parent.children;
  while (node && !(is_element(node) && view(node->name) == name)) node = node->next;
  return node;
}

void keep_error(void* data, xmlErrorPtr error) {
  auto& message = *static_cast<std::string*>(data);
  if (message.empty())
    message = trimmed(view(characters(error->message))) + " (line " + std::to_string(error->line) + ")";
}

}  // namespace

namespace {

Schema compiled_schema(std::string_view rng) {
  std::string message;
  // The compiler changes the tree that it is given, so it reads the bytes itself.
  const SchemaParser parser(xmlRelaxNGNewMemParserCtxt(rng.data(), static_cast<int>(rng.size())));
  if (!parser) throw std::bad_alloc();
  xmlRelaxNGSetParserStructuredErrors(parser.get(), keep_error, &message);
  Schema schema(xmlRelaxNGParse(parser.get()));
  if (!schema) throw Error(Exit::bug, "grammar: does not compile: " + message);
  return schema;
}

Explanation explanation_of(std::string_view rng) {
  Explanation e;
  Parsed result;
  e.source = parse_xml(rng, result);
  if (result.problem)
    throw Error(Exit::bug, "grammar:" + std::to_string(result.problem->line) + ": " + result.problem->message);
  const xmlNode& root = *xmlDocGetRootElement(e.source.get());
  const XmlCharacters name_space(xmlGetNoNsProp(&root, characters("ns")));
  e.name_space = view(name_space.get());
  e.elements = read_elements(root);
  return e;
}

}  // namespace

const Explanation& Grammar::Compiled::explained() const {
  std::call_once(explains, [&] {
    if (!known.empty()) explanation = explanation_of(known);
  });
  return explanation;
}

Grammar::Grammar(std::string_view rng) : compiled_(std::make_unique<Compiled>()) {
  start_libxml2();
  compiled_->explanation = explanation_of(rng);
  compiled_->schema = compiled_schema(rng);
}

Grammar::Grammar(Known good) : compiled_(std::make_unique<Compiled>()) {
  start_libxml2();
  compiled_->known = good.rng;
  compiled_->schema = compiled_schema(good.rng);
}

Grammar::~Grammar() = default;
Grammar::Grammar(Grammar&&) noexcept = default;
Grammar& Grammar::operator=(Grammar&&) noexcept = default;

const Grammar& emend_grammar() {
  static const Grammar grammar(Grammar::Known{embedded::emend_rng});
  return grammar;
}

const Schematron& emend_rules() {
  static const Schematron rules(embedded::emend_sch, "references");
  return rules;
}

std::vector<Problem> validate(std::string_view xml, const Schemas& schemas, std::size_t most) {
  start_libxml2();
  if (schemas.references && schemas.rules.empty() && schemas.grammars.size() == 1 &&
      surely_valid(xml, *schemas.grammars.front()->compiled().schema))
    return {};
  Parsed parsed;
  const XmlTree tree = parse_xml(xml, parsed);
  if (parsed.problem) return {*parsed.problem};
  most = std::max<std::size_t>(most, 1);
  auto problems = problems_of(*tree, parsed, schemas, most);
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  if (problems.size() > most) problems.resize(most);
  return problems;
}

Origin origin_of(std::string_view xml) {
  start_libxml2();
  Parsed parsed;
  const XmlTree tree = parse_xml(xml, parsed);
  Origin origin{false, std::move(parsed.schemas)};
  const xmlNode* node = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
  for (const char* name : {"teiHeader", "encodingDesc", "appInfo"}) node = node ? child(*node, name) : nullptr;
  for (node = node ? node->children : nullptr; node; node = node->next) {
    if (!is_element(node) || view(node->name) != "application") continue;
    const XmlCharacters program(xmlGetNoNsProp(node, characters("ident")));
    origin.emend = origin.emend || view(program.get()) == "emend";
  }
  return origin;
}

std::vector<Problem> validate(std::string_view xml, const Grammar& grammar, std::size_t most) {
  return validate(xml, Schemas{{&grammar}, {}, true}, most);
}

}  // namespace emend
