// A JSON file as a tree, within bounds of depth and size.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// A value. What is asked of a value of another type is answered with nothing, so that a reader asks only for what it
/// wants.
class Json {
 public:
  enum class Type : std::uint8_t { null, boolean, number, text, list, object };

  Json() = default;
  explicit Json(Type type) : type_(type) {}
  Json(Type type, double number) : type_(type), number_(number) {}
  explicit Json(std::string text);

  bool is_text() const { return type_ == Type::text; }
  bool is_list() const { return type_ == Type::list; }
  bool is_object() const { return type_ == Type::object; }

  /// The first member of this name, or null.
  const Json& operator[](std::string_view key) const;
  bool has(std::string_view key) const;
  /// Of a list, or the values of an object; none of anything else.
  const std::vector<Json>& items() const;
  /// Of an object: the names of its items.
  const std::vector<std::string>& keys() const;
  std::string_view text() const;
  /// At most a thousand million from 0.
  int number(int otherwise) const;
  double real(double otherwise) const { return type_ == Type::number ? number_ : otherwise; }
  bool yes() const { return type_ == Type::boolean && number_ != 0; }

  /// Adds an item to a list, or the value of the key that was added last.
  void add(Json&& value);
  void add_key(std::string&& key);

 private:
  struct Inside {
    std::string text;
    std::vector<std::string> keys;
    std::vector<Json> items;
  };
  const Inside& inside() const;
  Inside& inside();

  Type type_ = Type::null;
  double number_ = 0;
  std::unique_ptr<Inside> inside_;  // numbers are the most, and have none
};

/// The value that `bytes` are, or the list of them, where they stand one a line (JSONL). `name` is what messages call
/// the file. Error(Exit::input), with the place, if it is no JSON, nests deeper than 128 lists and objects or holds
/// more than ten million values.
Json read_json(const std::string& name, std::string_view bytes);

}  // namespace emend
