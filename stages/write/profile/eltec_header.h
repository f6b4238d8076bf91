// The header that ELTeC asks for.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace emend {

/// Makes the header anew of what the edition says of the book. What ELTeC must have and nobody said is left out, for
/// nothing is asserted that is not known, and told in `lacks`: the file is not valid before somebody has filled it in.
void write_eltec_header(pugi::xml_node tei, std::vector<std::string>& lacks);

}  // namespace emend
