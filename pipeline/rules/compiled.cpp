// Asking RE2 as little as possible; it is met only here.
#include "pipeline/rules/compiled.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <unordered_set>

#include "pipeline/document/error.h"
#include "pipeline/rules/needs.h"
#include "pipeline/rules/small_letters.h"
#include "pipeline/rules/word_index.h"

namespace emend {

namespace {

constexpr std::size_t few = 3;             // rules that are asked one by one
constexpr std::uint32_t asked_often = 64;  // times, from which on a class of few rules is not asked by their words
constexpr std::uint32_t often_many = 500;  // times that many are left, from which on a class is worth compiling as one

constexpr std::size_t no_byte = 256;  // the text is at its end

re2::StringPiece piece(std::string_view s) { return {s.data(), s.size()}; }

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

// A set must fit whole, unlike an expression alone, or it does not compile; this is room for hundreds of rules.
RE2::Options quiet_and_large() {
  RE2::Options options = quiet();
  options.set_max_mem(std::int64_t{64} << 20);
  return options;
}

[[noreturn]] void bad(const Rule& rule, const std::string& error) {
  throw Error(Exit::rules, rule.where + ": rule '" + rule.id + "' has a bad expression: " + error);
}

// The text in small letters; good until the next of the thread.
std::string_view in_small_letters(std::string_view text) {
  thread_local std::string small;
  small.clear();
  append_small_letters(small, text);
  return small;
}

// A rule by itself. One that is nothing but a list of words is looked up in it, and never compiled.
struct Alone {
  std::unique_ptr<RE2> expression;
  std::unordered_set<std::string> list;
  std::once_flag ready;
};

}  // namespace

// Within a class, rules have numbers in the order of the table.
struct Rules::Compiled::Class {
  std::vector<std::size_t> rules;  // their places in the table
  WordIndex words;                 // which a rule needs
  Numbers without_words;           // rules that need none
  Numbers by_first, by_second;     // for each byte, and none, the rules that match texts with it there
  re2::RE2::Set set{quiet_and_large(), RE2::UNANCHORED};
  std::once_flag indexed, ready;
  std::atomic<std::uint32_t> asked{0}, many_left{0};

  std::size_t blocks() const { return (rules.size() + 63) / 64; }
  // The rules that match texts which begin as this.
  void that_begin(std::string_view text, Numbers& left) const {
    left.resize(blocks());
    const std::uint64_t* first = &by_first[byte(text, 0) * blocks()];
    const std::uint64_t* second = &by_second[byte(text, 1) * blocks()];
    for (std::size_t b = 0; b < left.size(); ++b) left[b] = first[b] & second[b];
  }
  static std::size_t byte(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : no_byte;
  }
  // Leaves of the rules those whose words are in the text.
  void check_words(std::string_view text, Numbers& left) const {
    thread_local Numbers found;
    found = without_words;
    words.find(in_small_letters(text), found);
    for (std::size_t b = 0; b < left.size(); ++b) left[b] &= found[b];
  }
};

namespace {

std::size_t count(const Numbers& numbers) {
  std::size_t n = 0;
  for (const std::uint64_t block : numbers) n += static_cast<std::size_t>(std::popcount(block));
  return n;
}

// Calls f with each number in ascending order, until it says true.
template <class F>
void each(const Numbers& numbers, F f) {
  for (std::size_t b = 0; b < numbers.size(); ++b)
    for (std::uint64_t block = numbers[b]; block != 0; block &= block - 1)
      if (f(64 * b + static_cast<std::size_t>(std::countr_zero(block)))) return;
}

}  // namespace

struct Rules::Compiled::State {
  std::vector<const Rule*> rules;
  std::map<std::string_view, Class, std::less<>> classes;
  std::deque<Alone> alone;  // one a rule

  Class* indexed(std::string_view kind) {
    const auto found = classes.find(kind);
    if (found == classes.end()) return nullptr;
    std::call_once(found->second.indexed, [&] { index(found->second); });
    return &found->second;
  }

  static bool allows(const std::bitset<256>& bytes, std::size_t byte) {
    return bytes.none() || (byte < no_byte && bytes[byte]);
  }

  void index(Class& group) {
    group.without_words.resize(group.blocks());
    group.by_first.resize((no_byte + 1) * group.blocks());
    group.by_second = group.by_first;
    for (std::size_t n = 0; n < group.rules.size(); ++n) {
      const Needs needs = needs_of(rules[group.rules[n]]->match);
      const std::uint64_t bit = std::uint64_t{1} << n % 64;
      for (const std::string& word : needs.words) group.words.add(word, static_cast<std::uint32_t>(n));
      if (needs.words.empty()) group.without_words[n / 64] |= bit;
      if (needs.alone) alone[group.rules[n]].list.insert(needs.words.begin(), needs.words.end());
      for (std::size_t byte = 0; byte <= no_byte; ++byte) {
        if (allows(needs.first, byte)) group.by_first[byte * group.blocks() + n / 64] |= bit;
        if (allows(needs.second, byte)) group.by_second[byte * group.blocks() + n / 64] |= bit;
      }
    }
  }

  void compile(Class& group) {
    std::call_once(group.ready, [&] {
      for (const std::size_t i : group.rules) {
        std::string error;
        if (group.set.Add(rules[i]->match, &error) < 0) bad(*rules[i], error);
      }
      const Rule& last = *rules[group.rules.back()];
      if (!group.set.Compile())
        throw Error(Exit::rules, last.where + ": with rule '" + last.id + "', those of class '" + last.kind +
                                     "' are too large to compile together; repeat shorter or fewer things in them");
    });
  }

  const RE2& expression(std::size_t i) {
    Alone& a = alone[i];
    std::call_once(a.ready, [&] { a.expression = std::make_unique<RE2>(rules[i]->match, quiet()); });
    if (!a.expression->ok()) bad(*rules[i], a.expression->error());
    return *a.expression;
  }

  bool matches(std::size_t i, std::string_view text) {
    if (const auto& list = alone[i].list; !list.empty()) return list.contains(std::string(in_small_letters(text)));
    return expression(i).Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
  }

  std::size_t first_of_set(Class& group, std::string_view text) {
    compile(group);
    thread_local std::vector<int> hits;
    hits.clear();
    if (!group.set.Match(piece(text), &hits) || hits.empty()) return none;
    return group.rules[static_cast<std::size_t>(*std::min_element(hits.begin(), hits.end()))];
  }
};

Rules::Compiled::Compiled(const std::vector<Rule>& rules) : state_(std::make_unique<State>()) {
  for (const Rule& rule : rules) {
    state_->classes[rule.kind].rules.push_back(state_->rules.size());
    state_->rules.push_back(&rule);
  }
  state_->alone.resize(rules.size());
}

Rules::Compiled::~Compiled() = default;

void Rules::Compiled::expression(std::size_t i) { state_->expression(i); }

void Rules::Compiled::compile_classes() {
  for (auto& [kind, group] : state_->classes) state_->indexed(kind), state_->compile(group);
}

std::size_t Rules::Compiled::first(std::string_view kind, std::string_view text) {
  Class* group = state_->indexed(kind);
  if (group == nullptr) return none;
  const bool often = group->asked.fetch_add(1, std::memory_order_relaxed) >= asked_often;
  thread_local Numbers left;
  group->that_begin(text, left);
  std::size_t n = count(left);
  if (n > few || !often) group->check_words(text, left), n = count(left);
  if (n > few && group->many_left.fetch_add(1, std::memory_order_relaxed) >= often_many)
    return state_->first_of_set(*group, text);
  std::size_t found = none;
  each(left, [&](std::size_t i) {
    if (state_->matches(group->rules[i], text)) found = group->rules[i];
    return found != none;
  });
  return found;
}

std::vector<std::size_t> Rules::Compiled::possible(std::string_view kind, std::string_view text) {
  std::vector<std::size_t> rules;
  const Class* group = state_->indexed(kind);
  if (group == nullptr) return rules;
  thread_local Numbers left;
  group->that_begin(text, left);
  if (count(left) > 0) group->check_words(text, left);
  each(left, [&](std::size_t i) { return rules.push_back(group->rules[i]), false; });
  return rules;
}

bool Rules::Compiled::matches(std::size_t i, std::string_view text) {
  return state_->expression(i).Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

bool Rules::Compiled::match(std::size_t i, std::string_view text, std::size_t from,
                            std::vector<std::string_view>& groups) {
  const RE2& expression = state_->expression(i);
  const int n = expression.NumberOfCapturingGroups() + 1;
  constexpr int room = 16;
  re2::StringPiece found[room];
  std::vector<re2::StringPiece> more(n > room ? static_cast<std::size_t>(n) : 0);
  re2::StringPiece* const first = n > room ? more.data() : found;
  if (!expression.Match(piece(text), from, text.size(), RE2::UNANCHORED, first, n)) return false;
  groups.clear();
  for (int g = 0; g < n; ++g) groups.emplace_back(first[g].data(), first[g].size());
  return true;
}

}  // namespace emend
