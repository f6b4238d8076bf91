// Which languages a book is found to be in, and what is taken as its title and keywords.
#include <gtest/gtest.h>

#include "pipeline/document/commit.h"
#include "pipeline/run/plan.h"
#include "stages/read/text/text.h"

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

// ---- phrases

/// "LANG: words" for every foreign phrase, in order.
std::string foreign(const Document& d) {
  std::string out;
  for (const Node& phrase : d.phrases)
    if (phrase.name == "foreign")
      out += (out.empty() ? "" : " | ") + std::string(phrase.get("lang")) + ": " + std::string(d.slice(phrase.at));
  return out;
}

TEST(Languages, OfPhrasesAreToldByScriptAndWords) {
  const auto in_chinese = [](const std::string& words) {
    return foreign(
        book({{"p", "", hans}, {"p", "", "他在书里写道" + words + "，这句话后来常常被人引用，潮水也是这样退去的。"}}));
  };
  EXPECT_EQ(in_chinese("“the tide is a slow thing and it comes back”"),
            "en: the tide is a slow thing and it comes back");
  EXPECT_EQ(in_chinese(" How Long Is a Marsh? Time Scales in Coastal Restoration "),
            "en: How Long Is a Marsh? Time Scales in Coastal Restoration");
  EXPECT_EQ(in_chinese("（das Wasser ging zurück und die Bänke wurden sichtbar）"),
            "de: das Wasser ging zurück und die Bänke wurden sichtbar");
  EXPECT_EQ(in_chinese("Harlow，Penrice"), "");
  EXPECT_EQ(in_chinese("New York London Paris Berlin Madrid"), "") << "names are in no language";
  EXPECT_EQ(in_chinese("WTO CPTPP RCEP GDPR UN ITU"), "");
  EXPECT_EQ(in_chinese("KAS AED, AXP SUA EWE?"), "");
  EXPECT_EQ(in_chinese("https://example.org/the/tide/is/a/slow/thing"), "");
  EXPECT_EQ(in_chinese("the tide"), "") << "a term";
}

TEST(Languages, OfPhrasesInQuotationMarksMayDepart) {
  const auto in_english = [](const std::string& words) {
    return foreign(book(
        {{"p", "", english}, {"p", "", "The keeper wrote in his book that day " + words + " and did not come back."}}));
  };
  EXPECT_EQ(in_english("“la marée descendit et les bancs parurent dans la brume”"),
            "fr: la marée descendit et les bancs parurent dans la brume");
  EXPECT_EQ(in_english("“the tide is a slow thing and it comes back”"), "");
  EXPECT_EQ(in_english("“la marée”"), "");
  EXPECT_EQ(in_english("潮水退去滩面露了出来"), "zh: 潮水退去滩面露了出来");
}

TEST(Languages, WithoutATableAreAskedOfTheirLetters) {
  constexpr const char* polish =
      "Woda opadła i ukazały się ławice, a my szliśmy przez cały dzień wzdłuż kanału, nie spotykając nikogo, jak nam "
      "powiedzieli ludzie z wybrzeża w gospodzie przy drodze.";
  constexpr const char* swedish =
      "Vattnet drog sig tillbaka och bankarna blev synliga, och vi gick hela dagen längs kanalen utan att möta någon, "
      "så "
      "som folket vid kusten hade berättat för oss på värdshuset.";
  EXPECT_EQ(facts(book({{"p", "", polish}, {"p", "", polish}}), "language"), "pl");
  EXPECT_EQ(departures(book({{"p", "", english}, {"p", "", english}, {"p", "", swedish}})), "2:sv");
  EXPECT_EQ(departures(book({{"p", "", english},
                             {"p", "", english},
                             {"p", "", "Xq zzvr, mnnt qqrs tvvb wwkx ghhj pllk ddfg hjjk ssdf qwwe."}})),
            "");
}

}  // namespace
}  // namespace emend
