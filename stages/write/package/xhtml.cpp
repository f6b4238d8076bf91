// pugixml reads; the writing is here, because pugixml closes <span/> in a way that HTML does not know.
#include "stages/write/package/xhtml.h"

#include <algorithm>
#include <array>

namespace emend {
namespace {

using pugi::xml_node;

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 7> voids{"br", "col", "hr", "image", "img", "link", "meta"};
  return std::find(voids.begin(), voids.end(), name) != voids.end();
}

void append_attributes(std::string& out, const xml_node& node) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    ((out += ' ') += attribute.name()) += "=\"";
    append_escaped(out, attribute.value());
    out += '"';
  }
}

enum class Markup { html, xml };

bool is_one_tag(const xml_node& node, Markup markup) {
  return !node.first_child() && (markup == Markup::xml || is_void(node.name()));
}

void open_element(std::string& out, const xml_node& node, Markup markup) {
  (out += '<') += node.name();
  append_attributes(out, node);
  out += is_one_tag(node, markup) ? " />" : ">";
}

void close_element(std::string& out, const xml_node& node, Markup markup) {
  if (is_one_tag(node, markup)) return;
  ((out += "</") += node.name()) += '>';
}

/// What of `node` comes before its children.
void begin(std::string& out, const xml_node& node, Markup markup) {
  switch (node.type()) {
    case pugi::node_element: return open_element(out, node, markup);
    case pugi::node_pcdata: return append_escaped(out, node.value());
    case pugi::node_cdata: ((out += "<![CDATA[") += node.value()) += "]]>"; return;
    case pugi::node_doctype: ((out += "<!DOCTYPE ") += node.value()) += ">\n"; return;
    case pugi::node_declaration:
      out += "<?xml";
      append_attributes(out, node);
      out += "?>\n";
      return;
    default: return;  // comments and instructions
  }
}

std::string written(const pugi::xml_document& document, Markup markup, std::size_t about) {
  std::string out;
  out.reserve(about);
  for (xml_node node = document.first_child(); node;) {
    begin(out, node, markup);
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    if (node.type() == pugi::node_element) close_element(out, node, markup);
    while (node && !node.next_sibling()) {
      node = node.parent();
      if (node.type() == pugi::node_element) close_element(out, node, markup);
    }
    node = node.next_sibling();
  }
  out += '\n';
  return out;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t plain = 0;  // where the stretch begins that needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c > '>' || (c != '&' && c != '<' && c != '>' && c != '"')) continue;
    out.append(text, plain, i - plain);
    out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;";
    plain = i + 1;
  }
  out.append(text, plain, text.size() - plain);
}

bool parse_xhtml(std::string_view text, pugi::xml_document& document) {
  constexpr unsigned options =
      pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_declaration | pugi::parse_doctype;
  return static_cast<bool>(document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8));
}

std::string write_xhtml(const pugi::xml_document& document, std::size_t about) {
  return written(document, Markup::html, about);
}

std::string write_xml(const pugi::xml_document& document, std::size_t about) {
  return written(document, Markup::xml, about);
}

bool has_class(const xml_node& node, std::string_view name) {
  std::string_view all = node.attribute("class").value();
  while (!all.empty()) {
    const std::size_t space = std::min(all.find(' '), all.size());
    if (all.substr(0, space) == name) return true;
    all.remove_prefix(std::min(space + 1, all.size()));
  }
  return false;
}

void set_attribute(xml_node node, const char* name, const std::string& value) {
  pugi::xml_attribute attribute = node.attribute(name);
  if (!attribute) attribute = node.append_attribute(name);
  attribute.set_value(value.c_str());
}

int heading_level(const xml_node& node) {
  const std::string_view name = node.name();
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

xml_node next_element(xml_node node, const xml_node& root) {
  do {
    if (node.first_child()) {
      node = node.first_child();
    } else {
      while (node && node != root && !node.next_sibling()) node = node.parent();
      node = !node || node == root ? xml_node() : node.next_sibling();
    }
  } while (node && node.type() != pugi::node_element);
  return node;
}

}  // namespace emend
