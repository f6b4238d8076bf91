// Unpack, finish the text and the notes, pack.
#include "stages/write/docx/docx.h"

#include <cstdlib>

#include "pipeline/document/error.h"
#include "stages/write/docx/parts.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

void add_element(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  ((out += '<') += name) += '>';
  append_escaped(out, text);
  ((out += "</") += name) += '>';
}

std::string joined(const std::vector<std::string>& all, std::string_view between) {
  std::string out;
  for (const std::string& one : all) (out += out.empty() ? "" : between) += one;
  return out;
}

/// The times that Pandoc wrote, if SOURCE_DATE_EPOCH says them; a book need not have any.
std::string times_of(std::string_view properties) {
  if (const char* said = std::getenv("SOURCE_DATE_EPOCH"); said == nullptr || *said == '\0') return "";
  const std::size_t start = properties.find("<dcterms:created");
  const std::size_t end = properties.find("</cp:coreProperties>");
  if (start == std::string_view::npos || end == std::string_view::npos || end < start) return "";
  return std::string(properties.substr(start, end - start));
}

void finish_text(std::vector<ArchiveMember>& members, ArchiveMember& part, const BookFacts& facts,
                 std::vector<std::string>& warnings) {
  pugi::xml_document text;
  if (!parse_xhtml(part.bytes, text)) {
    warnings.emplace_back("Pandoc wrote word/document.xml as XML that is not well-formed; it stays as it is");
    return;
  }
  std::vector<std::string> endnotes;
  const xml_node body = text.document_element().child("w:body");
  apply_marks(body, facts.metadata.language, endnotes);
  order_title(body, facts.metadata);
  break_title(body);
  divide_into_sections(body, facts, add_contents_field(body, facts));
  const std::string name = part.name;
  const std::size_t about = part.bytes.size() + part.bytes.size() / 8;
  move_endnotes(members, text, endnotes);
  find_member(members, name)->bytes = write_xml(text, about);
}

/// Word counts notes by what a section says, others by the settings.
void finish_settings(std::vector<ArchiveMember>& members, const BookFacts& facts) {
  if (!facts.footnotes.anew_each_page()) return;
  edit_part(members, "word/settings.xml", [&](xml_node settings) { count_notes(settings, facts.footnotes); });
}

void finish_notes_of(ArchiveMember& part, const BookFacts& facts) {
  pugi::xml_document notes;
  std::vector<std::string> none;
  if (!parse_xhtml(part.bytes, notes)) return;
  apply_marks(notes.document_element(), facts.metadata.language, none);
  part.bytes = write_xml(notes, part.bytes.size() + part.bytes.size() / 8);
}

/// Pandoc writes TEI's tag for all scripts alike.
void set_default_language(xml_node styles, std::string_view language) {
  xml_node properties = styles.child("w:docDefaults").child("w:rPrDefault").child("w:rPr").child("w:lang");
  if (!properties) return;
  const bool east_asian = is_east_asian(language);
  set_attribute(properties, "w:val", east_asian ? "en-US" : word_language(language));
  set_attribute(properties, "w:eastAsia", east_asian ? word_language(language) : "zh-CN");
}

}  // namespace

bool edit_part(std::vector<ArchiveMember>& members, std::string_view name,
               const std::function<void(xml_node)>& change) {
  ArchiveMember* const member = find_member(members, name);
  pugi::xml_document document;
  if (!member || !parse_xhtml(member->bytes, document)) return false;
  change(document.document_element());
  member->bytes = write_xml(document);
  return true;
}

std::string core_properties(const BookFacts& facts, std::string_view pandocs) {
  const BookMetadata& book = facts.metadata;
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cp:coreProperties "
      "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
      "xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">";
  add_element(out, "dc:title", book.title);
  add_element(out, "dc:subject", book.subtitle);
  add_element(out, "dc:creator", joined(book.authors, "; "));
  add_element(out, "cp:keywords", joined(book.keywords, "; "));
  std::string about = book.publisher;
  if (!book.date.empty()) about += (about.empty() ? "" : ", ") + book.date;
  add_element(out, "dc:description", about);
  add_element(out, "dc:identifier", book.identifier);
  add_element(out, "dc:language", word_language(book.language));
  return out + times_of(pandocs) + "</cp:coreProperties>\n";
}

std::string finish_docx(std::string_view docx, const BookFacts& facts, std::vector<std::string>& warnings) {
  std::optional<std::vector<ArchiveMember>> members = read_zip(docx);
  ArchiveMember* const text = members ? find_member(*members, "word/document.xml") : nullptr;
  if (!text) {
    throw Error(Exit::pandoc,
                "Pandoc: wrote no complete DOCX; install another version of it, or leave out --pandoc-arg");
  }
  if (ArchiveMember* const notes = find_member(*members, "word/footnotes.xml")) finish_notes_of(*notes, facts);
  finish_text(*members, *text, facts, warnings);
  finish_settings(*members, facts);
  edit_part(*members, "word/styles.xml",
            [&](const xml_node& styles) { set_default_language(styles, facts.metadata.language); });
  if (ArchiveMember* const core = find_member(*members, "docProps/core.xml")) {
    core->bytes = core_properties(facts, core->bytes);
  }
  return write_zip(*members);
}

}  // namespace emend
