// Takes the title and the keywords from where the book prints them.
#include <algorithm>
#include <map>
#include <string>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_metadata;
}

namespace {

constexpr std::size_t title_lines = 12;    // that may hold the title, at the beginning of the book
constexpr std::size_t longest_term = 200;  // bytes; what is longer is a sentence and no keyword

// The lines of a block as one text.
std::string text_of(const Document& d, const Node& block) {
  std::string text;
  const auto [first, last] = d.lines_of({block.at.begin, block.at.end + 1});
  for (std::size_t i = first; i < last; ++i) {
    if (d.block_of(d.lines[i]) != &block) continue;
    const std::string_view line = trim(d.lines[i].text);
    if (!text.empty() && !line.empty()) text += d.lines[i].joined ? d.lines[i].join : " ";
    text += line;
  }
  return text;
}

// The mark that divides the keywords: the strongest that is there, so that "law, civil; law, common" are two.
std::string_view separators_in(std::string_view text) {
  for (const std::string_view marks : {"；;", "、", "，,", "·•|"})
    for (std::size_t i = 0; i < marks.size();) {
      const std::size_t begin = i;
      next_character(marks, i);
      if (text.find(marks.substr(begin, i - begin)) != text.npos) return marks;
    }
  return is_han(last_character(text)) ? "  　" : "\t";  // Han terms may be divided by blanks only
}

template <class F>
void each_term(std::string_view text, F f) {
  const std::u32string marks = characters(separators_in(text));
  std::size_t from = 0;
  const auto take = [&](std::size_t to) {
    std::string_view term = trim(text.substr(from, to - from));
    while (term.ends_with('.') || term.ends_with("。"))
      term = trim(term.substr(0, term.size() - (term.ends_with('.') ? 1 : 3)));
    if (!term.empty() && term.size() <= longest_term) f(term);
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = i;
    if (marks.find(next_character(text, i)) == marks.npos) continue;
    take(at);
    from = i;
  }
  take(text.size());
}

// The languages stage knows better, where it said something of this very block.
std::string_view language_of(const Document& d, const Node& block, std::string_view by_label) {
  for (const Meta& m : d.metas)
    if (m.name == "lang" && m.at == block.at) return m.value;
  const std::string_view book = d.meta("language");
  return by_label.empty() || (by_label.starts_with("zh") && book.starts_with("zh")) ? book : by_label;
}

void take_keywords(const Document& d, const Node& block, const Rules& rules, Proposal& out) {
  const std::string whole = text_of(d, block);
  std::string_view text = whole, by_label;
  if (const Match label = rules.find("keywords", text)) {
    by_label = label.rule->fact("tag");
    text.remove_prefix(label.groups[1].size());
  } else if (const std::size_t colon = text.find(':'); colon != text.npos) {
    text.remove_prefix(colon + 1);
  }
  const std::string_view language = language_of(d, block, by_label);
  const std::string_view name = d.arena->keep(language.empty() ? "keyword" : "keyword:" + std::string(language));
  each_term(trim(text), [&](std::string_view term) { out.meta(name, term, block.at, "metadata.keyword"); });
}

// Whether a line ends with a word like "and", so that the title goes on in the next one.
bool goes_on(std::string_view line) {
  const std::size_t blank = line.find_last_of(' ');
  const std::string_view word = blank == line.npos ? std::string_view{} : line.substr(blank + 1);
  return !word.empty() && word.size() <= 4 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string whole_title(const Document& d, const Line* line) {
  std::string title(trim(line->text));
  for (const Line* end = d.lines.data() + d.lines.size(); goes_on(title) && line + 1 != end; ++line) {
    const std::string_view next = trim(line[1].text);
    if (next.empty() || !d.is(line[1], "titlePage")) break;
    title.append(" ").append(next);
  }
  return title;
}

// The title is printed before everything else; as a rule it comes again as a running head, and that tells it from the
// names of universities and publishers around it.
void take_title(const Document& d, Proposal& out) {
  std::map<std::u32string, std::size_t> running;
  for (const Node& block : d.blocks)
    if (block.name == "fw" && block.get("type") == "header") ++running[folded(d.lines[d.line_at(block.at.begin)].text)];
  const Line *first = nullptr, *title = nullptr;
  std::size_t most = 2;  // heads that are needed
  std::size_t seen = 0;
  for (const Line& line : d.lines) {
    const std::string_view text = trim(line.text);
    if (text.empty()) continue;
    const Node* block = d.block_of(line);
    const bool page = block != nullptr && block->name == "titlePage";
    if (++seen > title_lines || (block != nullptr && !page && block->name != "fw")) break;
    if (page && first == nullptr) first = &line;
    const auto found = running.find(folded(text));
    if (found == running.end() || found->second <= most) continue;
    most = found->second;
    title = &line;
  }
  if (title != nullptr)
    out.meta("title", trim(title->text), title->at, "metadata.title", {90, "it comes again as a running head"});
  else if (first != nullptr)
    out.meta("title", whole_title(d, first), first->at, "metadata.title", {85, "it stands first on the title page"});
}

void run(const Document& d, const Rules& rules, Proposal& out) {
  take_title(d, out);
  for (const Node& block : d.blocks)
    if (block.name == "keywords") take_keywords(d, block, rules, out);
}

}  // namespace

extern const Stage stage_metadata{.name = "metadata",
                                  .summary = "Take title and keywords from where they are printed",
                                  .needs = "languages",
                                  .provides = "metadata",
                                  .rules = &embedded::rules_metadata,
                                  .run = run};

}  // namespace emend
