// An object of JSON under construction, for what machines are told.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "stages/write/pandoc/json.h"

namespace emend {

/// What is added comes in the order in which it is added.
class JsonObject {
 public:
  JsonObject& text(std::string_view key, std::string_view value) {
    append_json(named(key), value);
    return *this;
  }
  JsonObject& number(std::string_view key, std::size_t value) { return raw(key, std::to_string(value)); }
  JsonObject& counts(std::string_view key, const std::map<std::string, std::size_t>& all) {
    JsonObject object;
    for (const auto& [name, count] : all) object.number(name, count);
    return raw(key, object.str());
  }
  JsonObject& raw(std::string_view key, std::string_view json) {
    named(key) += json;
    return *this;
  }
  std::string str() const { return "{" + members_ + "}"; }

 private:
  std::string& named(std::string_view key) {
    if (!members_.empty()) members_ += ',';
    append_json(members_, key);
    return members_ += ':';
  }
  std::string members_;
};

}  // namespace emend
