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
#include <type_traits>
#include <vector>

#include "pipeline/cli/book.h"
#include "pipeline/document/error.h"
#include "pipeline/run/plan.h"
#include "stages/write/tei/tei.h"
#include "weights/all.h"

namespace emend {

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

// Empty where a weight makes stages propose what cannot be.
Edition edition_of(const Plan& plan, const Given& given) {
  Book book = open_book(given.path, Sidecars{given.meta, ""}, {});
  try {
    plan.run(book.document);
    return write_edition(book.document, book.options, true);
  } catch (const Error& error) {
    std::cerr << "emend_sweep: " << given.path << ": " << error.what() << "\n";
    return {};
  }
}

void keep(const std::string& path, const Edition& edition) {
  std::ofstream(path + ".tei.xml", std::ios::binary) << edition.tei;
  std::ofstream(path + ".ledger", std::ios::binary) << edition.ledger;
}

int sweep(const char* list, const std::string& out) {
  const auto weights = all_weights();
  const std::vector<Given> books = books_of(list);
  const Plan plan;
  std::vector<std::string> usual;
  for (std::size_t b = 0; b < books.size(); ++b) {
    const Edition edition = edition_of(plan, books[b]);
    keep(out + "/0-" + std::to_string(b + 1), edition);
    usual.push_back(edition.tei);
  }
  std::string name;
  double value = 0;
  for (std::size_t trial = 1; std::cin >> name >> value; ++trial) {
    const auto weight = weights.find(name);
    if (weight == weights.end()) {
      std::cerr << "emend_sweep: there is no weight " << name << "\n";
      return 2;
    }
    const double before = weight->second(value);
    for (std::size_t b = 0; b < books.size(); ++b) {
      const Edition edition = edition_of(plan, books[b]);
      if (edition.tei == usual[b]) continue;
      keep(out + "/" + std::to_string(trial) + "-" + std::to_string(b + 1), edition);
      std::cout << b + 1 << ' ';
    }
    std::cout << std::endl;
    weight->second(before);
  }
  return 0;
}

}  // namespace

}  // namespace emend

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: emend_sweep BOOKS OUT < TRIALS\n";
    return 2;
  }
  try {
    return emend::sweep(arguments[1], arguments[2]);
  } catch (const emend::Error& error) {
    std::cerr << "emend_sweep: " << error.what() << "\n";
    return static_cast<int>(error.code);
  }
}
