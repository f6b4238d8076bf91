// Which languages a book is found to be in, and what is taken as its title and keywords.
#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "stages/read/text.h"

namespace emend {
namespace {

struct Block {
  std::string name, attributes, text;
};

constexpr const char* hans =
    "潮水退去，滩面露了出来。我们沿着潮沟走了整整一天，没有看见一个人，只有几只鸟从远处飞过来。这个国家的海岸就是这样"
    "。";
constexpr const char* hant =
    "潮水退去，灘面露了出來。我們沿著潮溝走了整整一天，沒有看見一個人，只有幾隻鳥從遠處飛過來。這個國家的海岸就是這樣"
    "。";
constexpr const char* english =
    "The tide went out and the flats were seen. We walked along the creek for a whole day and did not meet anyone on "
    "it, which is what the people of the shore had told us at the inn.";
constexpr const char* french =
    "La marée descendit et les bancs parurent. Nous avons marché le long du chenal pendant une journée sans rencontrer "
    "personne, ce que les gens de la côte nous avaient dit dans une auberge.";
constexpr const char* german =
    "Das Wasser ging zurück und die Bänke wurden sichtbar. Wir sind den ganzen Tag an dem Priel entlang gegangen und "
    "haben niemand gesehen, wie es uns die Leute von der Küste gesagt hatten.";

Document book(const std::vector<Block>& blocks) {
  std::string text;
  for (const Block& b : blocks) text += b.text + "\n";
  Document d = read_text("x", text);
  Proposal p(d, "test");
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (!blocks[i].name.empty()) p.block(i, i, blocks[i].name, blocks[i].attributes, "test.block");
  commit(d, p.changes());
  const Plan plan;
  plan.run(*plan.find("languages"), d, true);
  plan.run(*plan.find("metadata"), d, true);
  return d;
}

/// "LINE:TAG" for every block that departs, in order.
std::string departures(const Document& d) {
  std::string out;
  for (const Meta& m : d.metas)
    if (m.name == "lang")
      out += (out.empty() ? "" : " ") + std::to_string(d.line_at(m.at.begin)) + ":" + std::string(m.value);
  return out;
}

std::string facts(const Document& d, std::string_view name) {
  std::string out;
  for (const Meta& m : d.metas)
    if (m.name == name) out += (out.empty() ? "" : "|") + std::string(m.value);
  return out;
}

TEST(Languages, one_language_is_told_from_its_text) {
  EXPECT_EQ(book({{"p", "", hans}}).meta("language"), "zh-Hans");
  EXPECT_EQ(book({{"p", "", hant}}).meta("language"), "zh-Hant");
  EXPECT_EQ(book({{"p", "", english}}).meta("language"), "en");
  EXPECT_EQ(book({{"p", "", french}}).meta("language"), "fr");
  EXPECT_EQ(book({{"p", "", german}}).meta("language"), "de");
  EXPECT_EQ(book({{"p", "", "潮が満ちてくると、浜辺の人たちは静かに家へ帰っていった。"}}).meta("language"), "ja");
  EXPECT_EQ(book({{"", "", english}}).meta("language"), "en") << "without any block";
}

TEST(Languages, a_text_too_short_to_tell_says_nothing) {
  EXPECT_EQ(book({{"p", "", "Tide"}}).meta("language"), "");
  EXPECT_EQ(departures(book({{"p", "", hans}, {"note", "", "Richard Harlow。"}})), "");
}

TEST(Languages, a_foreign_division_says_it_once) {
  const Document d = book({{"head", "level=1", "摘要"},
                           {"p", "", hans},
                           {"head", "level=1", "Abstract"},
                           {"p", "", english},
                           {"keywords", "", "Keywords: the tides of the bay; salt; and the marsh"},
                           {"head", "level=1", "第1章"},
                           {"p", "", hans},
                           {"p", "", hans},
                           {"p", "", hans}});
  EXPECT_EQ(d.meta("language"), "zh-Hans");
  EXPECT_EQ(departures(d), "2:en");
}

TEST(Languages, a_foreign_note_or_paragraph_says_it) {
  EXPECT_EQ(departures(book({{"p", "", hans},
                             {"p", "", hans},
                             {"p", "", hans},
                             {"note", "", "See Harlow T., “The Origins of the Tides of the Bay”, 1990, p.12."},
                             {"p", "", english}})),
            "3:en 4:en");
  EXPECT_EQ(departures(book({{"p", "", english}, {"p", "", english}, {"p", "", french}})), "2:fr");
}

TEST(Languages, few_words_are_no_departure_from_a_related_language) {
  EXPECT_EQ(
      departures(book({{"p", "", french}, {"p", "", french}, {"p", "", "La patience du meunier n’en souffrit pas."}})),
      "");
  EXPECT_EQ(departures(book(
                {{"p", "", hans},
                 {"p", "", hans},
                 {"note", "",
                  "参见The Origins of the Tides of the Bay and of the Sea：https://tide.example.org/the_of_and"}})),
            "");
}

TEST(Metadata, keywords_are_divided_by_the_mark_that_is_used) {
  EXPECT_EQ(facts(book({{"p", "", hans}, {"keywords", "", "关键词：盐沼；社区；共同 管理。"}}), "keyword:zh-Hans"),
            "盐沼|社区|共同 管理");
  EXPECT_EQ(facts(book({{"p", "", hans}, {"keywords", "", "【关键词】 盐沼 社区 管理"}}), "keyword:zh-Hans"),
            "盐沼|社区|管理");
  EXPECT_EQ(facts(book({{"p", "", hans}, {"keywords", "", "关键词：盐沼、社区"}}), "keyword:zh-Hans"), "盐沼|社区");
  EXPECT_EQ(facts(book({{"p", "", hans}, {"keywords", "", "Keywords: Salt Marsh, Civil; Commons."}}), "keyword:en"),
            "Salt Marsh, Civil|Commons");
  EXPECT_EQ(facts(book({{"p", "", french}, {"keywords", "", "Mots-clés : fleuve, rive"}}), "keyword:fr"),
            "fleuve|rive");
}

TEST(Metadata, the_title_is_what_the_title_page_and_the_running_heads_say) {
  EXPECT_EQ(book({{"titlePage", "", "The Tides of the Bay"}, {"p", "", english}}).meta("title"),
            "The Tides of the Bay");
  EXPECT_EQ(book({{"p", "", english}}).meta("title"), "");
  const Block running{"fw", "type=header", "The Tides"};
  EXPECT_EQ(book({{"titlePage", "", "Lanyu Press"}, running, {"p", "", english}, running, {"p", "", english}, running})
                .meta("title"),
            "The Tides");
}

}  // namespace
}  // namespace emend
