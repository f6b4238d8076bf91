// Blanks within and beside Chinese words: which of them extraction put there.
#pragma once
#include <cstdint>
#include <vector>

#include "stages/70-letters/repaired.h"

namespace emend {

/// A stretch of Han characters without a blank, within a stretch that only blanks divide.
struct HanToken {
  std::size_t begin, end, characters;
};

class Blanks {
 public:
  explicit Blanks(RepairedPassage& passage) : p_(passage) {}

  /// A new line of the passage begins.
  void turn_to(std::size_t l);
  /// A blank at [begin, end) of the line: between two Han characters, or beside something else.
  void between_han(std::size_t l, std::size_t begin);
  void beside_punctuation(std::size_t l, std::size_t begin, std::size_t end, char32_t left, char32_t right);

 private:
  std::size_t judge_segment(std::size_t l, std::size_t at);
  void judge(std::size_t l, std::size_t begin, std::size_t end, bool single_blanks);
  bool join_title(std::size_t l, std::size_t begin, std::size_t end);
  void join_tokens(std::size_t from, std::size_t to, std::size_t l, Because);
  std::string_view text_of(std::size_t l, const HanToken&) const;
  void ask();
  bool is_running() { return ask(), running_; }
  bool is_spaced_out() { return ask(), spaced_out_; }
  bool running() const;
  bool has_sentence() const;
  bool spaced_out() const;

  RepairedPassage& p_;
  bool spacing_ = false;    // the line has no columns
  std::size_t judged_ = 0;  // where the segment of Han and blanks ends that was judged last
  bool running_ = false, spaced_out_ = false;
  std::uint32_t asked_ = 0xFFFFFFFF;  // of which passage
  std::vector<HanToken> tokens_;
};

/// "5.1<tab>Words" of a contents list: the tab reads as a blank.
void repair_entry_tab(RepairedPassage&, std::size_t l);

}  // namespace emend
