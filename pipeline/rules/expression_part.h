// What a part of an expression can match, and how parts that stand side by side or for each other are put together.
#pragma once
#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

using Bytes = std::bitset<256>;

/// How what a part matches begins.
struct Opening {
  Bytes first, second;    // what its first two bytes may be
  bool empty = false;     // it may be nothing
  bool single = false;    // it may be one byte
  bool at_begin = false;  // it stands at the begin of the text

  /// Any of the characters and, if it folds, those that are the same but for their case.
  static Opening of_characters(char32_t from, char32_t to, bool folds);
  static Opening of_anything();

  void follow(const Opening& next);  // what stands behind this
  void or_else(const Opening& other);
};

/// One of the words and nothing else, or something with one of them in it.
struct Part {
  bool exact = false;
  std::vector<std::string> words;  // in small letters; of a part that is not exact: empty if nothing can be said
  Opening opening;

  /// Matches anything of a character.
  static Part any_character();
  /// Matches nothing, here or only at the begin of the text.
  static Part nothing(bool at_begin);

  void or_else(Part other);
  /// It may be there or not, more than once or not.
  void repeat(bool may_be_absent, bool at_most_once);
};

/// Parts from left to right: what stands side by side makes longer words, and the best list is kept.
class PartSequence {
 public:
  void add(Part part);
  void add(std::string_view word, const Opening& opening);
  Part whole() &&;

 private:
  void consider(std::vector<std::string> words);
  std::vector<std::string> run_{""}, best_;
  Opening opening_ = Part::nothing(false).opening;
  bool exact_ = true;
};

void make_unique(std::vector<std::string>& words);
/// The least of their lengths in bytes; 0 if there are none.
std::size_t shortest(const std::vector<std::string>& words);
/// Without those that begin with another: a text that holds them holds that, too.
std::vector<std::string> without_longer(std::vector<std::string> words);

}  // namespace emend
