// The rules say what labelled lines are. Where the opening ends is the first thing that is text: a paragraph of length,
// a list, a heading with a number.
#include "stages/90-metadata/opening.h"

#include <string>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/90-metadata/names.h"
#include "weights/metadata.h"

namespace emend {

namespace {

void say(OpeningLine& line, const Match& said) {
  line.rule = said.rule->id;
  line.why = said.rule->why;
  std::string_view roles = said.rule->fact("roles");
  line.role = roles.empty() ? "none" : roles.substr(0, roles.find(','));
  for (std::size_t group = 1; !roles.empty(); ++group) {
    const std::size_t comma = std::min(roles.find(','), roles.size());
    if (group < said.groups.size())
      if (const std::string_view words = trim(said.groups[group]); !words.empty())
        line.facts.emplace_back(roles.substr(0, comma), words);
    roles.remove_prefix(std::min(comma + 1, roles.size()));
  }
  if (!line.facts.empty()) line.role = line.facts[0].first;
}

// Whether the block is text, so that the opening ends before it.
bool is_text(const Document& d, const Rules& rules, const Node& block) {
  if (block.name == "titlePage") return false;
  if (block.name == "head") return block.get("part") != "body" || !block.get("n").empty();
  if (block.name != "p") return true;
  const auto [first, last] = d.lines_of({block.at.begin, block.at.end + 1});
  std::size_t lines = 0;
  std::string_view end;
  for (std::size_t i = first; i < last; ++i)
    if (const std::string_view text = trim(d.lines[i].text); !text.empty()) {
      if (lines > 0 && rules.test("text-begins", text) != nullptr) break;  // a title and its abstract, taken for one
      end = text, ++lines;
    }
  return lines > metadata::most_lines_of_title ||
         (ends_sentence(end) && (lines > 2 || wider_than(end, metadata::longest_sentence)));
}

// "Author:" and "by" alone speak of the next line.
void hand_on_labels(std::vector<OpeningLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    OpeningLine& line = lines[i];
    if (line.open() || line.role == "none" || !line.facts.empty()) continue;
    if (i + 1 < lines.size() && lines[i + 1].open()) {
      lines[i + 1].be(line.role, line.why);
      lines[i + 1].rule = line.rule;
    } else {
      line.role = "none";
    }
  }
}

// What is a name behind "by" or before 著 is a person; without a name the line may be anything.
void check_person(OpeningLine& line, const Rules& rules) {
  const std::string_view words = line.facts.empty() ? std::string_view{} : line.facts[0].second;
  const bool wrote = line.role == "writer";
  const bool apart = wrote && !words.empty() && words.data() + words.size() + 3 < line.text.data() + line.text.size();
  const bool foreign = wrote && words.find("·") != std::string_view::npos;
  const bool person = apart || foreign || !named_persons(words, rules).persons.empty();
  if (!person) line.facts.clear();
  if (person) line.facts[0].first = "author";
  line.role = person ? "author" : "";
}

void check(std::vector<OpeningLine>& lines, const Rules& rules) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    OpeningLine& line = lines[i];
    if (line.role == "name" || line.role == "writer") check_person(line, rules);
    const bool may_be_date = line.open() || line.rule == "metadata.place-and-date";
    if (may_be_date && !wider_than(line.text, metadata::longest_date) && rules.test("date", line.text) != nullptr)
      line.be("date", "nothing but a date");
    if (i == 0 && line.open() && lines.size() > 1 && lines[1].rule.starts_with("metadata.journal-part"))
      line.be("journal", "volume and number stand below it");
  }
}

}  // namespace

OpeningLine read_line(const Document& d, const Rules& rules, std::size_t i) {
  OpeningLine line;
  line.line = i;
  line.text = trim(d.lines[i].text);
  if (const Match said = rules.find("line", line.text)) say(line, said);
  return line;
}

std::vector<OpeningLine> read_opening(const Document& d, const Rules& rules) {
  std::vector<OpeningLine> lines;
  bool blank = false;
  const Node* before = nullptr;  // the block of the last line
  for (std::size_t i = 0; i < d.lines.size() && lines.size() < metadata::most_lines; ++i) {
    const std::string_view text = trim(d.lines[i].text);
    const Node* block = d.block_of(d.lines[i]);
    if (text.empty() || (block != nullptr && block->name == "fw")) {
      blank = blank || text.empty();
      continue;
    }
    if (block == nullptr || is_text(d, rules, *block) || wider_than(text, metadata::longest_line)) break;
    const bool page = block->name == "titlePage";
    if (!page && rules.test("text-begins", text) != nullptr) break;
    OpeningLine& line = lines.emplace_back(read_line(d, rules, i));
    const Node* said = d.declaration(d.lines[i]);
    if (line.open() && said != nullptr && said->name == "author") line.be("author", "the source says so");
    line.on_title_page = page;
    line.apart = blank || (!page && before != nullptr && before != block);
    before = block;
    blank = false;
  }
  hand_on_labels(lines);
  check(lines, rules);
  return lines;
}

}  // namespace emend
