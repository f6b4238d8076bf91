// The walk from TEI to passages. A passage ends where a block begins; notes and furniture within it wait until then.
#include "stages/write/compare/passages.h"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <utility>

#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"
#include "stages/write/tei/elements.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/tei/survey.h"

namespace emend {
namespace {

using pugi::xml_node;

std::string_view attribute(const xml_node& node, const char* name) { return node.attribute(name).value(); }

/// Runs of white space as one blank, or none where only a line of the file ends between Chinese characters.
std::string with_single_blanks(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  std::string out;
  for (std::size_t at = text.find_first_not_of(white); at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(white, at), text.size());
    out += text.substr(at, end - at);
    const std::size_t next = text.find_first_not_of(white, end);
    if (next == std::string_view::npos) break;
    const bool line_ends = text.substr(end, next - end).find('\n') != std::string_view::npos;
    const bool chinese = is_cjk(last_character(out)) && is_cjk(first_character(text.substr(next)));
    if (!line_ends || !chinese) out += ' ';
    at = next;
  }
  return out;
}

/// What elements are called that are more than a paragraph of text.
std::string_view name_of(std::string_view element) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> names{{{"argument", "argument"},
                                                                                        {"bibl", "reference"},
                                                                                        {"biblStruct", "reference"},
                                                                                        {"cit", "quotation"},
                                                                                        {"epigraph", "epigraph"},
                                                                                        {"figure", "figure"},
                                                                                        {"item", "item"},
                                                                                        {"l", "line of verse"},
                                                                                        {"list", "list"},
                                                                                        {"listBibl", "list of works"},
                                                                                        {"q", "quotation"},
                                                                                        {"quote", "quotation"},
                                                                                        {"row", "row of a table"},
                                                                                        {"speaker", "speaker"},
                                                                                        {"stage", "stage direction"},
                                                                                        {"titlePage", "title page"}}};
  const auto* const found =
      std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.first == element; });
  return found == names.end() ? "" : found->second;
}

class Reader {
 public:
  void facts(const BookMetadata& book) {
    fact("title", book.title);
    fact("subtitle", book.subtitle);
    for (const std::string& author : book.authors) fact("author", author);
    fact("publisher", book.publisher);
    fact("date", book.date);
    fact("language", book.language);
  }

  /// The text and blocks within `node`; its text of its own is of this kind.
  void flow(const xml_node& node, const std::string& kind) {
    const std::string outer = std::exchange(kind_, kind);
    for (const xml_node& child : node.children()) part(child);
    end_passage();
    kind_ = outer;
  }

  ComparedText take() { return std::move(edition_); }

 private:
  void fact(const char* kind, const std::string& text) {
    if (!text.empty()) edition_.passages.push_back({kind, "header", text, {}});
  }

  void part(const xml_node& node) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) return add(node.value());
    if (node.type() != pugi::node_element) return;
    const std::string_view name = local_name(node);
    switch (const Role role = role_of(name)) {
      case Role::skip: return name == "fw" ? aside(node, "furniture") : void();
      case Role::note: return note(node);
      case Role::page_break: return page(node);
      case Role::choice: return choice(node);
      case Role::line_break: return add(attribute(node, "break") == "no" ? "" : "\n");
      case Role::gap: return add("[…]");
      case Role::figure: return figure(node);
      case Role::division: return division(node);
      case Role::head: return head(node);
      case Role::link: return link(node);
      default:
        if (name != "cell" && (is_block(role) || stands_alone(node, role))) return block(node, name);
        if (name == "cell" && !text_.empty()) add(" | ");
        for (const xml_node& child : node.children()) part(child);
    }
  }

  /// Quotations, references and stage directions stand in a line or by themselves.
  static bool stands_alone(const xml_node& node, Role role) {
    if (role != Role::quotation && role != Role::citation && role != Role::stage) return false;
    const Role around = role_of(local_name(node.parent()));
    const bool holds_blocks = std::any_of(node.begin(), node.end(),
                                          [](const xml_node& child) { return is_block(role_of(local_name(child))); });
    return holds_blocks || around == Role::division || around == Role::group || around == Role::bibliography ||
           around == Role::boxed || around == Role::speech;
  }

  /// A paragraph is what it stands in: of a quotation, an item, a note.
  void block(const xml_node& node, std::string_view name) {
    end_passage();
    const std::string_view kind = name == "item" && in_contents_ ? "entry of the contents" : name_of(name);
    flow(node, kind.empty() ? kind_ : std::string(kind));
  }

  void division(const xml_node& node) {
    end_passage();
    const bool outer = std::exchange(in_contents_, attribute(node, "type") == "contents");
    ++level_;
    flow(node, "paragraph");
    --level_;
    in_contents_ = outer;
  }

  void head(const xml_node& node) {
    const std::string_view parent = local_name(node.parent());
    end_passage();
    if (parent == "figure" || parent == "table") return flow(node, "caption");
    if (parent == "list" || parent == "lg")
      return flow(node, "head of a " + std::string(parent == "lg" ? "poem" : "list"));
    const std::size_t before = edition_.passages.size();
    flow(node, "heading of level " + std::to_string(std::max(level_, 1)));
    if (edition_.passages.size() > before) heading_ = edition_.passages[before].text;
  }

  void figure(const xml_node& node) {
    end_passage();
    for (const xml_node& picture : node.children())
      if (local_name(picture) == "graphic") add("[" + std::string(attribute(picture, "url")) + "] ");
    flow(node, "figure");
  }

  /// The mark stays in the text, the note follows the passage.
  void note(const xml_node& node) {
    const std::string sign(attribute(node, "n"));
    if (!attribute(node, "place").empty()) add("‹" + (sign.empty() ? "*" : sign) + "›");
    aside(node, sign.empty() ? "note" : "note " + sign);
  }

  void aside(const xml_node& node, const std::string& kind) { asides_.emplace_back(node, kind); }

  void page(const xml_node& node) {
    const std::string label(attribute(node, "n"));
    if (label.empty()) return;
    edition_.pages.push_back(label);
    page_ = label;
  }

  void choice(const xml_node& node) {
    constexpr std::array<std::pair<const char*, const char*>, 3> pairs{
        {{"sic", "corr"}, {"orig", "reg"}, {"abbr", "expan"}}};
    for (const auto& [from, to] : pairs) {
      const xml_node old = named(node, from), chosen = named(node, to);
      if (!old || !chosen) continue;
      readings_.push_back(plain_text(old) + " → " + plain_text(chosen));
      for (const xml_node& child : chosen.children()) part(child);
      return;
    }
    part(node.find_child([](const xml_node& child) { return child.type() == pugi::node_element; }));
  }

  static xml_node named(const xml_node& node, std::string_view name) {
    return node.find_child([&](const xml_node& child) { return local_name(child) == name; });
  }

  /// A mark whose note was not found has its sign in an attribute.
  void link(const xml_node& node) {
    if (attribute(node, "type") == "noteAnchor" && !node.first_child())
      add("‹" + std::string(attribute(node, "n")) + "›");
    for (const xml_node& child : node.children()) part(child);
  }

  void add(std::string_view text) {
    if (text_.empty()) place_ = place();
    text_ += text;
  }

  std::string place() const {
    if (!page_.empty()) return "page " + page_;
    return heading_.empty() ? "at the beginning" : "below “" + heading_ + "”";
  }

  void end_passage() {
    std::string text = with_single_blanks(std::exchange(text_, ""));
    if (!text.empty()) edition_.passages.push_back({kind_, place_, std::move(text), std::exchange(readings_, {})});
    for (const auto& [node, kind] : std::exchange(asides_, {})) flow(node, kind);
  }

  ComparedText edition_;
  std::string kind_ = "paragraph";
  std::string text_, place_;           // of the passage that is open
  std::vector<std::string> readings_;  // in it
  std::vector<std::pair<xml_node, std::string>> asides_;
  std::string page_, heading_;
  int level_ = 0;
  bool in_contents_ = false;
};

}  // namespace

ComparedText read_passages(std::string_view tei) {
  pugi::xml_document document;
  const xml_node root = parse_tei(tei, document);
  Reader reader;
  reader.facts(book_metadata(root, tei));
  for (const xml_node& part : root.children())
    if (local_name(part) == "text") reader.flow(part, "paragraph");
  return reader.take();
}

}  // namespace emend
