// The steps of finishing an EPUB, and what they hand on: each chapter tells its headings, pages and notes; navigation
// and package are made of those.
#pragma once
#include <functional>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/write/epub/epub.h"
#include "stages/write/package/book_facts.h"

namespace emend {

struct EpubPlace {
  std::string target;  // "text/ch001.xhtml#p1", from the package's folder
  std::string text;    // a heading's words, a page's printed number
  int level = 0;       // of a heading
};

struct EpubContents {
  std::vector<EpubPlace> headings, pages;
  std::vector<EpubPlace> landmarks;  // `text` is the word for it; `kinds` says what it is
  std::vector<std::string> kinds;    // epub:type of each landmark
  int depth = 6;                     // of the navigation
  int notes = 0;
  std::size_t marks = 0;  // of notes, so far
  bool formulas = false;
  int pictures = 0, pictures_without_words = 0;  // but for the cover
};

/// What one chapter needs to know of the book; `facts` and `options` must outlive it.
struct EpubBook {
  EpubBook(const BookFacts& the_facts, const EpubOptions& the_options);
  const BookFacts& facts;
  const EpubOptions& options;
  /// The section with this identifier, or nullptr.
  const BookSection* section(std::string_view id) const;
  /// How the mark after so many others is printed; empty if that is not known.
  const std::string& sign(std::size_t marks_before) const;
  /// To be said when all files are read: signs are used only if there is one for each mark.
  void count_marks(std::size_t marks) { signs_are_known_ = marks == facts.note_signs.size(); }

 private:
  bool signs_are_known_ = false;
  std::unordered_map<std::string_view, const BookSection*> sections_;
};

/// Takes out what Pandoc puts above text that comes before the first heading: the book's title once more.
void drop_made_up_heading(const pugi::xml_node& body, const EpubBook& book);

/// Finishes the chapter `file` ("text/ch001.xhtml"), whose tree is `chapter`, and adds to `contents` what it has.
void finish_chapter(pugi::xml_document& chapter, const std::string& file, const EpubBook& book, EpubContents& contents);

void add_landmark(EpubContents& contents, const std::string& target, std::string_view word, const char* kind);

/// Notes as EPUB 3 has them: marks that open them, as printed, and notes with a link back. Gives how many there are,
/// and adds the marks to those before.
int finish_notes(const pugi::xml_node& body, const EpubBook& book, std::size_t& marks_before);

/// The words of a heading for a list: without notes and page breaks, blanks as one space.
std::string heading_text(const pugi::xml_node& heading);

/// The whole of nav.xhtml, which in EPUB 2 is a page like any other. `style` is the style sheet's address.
std::string navigation_document(const EpubContents& contents, const BookFacts& facts, const std::string& style,
                                bool version_2);

/// The whole of toc.ncx.
std::string ncx_document(const EpubContents& contents, const BookFacts& facts, const std::string& identifier);

/// Completes the package document `opf`.
void finish_package(pugi::xml_document& opf, const EpubBook& book, const EpubContents& contents);

/// What has come of joining two title pages.
struct TitlePageJoin {
  bool nothing_left = false;        // of the chapter that the printed one stood in
  std::vector<std::string> places;  // identifiers that have moved
};

/// Moves what the printed title page, in `chapter`, says more than the facts to the title page that Pandoc made of
/// them.
TitlePageJoin join_title_page(const pugi::xml_document& title_page, const pugi::xml_document& chapter);

/// Links of `chapter`, which is `file`, to these places, which were in `before`, lead to where they are now.
void lead_links_to(const pugi::xml_document& chapter, const std::set<std::string, std::less<>>& places,
                   const std::string& now, const std::string& before, const std::string& file);

}  // namespace emend
