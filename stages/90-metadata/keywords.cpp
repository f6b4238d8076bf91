// The words of a list of keywords, each by itself.
#include "stages/90-metadata/keywords.h"

#include <string>

#include "pipeline/text/script.h"
#include "weights/metadata.h"

namespace emend {

namespace {

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
    if (!term.empty() && term.size() <= metadata::longest_term) f(term);
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

void take_list(const Document& d, const Node& block, const Rules& rules, Proposal& out) {
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

}  // namespace

void take_keywords(const Document& d, const Rules& rules, Proposal& out) {
  for (const Node& block : d.blocks)
    if (block.name == "keywords") take_list(d, block, rules, out);
}

}  // namespace emend
