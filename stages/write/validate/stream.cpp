// libxml2's reader: it judges each element as it comes, and forgets it when it has gone by.
#include "stages/write/validate/stream.h"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <new>
#include <string>
#include <unordered_set>

#include "stages/write/validate/tree.h"

namespace emend {

namespace {

using Reader = std::unique_ptr<xmlTextReader, XmlFree<xmlFreeTextReader>>;

void note_error(void* any, xmlErrorPtr) { *static_cast<bool*>(any) = true; }

// Identifiers, and the references to them, which may come first.
class Names {
 public:
  /// False where there is something to be told.
  bool take(const xmlNode& element) {
    for (const xmlAttr* a = element.properties; a != nullptr; a = a->next) {
      if (is_identifier(*a) && !identifiers_.emplace(text_of(*a)).second) return false;
      if (pointer(*a) != nullptr && !take_reference(text_of(*a), pointer(*a)->only_here)) return false;
    }
    return true;
  }

  bool all_lead_somewhere() const {
    return std::all_of(wanted_.begin(), wanted_.end(), [&](const std::string& w) { return identifiers_.count(w) > 0; });
  }

 private:
  bool take_reference(std::string_view value, bool only_here) {
    for (std::size_t at = 0; (at = value.find_first_not_of(" \t\r\n", at)) != value.npos;) {
      const std::size_t end = std::min(value.find_first_of(" \t\r\n", at), value.size());
      const std::string_view place = value.substr(at, end - at);
      at = end;
      if (place.front() == '#')
        wanted_.emplace(place.substr(1));
      else if (only_here || place.back() == ':')
        return false;
    }
    return true;
  }

  std::unordered_set<std::string> identifiers_, wanted_;
};

// Whether the element that the reader has come to is within the limits of the tree.
bool is_within_limits(xmlTextReader& reader) {
  return xmlTextReaderDepth(&reader) < max_depth && xmlTextReaderAttributeCount(&reader) <= max_attributes;
}

// Whether it begins as our editions do, in UTF-8, and has no DOCTYPE, by which the reader might ask for other files.
bool is_plain(std::string_view xml) {
  return xml.starts_with(R"(<?xml version="1.0" encoding="UTF-8"?>)") && xml.find("<!DOCTYPE") == xml.npos;
}

}  // namespace

bool surely_valid(std::string_view xml, xmlRelaxNG& schema) {
  if (!is_plain(xml)) return false;
  const Reader reader(xmlReaderForIO(read_piece, nullptr, &xml, nullptr, nullptr, parse_options));
  if (!reader) throw std::bad_alloc();
  bool error = false;
  xmlTextReaderSetStructuredErrorHandler(reader.get(), note_error, &error);
  if (xmlTextReaderRelaxNGSetSchema(reader.get(), &schema) != 0) return false;
  Names names;
  int more = 0;
  while (!error && (more = xmlTextReaderRead(reader.get())) == 1) {
    if (xmlTextReaderNodeType(reader.get()) != XML_READER_TYPE_ELEMENT) continue;
    const xmlNode* element = xmlTextReaderCurrentNode(reader.get());
    if (element == nullptr || !is_within_limits(*reader) || !names.take(*element)) return false;
  }
  return more == 0 && !error && xmlTextReaderIsValid(reader.get()) == 1 && names.all_lead_somewhere();
}

}  // namespace emend
