// The libxml2 tree of a document that is to be validated: how it is parsed, within which limits, and how its parts are
// named in messages. Only the files validate*.cpp know libxml2.
#pragma once
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/validate/validate.h"

namespace emend {

/// Gives back what libxml2 allocated.
template <auto free>
struct XmlFree {
  template <typename T>
  void operator()(T* it) const {
    free(it);
  }
};
using XmlTree = std::unique_ptr<xmlDoc, XmlFree<xmlFreeDoc>>;
inline void free_characters(xmlChar* characters) { xmlFree(characters); }
using XmlCharacters = std::unique_ptr<xmlChar, XmlFree<free_characters>>;

inline std::string_view view(const xmlChar* characters) {
  return characters ? reinterpret_cast<const char*>(characters) : std::string_view{};
}
inline const xmlChar* characters(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

/// To be called before anything else of libxml2: it makes its tables at first use, and not under a lock.
void start_libxml2();

/// What the parser noted while the nodes were at hand; the attributes belong to the tree.
struct Parsed {
  std::vector<const xmlAttr*> identifiers, references;  // in the order of the document
  std::vector<std::string> schemas;                     // that the document names, by <?xml-model href="…"?>
  std::optional<Problem> problem;                       // the first one, after which nothing was read
};

/// The tree, or nothing and a problem. Refused are declarations in a DOCTYPE, too many attributes and too deep nesting;
/// so no entities are left but XML's own five, which are replaced. Comments and processing instructions are not in the
/// tree. Nothing but the bytes is read.
XmlTree parse_xml(std::string_view xml, Parsed& result);

/// How any document is parsed, and how the parser is given the next of the bytes in the string_view that `rest` points to:
/// handed over piece by piece they are never copied as a whole.
constexpr int parse_options =
    XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_HUGE | XML_PARSE_COMPACT | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
int read_piece(void* rest, char* to, int room);
constexpr int max_attributes = 100;

/// Whether it is xml:id.
bool is_identifier(const xmlAttr&);
/// An attribute that points at places; `only_here`: and at nothing outside the document. @scheme is none of them: it
/// names a vocabulary, which may be anywhere.
struct Pointer {
  std::string_view name;
  bool only_here;
};
/// Which of them the attribute is; null if it is none.
const Pointer* pointer(const xmlAttr&);

// The words of messages.

std::string attribute_name(const xmlAttr&);
std::string attribute_value(const xmlAttr&);
/// The text of an attribute as the parser left it: one node, as entities are replaced.
std::string_view text_of(const xmlAttr&);
/// The text in quotation marks, on one line and not too long.
std::string in_quotes(std::string_view text);
/// "<name>"
std::string tag(std::string_view name);
std::string tag(const xmlNode& element);
/// "a, b or c"
std::string either(const std::vector<std::string>& words);
/// Without white space at its ends, on one line.
std::string trimmed(std::string_view text);

bool is_element(const xmlNode*);
/// The element as /TEI/text/body/div[2]/p[5].
std::string path_of(const xmlNode*);
int line_of(const xmlNode&);
Problem problem_at(const xmlNode& element, std::string message);

}  // namespace emend
