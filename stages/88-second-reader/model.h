// A linear chain over the roles of lines: what witnesses say of each line, and what steps from role to role are usual.
// Its weights are the table `roles.weights`, fitted by tests/bench/fit.py; forward-backward (Rabiner 1989) gives each
// line the probability of every role, all other lines considered (conditional random field: Lafferty et al. 2001).
#pragma once
#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/88-second-reader/sight.h"

namespace emend::reader {

using Scores = std::array<float, role_count>;

/// What the certainty of a decision is told by.
struct Facts {
  float probability;  // of the role that was made
  bool unsure;        // the stage that made it had a doubt
  float around;       // the mean improbability of what was made of the lines near it
  float made_alike;   // the share of lines that look alike and were made the same, as a logit
};

/// The logit of a probability, which is taken to be neither nought nor one.
float logit(float probability);

class Model {
 public:
  /// Reads a table of weights; lines that are none are passed over.
  explicit Model(std::string_view table);

  /// The probability of each role for each line. Linear in the number of lines and witnesses.
  std::vector<Scores> probabilities(const Sight&) const;
  /// How certain a decision for a role is.
  float certainty(Role made, const Facts&) const;
  /// Whether lines of one book that look alike have it in common.
  bool makes_alike(const Witness&) const;
  /// What a witness says for one role rather than another: 0 if the table does not know it.
  float speaks(const Witness&, Role for_this, Role rather_than) const;

 private:
  std::vector<Scores> scores(const Sight&) const;
  std::deque<std::string> names_;  // of the witnesses in `weights_`
  std::unordered_map<std::string_view, Scores> weights_;
  std::array<std::array<Scores, role_count>, 3> steps_{};  // of each kind, from role to role
  std::vector<std::string> alike_;  // names of witnesses, and beginnings of names that end with a point
  // always, of the probability, of a stage's doubt, of what is near, of what was made alike
  std::array<std::array<float, 5>, role_count> worth_{};
};

/// The model as it was fitted.
const Model& fitted_model();

}  // namespace emend::reader
