// What stands in a line of text: notes, links, formatting, corrections, page breaks; and the identifiers and languages
// that go with them.
#include <algorithm>
#include <array>

#include "pipeline/text/script.h"
#include "stages/write/docx/docx.h"
#include "stages/write/pandoc/bridge.h"

namespace emend {
namespace {

using pugi::xml_node;

/// Pandoc's name for a look that @rend asks for, or empty if it has none.
std::string_view formatting(std::string_view look) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> names{{
      {"sup", "Superscript"},
      {"superscript", "Superscript"},
      {"sub", "Subscript"},
      {"subscript", "Subscript"},
      {"italic", "Emph"},
      {"italics", "Emph"},
      {"i", "Emph"},
      {"#i", "Emph"},
      {"bold", "Strong"},
      {"b", "Strong"},
      {"#b", "Strong"},
      {"smallcaps", "SmallCaps"},
      {"small-caps", "SmallCaps"},
      {"sc", "SmallCaps"},
      {"underline", "Underline"},
      {"u", "Underline"},
      {"strike", "Strikeout"},
      {"strikethrough", "Strikeout"},
  }};
  for (const auto& [word, name] : names) {
    if (word == look) return name;
  }
  return "";
}

bool has_cjk(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    if (is_cjk(next_character(s, i))) return true;
  }
  return false;
}

/// Western books and journals are set in italics; Chinese titles have their 《》 in the text.
bool is_italic_title(const xml_node& title) {
  const std::string_view level = attribute(title, "level");
  return (level == "m" || level == "j") && !has_cjk(plain_text(title));
}

/// The styles of styles/docx/styles.xml for boxes that Pandoc has no style for.
std::string_view word_style(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> styles{{
      {"bibliography", "Bibliography"},
      {"byline", "Author"},
      {"closer", "Closer"},
      {"dedication", "Epigraph"},
      {"docdate", "Date"},
      {"epigraph", "Epigraph"},
      {"list", "Printed List"},
      {"missing", "Missing Text"},
      {"note", "Gathered Note"},
      {"subhead", "Subhead"},
      {"subtitle", "Subtitle"},
      {"titlepage", "Title Page"},
      {"verse", "Verse"},
  }};
  for (const auto& [known, style] : styles) {
    if (known == name) return style;
  }
  return "";
}

std::string constructor(std::string_view name) { return std::string(R"({"t":")").append(name) + R"(","c":[)"; }

}  // namespace

// ---- identifiers, languages, text ----------------------------------------------------------------------------------

/// The identifier as the book shows it, or empty if there is none or it is taken.
std::string Bridge::claim(std::string_view id) {
  if (id.empty()) return "";
  std::string safe = safe_id(id);
  return shown_.insert(safe).second ? safe : "";
}

/// Where something links to this element, a place for the link to lead to.
void Bridge::mark(const xml_node& node) {
  const std::string_view id = attribute(node, "xml:id");
  if (id.empty() || !seen_.wanted.contains(id)) return;
  if (const std::string shown = claim(id); !shown.empty()) out_.anchor(pandoc_attr(shown, {"anchor"}));
}

/// A section without an identifier gets one from its place: the third part of the second is sec-2.3.
std::string Bridge::section_id(const xml_node& div, const xml_node& head, int level) {
  counters_.resize(static_cast<std::size_t>(level), 0);
  ++counters_.back();
  std::string id = claim(attribute(div, "xml:id"));
  if (!id.empty()) {
    mark(head);
    return id;
  }
  id = claim(attribute(head, "xml:id"));
  if (!id.empty()) return id;
  id = "sec";
  for (const int number : counters_) {
    id += id == "sec" ? '-' : '.';
    id += std::to_string(number);
  }
  while (seen_.present.contains(id) || !shown_.insert(id).second) id += "-x";
  return id;
}

/// What a link to `node`'s target says in the book: empty if it would lead nowhere.
std::string Bridge::address_of(const xml_node& node) {
  const std::string_view all = attribute(node, "target");
  const std::string_view target = all.substr(0, all.find(' '));
  if (target.empty()) return "";
  if (!target.starts_with('#')) {
    std::string address = safe_address(target);
    if (address.empty())
      warn(std::string("the address '").append(target) + "' cannot be a link in a book; its text stays", node);
    return address;
  }
  std::string id = safe_id(target.substr(1));
  if (!seen_.present.contains(target.substr(1)) || nowhere_.contains(id)) {
    warn(std::string("the reference '").append(target) + "' leads to no place in the book; its text stays", node);
    return "";
  }
  linked_.insert(id);
  return "#" + id;
}

/// A box's attributes. Word knows styles, and no classes.
std::string Bridge::box(std::string_view name) const {
  const std::string_view style = target_ == BookTarget::docx ? word_style(name) : "";
  return style.empty() ? pandoc_attr("", {name}) : pandoc_attr("", {name}, {{"custom-style", style}});
}

/// Attributes, with the language where nothing around says it.
std::string Bridge::attr(std::string_view id, std::string_view name) {
  if (!tells_language()) return id.empty() ? box(name) : pandoc_attr(id, {name});
  if (target_ == BookTarget::docx) {
    if (!id.empty()) return pandoc_attr(id, {name});  // a section's words tell it one by one
    return pandoc_attr(
        docx_language_mark(lang_, ++marks_), {name},
        {{word_style(name).empty() ? "lang" : "custom-style", word_style(name).empty() ? lang_ : word_style(name)}});
  }
  return pandoc_attr(id, {name}, {{"lang", lang_}, {"xml:lang", lang_}});
}

void Bridge::open_text(std::string_view opener) {
  out_.open_text(std::string(opener), opener == "[" ? "]" : "]}");
  texts_.push_back({lang_ != shown_lang_, shown_lang_});
  if (!texts_.back().has_span) return;
  out_.open_phrase(pandoc_opener("Span", attr("", "")), "]]}");
  shown_lang_ = lang_;
}

void Bridge::close_text() {
  if (texts_.back().has_span) out_.close();
  shown_lang_ = texts_.back().shown_lang;
  texts_.pop_back();
  out_.close();
}

void Bridge::warn(std::string message, const xml_node& at) {
  auto& warned = warned_[std::move(message)];
  if (warned.count++ == 0) warned.first = at.offset_debug();
}

void Bridge::warn_unknown(const xml_node& node) {
  warn(std::string("the element <").append(node.name()) + "> is not known; its text stays", node);
}

/// What is printed around the text, the header and the page images are no news.
void Bridge::warn_left_out(const xml_node& node) {
  const std::string_view name = local_name(node);
  if (name == "fw" || name == "teiHeader" || name == "facsimile" || plain_text(node).empty()) return;
  warn(std::string("the element <").append(node.name()) + "> is no part of the text of a book; it is left out", node);
}

// ---- phrases -------------------------------------------------------------------------------------------------------

void Bridge::phrases(const xml_node& parent) {
  for (const xml_node& child : parent.children()) phrase(child);
}

/// Where the DOCTYPE may define entities, they are not read, as they may grow without bound.
void Bridge::text(const xml_node& node) {
  facts_.bytes += std::string_view(node.value()).size();
  if (seen_.doctype)
    if (const std::string_view entity = first_entity(node.value()); !entity.empty())
      warn(std::string("the entity '").append(entity) + "' is not read; it stays as it is written", node.parent());
  out_.text(shown_text(node));
}

void Bridge::phrase(const xml_node& node) {
  if (is_text(node)) return text(node);
  if (node.type() != pugi::node_element) return;
  const Role role = role_where_it_stands(node);
  if (role == Role::skip) return warn_left_out(node);
  if (role == Role::page_break) return page_break(node);
  const std::string_view lang = lang_, shown_lang = shown_lang_;
  if (const std::string_view own = attribute(node, "xml:lang"); !own.empty()) lang_ = own;
  const bool spans = lang_ != shown_lang_ && role != Role::note;
  if (role != Role::note) mark(node);
  if (spans) out_.open_phrase(pandoc_opener("Span", attr("", "")), "]]}");
  if (spans) shown_lang_ = lang_;
  phrase_of(role, node);
  if (spans) out_.close();
  lang_ = lang;
  shown_lang_ = shown_lang;
}

void Bridge::phrase_of(Role role, const xml_node& node) {
  switch (role) {
    case Role::note: return note(node);
    case Role::choice: return choice(node);
    case Role::highlight: return highlight(node);
    case Role::formula: return formula(node);
    case Role::figure: return figure_in_line(node);
    case Role::link:
    case Role::pointer: return link(node);
    case Role::gap: return gap(node);
    case Role::emphasis:
    case Role::stage: return formatted("Emph", node);
    case Role::deletion: return formatted("Strikeout", node);
    case Role::unclear: return in_class("unclear", node);
    case Role::title: return is_italic_title(node) ? formatted("Emph", node) : phrases(node);
    case Role::mark: return;
    case Role::line_break:
      if (attribute(node, "break") != "no") out_.text("\n");
      return;
    case Role::quotation:
    case Role::citation:
    case Role::phrase: return phrases(node);
    case Role::unknown: warn_unknown(node); return phrases(node);
    default:  // a block where only words can be: its words, kept apart from those around it
      out_.space();
      phrases(node);
      return out_.space();
  }
}

void Bridge::formatted(std::string_view look, const xml_node& node) {
  out_.open_phrase(constructor(look), "]}");
  phrases(node);
  out_.close();
}

void Bridge::in_class(std::string_view name, const xml_node& node) {
  out_.open_phrase(pandoc_opener("Span", pandoc_attr("", {name})), "]]}");
  phrases(node);
  out_.close();
}

/// A note at its mark. Pandoc has no notes in notes: one of those stands in brackets. What is remarked within a
/// reference has no mark and no place of its own: it is part of the reference.
void Bridge::note(const xml_node& node) {
  if (attribute(node, "place").empty() && role_of(local_name(node.parent())) == Role::citation) return phrases(node);
  if (in_note_) {
    out_.space();
    out_.word("[");
    phrases(node);
    out_.no_space();
    return out_.word("]");
  }
  const std::string_view id = attribute(node, "xml:id");
  const std::string shown = !id.empty() && seen_.wanted.contains(id) ? claim(id) : "";
  if (!shown.empty()) {
    out_.open_phrase(pandoc_opener("Span", pandoc_attr(shown, {"note"}, {{"n", attribute(node, "n")}})), "]]}");
  }
  facts_.note_signs.emplace_back(attribute(node, "n"));
  if (attribute(node, "place") == "foot") facts_.footnotes.see(attribute(node, "n"), facts_.pages);
  const bool at_end = target_ == BookTarget::docx && attribute(node, "place") == "end";
  if (at_end) out_.open_phrase(pandoc_opener("Span", pandoc_attr(docx_endnote_mark(++marks_))), "]]}");
  const std::string_view shown_lang = std::exchange(shown_lang_, metadata_.language);  // it is shown elsewhere
  in_note_ = true;
  ++boxes_;
  out_.open_note();
  flow(node, ast::paragraph);
  out_.close();
  --boxes_;
  in_note_ = false;
  shown_lang_ = shown_lang;
  if (at_end) out_.close();
  if (!shown.empty()) out_.close();
}

/// The reading that the edition prefers.
void Bridge::choice(const xml_node& node) {
  xml_node chosen;
  for (const std::string_view preferred : {"corr", "reg", "expan"}) {
    if (!chosen) chosen = node.find_child([&](const xml_node& child) { return local_name(child) == preferred; });
  }
  if (!chosen) chosen = node.find_child([](const xml_node& child) { return child.type() == pugi::node_element; });
  if (chosen) phrase(chosen);
}

/// TeX as mathematics; other notations as their words.
void Bridge::formula(const xml_node& node) {
  if (attribute(node, "notation") != "TeX") return phrases(node);
  std::string tex = node.child_value(), escaped;
  for (const char c : tex) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  const bool alone = !node.previous_sibling() && !node.next_sibling() && local_name(node.parent()) == "p";
  out_.inline_thing(std::string(R"({"t":"Math","c":[{"t":")") + (alone ? "DisplayMath" : "InlineMath") + "\"},\"" +
                    escaped + "\"]}");
}

void Bridge::highlight(const xml_node& node) {
  int opened = 0;
  std::string_view rest = attribute(node, "rend");
  if (rest.empty()) rest = attribute(node, "rendition");
  if (rest.empty()) rest = "italic";
  if (rest == "code") {
    std::string code = R"({"t":"Code","c":[)" + pandoc_attr("") + ",";
    append_json(code, plain_text(node));
    return out_.inline_thing(code + "]}");
  }
  while (!rest.empty() && opened < 4) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    const std::string_view look = rest.substr(0, space);
    rest.remove_prefix(std::min(space + 1, rest.size()));
    if (look.empty()) continue;
    const std::string_view name = formatting(look);
    out_.open_phrase(name.empty() ? pandoc_opener("Span", pandoc_attr("", {look})) : constructor(name),
                     name.empty() ? "]]}" : "]}");
    ++opened;
  }
  phrases(node);
  while (opened-- > 0) out_.close();
}

/// A link, or only its words where it would lead nowhere; a mark whose note was not found stands as it was printed.
void Bridge::link(const xml_node& node) {
  const std::string_view type = attribute(node, "type");
  const std::string address = address_of(node);
  const bool is_locus = type == "page", is_mark = type == "noteAnchor";
  const bool is_empty = plain_text(node).empty();
  if (is_locus && is_contents(node.parent().parent())) target_ == BookTarget::docx ? out_.tab() : out_.wide_space();
  if (is_mark) out_.no_space();
  if (is_mark) out_.open_phrase(constructor("Superscript"), "]}");
  if (!address.empty()) {
    std::string closer = "],[";
    append_json(closer, address);
    out_.open_phrase(pandoc_opener("Link", pandoc_attr("", {is_locus ? "locus" : ""})), closer + ",\"\"]]}");
  } else if (is_locus) {
    out_.open_phrase(pandoc_opener("Span", pandoc_attr("", {"locus"})), "]]}");
  }
  if (!is_empty) {
    phrases(node);
  } else if (is_mark) {
    out_.text(attribute(node, "n"));
  } else {
    out_.text(attribute(node, "target"));
  }
  if (!address.empty() || is_locus) out_.close();
  if (is_mark) out_.close();
  if (is_mark) out_.after_mark();
}

/// A place with the page's printed number, from which a list of pages is made. In a note it is only a place. `place` is
/// "above" for a page that begins above the heading it is written after.
void Bridge::page_break(const xml_node& node, std::string_view place) {
  const std::string_view label = attribute(node, "n");
  if (!in_note_) ++facts_.pages;
  if (target_ == BookTarget::commonmark) return;  // an anchor would be HTML among the words
  std::string id = claim(attribute(node, "xml:id"));
  if (label.empty() || in_note_) {
    if (!id.empty()) out_.anchor(pandoc_attr(id, {"pagebreak", place}));
    return;
  }
  while (id.empty()) {
    const int same = ++pages_named_[std::string(label)];
    id = claim(std::string("page-").append(label).append(same > 1 ? "-" + std::to_string(same) : ""));
  }
  if (target_ == BookTarget::epub) {
    out_.anchor(pandoc_attr(id, {"pagebreak", place},
                            {{"role", "doc-pagebreak"}, {"epub:type", "pagebreak"}, {"title", label}}));
  } else if (target_ == BookTarget::html) {
    out_.anchor(pandoc_attr(id, {"pagebreak"}, {{"role", "doc-pagebreak"}, {"aria-label", label}, {"title", label}}));
  } else {
    out_.anchor(pandoc_attr(id, {"pagebreak"}, {{"title", label}}));
  }
}

}  // namespace emend
