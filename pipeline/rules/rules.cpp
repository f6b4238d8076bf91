// Reading and matching rule tables; RE2 is met only here.
#include "pipeline/rules/rules.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {
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
}  // namespace

namespace {
[[noreturn]] void fail(const std::string& where, const std::string& what) {
  throw Error(Exit::rules, where + ": " + what);
}
}  // namespace

// The text as expressions that do not tell capitals from small letters see it; what is no UTF-8 is left as it is.
std::string in_small_letters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const char32_t c = next_character(text, i);
    if (c < 0x80)
      out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    else if (c == not_a_character)
      out += text.substr(begin, i - begin);
    else
      append_character(out, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)));
  }
  return out;
}

// The rules of a class, each with the words of which a text must hold some for it to match: where all matches are
// wanted, most rules need not be asked.
struct Filter {
  re2::FilteredRE2 rules{2};
  std::vector<std::string> words;

  // The rules, by their place in the class, that may match.
  std::vector<int> candidates(std::string_view text) const {
    std::vector<int> found, possible;
    const std::string small = in_small_letters(text);
    for (std::size_t w = 0; w < words.size(); ++w)
      if (small.find(words[w]) != small.npos) found.push_back(static_cast<int>(w));
    rules.AllPotentials(found, &possible);
    std::sort(possible.begin(), possible.end());
    return possible;
  }
};

// A class is compiled once, when it is first asked for or at once, and a rule alone when it is first found: few ever
// are. Threads may ask at the same time.
struct Rules::Compiled {
  struct Class {
    RE2::Set set{quiet_and_large(), RE2::UNANCHORED};
    Filter filter;
    std::vector<std::size_t> rules;  // in the order of the set, and of the filter
    std::once_flag ready, filtered;
  };
  struct Alone {
    std::unique_ptr<RE2> expression;
    std::once_flag ready;
  };
  std::map<std::string, Class, std::less<>> classes;
  std::deque<Alone> alone;  // one a rule

  Class* ready(std::string_view kind, const std::vector<Rule>& all) {
    const auto found = classes.find(kind);
    if (found == classes.end()) return nullptr;
    std::call_once(found->second.ready, [&] { compile(found->second, all); });
    return &found->second;
  }

  Class* filtered(std::string_view kind, const std::vector<Rule>& all) {
    const auto found = classes.find(kind);
    if (found == classes.end()) return nullptr;
    std::call_once(found->second.filtered, [&] { prepare(found->second, all); });
    return &found->second;
  }

  static void prepare(Class& group, const std::vector<Rule>& all) {
    for (const std::size_t i : group.rules) {
      int place = 0;
      if (group.filter.rules.Add(all[i].match, quiet(), &place) != RE2::NoError)
        bad(all[i], RE2(all[i].match, quiet()).error());
    }
    group.filter.rules.Compile(&group.filter.words);
    for (std::string& word : group.filter.words) word = in_small_letters(word);
  }

  const RE2& expression(std::size_t i, const std::vector<Rule>& all) {
    Alone& a = alone[i];
    std::call_once(a.ready, [&] { a.expression = std::make_unique<RE2>(all[i].match, quiet()); });
    if (!a.expression->ok()) bad(all[i], a.expression->error());
    return *a.expression;
  }

  static void compile(Class& group, const std::vector<Rule>& all) {
    for (const std::size_t i : group.rules) {
      std::string error;
      if (group.set.Add(all[i].match, &error) < 0) bad(all[i], error);
    }
    if (!group.set.Compile())
      fail(all[group.rules.back()].where,
           "with rule '" + all[group.rules.back()].id + "', those of class '" + all[group.rules.back()].kind +
               "' are too large to compile together; repeat shorter or fewer things in them");
  }

  [[noreturn]] static void bad(const Rule& rule, const std::string& error) {
    fail(rule.where, "rule '" + rule.id + "' has a bad expression: " + error);
  }
};

std::string_view Rule::fact(std::string_view key) const {
  std::string_view rest = gives;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    if (word.size() > key.size() && word[key.size()] == '=' && word.starts_with(key))
      return word.substr(key.size() + 1);
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return {};
}

Rules::Rules() : compiled_(std::make_unique<Compiled>()) {}
Rules::~Rules() = default;
Rules::Rules(Rules&&) noexcept = default;
Rules& Rules::operator=(Rules&&) noexcept = default;

Rules::Rules(const std::vector<Table>& tables, Compile when) : Rules() {
  for (const Table& table : tables) read(table);
  check();
  if (when == Compile::at_once) compile_all();
}

void Rules::read(const Table& table) {
  int number = 0;
  bool open = false;
  for (std::size_t begin = table.text.starts_with("\xEF\xBB\xBF") ? 3 : 0; begin < table.text.size();) {
    const std::size_t end = std::min(table.text.find('\n', begin), table.text.size());
    std::string_view line = table.text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = trim(line);
    begin = end + 1;
    const std::string where = table.where + ":" + std::to_string(++number);
    if (line.empty() || line[0] == '#') continue;
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view key = line.substr(0, blank);
    const std::string value(trim(line.substr(blank)));
    if (key == "rule") {
      rules_.push_back({.id = value, .where = where});
      open = true;
      continue;
    }
    if (!open) fail(where, "'" + std::string(key) + "' stands before any rule; begin a block with 'rule NAME'");
    const auto once = [&](std::string& field) {
      if (!field.empty())
        fail(where, "'" + std::string(key) + "' is there twice in rule '" + rules_.back().id + "'; leave one");
      field = value;
    };
    Rule& rule = rules_.back();
    if (key == "class")
      once(rule.kind);
    else if (key == "match")
      once(rule.match);
    else if (key == "gives")
      once(rule.gives);
    else if (key == "why")
      once(rule.why);
    else if (key == "yes")
      rule.yes.push_back(value);
    else if (key == "no")
      rule.no.push_back(value);
    else
      fail(where, "unknown word '" + std::string(key) + "'; a rule has class, match, gives, why, yes and no");
  }
}

void Rules::check() {
  std::map<std::string_view, int> seen;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    const std::string named = "rule '" + rule.id + "' ";
    if (rule.id.empty() || rule.kind.empty()) fail(rule.where, named + "has no name or no class");
    if (!seen.emplace(rule.id, 0).second) fail(rule.where, named + "is there twice; names must be unique");
    if (rule.match.empty()) fail(rule.where, named + "has no match");
    if (rule.why.empty()) fail(rule.where, named + "has no why: say what it is for");
    if (rule.yes.empty() || rule.no.empty())
      fail(rule.where, named + "has no example; give at least one 'yes' and one 'no'");
    compiled_->classes[rule.kind].rules.push_back(i);
  }
  compiled_->alone.resize(rules_.size());
}

void Rules::compile_all() const {
  for (std::size_t i = 0; i < rules_.size(); ++i) compiled_->expression(i, rules_);
  compile();
}

void Rules::compile() const {
  for (const auto& [kind, group] : compiled_->classes) compiled_->ready(kind, rules_);
}

const Rule* Rules::test(std::string_view kind, std::string_view text) const {
  const Compiled::Class* group = compiled_->ready(kind, rules_);
  if (group == nullptr) return nullptr;
  std::vector<int> hits;
  if (!group->set.Match(piece(text), &hits) || hits.empty()) return nullptr;
  return &rules_[group->rules[static_cast<std::size_t>(*std::min_element(hits.begin(), hits.end()))]];
}

Match Rules::find(std::string_view kind, std::string_view text) const {
  const Rule* rule = test(kind, text);
  if (rule == nullptr) return {};
  const RE2& expression = compiled_->expression(static_cast<std::size_t>(rule - rules_.data()), rules_);
  const int n = expression.NumberOfCapturingGroups() + 1;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(n));
  Match match{rule, {}};
  if (!expression.Match(piece(text), 0, text.size(), RE2::UNANCHORED, groups.data(), n)) return {};
  for (const re2::StringPiece& g : groups) match.groups.emplace_back(g.data(), g.size());
  if (n == 1) match.groups.push_back(match.groups[0]);
  return match;
}

std::vector<Match> Rules::find_all(std::string_view kind, std::string_view text) const {
  std::vector<Match> all;
  const Compiled::Class* group = compiled_->filtered(kind, rules_);
  if (group == nullptr) return all;
  for (const int place : group->filter.candidates(text)) {
    const std::size_t index = group->rules[static_cast<std::size_t>(place)];
    const RE2& expression = group->filter.rules.GetRE2(place);
    const int n = expression.NumberOfCapturingGroups() + 1;
    std::vector<re2::StringPiece> groups(static_cast<std::size_t>(n));
    for (std::size_t from = 0; from < text.size();) {
      if (!expression.Match(piece(text), from, text.size(), RE2::UNANCHORED, groups.data(), n)) break;
      Match match{&rules_[index], {}};
      const char* end = groups.size() == 1 ? groups[0].data() + groups[0].size() : nullptr;
      for (const re2::StringPiece& g : groups) {
        match.groups.emplace_back(g.data(), g.size());
        if (&g != groups.data() && g.data() != nullptr) end = std::max(end, g.data() + g.size());
      }
      if (n == 1) match.groups.push_back(match.groups[0]);
      const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
      const std::size_t next = end == nullptr ? begin + groups[0].size() : static_cast<std::size_t>(end - text.data());
      from = std::max(next, begin + 1);
      all.push_back(std::move(match));
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Match& a, const Match& b) { return a.groups[0].data() < b.groups[0].data(); });
  return all;
}

std::vector<std::string> Rules::failing_examples() const {
  std::vector<std::string> failing;
  compile_all();
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = rules_[i];
    const std::string start = rule.where + ": rule '" + rule.id + "' should ";
    for (const std::string& s : rule.yes)
      if (!RE2::PartialMatch(piece(s), compiled_->expression(i, rules_))) failing.push_back(start + "match '" + s + "'");
    for (const std::string& s : rule.no)
      if (RE2::PartialMatch(piece(s), compiled_->expression(i, rules_))) failing.push_back(start + "not match '" + s + "'");
  }
  return failing;
}

}  // namespace emend
