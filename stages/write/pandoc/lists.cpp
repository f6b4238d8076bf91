// Lists and tables: which marker a list has, and whether it is printed in the text already.
#include <algorithm>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/write/pandoc/bridge.h"
#include "stages/write/pandoc/table_grid.h"

namespace emend {
namespace {

using pugi::xml_node;

enum class Marker { bullet, number, printed, none };

/// How Pandoc sets the numbers of a list: 3. (3) 3) c. iv)
struct Numbering {
  int value = 0;
  std::string_view numeral, delimiter;  // empty: Pandoc cannot print it so
};

bool is_named(const xml_node& node, std::string_view name) { return local_name(node) == name; }

bool any_child(const xml_node& node, std::string_view name) {
  return std::any_of(node.begin(), node.end(), [&](const xml_node& child) { return is_named(child, name); });
}

/// The element after `node`, if that is called `name`.
xml_node next_named(const xml_node& node, std::string_view name) {
  xml_node next = node.next_sibling();
  while (next && (next.type() != pugi::node_element || role_of(local_name(next)) == Role::skip))
    next = next.next_sibling();
  return is_named(next, name) ? next : xml_node();
}

xml_node first_text(const xml_node& item) {
  return item.find_node([](const xml_node& node) { return is_text(node) && !is_blank_text(node); });
}

std::string_view without_blanks(std::string_view words) {
  return words.substr(std::min(words.find_first_not_of(" \t\r\n"), words.size()));
}

/// The first words of an item, enough to see a marker.
std::string_view first_words(const xml_node& item) { return without_blanks(first_text(item).value()); }

bool is_word_character(std::string_view text, bool at_end) {
  const char32_t c = text.empty() ? U' ' : at_end ? last_character(text) : first_character(text);
  return is_digit(c) || is_letter(c) || is_cjk(c);
}

/// Whether the item's text begins with its @n: the marker as it was printed. The A of "Appendix" is none.
bool prints_marker(const xml_node& item) {
  const std::string_view n = attribute(item, "n"), words = first_words(item);
  return !n.empty() && words.starts_with(n) &&
         !(is_word_character(n, true) && is_word_character(words.substr(n.size()), false));
}

Numbering numbering_of(std::string_view n) {
  Numbering out;
  const bool open = n.starts_with('(');
  if (open) n.remove_prefix(1);
  const bool letter = n.size() == 2 && n[0] >= 'a' && n[0] <= 'h';
  const Number number = letter ? Number{.value = n[0] - 'a' + 1, .form = Numeral::letter, .length = 1} : read_number(n);
  out.value = number.value;
  out.numeral = number.form == Numeral::arabic        ? "Decimal"
                : number.form == Numeral::letter      ? "LowerAlpha"
                : number.form == Numeral::roman_lower ? "LowerRoman"
                                                      : "";
  const std::string_view rest = n.substr(number.length);
  out.delimiter = open ? (rest == ")" ? "TwoParens" : "") : rest == "." ? "Period" : rest == ")" ? "OneParen" : "";
  return out;
}

/// Whether a printed marker begins `text`: ①, （一）, 1., (a), iv), •, —
bool begins_with_marker(std::string_view text) {
  std::size_t i = 0;
  const char32_t first = text.empty() ? U'x' : next_character(text, i);
  if (is_enclosed_number(first)) return true;
  if (std::u32string_view(U"•·●■◆▪○◦□–—").find(first) != std::u32string_view::npos) return true;
  if ((first == '-' || first == '*') && text.substr(i).starts_with(' ')) return true;
  const bool bracket = std::u32string_view(U"(（[〔【").find(first) != std::u32string_view::npos;
  if (bracket) text.remove_prefix(i);
  std::size_t length = read_number(text).length;
  if (length == 0 && !text.empty() && is_ascii_letter(static_cast<unsigned char>(text[0]))) length = 1;
  if (length == 0 || length >= text.size()) return false;
  return std::u32string_view(U")）]〕】.．、:：").find(first_character(text.substr(length))) !=
         std::u32string_view::npos;
}

template <class Test>
bool every_item(const xml_node& list, Test test) {
  return std::all_of(list.begin(), list.end(), [&](const xml_node& c) { return !is_named(c, "item") || test(c); });
}

struct Style {
  std::string_view numeral;
  bool numbered;
};

/// The style that @rend or @type asks for.
Style style_of(std::string_view look) {
  if (look == "upper-roman" || look == "I") return {"UpperRoman", true};
  if (look == "lower-roman" || look == "i") return {"LowerRoman", true};
  if (look == "upper-alpha" || look == "A") return {"UpperAlpha", true};
  if (look == "lower-alpha" || look == "a" || look == "alphabetic") return {"LowerAlpha", true};
  const bool numbered = look == "numbered" || look == "ordered" || look == "arabic" || look == "decimal" || look == "1";
  return {"Decimal", numbered};
}

std::string_view look_of(const xml_node& list) {
  return attribute(list, "rend").empty() ? attribute(list, "type") : attribute(list, "rend");
}

/// Whether the printed numbers are those that Pandoc would print for such a list.
bool counts_on(const xml_node& list) {
  Numbering first;
  int next = 0;
  for (const xml_node& item : list.children()) {
    if (!is_named(item, "item")) continue;
    const Numbering here = numbering_of(attribute(item, "n"));
    if (first.value == 0) first = here, next = here.value;
    if (here.value != next++ || here.value == 0 || here.numeral != first.numeral || here.numeral.empty() ||
        here.delimiter != first.delimiter || here.delimiter.empty())
      return false;
  }
  return first.value > 0;
}

Marker marker_of(const xml_node& list) {
  const std::string_view look = look_of(list);
  if (any_child(list, "item") && every_item(list, prints_marker)) {
    if (look == "bulleted") return Marker::bullet;
    if (style_of(look).numbered && counts_on(list)) return Marker::number;
    return Marker::none;
  }
  if (every_item(list, [](const xml_node& item) { return begins_with_marker(first_words(item)); })) return Marker::none;
  if (look == "simple" || look == "none" || look == "plain" || look == "unmarked") return Marker::none;
  if (style_of(look).numbered) return Marker::number;
  const bool marked = every_item(list, [](const xml_node& item) { return !attribute(item, "n").empty(); });
  return marked && !is_contents(list) ? Marker::printed : Marker::bullet;
}

std::string ordered_opener(const xml_node& list) {
  const xml_node item = list.find_child([](const xml_node& child) { return is_named(child, "item"); });
  const Numbering printed = prints_marker(item) ? numbering_of(attribute(item, "n")) : Numbering{};
  const int start = std::max(printed.value > 0 ? printed.value : read_whole_number(attribute(item, "n")).value, 1);
  const std::string numeral(printed.value > 0 ? printed.numeral : style_of(look_of(list)).numeral);
  const std::string delimiter(printed.value > 0 ? printed.delimiter : "Period");
  return std::string(R"({"t":"OrderedList","c":[[)") + std::to_string(start) + R"(,{"t":")" + numeral + R"("},{"t":")" +
         delimiter + R"("}],[)";
}

}  // namespace

void Bridge::heads_of(const xml_node& node) {
  for (const xml_node& child : node.children()) {
    if (role_of(local_name(child)) == Role::head) block(child, ast::paragraph);
  }
}

void Bridge::list(const xml_node& node) {
  const bool outermost_contents = is_contents(node) && !is_named(node.parent(), "item");
  ++boxes_;
  heads_of(node);
  if (is_contents(node) && target_ == BookTarget::docx) {
    contents_list(node, 1);
    --boxes_;
    return;
  }
  if (outermost_contents) out_.open(pandoc_opener("Div", pandoc_attr("", {"contents-list"})), "]]}");
  const Marker marker = marker_of(node);
  if (any_child(node, "label")) {
    definitions(node);
  } else if (is_contents(node) || marker == Marker::bullet) {
    marked_list(node, R"({"t":"BulletList","c":[)");
  } else if (marker == Marker::number) {
    marked_list(node, ordered_opener(node));
  } else {
    printed_list(node, marker == Marker::printed);
  }
  if (outermost_contents) out_.close();
  --boxes_;
}

/// The printed contents as Word has them: a paragraph in the style of its level for each entry.
void Bridge::contents_list(const xml_node& node, int level) {
  const std::string style = "TOC " + std::to_string(std::min(level, 6));
  for (const xml_node& child : node.children()) {
    if (is_text(child) ? is_blank_text(child) : role_of(local_name(child)) == Role::head) continue;
    if (!is_text(child) && role_of(local_name(child)) == Role::page_break) {
      page_break(child);
      continue;
    }
    if (!is_named(child, "item")) {
      stray(child);
      continue;
    }
    mark(child);
    out_.open(pandoc_opener("Div", pandoc_attr("", {}, {{"custom-style", style}})), "]]}");
    open_text(ast::paragraph);
    for (const xml_node& part : child.children()) {
      if (!is_named(part, "list")) phrase(part);
    }
    close_text();
    out_.close();
    for (const xml_node& part : child.children()) {
      if (is_named(part, "list")) contents_list(part, level + 1);
    }
  }
}

/// A list to whose items Pandoc gives the markers; but for the numbers of a contents list, which Pandoc does not print.
/// Whatever is no item (a page break, a stray paragraph) goes with the one before it or after it.
void Bridge::marked_list(const xml_node& node, const std::string& opener) {
  out_.open(opener, opener.find("Ordered") == std::string::npos ? "]}" : "]]}");
  for (const xml_node& child : node.children()) {
    if (role_of(local_name(child)) == Role::head) continue;
    if (role_of(local_name(child)) == Role::page_break) {
      page_break(child);
      continue;
    }
    out_.open("[", "]");
    if (is_named(child, "item")) {
      if (!is_contents(node) && prints_marker(child)) marker_text_ = first_text(child);
      block(child, ast::plain);
    } else {
      stray(child);
    }
    out_.close();
  }
  out_.close();
}

/// Text as the book shows it: without the marker that Pandoc gives to the item it begins.
std::string_view Bridge::shown_text(const xml_node& text) {
  if (text != marker_text_) return text.value();
  marker_text_ = {};
  xml_node item = text.parent();
  while (item && !prints_marker(item)) item = item.parent();
  return without_blanks(without_blanks(text.value()).substr(attribute(item, "n").size()));
}

/// A list whose markers are printed in the text, or stand in @n as they were printed: paragraphs, so that none is
/// doubled.
void Bridge::printed_list(const xml_node& node, bool write_numbers) {
  out_.open(pandoc_opener("Div", box("list")), "]]}");
  for (const xml_node& child : node.children()) {
    if (role_of(local_name(child)) == Role::head) continue;
    if (write_numbers && is_named(child, "item")) out_.prefix(attribute(child, "n"));
    stray(child);
    out_.prefix("");
  }
  out_.close();
}

void Bridge::definitions(const xml_node& node) {
  std::vector<xml_node> strays;
  out_.open(R"({"t":"DefinitionList","c":[)", "]}");
  for (xml_node child = node.first_child(); child; child = child.next_sibling()) {
    if (!is_named(child, "label") && !is_named(child, "item")) {
      if (!is_named(child, "head")) strays.push_back(child);
      continue;
    }
    out_.open("[", "]");
    open_text("[");
    out_.insist();
    if (is_named(child, "label")) {
      phrases(child);
      const xml_node item = next_named(child, "item");
      if (item) child = item;
    }
    close_text();
    out_.open("[[", "]]");
    out_.insist();
    if (is_named(child, "item")) block(child, ast::plain);
    out_.close();
    out_.close();
  }
  out_.close();
  for (const xml_node& left_over : strays) stray(left_over);
}

void Bridge::table(const xml_node& node) {
  const TableGrid grid = table_grid(node);
  if (grid.columns == 0) return flow(node, ast::paragraph);
  ++boxes_;
  out_.open(R"({"t":"Table","c":[["",[],[]])", "]}");
  out_.insist();
  out_.open("[null,[", "]]");
  out_.insist();
  for (const xml_node& child : node.children()) {
    if (role_of(local_name(child)) != Role::head) continue;
    open_text(ast::plain);
    phrases(child);
    close_text();
  }
  out_.close();
  std::string columns = "[";
  for (int i = grid.columns; i > 0; --i) {
    columns += R"([{"t":"AlignDefault"},{"t":"ColWidthDefault"}])";
    columns += i > 1 ? "," : "]";
  }
  out_.raw(columns);
  rows(grid.head, R"([["",[],[]],[)", "]]");
  rows(grid.body, R"([[["",[],[]],0,[],[)", "]]]");
  out_.raw(R"([["",[],[]],[]])");
  out_.close();
  for (const xml_node& left_over : grid.strays) stray(left_over);
  --boxes_;
}

void Bridge::rows(const std::vector<GridRow>& rows, const std::string& opener, const std::string& closer) {
  out_.open(opener, closer);
  out_.insist();
  for (const GridRow& row : rows) {
    for (const xml_node& page : row.breaks) page_break(page);
    out_.open(R"([["",[],[]],[)", "]]");
    out_.insist();
    for (const GridCell& cell : row.cells) {
      const std::string spans = std::to_string(cell.rows) + "," + std::to_string(cell.cols);
      out_.open(std::string(R"([["",[],[]],{"t":"AlignDefault"},)") + spans + ",[", "]]");
      out_.insist();
      if (cell.cell) block(cell.cell, ast::plain);
      out_.close();
    }
    out_.close();
  }
  out_.close();
}

}  // namespace emend
