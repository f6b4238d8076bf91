// Parsing for validation: libxml2 reads, limits keep hostile documents small, and identifiers and references are noted
// on the way.
#include "stages/write/validate/tree.h"

#include <libxml/relaxng.h>
#include <libxml/xmlschemastypes.h>

#include <algorithm>
#include <iterator>
#include <mutex>
#include <new>
#include <utility>

namespace emend {
namespace {

using Parser = std::unique_ptr<xmlParserCtxt, XmlFree<xmlFreeParserCtxt>>;

constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

constexpr Pointer pointers[] = {{"ana", true},  {"corresp", true}, {"facs", true},
                                {"resp", true}, {"target", false}, {"who", true}};

/// What the parser found; its context points here while it runs.
struct Parse {
  startElementNsSAX2Func start_element = nullptr;
  Parsed* found = nullptr;
};

Parsed& parsed_of(void* context) {
  return *static_cast<Parse*>(static_cast<xmlParserCtxtPtr>(context)->_private)->found;
}

void stop(void* context, std::string message) {
  const auto parser = static_cast<xmlParserCtxtPtr>(context);
  auto& parse = parsed_of(context);
  if (!parse.problem)
    parse.problem = {parser->input ? parser->input->line : 1, path_of(parser->node), std::move(message), {}};
  xmlStopParser(parser);
}

/// The name of a DTD does no harm, as none is ever read; what a document declares itself may grow without bound.
void pass_doctype(void*, const xmlChar*, const xmlChar*, const xmlChar*) {}
void refuse_declarations(void* context) {
  stop(context,
       "the DOCTYPE declares entities or elements, which could name other files or grow without bound; remove it");
}
void refuse_entity(void* context, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
  refuse_declarations(context);
}
void refuse_unparsed_entity(void* context, const xmlChar*, const xmlChar*, const xmlChar*, const xmlChar*) {
  refuse_declarations(context);
}
void refuse_notation(void* context, const xmlChar*, const xmlChar*, const xmlChar*) { refuse_declarations(context); }
void refuse_element(void* context, const xmlChar*, int, xmlElementContentPtr) { refuse_declarations(context); }
void refuse_attribute(void* context, const xmlChar*, const xmlChar*, int, int, const xmlChar*,
                      xmlEnumerationPtr values) {
  xmlFreeEnumeration(values);
  refuse_declarations(context);
}

void start_element(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int namespaces,
                   const xmlChar** declared, int attributes, int defaulted, const xmlChar** values) {
  const auto parser = static_cast<xmlParserCtxtPtr>(context);
  if (attributes > max_attributes)
    return stop(context, tag(view(name)) + " has more than " + std::to_string(max_attributes) + " attributes");
  if (parser->nodeNr >= max_depth)
    return stop(context, tag(view(name)) + " is nested more than " + std::to_string(max_depth) + " elements deep");
  auto& parse = parsed_of(context);
  static_cast<Parse*>(parser->_private)
      ->start_element(context, name, prefix, uri, namespaces, declared, attributes, defaulted, values);
  // Noted while they are at hand: a walk over the finished tree costs twice what this does.
  if (const xmlNode* node = parser->node; node && attributes > 0)
    for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) {
      if (is_identifier(*attribute)) parse.identifiers.push_back(attribute);
      if (pointer(*attribute)) parse.references.push_back(attribute);
    }
}

/// The address of a schema in <?xml-model href="…" …?>; any other instruction is left out.
void keep_schema(void* context, const xmlChar* target, const xmlChar* data) {
  const auto text = view(data);
  const auto at = text.find("href=");
  if (view(target) != "xml-model" || at == text.npos || at + 6 > text.size()) return;
  const auto value = text.substr(at + 6);
  if (const auto end = value.find(text[at + 5]); end != value.npos)
    parsed_of(context).schemas.emplace_back(value.substr(0, end));
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
  auto& parse = parsed_of(context);
  if (!parse.problem)
    parse.problem = {std::max(error->line, 1), path_of(parser->node), "not well-formed: " + plain(*error), {}};
}

std::string step(const xmlNode& element) {
  const auto same = [&](const xmlNode* node) { return is_element(node) && xmlStrEqual(node->name, element.name); };
  int before = 0;
  bool alone = true;
  for (const xmlNode* node = element.prev; node; node = node->prev) before += same(node);
  for (const xmlNode* node = element.next; node && alone; node = node->next) alone = !same(node);
  const std::string index = before || !alone ? "[" + std::to_string(before + 1) + "]" : "";
  return "/" + std::string(view(element.name)) + index;
}

}  // namespace

int read_piece(void* rest, char* to, int room) {
  auto& bytes = *static_cast<std::string_view*>(rest);
  const auto size = bytes.copy(to, static_cast<std::size_t>(room));
  bytes.remove_prefix(size);
  return static_cast<int>(size);
}

bool is_identifier(const xmlAttr& attribute) {
  return attribute.ns && view(attribute.name) == "id" && view(attribute.ns->href) == xml_namespace;
}

// libxml2 makes its tables at first use, and not under a lock.
void start_libxml2() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlRelaxNGInitTypes();
    xmlSchemaInitTypes();
  });
}
std::string attribute_name(const xmlAttr& attribute) {
  if (!attribute.ns) return std::string(view(attribute.name));
  const std::string prefix(attribute.ns->prefix ? view(attribute.ns->prefix) : view(attribute.ns->href));
  return prefix + ":" + std::string(view(attribute.name));
}

std::string attribute_value(const xmlAttr& attribute) {
  const XmlCharacters value(xmlNodeListGetString(attribute.doc, attribute.children, 1));
  return std::string(view(value.get()));
}

std::string_view text_of(const xmlAttr& attribute) {
  return attribute.children ? view(attribute.children->content) : std::string_view{};
}

std::string in_quotes(std::string_view text) {
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

std::string either(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i)
    out += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return out;
}

bool is_element(const xmlNode* node) { return node && node->type == XML_ELEMENT_NODE; }

std::string trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  auto out = std::string(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string path_of(const xmlNode* node) {
  std::string path;
  for (; is_element(node); node = node->parent) path = step(*node) + path;
  return path;
}

int line_of(const xmlNode& node) { return static_cast<int>(xmlGetLineNo(&node)); }

Problem problem_at(const xmlNode& element, std::string message) {
  return {line_of(element), path_of(&element), std::move(message), {}};
}

const Pointer* pointer(const xmlAttr& attribute) {
  const auto name = view(attribute.name);
  const auto found =
      std::find_if(std::begin(pointers), std::end(pointers), [&](const Pointer& it) { return it.name == name; });
  return attribute.ns || found == std::end(pointers) ? nullptr : found;
}

XmlTree parse_xml(std::string_view xml, Parsed& result) {
  const Parser parser(xmlNewParserCtxt());
  if (!parser) throw std::bad_alloc();
  Parse parse{parser->sax->startElementNs, &result};
  parser->_private = &parse;
  parser->sax->startElementNs = start_element;
  parser->sax->internalSubset = pass_doctype;
  parser->sax->entityDecl = refuse_entity;
  parser->sax->unparsedEntityDecl = refuse_unparsed_entity;
  parser->sax->notationDecl = refuse_notation;
  parser->sax->elementDecl = refuse_element;
  parser->sax->attributeDecl = refuse_attribute;
  parser->sax->serror = parse_error;
  parser->sax->comment = nullptr;
  parser->sax->processingInstruction = keep_schema;
  XmlTree tree(xmlCtxtReadIO(parser.get(), read_piece, nullptr, &xml, nullptr, nullptr, parse_options));
  if (!tree && !result.problem) result.problem = {1, "", "not well-formed: there is no element", {}};
  return tree;
}

}  // namespace emend
