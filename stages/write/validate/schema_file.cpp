// A schema of someone else is read with the same limits as a document, and its grammar simplified before it is
// compiled.
#include "stages/write/validate/schema_file.h"

#include "pipeline/document/error.h"
#include "stages/write/validate/tree.h"

namespace emend {
namespace {

std::string_view name_space_of(std::string_view bytes, const std::string& name) {
  start_libxml2();
  Parsed parsed;
  const XmlTree tree = parse_xml(bytes, parsed);
  if (parsed.problem)
    throw Error(Exit::rules, name + ":" + std::to_string(parsed.problem->line) + ": " + parsed.problem->message);
  const xmlNode& root = *xmlDocGetRootElement(tree.get());
  const auto uri = root.ns ? view(root.ns->href) : std::string_view{};
  for (const std::string_view known : {"http://relaxng.org/ns/structure/1.0", "http://purl.oclc.org/dsdl/schematron"})
    if (uri == known) return known;
  throw Error(Exit::rules, name + ": the document element is " + tag(root) +
                               "; give a RELAX NG grammar in XML syntax (.rng) or ISO Schematron (.sch)");
}

}  // namespace

SchemaFile read_schema(std::string_view bytes, const std::string& name) {
  SchemaFile file;
  const bool is_grammar = name_space_of(bytes, name).find("relaxng") != std::string_view::npos;
  try {
    if (is_grammar)
      file.grammar = std::make_unique<Grammar>(simplified_grammar(bytes));
    else
      file.rules = std::make_unique<Schematron>(bytes);
  } catch (const Error& e) {
    throw Error(Exit::rules, name + (is_grammar ? ": " : ":") + e.what());
  }
  return file;
}

}  // namespace emend
