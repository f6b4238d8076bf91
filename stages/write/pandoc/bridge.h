// The walk from TEI to Pandoc as one class, because what a thing becomes depends on where it stands: in which section,
// list or note, and in which language. Its parts: `blocks.cpp`, `figures.cpp`, `lists.cpp` (lists, tables) and
// `phrases.cpp` (all that stands in a line, and identifiers).
#pragma once
#include <cstddef>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "stages/write/pandoc/ast.h"
#include "stages/write/pandoc/json.h"
#include "stages/write/pandoc/table_grid.h"
#include "stages/write/tei/elements.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/survey.h"

namespace emend {

namespace ast {
inline constexpr std::string_view paragraph = R"({"t":"Para","c":[)";
inline constexpr std::string_view plain = R"({"t":"Plain","c":[)";
}  // namespace ast

bool is_text(const pugi::xml_node& node);
bool is_blank_text(const pugi::xml_node& node);
/// The value of an attribute, empty if there is none.
std::string_view attribute(const pugi::xml_node& node, const char* name);
bool is_contents(const pugi::xml_node& node);
bool has_own_text(const pugi::xml_node& node);

/// The role of an element; a name within the words around it (作者：, by) is part of their line.
Role role_where_it_stands(const pugi::xml_node&);

class Bridge {
 public:
  /// All arguments must outlive the bridge. Identifiers in `nowhere` are not linked to.
  Bridge(const Survey& seen, const ApiVersion& api, const BookMetadata& metadata, const std::set<std::string>& nowhere,
         BookTarget target, FactsShown facts_shown, const PictureAddress& pictures);

  /// The blocks of the whole book, as a JSON array. To be called once.
  std::string blocks(const pugi::xml_node& root, std::size_t about);
  /// Identifiers that are linked to, but that the book does not show after all.
  std::set<std::string> broken_links() const;
  /// What was not understood, each once, with how often it came and the line of `tei` where it came first.
  std::vector<std::string> warnings(std::string_view tei) const;
  /// What it came by, but for the metadata.
  BookFacts facts() const { return facts_; }

 private:
  // Blocks
  void flow(const pugi::xml_node& parent, std::string_view opener, const pugi::xml_node& head = {});
  bool ends_text(const pugi::xml_node& child, bool in_phrases) const;
  void block(const pugi::xml_node& node, std::string_view opener);
  void block_of(Role role, const pugi::xml_node& node, std::string_view opener);
  void group(const pugi::xml_node& node, std::string_view opener);
  void set_apart(const pugi::xml_node& node, std::string_view name);
  void quotation(const pugi::xml_node& node);
  void division(const pugi::xml_node& div);
  void headless_division(const pugi::xml_node& div);
  void heading(const pugi::xml_node& head, int level, const std::string& id, std::string_view type);
  void head_elsewhere(const pugi::xml_node& head);
  void paragraph_as(const pugi::xml_node& node, std::string_view look);
  void stray(const pugi::xml_node& node);
  void figure(const pugi::xml_node& node);
  bool verbatim(const pugi::xml_node& node);
  void figure_in_line(const pugi::xml_node& node);
  std::map<pugi::xml_node, std::string> pictures_of(const pugi::xml_node& figure);
  void captions(const pugi::xml_node& figure, std::string_view opener);
  void picture(const pugi::xml_node& figure, const std::string& address, std::string_view opener);
  void title_page(const pugi::xml_node& node);
  bool said_above(const pugi::xml_node& part);
  void note_as_block(const pugi::xml_node& node);
  // Lists and tables
  void list(const pugi::xml_node& node);
  void contents_list(const pugi::xml_node& node, int level);
  void marked_list(const pugi::xml_node& node, const std::string& opener);
  void printed_list(const pugi::xml_node& node, bool write_numbers);
  std::string_view shown_text(const pugi::xml_node& text);
  void definitions(const pugi::xml_node& node);
  void heads_of(const pugi::xml_node& node);
  void table(const pugi::xml_node& node);
  void rows(const std::vector<GridRow>& rows, const std::string& opener, const std::string& closer);
  // Phrases
  void phrases(const pugi::xml_node& parent);
  void text(const pugi::xml_node& node);
  void phrase(const pugi::xml_node& node);
  void phrase_of(Role role, const pugi::xml_node& node);
  void note(const pugi::xml_node& node);
  void choice(const pugi::xml_node& node);
  void highlight(const pugi::xml_node& node);
  void formula(const pugi::xml_node& node);
  void link(const pugi::xml_node& node);
  void page_break(const pugi::xml_node& node, std::string_view place = "");
  void gap(const pugi::xml_node& node);
  void gap_notice(const pugi::xml_node& node);
  std::string missing(const pugi::xml_node& node) const;
  void formatted(std::string_view constructor, const pugi::xml_node& node);
  void in_class(std::string_view name, const pugi::xml_node& node);
  // Identifiers, languages, text
  std::string claim(std::string_view id);
  std::string section_id(const pugi::xml_node& div, const pugi::xml_node& head, int level);
  void mark(const pugi::xml_node& node);
  std::string address_of(const pugi::xml_node& node);
  std::string attr(std::string_view id, std::string_view name);
  std::string box(std::string_view name) const;
  bool tells_language() const { return lang_ != shown_lang_ && !lang_.empty(); }
  void open_text(std::string_view opener);
  void close_text();
  void warn(std::string message, const pugi::xml_node& at);
  void warn_unknown(const pugi::xml_node& node);
  void warn_left_out(const pugi::xml_node& node);

  struct Warned {
    int count = 0;
    std::ptrdiff_t first = 0;  // byte of the TEI
  };
  struct OpenText {
    bool has_span;                // with the language, because nothing around says it
    std::string_view shown_lang;  // to go back to
  };

  PandocJson out_;
  const Survey& seen_;
  const BookMetadata& metadata_;
  const std::set<std::string>& nowhere_;
  std::set<std::string> shown_, linked_;
  std::map<std::string, Warned> warned_;
  std::vector<int> counters_;  // sections so far: at each level above, and at this one
  std::vector<OpenText> texts_;
  pugi::xml_node marker_text_;          // begins with a marker that Pandoc prints
  std::string_view lang_, shown_lang_;  // what the TEI says here; what the output says already
  int level_ = 0;                       // headings around this place
  int boxes_ = 0;                       // things around this place that can hold no section
  BookTarget target_;
  std::string above_text_;  // what the header says of the book, but for what the title page said already
  const PictureAddress& pictures_;
  int marks_ = 0;                                        // of those that `finish_docx` takes out again
  std::map<std::string, int, std::less<>> pages_named_;  // how many pages without an identifier have this number
  bool in_note_ = false;
  bool in_body_ = false;
  bool figures_ = false;  // Pandoc knows figures
  BookFacts facts_;
};

}  // namespace emend
