// The second reader: that it changes certainties and nothing else, leaves alone what a person decided, and sees what is
// missing.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "stages/88-second-reader/model.h"
#include "stages/88-second-reader/witnesses.h"

namespace emend {
namespace {

constexpr std::string_view book =
    "Chapter 1 The lock\n\nThe lock was built by the carpenter of the lower village in the spring\n"
    "of a dry year, and nobody has mended it since, though everybody has said\nthat it should be.1\n\n"
    "1 Accounts of the lower village, p. 12.\n\f"
    "Chapter 2 The weir\n\nThe weir is older than the lock. It keeps the water where the mill needs\n"
    "it, and lets it go where the meadow does.\n\n2\n\f"
    "Chapter 3 The gate\n\nThe gate was hung in the year of the flood, and it has been shut ever\n"
    "since, so that nobody knows whether it would still turn.\n\n3\n";

Document read_by_all(const Plan& plan, std::string_view text) {
  Document d = open_document("book.txt", std::string(text));
  plan.run(d);
  return d;
}

const Stage& second_reader(const Plan& plan) { return *plan.find("second-reader"); }

TEST(SecondReader, changesNothingButCertaintiesAndDoubts) {
  const Plan plan;
  Document d = open_document("book.txt", std::string(book));
  for (const Stage* stage : plan.stages()) {
    if (stage == &second_reader(plan)) break;
    plan.run(*stage, d);
  }
  Proposal proposal(d, "second-reader");
  second_reader(plan).run(d, plan.rules_of(second_reader(plan)), proposal);
  EXPECT_FALSE(proposal.weights().empty());
  for (const Change& c : proposal.changes()) EXPECT_EQ(c.kind, Kind::doubt);
  for (const Weight& w : proposal.weights()) {
    EXPECT_LT(w.change, d.ledger.size());
    EXPECT_LT(w.sure, 100);
    EXPECT_LT(d.ledger[w.change].sure, 100) << "what is certain by decision or declaration is not weighed";
  }
}

TEST(SecondReader, givesEveryLineOneRoleInAll) {
  const Plan plan;
  const Document d = read_by_all(plan, book);
  const reader::Sight sight = reader::look_at(d, plan.rules_of(second_reader(plan)));
  const auto probabilities = reader::fitted_model().probabilities(sight);
  ASSERT_EQ(probabilities.size(), sight.lines.size());
  for (const reader::Scores& p : probabilities) EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0F), 1, 1e-3);
}

TEST(SecondReader, saysWhatItSeesOfEveryLineThatIsNotBlank) {
  const Plan plan;
  const Document d = read_by_all(plan, book);
  const std::string seen = witnesses_of(d, plan.rules_of(second_reader(plan)));
  EXPECT_EQ(std::count(seen.begin(), seen.end(), '\n'), 13);
  EXPECT_EQ(seen.substr(0, seen.find('\t')), "0+18");
  EXPECT_NE(seen.find("label.mark-on-page"), std::string::npos);
}

// What is seen of the line that begins with these words.
std::string seen_of(std::string_view text, std::string_view words) {
  const Plan plan;
  const Document d = read_by_all(plan, text);
  const std::string seen = witnesses_of(d, plan.rules_of(second_reader(plan)));
  const std::size_t at = seen.find("\n" + std::to_string(text.find(words)) + "+");
  return at == seen.npos ? std::string{} : seen.substr(at + 1, seen.find('\n', at + 1) - at - 1);
}

TEST(SecondReader, seesHowTheTextBeforeEndsAndHowTheLineBegins) {
  EXPECT_NE(seen_of(book, "of a dry year").find("turn.full-open-small-close"), std::string::npos);
  EXPECT_NE(seen_of(book, "The lock was").find("turn.short-open-plain-apart"), std::string::npos);
}

TEST(SecondReader, looksPastAMarkForTheEndOfTheSentence) {
  const std::string text =
      "The lock was built by the carpenter of the lower village in the spring\n"
      "of a dry year, and nobody has mended it since, though everybody says it.1\n"
      "The weir is older than the lock. It keeps the water where the mill needs it\n"
      "and lets it go where the meadow does.\n\n1 Accounts of the lower village, p. 12.\n";
  EXPECT_NE(seen_of(text, "The weir is older").find("text.above-ends"), std::string::npos);
}

TEST(SecondReader, seesThatAPageGoesOnWhateverStandsAboveIt) {
  const std::string text =
      "The lock was built by the carpenter of the lower village in the spring\n"
      "of a dry year, and nobody has mended it since, though everybody has\n\f"
      "VVeir 1 !\nsaid that it should be, for the water stands too high in the summer and\n"
      "too low when the mill needs it.\n";
  EXPECT_NE(seen_of(text, "said that").find("page.small"), std::string::npos);
}

TEST(SecondReader, knowsTheNumberOfAFormula) {
  const std::string text =
      "The height of the water follows from the width of the gate,\n\nh = q / w\n\n(2.3)\n\n"
      "where q is what flows and w is how wide the gate stands open in the evening.\n";
  EXPECT_NE(seen_of(text, "(2.3)").find("words.equation-number"), std::string::npos);
  EXPECT_NE(seen_of(text, "h = q").find("words.relation"), std::string::npos);
}

TEST(SecondReader, weighsNothingInAFewLines) {
  const Plan plan;
  const Document d = read_by_all(plan, book.substr(0, book.find('\f')));
  for (const Change& c : d.ledger) EXPECT_NE(c.stage, "second-reader");
  for (const Change& c : d.ledger) EXPECT_EQ(c.reason.find("perhaps"), std::string_view::npos);
}

TEST(SecondReader, doesNotJudgeWhatAPersonDecided) {
  const Plan plan;
  Document d = open_document("book.txt", std::string(book));
  const auto at = static_cast<std::uint32_t>(book.find("The weir is older"));
  Ruling ruling;
  ruling.deed = Deed::head;
  ruling.at = {at, at + 8};
  ruling.line = "head: The weir is older";
  d.rulings.push_back(ruling);
  plan.run(d);
  for (const Change& c : d.ledger) EXPECT_TRUE(c.kind != Kind::block || c.at.begin != at || c.sure == 100);
  EXPECT_TRUE(std::none_of(d.ledger.begin(), d.ledger.end(), [&](const Change& c) {
    return c.stage == "second-reader" && c.at.begin <= at && at < c.at.end;
  }));
}

TEST(SecondReader, readsATextWithoutLines) {
  const Plan plan;
  EXPECT_TRUE(read_by_all(plan, "\n\n").lines.size() < 3);
}

TEST(Reweigh, setsTheCertaintyOfAChangeAndOfItsLink) {
  Document d = open_document("a", "text1\n1 note\n");
  Change link;
  link.kind = Kind::link;
  link.name = "note";
  link.stage = "notes", link.rule = "notes.number";
  link.at = {4, 5};
  link.to = {6, 12};
  commit(d, std::span(&link, 1));
  const Weight weight{0, 42, "perhaps not"};
  reweigh(d, std::span(&weight, 1));
  EXPECT_EQ(d.ledger[0].sure, 42);
  EXPECT_EQ(d.ledger[0].reason, "perhaps not");
  EXPECT_EQ(d.links[0].sure, 42);
}

}  // namespace
}  // namespace emend
