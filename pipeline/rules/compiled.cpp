// Asking RE2 as little as possible; it is met only here.
#include "pipeline/rules/compiled.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <unordered_set>

#include "pipeline/document/error.h"
#include "pipeline/rules/needed_words.h"
#include "pipeline/rules/word_index.h"

namespace emend {

namespace {

constexpr std::size_t few = 3;             // rules that are asked one by one
constexpr std::uint32_t asked_often = 64;  // times, from which on a class is worth compiling as a whole

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

struct Rules::Compiled::Class {
  std::vector<std::size_t> rules;     // by their places in the table
  WordIndex words;                    // of which a rule needs one, under its place
  std::vector<std::uint32_t> always;  // rules that need no word
  re2::RE2::Set set{quiet_and_large(), RE2::UNANCHORED};
  std::once_flag indexed, ready;
  std::atomic<std::uint32_t> asked{0};

  // In ascending order.
  void candidates(std::string_view text, std::vector<std::uint32_t>& found) const {
    found = always;
    words.find(in_small_letters(text), found);
  }
};

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

  void index(Class& group) {
    for (const std::size_t i : group.rules) {
      NeededWords needed = needed_words(rules[i]->match);
      for (const std::string& word : needed.words) group.words.add(word, static_cast<std::uint32_t>(i));
      if (needed.words.empty()) group.always.push_back(static_cast<std::uint32_t>(i));
      if (needed.alone) alone[i].list.insert(needed.words.begin(), needed.words.end());
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
  if (often && group->always.size() > few) return state_->first_of_set(*group, text);
  thread_local std::vector<std::uint32_t> candidates;
  group->candidates(text, candidates);
  if (often && candidates.size() > few) return state_->first_of_set(*group, text);
  for (const std::uint32_t i : candidates)
    if (state_->matches(i, text)) return i;
  return none;
}

std::vector<std::size_t> Rules::Compiled::possible(std::string_view kind, std::string_view text) {
  const Class* group = state_->indexed(kind);
  if (group == nullptr) return {};
  thread_local std::vector<std::uint32_t> candidates;
  group->candidates(text, candidates);
  return {candidates.begin(), candidates.end()};
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
