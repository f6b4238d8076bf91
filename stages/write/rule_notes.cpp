// The rules that stages have in code, in words; those of the rule tables say their own reason.
#include "stages/write/rule_notes.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace emend {

#include "tables.inc"

namespace {

using enum Editing;

constexpr auto notes = std::to_array<RuleNote>({
    {"decode.", normalization, "Bytes became characters in Unicode normalization form C."},
    {"decode.bom", normalization, "The mark of the encoding is no part of the text."},
    {"decode.control", correction, "A control character that no text holds reads U+FFFD."},
    {"decode.invalid", correction, "Bytes that are not in the encoding of the text read U+FFFD."},
    {"decode.invisible", normalization, "A character that readers do not see was left out."},
    {"decode.lost", interpretation, "U+FFFD: what stood here was lost before."},
    {"decode.nfc", normalization, "The same characters in Unicode normalization form C."},
    {"decode.soft-hyphen", hyphenation, "A soft hyphen that shows at a line end reads as a hyphen."},
    {"citations.", interpretation, "The parts of a citation, by how they are set."},
    {"decision.", interpretation, "A person decided so."},
    {"decision.read", correction, "A person read the source so."},
    {"decision.join", segmentation, "A person decided that no paragraph ends here."},
    {"decision.split", segmentation, "A person decided that a paragraph ends here."},
    {"decision.unheeded", interpretation, "A decision of a person that no longer applies."},
    {"furn.", interpretation, "What returns at the edges of pages, or counts with them, is no part of the text."},
    {"furn.running", interpretation, "A line returns at the same edge of neighbouring pages: a running head or foot."},
    {"furn.page-number", interpretation, "A number at the edge of a page counts with the pages."},
    {"furn.page-bare", interpretation, "A number alone at the edge of a page, between pages that are numbered."},
    {"pages.", interpretation, "Where a page begins."},
    {"pages.first", interpretation, "The first page begins with the text."},
    {"pages.form-feed", interpretation, "A form feed ends the page before."},
    {"pages.running-head", interpretation, "A page begins at its running head."},
    {"pages.after-foot", interpretation, "A page begins behind the foot of the one before."},
    {"pages.after-notes", interpretation, "A page begins behind the notes of the one before."},
    {"pages.torn", interpretation, "A paragraph breaks off and goes on: a page may begin between."},
    {"contents.", interpretation, "The printed contents list."},
    {"contents.entry", interpretation, "A line of the printed contents list."},
    {"contents.leader", interpretation, "The leaders between a title and its page number are left out of the text."},
    {"contents.link", interpretation, "An entry of the contents list and the heading that it names."},
    {"contents.list", interpretation, "Lines that end in rising page numbers are a contents list."},
    {"contents.missing", interpretation, "An entry of the contents list has no heading in the text."},
    {"contents.page", interpretation, "The page number of an entry of the contents list."},
    {"contents.title", interpretation, "The heading of the contents list."},
    {"head.", interpretation, "A heading."},
    {"head.contents", interpretation, "A heading that the contents list names."},
    {"head.running", interpretation, "A heading that the next pages repeat as their running head."},
    {"num.", interpretation, "A heading whose number counts on from the one before."},
    {"matter.", interpretation, "A heading by its words."},
    {"notes.", interpretation, "Notes and the marks that they belong to."},
    {"notes.body", interpretation, "A note at the foot of its page, or gathered behind its chapter."},
    {"notes.body-misread", interpretation, "A note whose mark was misread; its place in the count tells which it is."},
    {"notes.continued", interpretation, "A note that goes on at the foot of the next page."},
    {"notes.label", interpretation, "The mark that a note begins with; it is the n of the note."},
    {"notes.mark", interpretation, "A mark in the text and its note, aligned with all others of the page."},
    {"notes.number", interpretation, "The number of a mark in the text; it is the n of the note."},
    {"notes.unanchored", interpretation, "A note whose mark was not found."},
    {"notes.unresolved", interpretation, "A mark whose note was not found."},
    {"notes.words", interpretation, "A mark and its note share the words around the mark."},
    {"par.", segmentation, "Lines that make a paragraph."},
    {"par.lines", segmentation, "Lines are a paragraph by fill, indentation, blank lines and sentences."},
    {"par.across-pages", segmentation, "A paragraph goes on behind a page break."},
    {"par.list", interpretation, "Lines that begin with the same bullet, or with numbers that count on, are a list."},
    {"par.marker", interpretation, "The bullet or number that an item begins with; it is the n of the item."},
    {"par.number", interpretation, "The number that an item begins with; it is the n of the item."},
    {"par.numbered", interpretation, "Lines whose numbers count on are a list."},
    {"par.quote", interpretation, "Lines that are set in on both sides are a quotation."},
    {"par.title-page", interpretation, "What stands before the text begins is a title page."},
    {"par.verse", interpretation, "Lines that are set in and do not fill are verse."},
    {"join.", segmentation, "The line end within a paragraph was no blank."},
    {"join.no-space", segmentation, "No blank stands between Chinese lines of one paragraph."},
    {"join.hyphen", hyphenation, "A hyphen that only cut the word at the line end was left out."},
    {"join.hyphen-kept", hyphenation, "A hyphen at the line end belongs to the word, as the book has it elsewhere."},
    {"letters.", correction, "Words that were split or misread were repaired."},
    {"letters.blank", correction, "A blank within a Chinese word was left out."},
    {"letters.blank-beside", correction, "A blank beside Chinese punctuation was left out."},
    {"letters.entry-tab", normalization, "The tab between a number and its title reads as a blank."},
    {"letters.ligature", normalization, "A ligature reads as its letters."},
    {"letters.split-abbreviation", correction, "An abbreviation was split; the book has it whole elsewhere."},
    {"letters.wide-letter", normalization, "A full-width letter or digit reads as the plain one."},
    {"punctuation.", punctuation, "Punctuation of a Chinese sentence is set at full width."},
    {"labels.", interpretation, "The number that is printed on a page."},
    {"labels.read", interpretation, "The number was read on the page."},
    {"labels.inferred", interpretation, "The number follows from other pages."},
    {"labels.chapter-begins", interpretation, "The number follows from the contents list."},
    {"languages.", interpretation, "The language of the book, of a division or of a paragraph."},
    {"metadata.", interpretation, "Title and keywords, from where they are printed."},
});

std::string_view value(std::string_view line, std::string_view word) {
  if (!line.starts_with(word) || line.size() == word.size() || line[word.size()] != ' ') return {};
  line.remove_prefix(word.size());
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

// The reasons that the rule tables give, by rule.
std::unordered_map<std::string_view, std::string_view> reasons_of_tables() {
  std::unordered_map<std::string_view, std::string_view> reasons;
  std::string_view rule;
  for (const std::string_view* table : all_tables)
    for (std::string_view rest = *table; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (const std::string_view id = value(line, "rule"); !id.empty()) rule = id;
      if (const std::string_view why = value(line, "why"); !why.empty()) reasons.emplace(rule, why);
    }
  return reasons;
}

}  // namespace

RuleNote note_on(std::string_view rule) {
  static const auto reasons = reasons_of_tables();
  const RuleNote* stage = nullptr;
  for (const RuleNote& note : notes) {
    if (note.rule == rule) return note;
    if (note.rule.ends_with('.') && rule.starts_with(note.rule)) stage = &note;
  }
  const auto reason = reasons.find(rule);
  const Editing what = stage == nullptr ? interpretation : stage->what;
  if (reason != reasons.end()) return {rule, what, reason->second};
  return {rule, what, stage == nullptr ? "" : stage->why};
}

}  // namespace emend
