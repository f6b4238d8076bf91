// Tells where the book is otherwise than its source declares: what is no longer a heading, a note or an item, and
// headings that the source has on one level and the book on several. None is dropped in silence; equal ones are told
// once, with their number.
#include <algorithm>
#include <map>
#include <string>

#include "pipeline/document/proposal.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

struct Told {
  std::string_view name, in_words;
  std::string_view made;  // the block that it is to stand in
};

constexpr Told told[] = {
    {"head", "a heading", "head"}, {"note", "a note", "note"}, {"item", "an item of a list", "item"}};

// What the line has become, in words: of the innermost block that says something.
std::string_view become(const Document& d, const Line& line) {
  constexpr std::pair<std::string_view, std::string_view> words[] = {{"head", "a heading"},
                                                                     {"note", "a note"},
                                                                     {"item", "an item"},
                                                                     {"fw", "a running head or page number"},
                                                                     {"entry", "an entry of the contents list"},
                                                                     {"titlePage", "a line of the title page"},
                                                                     {"figure", "a caption"},
                                                                     {"caption", "a caption"},
                                                                     {"row", "a row of a table"},
                                                                     {"l", "a line of verse"}};
  for (const Node* node = d.block_of(line); node != nullptr;
       node = node->parent < 0 ? nullptr : &d.blocks[static_cast<std::size_t>(node->parent)])
    for (const auto& [name, said] : words)
      if (node->name == name) return said;
  return "running text";
}

const Node* within(const Document& d, const Line& line, std::string_view name) {
  for (const Node* node = d.block_of(line); node != nullptr;
       node = node->parent < 0 ? nullptr : &d.blocks[static_cast<std::size_t>(node->parent)])
    if (node->name == name) return node;
  return nullptr;
}

std::string more(std::size_t places) {
  return places < 2 ? "" : "; and so in " + std::to_string(places - 1) + (places == 2 ? " more place" : " more places");
}

class Teller {
 public:
  Teller(const Document& d, Proposal& out) : d_(d), out_(out) {}

  void run() {
    for (const Node& said : d_.declared)
      for (const Told& kind : told)
        if (said.name == kind.name) compare(said, kind);
    for (const auto& [what, lines] : other_)
      out_.doubt(
          lines.front(), "declared.other",
          {70, "the source says that this is " + what.first + "; it is read as " + what.second + more(lines.size())});
    tell_levels();
  }

 private:
  void compare(const Node& said, const Told& kind) {
    const Line& line = d_.lines[d_.line_at(said.at.begin)];
    if (trim(line.text).empty()) return;
    const Node* made = within(d_, line, kind.made);
    if (made == nullptr && kind.name == "item" && within(d_, line, "entry") != nullptr) return;  // which is an item, too
    if (made == nullptr) {
      other_[{std::string(kind.in_words), std::string(become(d_, line))}].push_back(line.at);
      return;
    }
    if (kind.name != "head") return;
    const int level = read_whole_number(made->get("level")).value, was = read_whole_number(said.get("level")).value;
    if (level > 0 && was > 0) levels_[was][level].push_back(line.at);
  }

  // One level of the source may be any of the book, but not several.
  void tell_levels() {
    for (const auto& [was, made] : levels_) {
      if (made.size() < 2) continue;
      std::size_t all = 0;
      for (const auto& [level, lines] : made) all += lines.size();
      const auto& rarest = *std::min_element(
          made.begin(), made.end(), [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
      out_.doubt(rarest.second.front(), "declared.level",
                 {75, "the source has " + std::to_string(all) + " headings on level " + std::to_string(was) +
                          "; by their numbers and words they stand on levels " + std::to_string(made.begin()->first) +
                          " to " + std::to_string(made.rbegin()->first)});
    }
  }

  const Document& d_;
  Proposal& out_;
  std::map<std::pair<std::string, std::string>, std::vector<Span>> other_;  // by what was said, and what is
  std::map<int, std::map<int, std::vector<Span>>> levels_;                  // of headings: declared, made
};

void run(const Document& d, const Rules&, Proposal& out) {
  if (!d.declared.empty()) Teller(d, out).run();
}

}  // namespace

extern const Stage stage_declared{.name = "declared",
                                  .summary = "Tell where the book is otherwise than its source declares",
                                  .needs = "headings notes paragraphs",
                                  .provides = "",
                                  .rules = nullptr,
                                  .run = run};

}  // namespace emend
