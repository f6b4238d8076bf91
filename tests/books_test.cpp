// Books that the Pandoc which is installed makes, and Pandocs that misbehave.
#include <gtest/gtest.h>

#include "pipeline/run/process.h"
#include "stages/write/pandoc/pandoc.h"
#include "tests/workbench.h"

namespace emend {
namespace {

using std::chrono::seconds;

/// A member of a ZIP archive.
std::string member(const std::string& archive, const std::string& name) {
  const std::string python =
      "import sys, zipfile\nsys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))";
  const Outcome outcome = run_process({"python3", {"-c", python, archive, name}, "", {}, seconds(60)});
  EXPECT_TRUE(succeeded(outcome)) << name << ": " << outcome.messages;
  return outcome.output;
}

TEST(Books, epubHasTheSectionTreeAndLinkedNotes) {
  const Folder folder;
  const Pandoc pandoc = find_pandoc();
  const std::string bytes = export_book(sample("chinese.xml"), Format::epub, pandoc, {});
  const std::string file = folder.put("a.epub", bytes);
  const std::string nav = member(file, "EPUB/nav.xhtml");
  for (const char* heading : {"#abs-zh\">", "#abs-en\">Abstract", "#toc1\">目录", "#ch1\">第1章 水与纸",
                              "#ch1.s1\">1.1 河道", "#ch2\">第2章 三家纸坊</a>", "#bib\">参考文献"}) {
    EXPECT_NE(nav.find(heading), std::string::npos) << heading;
  }
  const std::string chapter = member(file, "EPUB/text/ch005.xhtml");
  EXPECT_EQ(count(chapter, "epub:type=\"noteref\""), 3u);
  EXPECT_EQ(count(chapter, "epub:type=\"footnote\""), 3u);
  if (pandoc.version.starts_with("2.")) {
    EXPECT_EQ(count(chapter, "role=\"doc-backlink\""), 3u);
  }
  EXPECT_NE(chapter.find("title=\"2\""), std::string::npos);
  EXPECT_NE(member(file, "EPUB/content.opf").find("urn:uuid:5f70bf18-a086-8070-96e9-48b04aed3b82"), std::string::npos);
  EXPECT_EQ(export_book(sample("chinese.xml"), Format::epub, pandoc, {}), bytes);
}

TEST(Books, epubOfPartsBeginsAFileWithEachChapter) {
  const Folder folder;
  const std::string file = folder.put("a.epub", export_book(sample("english.xml"), Format::epub, find_pandoc(), {}));
  EXPECT_NE(member(file, "EPUB/nav.xhtml").find("text/ch004.xhtml#sec-1.2\">Chapter II. The Fog"), std::string::npos);
}

TEST(Books, epubsPassEpubcheck) {
  const Folder folder;
  const Pandoc pandoc = find_pandoc();
  std::vector<std::string> arguments;
  for (const char* name : {"chinese.xml", "english.xml", "hostile.xml"}) {
    arguments.push_back(folder.put(std::string(name) + ".epub", export_book(sample(name), Format::epub, pandoc, {})));
  }
  const Outcome outcome = run_process({EMEND_SOURCE_DIR "/tests/tools/epubcheck.sh", arguments, "", {}, seconds(300)});
  EXPECT_TRUE(succeeded(outcome)) << outcome.output << outcome.messages;
  const std::string broken = folder.put("broken.epub", "PK no book");
  EXPECT_FALSE(succeeded(run_process({EMEND_SOURCE_DIR "/tests/tools/epubcheck.sh", {broken}, "", {}, seconds(60)})));
}

TEST(Books, docxHasRealFootnotesAndHeadingStyles) {
  const Folder folder;
  const Pandoc pandoc = find_pandoc();
  for (const char* name : {"chinese.xml", "english.xml", "hostile.xml"}) {
    const std::string text = sample(name);
    const std::string bytes = export_book(text, Format::docx, pandoc, {});
    const std::string file = folder.put("a.docx", bytes);
    const std::string document = member(file, "word/document.xml");
    if (name[0] == 'c') {
      EXPECT_EQ(count(document, "<w:footnoteReference "), 4u);
      EXPECT_EQ(count(document, "w:val=\"Heading1\""), 6u);
      EXPECT_EQ(count(document, "w:val=\"Heading2\""), 1u);
      EXPECT_NE(document.find("w:name=\"p2\""), std::string::npos);
      EXPECT_NE(member(file, "word/footnotes.xml").find("镇公所"), std::string::npos);
    }
    EXPECT_EQ(export_book(text, Format::docx, pandoc, {}), bytes) << name;
  }
}

TEST(Books, takesTheUsersStyleSheetAndArguments) {
  const Folder folder;
  ExportOptions options;
  options.css = "p { color: teal }";
  options.extra_arguments = {"--metadata=publisher:Nobody"};
  const std::string file =
      folder.put("a.epub", export_book(sample("english.xml"), Format::epub, find_pandoc(), options));
  EXPECT_EQ(member(file, "EPUB/styles/stylesheet1.css"), options.css);
  EXPECT_NE(member(file, "EPUB/content.opf").find("Nobody"), std::string::npos);
}

TEST(Books, leaveNoTemporaryFiles) {
  const Folder folder;
  const Setting temporary("TMPDIR", folder.path);
  const Pandoc pandoc = find_pandoc();
  export_book(sample("english.xml"), Format::epub, pandoc, {});
  ExportOptions bad;
  bad.extra_arguments = {"--no-such-option"};
  error_of([&] { export_book(sample("english.xml"), Format::docx, pandoc, bad); }, Exit::pandoc);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path));
  const Setting nowhere("TMPDIR", folder.path + "/none");
  error_of([&] { export_book(sample("english.xml"), Format::epub, pandoc, {}); }, Exit::output);
}

// ---- Pandocs that misbehave ----------------------------------------------------------------------------------------

const std::string good_answers =
    "case \"$1\" in --version) echo pandoc 2.17.1; exit;; --from=native) echo "
    "'{\"pandoc-api-version\":[1,22],\"meta\":{}}'; "
    "exit;; esac\n";

std::string found(const std::string& program) {
  const Setting named("EMEND_PANDOC", program);
  return error_of([] { find_pandoc(seconds(1)); }, Exit::pandoc);
}

TEST(BadPandoc, isToldOfBeforeItIsUsed) {
  const Folder folder;
  EXPECT_NE(found(folder.path + "/none").find("not found"), std::string::npos);
  EXPECT_NE(found(folder.path).find("not found"), std::string::npos);
  EXPECT_NE(found(folder.script("old", "echo pandoc 1.19.2")).find("1.19.2, too old"), std::string::npos);
  EXPECT_NE(found(folder.script("older", "echo pandoc 2.9.2.1")).find("too old"), std::string::npos);
  EXPECT_NE(found(folder.script("other", "echo hello 3")).find("does not say that it is Pandoc"), std::string::npos);
  EXPECT_NE(found(folder.script("mute", "echo pandoc 3.1")).find("API version"), std::string::npos);
  EXPECT_NE(found(folder.script("sad", "echo no library >&2; exit 127")).find("no library"), std::string::npos);
  EXPECT_NE(found(folder.script("slow", "sleep 30")).find("did not finish in time"), std::string::npos);
  EXPECT_NE(found(folder.put("data", "x")).find("not found or not executable"), std::string::npos);
  const Setting path("PATH", folder.path + "/none");
  const Setting unnamed("EMEND_PANDOC", "");
  EXPECT_NE(error_of([] { find_pandoc(seconds(1)); }, Exit::pandoc).find("install Pandoc"), std::string::npos);
}

std::string exported(const std::string& program) {
  const Setting named("EMEND_PANDOC", program);
  const Pandoc pandoc = find_pandoc(seconds(5));
  ExportOptions options;
  options.limit = seconds(1);
  return error_of([&] { export_book(sample("english.xml"), Format::epub, pandoc, options); }, Exit::pandoc);
}

TEST(BadPandoc, failsWithItsOwnWords) {
  const Folder folder;
  const Setting temporary("TMPDIR", folder.path);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_NE(exported(folder.script("slow", good_answers + "sleep 30 & sleep 30")).find("in time"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(5));
  EXPECT_NE(exported(folder.script("shot", good_answers + "kill -9 $$")).find("signal 9"), std::string::npos);
  EXPECT_NE(exported(folder.script("fails", good_answers + "echo >&2; echo bad tree >&2; exit 64")).find("bad tree"),
            std::string::npos);
  EXPECT_NE(exported(folder.script("half", good_answers + "cat >/dev/null; printf 'PK half'")).find("no complete book"),
            std::string::npos);
  EXPECT_NE(exported(folder.script("none", good_answers + "exit 0")).find("no complete book"), std::string::npos);
}

}  // namespace
}  // namespace emend
