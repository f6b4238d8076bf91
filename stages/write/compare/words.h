// The words of passages, and how two runs of them differ.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace emend {

struct Word {
  std::string_view text;  // a word, a Chinese character, or one other sign
  bool after_blank;
  bool tells;         // it is a word or a Chinese character
  std::size_t owner;  // which passage it is of
};

/// A number for each text, the same for the same.
class Numbers {
 public:
  std::uint32_t of(std::string_view text) {
    return all_.emplace(text, static_cast<std::uint32_t>(all_.size())).first->second;
  }

 private:
  std::unordered_map<std::string, std::uint32_t> all_;
};

/// Adds the words of `text`, which must outlive them.
void add_words(std::string_view text, std::size_t owner, std::vector<Word>& words);

/// The pairs of words that are the same in both.
std::vector<std::pair<std::uint32_t, std::uint32_t>> align_words(const std::vector<Word>& a,
                                                                 const std::vector<Word>& b);

/// The changes from `a` to `b`, each with some words around it: "… of the [-tbe-]{+the+} hill …". Where the owner
/// changes, the sign ¶ stands for a word; ␣ stands for a blank that is all that changed.
std::vector<std::string> changes_of_words(const std::vector<Word>& a, const std::vector<Word>& b);

/// The first words, with "…" for the rest.
std::string first_words(std::string_view text);

}  // namespace emend
