// Parsing, the limits on what is parsed, and the spelling of identifiers and addresses.
#include "stages/write/tei/survey.h"

#include <algorithm>
#include <array>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "stages/write/tei/metadata.h"
#include "stages/write/validate/validate.h"

namespace emend {
namespace {

using pugi::xml_node;

bool is_digit_or_letter(char c) {
  const auto u = static_cast<unsigned char>(c);
  return is_digit(u) || is_ascii_letter(u);
}

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Pandoc names notes fn1 and their marks fnref1 in every chapter.
bool is_pandoc_note(std::string_view id) {
  for (const std::string_view prefix : {"fnref", "fn"}) {
    if (!id.starts_with(prefix)) continue;
    const std::string_view number = id.substr(prefix.size());
    return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
  }
  return id == "footnotes" || id == "toc" || id == "landmarks";
}

/// The node after `node` in document order, and the change of depth on the way to it.
xml_node next_node(xml_node node, const xml_node& root, int& depth) {
  if (node.first_child()) return ++depth, node.first_child();
  while (node && node != root && !node.next_sibling()) {
    node = node.parent();
    --depth;
  }
  return node == root ? xml_node() : node.next_sibling();
}

bool is_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(),
                                      [](char c) { return is_digit_or_letter(c) || c == '.' || c == '-' || c == ':'; });
}

std::string percent_encoded(std::string_view address) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view legal = "-._~:/?#@!$&'()*+,;=";
  std::string out;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    const bool escape =
        c == '%' && i + 2 < address.size() && is_hexadecimal(address[i + 1]) && is_hexadecimal(address[i + 2]);
    if (escape || is_digit_or_letter(c) || legal.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace

xml_node parse_tei(std::string_view tei, pugi::xml_document& document) {
  const auto result = document.load_buffer(tei.data(), tei.size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!result) {
    const auto end = tei.begin() + std::min(result.offset, static_cast<std::ptrdiff_t>(tei.size()));
    const auto line = 1 + std::count(tei.begin(), end, '\n');
    throw Error(Exit::input, "TEI:" + std::to_string(line) + ": not well-formed XML (" + result.description() +
                                 "); check the file with `emend validate`");
  }
  const xml_node root = document.document_element();
  const std::string_view name = local_name(root);
  if (name != "TEI" && name != "teiCorpus") {
    throw Error(Exit::input, "TEI: the root element is '" + std::string(name) + "'; give a TEI P5 file");
  }
  int depth = 1;
  for (xml_node node = root; node; node = next_node(node, root, depth)) {
    if (depth > max_depth) {
      throw Error(Exit::input, "TEI: elements are nested more than " + std::to_string(max_depth) + " deep, last '" +
                                   std::string(local_name(node.parent())) + "'; give a flatter file");
    }
  }
  return root;
}

std::string_view first_entity(std::string_view text) {
  for (std::size_t at = 0; (at = text.find('&', at)) != text.npos; ++at) {
    std::size_t end = at + 1;
    while (end < text.size() && (is_digit_or_letter(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
    if (end > at + 1 && end < text.size() && text[end] == ';') return text.substr(at, end + 1 - at);
  }
  return {};
}

std::string_view namespace_of(const xml_node& root) {
  const std::string_view name = root.name();
  const std::size_t colon = name.find(':');
  const std::string declaration = colon == name.npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  return root.attribute(declaration.c_str()).value();
}

Survey survey(const xml_node& root, std::string_view tei) {
  Survey seen;
  const std::size_t start = tei.find("<!DOCTYPE");
  seen.doctype = start != tei.npos && static_cast<std::ptrdiff_t>(start) < root.offset_debug();
  int depth = 0;
  for (xml_node node = root; node; node = next_node(node, root, depth)) {
    if (const pugi::xml_attribute id = node.attribute("xml:id")) seen.present.insert(id.value());
    const std::string_view target = node.attribute("target").value();
    if (target.starts_with('#')) seen.wanted.insert(target.substr(1));
  }
  return seen;
}

std::string safe_id(std::string_view id) {
  std::string safe = is_pandoc_note(id) ? "tei-" : "";
  for (const char c : id) {
    const bool fits =
        is_digit_or_letter(c) || c == '.' || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    safe += fits ? c : '-';
  }
  return safe;
}

std::string safe_address(std::string_view address) {
  const std::size_t colon = address.find(':');
  if (colon == std::string_view::npos) return "";
  std::string scheme(address.substr(0, colon));
  for (char& c : scheme) c = static_cast<char>(is_upper(static_cast<unsigned char>(c)) ? c | 0x20 : c);
  constexpr std::array schemes{"http", "https", "ftp", "mailto", "urn", "doi", "info"};
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) return "";
  std::string_view rest = address.substr(colon + 1);
  if (scheme == "http" || scheme == "https" || scheme == "ftp") {
    if (!rest.starts_with("//")) return "";
    const std::string_view place = rest.substr(2);
    if (!is_host(place.substr(0, place.find_first_of("/?#")))) return "";
  }
  // Only the first # begins a fragment.
  const std::size_t hash = rest.find('#');
  std::string out = scheme + ":" + percent_encoded(rest.substr(0, hash));
  if (hash == std::string_view::npos) return out;
  std::string fragment = percent_encoded(rest.substr(hash + 1));
  for (std::size_t i; (i = fragment.find('#')) != std::string::npos;) fragment.replace(i, 1, "%23");
  return out + "#" + fragment;
}

}  // namespace emend
