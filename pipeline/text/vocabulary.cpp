// Counting the words that hyphens at line ends cut, whole, with a hyphen, and as parts of other compounds.
#include "pipeline/text/vocabulary.h"

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t longest_word = 128;

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

constexpr unsigned char folded(char c) { return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

std::size_t beginning_of(std::string_view word) {
  return std::size_t{folded(word[0])} << 8 | (word.size() > 1 ? folded(word[1]) : 0u);
}

}  // namespace

std::string_view last_word_of(std::string_view s) {
  std::size_t begin = s.size();
  while (begin > 0) {
    const std::size_t at = character_before(s, begin);
    const char32_t c = first_character(s.substr(at));
    if (!is_letter(c) && c != '-') break;
    begin = at;
  }
  return s.substr(begin);
}

std::string_view first_word_of(std::string_view s) {
  std::size_t end = 0;
  while (end < s.size()) {
    if (const auto byte = static_cast<unsigned char>(s[end]); byte < 0x80) {
      if (!is_ascii_letter(byte) && byte != '-') break;
      ++end;
      continue;
    }
    std::size_t next = end;
    const char32_t c = next_character(s, next);
    if (!is_letter(c) && c != '-') break;
    end = next;
  }
  return s.substr(0, end);
}

void Vocabulary::note(std::string word) {
  if (word.empty() || word.size() > longest_word) return;
  if (lengths_.empty()) lengths_.resize(longest_word + 1), beginnings_.resize(std::size_t{1} << 16);
  lengths_[word.size()] = true;
  beginnings_[beginning_of(word)] = true;
  counts_.emplace(std::move(word), Count{});
}

int Vocabulary::count(const std::string& word) const {
  const auto found = counts_.find(word);
  return found == counts_.end() ? 0 : found->second.all;
}

// The part of a compound that its hyphen joins: `-même` of lui-même, `anti-` of anti-slavery.
void Vocabulary::ask(const CutWord& word) {
  const std::string first = lower(word.first), second = lower(word.second);
  note(first + second);
  note(first + "-" + second);
  note(first);
  note(second);
  note(first + "-");
  note("-" + second);
}

void Vocabulary::read(const Document& d) {
  if (counts_.empty()) return;
  bool within = false;
  const auto add = [&](std::string_view word) {
    if (word.empty() || word.size() > longest_word || !lengths_[word.size()] || !beginnings_[beginning_of(word)])
      return;
    if (const auto found = counts_.find(lower(word)); found != counts_.end())
      ++found->second.all, found->second.within += within;
  };
  for (const Line& line : d.lines) {
    const std::string_view text = line.text;
    const std::size_t inner = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t") + 1;
    for (std::size_t i = 0; i < text.size();) {
      if (const auto byte = static_cast<unsigned char>(text[i]); byte >= 0xE3 && byte <= 0xED) {
        i += 3;  // Han, kana, hangul: no words that hyphens cut
        continue;
      }
      const std::string_view word = first_word_of(text.substr(i));
      if (word.empty()) {
        next_character(text, i);
        continue;
      }
      const std::size_t begin = i;
      i += word.size();
      if (i == text.size() && word.ends_with('-')) continue;  // cut itself
      if (begin == 0 && word.starts_with('-')) continue;
      within = begin != inner && i != end;
      add(word);
      const std::size_t hyphen = word.find('-', 1), last = word.rfind('-');
      if (hyphen != word.npos) {
        add(word.substr(0, hyphen + 1));
        add(word.substr(last));
      }
    }
  }
}

Vocabulary::Verdict Vocabulary::judge(const CutWord& word, bool second_is_name) const {
  const std::string first = lower(word.first), second = lower(word.second);
  const int hyphens = count(first + "-" + second), solid = count(first + second);
  if (hyphens + solid > 0) return {hyphens > solid, true};
  const bool parts = count(first) > 0 && count(second) > 0;
  if (parts && count(first + "-") + count("-" + second) > 1) return {true, true};
  return {second_is_name, false};
}

bool Vocabulary::within_lines(std::string_view word) const {
  const auto found = counts_.find(lower(word));
  return found != counts_.end() && found->second.within > 0;
}

bool Vocabulary::whole(const CutWord& word) const { return count(lower(word.first) + lower(word.second)) > 0; }

bool Vocabulary::lost_hyphen(const CutWord& word, bool second_only) const {
  return whole(word) && !within_lines(word.second) && (second_only || !within_lines(word.first));
}

}  // namespace emend
