// Decisions: their form, and that whatever a person decides, the book stays sound and its edition valid.
#include "pipeline/run/decisions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "pipeline/document/commit.h"
#include "pipeline/document/ledger.h"
#include "pipeline/run/plan.h"
#include "stages/write/tei/tei.h"
#include "stages/write/validate/validate.h"
#include "tests/random.h"

namespace emend {
namespace {

std::string sample(const char* name) {
  std::ifstream in(std::string(EMEND_SOURCE_DIR) + "/samples/" + name + "/input.txt", std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

TEST(Decisions, AreReadAsTheyAreWritten) {
  for (const char* line :
       {"accept a.rule: x[[y]]z", "reject a.rule 2/3: [[y]]", "level 2: [[y]]", "head: [[y]]", "head 3: [[y]]",
        "furniture header: [[y]]", "paragraph: [[a: b]]", "note [1]: [[y]]", "link: a[[b]]c -> d[[e]]f",
        "join: a[[\\n]]b", "split: a[[\\n]]b", "read: a[[b]]c => d \\\\ \\> e", "read: [[b]] => ", "look: a[[b]]c",
        "look: [[b]] => 廿 in the scan", "fact title: A \\> B: c", "fact author: 张三"})
    EXPECT_EQ(written(read_decision(line, "here")), line);
}

TEST(Decisions, ALevelMovesItsSiblingsAndWhatIsBelowThem) {
  const Plan plan;
  const std::string text =
      "1 One\n\nText of one.\n\n1.1 First\n\nText.\n\n1.2 Second\n\nText.\n\n2 Two\n\nText of two.\n\n2.1 "
      "Third\n\nText.\n";
  const auto levels = [&](const std::vector<std::string>& lines) {
    Document d = open_document("t", text);
    rule(d, lines);
    plan.run(d);
    std::string all;
    for (const Node& b : d.blocks)
      if (b.name == "head") all += b.get("level");
    return all;
  };
  EXPECT_EQ(levels({}), "12212");
  EXPECT_EQ(levels({"level 2: [[2 Two]]"}), "23323");
  EXPECT_EQ(levels({"level 3: [[1.2 Second]]"}), "13313");
  EXPECT_EQ(levels({"level 3: [[1.2 Second]]", "level 2: [[2.1 Third]]"}), "13312");
}

// The book once its stages have run and the decisions were heeded.
Document decided(const std::string& text, const std::vector<std::string>& lines) {
  static const Plan plan;
  Document d = open_document("t", text);
  rule(d, lines);
  plan.run(d);
  return d;
}

std::size_t blocks_named(const Document& d, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(d.blocks.begin(), d.blocks.end(), [&](const Node& b) { return b.name == name; }));
}

// The rule that made the first block of that name.
std::string rule_of(const Document& d, std::string_view name) {
  for (const Node& b : d.blocks)
    if (b.name == name) return std::string(d.ledger[b.change].rule);
  return {};
}

TEST(Decisions, ANoteThatIsRejectedLeavesNoLabelAndNoLink) {
  const std::string text =
      "The weirs were built of stakes and wattle^1, and mended each spring by the men of both of the shores.\n\n"
      "^1 The stakes were of alder.\n";
  const Document d = decided(text, {});
  ASSERT_EQ(blocks_named(d, "note"), 1u);
  ASSERT_EQ(d.links.size(), 1u);
  const Document rejected = decided(text, {"reject " + rule_of(d, "note") + ": [[^1 The stakes were of alder.]]"});
  EXPECT_EQ(blocks_named(rejected, "note"), 0u);
  EXPECT_TRUE(rejected.links.empty());
  for (const Node& phrase : rejected.phrases) EXPECT_NE(phrase.name, "label");
}

TEST(Decisions, AListThatIsRejectedIsSoWithItsItems) {
  const std::string text =
      "What was brought to the shore in that year, and in the year after it, by the people of the farms:\n\n"
      "• iron from the crossing, in bars\n• alder from the wood behind the church\n• hazel from everywhere else\n\n"
      "And nothing else was brought to the shore by anybody who came from inland in either of these two years.\n";
  const Document d = decided(text, {});
  ASSERT_EQ(blocks_named(d, "list"), 1u);
  ASSERT_EQ(blocks_named(d, "item"), 3u);
  const std::string listed =
      "• iron from the crossing, in bars\\n• alder from the wood behind the church\\n• hazel from everywhere else";
  const Document rejected = decided(text, {"reject " + rule_of(d, "list") + ": [[" + listed + "]]"});
  EXPECT_EQ(blocks_named(rejected, "list"), 0u);
  EXPECT_EQ(blocks_named(rejected, "item"), 0u);
}

TEST(Decisions, ASplitWithinALineIsAByteOfTheTextAsItCame) {
  const std::string text = "One. Two.\nThree. Four.\n";
  using Bytes = std::vector<std::uint32_t>;
  EXPECT_EQ(breaks_decided(text, {"split: [[Four]]", "split: One. [[Two]]"}), (Bytes{5, 17}));
  EXPECT_EQ(breaks_decided(text, {"split: [[Three]]", "split: Two.[[\\n]]Three", "join: [[Two]]", "split: [[Five]]"}),
            Bytes{})
      << "where a line begins, nothing need be put in";
  Document d = open_document("t", "One. \nTwo.\nThree. Four.\n");
  rule(d, {"split: One. [[Two]]"}, {5});
  ASSERT_EQ(d.rulings.size(), 1u);
  EXPECT_EQ(d.rulings[0].trouble, "");
  EXPECT_EQ(d.slice(d.rulings[0].at), "Two.");
}

// Every kind of decision at random places of real samples, sense or no sense: the stages must cope, the ledger must
// replay, and the edition must be valid.
TEST(Decisions, OfAnyKindLeaveTheBookSound) {
  const Plan plan;
  Random random(11);
  constexpr Deed deeds[] = {Deed::accept, Deed::reject, Deed::level, Deed::head,  Deed::furniture, Deed::paragraph,
                            Deed::note,   Deed::link,   Deed::join,  Deed::split, Deed::read,      Deed::look};
  for (const char* name : {"thesis-zh", "monograph-en", "report-fr", "essays-zh"}) {
    const std::string text = sample(name);
    Document plain = open_document("t", text);
    plan.run(plain);
    for (int round = 0; round < 12; ++round) {
      std::vector<std::pair<Span, Span>> places;
      std::vector<Span> wanted;
      std::vector<const Change*> change;
      for (int i = 0; i < 25; ++i) {
        const Change& c = plain.ledger[random.below(plain.ledger.size())];
        const Line& a = plain.lines[random.below(plain.lines.size())];
        const Line& b = plain.lines[random.below(plain.lines.size())];
        const bool of_change = random.one_in(2) && !c.at.empty();
        Span at =
            of_change ? Span{c.at.begin, std::min(c.at.end, plain.lines[plain.line_at(c.at.begin)].at.end)} : a.at;
        places.push_back({at.empty() ? Span{0, 9} : at, b.at.empty() ? Span{0, 9} : b.at});
        wanted.insert(wanted.end(), {places.back().first, places.back().second});
        change.push_back(&c);
      }
      const PlaceNames names(text, wanted);
      std::vector<std::string> lines;
      for (std::size_t i = 0; i < places.size(); ++i) {
        Decision d;
        d.deed = random.of(deeds);
        if (d.deed == Deed::accept || d.deed == Deed::reject) d.argument = change[i]->rule;
        if (d.deed == Deed::level) d.argument = std::to_string(1 + random.below(9));
        if (d.deed == Deed::note && random.one_in(2)) d.argument = "1";
        d.at = names.of(places[i].first);
        d.to = names.of(places[i].second);
        if (d.deed == Deed::read) d.text = random.one_in(3) ? "" : "读法 & <other>";
        if (d.deed == Deed::read && d.at.exact.find('\n') != std::string::npos) continue;
        lines.push_back(written(d));
      }
      Document d = open_document("t", text);
      rule(d, lines);
      std::string said;
      for (const std::string& line : lines) said += line + "\n";
      ASSERT_NO_THROW(plan.run(d, {}, true)) << name << "\n" << said;
      const std::string tei = write_tei(d, {});
      for (const Problem& p : validate(tei, emend_grammar(), 3))
        ADD_FAILURE() << name << ": " << p.path << ": " << p.message << "\n" << said;
      const std::string wire = write_ledger(d, {});
      Ledger ledger = read_ledger(wire, "ledger");
      const Document again = replay(text, ledger);
      ASSERT_EQ(write_tei(again, {}), tei) << name << "\n" << said;
      for (const Ruling& r : d.rulings) {
        const auto about = [&](const Change& c) {
          return (c.kind == Kind::meta && c.name == "decision" && c.after == r.line) ||
                 (c.rule == "decision.unheeded" && c.reason.find(r.line) != c.reason.npos);
        };
        ASSERT_TRUE(std::any_of(d.ledger.begin(), d.ledger.end(), about)) << "neither heeded nor reported: " << r.line;
      }
    }
  }
}

}  // namespace
}  // namespace emend
