// The line in which an abstract begins behind its heading: made two, and given back to the byte.
#include "stages/read/text/run_in_abstract.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace emend {
namespace {

std::string read(const std::string& text) {
  const std::optional<BrokenLine> place = find_run_in_abstract(text);
  if (!place) return text;
  const std::vector<BrokenLine> breaks = {*place};
  const std::string unrolled = unroll(text, breaks);
  EXPECT_EQ(roll_up(unrolled, breaks), text);
  return unrolled;
}

TEST(RunInAbstract, IsALineOfItsOwn) {
  EXPECT_EQ(read("The Gauge\nAbstract—We read the gauge at the sluice\nby a program.\n"),
            "The Gauge\nAbstract—\nWe read the gauge at the sluice\nby a program.\n");
  EXPECT_EQ(read("  ABSTRACT. We read the gauge at the sluice\n"), "  ABSTRACT.\n We read the gauge at the sluice\n");
  EXPECT_EQ(read("Résumé : La jauge est lue par un programme"), "Résumé :\n La jauge est lue par un programme");
}

TEST(RunInAbstract, IsNoOtherLine) {
  for (const std::string text :
       {"Abstracts. We read the gauge at the sluice\n", "Abstract. pp. 34-37 of the papers of an abbey\n",
        "Abstract: We read\n", "Abstract.We read the gauge at the sluice\n", "Abstract\nWe read the gauge\n",
        "Abstract—", "# The Gauge\nAbstract—We read the gauge at the sluice\n",
        "Two\fAbstract—We read the gauge at the sluice\n"})
    EXPECT_EQ(read(text), text);
}

TEST(RunInAbstract, IsOneInATextAndOfItsFirstPage) {
  EXPECT_EQ(read("Summary: We read the gauge at the sluice\nAbstract—We read the gauge at the sluice\n"),
            "Summary:\n We read the gauge at the sluice\nAbstract—We read the gauge at the sluice\n");
  const std::string late = std::string(200, '\n') + "Abstract—We read the gauge at the sluice\n";
  EXPECT_EQ(read(late), late);
}

}  // namespace
}  // namespace emend
