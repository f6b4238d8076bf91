// Labels of notes that a tool wrote as items of a list: 2. between ¹ and ³.
#pragma once
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// How a mark or label is set off in Markdown.
enum class LabelForm { none, raised, bracketed };

/// By line: the form in which its number, which stands there as that of an item, would be a label like the others;
/// `none` where it is no label. It is one beside the label before or behind it in the count; and where the text above
/// has its mark, which no label has answered, while no item of a list stands beside it. Linear in the text.
std::vector<LabelForm> labels_as_items(const Document&);

}  // namespace emend
