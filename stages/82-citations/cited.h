// The citations of a book that were written into the document so far, and what one that says "ibid." means among them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/document/proposal.h"
#include "stages/82-citations/citation.h"
#include "stages/82-citations/unit.h"

namespace emend {

/// A citation that was written into the document.
struct Cited {
  std::size_t note = 0;  // ordinal of the note; entries of lists have one of their own
  int number = 0;        // printed number of the note
  bool entry = false;
  Span first, again;  // its first part; the words that stand for another
  std::vector<std::string> authors;
  std::string year;
  std::optional<std::size_t> means;  // what it stands for, index
};

class CitedWorks {
 public:
  CitedWorks(const Document& d, Proposal& out) : d_(d), out_(out) {}

  /// Names the parts of a citation; `cited` says where it stands. Nothing if none could be named.
  std::optional<std::size_t> write(const CitationUnit&, const Citation&, std::string_view rule, Cited cited);
  /// Once the lists of works are written: by author, and by author and year.
  void index_entries();
  /// The same of one that stands for another, and links the two; in notes, which come in order. One that says a year is
  /// a citation only if a list of works has it.
  void write_again(const CitationUnit&, const Citation&, const Cited&);

 private:
  bool name_part(const CitationUnit&, const CitationPart&, const std::string& attributes, std::string_view rule,
                 Because, Span& named);
  void hide_stars(const CitationUnit&, const CitationPart& title);
  std::optional<std::size_t> entry_of(const CitationUnit&, const Citation&) const;
  std::optional<std::size_t> meant_by(const Citation&, std::size_t self, std::uint8_t& sure) const;
  std::optional<std::size_t> last_before(std::size_t self, std::uint8_t& sure) const;
  std::optional<std::size_t> of_note(std::size_t self, int number) const;
  std::optional<std::size_t> of_author(std::size_t self) const;

  const Document& d_;
  Proposal& out_;
  std::vector<Cited> cited_;                              // entries of lists first, then by place
  std::unordered_map<std::string, std::size_t> entries_;  // by author, and by author and year
};

}  // namespace emend
