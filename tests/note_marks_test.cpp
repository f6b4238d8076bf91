// Marks of notes and their places: what may be one in a line, and which note is linked to which.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/document/document.h"
#include "stages/60-notes/alignment.h"
#include "stages/60-notes/certain_words.h"
#include "stages/60-notes/marks.h"
#include "stages/60-notes/misread_letters.h"
#include "stages/read/text/text.h"

namespace emend {

namespace {

using Texts = std::vector<std::string>;

// A mark that was misread as nothing is sought where odd characters stand: not where they close what others opened.
TEST(NoteMarks, brackets_and_quotation_marks_that_close_others_are_no_marks) {
  const auto marks = [](const std::string& line) {
    const Document d = read_text("t.txt", line);
    std::vector<MarkPlace> places;
    for (std::size_t i = 0; i < d.lines.size(); ++i) find_odd_characters(d, i, {}, places);
    std::vector<std::string> out;
    for (const MarkPlace& p : places) out.emplace_back(d.lines[p.line].text.substr(p.begin, p.end - p.begin));
    return out;
  };
  EXPECT_EQ(marks("the mill® and the weir\n"), (Texts{"®"}));
  EXPECT_EQ(marks("水车（俗称“龙骨/\n车”），可以排灌。\n"), Texts{});
  EXPECT_EQ(marks("the gate (of the upper\nmill)®, which stood\n"), (Texts{"®"}));
  EXPECT_EQ(marks("the gate (of the upper mill9)，\n"), (Texts{"9"}));
  EXPECT_EQ(marks("the gate(\"), which stood\n"), (Texts{"(\")"}));
  EXPECT_EQ(marks("the gate (an old one), which stood\n"), Texts{});
  EXPECT_EQ(marks("written in C++, or in C#, by\n"), Texts{});
  EXPECT_EQ(marks("这样的水车还能转动吗?守门人说能。\n"), Texts{});
  EXPECT_EQ(marks("（水车<俗称龙骨),可以排灌。\n"), Texts{});
  EXPECT_EQ(marks("the set {-k, 6k} to get\n"), Texts{});
  EXPECT_EQ(marks("他说:“[水车]还在转\n"), Texts{});
  EXPECT_EQ(marks("他称之为“龙骨水车?”@的机器\n"), (Texts{"?", "@"}));
}

// `!.` ends no sentence; what is counted, equal or within a word is no mark.
TEST(NoteMarks, figures_and_signs_of_formulas_are_no_marks) {
  const auto marks = [](const std::string& line, const std::vector<UnsureWord>& unsure) {
    const Document d = read_text("t.txt", line);
    std::vector<MarkPlace> places;
    find_odd_characters(d, 0, unsure, places);
    std::vector<std::string> out;
    for (const MarkPlace& p : places)
      if (p.weight > 2 || !unsure.empty()) out.emplace_back(d.lines[0].text.substr(p.begin, p.end - p.begin));
    return out;
  };
  EXPECT_EQ(marks("the weir of the mill!. Shown there\n", {}), (Texts{"!"}));
  EXPECT_EQ(marks("the weir of the mill!... And then\n", {}), Texts{});
  EXPECT_EQ(marks("the gates are l=0,1, and\n", {{14, 21, 20}}), Texts{});
  EXPECT_EQ(marks("where n=0 and f(x)=0 hold\n", {}), Texts{});
  EXPECT_EQ(marks("as word2vec has it\n", {{3, 11, 20}}), Texts{});
  EXPECT_EQ(marks("水闸自木桩2.0版开始\n", {}), Texts{});
  EXPECT_EQ(marks("the weir? ?, the gate® ©, and\n", {}), (Texts{"?", "?", "®", "©"}));
}

// An ideograph like a figure stands where the book has it nowhere else; the text keeps it.
TEST(NoteMarks, ideographs_out_of_place_may_be_marks) {
  const auto letters = [](const std::string& line, const std::vector<UnsureWord>& unsure, bool told) {
    const Document d = read_text("t.txt", line);
    std::vector<MarkPlace> places;
    for (std::size_t i = 0; i < d.lines.size(); ++i)
      find_misread_letters(d, i, CharacterPairs(d), told, unsure, places);
    std::vector<std::string> out;
    for (const MarkPlace& p : places) {
      EXPECT_TRUE(p.letters);
      out.emplace_back(d.lines[p.line].text.substr(p.begin, p.end - p.begin));
    }
    return out;
  };
  std::string book = "水车叫。\n";
  for (int i = 0; i < 300; ++i) book += "堤上的人家每年春天都要补一次堤\n";
  EXPECT_EQ(letters(book, {}, false), (Texts{"叫"}));
  EXPECT_EQ(letters("水车叫。\n", {}, false), Texts{});          // in so short a text most pairs stand once
  EXPECT_EQ(letters("风来叫。人来叫。\n", {}, false), Texts{});  // 来叫 is what the book says
  EXPECT_EQ(letters("他是(1938-)m 都记得。\n", {}, false), (Texts{"m"}));
  EXPECT_EQ(letters("水车邻。\n", {}, true), Texts{});  // the engine is sure of it
  EXPECT_EQ(letters("水车邻。\n", {{6, 9, 20}}, true), (Texts{"邻"}));
}

// What an engine is not sure of is a mark rather than text, and what it is sure of is text.
TEST(NoteMarks, words_that_the_engine_is_not_sure_of_weigh_more) {
  const std::string text = "the weir?, and 100 GB of it";
  const auto weight = [&](std::size_t begin, std::size_t end, int digits, const std::vector<UnsureWord>& unsure) {
    MarkPlace place{0, begin, end, {}, 3, digits, digits != 0};
    weigh_by_certainty(text, unsure, place);
    EXPECT_EQ(place.sure, unsure.empty());
    return place.weight;
  };
  EXPECT_GT(weight(8, 9, 0, {{4, 10, 40}}), weight(8, 9, 0, {}));
  EXPECT_LT(weight(15, 18, 100, {{15, 18, 40}}), weight(8, 9, 0, {{4, 10, 40}}));  // a quantity
}

TEST(NoteMarks, the_number_that_a_line_begins_with_holds_no_mark) {
  const Document d = read_text("t.txt", "A.1 Levels, told by John A.2\n");
  Mark like;
  like.form = MarkForm::bare;
  std::vector<MarkPlace> places;
  find_marks(d, 0, like, 0, places);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].mark.number.value, 2);
}

// The words before a mark that its note repeats tell it, but not those that stand on all the page.
TEST(NoteMarks, words_that_stand_everywhere_tell_no_mark) {
  const std::string text =
      "盐工老林来了，盐工老林走了，盐工老林又来了，盐工老林坐下，盐工老林说话，盐工老林睡了\n池口的木闸已经关上\n\n";
  const Document d = read_text("t.txt", text + "参见盐工老林的日记。\n");
  Note note;
  note.first = note.last = 3;
  note.mark.form = MarkForm::circled;
  note.mark.number.value = 1;
  NoteStyle style;
  style.noisy = true;
  const std::size_t name = std::string("盐工老林").size(), gate = std::string("池口的木闸").size();
  const MarkPlace behind_name{0, name, name + 3, {}, 1.75, 0, false}, behind_gate{1, gate, gate + 3, {}, 3.6, 0, false};
  const std::vector<NoteLink> links = align_notes(d, {behind_name, behind_gate}, {note}, style);
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0].place, 1u);
}

// Between a label that can be read on this page and one on the next there is no room for more notes.
TEST(NoteMarks, no_note_of_a_page_has_a_number_of_the_next) {
  const Document d =
      read_text("t.txt", "° Of the weirs, London 1820.\n\n* Of the hooks, London 1821.\n\n| Of gates, 1822.\n");
  std::vector<FootLine> lines;
  for (std::size_t i = 0; i < d.lines.size(); i += 2) {
    FootLine& line = lines.emplace_back();
    line.line = i;
    line.text = d.lines[i].text;
    line.gap = true;
  }
  NoteStyle style;
  style.form = MarkForm::bare;
  style.usual = style.noisy = style.counted = true;
  const auto numbers = [&](int below) {
    std::vector<int> out;
    for (const Note& n : read_foot(d, lines, style, 4, below).notes) out.push_back(n.mark.number.value);
    return out;
  };
  EXPECT_EQ(numbers(1000), (std::vector<int>{5, 6, 7}));
  EXPECT_EQ(numbers(7), (std::vector<int>{5, 6}));
}

// A raised 4 is read as *, a 6 as ® and 16 as !®: a lost mark does not hand its place to the next note.
TEST(NoteMarks, signs_tell_the_figure_that_they_were) {
  const Document d = read_text("t.txt", "the weir* and the gate® stood\n4 Of oak.\n5 Of ash.\n6 Of elm.\n");
  std::vector<Note> notes(3);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    notes[i].first = notes[i].last = i + 1;
    notes[i].mark.form = MarkForm::bare;
    notes[i].mark.number.value = static_cast<int>(i) + 4;
  }
  NoteStyle style;
  style.form = MarkForm::bare;
  style.noisy = true;
  std::vector<MarkPlace> places;
  find_odd_characters(d, 0, {}, places);
  ASSERT_EQ(places.size(), 2u);
  const std::vector<NoteLink> links = align_notes(d, places, notes, style);
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0].note, 0u);
  EXPECT_EQ(links[1].note, 2u);
}

TEST(NoteMarks, alignment_costs_one_link_for_a_lost_mark) {
  Document d = read_text("t.txt", "a① b② c④ d⑤\n① x\n② x\n③ x\n④ x\n⑤ x\n");
  Mark like;
  like.form = MarkForm::circled;
  std::vector<MarkPlace> places;
  find_marks(d, 0, like, 0, places);
  std::vector<Note> notes(5);
  for (std::size_t i = 0; i < 5; ++i) {
    notes[i].first = notes[i].last = i + 1;
    notes[i].mark.form = MarkForm::circled;
    notes[i].mark.number.value = static_cast<int>(i) + 1;
  }
  const std::vector<NoteLink> links = align_notes(d, places, notes, NoteStyle{});
  ASSERT_EQ(links.size(), 4u);
  EXPECT_EQ(links[2].note, 3u);
  EXPECT_EQ(links[3].note, 4u);
}

}  // namespace

}  // namespace emend
