// Brackets of a passage, judged in pairs.
#pragma once
#include <vector>

#include "stages/74-punctuation/judged.h"

namespace emend {

class Brackets {
 public:
  explicit Brackets(JudgedPassage& judged) : judged_(judged) {}

  /// A new passage begins.
  void clear() { open_.clear(); }
  void open(std::size_t l, std::size_t i, bool wide);
  void close(std::size_t l, std::size_t i, bool wide);
  /// Whether extraction kept the full-width brackets of the book: at least as many as there are narrow ones behind Han.
  bool keeps_wide();

 private:
  struct Open {
    std::size_t line, at, han;  // `han`: characters of the passage before it
    bool wide;
    Neighbour left;
  };
  bool is_chinese_pair(const Open&, const Neighbour& right) const;
  bool spells_out(const Open&, std::size_t end, const Neighbour& right) const;
  bool is_call(const Open&) const;

  JudgedPassage& judged_;
  std::vector<Open> open_;
  int wide_ = -1;  // whether the book keeps them; -1 while not asked
};

}  // namespace emend
