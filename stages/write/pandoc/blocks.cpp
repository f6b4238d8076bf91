// Sections, paragraphs and whatever else stands by itself. TEI may mix text and blocks at will; Pandoc may not, so
// `flow` sorts them out.
#include <algorithm>
#include <iterator>
#include <utility>

#include "pipeline/text/dates.h"
#include "stages/write/docx/docx.h"
#include "stages/write/pandoc/bridge.h"

namespace emend {
namespace {

using pugi::xml_node;
// The EPUB writer of Pandoc 2.17 forgets that a stanza is one; the Div remembers it for the style sheet.
constexpr std::string_view stanza = R"({"t":"LineBlock","c":[)";
constexpr int deepest_heading = 6;  // Pandoc 2.17 writes deeper ones as XHTML that is not well-formed

Role role(const xml_node& node) { return role_where_it_stands(node); }

bool has_block_child(const xml_node& node) {
  return std::any_of(node.begin(), node.end(), [](const xml_node& child) { return is_block(role(child)); });
}

bool has_sections(const xml_node& node) {
  return std::any_of(node.begin(), node.end(), [](const xml_node& child) { return role(child) == Role::division; });
}

Matter matter_of(xml_node node) {
  for (; node; node = node.parent()) {
    if (local_name(node) == "front") return Matter::front;
    if (local_name(node) == "back") return Matter::back;
  }
  return Matter::body;
}

/// Letters only, so that a title is known again whatever its spacing.
std::string condensed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

/// What finishing an EPUB or DOCX is told of a line of the title page: that it may name an author, or that it says the
/// date of the facts, be it in other words or more of it.
std::string_view fact_said_by(const xml_node& line, const BookMetadata& metadata) {
  if (local_name(line) == "byline") return "byline";
  if (local_name(line) != "docDate" || metadata.date.empty()) return {};
  const std::string said = line.attribute("when") ? line.attribute("when").value() : date_when(plain_text(line));
  return said.starts_with(metadata.date) ? "docdate" : std::string_view();
}

/// What Pandoc prints above the text.
std::string shown_title(const BookMetadata& metadata, FactsShown shown) {
  if (shown == FactsShown::none) return {};
  std::string all = condensed(metadata.title) + '\n' + condensed(metadata.date);
  for (const std::string& author : metadata.authors) all += '\n' + condensed(author);
  if (shown >= FactsShown::subtitle) all += '\n' + condensed(metadata.subtitle);
  if (shown >= FactsShown::all) all += '\n' + condensed(metadata.publisher);
  return all;
}

}  // namespace

bool is_text(const xml_node& node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

bool is_blank_text(const xml_node& node) {
  return is_text(node) && std::string_view(node.value()).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string_view attribute(const xml_node& node, const char* name) { return node.attribute(name).value(); }

bool is_contents(const xml_node& node) { return attribute(node, "type") == "contents"; }

bool has_own_text(const xml_node& node) {
  return std::any_of(node.begin(), node.end(), [](const xml_node& c) { return is_text(c) && !is_blank_text(c); });
}

Bridge::Bridge(const Survey& seen, const ApiVersion& api, const BookMetadata& metadata,
               const std::set<std::string>& nowhere, BookTarget target, FactsShown facts_shown,
               const PictureAddress& pictures)
    : seen_(seen),
      metadata_(metadata),
      nowhere_(nowhere),
      lang_(metadata.language),
      shown_lang_(metadata.language),
      target_(target),
      above_text_(shown_title(metadata, facts_shown)),
      pictures_(pictures),
      figures_(api.parts >= std::vector<int>{1, 23}) {}

std::string Bridge::blocks(const xml_node& root, std::size_t about) {
  out_.expect(about);
  out_.open("[", "]");
  out_.insist();
  if (namespace_of(root) != tei_namespace)
    warn(std::string("the document is not in TEI's namespace, but in '").append(namespace_of(root)) +
             "'; it is read as TEI",
         root);
  flow(root, ast::paragraph);
  out_.place_anchors();
  out_.close();
  return out_.take();
}

std::set<std::string> Bridge::broken_links() const {
  std::set<std::string> broken;
  std::set_difference(linked_.begin(), linked_.end(), shown_.begin(), shown_.end(),
                      std::inserter(broken, broken.end()));
  return broken;
}

std::vector<std::string> Bridge::warnings(std::string_view tei) const {
  constexpr std::size_t most = 200;
  std::vector<std::pair<std::ptrdiff_t, std::string>> all;
  for (const auto& [message, warned] : warned_)
    all.emplace_back(warned.first, message + (warned.count == 1 ? "" : ", " + std::to_string(warned.count) + " times"));
  std::sort(all.begin(), all.end());
  const std::size_t more = all.size() > most ? all.size() - most : 0;
  all.resize(all.size() - more);
  std::vector<std::string> texts;
  std::ptrdiff_t line = 1, at = 0;
  for (const auto& [first, message] : all) {
    const std::ptrdiff_t next = std::clamp(first, at, static_cast<std::ptrdiff_t>(tei.size()));
    line += std::count(tei.begin() + at, tei.begin() + next, '\n');
    at = next;
    texts.push_back("line " + std::to_string(line) + ": " + message);
  }
  if (more > 0) texts.push_back("and " + std::to_string(more) + " more of that kind");
  return texts;
}

/// Whether `child` stands by itself, and is not part of the text around it.
bool Bridge::ends_text(const xml_node& child, bool in_phrases) const {
  if (is_text(child)) return false;
  switch (const Role its = role(child)) {
    case Role::quotation: return !in_phrases || has_block_child(child);
    case Role::unknown: return has_block_child(child) || (!in_phrases && !has_own_text(child));
    case Role::citation:
    case Role::gap:
    case Role::stage: return !in_phrases;
    case Role::note: return !in_phrases && attribute(child, "place").empty();
    case Role::figure: return !in_phrases || child.child("head") || !has_own_text(child.parent());
    default: return is_block(its);
  }
}

/// The content of anything that may hold both text and blocks. Text between blocks becomes an `opener` of its own, and
/// lines of verse that follow each other one stanza. `head`, and page breaks before it, have been written already.
void Bridge::flow(const xml_node& parent, std::string_view opener, const xml_node& head) {
  const Role its = role(parent);
  const bool in_phrases = its == Role::paragraph || its == Role::note || its == Role::citation ||
                          opener == ast::plain || (its == Role::quotation && has_own_text(parent));
  enum class Open { nothing, text, stanza } open = Open::nothing;
  const auto change_to = [&](Open next) {
    if (open == next) return;
    if (open == Open::text) close_text();
    if (open == Open::stanza) out_.close();
    if (next == Open::text) open_text(opener);
    if (next == Open::stanza) out_.open(pandoc_opener("Div", box("verse")) + std::string(stanza), "]}]]}");
    open = next;
  };
  bool before_head = !head.empty();
  for (const xml_node& child : parent.children()) {
    const Role child_role = is_text(child) ? Role::phrase : role(child);
    if (child == head) {
      before_head = false;
    } else if (before_head && child_role == Role::page_break) {
      continue;
    } else if (child_role == Role::line) {
      change_to(Open::stanza);
      block(child, opener);
    } else if (child_role == Role::page_break || child_role == Role::skip) {
      phrase(child);
    } else if (ends_text(child, in_phrases)) {
      change_to(Open::nothing);
      block(child, opener);
    } else if (open == Open::text || !is_blank_text(child)) {
      change_to(Open::text);
      phrase(child);
    }
  }
  change_to(Open::nothing);
}

void Bridge::block(const xml_node& node, std::string_view opener) {
  const std::string_view lang = lang_, shown_lang = shown_lang_;
  if (const std::string_view own = attribute(node, "xml:lang"); !own.empty()) lang_ = own;
  const Role its = role(node);
  if (its != Role::division && its != Role::head) mark(node);
  block_of(its, node, opener);
  lang_ = lang;
  shown_lang_ = shown_lang;
}

void Bridge::block_of(Role its, const xml_node& node, std::string_view opener) {
  switch (its) {
    case Role::group: return group(node, opener);
    case Role::division: return division(node);
    case Role::head: return head_elsewhere(node);
    case Role::paragraph:
      if (verbatim(node)) return;
      [[fallthrough]];
    case Role::citation: return flow(node, ast::paragraph);
    case Role::list: return list(node);
    case Role::table: return table(node);
    case Role::figure: return figure(node);
    case Role::title_page: return title_page(node);
    case Role::note: return note_as_block(node);
    case Role::speaker: return paragraph_as(node, "Strong");
    case Role::stage: return paragraph_as(node, "Emph");
    case Role::bibliography: return set_apart(node, "bibliography");
    case Role::boxed: return set_apart(node, local_name(node));
    case Role::quotation: return quotation(node);
    case Role::gap: return gap_notice(node);
    case Role::line:
      open_text("[");
      phrases(node);
      return close_text();
    case Role::unknown: warn_unknown(node); [[fallthrough]];
    default: return flow(node, opener);
  }
}

/// Where the front matter ends, Word's pages are counted anew.
void Bridge::group(const xml_node& node, std::string_view opener) {
  const bool marked = target_ == BookTarget::docx && local_name(node) == "body" && !std::exchange(in_body_, true);
  if (marked) out_.open(pandoc_opener("Div", pandoc_attr(docx_body_mark)), "]]}");
  flow(node, opener);
  if (marked) out_.close();
}

void Bridge::quotation(const xml_node& node) {
  if (local_name(node.parent()) == "cit") return flow(node, ast::paragraph);
  ++boxes_;
  out_.open(R"({"t":"BlockQuote","c":[)", "]}");
  flow(node, ast::paragraph);
  out_.close();
  --boxes_;
}

void Bridge::set_apart(const xml_node& node, std::string_view name) {
  ++boxes_;
  out_.open(pandoc_opener("Div", attr("", name)), "]]}");
  shown_lang_ = lang_;
  flow(node, ast::paragraph);
  out_.close();
  --boxes_;
}

void Bridge::paragraph_as(const xml_node& node, std::string_view look) {
  open_text(ast::paragraph);
  formatted(look, node);
  close_text();
}

/// A section: its head first, even where something else comes before it, then the rest in order.
void Bridge::division(const xml_node& div) {
  const xml_node head = div.find_child([](const xml_node& child) { return role(child) == Role::head; });
  if (!head || boxes_ != 0 || plain_text(head).empty()) return headless_division(div);
  facts_.printed_contents |= is_contents(div);
  if (level_ == 0 && attribute(div, "type") == "part" && has_sections(div)) facts_.chapter_level = 2;
  const std::string id = section_id(div, head, level_ + 1);
  facts_.sections.push_back({id, std::string(attribute(div, "type")), matter_of(div)});
  for (xml_node early = div.first_child(); early != head; early = early.next_sibling()) {
    if (role(early) == Role::page_break) page_break(early, "above");
  }
  ++level_;
  heading(head, level_, id, attribute(div, "type"));
  if (target_ != BookTarget::docx) shown_lang_ = lang_;
  flow(div, ast::paragraph, head);
  --level_;
}

/// A division that begins no section of the book; its parts may. It can be set apart only if none of them does.
void Bridge::headless_division(const xml_node& div) {
  mark(div);
  if (has_sections(div) || boxes_ != 0) return flow(div, ast::paragraph);
  set_apart(div, attribute(div, "type").empty() ? "section" : attribute(div, "type"));
}

void Bridge::heading(const xml_node& head, int level, const std::string& id, std::string_view type) {
  const std::string shown_level = std::to_string(std::min(level, deepest_heading));
  const bool needs_anchor = target_ == BookTarget::commonmark && seen_.wanted.contains(id);
  if (needs_anchor) out_.anchor(pandoc_attr(id, {"anchor"}));
  if (!needs_anchor) out_.hold_anchors();
  out_.open_text(R"({"t":"Header","c":[)" + shown_level + "," + attr(id, type) + ",[", "]]}");
  const bool spans = target_ == BookTarget::docx && tells_language();
  if (spans) out_.open_phrase(pandoc_opener("Span", attr("", "")), "]]}");
  const std::string_view shown_lang = std::exchange(shown_lang_, lang_);
  phrases(head);
  shown_lang_ = shown_lang;
  if (spans) out_.close();
  out_.close();
  if (!needs_anchor) out_.release_anchors();
  out_.place_anchors();
}

/// A head that is not its division's first: a subtitle, or the head of a list, a poem, a whole front or body.
void Bridge::head_elsewhere(const xml_node& head) {
  const std::string_view parent = local_name(head.parent());
  const bool section = boxes_ == 0 && (parent == "body" || parent == "front" || parent == "back");
  if (section && !plain_text(head).empty()) {
    const std::string id = section_id(head, head, level_ + 1);
    facts_.sections.push_back({id, "", matter_of(head)});
    return heading(head, level_ + 1, id, "");
  }
  mark(head);
  out_.open(pandoc_opener("Div", box("subhead")), "]]}");
  paragraph_as(head, "Strong");
  out_.close();
}

/// A child that its parent has no particular place for: text, a phrase, or a block.
void Bridge::stray(const xml_node& node) {
  if (is_blank_text(node)) return;
  if (ends_text(node, false)) return block(node, ast::paragraph);
  open_text(ast::paragraph);
  phrase(node);
  close_text();
}

/// A paragraph that is nothing but lines of code, or of one formula. False if it is another.
bool Bridge::verbatim(const xml_node& node) {
  const xml_node first = node.first_child();
  const bool code = local_name(first) == "hi" && attribute(first, "rend") == "code";
  if (!code && (local_name(first) != "formula" || attribute(first, "notation") != "TeX")) return false;
  std::string lines;
  for (const xml_node& child : node.children()) {
    if (is_blank_text(child)) continue;
    const bool alike = local_name(child) == local_name(first) && attribute(child, "rend") == attribute(first, "rend");
    if (!alike || child.first_child() != child.last_child() || !is_text(child.first_child())) return false;
    std::string line;
    append_json(line, child.child_value());
    lines.append(lines.empty() ? "" : "\\n").append(line, 1, line.size() - 2);  // without its quotation marks
  }
  std::string said = code ? std::string(R"({"t":"CodeBlock","c":[)") + pandoc_attr("") + ","
                          : std::string(ast::paragraph) + R"({"t":"Math","c":[{"t":"DisplayMath"},)";
  mark(node);
  out_.open(said + "\"" + lines + "\"", code ? "]}" : "]}]}");
  out_.insist();
  out_.close();
  return true;
}

Role role_where_it_stands(const xml_node& node) {
  const bool within = local_name(node) == "docAuthor" && local_name(node.parent()) == "byline";
  return within ? Role::phrase : role_of(local_name(node));
}

/// Whether the header says it above the text. What is printed twice is said there once, and is text once.
bool Bridge::said_above(const xml_node& part) {
  const std::string words = condensed(plain_text(part));
  const std::size_t at = above_text_.find(words);
  if (at != std::string::npos) above_text_.replace(at, words.size(), "\n");
  return at != std::string::npos;
}

/// Only what does not stand above the text already, made from the header.
void Bridge::title_page(const xml_node& node) {
  ++boxes_;
  const bool of_title = local_name(node) == "docTitle";  // what of the titles is not the main one
  out_.open(pandoc_opener("Div", attr("", of_title ? "subtitle" : "titlepage")), "]]}");
  for (const xml_node& part : node.children()) {
    if (local_name(part) == "docTitle") {
      title_page(part);
    } else if (role(part) == Role::page_break) {
      page_break(part);
    } else if (is_text(part) || !said_above(part)) {
      const std::string_view box = fact_said_by(part, metadata_);
      if (!box.empty()) out_.open(pandoc_opener("Div", attr("", box)), "]]}");
      stray(part);
      if (!box.empty()) out_.close();
    } else {
      mark(part);
      for (const xml_node& inner : part.children()) {
        if (role(inner) == Role::page_break) page_break(inner);
      }
    }
  }
  out_.close();
  --boxes_;
}

/// A note that has no place in the text, as in a gathering of notes: a paragraph that begins with its mark.
void Bridge::note_as_block(const xml_node& node) {
  ++boxes_;
  out_.open(pandoc_opener("Div", attr("", "note")), "]]}");
  shown_lang_ = lang_;
  if (const std::string_view mark_printed = attribute(node, "n"); !mark_printed.empty()) out_.prefix(mark_printed);
  flow(node, ast::paragraph);
  out_.prefix("");
  out_.close();
  --boxes_;
}

}  // namespace emend
