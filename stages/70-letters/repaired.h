// A passage whose letters are repaired: what it is, and the one way to change it.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/passage.h"
#include "pipeline/text/script.h"

namespace emend {

struct RepairedPassage {
  RepairedPassage(const Document& d, const Rules& table, Proposal& proposal) : doc(d), rules(table), out_(proposal) {}

  void turn_to(const Passage&);
  const Line& line(std::size_t l) const { return doc.lines[l]; }
  /// Edits outside phrases; what a stage has named is no longer a matter of letters.
  void repair(std::size_t l, std::size_t begin, std::size_t end, std::string_view after, std::string_view rule,
              Because because = {});

  const Document& doc;
  const Rules& rules;
  Passage passage;
  Scripts scripts;
  bool ascii = false;
  bool title = false;  // a heading, or an entry of the contents list

 private:
  Proposal& out_;
  const Line* phrased_ = nullptr;  // the line that `phrases_` are of
  std::vector<std::pair<std::size_t, std::size_t>> phrases_;
};

}  // namespace emend
