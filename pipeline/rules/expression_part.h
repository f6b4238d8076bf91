// What a part of an expression can match, and how parts that stand side by side or for each other are put together.
#pragma once
#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// How a part begins.
struct Opening {
  std::bitset<256> first;  // the bytes that what it matches may begin with
  bool empty = false;      // it may match nothing
  bool at_begin = false;   // only at the begin of the text

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
  void add(std::string_view word, const std::bitset<256>& first);
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
