// Finds citations in notes and in lists of works, names their parts, and links what says "ibid." to what it means.
//
// A citation is its parts: phrases that share the value of `bibl`, which is the source byte where the first begins. A
// part that a line end cuts is several phrases, all but the first with `continues`. Which words are what is decided by
// `find_citations`; here stands where to look, what an "ibid." means, and what is a list of works.
#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/dates.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/persons.h"
#include "pipeline/text/script.h"
#include "stages/82-citations/citation.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_citations;
}

namespace {

constexpr std::size_t ibid_reach = 3;        // notes without a citation that "ibid." may look past
constexpr std::size_t work_reach = 3000;     // citations that a search for an author's work goes back
constexpr std::size_t fewest_entries = 2;    // of a list of works
constexpr std::size_t source_begins = 16;    // within so many bytes: a label or a word such as "see" stands before it
constexpr std::size_t heading_columns = 40;  // a line in a list of works that is no entry, but the heading of some

/// The text of a note or entry, and which line each byte of it comes from.
struct Unit {
  struct Piece {
    std::size_t line, begin;  // index of the line; where its text begins in `text`
  };
  std::string text;
  std::vector<Piece> pieces;
};

/// A citation that was written into the document.
struct Cited {
  std::size_t note = 0;  // ordinal of the note; entries of lists have one of their own
  int number = 0;        // printed number of the note
  bool entry = false;
  Span first, again;  // its first part; the words that stand for another
  std::vector<std::string> authors;
  std::string year;
  std::optional<std::size_t> means;  // what it stands for, index
};

class Finder {
 public:
  Finder(const Document& d, const Rules& rules, Proposal& out) : d_(d), rules_(rules), out_(out) {}

  void run() {
    read_lists();
    std::sort(cited_.begin(), cited_.end(),
              [](const Cited& a, const Cited& b) { return a.first.begin < b.first.begin; });
    for (std::size_t i = 0; i < cited_.size(); ++i)
      for (const std::string& author : cited_[i].authors) {
        entries_.emplace(author + " " + cited_[i].year, i);
        entries_.emplace(author, i);
      }
    read_notes();
    for (const Page& page : d_.pages) read_foot(page);
  }

 private:
  // ---- the texts

  void append(Unit& unit, const Node& block) const {
    const auto [first, last] = d_.lines_of({block.at.begin, block.at.end + 1});
    for (std::size_t i = first; i < last; ++i) {
      const Line& line = d_.lines[i];
      if (d_.block_of(line) != &block || trim(line.text).empty()) continue;
      if (!unit.pieces.empty()) unit.text += line.joined ? std::string(line.join) : "\n";
      unit.pieces.push_back({i, unit.text.size()});
      unit.text += line.text;
    }
  }

  // What has a name already is no part of a citation; blanks stand for it.
  void hide_names(Unit& unit) const {
    for (const Unit::Piece& piece : unit.pieces) {
      const Line& line = d_.lines[piece.line];
      const std::size_t from = d_.first_phrase(line.at.begin);
      for (std::size_t i = from; i < d_.phrases.size() && d_.phrases[i].at.begin < line.at.end; ++i) {
        const auto [begin, end] = in_text(line, d_.phrases[i].at);
        for (std::size_t k = begin; k < end; ++k) unit.text[piece.begin + k] = ' ';
      }
    }
  }

  // Where source bytes stand in the line's current text.
  std::pair<std::size_t, std::size_t> in_text(const Line& line, Span at) const {
    std::size_t text = 0, begin = line.text.size(), end = 0;
    each_piece(d_, line, [&](Span piece, std::string_view s, bool patched) {
      if (piece.begin < at.end && at.begin < piece.end) {
        const std::size_t skip = patched || piece.begin >= at.begin ? 0 : at.begin - piece.begin;
        const std::size_t stop = patched || piece.end <= at.end ? s.size() : at.end - piece.begin;
        begin = std::min(begin, text + skip);
        end = std::max(end, text + stop);
      }
      text += s.size();
    });
    return {begin, end};
  }

  // ---- writing one

  // The phrases of a part; more than one where a line ends in it. False if none could be named.
  bool name_part(const Unit& unit, const CitationPart& part, const std::string& attributes, std::string_view rule,
                 Because because, Span& named) {
    bool any = false;
    for (std::size_t k = 0; k < unit.pieces.size(); ++k) {
      const Line& line = d_.lines[unit.pieces[k].line];
      const std::size_t from = unit.pieces[k].begin, to = from + line.text.size();
      if (part.end <= from || part.begin >= to) continue;
      std::size_t begin = std::max(part.begin, from) - from, end = std::min(part.end, to) - from;
      while (begin < end && line.text[begin] == ' ') ++begin;
      while (end > begin && line.text[end - 1] == ' ') --end;
      const Span span = out_.phrase(line, begin, end, part.name, attributes + (any ? "\ncontinues=yes" : ""), rule,
                                    any ? Because{95, {}} : because);
      if (span.empty()) continue;
      if (!any) named = span;
      any = true;
    }
    return any;
  }

  std::uint32_t source_byte(const Unit& unit, std::size_t at) const {
    std::size_t k = 0;
    while (k + 1 < unit.pieces.size() && unit.pieces[k + 1].begin <= at) ++k;
    const Line& line = d_.lines[unit.pieces[k].line];
    std::size_t text = unit.pieces[k].begin;
    std::uint32_t byte = line.at.begin;
    each_piece(d_, line, [&](Span piece, std::string_view s, bool patched) {
      if (text <= at)
        byte = patched ? piece.begin : piece.begin + static_cast<std::uint32_t>(std::min(at - text, s.size()));
      text += s.size();
    });
    return byte;
  }

  // The stars on both sides of a title are its emphasis, and are not printed.
  void hide_stars(const Unit& unit, const CitationPart& title) {
    std::size_t n = 0;
    while (n < title.begin && title.end + n < unit.text.size() && unit.text[title.begin - n - 1] == '*' &&
           unit.text[title.end + n] == '*')
      ++n;
    for (const std::size_t from : {title.begin - n, title.end})
      for (const Unit::Piece& piece : unit.pieces) {
        const Line& line = d_.lines[piece.line];
        if (n == 0 || from < piece.begin || from + n > piece.begin + line.text.size()) continue;
        out_.edit(line, from - piece.begin, from + n - piece.begin, "", "citations.emphasis");
      }
  }

  std::optional<std::size_t> write(const Unit& unit, const Citation& c, std::string_view rule, Cited cited) {
    const std::string key = "bibl=" + std::to_string(source_byte(unit, c.begin));
    bool first = true;
    for (const CitationPart& part : c.parts) {
      std::string attributes = key + (part.attributes.empty() ? "" : "\n" + part.attributes);
      if (first && !c.kind.empty()) attributes += "\nkind=" + c.kind;
      Span named;
      if (!name_part(unit, part, attributes, rule, first ? Because{c.sure, c.reason} : Because{95, {}}, named))
        continue;
      if (part.name == "title") hide_stars(unit, part);
      if (first) cited.first = named;
      first = false;
      const std::string text = unit.text.substr(part.begin, part.end - part.begin);
      if (part.name == "ref" && c.again != Again::none) cited.again = named;
      if (part.name == "author" || part.name == "editor") cited.authors.push_back(surname(text));
      if (part.name == "date" && cited.year.empty()) cited.year = date_when(text).substr(0, 4);
    }
    if (first) return {};
    if (c.again == Again::year) cited.again = cited.first;
    cited_.push_back(std::move(cited));
    return cited_.size() - 1;
  }

  // ---- lists of works

  static int level_of(const Node& head) { return std::max(1, read_whole_number(head.get("level")).value); }

  void read_lists() {
    int inside = 0;                // the level of the division of works, or 0
    std::vector<std::size_t> run;  // blocks
    for (std::size_t i = 0; i < d_.blocks.size(); ++i) {
      const Node& node = d_.blocks[i];
      if (node.name == "head") {
        close_list(run);
        const int level = level_of(node);
        if (inside != 0 && level <= inside) inside = 0;
        if (node.get("type") == "bibliography") inside = level;
      } else if (inside != 0 && node.parent < 0) {
        if (node.name == "p" || node.name == "list")
          run.push_back(i), works_.insert(i);
        else if (node.name != "fw" && node.name != "note")
          close_list(run);
      }
    }
    close_list(run);
  }

  struct Entry {
    std::size_t top;  // the block that stands by itself: the entry's own, or its list
    Unit unit;
    std::vector<Citation> found;
  };

  std::vector<Entry> entries_of(const std::vector<std::size_t>& run) const {
    std::vector<Entry> entries;
    const auto add = [&](std::size_t top, const Node& block) {
      Entry& e = entries.emplace_back();
      e.top = top;
      append(e.unit, block);
      hide_names(e.unit);
      e.found = find_citations(e.unit.text, rules_, CitationForm::entry);
    };
    for (const std::size_t i : run) {
      if (d_.blocks[i].name == "p") add(i, d_.blocks[i]);
      if (d_.blocks[i].name != "list") continue;
      for (std::size_t k = i + 1; k < d_.blocks.size() && d_.blocks[i].at.contains(d_.blocks[k].at); ++k)
        if (d_.blocks[k].name == "item" && d_.blocks[k].parent == static_cast<std::int32_t>(i)) add(i, d_.blocks[k]);
    }
    return entries;
  }

  // Entries between two headings; short lines that are none are headings, too.
  void close_list(std::vector<std::size_t>& run) {
    std::vector<Entry> entries = entries_of(run);
    run.clear();
    for (std::size_t from = 0; from < entries.size();) {
      std::size_t to = from;
      while (to < entries.size() && !is_heading(entries[to])) ++to;
      if (to > from)
        name_list(
            {entries.begin() + static_cast<std::ptrdiff_t>(from), entries.begin() + static_cast<std::ptrdiff_t>(to)});
      from = to + 1;
    }
  }

  bool is_heading(const Entry& e) const {
    return e.found.empty() && d_.blocks[e.top].name == "p" && !wider_than(e.unit.text, heading_columns) &&
           e.unit.text.find_first_of("0123456789") == std::string::npos;
  }

  void name_list(const std::vector<Entry>& entries) {
    const auto found = static_cast<std::size_t>(
        std::count_if(entries.begin(), entries.end(), [](const Entry& e) { return !e.found.empty(); }));
    if (found < fewest_entries || found * 2 < entries.size()) return;
    const Span at{d_.blocks[entries.front().top].at.begin, d_.blocks[entries.back().top].at.end};
    if (!holds_only_entries(at) || holds_other_blocks(entries.front().top, at)) return;
    const std::size_t first = d_.line_at(at.begin), last = d_.line_at(at.end);
    out_.block(first, last, "listBibl", "", "citations.list",
               {90, std::to_string(found) + " of " + std::to_string(entries.size()) + " entries read as citations"});
    for (const Entry& e : entries)
      for (const Citation& c : e.found) {
        Cited cited;
        cited.entry = true;
        write(e.unit, c, "citations.entry", cited);
      }
  }

  // A line of no block would be lost to the list.
  bool holds_only_entries(Span at) const {
    const auto [first, last] = d_.lines_of({at.begin, at.end + 1});
    for (std::size_t i = first; i < last; ++i)
      if (d_.lines[i].block < 0 && !trim(d_.lines[i].text).empty()) return false;
    return true;
  }

  // A table, a caption or a list within an item can be no part of a list of works.
  bool holds_other_blocks(std::size_t top, Span at) const {
    for (std::size_t i = top; i < d_.blocks.size() && d_.blocks[i].at.begin < at.end; ++i) {
      const Node& node = d_.blocks[i];
      const bool within = node.parent >= 0 && d_.blocks[static_cast<std::size_t>(node.parent)].name == "item";
      if (node.name == "list"
              ? within
              : node.name == "table" || node.name == "figure" || node.name == "quote" || node.name == "lg")
        return true;
    }
    return false;
  }

  // ---- notes

  void read_notes() {
    std::vector<std::uint32_t> continued;
    for (const Link& link : d_.links)
      if (link.name == "continues") continued.push_back(link.to.begin);
    std::sort(continued.begin(), continued.end());
    for (const Node& node : d_.blocks) {
      if (node.name != "note" || std::binary_search(continued.begin(), continued.end(), node.at.begin)) continue;
      ++notes_;
      const Number n = read_whole_number(node.get("n"));
      read_note(node, n ? n.value : 0);
    }
  }

  // A note and what goes on with it on later pages.
  void read_note(const Node& node, int number) {
    Unit unit;
    append(unit, node);
    const Node* part = &node;
    for (int more = 0; more < 8 && part != nullptr; ++more) {
      part = continuation_of(*part);
      if (part != nullptr) append(unit, *part);
    }
    hide_names(unit);
    for (const Citation& c : find_citations(unit.text, rules_, CitationForm::note)) {
      Cited cited;
      cited.note = notes_;
      cited.number = number;
      if (c.again == Again::year) {  // only the list of works makes it a citation
        const std::optional<std::size_t> entry = entry_of(unit, c);
        if (entry) write_again(unit, c, cited, entry);
        continue;
      }
      if (c.again != Again::none)
        write_again(unit, c, cited, {});
      else
        write(unit, c, "citations.note", cited);
    }
  }

  const Node* continuation_of(const Node& note) const {
    for (auto link = std::lower_bound(d_.links.begin(), d_.links.end(), note.at.begin,
                                      [](const Link&l, std::uint32_t b) { return l.at.begin < b; });
         link != d_.links.end() && link->at.begin == note.at.begin; ++link) {
      if (link->name != "continues") continue;
      for (const Node& node : blocks_at(link->to.begin))
        if (node.name == "note") return &node;
    }
    return nullptr;
  }

  std::span<const Node> blocks_at(std::uint32_t at) const {
    const auto first = std::lower_bound(d_.blocks.begin(), d_.blocks.end(), at,
                                        [](const Node& n, std::uint32_t b) { return n.at.begin < b; });
    auto last = first;
    while (last != d_.blocks.end() && last->at.begin == at) ++last;
    return {first, last};
  }

  // ---- pages that end in sources

  // Paragraphs at the foot of a page that are sources, though no list of works: notes that lost their labels.
  void read_foot(const Page& page) {
    const auto [first, last] = d_.lines_of(page.at);
    std::optional<std::size_t> from;  // line where the sources begin
    std::size_t end = 0, found = 0;
    for (std::size_t i = last; i-- > first;) {
      const Line& line = d_.lines[i];
      if (trim(line.text).empty() || d_.is(line, "fw")) continue;
      const Node* block = d_.block_of(line);
      if (block == nullptr || block->name != "p" || block->parent >= 0 || block->at.begin < page.at.begin ||
          works_.contains(static_cast<std::size_t>(line.block)))
        break;
      const std::size_t sources = sources_in(*block);
      if (sources == 0) break;
      if (!from) end = i;
      found += sources;
      i = d_.line_at(block->at.begin);
      from = i;
    }
    if (found >= fewest_entries)
      out_.doubt(d_.hull(*from, end), "citations.foot",
                 {50, "the page ends in " + std::to_string(found) + " sources, and they are neither notes nor a list"});
  }

  // The sources in a paragraph that begins with one.
  std::size_t sources_in(const Node& paragraph) const {
    Unit unit;
    append(unit, paragraph);
    hide_names(unit);
    const std::vector<Citation> found = find_citations(unit.text, rules_, CitationForm::note);
    return found.empty() || found.front().begin > source_begins ? 0 : found.size();
  }

  // ---- what stands for another

  std::optional<std::size_t> entry_of(const Unit& unit, const Citation& c) const {
    std::string author, year;
    for (const CitationPart& part : c.parts) {
      const std::string text = unit.text.substr(part.begin, part.end - part.begin);
      if (part.name == "author" && author.empty()) author = surname(text);
      if (part.name == "date" && year.empty()) year = date_when(text).substr(0, 4);
    }
    const auto found = year.empty() ? entries_.end() : entries_.find(author + " " + year);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
  }

  static bool wrote(const Cited& c, const std::string& author) {
    return std::find(c.authors.begin(), c.authors.end(), author) != c.authors.end();
  }

  void write_again(const Unit& unit, const Citation& c, const Cited& cited, std::optional<std::size_t> known) {
    std::uint8_t sure = c.sure;
    const std::size_t before = cited_.size();
    const std::optional<std::size_t> self = write(unit, c, "citations.again", cited);
    if (!self) return;
    std::optional<std::size_t> meant = known;
    if (!meant)
      meant = c.again == Again::ibid     ? last_before(before, sure)
              : c.again == Again::number ? of_note(before, c.number, *self)
                                         : of_author(before, *self);
    if (!meant) {
      out_.doubt(cited_[*self].again, "citations.again", {55, "no citation before it is what these words mean"});
      return;
    }
    while (cited_[*meant].means) meant = cited_[*meant].means;
    cited_[*self].means = meant;
    if (cited_[*self].authors.empty()) cited_[*self].authors = cited_[*meant].authors;
    if (!cited_[*self].again.empty())
      out_.link("cites", cited_[*self].again, cited_[*meant].first, "citations.again", {sure, {}});
  }

  // The citation before: in this note, or the last of the note before.
  std::optional<std::size_t> last_before(std::size_t end, std::uint8_t& sure) const {
    for (std::size_t i = end; i-- > 0;) {
      if (cited_[i].entry) continue;
      const std::size_t apart = notes_ - cited_[i].note;
      if (apart > ibid_reach) return {};
      const bool among_others = apart > 0 && i > 0 && !cited_[i - 1].entry && cited_[i - 1].note == cited_[i].note;
      if (apart > 1 || among_others) sure = 75;
      return i;
    }
    return {};
  }

  // The nearest note before with that number; in it, the work of that author if one is named.
  std::optional<std::size_t> of_note(std::size_t end, int number, std::size_t self) const {
    std::optional<std::size_t> found;
    for (std::size_t i = end; i-- > 0 && end - i < work_reach;) {
      if (cited_[i].entry || cited_[i].number != number || (cited_[i].note == notes_)) {
        if (found && cited_[i].note != cited_[*found].note) break;
        continue;
      }
      if (found && cited_[i].note != cited_[*found].note) break;
      if (cited_[self].authors.empty() || wrote(cited_[i], cited_[self].authors.front())) found = i;
    }
    return found;
  }

  std::optional<std::size_t> of_author(std::size_t end, std::size_t self) const {
    if (cited_[self].authors.empty()) return {};
    const std::string& author = cited_[self].authors.front();
    for (std::size_t i = end; i-- > 0 && end - i < work_reach;)
      if (!cited_[i].entry && wrote(cited_[i], author)) return i;
    const auto found = entries_.find(author);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
  }

  const Document& d_;
  const Rules& rules_;
  Proposal& out_;
  std::vector<Cited> cited_;                              // entries of lists first, then by place
  std::unordered_map<std::string, std::size_t> entries_;  // by author, and by author and year
  std::set<std::size_t> works_;                           // blocks below a heading of works
  std::size_t notes_ = 0;
};

void run(const Document& d, const Rules& rules, Proposal& out) { Finder(d, rules, out).run(); }

}  // namespace

extern const Stage stage_citations{.name = "citations",
                                   .summary = "Name the parts of citations, and link those that repeat another",
                                   .needs = "punctuation labels",
                                   .provides = "citations",
                                   .rules = &embedded::rules_citations,
                                   .run = run};

}  // namespace emend
