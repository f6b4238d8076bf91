// What the source has a name for that emend does not know.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/proposal.h"

namespace emend {

/// The lines where the source uses a name, by the name and whether nothing stands there.
using UnknownNames = std::map<std::pair<std::string_view, bool>, std::vector<std::size_t>>;

/// Tells each of them once, as a doubt at its first place.
void tell_unknown(const Document&, const UnknownNames&, Proposal& out);

/// What is told of one of several places: that there are more.
std::string and_more(std::size_t places);

}  // namespace emend
