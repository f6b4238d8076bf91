// libxml2's push parsers with handlers that keep nothing.
#include "stages/read/scan/xml_events.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "pipeline/document/error.h"

namespace emend {

namespace {

constexpr std::size_t portion = std::size_t{1} << 16;  // bytes handed to the parser at a time
constexpr double largest = 1e9;

std::string_view view(const xmlChar* s) { return reinterpret_cast<const char*>(s); }

std::string_view local(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

struct Reading {
  XmlEvents* events = nullptr;
  xmlParserCtxtPtr parser = nullptr;
  bool declares = false;
  bool ended = false;
};

Reading& reading(void* context) { return *static_cast<Reading*>(context); }

void open_element(void* context, const xmlChar* name, const xmlChar** attributes) {
  reading(context).events->open(local(view(name)), XmlAttributes(attributes));
}
void close_element(void* context, const xmlChar* name) { reading(context).events->close(local(view(name))); }
void characters(void* context, const xmlChar* s, int size) {
  reading(context).events->text({reinterpret_cast<const char*>(s), static_cast<std::size_t>(size)});
}

// The five entities of XML itself; a file's own are refused, so that none can grow.
xmlEntityPtr entity(void*, const xmlChar* name) { return xmlGetPredefinedEntity(name); }

// The entities of HTML, which XHTML has from a DTD that is not read.
void reference(void* context, const xmlChar* name) {
  const htmlEntityDesc* known = htmlEntityLookup(name);
  if (known == nullptr) return;
  int left = 0;
  char bytes[8] = {};
  const unsigned c = known->value;
  if (c < 0x80)
    bytes[left++] = static_cast<char>(c);
  else if (c < 0x800) {
    bytes[left++] = static_cast<char>(0xC0u | (c >> 6));
    bytes[left++] = static_cast<char>(0x80u | (c & 0x3Fu));
  } else {
    bytes[left++] = static_cast<char>(0xE0u | (c >> 12));
    bytes[left++] = static_cast<char>(0x80u | ((c >> 6) & 0x3Fu));
    bytes[left++] = static_cast<char>(0x80u | (c & 0x3Fu));
  }
  reading(context).events->text({bytes, static_cast<std::size_t>(left)});
}

void declares_entity(void* context, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
  Reading& r = reading(context);
  r.declares = true;
  xmlStopParser(r.parser);
}

void nothing_said(void*, const char*, ...) {}
void no_error(void*, xmlErrorPtr) {}

xmlSAXHandler handlers() {
  xmlSAXHandler sax{};
  sax.initialized = 1;  // names with their prefixes
  sax.startElement = open_element;
  sax.endElement = close_element;
  sax.characters = characters;
  sax.ignorableWhitespace = characters;
  sax.cdataBlock = characters;
  sax.getEntity = entity;
  sax.reference = reference;
  sax.entityDecl = declares_entity;
  sax.warning = nothing_said;
  sax.error = nothing_said;
  sax.fatalError = nothing_said;
  sax.serror = no_error;
  return sax;
}

struct FreeParser {
  bool html;
  void operator()(xmlParserCtxt* p) const {
    if (p->myDoc != nullptr) xmlFreeDoc(p->myDoc);  // libxml2 makes one for a DTD, whatever the handlers keep
    if (html)
      htmlFreeParserCtxt(p);
    else
      xmlFreeParserCtxt(p);
  }
};

std::string reason(const xmlError* e) {
  if (e == nullptr || e->message == nullptr) return "it cannot be parsed";
  std::string_view said = e->message;
  while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.remove_suffix(1);
  std::string out;
  for (const char c : said.substr(0, 200)) {
    const auto b = static_cast<unsigned char>(c);
    out += b < 0x20 || b > 0x7E ? '?' : c;
  }
  return out;
}

}  // namespace

bool ends_as_html(std::string_view bytes) {
  const std::string_view end = bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 1024));
  return end.find("</html") != end.npos || end.find("</HTML") != end.npos || end.find("</body") != end.npos;
}

std::string_view XmlAttributes::get(std::string_view name) const {
  if (pairs_ == nullptr) return {};
  for (const unsigned char** p = pairs_; *p != nullptr; p += 2)
    if (local(view(*p)) == name) return p[1] == nullptr ? std::string_view{} : view(p[1]);
  return {};
}

double XmlAttributes::number(std::string_view name, double otherwise) const {
  std::string_view s = get(name);
  return take_number(s, otherwise);
}

double take_number(std::string_view& s, double otherwise) {
  while (!s.empty() && (s[0] == ' ' || s[0] == ',' || s[0] == '\t' || s[0] == '\n')) s.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return otherwise;
  s.remove_prefix(static_cast<std::size_t>(end - s.data()));
  return std::clamp(value, -largest, largest);
}

void read_xml(const std::string& name, std::string_view bytes, bool html, XmlEvents& events) {
  const auto refuse = [&](const std::string& why) { throw Error(Exit::input, name + ": " + why); };
  xmlSAXHandler sax = handlers();
  Reading state{&events, nullptr, false, false};
  const std::unique_ptr<xmlParserCtxt, FreeParser> parser(
      html ? htmlCreatePushParserCtxt(&sax, &state, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8)
           : xmlCreatePushParserCtxt(&sax, &state, nullptr, 0, nullptr),
      FreeParser{html});
  if (!parser) throw std::bad_alloc();
  state.parser = parser.get();
  if (html)
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
  else
    xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOENT);
  // XML_PARSE_NOENT reads `&amp;` in an attribute as `&`; there are no other entities that it could expand.
  int failed = 0;
  for (std::size_t at = 0; failed == 0 && !state.declares; at += portion) {
    const std::string_view part = bytes.substr(std::min(at, bytes.size()), portion);
    const bool last = at + portion >= bytes.size();
    const int size = static_cast<int>(part.size());
    if (html)
      htmlParseChunk(parser.get(), part.data(), size, last);
    else
      failed = xmlParseChunk(parser.get(), part.data(), size, last);
    if (last) break;
  }
  if (state.declares) refuse("its DOCTYPE declares entities, which could grow without bound; take the DOCTYPE out");
  if (html && !ends_as_html(bytes)) refuse("is cut: the end of the HTML is missing; give the whole file");
  if (!html && (failed != 0 || parser->wellFormed == 0)) {
    const xmlError* e = xmlCtxtGetLastError(parser.get());
    refuse("line " + std::to_string(e == nullptr ? 0 : e->line) + ": is no well-formed XML: " + reason(e) +
           "; give the whole file as the OCR program wrote it");
  }
}

}  // namespace emend
