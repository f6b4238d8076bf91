// Reading books: a text, pages, or a document half done.
#include "pipeline/cli/book.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "pipeline/cli/files.h"
#include "pipeline/cli/pages.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/source.h"
#include "pipeline/cli/verbs.h"
#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "pipeline/run/decisions.h"
#include "stages/read/scan/scanned.h"
#include "stages/read/text/broken_lines.h"
#include "stages/read/text/columns.h"
#include "stages/read/text/encoding.h"
#include "stages/read/text/entry_lines.h"
#include "stages/read/text/misplaced.h"
#include "stages/read/text/run_in_abstract.h"
#include "stages/read/text/text.h"

namespace emend {

namespace {

// Columns are read one after the other. What the text was before can be made of it again, or it is left as it is.
std::string columns_in_order(std::string text, BookOptions& options) {
  const std::string said = option_of(options, "columns");
  if (said == "1") return text;
  const std::vector<Columns> columns = find_columns(text, said == "2");
  if (columns.empty()) return text;
  std::string unrolled = unroll(text, columns);
  if (roll_up(unrolled, columns) != text) return text;
  for (const Columns& c : columns) options.emplace_back(recorded::columns_at, write_columns(c));
  return unrolled;
}

// The same of the entries of a contents list, each of which becomes a line.
std::string entries_in_lines(std::string text, BookOptions& options) {
  const std::vector<EntryLines> entries = find_entry_lines(text);
  if (entries.empty()) return text;
  std::string unrolled = unroll(text, entries);
  if (roll_up(unrolled, entries) != text) return text;
  for (const EntryLines& e : entries) options.emplace_back(recorded::entries_at, write_entry_lines(e));
  return unrolled;
}

// The same of bullets and labels that were set beside their places.
std::string pieces_in_place(std::string text, BookOptions& options) {
  const std::vector<EntryLines> pieces = find_misplaced(text);
  if (pieces.empty()) return text;
  std::string unrolled = unroll(text, pieces);
  if (roll_up(unrolled, pieces) != text) return text;
  for (const EntryLines& e : pieces) options.emplace_back(recorded::pieces_at, write_entry_lines(e));
  return unrolled;
}

std::vector<std::string> decisions_in(const BookOptions& options) {
  std::vector<std::string> decisions;
  for (const auto& [key, value] : options)
    if (key == recorded::decision) decisions.push_back(value);
  return decisions;
}

// Lines that a person broke are two, and so is the one in which an abstract begins behind its heading.
std::string broken(std::string text, BookOptions& options) {
  std::vector<BrokenLine> breaks;
  for (const std::uint32_t at : breaks_decided(text, decisions_in(options))) breaks.push_back({at});
  if (const std::optional<BrokenLine> abstract = find_run_in_abstract(text)) {
    const auto place = std::ranges::lower_bound(breaks, abstract->at, {}, &BrokenLine::at);
    if (place == breaks.end() || *place != *abstract) breaks.insert(place, *abstract);
  }
  for (const BrokenLine& b : breaks) options.emplace_back(recorded::breaks_at, write_line_break(b));
  return unroll(text, breaks);
}

std::string in_reading_order(std::string text, BookOptions& options) {
  text = entries_in_lines(columns_in_order(std::move(text), options), options);
  return broken(pieces_in_place(std::move(text), options), options);
}

// The entries that were put together, as lines of the document.
std::vector<Span> gathered(const Document& d, const BookOptions& options) {
  std::vector<Span> out;
  std::size_t next = 0, before = 0;  // lines of the document, and of the text before
  for (const EntryLines& e : entries_of(options)) {
    next += e.first - std::min<std::size_t>(e.first, before);
    const std::size_t last = next + e.entries.size() - 1;
    if (last >= d.lines.size()) break;
    out.push_back(d.hull(next, last));
    next = last + 1;
    before = std::size_t{e.first} + e.lines;
  }
  return out;
}

void refuse_markup(const std::string& name, std::string_view text) {
  const std::string_view markup = markup_of(text);
  if (markup == "HTML")
    throw Error(Exit::input,
                name + ": is HTML, which emend does not read; make Markdown of it, as `pandoc -t gfm` does");
  if (markup == "XML")
    throw Error(Exit::input, name + ": is XML, and not text; if it is TEI, `emend export` makes books of it");
  if (!markup.empty())
    throw Error(Exit::input, name + ": is " + std::string(markup) +
                                 ", and not text: its markup would be read as words; give the text that it holds");
}

Document from_text(const std::string& input, const std::string& name, std::string bytes, BookOptions& options) {
  if (const ScanFormat format = scan_format(bytes); format != ScanFormat::none) {
    std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
    Document d = read_scan(name, bytes, format, !option_of(options, "zones").empty());
    if (format == ScanFormat::pdf) options = merged(options, {{std::string(recorded::file_digest), sha256(bytes)}});
    d.name = input == "-" ? "untitled" : shown(file_name(input));
    return d;
  }
  bool markdown = false;
  if (std::optional<std::string> text = text_of_file(name, bytes, markdown)) {
    std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
    if (markdown) options = merged(options, {{"from", "markdown"}});
    Document d = read_text(name, broken(std::move(*text), options));
    d.name = input == "-" ? "untitled" : shown(file_name(input));
    return d;
  }
  Decoded decoded = decode_text(name, std::move(bytes), option_of(options, "encoding"));
  refuse_markup(name, decoded.text);
  std::erase_if(options, [](const auto& o) { return o.first == "encoding"; });
  options = merged(options, facts_of(decoded));
  Document d = read_text(name, in_reading_order(std::move(decoded.text), options));
  d.name = input == "-" ? "untitled" : shown(file_name(input));  // an edition knows no folders
  return d;
}

// The pages in a folder or an archive are one book, and its name is that of the folder or archive.
Document from_pages(const std::string& input, const std::string& name, const Input& pages, BookOptions& options) {
  std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
  PagesText book = text_of_pages(name, pages);
  if (book.markdown) options = merged(options, {{"from", "markdown"}});
  Document d = document_of_scan(name, std::move(book.text), book.seen, !option_of(options, "zones").empty());
  d.name = input == "-" ? "untitled" : shown(file_name(without_slash(input)));
  return d;
}

// A pipe hands on a text that is decoded: too late to say what it was encoded in.
Document from_wire(const std::string& name, const std::string& bytes, BookOptions& options,
                   std::vector<std::string>& ran) {
  BookOptions found;
  Document d = read_wire(bytes, name, found);
  for (const auto& [key, value] : found)
    if (key == recorded::stage_ran) ran.push_back(value);
  const std::string said = option_of(options, "encoding"), was = option_of(found, "encoding");
  if (!said.empty() && said != (was.empty() ? "UTF-8" : was) && !(said == "UTF-16" && was.starts_with(said)))
    throw Error(Exit::usage, name + ": was read as " + (was.empty() ? "UTF-8" : shown(was)) + " already, not as " +
                                 said + "; give --encoding to the first of the chain");
  std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
  options = merged(found, options);
  return d;
}

}  // namespace

Book open_book(const std::string& input, const Sidecars& beside, const BookOptions& said,
               const std::vector<std::string>& pages) {
  Input in = pages.empty() ? read_input(input) : read_pages(pages);
  const std::string name = input == "-" ? "standard input" : shown(input);
  if (!in.guide.unread.empty())
    complain("warning: " + in.guide.unread + "; the pages are read in the order of their names");
  Book book;
  book.begun = is_wire(in.bytes);
  if (!beside.meta.empty()) book.options = read_sidecar(beside.meta);
  if (!beside.decisions.empty()) {
    const std::string file = shown(beside.decisions);
    std::vector<std::string> lines = decision_lines(read_file(beside.decisions), file);
    book.options = merged(book.options, facts_decided(lines, file));
    for (std::string& line : lines) book.options.emplace_back(recorded::decision, std::move(line));
  }
  book.options = merged(book.options, said);
  book.document = book.begun         ? from_wire(name, in.bytes, book.options, book.ran)
                  : in.pages.empty() ? from_text(input, name, std::move(in.bytes), book.options)
                                     : from_pages(input, name, in, book.options);
  std::erase_if(book.options, [](const auto& o) { return o.first == "changes" && o.second == changes_in_ledger; });
  book.document.form = option_of(book.options, "from");
  book.document.gathered = gathered(book.document, book.options);
  std::vector<std::uint32_t> begins;
  for (const BrokenLine& b : breaks_of(book.options))
    begins.push_back(b.at + static_cast<std::uint32_t>(begins.size()));
  rule(book.document, decisions_in(book.options), begins);
  return book;
}

std::string write_for_pipe(const Book& book) {
  BookOptions options = book.options;
  for (const std::string& name : book.ran) options.emplace_back(recorded::stage_ran, name);
  return write_wire(book.document, options);
}

}  // namespace emend
