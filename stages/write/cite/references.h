// The works that an edition cites, each once, for reference managers: read from its bibl elements.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// A person or body; `literal` where a name is not in a surname and given names, as Chinese names and those of bodies.
struct Person {
  std::string family, given, literal;
};

/// Year, month, day; 0 where not known.
struct DateParts {
  int year = 0, month = 0, day = 0;
};

/// One work. Texts are as printed, without line ends; numbers without the words around them (第3期 is 3).
struct Reference {
  std::string key;   // letters and digits: penrice1972, liangwei2011a
  std::string kind;  // article book chapter thesis newspaper web
  std::vector<Person> authors, editors, translators;
  std::string title, container, series, publisher, place, edition, volume, issue, page, url, doi, genre;
  DateParts issued, accessed;
};

/// All works cited in the text of `tei`, in the order of their first citation. Citations of one work (same first
/// author, title and year) are one reference; the pages of a list of works go before those of notes. Error(Exit::input)
/// if `tei` is not TEI; what a hand or another program wrote is read as far as TEI's elements tell.
std::vector<Reference> read_references(std::string_view tei);

/// CSL-JSON, as Zotero and Pandoc read it.
std::string csl_json(const std::vector<Reference>&);
/// BibTeX in UTF-8, with what TeX would take for commands escaped.
std::string bibtex(const std::vector<Reference>&);

}  // namespace emend
