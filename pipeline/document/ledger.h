// The ledger on the wire: every change of a book, one a line, that a program or a person can read, replay and undo.
//
//   emend-ledger 1
//   program 0.1.0
//   source 66861 <sha256> thesis.txt
//   option language zh-Hans
//   edit<TAB>stage<TAB>rule<TAB>begin+length<TAB>to<TAB>sure<TAB>name<TAB>attributes<TAB>before<TAB>after<TAB>reason
//   …
//   text<TAB>begin+length<TAB>bytes
//   …
//   end <number of changes> <sha256 of everything above>
//
// Fields are escaped: \t \n \r \\, and \xNN for bytes that are no UTF-8 or no printable character.
//
// The lines `text` give the source back from the text of the edition that was written with the ledger: that is the
// string value of /TEI/text in UTF-8. Each takes a range of its bytes, then puts in `bytes`.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/document.h"
#include "pipeline/document/rebuild.h"

namespace emend {

/// What the user said about the book (title, author, date, publisher, language), part of every edition of it; and, if
/// the source is decoded text, the file's `encoding` and the places whose bytes it does not give (`encoding-bytes`);
/// where two columns were read one after the other (`columns-at`), and where the entries of a contents list were in
/// pieces (`entries-at`); and what the edition shows of its `changes`: nothing
/// is said if they are in the ledger alone.
using BookOptions = std::vector<std::pair<std::string, std::string>>;

struct Ledger {
  std::string program, source_name, source_sha256;
  std::size_t source_size = 0;
  BookOptions options;
  std::vector<Change> changes;  // their text lives in `arena`
  std::vector<Step> steps;      // from the edition's text to the source; none if there was no edition. In `arena`, too
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();
};

std::string write_ledger(const Document&, const BookOptions&, const std::vector<Step>& = {});
/// The SHA-256 of what that gives, which is never in memory as a whole.
std::string seal_of_ledger(const Document&, const BookOptions&, const std::vector<Step>&);
bool is_ledger(std::string_view bytes);
/// Error(Exit::input) naming `where` and the line, if a byte of it is not as it was written.
Ledger read_ledger(std::string_view bytes, const std::string& where);

/// Opens `source` and commits the ledger's changes, stage by stage. Error(Exit::invalid) if the ledger was made from
/// another source or its changes break an invariant of the document. The document takes over the ledger's arena, which
/// keeps the text of both alive.
Document replay(std::string source, Ledger& ledger);

/// A document for a pipe between two processes: its source and its ledger.
std::string write_wire(const Document&, const BookOptions&);
bool is_wire(std::string_view bytes);
Document read_wire(std::string_view bytes, const std::string& where, BookOptions& options);

}  // namespace emend
