// Document to TEI: the header, then one sweep over the lines; and the way back to the source.
#include "stages/write/tei/tei.h"

#include <algorithm>
#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pugixml.hpp>

#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "stages/write/tei/changes.h"
#include "stages/write/tei/facsimile.h"
#include "stages/write/tei/header.h"
#include "stages/write/tei/pen.h"
#include "stages/write/tei/survey.h"
#include "stages/write/tei/sweep.h"
#include "stages/write/xml_scan.h"

namespace emend {

namespace {

struct StringWriter : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

constexpr const char* ledger_type = "ledger";
constexpr const char* ledger_seal = "ledger-sha256";
constexpr std::size_t most_in_one = 4'000'000;  // bytes; many programs refuse a text of more than ten million

// The string value of an element. A walker, because a file may nest deeper than the stack does.
struct Text : pugi::xml_tree_walker {
  std::string text;
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) text += node.value();
    return true;
  }
};

std::string text_of(pugi::xml_node node) {
  Text all;
  node.traverse(all);
  return std::move(all.text);
}

// The same of an element that is written.
std::string text_in(std::string_view element, std::size_t about) {
  std::string all;
  all.reserve(about);
  const auto ignore = [](auto...) {};
  scan_xml(element, {.open = ignore, .close = ignore, .text = [&](std::string_view text) { all += text; }});
  return all;
}

// What was freed, to the system: the C library would keep it for more of the same size.
void give_back() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

// A node as it is written, with room for more behind it.
template <class Node>
std::string written(const Node& node, std::size_t about) {
  StringWriter writer;
  writer.out.reserve(about);
  if constexpr (std::is_same_v<Node, pugi::xml_document>)
    node.save(writer, "", pugi::format_raw, pugi::encoding_utf8);
  else
    node.print(writer, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(writer.out);
}

// The ledger as the header's foreign data: in pieces of whole lines, to be read one behind the other.
void write_inside(pugi::xml_node header, std::string_view ledger) {
  const pugi::xml_node revisions = header.child("revisionDesc");
  while (!ledger.empty()) {
    const std::size_t end =
        ledger.size() <= most_in_one ? ledger.size() : std::min(ledger.find('\n', most_in_one), ledger.size() - 1) + 1;
    pugi::xml_node data = header.insert_child_before("xenoData", revisions);
    set(data, "type", ledger_type);
    data.append_child(pugi::node_pcdata).set_value(ledger.data(), end);
    header.insert_child_before(pugi::node_pcdata, revisions).set_value("\n");
    ledger.remove_prefix(end);
  }
}

// By which the edition knows the ledger that it was written with.
void write_seal(pugi::xml_node header, const std::string& seal) {
  pugi::xml_node source = header.child("fileDesc").child("sourceDesc").child("bibl");
  set(add(source, "idno", seal), "type", ledger_seal);
}

}  // namespace

Edition write_edition(const Document& d, const BookOptions& options, bool with_ledger) {
  const Shows shows = shown_changes(options);
  give_back();
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node tei = xml.append_child("TEI");
  set(tei, "xmlns", "http://www.tei-c.org/ns/1.0");
  set(tei, "xml:lang", book_fact(d, options, "language"));
  new_line(tei);
  pugi::xml_node header = tei.append_child("teiHeader");
  new_line(tei);
  pugi::xml_node text = tei.append_child("text");
  const Facsimile facsimile(d, options);
  Sweep(d, facsimile, shows, text).write();
  new_line(tei);
  write_header(header, text, d, options);
  facsimile.write(tei, text);
  Edition edition;
  const std::size_t about = d.source.size() + d.source.size() / 16 + 4096;
  const std::string body = written(text, about + d.source.size() / 8);
  tei.remove_child(text);
  give_back();  // the way back needs the room
  std::string plain = text_in(body, about);
  const std::vector<Step> steps = steps_to(d.source, plain);
  std::string().swap(plain);
  const bool whole = with_ledger || shows == Shows::both;
  if (whole) edition.ledger = write_ledger(d, options, steps);
  write_seal(header, whole ? sha256(edition.ledger) : seal_of_ledger(d, options, steps));
  if (shows == Shows::both) write_inside(header, edition.ledger);
  constexpr std::string_view behind_text = "\n</TEI>";
  const std::string frame = written(xml, 4096);
  const std::size_t before = frame.size() - behind_text.size();
  edition.tei.reserve(frame.size() + body.size() + 1);
  edition.tei.append(frame, 0, before).append(body).append(frame, before).append("\n");
  return edition;
}

EditionText read_edition(const std::string& tei, const std::string& where) {
  pugi::xml_document xml;
  pugi::xml_node root;
  try {
    root = parse_tei(tei, xml);
  } catch (const Error& e) {
    throw Error(e.code, where + ": is no edition of emend: " + e.what());
  }
  EditionText edition{text_of(root.child("text")), {}, {}};
  for (const pugi::xml_node id :
       root.child("teiHeader").child("fileDesc").child("sourceDesc").child("bibl").children("idno"))
    if (id.attribute("type").value() == std::string_view(ledger_seal)) edition.seal = text_of(id);
  for (const pugi::xml_node data : root.child("teiHeader").children("xenoData"))
    if (data.attribute("type").value() == std::string_view(ledger_type)) edition.ledger += text_of(data);
  return edition;
}

std::string source_from(const std::string& text, const Ledger& ledger, const std::string& where) {
  if (ledger.steps.empty() && ledger.source_size > 0)
    throw Error(Exit::invalid, where +
                                   ": the ledger was written without an edition, and does not tell how the source "
                                   "comes of it; convert the source anew");
  std::string source;
  if (!rebuild(text, ledger.steps, ledger.source_size, source) || source.size() != ledger.source_size ||
      sha256(source) != ledger.source_sha256)
    throw Error(Exit::invalid, where +
                                   ": its text does not give the source back, so it is not as emend wrote it, or the "
                                   "ledger belongs to another edition; restore both");
  return source;
}

}  // namespace emend
