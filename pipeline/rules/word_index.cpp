// A bucket for each pair of bytes that words begin with: most places of a text begin none.
#include "pipeline/rules/word_index.h"

namespace emend {

void WordIndex::add(std::string_view word, std::uint32_t list) {
  const auto first = static_cast<unsigned char>(word[0]);
  std::uint32_t& head =
      word.size() == 1 ? of_one_byte_[first] : of_two_bytes_[bucket(first, static_cast<unsigned char>(word[1]))];
  begins_[first] = true;
  words_.push_back({std::string(word), list, head});
  head = static_cast<std::uint32_t>(words_.size());
}

void WordIndex::follow(std::uint32_t word, std::string_view rest, Numbers& lists) const {
  for (; word != 0; word = words_[word - 1].next)
    if (const Word& w = words_[word - 1]; rest.starts_with(w.text))
      lists[w.list / 64] |= std::uint64_t{1} << w.list % 64;
}

void WordIndex::find(std::string_view text, Numbers& lists) const {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (!begins_[first]) continue;
    if (of_one_byte_[first] != 0) follow(of_one_byte_[first], text.substr(i), lists);
    if (i + 1 == text.size()) break;
    const std::uint32_t head = of_two_bytes_[bucket(first, static_cast<unsigned char>(text[i + 1]))];
    if (head != 0) follow(head, text.substr(i), lists);
  }
}

}  // namespace emend
