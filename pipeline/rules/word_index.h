// Which of many lists of words a text holds a word of, found in one pass over its bytes.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// A set of small numbers: bit n % 64 of element n / 64.
using Numbers = std::vector<std::uint64_t>;

class WordIndex {
 public:
  /// `list` is held by texts that hold the word, which must not be empty.
  void add(std::string_view word, std::uint32_t list);
  /// Adds to `lists` those of which the text holds a word; it must have room for them.
  void find(std::string_view text, Numbers& lists) const;

 private:
  struct Word {
    std::string text;
    std::uint32_t list, next;  // of the same bucket, counted from 1; 0: none
  };
  static std::size_t bucket(unsigned char first, unsigned char second) {
    return (first * 31u + second * 7u + (first >> 3u)) % buckets;
  }
  void follow(std::uint32_t word, std::string_view rest, Numbers& lists) const;

  static constexpr std::size_t buckets = 1024;
  std::array<bool, 256> begins_{};  // whether a word begins with the byte
  std::array<std::uint32_t, 256> of_one_byte_{};
  std::array<std::uint32_t, buckets> of_two_bytes_{};  // by the first two of a word
  std::vector<Word> words_;
};

}  // namespace emend
