// Changes made by hand, for tests of what a document does with them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

using Texts = std::vector<std::string>;

inline Texts texts(const Document& d) {
  Texts out;
  for (const Line& line : d.lines) out.emplace_back(line.text);
  return out;
}

inline Change change(Kind kind, Span at) {
  Change c;
  c.kind = kind;
  c.at = at;
  c.stage = "letters";
  c.rule = "test.rule";
  return c;
}

inline Change edit(Span at, std::string_view before, std::string_view after) {
  Change c = change(Kind::edit, at);
  c.before = before;
  c.after = after;
  return c;
}

inline Change named(Kind kind, Span at, std::string_view name) {
  Change c = change(kind, at);
  c.name = name;
  return c;
}

inline Change page(std::uint32_t at, std::string_view label, std::string_view how = "read") {
  Change c = named(Kind::page, {at, at}, how);
  c.after = label;
  return c;
}

}  // namespace emend
