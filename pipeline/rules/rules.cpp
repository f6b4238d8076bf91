// Reading, checking and asking rule tables.
#include "pipeline/rules/rules.h"

#include <algorithm>
#include <map>
#include <utility>

#include "pipeline/document/error.h"
#include "pipeline/rules/compiled.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {
[[noreturn]] void fail(const std::string& where, const std::string& what) {
  throw Error(Exit::rules, where + ": " + what);
}
}  // namespace

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

Rules::Rules() : compiled_(std::make_unique<Compiled>(rules_)) {}
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
      Rule& rule = rules_.emplace_back();
      rule.id = value;
      rule.where = where;
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
  }
  compiled_ = std::make_unique<Compiled>(rules_);
}

void Rules::compile_all() const {
  for (std::size_t i = 0; i < rules_.size(); ++i) compiled_->expression(i);
  compile();
}

void Rules::compile() const { compiled_->compile_classes(); }

const Rule* Rules::test(std::string_view kind, std::string_view text) const {
  const std::size_t rule = compiled_->first(kind, text);
  return rule == Compiled::none ? nullptr : &rules_[rule];
}

Match Rules::find(std::string_view kind, std::string_view text) const {
  const std::size_t rule = compiled_->first(kind, text);
  if (rule == Compiled::none) return {};
  Match match{&rules_[rule], {}};
  if (!compiled_->match(rule, text, 0, match.groups)) return {};
  if (match.groups.size() == 1) match.groups.push_back(match.groups[0]);
  return match;
}

std::vector<Match> Rules::find_all(std::string_view kind, std::string_view text) const {
  std::vector<Match> all;
  for (const std::size_t rule : compiled_->possible(kind, text))
    for (std::size_t from = 0; from < text.size();) {
      Match match{&rules_[rule], {}};
      if (!compiled_->match(rule, text, from, match.groups)) break;
      const std::string_view whole = match.groups[0];
      const char* end = match.groups.size() == 1 ? whole.data() + whole.size() : nullptr;
      for (std::size_t g = 1; g < match.groups.size(); ++g)
        if (match.groups[g].data() != nullptr) end = std::max(end, match.groups[g].data() + match.groups[g].size());
      if (match.groups.size() == 1) match.groups.push_back(whole);
      const auto begin = static_cast<std::size_t>(whole.data() - text.data());
      const std::size_t next = end == nullptr ? begin + whole.size() : static_cast<std::size_t>(end - text.data());
      from = std::max(next, begin + 1);
      all.push_back(std::move(match));
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
      if (!compiled_->matches(i, s)) failing.push_back(start + "match '" + s + "'");
    for (const std::string& s : rule.no)
      if (compiled_->matches(i, s)) failing.push_back(start + "not match '" + s + "'");
  }
  return failing;
}

}  // namespace emend
