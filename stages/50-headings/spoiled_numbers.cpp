// Filling the gaps of a series.
#include "stages/50-headings/spoiled_numbers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/rules/outline.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"
#include "weights/headings.h"

namespace emend {

namespace {

// What is printed around the number: "CAPÍTULO " and nothing, 第 and 章.
using Frame = std::pair<std::u32string, std::u32string>;

struct Member {
  std::size_t line = 0;
  Numbering number;
};

class Filler {
 public:
  explicit Filler(Found& f) : f_(f), d_(f.d) {}

  void run() {
    std::map<Frame, std::vector<Member>> series;
    for (const auto& [line, head] : f_.heads) {
      const Numbering n = f_.numbering_of(line);
      if (!n || is_movable_rank(n.rank) || n.rank >= decimal_rank || n.value == 0 || head.value != n.value) continue;
      if (const auto frame = frame_of(d_.lines[line].text, n)) series[*frame].push_back({line, n});
    }
    bool any = false;
    for (const auto& [frame, members] : series)
      if (members.size() >= headings::enough_of_series) any = fill(frame, members) || any;
    if (any) f_.set_levels_by_rank();
  }

 private:
  static std::optional<Frame> frame_of(std::string_view text, const Numbering& n) {
    text = trim(text);
    const std::size_t at = text.find(n.shown);
    if (at == text.npos || at == 0) return {};
    const std::string_view behind = text.substr(at + n.shown.size());
    const bool joined = is_cjk(first_character(behind));
    std::size_t end = 0;
    if (joined) next_character(behind, end);
    return Frame(folded(text.substr(0, at)), folded(behind.substr(0, end)));
  }

  // What stands in the place of the number, if the line has the frame and reads as no heading of its own.
  std::u32string number_in(std::size_t line, const Frame& frame) const {
    const std::string_view text = trim(d_.lines[line].text);
    if (!f_.lines.is_free(line) || !f_.lines.stands_apart(line) || wider_than(text, headings::longest_unlisted))
      return {};
    const std::u32string words = folded(text);
    const auto& [before, behind] = frame;
    if (!words.starts_with(before)) return {};
    const std::size_t end = behind.empty() ? words.size() : words.find(behind, before.size());
    if (end == words.npos || end <= before.size() || end - before.size() > headings::longest_spoiled) return {};
    return words.substr(before.size(), end - before.size());
  }

  bool fill(const Frame& frame, const std::vector<Member>& members) {
    bool any = false;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const bool last = i + 1 == members.size();
      const Member& here = members[i];
      const std::size_t end = last ? d_.lines.size() : members[i + 1].line;
      std::vector<std::pair<std::size_t, std::u32string>> spoiled;
      const std::vector<std::size_t>& lines = f_.lines.all();
      for (auto line = std::upper_bound(lines.begin(), lines.end(), here.line); line != lines.end() && *line < end;
           ++line)
        if (std::u32string number = number_in(*line, frame); !number.empty())
          spoiled.emplace_back(*line, std::move(number));
      const int missing = last ? 1 : members[i + 1].number.value - here.number.value - 1;
      if (spoiled.empty() || static_cast<int>(spoiled.size()) != missing) continue;
      const Number due = read_number(here.number.shown);
      if (last && similarity(folded(write_number(here.number.value + 1, due.form)), spoiled[0].second,
                             headings::like_number) == 0)
        continue;
      for (std::size_t k = 0; k < spoiled.size(); ++k)
        put(here, spoiled[k].first, here.number.value + 1 + static_cast<int>(k));
      any = true;
    }
    return any;
  }

  void put(const Member& elder, std::size_t line, int value) {
    Numbering number = elder.number;
    number.value = value;
    number.n = std::to_string(value);
    Head head;
    head.first = head.last = line;
    head.rule = number.rule->id;
    f_.describe(head, number);
    head.level = 0;
    head.rank = number.rank;
    head.value = value;
    head.because = {65, "its number was misread; the headings before and behind leave room for one"};
    f_.put(std::move(head));
  }

  Found& f_;
  const Document& d_;
};

}  // namespace

void find_spoiled_numbers(Found& f) { Filler(f).run(); }

}  // namespace emend
