// Names by their form: capital words and the small ones between them; a Chinese family name and a word or two behind
// it.
#include "stages/90-metadata/names.h"

#include <algorithm>

#include "pipeline/text/persons.h"
#include "pipeline/text/script.h"
#include "weights/metadata.h"

namespace emend {

namespace {

constexpr std::size_t longest_han_name = 4, longest_japanese_name = 6;

bool all_han(std::string_view s) {
  if (s.empty()) return false;
  for (std::size_t i = 0; i < s.size();)
    if (const char32_t c = next_character(s, i); !is_han(c) && !is_blank(c)) return false;
  return true;
}

std::size_t han_count(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < s.size();) n += is_han(next_character(s, i));
  return n;
}

// Marks of notes and affiliations behind a name, and the stop of a line.
std::string_view without_marks(std::string_view s) {
  while (!s.empty()) {
    s = trim(s);
    const char32_t last = last_character(s);
    const bool stop = last == '.' && s.size() > 2 && is_lower(static_cast<unsigned char>(s[s.size() - 2]));
    const bool mark = is_digit(last) ||
                      std::u32string_view(U"*†‡§¶∗⁎,;，；、:⋆^").find(last) != std::u32string_view::npos ||
                      last == 0xB2 || last == 0xB3 || last == 0xB9 || (last >= 0x2070 && last <= 0x2079) ||
                      is_enclosed_number(last) || (last >= 0xE000 && last <= 0xF8FF);  // of a font's own
    if (!stop && !mark) break;
    std::size_t length = 1;
    while (length < s.size() && (static_cast<unsigned char>(s[s.size() - length]) & 0xC0) == 0x80) ++length;
    s.remove_suffix(length);
  }
  while (s.starts_with('*') || s.starts_with(',')) s = trim(s.substr(1));
  return s;
}

int eastern(std::string_view person, const Rules& rules) {
  const std::size_t n = han_count(person);
  if (n >= 3 && n <= longest_japanese_name && rules.test("surname-ja", person) != nullptr) return 2;
  return n >= 2 && n <= longest_han_name && rules.test("surname-zh", person) != nullptr ? n == 4 ? 1 : 2 : -1;
}

// 溪北　温砚: where a person is from may stand before the name; and two names may stand apart.
template <class F>
void each_apart(std::string_view person, const Rules& rules, F f) {
  constexpr std::string_view wide = "　", two_blanks = "  ";
  std::size_t names = 0;
  if (all_han(person) && han_count(person) > 3)
    for (std::string_view rest = person; !rest.empty();) {
      const std::string_view part =
          trim(rest.substr(0, std::min({rest.find(wide), rest.find(two_blanks), rest.size()})));
      rest.remove_prefix(std::min(rest.size(), static_cast<std::size_t>(part.data() - rest.data()) + part.size()));
      rest = trim(rest);
      if (eastern(part, rules) > 0 && part.size() < person.size()) ++names, f(part);
    }
  if (names == 0) f(person);
}

template <class F>
void each_person(std::string_view s, const Rules& rules, F f) {
  const std::vector<Match> joints = rules.find_all("joint", s);
  std::size_t from = 0;
  const auto take = [&](std::size_t to) {
    std::string_view person = without_marks(s.substr(from, to - from));
    for (Match office; !person.empty() && (office = rules.find("office", person));) {
      const auto at = static_cast<std::size_t>(office.groups[0].data() - person.data());
      person = without_marks(at == 0 ? person.substr(office.groups[0].size()) : person.substr(0, at));
    }
    const bool honours = from > 0 && rules.test("honours", person) != nullptr;
    if (!person.empty() && !honours) each_apart(person, rules, f);
  };
  for (const Match& joint : joints) {
    const auto at = static_cast<std::size_t>(joint.groups[0].data() - s.data());
    if (at < from) continue;
    take(at);
    from = at + joint.groups[0].size();
  }
  take(s.size());
}

std::string_view first_word(std::string_view s) {
  std::size_t end = 0;
  for (std::size_t next = 0; next < s.size() && !is_blank(next_character(s, next));) end = next;
  return s.substr(0, end);
}

// How much speaks for a name in Western letters; below 0: it is none.
int western(std::string_view person, const Rules& rules) {
  if (rules.test("no-name", person) != nullptr || person.ends_with('-')) return -1;
  int evidence = 0;
  std::size_t words = 0, full = 0;
  for (std::string_view rest = person; !rest.empty();) {
    const std::string_view word = first_word(rest);
    rest = trim(rest.substr(word.size()));
    ++words;
    if (rules.test("particle", word) != nullptr && words > 1) {
      evidence += evidence == 0;
      continue;
    }
    if (are_initials(word)) {
      evidence = std::max(evidence, 2);
      continue;
    }
    if (!is_upper(first_character(word))) return -1;
    for (std::size_t k = 0; k < word.size();)
      if (const char32_t c = next_character(word, k);
          !is_latin(c) && c != '-' && c != '.' && c != '\'' && c != 0x2019 && c != 0x2010)
        return -1;
    if (rules.test("given-name", word) != nullptr) evidence = std::max(evidence, words == 1 ? 3 : 2);
    ++full;
  }
  return full > 0 && words >= 2 && words <= metadata::most_words ? evidence : -1;
}

}  // namespace

std::vector<std::string_view> persons_in(std::string_view words, const Rules& rules) {
  std::vector<std::string_view> persons;
  each_person(words, rules, [&](std::string_view person) { persons.push_back(person); });
  return persons;
}

NamedPersons named_persons(std::string_view line, const Rules& rules) {
  NamedPersons names;
  bool all = true;
  each_person(line, rules, [&](std::string_view person) {
    const int evidence = all_han(person) ? eastern(person, rules) : western(person, rules);
    all = all && evidence >= 0;
    names.evidence = std::max(names.evidence, evidence);
    names.persons.push_back(person);
  });
  if (!all) return {};
  if (names.persons.size() > 1) ++names.evidence;
  return names;
}

std::string name_of(std::string_view person) {
  const bool tight = all_han(person) && han_count(person) <= longest_han_name;
  std::string name;
  for (std::size_t i = 0; i < person.size();) {
    const char32_t c = next_character(person, i);
    if (!is_blank(c))
      append_character(name, c);
    else if (!tight && !name.empty() && name.back() != ' ')
      name += ' ';
  }
  return name;
}

}  // namespace emend
