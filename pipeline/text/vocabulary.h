// How often a book has certain words: what a hyphen at a line end is judged by.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// The word (letters, and hyphens within) that ends `s`, or begins it.
std::string_view last_word_of(std::string_view s);
std::string_view first_word_of(std::string_view s);

/// A word in two parts at a line end, the first without its hyphen.
struct CutWord {
  std::string_view first, second;
};

/// Counts, in one pass over a book, only the words that were asked for.
class Vocabulary {
 public:
  void ask(const CutWord& word);
  void read(const Document& d);
  /// Whether the hyphen belongs to the word: the book spells it so elsewhere, or, if it never has the word, makes other
  /// compounds of the same part. `known` tells whether there was any evidence.
  struct Verdict {
    bool keep = false, known = false;
  };
  Verdict judge(const CutWord& word, bool second_is_name) const;
  /// Whether the book has both parts as one word and neither of them within a line, or, if `second_only`, not the
  /// second: then a hyphen was lost between them.
  bool lost_hyphen(const CutWord& word, bool second_only) const;
  /// Whether the book has both parts as one word.
  bool whole(const CutWord& word) const;
  /// Whether the book has `word` within a line.
  bool within_lines(std::string_view word) const;

 private:
  struct Count {
    int all = 0, within = 0;  // `within`: neither first nor last in their line
  };
  int count(const std::string& word) const;
  void note(std::string word);
  std::unordered_map<std::string, Count> counts_;
  std::vector<bool> lengths_, beginnings_;  // of the words asked for: what most others fail at
};

}  // namespace emend
