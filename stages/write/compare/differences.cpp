// Passages that are the same are paired first. Between them the words are: passages that share half of their words
// belong together, one with one that was changed, one with several that it was divided into. What is left is gone, new
// or moved.
#include "stages/write/compare/differences.h"

#include <algorithm>
#include <map>

#include "stages/write/compare/alignment.h"
#include "stages/write/compare/words.h"

namespace emend {
namespace {

using Passages = std::vector<ComparedPassage>;

std::string all_of(const ComparedPassage& passage) {
  std::string all = passage.kind + '\n' + passage.text;
  for (const std::string& reading : passage.readings) (all += '\n') += reading;
  return all;
}

/// Passages of both editions that belong together: [a_begin, a_end) became [b_begin, b_end).
struct Group {
  std::size_t a_begin, a_end, b_begin, b_end;
};

/// How many words of each pair of passages are the same.
std::map<std::pair<std::size_t, std::size_t>, std::size_t> shared_words(const std::vector<Word>& a,
                                                                        const std::vector<Word>& b) {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> shared;
  for (const auto& [i, j] : align_words(a, b)) shared[{a[i].owner, b[j].owner}] += a[i].tells;
  return shared;
}

std::map<std::size_t, std::size_t> lengths_of(const std::vector<Word>& words) {
  std::map<std::size_t, std::size_t> lengths;
  for (const Word& word : words) lengths[word.owner] += word.tells;
  return lengths;
}

/// The groups among passages that are not the same, in order. Both are ranges of indices.
std::vector<Group> groups_of(const std::vector<Word>& a, const std::vector<Word>& b) {
  const std::map<std::size_t, std::size_t> in_a = lengths_of(a), in_b = lengths_of(b);
  std::vector<Group> groups;
  for (const auto& [pair, shared] : shared_words(a, b)) {
    const auto [i, j] = pair;
    if (shared == 0 || shared * 2 < std::min(in_a.at(i), in_b.at(j))) continue;
    if (!groups.empty() && (i < groups.back().a_end || j < groups.back().b_end)) {
      groups.back().a_end = std::max(groups.back().a_end, i + 1);
      groups.back().b_end = std::max(groups.back().b_end, j + 1);
    } else {
      groups.push_back({i, i + 1, j, j + 1});
    }
  }
  return groups;
}

/// "paragraph", "paragraph ×2", "heading of level 1 and paragraph".
std::string kinds_of(const Passages& passages, std::size_t begin, std::size_t end) {
  std::string all;
  for (std::size_t i = begin; i < end;) {
    std::size_t next = i;
    while (next < end && passages[next].kind == passages[i].kind) ++next;
    if (!all.empty()) all += next == end ? " and " : ", ";
    all += passages[i].kind + (next - i > 1 ? " ×" + std::to_string(next - i) : "");
    i = next;
  }
  return all;
}

std::vector<Word> words_of(const Passages& passages, std::size_t begin, std::size_t end) {
  std::vector<Word> words;
  for (std::size_t i = begin; i < end; ++i) add_words(passages[i].text, i, words);
  return words;
}

/// How the readings differ, as if each were a word.
std::vector<std::string> changes_of_readings(const Passages& a, const Passages& b, const Group& g) {
  std::vector<std::string> before, after, lines;
  for (std::size_t i = g.a_begin; i < g.a_end; ++i)
    before.insert(before.end(), a[i].readings.begin(), a[i].readings.end());
  for (std::size_t j = g.b_begin; j < g.b_end; ++j)
    after.insert(after.end(), b[j].readings.begin(), b[j].readings.end());
  std::vector<Word> old_words, new_words;
  for (const std::string& reading : before) old_words.push_back({reading, true, true, 0});
  for (const std::string& reading : after) new_words.push_back({reading, true, true, 0});
  if (before == after) return {};
  for (const std::string& change : changes_of_words(old_words, new_words)) lines.push_back("readings: " + change);
  return lines;
}

class Comparison {
 public:
  Comparison(const ComparedText& before, const ComparedText& after) : a_(before.passages), b_(after.passages) {}

  std::vector<Difference> all() {
    Numbers numbers;
    std::vector<std::uint32_t> of_a, of_b;
    for (const ComparedPassage& passage : a_) of_a.push_back(numbers.of(all_of(passage)));
    for (const ComparedPassage& passage : b_) of_b.push_back(numbers.of(all_of(passage)));
    std::size_t i = 0, j = 0;
    for (const auto& [in_a, in_b] : align(of_a, of_b)) {
      between({i, in_a, j, in_b});
      i = in_a + 1, j = in_b + 1;
    }
    between({i, a_.size(), j, b_.size()});
    find_moved();
    std::erase_if(found_, [](const Found& found) { return found.told.what.empty(); });
    std::vector<Difference> told;
    for (Found& found : found_) told.push_back(std::move(found.told));
    return told;
  }

 private:
  struct Found {
    Difference told;
    const ComparedPassage* gone = nullptr;  // if it is a passage that is gone
    const ComparedPassage* added = nullptr;
  };

  /// The passages between two that are the same.
  void between(const Group& range) {
    if (range.a_begin == range.a_end && range.b_begin == range.b_end) return;
    const std::vector<Word> a = words_of(a_, range.a_begin, range.a_end), b = words_of(b_, range.b_begin, range.b_end);
    std::size_t i = range.a_begin, j = range.b_begin;
    for (const Group& group : groups_of(a, b)) {
      alone(i, group.a_begin, j, group.b_begin);
      changed(group);
      i = group.a_end, j = group.b_end;
    }
    alone(i, range.a_end, j, range.b_end);
  }

  void alone(std::size_t a_begin, std::size_t a_end, std::size_t b_begin, std::size_t b_end) {
    for (std::size_t i = a_begin; i < a_end; ++i)
      found_.push_back({{a_[i].place, "gone: " + a_[i].kind, {first_words(a_[i].text)}}, &a_[i], nullptr});
    for (std::size_t j = b_begin; j < b_end; ++j)
      found_.push_back({{b_[j].place, "new: " + b_[j].kind, {first_words(b_[j].text)}}, nullptr, &b_[j]});
  }

  void changed(const Group& g) {
    const std::string was = kinds_of(a_, g.a_begin, g.a_end), is = kinds_of(b_, g.b_begin, g.b_end);
    Difference told{a_[g.a_begin].place, was == is ? is : was + ", now " + is, {}};
    told.words = changes_of_words(words_of(a_, g.a_begin, g.a_end), words_of(b_, g.b_begin, g.b_end));
    for (std::string& line : changes_of_readings(a_, b_, g)) told.words.push_back(std::move(line));
    if (told.words.empty()) told.words.push_back(first_words(b_[g.b_begin].text));  // only its kind is another
    found_.push_back({std::move(told), nullptr, nullptr});
  }

  /// A passage that is gone and came back elsewhere with the same words was moved.
  void find_moved() {
    std::multimap<std::string_view, Found*> gone;
    for (Found& found : found_)
      if (found.gone) gone.emplace(found.gone->text, &found);
    for (Found& found : found_) {
      if (!found.added) continue;
      const auto from = gone.find(found.added->text);
      if (from == gone.end()) continue;
      const std::string was = from->second->gone->kind, is = found.added->kind;
      found.told.what = "moved here from " + from->second->told.place + ": " + (was == is ? is : was + ", now " + is);
      from->second->told.what.clear();
      gone.erase(from);
    }
  }

  const Passages &a_, &b_;
  std::vector<Found> found_;
};

/// The printed pages, as if their numbers were words.
void compare_pages(const ComparedText& before, const ComparedText& after, std::vector<Difference>& told) {
  if (before.pages == after.pages) return;
  std::vector<Word> a, b;
  for (const std::string& page : before.pages) a.push_back({page, true, true, 0});
  for (const std::string& page : after.pages) b.push_back({page, true, true, 0});
  told.push_back({"throughout", "page numbers", changes_of_words(a, b)});
}

}  // namespace

std::vector<Difference> differences(const ComparedText& before, const ComparedText& after) {
  std::vector<Difference> told = Comparison(before, after).all();
  compare_pages(before, after, told);
  return told;
}

}  // namespace emend
