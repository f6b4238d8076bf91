// Reading the weights, and forward-backward in the space of logarithms.
#include "stages/88-second-reader/model.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

namespace emend {

namespace embedded {
extern const std::string_view roles;
}

namespace reader {

namespace {

constexpr std::array<std::string_view, 3> kinds{"next", "gap", "page"};

// log Σ exp
float log_sum(const Scores& s) {
  const float most = *std::max_element(s.begin(), s.end());
  float sum = 0;
  for (const float x : s) sum += std::exp(x - most);
  return most + std::log(sum);
}

Scores plus(const Scores& a, const Scores& b) {
  Scores out;
  for (std::size_t r = 0; r < role_count; ++r) out[r] = a[r] + b[r];
  return out;
}

}  // namespace

Model::Model(std::string_view table) {
  std::istringstream lines{std::string(table)};
  const auto role_named = [](std::string_view name) {
    return static_cast<std::size_t>(
        std::find_if(role_names.begin(), role_names.end(), [&](const RoleName& r) { return r.name == name; }) -
        role_names.begin());
  };
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string name;
    if (!(fields >> name) || name.starts_with('#')) continue;
    const auto kind = std::find(kinds.begin(), kinds.end(), name);
    const bool of_certainty = name == "certain";
    if (name == "alike") {
      fields >> alike_.emplace_back();
      continue;
    }
    std::string from;
    if (kind != kinds.end() || of_certainty) fields >> from;
    const std::size_t role = role_named(from);
    if (of_certainty && role < role_count) {
      for (float& w : worth_[role]) fields >> w;
      continue;
    }
    Scores row{};
    for (float& w : row) fields >> w;
    if (!fields) continue;
    if (kind != kinds.end() && role < role_count) steps_[static_cast<std::size_t>(kind - kinds.begin())][role] = row;
    if (kind == kinds.end()) {
      names_.push_back(std::move(name));
      weights_.emplace(names_.back(), row);
    }
  }
}

std::vector<Scores> Model::scores(const Sight& s) const {
  // A witness is one object wherever it is seen: its name is looked up once.
  std::unordered_map<const Witness*, const Scores*> known;
  std::vector<Scores> out(s.lines.size(), Scores{});
  for (std::size_t i = 0; i < s.lines.size(); ++i)
    for (const Witness* w : s.lines[i].witnesses) {
      const auto [at, fresh] = known.try_emplace(w, nullptr);
      if (fresh)
        if (const auto found = weights_.find(w->name); found != weights_.end()) at->second = &found->second;
      if (at->second != nullptr) out[i] = plus(out[i], *at->second);
    }
  return out;
}

std::vector<Scores> Model::probabilities(const Sight& s) const {
  const std::vector<Scores> own = scores(s);
  const std::size_t n = own.size();
  std::vector<Scores> forward(own);
  const auto steps = [&](std::size_t i) -> const auto& { return steps_[static_cast<std::size_t>(s.step(i))]; };
  for (std::size_t i = 1; i < n; ++i) {
    const auto& step = steps(i);
    for (std::size_t to = 0; to < role_count; ++to) {
      Scores ways;
      for (std::size_t from = 0; from < role_count; ++from) ways[from] = forward[i - 1][from] + step[from][to];
      forward[i][to] = own[i][to] + log_sum(ways);
    }
  }
  Scores backward{};
  for (std::size_t i = n; i-- > 0;) {
    Scores& p = forward[i];
    p = plus(p, backward);
    const float all = log_sum(p);
    for (float& x : p) x = std::exp(x - all);
    if (i == 0) break;
    const auto& step = steps(i);
    const Scores ahead = plus(own[i], backward);
    for (std::size_t from = 0; from < role_count; ++from) backward[from] = log_sum(plus(step[from], ahead));
    const float most = *std::max_element(backward.begin(), backward.end());
    for (float& x : backward) x -= most;  // only their differences count
  }
  return forward;
}

float logit(float probability) {
  constexpr float least = 1e-4F;
  const float p = std::clamp(probability, least, 1 - least);
  return std::log(p / (1 - p));
}

float Model::certainty(Role made, const Facts& f) const {
  constexpr float quiet = 0.01F;
  const auto& [always, of_probability, of_doubt, of_around, of_alike] = worth_[index(made)];
  const float z = always + of_probability * logit(f.probability) + (f.unsure ? of_doubt : 0.0F) +
                  of_around * std::log((f.around + quiet) / (1 + quiet)) + of_alike * f.made_alike;
  return 1 / (1 + std::exp(-z));
}

bool Model::makes_alike(const Witness& w) const {
  return std::any_of(alike_.begin(), alike_.end(), [&](const std::string& name) {
    return name.ends_with('.') ? w.name.starts_with(name) : w.name == name;
  });
}

float Model::speaks(const Witness& w, Role for_this, Role rather_than) const {
  const auto found = weights_.find(w.name);
  return found == weights_.end() ? 0 : found->second[index(for_this)] - found->second[index(rather_than)];
}

const Model& fitted_model() {
  static const Model model(embedded::roles);
  return model;
}

}  // namespace reader

}  // namespace emend
