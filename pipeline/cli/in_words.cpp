// One table of words for the rules that doubt, one for the things that may be uncertain, one for repairs.
#include "pipeline/cli/in_words.h"

#include <algorithm>
#include <span>

#include "pipeline/cli/findings.h"
#include "pipeline/cli/shown.h"
#include "stages/write/tei/rule_notes.h"

namespace emend {

namespace {

struct Words {
  std::string_view kind, one, many;
};

// By rule, for what the stages doubt.
constexpr Words doubted[] = {
    {"citations.again", "word such as ibid. has no citation before it",
     "words such as ibid. have no citation before them"},
    {"citations.foot", "page ends in sources that are no notes", "pages end in sources that are no notes"},
    {"contents.level", "heading stands on another level than in the contents list",
     "headings stand on another level than in the contents list"},
    {"contents.missing", "entry of the contents list has no heading in the text",
     "entries of the contents list have no heading in the text"},
    {"contents.page", "page number of the contents list does not fit its heading",
     "page numbers of the contents list do not fit their headings"},
    {"contents.pages", "contents list has pages that are lower than the one before",
     "contents lists have pages that are lower than the one before"},
    {"contents.refused", "title of a contents list has none below it", "titles of contents lists have none below them"},
    {"contents.renamed", "heading has other words than the contents list",
     "headings have other words than the contents list"},
    {"contents.renumbered", "heading has another number than the contents list",
     "headings have other numbers than the contents list"},
    {"contents.unlisted", "heading is not in the contents list, which has others of its kind",
     "headings are not in the contents list, which has others of their kind"},
    {"decision.look", "place that you want to look at again", "places that you want to look at again"},
    {"decision.unheeded", "decision of yours fits no place any more", "decisions of yours fit no place any more"},
    {"decode.invalid", "place could not be decoded", "places could not be decoded"},
    {"decode.lost", "character was lost before the text came here", "characters were lost before the text came here"},
    {"head.gap", "heading does not count on from the one before", "headings do not count on from the one before"},
    {"head.running", "line that returns as a running head may be a heading",
     "lines that return as running heads may be headings"},
    {"letters.blank", "blank may be too many", "blanks may be too many"},
    {"furn.declared-heading", "line that the source calls a running head was taken for a heading",
     "lines that the source calls running heads were taken for headings"},
    {"markup.unknown", "name that the source gives to lines is not known",
     "names that the source gives to lines are not known"},
    {"notes.unanchored", "note has no mark in the text", "notes have no mark in the text"},
    {"notes.unresolved", "mark in the text has no note", "marks in the text have no note"},
    {"omissions.foot", "page has a mark without a note, and lines at its foot that may be one",
     "pages have a mark without a note, and lines at their foot that may be one"},
    {"omissions.label", "line begins with the number of a note that is missing",
     "lines begin with the numbers of notes that are missing"},
    {"omissions.mark", "number behind a word counts as the marks of notes do, and has no note",
     "numbers behind words count as the marks of notes do, and have no notes"},
    {"omissions.markup", "line has markup that was not read", "lines have markup that was not read"},
    {"omissions.note", "note does not count on from the one before", "notes do not count on from the one before"},
    {"par.table", "group of lines may be a table", "groups of lines may be tables"},
    {"reader.begins", "line of running text may begin a paragraph", "lines of running text may begin paragraphs"},
    {"reader.furniture", "line may be a running head or a page number", "lines may be running heads or page numbers"},
    {"reader.heading", "line may be a heading", "lines may be headings"},
    {"reader.note", "line may be a note", "lines may be notes"},
    {"reader.otherwise", "line may be of a contents list, a table or a title page",
     "lines may be of a contents list, a table or a title page"},
    {"reader.text", "line may be running text", "lines may be running text"},
};

// By what was decided, for what is less than certain.
constexpr Words uncertain[] = {
    {"edit", "repair of characters is uncertain", "repairs of characters are uncertain"},
    {"join", "joint between two lines is uncertain", "joints between two lines are uncertain"},
    {"page", "page break is uncertain", "page breaks are uncertain"},
    {"meta", "fact about the book is uncertain", "facts about the book are uncertain"},
    {"gap", "piece of text may be missing", "pieces of text may be missing"},
    {"link note", "note may belong to another mark", "notes may belong to other marks"},
    {"link contents", "entry of the contents list may mean another heading",
     "entries of the contents list may mean other headings"},
    {"link continues", "note may not go on where it was taken to", "notes may not go on where they were taken to"},
    {"link cites", "citation may mean another one", "citations may mean other ones"},
    {"contents", "contents list may be none", "contents lists may be none"},
    {"entry", "entry of a contents list may be none", "entries of contents lists may be none"},
    {"figure", "caption may be none", "captions may be none"},
    {"fw", "line was set aside, and may be text", "lines were set aside, and may be text"},
    {"head", "heading may be none", "headings may be none"},
    {"lg", "group of verses may be none", "groups of verses may be none"},
    {"list", "list may be none", "lists may be none"},
    {"listBibl", "list of works may be none", "lists of works may be none"},
    {"mark", "note mark may be none", "note marks may be none"},
    {"note", "note may be none", "notes may be none"},
    {"p", "paragraph may begin or end elsewhere", "paragraphs may begin or end elsewhere"},
    {"quote", "quotation may be none", "quotations may be none"},
    {"table", "table may be none", "tables may be none"},
    {"titlePage", "title page may be none", "title pages may be none"},
};

// By the table or stage that a rule's name begins with.
constexpr Words repaired[] = {
    {"citations", "place where stars around a title went", "places where stars around a title went"},
    {"contents", "entry of the contents list", "entries of the contents list"},
    {"decision", "reading that you decided", "readings that you decided"},
    {"decode", "character in another form", "characters in another form"},
    {"join", "hyphen or blank at a line end", "hyphens and blanks at line ends"},
    {"letters", "letter or blank", "letters and blanks"},
    {"markup", "mark of markup", "marks of markup"},
    {"punctuation", "mark of punctuation", "marks of punctuation"},
};

const Words* find(std::span<const Words> table, std::string_view kind) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Words& w) { return w.kind == kind; });
  return found == table.end() ? nullptr : &*found;
}

std::string with(const Words& w, std::size_t count) { return counted(count, w.one, w.many); }

std::string thing_of(const Change& c) {
  switch (c.kind) {
    case Kind::edit: return "edit";
    case Kind::join: return "join";
    case Kind::page: return "page";
    case Kind::meta: return c.name.starts_with("gap") ? "gap" : "meta";
    case Kind::link: return "link " + std::string(c.name);
    default: return std::string(c.name);
  }
}

// Decisions about one thing are one doubt, whatever their rules; `kind` is a view of the tables, or of the rule.
std::string_view kind_of(const Change& c) {
  if (c.kind == Kind::doubt) return c.rule;
  const Words* known = find(uncertain, thing_of(c));
  return known == nullptr ? c.rule : known->kind;
}

}  // namespace

std::vector<Doubt> doubts_of(const std::vector<const Change*>& changes) {
  std::vector<Doubt> doubts;
  for (const Change* c : changes) {
    if (!needs_a_look(*c)) continue;
    const std::string_view kind = kind_of(*c);
    auto same = std::find_if(doubts.begin(), doubts.end(), [&](const Doubt& d) { return d.kind == kind; });
    if (same == doubts.end()) same = doubts.insert(doubts.end(), Doubt{kind, {}});
    same->places.push_back(c);
  }
  return doubts;
}

std::string in_words(const Doubt& doubt) {
  const Words* words = find(doubted, doubt.kind);
  if (words == nullptr) words = find(uncertain, doubt.kind);
  if (words != nullptr) return with(*words, doubt.places.size());
  const std::string_view why = note_on(doubt.kind).why;  // the reason that the edition gives
  return counted(doubt.places.size(), "place") + ": " + (why.empty() ? shown(doubt.kind) : std::string(why));
}

std::string repairs_in_words(std::string_view rule, std::size_t count) {
  const Words* words = find(repaired, rule.substr(0, rule.find('.')));
  return words == nullptr ? counted(count, "change") + " by rules of yours" : with(*words, count);
}

}  // namespace emend
