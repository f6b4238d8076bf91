// Figures: their pictures, where the book can have them, and captions, as each Pandoc knows them.
#include <algorithm>

#include "stages/write/pandoc/bridge.h"

namespace emend {
namespace {

using pugi::xml_node;

Role role(const xml_node& node) { return role_of(local_name(node)); }

}  // namespace

/// What the figure shows, in words or not.
void Bridge::picture(const xml_node& figure, const std::string& address, std::string_view opener) {
  std::string image = R"({"t":"Image","c":[)" + pandoc_attr("") + ",[";
  if (const std::string words = plain_text(figure.child("figDesc")); !words.empty()) {
    image += R"({"t":"Str","c":)";
    append_json(image, words);
    image += '}';
  }
  image += "],[";
  append_json(image, address);
  if (!opener.empty()) open_text(opener);
  out_.inline_thing(image + ",\"\"]]}");
  if (!opener.empty()) close_text();
}

/// A picture in a line, or its words where the book cannot have it.
void Bridge::figure_in_line(const xml_node& node) {
  std::string address;
  for (const xml_node& child : node.children("graphic")) {
    const std::string_view url = attribute(child, "url");
    if (address = pictures_ ? pictures_(url) : ""; address.empty())
      warn(std::string("the picture '").append(url) + "' is not carried into the book", child);
    else
      picture(node, address, "");
  }
  if (address.empty()) phrases(node);
}

/// The pictures of a figure that the book can have, with their addresses in it.
std::map<xml_node, std::string> Bridge::pictures_of(const xml_node& node) {
  std::map<xml_node, std::string> addresses;
  for (const xml_node& child : node.children()) {
    if (local_name(child) != "graphic") continue;
    const std::string_view url = attribute(child, "url");
    std::string address = pictures_ ? pictures_(url) : "";
    if (address.empty())
      warn(std::string("the picture '").append(url) + "' is not carried into the book", child);
    else
      addresses.emplace(child, std::move(address));
  }
  return addresses;
}

void Bridge::captions(const xml_node& node, std::string_view opener) {
  for (const xml_node& child : node.children()) {
    if (role(child) != Role::head) continue;
    mark(child);
    open_text(opener);
    phrases(child);
    close_text();
  }
}

/// A figure: its pictures, where the book can have them, its caption, and what else stands in it.
void Bridge::figure(const xml_node& node) {
  const std::map<xml_node, std::string> addresses = pictures_of(node);
  const auto is_content = [&](const xml_node& child) {
    return addresses.contains(child) ||
           (child.type() == pugi::node_element && role(child) != Role::head && role(child) != Role::skip);
  };
  // Of a figure with a caption only, Pandoc 3 would make a table without rows in DOCX.
  const bool boxed = figures_ && std::any_of(node.begin(), node.end(), is_content);
  const auto content = [&](std::string_view opener) {
    for (const xml_node& child : node.children()) {
      if (const auto found = addresses.find(child); found != addresses.end())
        picture(node, found->second, opener);
      else if (role(child) != Role::head && (addresses.empty() || local_name(child) != "figDesc"))
        stray(child);
    }
  };
  ++boxes_;
  if (target_ == BookTarget::commonmark) {  // a box would be HTML there
    content(ast::paragraph);
    captions(node, ast::paragraph);
  } else if (boxed) {
    out_.open(std::string(R"({"t":"Figure","c":[)") + pandoc_attr("", {"figure"}), "]}");
    out_.insist();
    out_.open("[null,[", "]]");
    out_.insist();
    captions(node, ast::plain);
    out_.close();
    out_.open("[", "]");
    out_.insist();
    content(ast::plain);
    out_.close();
    out_.close();
  } else {
    out_.open(pandoc_opener("Div", pandoc_attr("", {"figure"})), "]]}");
    content(ast::plain);
    out_.open(pandoc_opener("Div", pandoc_attr("", {"caption"}, {{"custom-style", "Image Caption"}})), "]]}");
    captions(node, ast::paragraph);
    out_.close();
    out_.close();
  }
  --boxes_;
}

}  // namespace emend
