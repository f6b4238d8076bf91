// Notes: small pages in every form that text comes in, and which mark each note must be linked to.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/document/commit.h"
#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "stages/read/text/text.h"

namespace emend {

extern const Stage stage_notes, stage_pages;

namespace {

Document convert(const std::string& source) {
  Document d = read_text("t.txt", source);
  for (const Stage* stage : {&stage_pages, &stage_notes}) {
    const Rules rules = stage->rules == nullptr ? Rules() : Rules({Table{*stage->rules, "rules"}});
    Proposal proposal(d, stage->name);
    stage->run(d, rules, proposal);
    commit(d, proposal.changes());
  }
  return d;
}

// "…words before the mark → note's text" for each link, in the order of the text; labels are left out.
std::vector<std::string> links_of(const Document& d) {
  std::vector<std::string> out;
  for (const Link& link : d.links) {
    if (link.name != "note") continue;
    const std::size_t from = link.at.begin > 6 ? link.at.begin - 6 : 0;
    std::string note;
    const auto [first, last] = d.lines_of(link.to);
    for (std::size_t i = first; i < last; ++i) {
      std::string_view text = d.lines[i].text;
      for (const Node& phrase : d.phrases)
        if (phrase.name == "label" && phrase.at.begin == d.lines[i].at.begin) text.remove_prefix(phrase.at.size());
      note += text;
    }
    out.push_back(d.source.substr(from, link.at.begin - from) + "|" + note);
  }
  return out;
}

std::size_t doubts(const Document& d, std::string_view rule) {
  std::size_t n = 0;
  for (const Change& c : d.ledger) n += c.kind == Kind::doubt && c.rule == rule;
  return n;
}

using Links = std::vector<std::string>;

TEST(Notes, bare_figures_glued_to_words) {
  const Document d = convert(
      "The mill stood on the pond,1 which filled twice a day.2 It had 12 wheels\nand ground 3.5 tons.\n"
      "1 Or the creek.\n2 At springs.\n\fThe gate was raised3 by hand.\n3 With a winch.\n");
  EXPECT_EQ(links_of(d), (Links{" pond,|Or the creek.", "a day.|At springs.", "raised|With a winch."}));
}

TEST(Notes, raised_figures_but_no_powers) {
  const Document d = convert(
      "The mill stood on 40 m² of the pond,¹ which filled twice.²\n¹ Or the creek.\n² At springs.\n\f"
      "The gate was raised³ by hand.\n³ With a winch.\n");
  EXPECT_EQ(links_of(d), (Links{" pond,|Or the creek.", "twice.|At springs.", "raised|With a winch."}));
}

TEST(Notes, labels_in_lines_of_their_own_are_zipped_with_the_notes) {
  const Document d = convert(
      "marsh①  and pond②  and weir③ here.\n①\n\nOf salt.\nOf water.\n③\nOf stone.\n②\n\f"
      "gate① and wheel② there.\n①\n②\n\nOf oak.\nOf elm.\n");
  EXPECT_EQ(links_of(d),
            (Links{"marsh|Of salt.", "d pond|Of water.", "d weir|Of stone.", "\n\fgate|Of oak.", " wheel|Of elm."}));
}

// The labels that tell how the book sets its notes are the last with their numbers: headings and lists have numbers,
// too.
TEST(Notes, numbered_headings_above_hide_no_labels) {
  const Document d = convert(
      "1. The mill\n\nThe mill stood on the pond,1 which filled twice a day.2 It had wheels.\n\n2. The weir\n\nIt "
      "leaked.\n\n"
      "1. Or the creek.\n2. At springs.\n\fThe gate was raised3 by hand.\n\n3. With a winch.\n");
  EXPECT_EQ(links_of(d), (Links{" pond,|Or the creek.", "a day.|At springs.", "raised|With a winch."}));
}

TEST(Notes, brackets_on_through_the_book) {
  const Document d = convert(
      "The tide[1] and the moon [2].\n[1] Twice a day.\n[2] See above.\n\f"
      "A wind[3] from the east.\n[3] In March.\n");
  EXPECT_EQ(links_of(d), (Links{"e tide|Twice a day.", " moon |See above.", "A wind|In March."}));
}

TEST(Notes, citations_without_notes_are_left_alone) {
  const Document d = convert("As has been shown [12], and again [3], the tide turns.\n\fSo say others [7].\n");
  EXPECT_TRUE(d.links.empty());
  EXPECT_TRUE(d.phrases.empty());
}

TEST(Notes, stars_count_by_page) {
  const Document d =
      convert("The gate* was shut and the mill** stood.\n* Of oak.\n** Of stone.\n\fThe pond* froze.\n* In March.\n");
  EXPECT_EQ(links_of(d), (Links{"e gate|Of oak.", "e mill|Of stone.", "e pond|In March."}));
}

TEST(Notes, figures_between_han_are_marks_only_if_a_note_asks_for_them) {
  const Document d =
      convert("盐沼1的水车，池塘。2\n1 一种湿地。\n2 见下文。\n\f他在第3章说，水车，1转动。\n1 很慢。\n");
  EXPECT_EQ(links_of(d), (Links{"盐沼|一种湿地。", "塘。|见下文。", "车，|很慢。"}));
}

// What the stage of headings says of a line.
void name_head(Document& d, std::size_t line, const std::string& attributes) {
  Proposal proposal(d, "headings");
  proposal.block(line, line, "head", attributes, "headings.test");
  commit(d, proposal.changes());
}

TEST(Notes, gathered_at_the_end_of_chapters) {
  Document d =
      read_text("t.txt",
                "The gate[1] was old, the mill[2] was not, the pond[3] was.\nNotes\n[1] Of oak.\n[7] Of stone.\n"
                "[3] Or so they say.\nAnd more.\nThe second chapter\nA wind[1] blew.\nNotes\n[1] In March.\n");
  name_head(d, 1, "level=2\ntype=notes");
  name_head(d, 6, "level=1");
  name_head(d, 8, "level=2\ntype=notes");
  Proposal proposal(d, stage_notes.name);
  stage_notes.run(d, Rules({Table{*stage_notes.rules, "rules"}}), proposal);
  commit(d, proposal.changes());
  EXPECT_EQ(links_of(d),
            (Links{"e gate|Of oak.", "e mill|Of stone.", "e pond|Or so they say.And more.", "A wind|In March."}));
}

// A bullet and a label in lines of their own wait for their texts, and get them in their order.
TEST(Notes, a_bullet_takes_the_first_text_and_a_label_the_next) {
  const Document d =
      convert("The mill① stood.\n•\n①\n\nThe wheel was made of\noak and iron.\n\nOr the creek, as some say.\n");
  EXPECT_EQ(links_of(d), (Links{"e mill|Or the creek, as some say."}));
}

TEST(Notes, gathered_notes_of_a_transcript_have_carets_at_their_marks_only) {
  Document d = read_text(
      "t.txt",
      "The gate^1 was old, the mill was not.^2 It stood since^31826.\nNotes\n1 Of oak.\n2 Of stone.\n3 Or so.\n");
  name_head(d, 1, "level=2\ntype=notes");
  Proposal proposal(d, stage_notes.name);
  stage_notes.run(d, Rules({Table{*stage_notes.rules, "rules"}}), proposal);
  commit(d, proposal.changes());
  EXPECT_EQ(links_of(d), (Links{"e gate|Of oak.", "s not.|Of stone.", " since|Or so."}));
}

TEST(Notes, the_last_of_gathered_notes_does_not_swallow_the_chapter_behind_it) {
  std::string chapter;
  for (int i = 0; i < 12; ++i)
    chapter += "The second chapter goes on about the pond and the weir and the gate and more.\n";
  Document d = read_text(
      "t.txt", "The gate[1] was old.\nNotes\n[1] Of oak.\n\n" + chapter + "A wind[1] blew.\nNotes\n[1] In March.\n");
  name_head(d, 1, "level=2\ntype=notes");
  name_head(d, 17, "level=2\ntype=notes");
  Proposal proposal(d, stage_notes.name);
  stage_notes.run(d, Rules({Table{*stage_notes.rules, "rules"}}), proposal);
  commit(d, proposal.changes());
  EXPECT_EQ(links_of(d), (Links{"e gate|Of oak.", "A wind|In March."}));
}

TEST(Notes, a_figure_behind_a_year_and_the_star_that_is_spoken_of) {
  EXPECT_EQ(links_of(convert("The mill,1 the weir.2\n1 Of oak.\n2 Of stone.\n\fIt burnt in 1821.3 It held 3.2 tons.\n3 "
                             "See above.\n\fThe rest,4 too.\n4 Below.\n")),
            (Links{" mill,|Of oak.", " weir.|Of stone.", " 1821.|See above.", " rest,|Below."}));
  EXPECT_EQ(links_of(convert(
                "A sign * in the roll means a cross. The gate* fell.\n* Of oak.\n\fThe pond* froze.\n* In March.\n")),
            (Links{"e gate|Of oak.", "e pond|In March."}));
}

TEST(Notes, an_enumeration_is_not_marked) {
  const Document d =
      convert("There were three: ①the gate; ②the pond; ③the mill. The mill③ was old.\n③ By a century.\n");
  for (const std::string& link : links_of(d)) EXPECT_EQ(link, "e mill|By a century.");
}

TEST(Notes, lists_and_powers_are_no_notes) {
  const Document d = convert(
      "The area is 10 m2 and the sum x3.\nThere are rules:\n1. Open the gate.\n2. Shut the gate.\n\f"
      "More text.\n1. Wait for the tide.\n2. Go home.\n");
  EXPECT_TRUE(d.links.empty());
  EXPECT_TRUE(d.blocks.empty());
}

TEST(Notes, a_note_goes_on_on_the_next_page) {
  const std::string body = "The keepers of the gates were paid by the parish twice in every year\n";
  const Document d = convert(body + body + body +
                             "and it was little.1\n1 The accounts of the parish begin in the year of the great flood "
                             "and they break off with\n\f" +
                             body + body + body + body + body +
                             "and so on.2\n\nthe year in which the mill was closed.\n\n2 In silver.\n");
  ASSERT_EQ(links_of(d).size(), 2u);
  std::size_t continued = 0;
  for (const Link& link : d.links) continued += link.name == "continues";
  EXPECT_EQ(continued, 1u);
}

TEST(Notes, marks_that_were_misread_are_aligned_as_a_whole) {
  std::string source;
  for (int page = 0; page < 4; ++page) {
    const int n = 3 * page;
    source +=
        "The gate,! so it is said, was shut. The pond° was full, and the mill* went\nround until the tide was "
        "out.\n\n" +
        std::to_string(n + 1) + " Of oak.\n\n" + std::to_string(n + 2) + " In spring.\n\n" + std::to_string(n + 3) +
        " Slowly.\n\f";
  }
  const Document d = convert(source);
  const std::vector<std::string> links = links_of(d);
  ASSERT_EQ(links.size(), 12u);
  EXPECT_EQ(links[0], " gate,|Of oak.");
  EXPECT_EQ(links[1], "e pond|In spring.");
  EXPECT_EQ(links[2], "e mill|Slowly.");
  for (const Link& link : d.links) EXPECT_LT(link.sure, certain);
}

TEST(Notes, what_has_no_counterpart_is_kept_as_a_doubt) {
  const Document d = convert("The mill① turns and turns③.\n① Slowly.\n② Never seen.\n③ For ever.\n");
  EXPECT_EQ(links_of(d), (Links{"e mill|Slowly.", " turns|For ever."}));
  EXPECT_EQ(doubts(d, "notes.unanchored"), 1u);
}

TEST(Notes, an_orphan_page_end_is_no_trouble) {
  for (const char* odd : {"①", "①\n②\n③", "1\n2\n", "[1]\n\f[1]\n\f", "^①", "*\n*\n*", "\f\f①\n"}) convert(odd);
}

}  // namespace
}  // namespace emend
