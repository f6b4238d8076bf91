// Lists of words, as long as they are short, and else the best of them.
#include "pipeline/rules/expression_part.h"

#include <algorithm>
#include <utility>

#include "pipeline/text/utf8.h"

namespace emend {

namespace {

constexpr std::size_t most_words = 1000, most_combined = 64;

const Bytes ascii = ~(Bytes().set() << 128);

using Words = std::vector<std::string>;

Words combined(const Words& first, const Words& second) {
  Words all;
  all.reserve(first.size() * second.size());
  for (const std::string& a : first)
    for (const std::string& b : second) all.push_back(a + b);
  return all;
}

}  // namespace

// Only of ASCII letters is it known which letters are the same: k and s have others beyond.
Opening Opening::of_characters(char32_t from, char32_t to, bool folds) {
  const auto lead = [](char32_t c) {
    std::string bytes;
    append_character(bytes, c);
    return static_cast<unsigned char>(bytes[0]);
  };
  Opening of;
  for (unsigned b = lead(from); b <= lead(to); ++b) of.first.set(b);
  for (unsigned b = 'a'; folds && b <= 'z'; ++b)
    if (of.first[b] || of.first[b - 32u]) of.first.set(b).set(b - 32u);
  const bool has_case = folds && to >= 0x80 && !(from >= 0x3000 && to < 0xA000);
  if (has_case || (folds && (of.first['k'] || of.first['s'])))
    for (unsigned b = 0xC2; b < 0xF5; ++b) of.first.set(b);
  if (has_case)
    for (const char c : {'k', 'K', 's', 'S'}) of.first.set(static_cast<unsigned char>(c));
  of.single = (of.first & ascii).any();
  if (from == to && from >= 0x80 && !has_case) {
    std::string bytes;
    append_character(bytes, from);
    of.second.set(static_cast<unsigned char>(bytes[1]));
  } else if ((of.first & ~ascii).any()) {
    of.second = ~ascii;
  }
  return of;
}

Opening Opening::of_anything() {
  Opening of;
  of.first.set();
  of.second.set();
  of.single = true;
  return of;
}

void Opening::follow(const Opening& next) {
  if (empty) first |= next.first, second |= next.second;
  if (single) second |= next.first;
  at_begin = at_begin || (empty && next.at_begin);
  single = (single && next.empty) || (empty && next.single);
  empty = empty && next.empty;
}

void Opening::or_else(const Opening& other) {
  first |= other.first;
  second |= other.second;
  empty = empty || other.empty;
  single = single || other.single;
  at_begin = at_begin && other.at_begin;
}

Part Part::any_character() {
  Part part;
  part.opening = Opening::of_anything();
  return part;
}

Part Part::nothing(bool at_begin) {
  Part part{true, {""}, {}};
  part.opening.empty = true;
  part.opening.at_begin = at_begin;
  return part;
}

void Part::or_else(Part other) {
  opening.or_else(other.opening);
  exact = exact && other.exact;
  const bool said = !words.empty() && !other.words.empty() && words.size() + other.words.size() <= most_words;
  if (said)
    words.insert(words.end(), std::make_move_iterator(other.words.begin()), std::make_move_iterator(other.words.end()));
  if (!said) exact = false, words.clear();
}

void Part::repeat(bool may_be_absent, bool at_most_once) {
  if (!at_most_once && opening.single) opening.second |= opening.first;
  if (may_be_absent) opening.empty = true, opening.at_begin = false;
  if (may_be_absent && at_most_once && exact && words.size() < most_combined)
    words.emplace_back();
  else if (may_be_absent)
    exact = false, words.clear();
  else
    exact = false;
  if (!exact && shortest(words) == 0) words.clear();
}

void PartSequence::add(Part part) {
  opening_.follow(part.opening);
  const std::size_t fewer = std::min(run_.size(), part.words.size()), all = run_.size() * part.words.size();
  if (part.exact && (all <= most_combined || fewer == 1)) {
    if (part.words.size() == 1)
      for (std::string& before : run_) before += part.words[0];
    else
      run_ = combined(run_, part.words);
    return;
  }
  exact_ = false;
  consider(std::move(run_));
  run_ = {""};
  if (part.exact)
    run_ = std::move(part.words);
  else
    consider(std::move(part.words));
}

void PartSequence::add(std::string_view word, const Opening& opening) {
  opening_.follow(opening);
  for (std::string& before : run_) before += word;
}

Part PartSequence::whole() && {
  if (exact_) return {true, std::move(run_), opening_};
  consider(std::move(run_));
  return {false, std::move(best_), opening_};
}

void PartSequence::consider(Words words) {
  static constexpr std::size_t long_enough = 4;  // bytes: what is longer is no rarer
  const auto worth = [](const Words& w) { return std::min(shortest(w), long_enough); };
  const std::size_t now = worth(words), before = worth(best_);
  if (now > before || (now == before && now > 0 && words.size() < best_.size())) best_ = std::move(words);
}

void make_unique(Words& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

std::size_t shortest(const Words& words) {
  std::size_t least = std::string::npos;
  for (const std::string& word : words) least = std::min(least, word.size());
  return words.empty() ? 0 : least;
}

Words without_longer(Words words) {
  make_unique(words);
  std::size_t kept = 0;
  for (std::string& word : words)
    if (kept == 0 || !word.starts_with(words[kept - 1])) {
      if (&words[kept] != &word) words[kept] = std::move(word);
      ++kept;
    }
  words.resize(kept);
  return words;
}

}  // namespace emend
