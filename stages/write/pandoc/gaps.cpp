// Text that is missing: a notice between paragraphs, a sign within one.
#include "stages/write/package/book_words.h"
#include "stages/write/package/template.h"
#include "stages/write/pandoc/bridge.h"

namespace emend {

using pugi::xml_node;

/// What is missing, in the language of the book: as a description says it, or the pages, or an extent in words.
std::string Bridge::missing(const xml_node& node) const {
  const auto word = [&](std::string_view key, const TemplateWords& filled_in) {
    return fill_template(book_word(key, metadata_.language), filled_in);
  };
  std::string known = plain_text(node.child("desc"));
  const std::string quantity(attribute(node, "quantity"));
  if (known.empty() && attribute(node, "unit") == "page") {
    constexpr std::string_view on = "–";
    std::string pages(attribute(node, "n"));
    if (pages.ends_with(on))
      known = word("missing.from", {{"number", pages.substr(0, pages.size() - on.size())}});
    else if (!pages.empty())
      known = word(pages.find(on) == pages.npos ? "missing.page" : "missing.range", {{"number", pages}});
    else if (!quantity.empty() && attribute(node, "extent").empty())
      known = word("missing.pages", {{"number", quantity}});
  }
  if (known.empty()) known = attribute(node, "extent");
  return word(known.empty() ? "missing" : "missing.what", {{"what", known}});
}

/// Where text is missing between paragraphs, a notice says so, and what the edition knows of it.
void Bridge::gap_notice(const xml_node& node) {
  out_.open(pandoc_opener("Div", box("missing")), "]]}");
  open_text(ast::paragraph);
  out_.text("[" + missing(node) + "]");
  close_text();
  out_.close();
}

/// Within a paragraph a few words could not be read, or whole pages are missing.
void Bridge::gap(const xml_node& node) {
  const std::string_view reason = attribute(node, "reason"), extent = attribute(node, "extent");
  const std::string why = std::string(reason) + (reason.empty() || extent.empty() ? "" : ", ") + std::string(extent);
  out_.open_phrase(pandoc_opener("Span", pandoc_attr("", {"gap"}, {{"title", why}})), "]]}");
  if (attribute(node, "unit") == "page")
    out_.text("[" + missing(node) + "]");
  else
    out_.word("[…]");
  out_.close();
}

}  // namespace emend
