// A tool that reads a page sees where a line stands, and not what other pages have there: it takes a chapter's title at
// the top of its page for a running head. So what it says is held against the pages around.
#include "stages/20-furniture/declared.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/text/script.h"
#include "stages/20-furniture/edge_shape.h"
#include "weights/furniture.h"

namespace emend {

namespace {

struct Declared {
  std::size_t line = 0;
  int page = 0;
  std::string_view said;
  bool opens = false;     // a part of the book, by its words
  bool numbered = false;  // the source says that a page number is among the words
  EdgeShape shape;
};

bool ends_page(const Document& d, std::size_t line) {
  return d.lines[line].at.end < d.source.size() && d.source[d.lines[line].at.end] == '\f';
}

std::vector<Declared> all_declared(const Document& d, const Rules& rules, const std::vector<bool>& taken) {
  std::vector<Declared> all;
  int page = 0;
  std::size_t at = 0;
  for (const Node& said : d.declared) {
    const bool furniture = said.name == "header" || said.name == "footer" || said.name == "pageNum" ||
                           said.name == "watermark" || said.name == "catch" || said.name == "sig";
    const auto [first, last] = d.lines_of({said.at.begin, said.at.end + 1});
    for (std::size_t i = first; furniture && i < last; ++i) {
      for (; at < i; ++at) page += d.pages.empty() ? ends_page(d, at) : d.lines[at + 1].page != d.lines[at].page;
      if (!taken[i] && !trim(d.lines[i].text).empty())
        all.push_back({i, page, said.name, !said.get("opens").empty(), !said.get("numbered").empty(),
                       edge_shape(trim(d.lines[i].text), rules)});
    }
  }
  return all;
}

// Whether nothing stands before the line on its page but other furniture that is declared.
bool stands_at_top(const Document& d, std::size_t line) {
  while (line-- > 0) {
    if (ends_page(d, line)) return true;
    if (trim(d.lines[line].text).empty()) continue;
    const Node* said = d.declaration(d.lines[line]);
    if (said == nullptr || (said->name != "header" && said->name != "pageNum")) return false;
  }
  return true;
}

// How often words are declared, and how often a number has the same distance from its page.
struct Returns {
  explicit Returns(const std::vector<Declared>& all) {
    for (const Declared& one : all) {
      ++words[one.shape.words];
      if (one.shape.number != 0) ++counts[one.shape.number - one.page];
    }
  }
  std::map<std::u32string, int> words;
  std::map<int, int> counts;
};

// What a declared line is, all pages considered.
struct Verdict {
  Verdict(const Declared& one, const Returns& returns)
      : number(one.shape.words.empty() && one.shape.number != 0),
        watermark(one.said == "watermark"),
        sheet(one.said == "catch" || one.said == "sig"),
        counted(one.shape.number != 0 && returns.counts.at(one.shape.number - one.page) > 1),
        once(!number && !counted && !watermark && returns.words.at(one.shape.words) == 1) {}
  bool number, watermark, sheet;  // sheet: a catchword or signature
  bool counted;                   // its number counts with the pages
  bool once;                      // nothing but the source says that it is furniture
};

std::string attributes_of(const Declared& one, const Verdict& v, bool top) {
  std::string out = v.sheet                             ? "type=" + std::string(one.said)
                    : v.watermark                       ? "type=watermark"
                    : v.number || one.said == "pageNum" ? "type=pageNum"
                    : top                               ? "type=header"
                                                        : "type=footer";
  if (!v.watermark) out += top ? "\nplace=top" : "\nplace=bottom";
  const bool numbered = v.number || v.counted || ((one.numbered || one.shape.apart) && one.shape.number != 0);
  if (numbered && !v.sheet) out += "\nnumber=" + write_number(one.shape.number, one.shape.form);
  return out;
}

}  // namespace

void name_declared(const Document& d, const Rules& rules, std::vector<bool>& taken, Proposal& out) {
  for (std::size_t i = 0; i < d.lines.size(); ++i)
    if (const Node* said = d.declaration(d.lines[i]); said != nullptr && said->name == "foot")
      taken[i] = taken[i] || wider_than(trim(d.lines[i].text), furniture::longest_number);
  const std::vector<Declared> all = all_declared(d, rules, taken);
  const Returns returns(all);
  for (const Declared& one : all) {
    const Verdict verdict(one, returns);
    if (verdict.once && one.said == "header" && one.opens) {
      out.doubt(
          d.lines[one.line].at, "furn.declared-heading",
          {60, "the source calls it a running head, but it stands on this page alone and opens a part of the book"});
      continue;
    }
    const std::string attributes = attributes_of(one, verdict, stands_at_top(d, one.line));
    taken[one.line] = true;
    out.block(one.line, one.line, "fw", attributes, "furn.declared",
              {static_cast<std::uint8_t>(verdict.once ? 85 : 95), "the source says so"});
  }
}

}  // namespace emend
