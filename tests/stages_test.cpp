// What stages make of tiny books: tests/data/{headings,contents,notes,furniture,pages,labels}/*.txt.
//
//   book WHAT IT SHOWS   a book begins, and is all lines up to the next `made`; a line <page> is a form feed
//   made                 and all lines up to the next book are what is made of it, as far as the folder asks:
//
//   headings    head LEVEL WORDS; of front and back matter with `front` or `back` behind
//   contents    entry LEVEL WORDS -> the heading it leads to
//   notes       note WORDS, or note misread SURE WORDS; mark …WORDS BEFORE -> WORDS; continues WORDS -> WORDS
//   furniture   fw TYPE WORDS
//   pages       page WORDS, the first of each
//   labels      page LABEL SURE WORDS
//   all         doubt RULE WORDS, of the rules of the stage
//
// The stages run up to that of the folder (for contents, to headings, which links the entries). Of words there are as
// many as show which are meant; a line feed within them reads as " / ".
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "pipeline/text/script.h"
#include "stages/read/text/text.h"
#include "tests/workbench.h"

namespace emend {
namespace {

constexpr std::size_t most = 40;  // characters of words that are shown

struct TinyBook {
  std::string where, shows, text, made;
};

std::string shown_words(std::string_view text) {
  std::string out;
  std::size_t n = 0;
  text = trim(text);
  for (std::size_t i = 0; i < text.size() && n < most; ++n) {
    const std::size_t begin = i;
    next_character(text, i);
    out += text[begin] == '\n' || text[begin] == '\f' ? std::string(" / ") : std::string(text.substr(begin, i - begin));
  }
  return std::string(trim(out));
}

// The current text of the lines that begin within a span, without the labels of notes.
std::string words_at(const Document& d, Span at) {
  std::string out;
  const auto [first, last] = d.lines_of({at.begin, std::max(at.end, at.begin + 1)});
  for (std::size_t i = first; i < last; ++i) {
    std::string_view text = d.lines[i].text;
    for (const Node& phrase : d.phrases)
      if (phrase.name == "label" && phrase.at.begin == d.lines[i].at.begin) text.remove_prefix(phrase.at.size());
    if (!trim(text).empty()) out += (out.empty() ? "" : "\n") + std::string(trim(text));
  }
  return shown_words(out);
}

std::string before(const Document& d, std::uint32_t at) {
  std::size_t from = at > 12 ? at - 12 : 0;
  while (from < at && (static_cast<unsigned char>(d.source[from]) & 0xC0u) == 0x80) ++from;
  std::string out = d.source.substr(from, at - from);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string block_made(const Document& d, const Node& node) {
  if (node.name == "head") {
    const std::string_view part = node.get("part");
    return "head " + std::string(node.get("level")) + " " + words_at(d, node.at) +
           (part.empty() || part == "body" ? "" : " " + std::string(part)) + "\n";
  }
  if (node.name == "entry") {
    std::string to;
    for (const Link& link : d.links)
      if (link.name == "contents" && link.at == node.at) to = " -> " + words_at(d, link.to);
    return "entry " + std::string(node.get("level")) + " " + words_at(d, node.at) + to + "\n";
  }
  if (node.name == "fw") return "fw " + std::string(node.get("type")) + " " + words_at(d, node.at) + "\n";
  if (node.name != "note") return {};
  return (d.ledger[node.change].rule == "notes.body-misread"
              ? "note misread " + std::to_string(d.ledger[node.change].sure) + " "
              : std::string("note ")) +
         words_at(d, node.at) + "\n";
}

std::string links_made(const Document& d) {
  std::string out;
  for (const Link& link : d.links) {
    if (link.name == "note") out += "mark …" + before(d, link.at.begin) + " -> " + words_at(d, link.to) + "\n";
    if (link.name == "continues") out += "continues " + words_at(d, link.at) + " -> " + words_at(d, link.to) + "\n";
  }
  return out;
}

struct Asked {
  std::string_view folder, last_stage;
  std::vector<std::string_view> blocks;
  std::string_view doubts;  // that rules with this beginning have
};

const std::vector<Asked> folders = {{"headings", "headings", {"head"}, "head."},
                                    {"contents", "headings", {"entry"}, "contents."},
                                    {"notes", "notes", {"note"}, "notes."},
                                    {"furniture", "furniture", {"fw"}, "furn."},
                                    {"pages", "pages", {}, "pages."},
                                    {"labels", "labels", {}, "contents.page"}};

std::string made_of(const std::string& text, const Asked& asked) {
  static const Plan plan;
  Document d = read_text("tiny.txt", text);
  for (const Stage* stage : plan.stages()) {
    plan.run(*stage, d, true);
    if (stage->name == asked.last_stage) break;
  }
  std::string out;
  for (const Node& node : d.blocks)
    if (std::find(asked.blocks.begin(), asked.blocks.end(), node.name) != asked.blocks.end())
      out += block_made(d, node);
  if (asked.folder == "notes") out += links_made(d);
  for (const Page& page : d.pages)
    if (asked.folder == "pages" || asked.folder == "labels") {
      const std::string label =
          asked.folder == "pages" ? "" : std::string(page.label) + " " + std::to_string(page.sure) + " ";
      out += "page " + label + words_at(d, {page.at.begin, page.at.begin + 1}) + "\n";
    }
  for (const Change& c : d.ledger)
    if (c.kind == Kind::doubt && c.rule.starts_with(asked.doubts))
      out += "doubt " + std::string(c.rule) + " " + words_at(d, c.at) + "\n";
  return out;
}

std::vector<TinyBook> tiny_books(const std::filesystem::path& path) {
  std::vector<TinyBook> books;
  bool made = false;
  std::string whole = read_file(path);
  std::string_view rest = whole;
  for (int number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.starts_with("book ")) {
      books.push_back({path.filename().string() + ":" + std::to_string(number), std::string(line.substr(5)), "", ""});
      made = false;
    } else if (line == "made") {
      made = true;
    } else if (!books.empty() && made) {
      if (!line.empty()) books.back().made += std::string(line) + "\n";
    } else if (!books.empty()) {
      books.back().text += line == "<page>" ? "\f" : std::string(line) + "\n";
    }
  }
  return books;
}

void check(std::string_view folder) {
  const auto asked = std::find_if(folders.begin(), folders.end(), [&](const Asked& a) { return a.folder == folder; });
  ASSERT_NE(asked, folders.end());
  std::size_t n = 0;
  for (const auto& entry : std::filesystem::directory_iterator(EMEND_SOURCE_DIR "/tests/data/" + std::string(folder)))
    for (const TinyBook& book : tiny_books(entry.path())) {
      ++n;
      EXPECT_EQ(made_of(book.text, *asked), book.made) << folder << "/" << book.where << ": " << book.shows;
    }
  EXPECT_GT(n, 0u);
}

TEST(Stages, headings) { check("headings"); }
TEST(Stages, contents) { check("contents"); }
TEST(Stages, notes) { check("notes"); }
TEST(Stages, furniture) { check("furniture"); }
TEST(Stages, pages) { check("pages"); }
TEST(Stages, labels) { check("labels"); }

}  // namespace
}  // namespace emend
