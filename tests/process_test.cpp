// Child processes: much in both directions, and those that do not end, read or stop.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <thread>

#include "pipeline/run/process.h"
#include "stages/write/package/zip_times.h"

namespace emend {
namespace {

using std::chrono::seconds;

TEST(Process, passesMuchBothWaysWithoutWaitingForEver) {
  const std::string much(8 << 20, 'x');
  const Outcome outcome = run_process({"cat", {}, much, {}, seconds(30)});
  ASSERT_TRUE(succeeded(outcome)) << describe(outcome);
  EXPECT_EQ(outcome.output, much);
  const Outcome loud = run_process({"sh", {"-c", "cat >&2; echo end"}, much, {}, seconds(30)});
  EXPECT_EQ(loud.output, "end\n");
  EXPECT_EQ(loud.messages.size(), std::size_t{1} << 20);
}

TEST(Process, survivesAChildThatDoesNotRead) {
  const std::string much(1 << 20, 'x');
  EXPECT_EQ(run_process({"sh", {"-c", "exit 3"}, much, {}, seconds(30)}).status, 3);
  EXPECT_TRUE(succeeded(run_process({"true", {}, much, {}, seconds(30)})));
}

TEST(Process, passesArgumentsAsTheyAre) {
  EXPECT_EQ(run_process({"printf", {"%s|", "a b", "$HOME", "'\"", ""}, "", {}, seconds(30)}).output, "a b|$HOME|'\"||");
  EXPECT_EQ(run_process({"sh", {"-c", "echo $EMEND_TEST"}, "", {{"EMEND_TEST", "set"}}, seconds(30)}).output, "set\n");
}

TEST(Process, stopsWhatIsTooLongOrTooMuch) {
  Command endless{"yes", {}, "", {}, seconds(30)};
  endless.output_limit = 1 << 20;
  const Outcome outcome = run_process(endless);
  EXPECT_EQ(outcome.ending, Ending::too_much_output);
  EXPECT_EQ(outcome.output.size(), std::size_t{1} << 20);
  Command closed{"sh", {"-c", "exec <&- >&- 2>&-; sleep 30"}, "", {}, std::chrono::milliseconds(300)};
  EXPECT_EQ(run_process(closed).ending, Ending::timed_out);
}

TEST(Process, hasNoMoreMemoryThanItMay) {
  Command large{"sh", {"-c", "x=$(head -c 300000000 /dev/zero | tr '\\0' x); echo ${#x}"}, "", {}, seconds(30)};
  large.memory_limit = std::size_t{100} << 20;
  EXPECT_NE(run_process(large).output, "300000000\n");
  EXPECT_TRUE(succeeded(run_process({"true", {}, "", {}, seconds(30)})));
}

TEST(Process, doesNotWaitForAGrandchildThatHoldsThePipe) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(run_process({"sh", {"-c", "sleep 30 & echo done"}, "", {}, seconds(20)}).output, "done\n");
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(5));
}

// One that has ended and that nobody has asked after is a zombie, and runs no more.
bool runs(const std::string& pid) {
  std::ifstream stat("/proc/" + pid + "/stat");
  std::string line;
  std::getline(stat, line);
  const std::size_t name = line.rfind(')');
  return name != line.npos && line.substr(name + 2, 1) != "Z";
}

TEST(Process, leavesNoGrandchildBehind) {
  const Outcome outcome = run_process({"sh", {"-c", "sleep 60 >/dev/null 2>&1 & echo $!"}, "", {}, seconds(20)});
  ASSERT_TRUE(succeeded(outcome)) << describe(outcome);
  const std::string pid = outcome.output.substr(0, outcome.output.find('\n'));
  for (int tries = 0; tries < 200 && runs(pid); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_FALSE(runs(pid)) << pid;
}

TEST(ZipTimes, refuseWhatIsNoArchive) {
  for (std::string bytes :
       {std::string(), std::string("PK"), std::string(100, '\0'), std::string("PK\5\6") + std::string(18, '\xFF')}) {
    const std::string before = bytes;
    EXPECT_FALSE(fix_zip_times(bytes));
    EXPECT_EQ(bytes, before);
  }
}

}  // namespace
}  // namespace emend
