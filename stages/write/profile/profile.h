// Editions in the profiles of TEI that archives ask for.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// The names of the profiles that there are.
std::vector<std::string_view> profile_names();

/// An edition in a profile.
struct InProfile {
  std::string tei;
  std::vector<std::string> no_room_for;  // what it cannot carry: "biblScope, but for its words (19)"
  std::vector<std::string> lacks;        // what it must have and the edition does not say; without, it is not valid
};

/// `tei` in the profile of this name. No letter of the running text goes. The tables are
/// stages/write/profile/NAME.mapping, which say what becomes of each element.
/// Error(Exit::input) if `tei` is no TEI. The name must be one of `profile_names`.
InProfile in_profile(std::string_view tei, std::string_view name);

}  // namespace emend
