// The names of persons, as citations and title pages print them.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// Whether the word is nothing but initials: A., J.-P., Y
bool are_initials(std::string_view word);

/// What a person is filed under: "Müller, A." and "A. Müller" both give "Müller", "Cho Y." gives "Cho".
std::string surname(std::string_view name);

}  // namespace emend
