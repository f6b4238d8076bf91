// The element `fw` and its attributes.
#include "stages/20-furniture/named.h"

#include "pipeline/text/numerals.h"

namespace emend {

void name_furniture(Proposal& out, std::size_t line, bool top, const EdgeShape& shape, Because because) {
  std::string attributes = shape.words.empty() ? "type=pageNum" : top ? "type=header" : "type=footer";
  attributes += top ? "\nplace=top" : "\nplace=bottom";
  if (shape.number != 0) attributes += "\nnumber=" + write_number(shape.number, shape.form);
  out.block(line, line, "fw", attributes, shape.words.empty() ? "furn.page-number" : "furn.running", because);
}

}  // namespace emend
