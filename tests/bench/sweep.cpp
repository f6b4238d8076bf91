// What becomes of books when a weight has another value: the program behind tests/bench/sweep.py.
//
//   emend_sweep BOOKS OUT < TRIALS
//
// BOOKS is a file of paths, a line each, with a tab and the path of what is said of the book (.meta) where there is
// one. A trial is a line `WEIGHT VALUE`, such as `furniture.alike 0.6`. For each trial the program prints a line: the
// numbers of the books whose edition is another one than with the weights as they stand. Those editions are
// OUT/TRIAL-BOOK.tei.xml with .ledger, counted from 1; trial 0 is all books as they are.
#include <algorithm>
#include <cstddef>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "pipeline/cli/book.h"
#include "pipeline/cli/verbs.h"
#include "pipeline/document/error.h"
#include "pipeline/run/plan.h"
#include "stages/write/tei/tei.h"
#include "weights/all.h"

namespace emend {

// In place of that of main.
void complain(std::string_view message) { std::cerr << "emend_sweep: " << message << "\n"; }

namespace {

// Sets a weight, and gives what it was back.
using Setter = std::function<double(double)>;

std::map<std::string, Setter, std::less<>> all_weights() {
  std::map<std::string, Setter, std::less<>> out;
  each_weight([&](const char* name, auto& weight) {
    using Value = std::remove_reference_t<decltype(weight)>;
    out[name] = [&weight](double value) {
      const double before = static_cast<double>(weight);
      weight = static_cast<Value>(value);
      return before;
    };
  });
  return out;
}

struct Given {
  std::string path, meta;
};

std::vector<Given> books_of(const char* list) {
  std::vector<Given> out;
  std::ifstream in(list);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    out.push_back({line.substr(0, tab), line.substr(std::min(tab + 1, line.size()))});
  }
  return out;
}

void keep(const std::string& path, const Edition& edition) {
  std::ofstream(path + ".tei.xml", std::ios::binary) << edition.tei;
  std::ofstream(path + ".ledger", std::ios::binary) << edition.ledger;
}

// All that a stage proposed, as a text.
std::string told(const Proposal& proposal) {
  std::ostringstream out;
  const auto span = [&](Span at) { out << at.begin << '+' << at.size() << ' '; };
  for (const Change& c : proposal.changes()) {
    out << static_cast<int>(c.kind) << ' ' << static_cast<int>(c.sure) << ' ';
    span(c.at), span(c.to);
    for (const std::string_view word : {c.rule, c.name, c.attributes, c.before, c.after}) out << word << '\t';
  }
  for (const Weight& w : proposal.weights()) out << w.change << '=' << static_cast<int>(w.sure) << ' ';
  return out.str();
}

// A book before the stage whose weights are tried, and what that stage proposes with the weights as they stand. Stages
// read a document and propose: most values change nothing of most books, and then the rest of the pipeline need not be
// asked.
struct Ready {
  Book book;
  std::string usual;
};

class Sweep {
 public:
  Sweep(const char* list, std::string out) : given_(books_of(list)), out_(std::move(out)) {}

  int run() {
    for (std::size_t b = 0; b < given_.size(); ++b) {
      const Edition edition = edition_of(given_[b]);
      keep(path_of(0, b), edition);
      usual_.push_back(edition.tei);
    }
    const auto weights = all_weights();
    std::string name;
    double value = 0;
    for (std::size_t trial = 1; std::cin >> name >> value; ++trial) {
      const auto weight = weights.find(name);
      if (weight == weights.end()) {
        complain("there is no weight " + name);
        return 2;
      }
      prepare(name.substr(0, name.find('.')));
      const double before = weight->second(value);
      for (std::size_t b = 0; b < given_.size(); ++b)
        if (differs(b)) try_whole(trial, b);
      std::cout << std::endl;
      weight->second(before);
    }
    return 0;
  }

 private:
  std::string path_of(std::size_t trial, std::size_t book) const {
    return out_ + "/" + std::to_string(trial) + "-" + std::to_string(book + 1);
  }

  // Empty where a weight makes stages propose what cannot be.
  Edition edition_of(const Given& given) const {
    Book book = open_book(given.path, Sidecars{given.meta, ""}, {});
    try {
      plan_.run(book.document);
      return write_edition(book.document, book.options, true);
    } catch (const Error& error) {
      complain(given.path + ": " + error.what());
      return {};
    }
  }

  std::string proposed(const Document& d) const {
    Proposal proposal(d, stage_->name);
    stage_->run(d, plan_.rules_of(*stage_), proposal);
    return told(proposal);
  }

  void prepare(std::string name) {
    std::replace(name.begin(), name.end(), '_', '-');
    if (stage_ != nullptr && stage_->name == name) return;
    stage_ = plan_.find(name);
    if (stage_ == nullptr) throw Error(Exit::usage, "there is no stage " + name);
    ready_.clear();
    for (const Given& given : given_) {
      Ready ready{open_book(given.path, Sidecars{given.meta, ""}, {}), {}};
      for (const Stage* stage : plan_.stages()) {
        if (stage == stage_) break;
        plan_.run(*stage, ready.book.document);
      }
      ready.usual = proposed(ready.book.document);
      ready_.push_back(std::move(ready));
    }
  }

  bool differs(std::size_t b) const { return proposed(ready_[b].book.document) != ready_[b].usual; }

  void try_whole(std::size_t trial, std::size_t b) const {
    const Edition edition = edition_of(given_[b]);
    if (edition.tei == usual_[b]) return;
    keep(path_of(trial, b), edition);
    std::cout << b + 1 << ' ';
  }

  std::vector<Given> given_;
  std::string out_;
  Plan plan_;
  std::vector<std::string> usual_;  // the TEI of each book
  const Stage* stage_ = nullptr;
  std::vector<Ready> ready_;
};

}  // namespace

}  // namespace emend

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: emend_sweep BOOKS OUT < TRIALS\n";
    return 2;
  }
  try {
    return emend::Sweep(arguments[1], arguments[2]).run();
  } catch (const emend::Error& error) {
    emend::complain(error.what());
    return static_cast<int>(error.code);
  }
}
