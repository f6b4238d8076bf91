// The parts of a person's name, known by their places.
#include "pipeline/text/persons.h"

#include "pipeline/text/script.h"

namespace emend {

namespace {

bool has_han(std::string_view s) {
  for (std::size_t i = 0; i < s.size();)
    if (is_han(next_character(s, i))) return true;
  return false;
}

}  // namespace

bool are_initials(std::string_view word) {
  bool any = false;
  for (std::size_t i = 0; i < word.size();) {
    const char32_t c = next_character(word, i);
    if (is_upper(c) && (i >= word.size() || word[i] == '.' || word[i] == ' ' || word[i] == '-'))
      any = true;
    else if (c != '.' && c != ' ' && c != '-')
      return false;
  }
  return any && word.size() < 16;
}

std::string surname(std::string_view name) {
  if (const std::size_t comma = name.find(','); comma != name.npos) return std::string(trim(name.substr(0, comma)));
  for (const std::string_view dot : {"·", "•", "・", "‧"})
    if (const std::size_t at = name.rfind(dot); at != name.npos) return std::string(trim(name.substr(at + dot.size())));
  if (has_han(name)) return std::string(trim(name));
  // "Cho Y." has its initials last, "A. Müller" first.
  const std::size_t blank = name.find_last_of(" \n");
  if (blank == name.npos) return std::string(name);
  if (are_initials(name.substr(blank + 1))) return std::string(trim(name.substr(0, name.find_first_of(" \n"))));
  return std::string(name.substr(blank + 1));
}

}  // namespace emend
