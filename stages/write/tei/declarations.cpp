// The editorial declaration, the elements used, and a category for each rule that made a decision in the book.
#include "stages/write/tei/declarations.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "stages/write/tei/changes.h"
#include "stages/write/tei/pen.h"
#include "stages/write/tei/rule_notes.h"

namespace emend {

namespace {

struct RuleUse {
  std::string_view stage, rule;
  std::size_t decisions = 0, edits = 0, joins = 0, doubts = 0;
  std::string_view reason;  // the one that all its decisions have, if they have one

  /// Of the text, its characters or its line ends. A hyphen that goes, and the line that so goes on, are one.
  std::size_t changes() const { return std::max(edits, joins); }
};

// The rules in the order in which they were first used.
std::vector<RuleUse> rules_used(const Document& d) {
  std::vector<RuleUse> used;
  std::map<std::string_view, std::size_t> known;
  for (const Change& c : d.ledger) {
    const auto [found, fresh] = known.emplace(c.rule, used.size());
    if (fresh) used.push_back({c.stage, c.rule, 0, 0, 0, 0, c.reason});
    RuleUse& use = used[found->second];
    ++use.decisions;
    use.edits += c.kind == Kind::edit;
    use.joins += c.kind == Kind::join;
    use.doubts += c.kind == Kind::doubt || c.sure < certain;
    if (use.reason != c.reason) use.reason = {};
  }
  for (RuleUse& use : used) use.decisions -= std::min(use.edits, use.joins);
  return used;
}

std::string times(std::size_t n) { return n == 1 ? "once" : n == 2 ? "twice" : std::to_string(n) + " times"; }

std::string why(const RuleUse& use) {
  const std::string_view note = note_on(use.rule).why;
  if (!note.empty()) return std::string(note);
  return use.reason.empty() ? "A rule that was added for this book." : std::string(use.reason);
}

// What an editor must declare, whatever the book.
struct Declaration {
  Editing what;
  const char* element;
  const char* text;
};
constexpr Declaration declarations[] = {
    {Editing::correction, "correction",
     "Words that extraction split or misread are repaired only where the book itself gives the evidence."},
    {Editing::normalization, "normalization",
     "Characters are in Unicode normalization form C. Running heads, page numbers, watermarks and other furniture are "
     "encoded as fw; nothing was removed."},
    {Editing::punctuation, "punctuation",
     "Punctuation of sentences in Chinese is set at full width; that of other scripts, of addresses and of formulas is "
     "as in the source."},
    {Editing::hyphenation, "hyphenation",
     "Hyphens at line ends go where the book has the word without a hyphen elsewhere; others stay."},
    {Editing::segmentation, "segmentation",
     "Paragraphs cut by line, column or page ends are joined; page breaks are marked by pb where they fall. Notes "
     "stand "
     "at their marks, furniture behind the page break."},
};

const char* policy(Shows shows) {
  switch (shows) {
    case Shows::both: return "Each change is a choice of the source's reading (sic, orig) and the new one (corr, reg).";
    case Shows::diplomatic: return "No character was changed: the text is diplomatic. What would have been changed:";
    default: return "The changes are silent; the ledger of the edition has each, with what the source reads.";
  }
}

void write_rule_count(pugi::xml_node declaration, const RuleUse& use) {
  pugi::xml_node p = add(declaration, "p");
  set(add(p, "ref", use.rule), "target", "#" + rule_id(use.rule));
  const std::string text = ", " + times(use.changes()) + ": " + why(use);
  p.append_child(pugi::node_pcdata).set_value(text.data(), text.size());
}

void write_editorial(pugi::xml_node encoding, const std::vector<RuleUse>& used, Shows shows) {
  pugi::xml_node editorial = add(encoding, "editorialDecl");
  for (const auto& [what, element, text] : declarations) {
    pugi::xml_node declaration = add(editorial, element);
    if (what == Editing::correction || what == Editing::normalization)
      set(declaration, "method", shows == Shows::both ? "markup" : "silent");
    add(declaration, "p", text);
    bool any = false;
    for (const RuleUse& use : used) {
      if (use.changes() == 0 || note_on(use.rule).what != what) continue;
      if (!any && what != Editing::segmentation) add(declaration, "p", policy(shows));
      any = true;
      write_rule_count(declaration, use);
    }
  }
}

// A walker, because a file may nest deeper than the stack does.
struct Tags : pugi::xml_tree_walker {
  std::map<std::string, std::size_t> count;
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_element) ++count[node.name()];
    return true;
  }
};

void write_tags(pugi::xml_node encoding, pugi::xml_node text) {
  Tags tags;
  text.traverse(tags);
  pugi::xml_node names = add(add(encoding, "tagsDecl"), "namespace");
  set(names, "name", "http://www.tei-c.org/ns/1.0");
  for (const auto& [name, count] : tags.count) {
    pugi::xml_node usage = add(names, "tagUsage");
    set(usage, "gi", name);
    set(usage, "occurs", std::to_string(count));
  }
}

void write_category(pugi::xml_node taxonomy, const std::string& id, std::string_view text) {
  new_line(taxonomy);
  pugi::xml_node category = add(taxonomy, "category");
  set(category, "xml:id", id);
  add(category, "catDesc", text);
}

std::string in_words(const RuleUse& use) {
  return why(use) + " " + std::to_string(use.decisions) + (use.decisions == 1 ? " decision" : " decisions") +
         (use.doubts == 0 ? "." : ", " + std::to_string(use.doubts) + " in doubt.");
}

void write_categories(pugi::xml_node encoding, const std::vector<RuleUse>& used) {
  pugi::xml_node classes = add(encoding, "classDecl"), doubts = add(classes, "taxonomy");
  add(doubts, "desc", "What an element lacks.");
  write_category(doubts, "missing", "An entry of the printed contents that has no heading in the text.");
  write_category(doubts, "unresolved", "A note mark whose note was not found.");
  write_category(doubts, "unanchored", "A note whose mark was not found.");
  if (used.empty()) return;
  pugi::xml_node rules = add(classes, "taxonomy");
  add(rules, "desc",
      "The rules that decided in this book, in the order of the stages; a rule is named after its stage or "
      "its table.");
  for (const RuleUse& use : used) write_category(rules, rule_id(use.rule), in_words(use));
  new_line(rules);
}

}  // namespace

void write_encoding(pugi::xml_node header, pugi::xml_node text, const Document& d, const BookOptions& options) {
  const std::vector<RuleUse> used = rules_used(d);
  pugi::xml_node encoding = add(header, "encodingDesc"), application = add(add(encoding, "appInfo"), "application");
  set(application, "ident", "emend");
  set(application, "version", EMEND_VERSION);
  add(application, "label", "emend");
  write_editorial(encoding, used, shown_changes(options));
  write_tags(encoding, text);
  write_categories(encoding, used);
  for (pugi::xml_node child : encoding.children())
    encoding.insert_child_before(pugi::node_pcdata, child).set_value("\n");
  new_line(encoding);
}

}  // namespace emend
