// Random documents and random changes against the simplest thing that could be right: strings that are replaced.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "pipeline/document/commit.h"
#include "pipeline/document/ledger.h"
#include "pipeline/document/proposal.h"
#include "pipeline/document/runs.h"
#include "tests/random.h"

namespace emend {
namespace {

constexpr std::array<std::string_view, 18> pieces = {"a",  "b",        "-",    "t", "\n",        "\r\n",
                                                     "\r", "\f",       "1",    " ", "　",        "第",
                                                     "\t", "\xE4\xB8", "\xFF", "①", "word word", "\\x"};
constexpr std::array<std::string_view, 6> replacements = {"", "x", "yz", "ab", "，", "\xC0\t"};
constexpr std::array<std::string_view, 3> stage_names = {"one", "two", "three"};
constexpr std::array<std::string_view, 4> names = {"p", "note", "head", "mark"};

struct Replacement {
  std::size_t begin, end;
  std::string_view after;
};

// What an imagined stage does, and what the lines must read after it.
class Revision {
 public:
  Revision(const Document& d, Random& random) : d_(d), random_(random), proposal_(d, random.of(stage_names)) {
    for (const Line& line : d.lines) want.emplace_back(line.text);
  }

  void edit_lines(std::size_t most_per_line) {
    for (std::size_t i = 0; i < d_.lines.size(); ++i) edit_line(i, random_.below(most_per_line + 1));
  }

  void add_everything_else() {
    for (const Line& line : d_.lines) {
      if (random_.one_in(3)) add_phrase(line);
      if (random_.one_in(4)) add_block(&line - d_.lines.data());
      if (random_.one_in(6)) proposal_.join(line, random_.of(replacements), "r", {90, "looks joined\tindeed"});
      if (random_.one_in(6)) proposal_.page(line, random_.of(replacements), random_.one_in(2), "r");
      if (random_.one_in(6)) proposal_.link(random_.of(names), any_span(), any_span(), "r", {40, ""});
      if (random_.one_in(9)) proposal_.meta("title", random_.bytes(12), any_span(), "r");
      if (random_.one_in(9)) proposal_.doubt(any_span(), "r", {10, random_.bytes(9)});
    }
  }

  const std::vector<Change>& changes() const { return proposal_.changes(); }

  std::vector<std::string> want;
  std::size_t edits = 0;

 private:
  void edit_line(std::size_t index, std::size_t times) {
    const Line& line = d_.lines[index];
    const bool free = d_.first_phrase(line.at.begin) == d_.first_phrase(line.at.end) &&
                      d_.first_patch(line.at.begin) == d_.first_patch(line.at.end);
    std::vector<Replacement> done;
    std::size_t at = 0;
    for (; times > 0; --times) {
      if (random_.one_in(4)) at = random_.below(line.text.size() + 1);  // now and then, against the order of the text
      const std::size_t begin = std::min(at + random_.below(6), line.text.size());
      const Replacement r{begin, std::min(begin + random_.below(9), line.text.size()), random_.of(replacements)};
      const bool taken = proposal_.edit(line, r.begin, r.end, r.after, "r", {99, "because"});
      if (taken) done.push_back(r);
      EXPECT_TRUE(taken || !free || !named_.empty() || may_refuse(line, r, done))
          << '\'' << line.text << "' " << r.begin << '-' << r.end << ' ' << r.after;
      at = r.end;
    }
    // Replaced from the end, so that the offsets of those before stay right.
    std::sort(done.begin(), done.end(), [](const Replacement& a, const Replacement& b) { return a.begin > b.begin; });
    for (const Replacement& r : done) want[index].replace(r.begin, r.end - r.begin, r.after);
    edits += done.size();
  }

  // Where there are no patches and no phrases, only these are reasons to refuse.
  static bool may_refuse(const Line& line, const Replacement& r, const std::vector<Replacement>& done) {
    return r.begin >= r.end || line.text.substr(r.begin, r.end - r.begin) == r.after ||
           std::any_of(done.begin(), done.end(),
                       [&](const Replacement& other) { return other.begin < r.end && r.begin < other.end; });
  }

  void add_phrase(const Line& line) {
    const std::size_t begin = random_.below(line.text.size()), end = begin + random_.below(5);
    const Span at = proposal_.phrase(line, begin, end, random_.of(names), "n=1\ncert=low", "r");
    if (!at.empty()) named_.push_back(at);
  }

  void add_block(std::ptrdiff_t line) {
    const auto first = static_cast<std::size_t>(line), last = first + random_.below(d_.lines.size() - first);
    const Span at = d_.hull(first, last);
    const auto crosses = [&](Span other) {
      return other.begin <= at.end && at.begin <= other.end && !other.contains(at) && !at.contains(other);
    };
    for (const Node& block : d_.blocks)
      if (crosses(block.at)) return;
    for (const Change& c : changes())
      if (c.kind == Kind::block && crosses(c.at)) return;
    proposal_.block(first, last, random_.of(names), "level=2\nn=\xFF", "r");
  }

  Span any_span() {
    const auto begin = static_cast<std::uint32_t>(random_.below(d_.source.size() + 1));
    return {begin, begin + static_cast<std::uint32_t>(random_.below(d_.source.size() - begin + 1))};
  }

  const Document& d_;
  Random& random_;
  Proposal proposal_;
  std::vector<Span> named_;
};

void expect_text(const Document& d, const std::vector<std::string>& want) {
  for (std::size_t i = 0; i < want.size(); ++i) ASSERT_EQ(d.lines[i].text, want[i]) << "line " << i;
}

// The invariants that the fields of Document state, and that its readers rely on.
void expect_sound(const Document& d) {
  for (std::size_t i = 0; i + 1 < d.patches.size(); ++i) ASSERT_LE(d.patches[i].at.end, d.patches[i + 1].at.begin);
  for (std::size_t i = 0; i + 1 < d.phrases.size(); ++i) ASSERT_LE(d.phrases[i].at.end, d.phrases[i + 1].at.begin);
  for (const Node& phrase : d.phrases) {
    ASSERT_TRUE(d.lines[d.line_at(phrase.at.begin)].at.contains(phrase.at));
    for (const Patch& patch : d.patches)
      ASSERT_TRUE(phrase.at.contains(patch.at) || patch.at.end <= phrase.at.begin || phrase.at.end <= patch.at.begin);
  }
  for (const Node& block : d.blocks)
    ASSERT_TRUE(block.parent < 0 || d.blocks[static_cast<std::size_t>(block.parent)].at.contains(block.at));
  for (const Line& line : d.lines) {
    std::size_t smallest = std::string::npos;
    for (const Node& block : d.blocks)
      if (block.at.contains(line.at)) smallest = std::min<std::size_t>(smallest, block.at.size());
    const Node* block = d.block_of(line);
    ASSERT_EQ(block == nullptr ? std::string::npos : block->at.size(), smallest);
    std::string runs;
    each_run(d, line, [&](std::string_view text, const Node*) { runs += text; });
    ASSERT_EQ(runs, line.text);
  }
}

auto tied(const Line& x) { return std::tie(x.at, x.text, x.join, x.page, x.block, x.joined); }
auto tied(const Patch& x) { return std::tie(x.at, x.text); }
auto tied(const Node& x) { return std::tie(x.at, x.name, x.attributes, x.parent, x.change); }
auto tied(const Page& x) { return std::tie(x.at, x.label, x.sure, x.read); }
auto tied(const Link& x) { return std::tie(x.name, x.at, x.to, x.sure); }
auto tied(const Meta& x) { return std::tie(x.name, x.value, x.at); }
auto tied(const Change& x) {
  return std::tie(x.kind, x.sure, x.at, x.to, x.stage, x.rule, x.name, x.attributes, x.before, x.after, x.reason);
}

template <class T>
bool alike(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return tied(x) == tied(y); });
}

void expect_same(const Document& a, const Document& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.source, b.source);
  EXPECT_TRUE(alike(a.lines, b.lines)) << "lines differ";
  EXPECT_TRUE(alike(a.patches, b.patches)) << "patches differ";
  EXPECT_TRUE(alike(a.blocks, b.blocks)) << "blocks differ";
  EXPECT_TRUE(alike(a.phrases, b.phrases)) << "phrases differ";
  EXPECT_TRUE(alike(a.pages, b.pages)) << "pages differ";
  EXPECT_TRUE(alike(a.links, b.links)) << "links differ";
  EXPECT_TRUE(alike(a.metas, b.metas)) << "metas differ";
  EXPECT_TRUE(alike(a.ledger, b.ledger)) << "ledgers differ";
}

void expect_replayed(const Document& d) {
  const BookOptions options = {{"title", "A title\\with a line end\n"}, {"language", "zh-Hans"}, {"author", ""}};
  const std::string written = write_ledger(d, options);
  Ledger ledger = read_ledger(written, "book.ledger");
  EXPECT_EQ(ledger.options, options);
  const Document again = replay(d.source, ledger);
  expect_same(d, again);
  EXPECT_EQ(write_ledger(again, options), written);
  const std::string wire = write_wire(d, options);
  BookOptions piped;
  const Document through = read_wire(wire, "pipe", piped);
  EXPECT_EQ(piped, options);
  expect_same(d, through);
  EXPECT_EQ(write_wire(through, piped), wire);
}

TEST(Property, EditsAreReplacementsInAString) {
  Random random(7);
  std::size_t edits = 0;
  for (int book = 0; book < 20000 && !testing::Test::HasFailure(); ++book) {
    Document d = open_document("book.txt", random.text(pieces, 40));
    for (int stage = 0; stage < 4; ++stage) {
      Revision revision(d, random);
      revision.edit_lines(5);
      commit(d, revision.changes());
      verify(d);
      expect_text(d, revision.want);
      edits += revision.edits;
    }
  }
  EXPECT_GT(edits, 150000u);
}

TEST(Property, ADocumentIsWhatItsLedgerSays) {
  Random random(11);
  std::size_t edits = 0;
  for (int book = 0; book < 5000 && !testing::Test::HasFailure(); ++book) {
    Document d = open_document("a book\t" + random.bytes(3), random.text(pieces, 30));
    for (int stage = 0; stage < 5; ++stage) {
      Revision revision(d, random);
      const bool first = random.one_in(2);
      if (first) revision.add_everything_else();
      revision.edit_lines(3);
      if (!first) revision.add_everything_else();
      commit(d, revision.changes());
      verify(d);
      expect_text(d, revision.want);
      expect_sound(d);
      edits += revision.edits;
    }
    expect_replayed(d);
  }
  EXPECT_GT(edits, 20000u);
}

// A scan without line ends is one line, and the cost of an edit in it must not depend on how many there are.
TEST(Property, OneLineMayHoldHundredsOfPatches) {
  Random random(13);
  std::size_t edits = 0;
  for (int book = 0; book < 20 && !testing::Test::HasFailure(); ++book) {
    std::string source;
    while (source.size() < 8000) source += random.of(std::array<std::string_view, 4>{"ab", "第", "\xFF", " c"});
    Document d = open_document("scan.txt", source);
    for (int stage = 0; stage < 4; ++stage) {
      Revision revision(d, random);
      revision.edit_lines(1500);
      commit(d, revision.changes());
      verify(d);
      expect_text(d, revision.want);
      edits += revision.edits;
    }
    EXPECT_GT(d.patches.size(), 300u);
    expect_replayed(d);
  }
  EXPECT_GT(edits, 30000u);
}

TEST(Property, AnyBytesAreADocument) {
  Random random(17);
  for (int book = 0; book < 2000 && !testing::Test::HasFailure(); ++book) {
    Document d = open_document("bytes", random.bytes(200));
    Revision revision(d, random);
    revision.edit_lines(4);
    revision.add_everything_else();
    commit(d, revision.changes());
    verify(d);
    expect_text(d, revision.want);
    expect_sound(d);
    expect_replayed(d);
  }
}

}  // namespace
}  // namespace emend
