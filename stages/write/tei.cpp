// Document to TEI: the header, then one sweep over the lines.
#include "stages/write/tei.h"

#include <pugixml.hpp>

#include "stages/write/tei_header.h"
#include "stages/write/tei_pen.h"
#include "stages/write/tei_sweep.h"

namespace emend {

namespace {

struct StringWriter : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

}  // namespace

std::string write_tei(const Document& d, const BookOptions& options) {
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node tei = xml.append_child("TEI");
  set(tei, "xmlns", "http://www.tei-c.org/ns/1.0");
  set(tei, "xml:lang", book_fact(d, options, "language"));
  new_line(tei);
  write_header(tei.append_child("teiHeader"), d, options);
  new_line(tei);
  pugi::xml_node text = tei.append_child("text");
  Sweep(d, text).write();
  new_line(tei);
  StringWriter writer;
  writer.out.reserve(d.source.size() + d.source.size() / 4 + 4096);
  xml.save(writer, "", pugi::format_raw, pugi::encoding_utf8);
  writer.out += '\n';
  return std::move(writer.out);
}

}  // namespace emend
