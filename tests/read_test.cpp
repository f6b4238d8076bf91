// What is read as text, and what is refused as markup: a book may speak of HTML, LaTeX and JSON, and hold some.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "stages/read/text/text.h"

namespace emend {
namespace {

struct Case {
  std::string_view what, text;
};

TEST(Markup, IsToldByHowAFileBeginsAndEnds) {
  for (const auto& [what, text] : {
           Case{"HTML", "<!DOCTYPE html>\n<html><head><title>A book</title></head><body><p>It rained.</p></body></html>\n"},
           {"HTML", "\xEF\xBB\xBF<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<HTML>\n<BODY>It rained.</BODY></HTML>"},
           {"HTML", "<!-- saved from a page -->\n<html lang=\"en\">\n<body>\n<p>It rained.\n"},
           {"HTML", "<head>\n<meta charset=\"utf-8\">\n</head>\n<p>It rained.</p>\n"},
           {"HTML", "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>"},
           {"XML", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<book><p>It rained.</p></book>"},
           {"XML", "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader/></TEI>"},
           {"RTF", "{\\rtf1\\ansi It rained.\\par}"},
           {"LaTeX", "\\documentclass[12pt]{book}\n\\begin{document}\nIt rained.\n\\end{document}\n"},
           {"LaTeX", "% a thesis\n\\RequirePackage{fix-cm}\n\n\\documentclass{book} % of two\n\\begin{document}\nIt rained."},
           {"JSON", "{\n  \"title\": \"A book\",\n  \"pages\": [\"It rained.\"]\n}\n"},
           {"JSON", "[{\"page\": 1, \"text\": \"It rained.\"}]"},
           {"JSON", "[\n \"It rained.\",\n \"It snowed.\"\n]"},
       })
    EXPECT_EQ(markup_of(text), what) << text;
}

TEST(Markup, InABookIsText) {
  for (const std::string_view text : {
           "",
           " \n",
           "It rained.",
           "<html> is the root of a page, and <head> stands in it.\n\nMore of it follows in the next chapter.\n",
           "<!DOCTYPE html> tells a browser which HTML it is.\n",
           "<!DOCTYPE html>\n<html><body>Hello</body></html>\n\nThis is the smallest page that there is.\n",
           "<?xml version=\"1.0\"?> is how such a file begins.\n",
           "<div align=\"center\">\n\n# A book\n\n</div>\n\nIt rained.\n",
           "<table><tr><td>1</td><td>2</td></tr></table>\n\nIt rained.\n",
           "<!-- a comment -->\n\n# A book\n",
           "<- an arrow\n",
           "<TEIL I>\nEs regnete.\n",
           "<Author's note>\nIt rained.\n",
           "\\documentclass{book} is the first line of every book.\n\nThen comes \\begin{document}.\n",
           "% A book about LaTeX\n% Its author\n\nEvery file begins so:\n\n\\documentclass{book}\n\\begin{document}\n",
           "```\n\\documentclass{book}\n\\begin{document}\n```\n\nSo it begins.\n",
           "\\newpage\n\n# A book\n",
           "{He looks up.} It rained.",
           "{\"It rained\": so she said, and closed the book.\n",
           "{\"name\": \"x\"} is an object; it has one key.\n",
           "[1] A source, Berlin 1999.\n[2] Another one [in German]",
           "[Illustration: a ship]\n\nIt rained.\n\n[The end]",
           "[\"It rained,\" she said.]\n\nThat is all that we have of it [here]",
           "[^1]: A note",
           "[ ] to do\n[x] done",
           "[link](address)\n[1]",
           "---\ntitle: \"A book\"\n---\nIt rained.\n",
       })
    EXPECT_EQ(markup_of(text), "") << text;
}

TEST(Markup, CostsNoMoreThanReading) {
  std::string text;
  for (int i = 0; i < 300000; ++i) text += "<!---->\n";
  EXPECT_EQ(markup_of(text), "");
  for (const std::string_view piece : {"{", "[", "\\documentclass\n", "<", "\"", "<html><"})
    for (text.clear(); text.size() < 3000000;) text += piece;
  EXPECT_EQ(markup_of(text), "HTML");
}

}  // namespace
}  // namespace emend
