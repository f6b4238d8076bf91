// What an edition says of a rule: the stage's table of reasons has those that are in code, a rule table says its own.
#include "stages/write/tei/rule_notes.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

namespace emend {

#include "tables.inc"

namespace embedded {
extern const std::string_view reasons;  // the tables stages/*.reasons, one behind the other
}

namespace {

using Notes = std::unordered_map<std::string_view, RuleNote>;
using enum Editing;

constexpr auto editings = std::to_array<std::pair<std::string_view, Editing>>({{"correction", correction},
                                                                               {"normalization", normalization},
                                                                               {"punctuation", punctuation},
                                                                               {"hyphenation", hyphenation},
                                                                               {"segmentation", segmentation},
                                                                               {"interpretation", interpretation}});

template <typename Line>
void each_line(std::string_view text, Line&& line) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The word that `rest` begins with; it is taken off, and the blanks behind it.
std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return word;
}

RuleNote note_in(std::string_view line) {
  RuleNote note;
  std::string_view rest = line;
  note.rule = take_word(rest);
  const std::string_view what = take_word(rest);
  const auto* const editing = std::ranges::find(editings, what, &std::pair<std::string_view, Editing>::first);
  if (editing == editings.end() || rest.empty())
    throw std::logic_error("stages/*.reasons: '" + std::string(line) + "' is not rule, editing, reason");
  note.what = editing->second;
  note.why = rest;
  return note;
}

// The reasons of the stages' own rules, by rule; those of a whole stage by its name and a dot.
Notes notes_of_stages() {
  Notes notes;
  each_line(embedded::reasons, [&](std::string_view line) {
    if (line.empty() || line.starts_with('#')) return;
    const RuleNote note = note_in(line);
    notes.emplace(note.rule, note);
  });
  return notes;
}

// The reasons that the rule tables give, by rule.
std::unordered_map<std::string_view, std::string_view> reasons_of_tables() {
  std::unordered_map<std::string_view, std::string_view> reasons;
  std::string_view rule;
  for (const std::string_view* table : all_tables)
    each_line(*table, [&](std::string_view line) {
      std::string_view rest = line;
      const std::string_view word = take_word(rest);
      if (word == "rule") rule = rest;
      if (word == "why") reasons.emplace(rule, rest);
    });
  return reasons;
}

}  // namespace

RuleNote note_on(std::string_view rule) {
  static const Notes notes = notes_of_stages();
  static const auto reasons = reasons_of_tables();
  if (const auto own = notes.find(rule); own != notes.end()) return own->second;
  const auto stage = notes.find(rule.substr(0, rule.find('.') + 1));
  const Editing what = stage == notes.end() ? interpretation : stage->second.what;
  if (const auto reason = reasons.find(rule); reason != reasons.end()) return {rule, what, reason->second};
  return {rule, what, stage == notes.end() ? std::string_view{} : stage->second.why};
}

}  // namespace emend
