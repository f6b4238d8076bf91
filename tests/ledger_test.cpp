// The ledger on the wire: what it looks like, and that no change to it goes unnoticed.
#include "pipeline/document/ledger.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/document/commit.h"
#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "pipeline/document/proposal.h"

namespace emend {
namespace {

constexpr std::string_view source = "Tbe first line\nTbe ①second\xFF line\n1 A note";

Document book() {
  Document d = open_document("my book.txt", std::string(source));
  Proposal letters(d, "letters");
  letters.edit(d.lines[0], 0, 3, "The", "conf.tbe", {90, "a word\tthat is none"});
  letters.meta("title", "First\\Second", d.lines[0].at, "front.title");
  commit(d, letters.changes());
  Proposal notes(d, "notes");
  notes.phrase(d.lines[1], 4, 7, "mark", "n=①\ncert=low", "notes.mark");
  notes.block(2, 2, "note", "n=1", "notes.body");
  notes.link("note", {19, 22}, d.lines[2].at, "notes.align", {60, {}});
  notes.edit(d.lines[1], 13, 14, "", "notes.junk");
  notes.join(d.lines[1], " ", "joins.latin");
  notes.page(d.lines[2], "2", false, "pages.note", {70, {}});
  notes.doubt({0, 3}, "notes.doubt", {10, "look here"});
  commit(d, notes.changes());
  return d;
}

const BookOptions options = {{"language", "en"}, {"title", "One\nTwo"}};

std::string sealed(const std::string& body) {
  const auto changes = static_cast<std::size_t>(std::count(body.begin(), body.end(), '\t')) / 10;
  return body + "end " + std::to_string(changes) + ' ' + sha256(body) + '\n';
}

// A ledger of `source` with these changes, its checksum right: what a person could forge.
std::string forged(const std::string& changes, const std::string& header = "") {
  return sealed("emend-ledger 1\nprogram 0\nsource " + std::to_string(source.size()) + ' ' + sha256(source) +
                " my book.txt\n" + header + changes);
}

// What reading the ledger and replaying it on `text` says: the message of the error, or nothing.
std::string complaint(std::string_view bytes, Exit code, std::string_view text = source) {
  try {
    Ledger ledger = read_ledger(bytes, "book.ledger");
    replay(std::string(text), ledger);
  } catch (const Error& e) {
    EXPECT_EQ(e.code, code) << e.what();
    return e.what();
  }
  return "";
}

TEST(Ledger, IsOneLineAChange) {
  const std::string written = write_ledger(book(), options);
  EXPECT_EQ(written.substr(0, written.find("end ")),
            "emend-ledger 1\n"
            "program " EMEND_VERSION
            "\n"
            "source 43 " +
                sha256(source) +
                " my book.txt\n"
                "option language en\n"
                "option title One\\nTwo\n"
                "edit\tletters\tconf.tbe\t0+3\t\t90\t\t\tTbe\tThe\ta word\\tthat is none\n"
                "meta\tletters\tfront.title\t0+14\t\t100\ttitle\t\t\tFirst\\\\Second\t\n"
                "phrase\tnotes\tnotes.mark\t19+3\t\t100\tmark\tn=①\\ncert=low\t\t\t\n"
                "block\tnotes\tnotes.body\t35+8\t\t100\tnote\tn=1\t\t\t\n"
                "link\tnotes\tnotes.align\t19+3\t35+8\t60\tnote\t\t\t\t\n"
                "edit\tnotes\tnotes.junk\t28+1\t\t100\t\t\t\\xff\t\t\n"
                "join\tnotes\tjoins.latin\t15+0\t\t100\t\t\t\t \t\n"
                "page\tnotes\tpages.note\t35+0\t\t70\tinferred\t\t\t2\t\n"
                "doubt\tnotes\tnotes.doubt\t0+3\t\t10\t\t\t\t\tlook here\n");
}

// Of more changes than are written at once, too.
TEST(Ledger, HasTheSealOfItsBytes) {
  Document d = book();
  EXPECT_EQ(seal_of_ledger(d, options, {}), sha256(write_ledger(d, options)));
  const std::vector<Step> steps{{{0, 4}, "x"}, {{2, 3}, ""}};
  while (d.ledger.size() < 2500) d.ledger.push_back(d.ledger[d.ledger.size() % 9]);
  EXPECT_EQ(seal_of_ledger(d, options, steps), sha256(write_ledger(d, options, steps)));
}

TEST(Ledger, IsReadAsItWasWritten) {
  const std::string written = write_ledger(book(), options);
  Ledger ledger = read_ledger(written, "book.ledger");
  EXPECT_EQ(ledger.program, EMEND_VERSION);
  EXPECT_EQ(ledger.source_name, "my book.txt");
  EXPECT_EQ(ledger.source_size, source.size());
  EXPECT_EQ(ledger.source_sha256, sha256(source));
  EXPECT_EQ(ledger.options, options);
  ASSERT_EQ(ledger.changes.size(), 9u);
  EXPECT_EQ(ledger.changes[5].before, "\xFF");
  const Document d = replay(std::string(source), ledger);
  EXPECT_EQ(d.lines[0].text, "The first line");
  EXPECT_EQ(write_ledger(d, options), written);
}

TEST(Ledger, ShowsWhatCannotBeSeen) {
  const std::pair<std::string, std::string> cases[] = {
      {"a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e"},
      {std::string("\0\x01\x1F\x7F\f", 5), "\\x00\\x01\\x1f\\x7f\\x0c"},
      {"\xC2\x85\xC2\xA0", "\\xc2\\x85\xC2\xA0"},
      {"\xEF\xBB\xBF\xE2\x80\xA8\xE2\x80\xA9", "\\xef\\xbb\\xbf\\xe2\\x80\\xa8\\xe2\\x80\\xa9"},
      {"\xE4\xB8字\xFF😀", "\\xe4\\xb8字\\xff😀"},
      {"\xED\xA0\x80", "\\xed\\xa0\\x80"},
  };
  for (const auto& [value, want] : cases) {
    Document d = open_document("book.txt", "a");
    Proposal p(d, "front");
    p.meta("title", value, {0, 1}, "r");
    commit(d, p.changes());
    const std::string written = write_ledger(d, {});
    EXPECT_NE(written.find("\ttitle\t\t\t" + want + "\t\n"), std::string::npos) << written;
    EXPECT_EQ(read_ledger(written, "book.ledger").changes[0].after, value);
  }
}

// The first line says what it is, the last line is the checksum of all before it and the number of changes, and
// both are compared as they stand; so there is no byte that can be changed, lost or added.
TEST(Ledger, NoticesEveryChangedByte) {
  const std::string written = write_ledger(book(), options);
  for (std::size_t i = 0; i < written.size(); ++i)
    for (const int flip : {1, 2, 0x20, 0x80}) {
      std::string bad = written;
      bad[i] = static_cast<char>(bad[i] ^ flip);
      EXPECT_NE(complaint(bad, Exit::input), "") << "byte " << i << " changed by " << flip;
    }
}

TEST(Ledger, NoticesEveryLostOrAddedByte) {
  const std::string written = write_ledger(book(), options);
  for (std::size_t i = 0; i < written.size(); ++i) {
    EXPECT_NE(complaint(written.substr(0, i), Exit::input), "") << "cut off at byte " << i;
    std::string bad = written;
    bad.erase(i, 1);
    EXPECT_NE(complaint(bad, Exit::input), "") << "byte " << i << " lost";
    bad = written;
    bad.insert(i, 1, '\n');
    EXPECT_NE(complaint(bad, Exit::input), "") << "a line end at byte " << i;
  }
  EXPECT_NE(complaint(written + '\n', Exit::input), "");
  EXPECT_NE(complaint(written + written, Exit::input), "");
}

TEST(Ledger, NoticesLinesThatAreLostDoubledOrMoved) {
  const std::string written = write_ledger(book(), options);
  std::vector<std::string> lines;
  for (std::size_t i = 0, end; i < written.size(); i = end + 1)
    end = written.find('\n', i), lines.push_back(written.substr(i, end + 1 - i));
  const auto all = [](const std::vector<std::string>& some) {
    std::string out;
    for (const std::string& line : some) out += line;
    return out;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string> lost = lines, doubled = lines, moved = lines;
    lost.erase(lost.begin() + static_cast<std::ptrdiff_t>(i));
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    EXPECT_NE(complaint(all(lost), Exit::input), "") << lines[i];
    EXPECT_NE(complaint(all(doubled), Exit::input), "") << lines[i];
    if (i + 1 == lines.size()) continue;
    std::swap(moved[i], moved[i + 1]);
    EXPECT_NE(complaint(all(moved), Exit::input), "") << lines[i];
  }
}

TEST(Ledger, SaysWhereItCannotBeRead) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "book.ledger:1: is not a ledger of emend"},
      {"emend-ledger 2\n", "book.ledger:1: is not a ledger of emend"},
      {"emend-ledger 1\nprogram 0\n", "book.ledger:1: the ledger has no end line, so part of it is missing"},
      {forged("edit\ts\tr\t0+3\n"), "book.ledger:4: cannot be read as a change"},
      {forged("\n"), "book.ledger:4: cannot be read as a change"},
      {forged("doubt\ts\tr\t0+3\t\t9\t\t\t\t\t\nedit\n"), "book.ledger:5: cannot be read as a change"},
  };
  for (const auto& [bytes, want] : cases)
    EXPECT_EQ(complaint(bytes, Exit::input), want + "; make the ledger anew with `emend convert … --ledger FILE`");
}

TEST(Ledger, RefusesChangesThatAreNone) {
  const std::string cases[] = {
      "edix\ts\tr\t0+3\t\t9\t\t\tTbe\tx\t\n",                     // no such kind
      "edit\ts\tr\t0+3\t\t9\t\t\tTbe\tx\t\t\n",                   // a field too many
      "edit\ts\tr\t0+3\t\t9\t\t\tTbe\tx\n",                       // a field too few
      "edit\ts\tr\t0-3\t\t9\t\t\tTbe\tx\t\n",                     // no span
      "edit\ts\tr\t0+\t\t9\t\t\tTbe\tx\t\n",                      //
      "edit\ts\tr\t+3\t\t9\t\t\tTbe\tx\t\n",                      //
      "edit\ts\tr\t0+-3\t\t9\t\t\tTbe\tx\t\n",                    //
      "edit\ts\tr\t0+3 \t\t9\t\t\tTbe\tx\t\n",                    //
      "edit\ts\tr\t4294967296+3\t\t9\t\t\tTbe\tx\t\n",            // does not fit
      "edit\ts\tr\t4294967295+3\t\t9\t\t\tTbe\tx\t\n",            //
      "edit\ts\tr\t0+99999999999999999999\t\t9\t\t\tTbe\tx\t\n",  //
      "link\ts\tr\t0+3\t4294967295+1\t9\tn\t\t\t\t\n",            //
      "edit\ts\tr\t0+3\t\t256\t\t\tTbe\tx\t\n",                   //
      "edit\ts\tr\t0+3\t\t-1\t\t\tTbe\tx\t\n",                    //
      "edit\ts\tr\t0+3\t\t\t\t\tTbe\tx\t\n",                      // not said how sure
      "edit\ts\tr\t0+3\t\t9\t\t\tTbe\t\\\t\n",                    // no such escape
      "edit\ts\tr\t0+3\t\t9\t\t\tTbe\t\\q\t\n",                   //
      "edit\ts\tr\t0+3\t\t9\t\t\tTbe\t\\x4\t\n",                  //
      "edit\ts\tr\t0+3\t\t9\t\t\tTbe\t\\xFG\t\n",                 //
  };
  for (const std::string& change : cases)
    EXPECT_NE(complaint(forged(change), Exit::input).find("book.ledger:4: cannot be read as a change"),
              std::string::npos)
        << change;
}

TEST(Ledger, ThatIsForgedIsNoDefectOfTheProgram) {
  const std::string cases[] = {
      "edit\ts\tr\t40+9\t\t9\t\t\tTbe\tx\t\n",                                    // outside
      "edit\ts\tr\t4294967290+5\t\t9\t\t\tTbe\tx\t\n",                            //
      "link\ts\tr\t0+3\t43+1\t9\tn\t\t\t\t\n",                                    //
      "edit\ts\tr\t0+3\t\t9\t\t\tThe\tx\t\n",                                     // reads otherwise
      "edit\ts\tr\t13+3\t\t9\t\t\te\\nT\tx\t\n",                                  // across a line end
      "block\ts\tr\t1+13\t\t9\tp\t\t\t\t\n",                                      // no whole line
      "block\ts\tr\t0+34\t\t9\tp\t\t\t\t\nblock\ts\tr\t15+28\t\t9\tq\t\t\t\t\n",  // crossing
      "phrase\ts\tr\t0+3\t\t9\tp\t\t\t\t\nedit\tt\tr\t1+1\t\t9\t\t\tb\th\t\nphrase\tt\tr\t2+"
      "1\t\t9\tp\t\t\t\t\n",                    // overlap
      "page\ts\tr\t3+0\t\t9\tread\t\t\t7\t\n",  // within a line
      "join\ts\tr\t3+0\t\t9\t\t\t\t\t\n",       //
  };
  for (const std::string& changes : cases) {
    const std::string said = complaint(forged(changes), Exit::invalid);
    EXPECT_EQ(said.find("my book.txt: the ledger does not fit its source (stage '"), 0u) << changes << said;
    EXPECT_EQ(said.find("defect"), std::string::npos) << said;
  }
}

TEST(Ledger, IsOfOneSourceOnly) {
  const std::string written = write_ledger(book(), options);
  const std::string want = "my book.txt: the ledger was made from another source (43 bytes, SHA-256 " + sha256(source) +
                           "); give the file that was converted";
  std::string other(source);
  other[8] = 'F';
  EXPECT_EQ(complaint(written, Exit::invalid, source), "");
  EXPECT_EQ(complaint(written, Exit::invalid, other), want);
  EXPECT_EQ(complaint(written, Exit::invalid, source.substr(1)), want);
  EXPECT_EQ(complaint(written, Exit::invalid, ""), want);
}

TEST(Ledger, WithoutChangesIsALedgerToo) {
  const Document d = open_document("book.txt", std::string(source));
  Ledger ledger = read_ledger(write_ledger(d, {}), "book.ledger");
  EXPECT_TRUE(ledger.changes.empty());
  EXPECT_TRUE(ledger.options.empty());
  EXPECT_EQ(replay(std::string(source), ledger).lines.size(), 3u);
}

// `emend stage letters | emend stage letters`: what the second run did to the first run's edits is a commit of its own.
TEST(Ledger, RemembersAStageThatRanTwice) {
  Document d = open_document("book.txt", "abc\ndef");
  for (const std::string_view word : {"X", "YY", "Z"}) {
    Proposal p(d, "letters");
    p.edit(d.lines[0], 0, 2, word, "r");
    p.edit(d.lines[1], 1, 2, word, "r");
    commit(d, p.changes());
  }
  Ledger ledger = read_ledger(write_ledger(d, {}), "book.ledger");
  const Document again = replay(d.source, ledger);
  EXPECT_EQ(again.lines[0].text, d.lines[0].text);
  EXPECT_EQ(again.lines[1].text, "dZYf");
  EXPECT_EQ(again.patches.size(), 2u);
}

TEST(Wire, CarriesADocumentBetweenProcesses) {
  const std::string wire = write_wire(book(), options);
  EXPECT_TRUE(is_wire(wire));
  EXPECT_FALSE(is_wire(source));
  BookOptions piped;
  const Document d = read_wire(wire, "standard input", piped);
  EXPECT_EQ(d.source, source);
  EXPECT_EQ(d.name, "my book.txt");
  EXPECT_EQ(piped, options);
  EXPECT_EQ(write_wire(d, piped), wire);
}

TEST(Wire, NoticesEveryChangedOrLostByte) {
  const std::string wire = write_wire(book(), options);
  const auto complains = [](const std::string& bytes) {
    try {
      BookOptions piped;
      read_wire(bytes, "standard input", piped);
    } catch (const Error& e) {
      return e.code == Exit::input || e.code == Exit::invalid;
    }
    return false;
  };
  EXPECT_FALSE(complains(wire));
  for (std::size_t i = 0; i < wire.size(); ++i) {
    std::string bad = wire;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    EXPECT_TRUE(complains(bad)) << "byte " << i << " changed";
    EXPECT_TRUE(complains(wire.substr(0, i))) << "cut off at byte " << i;
  }
  EXPECT_TRUE(complains("emend-document 1\nbytes 18446744073709551615\nabc\n"));
  EXPECT_TRUE(complains("emend-document 1\nbytes 99999999999999999999\nabc\n"));
  EXPECT_TRUE(complains("emend-document 1\nbytes -1\nabc\n"));
}

TEST(Digest, IsSha256) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace emend
