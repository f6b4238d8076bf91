// A book as the user hands it over: a text or a half-done document, and what they say about it.
#pragma once
#include <string>
#include <vector>

#include "pipeline/cli/facts.h"
#include "pipeline/document/ledger.h"

namespace emend {

struct Book {
  Document document;
  BookOptions options;           // in the order of the keys of facts, so that it does not matter who said what
  bool begun = false;            // it came down a pipe from `emend stage`, so the stages wanted have run
  std::vector<std::string> ran;  // those stages
};

/// Reads `input` ("-" is standard input). Facts come from the document that a pipe hands on, then from the sidecar,
/// then from the decisions, then from `said`; the later wins. Decisions become part of the options and rulings of the
/// document; those of a file replace what a pipe hands on. A text that is not UTF-8 is decoded, and the options then
/// say from which encoding and which places of it must be kept as bytes.
/// `pages`: the files of a book that was given as several, which `input` is the first of.
Book open_book(const std::string& input, const Sidecars&, const BookOptions& said,
               const std::vector<std::string>& pages = {});

/// A document for the next of a chain; it says which stages have run, which no change tells of one that found nothing.
std::string write_for_pipe(const Book&);

}  // namespace emend
