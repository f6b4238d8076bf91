// emend explain: a ledger in words, doubts first.
#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "pipeline/cli/book.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/findings.h"
#include "pipeline/cli/in_words.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/source.h"
#include "pipeline/cli/verbs.h"
#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"source,s", "IN",
     "the text that was converted, for pages, lines and context\n(default: the one beside LEDGER, if it is the right "
     "one)"},
    {"doubts,d", nullptr, "only what needs a look"},
    {"rule", "ID", "only what this rule decided", true},
};

constexpr std::size_t context = 12, longest = 60;  // characters

// The ledger's source, if it is there, with what a person calls its places.
class Places {
 public:
  Places(Document d, const BookOptions& recorded) : d_(std::move(d)) {
    const std::vector<std::size_t> unbroken = lines_unbroken(breaks_of(recorded));
    numbers_ = lines_before(entries_of(recorded), unbroken.empty() ? 0 : unbroken.back() + 1);
    std::vector<std::size_t> of_broken;
    for (const std::size_t line : unbroken) of_broken.push_back(numbers_[line]);
    numbers_ = std::move(of_broken);
    const std::size_t most = numbers_.empty() ? 0 : *std::max_element(numbers_.begin(), numbers_.end());
    const std::vector<std::size_t> in_file = lines_in_file(columns_of(recorded), most + 1);
    for (std::size_t& number : numbers_) number = in_file[number];
    std::vector<std::size_t> not_counted(numbers_.empty() ? 1
                                                          : *std::max_element(numbers_.begin(), numbers_.end()) + 2);
    for (std::size_t i = 0; i < numbers_.size(); ++i)  // editors count no lines that a form feed ends
      if (d_.source[std::min<std::size_t>(d_.lines[i].at.end, d_.source.size() - 1)] == '\f')
        not_counted[numbers_[i] + 1] = 1;
    std::partial_sum(not_counted.begin(), not_counted.end(), not_counted.begin());
    for (std::size_t& number : numbers_) number += 1 - not_counted[number];
  }

  const Document& document() const { return d_; }

  // For each line, the line it was before some were broken.
  std::vector<std::size_t> lines_unbroken(const std::vector<BrokenLine>& breaks) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0, broken = 0; i < d_.lines.size(); ++i) {
      if (broken < breaks.size() && d_.lines[i].at.begin == breaks[broken].at + broken + 1) ++broken;
      out.push_back(i - broken);
    }
    return out;
  }

  std::string where(Span at) const {
    const std::size_t i = d_.line_at(at.begin);
    const Line& line = d_.lines[i];
    std::string out = "line " + std::to_string(numbers_[i]);
    if (line.page < d_.pages.size()) {
      const std::string_view label = d_.pages[line.page].label;
      out = (label.empty() ? "p. [" + std::to_string(line.page + 1) + "]" : "p. " + shown(label)) + ", " + out;
    }
    return out;
  }

  /// The source within the line, and what stands around it.
  std::string in_context(Span at) const {
    const Line& line = d_.lines[d_.line_at(at.begin)];
    std::size_t from = std::min(at.begin, line.at.end) - line.at.begin;
    std::size_t to = std::min(at.end, line.at.end) - line.at.begin;
    const std::string_view text = d_.slice(line.at);
    for (std::size_t n = 0; n < context && from > 0; ++n) from = character_before(text, from);
    for (std::size_t n = 0; n < context && to < text.size(); ++n) next_character(text, to);
    return (from > 0 ? "…" : "") + shown(text.substr(from, to - from)) + (to < text.size() ? "…" : "");
  }

  std::string beginning(Span at) const {
    const Line& line = d_.lines[d_.line_at(at.begin)];
    const std::string_view text = d_.slice({at.begin, std::max(at.begin, std::min(at.end, line.at.end))});
    const std::string words = shown_short(text, 24);
    return words.empty() ? shown(text.substr(0, 24)) : words;
  }

 private:
  Document d_;
  std::vector<std::size_t> numbers_;
};

// A text of blanks only in words, since quotation marks around nothing say nothing.
std::string blanks_in_words(std::string_view s) {
  std::size_t spaces = 0, wide = 0, tabs = 0, characters = 0;
  for (std::size_t i = 0; i < s.size(); ++characters) {
    const char32_t c = next_character(s, i);
    spaces += c == ' ';
    wide += c == 0x3000;
    tabs += c == '\t';
  }
  if (characters == 0) return "nothing";
  const auto said = [&](std::string_view one) {
    return characters == 1 ? "a " + std::string(one) : std::to_string(characters) + " " + std::string(one) + "s";
  };
  return said(spaces == characters ? "blank"
              : wide == characters ? "wide blank"
              : tabs == characters ? "tab"
                                   : "white character");
}

std::string short_quoted(std::string_view s) {
  if (trim(s).empty()) return blanks_in_words(s);
  std::string out = "'";
  out += shown_short(s, longest);
  return out + "'";
}

// What a stage's word for a thing is to a reader.
std::string thing(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> words[] = {{"p", "a paragraph"},
                                                                            {"head", "a heading"},
                                                                            {"note", "a note"},
                                                                            {"fw", "furniture"},
                                                                            {"contents", "a printed contents list"},
                                                                            {"entry", "a contents entry"},
                                                                            {"list", "a list"},
                                                                            {"item", "a list item"},
                                                                            {"table", "a table"},
                                                                            {"row", "a table row"},
                                                                            {"figure", "a figure's caption"},
                                                                            {"caption", "a table's caption"},
                                                                            {"quote", "a quotation"},
                                                                            {"lg", "verse"},
                                                                            {"l", "a line of verse"},
                                                                            {"titlePage", "a title page"},
                                                                            {"titlePart", "a part of the title"},
                                                                            {"byline", "the names of persons"},
                                                                            {"docAuthor", "an author"},
                                                                            {"docImprint", "an imprint"},
                                                                            {"docDate", "a date"},
                                                                            {"keywords", "keywords"},
                                                                            {"mark", "a note mark"},
                                                                            {"label", "a note's printed mark"},
                                                                            {"leader", "a leader"},
                                                                            {"locus", "a page number in the contents"},
                                                                            {"marker", "a list item's marker"},
                                                                            {"gap", "a gap between cells"}};
  for (const auto& [key, word] : words)
    if (key == name) return std::string(word);
  return "a '" + shown(name) + "'";
}

// "level=1\nn=2" as " (level 1, n 2)".
std::string in_brackets(std::string_view attributes) {
  if (attributes.empty()) return {};
  std::string out = " (";
  for (const char c : attributes) {
    if (c == '\n')
      out += ", ";
    else
      out += c == '=' ? ' ' : c;
  }
  return shown(out) + ")";
}

std::string join_decision(const Change& c) {
  return "the line goes on with the paragraph before it" + (c.after.empty()  ? ", without a space"
                                                            : c.after == " " ? ", after a space"
                                                                             : ", after " + short_quoted(c.after));
}

std::string page_decision(const Change& c) {
  if (c.name == "none") return "no page begins";
  if (c.after.empty()) return "a page begins";
  return "page " + short_quoted(c.after) + " begins" + (c.name == "read" ? "" : " (number inferred)");
}

std::string link_decision(const Change& c, const Places* places) {
  const std::string what = c.name == "note"        ? "this mark's note is at "
                           : c.name == "contents"  ? "this entry's heading is at "
                           : c.name == "continues" ? "this goes on at "
                                                   : "'" + shown(c.name) + "' link to ";
  if (places == nullptr) return what + "byte " + std::to_string(c.to.begin);
  return what + places->where(c.to) + ", '" + places->beginning(c.to) + "'";
}

std::string meta_decision(const Change& c) {
  if (!c.name.starts_with("gap")) return "the book's " + shown(c.name) + " is " + short_quoted(c.after);
  return std::string("text is missing ") + (c.name == "gap" ? "before this line" : "behind this line") +
         (c.after.empty() ? "" : ": page " + shown(c.after));
}

std::string decision(const Change& c, const Places* places) {
  switch (c.kind) {
    case Kind::edit:
      if (c.after.empty()) return short_quoted(c.before) + " is left out";
      return short_quoted(c.before) + " reads " + short_quoted(c.after);
    case Kind::join: return join_decision(c);
    case Kind::block:
    case Kind::phrase:
      return "is " + thing(c.name) + in_brackets(c.attributes) +
             (places == nullptr ? "" : ": '" + places->beginning(c.at) + "'");
    case Kind::page: return page_decision(c);
    case Kind::link: return link_decision(c, places);
    case Kind::meta: return meta_decision(c);
    case Kind::declare: return "the source calls it " + thing(c.name) + in_brackets(c.attributes);
    case Kind::doubt: return c.reason.empty() ? "look here" : shown(c.reason);
  }
  return {};
}

std::string entry(const Change& c, const Places* places) {
  std::string out = "  ";
  out += places != nullptr ? places->where(c.at)
         : c.at.empty()    ? "byte " + std::to_string(c.at.begin)
                           : "bytes " + std::to_string(c.at.begin) + "-" + std::to_string(c.at.end);
  out += ": " + shown(c.rule) + ": " + decision(c, places);
  if (c.sure < 100 && c.kind != Kind::doubt) out += ", " + std::to_string(c.sure) + " % sure";
  if (!c.reason.empty() && c.kind != Kind::doubt) out += "; " + shown(c.reason);
  const bool within = c.kind == Kind::edit || c.kind == Kind::doubt || c.name == "mark" || c.kind == Kind::link;
  if (places != nullptr && within) out += "; in '" + places->in_context(c.at) + "'";
  return out + '\n';
}

std::string counts(const std::vector<const Change*>& changes) {
  struct Use {
    std::size_t all = 0, edits = 0, joins = 0;
  };
  std::map<std::string, Use> uses;
  for (const Change* c : changes) {
    Use& use = uses[shown(c->rule)];
    ++use.all;
    use.edits += c->kind == Kind::edit;
    use.joins += c->kind == Kind::join;
  }
  std::map<std::string, std::size_t> rules;  // a hyphen that goes, and the line that so goes on, are one
  for (const auto& [rule, use] : uses) rules[rule] = use.all - std::min(use.edits, use.joins);
  std::vector<std::pair<std::string, std::size_t>> sorted(rules.begin(), rules.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out;
  for (const auto& [rule, count] : sorted) {
    const std::string number = std::to_string(count);
    out += std::string(8 - std::min<std::size_t>(8, number.size()), ' ') + number + "  " + rule + '\n';
  }
  return out;
}

// Each doubt in words with all its places, the least certain first.
std::string doubts_section(const std::vector<Doubt>& doubts, std::size_t all, const Places* places) {
  std::string out = "\ndoubts: " + std::to_string(doubts.size()) +
                    (all > doubts.size() ? ", in " + counted(all, "place") : "") + "\n";
  for (Doubt doubt : doubts) {
    std::stable_sort(doubt.places.begin(), doubt.places.end(),
                     [](auto* a, auto* b) { return a->at.begin < b->at.begin; });
    out += "\n" + in_words(doubt) + "\n";
    for (const Change* c : doubt.places) out += entry(*c, places);
  }
  return out;
}

std::string section(const std::string& title, std::vector<const Change*> changes, const Places* places) {
  std::string out = "\n" + title + ": " + std::to_string(changes.size()) + "\n";
  if (changes.empty()) return out;
  out += counts(changes) + "\n";
  std::stable_sort(changes.begin(), changes.end(), [](auto* a, auto* b) { return a->at.begin < b->at.begin; });
  for (const Change* c : changes) out += entry(*c, places);
  return out;
}

// The source beside the ledger is used only if it is the very one; a source that the user names must be.
std::optional<Places> find_places(const Arguments& a, const std::string& ledger_path, Ledger& ledger) {
  std::string source;
  if (a.has("source")) {
    source = source_of(a.get("source"), ledger);
  } else {
    const std::string folder = ledger_path.substr(0, ledger_path.size() - file_name(ledger_path).size());
    const std::string beside = folder + ledger.source_name;
    if (ledger_path == "-" || ledger.source_name.find('/') != std::string::npos || !file_exists(beside) ||
        is_folder(beside))
      return {};
    try {
      source = source_of(beside, ledger);
    } catch (const Error&) {
      return {};
    }
    if (source.size() != ledger.source_size || sha256(source) != ledger.source_sha256) return {};
  }
  return Places(replay(std::move(source), ledger), ledger.options);
}

std::vector<const Change*> wanted(const std::vector<Change>& all, const Arguments& a, const std::string& path) {
  const std::vector<std::string>& rules = a.all("rule");
  std::vector<std::string_view> known;
  for (const Change& c : all) known.push_back(c.rule);
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  for (const std::string& rule : rules)
    if (!std::binary_search(known.begin(), known.end(), rule)) {
      const std::string near = did_you_mean(rule, known);
      throw Error(Exit::usage, shown(path) + ": no rule '" + shown(rule) + "' decided anything here" +
                                   (near.empty() ? "; `emend explain` without --rule counts those that did" : near));
    }
  std::vector<const Change*> chosen;
  for (const Change& c : all)
    if (rules.empty() || std::find(rules.begin(), rules.end(), c.rule) != rules.end()) chosen.push_back(&c);
  return chosen;
}

Exit run(const Arguments& a) {
  const std::string& path = a.operands[0];
  Ledger ledger = read_ledger(read_file(path), path == "-" ? "standard input" : shown(path));
  const std::vector<const Change*> all = wanted(ledger.changes, a, path);
  const std::optional<Places> places = find_places(a, path, ledger);
  std::vector<const Change*> doubtful, settled;
  for (const Change* c : all) (needs_a_look(*c) ? doubtful : settled).push_back(c);
  std::stable_sort(doubtful.begin(), doubtful.end(), [](auto* x, auto* y) { return x->sure < y->sure; });
  const std::vector<Doubt> doubts = doubts_of(doubtful);
  std::string out = shown(ledger.source_name) + ": " + counted(all.size(), "decision") + ", " +
                    counted(doubts.size(), "doubt") +
                    (doubtful.size() > doubts.size() ? " in " + counted(doubtful.size(), "place") : "") + "\n";
  for (const auto& [key, value] : ledger.options)
    if (key != "columns-at" && key != "entries-at" && key != "pieces-at" && key != "breaks-at")
      out += shown(key) + ": " + shown(value) + "\n";
  if (const std::size_t columns = columns_of(ledger.options).size(); columns > 0)
    out += "columns: " + counted(columns, "place", "places") + " with two, read one after the other\n";
  if (const std::size_t lists = entries_of(ledger.options).size(); lists > 0)
    out += "contents: " + counted(lists, "place", "places") + " whose entries were in pieces, put together\n";
  if (const std::size_t pieces = pieces_of(ledger.options).size(); pieces > 0)
    out += "lines: " + counted(pieces, "bullet or label", "bullets or labels") + " beside their places, put there\n";
  if (const std::size_t breaks = breaks_of(ledger.options).size(); breaks > 0)
    out += "lines: " + counted(breaks, "place", "places") + " where one was broken in two\n";
  out += doubts_section(doubts, doubtful.size(), places ? &*places : nullptr);
  if (!a.has("doubts")) out += section("decisions", settled, places ? &*places : nullptr);
  print(out);
  return Exit::done;
}

}  // namespace

const Verb verb_explain{"explain",
                        "Tells in words what was decided and what is doubtful",
                        "explain LEDGER [--source IN]",
                        "LEDGER is what convert wrote with --ledger, or as an output NAME.ledger.",
                        options,
                        1,
                        1,
                        run};

}  // namespace emend
