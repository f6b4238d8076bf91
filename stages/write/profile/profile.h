// Editions in the profiles of TEI that archives ask for.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// The names of the profiles that there are.
std::vector<std::string_view> profile_names();

/// `tei` in the profile of this name, and in `lost` what it cannot carry: "biblScope, but for its words (19)". No
/// letter of the text goes. The tables are stages/write/profile/NAME.mapping, which say what becomes of each element.
/// Error(Exit::input) if `tei` is no TEI. The name must be one of `profile_names`.
std::string in_profile(std::string_view tei, std::string_view name, std::vector<std::string>& lost);

}  // namespace emend
