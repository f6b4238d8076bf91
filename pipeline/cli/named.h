// What users call an input, for messages of parts of the program that do not know its name.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"

namespace emend {

/// "-" is standard input.
inline std::string input_name(const std::string& path) { return path == "-" ? "standard input" : shown(path); }

/// What `f` gives; the "TEI" that its messages begin with is called `name`.
template <class F>
auto named(const std::string& name, F f) {
  try {
    return f();
  } catch (const Error& e) {
    const std::string_view what = e.what();
    if (e.code != Exit::input || !what.starts_with("TEI")) throw;
    throw Error(e.code, name + std::string(what.substr(3)));
  }
}

}  // namespace emend
