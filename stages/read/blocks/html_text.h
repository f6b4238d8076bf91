// Markdown of the HTML in which tools write what stands in a block.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// The words of `html` as Markdown, with emphasis, links, raised letters, formulas and lists; tables stay HTML, each in
/// a line. It is read as browsers read it: nothing in it is an error.
std::string markdown_of_html(std::string_view html);

}  // namespace emend
