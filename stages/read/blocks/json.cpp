// The parser is nlohmann's, fed to a tree of our own: it calls back for each value, so that what is too deep or too
// much ends there, and no file is held twice.
#include "stages/read/blocks/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/document/error.h"

namespace emend {

namespace {

constexpr std::size_t deepest = 128, most_values = 10'000'000;

class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  using Type = Json::Type;
  bool null() override { return add(Json()); }
  bool boolean(bool yes) override { return add(Json(Type::boolean, yes ? 1 : 0)); }
  bool number_integer(number_integer_t n) override { return add(Json(Type::number, static_cast<double>(n))); }
  bool number_unsigned(number_unsigned_t n) override { return add(Json(Type::number, static_cast<double>(n))); }
  bool number_float(number_float_t n, const string_t&) override { return add(Json(Type::number, n)); }
  bool string(string_t& text) override { return add(Json(std::move(text))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return begin(Json(Type::object)); }
  bool start_array(std::size_t) override { return begin(Json(Type::list)); }
  bool key(string_t& name) override {
    open_.back().add_key(std::move(name));
    return true;
  }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    trouble = "is no well-formed JSON: it cannot be read on at byte " + std::to_string(at) +
              "; the file may be cut, give it whole";
    return false;
  }

  Json root;
  std::string trouble;

 private:
  bool add(Json&& value) {
    if (++values_ > most_values) {
      trouble = "is JSON of more than ten million values; give its pages in several files";
      return false;
    }
    if (open_.empty())
      root = std::move(value);
    else
      open_.back().add(std::move(value));
    return true;
  }
  bool begin(Json&& value) {
    open_.push_back(std::move(value));
    if (open_.size() > deepest) trouble = "is JSON that nests deeper than emend reads; it is no book";
    return trouble.empty();
  }
  bool end() {
    Json value = std::move(open_.back());
    open_.pop_back();
    return add(std::move(value));
  }

  std::vector<Json> open_;
  std::size_t values_ = 0;
};

std::string_view without_blanks(std::string_view s) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = s.find_first_not_of(blanks), last = s.find_last_not_of(blanks);
  return first == s.npos ? std::string_view{} : s.substr(first, last + 1 - first);
}

// Whether each line is a value: the first ends where its line does, and another follows.
bool is_a_value_a_line(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == bytes.npos || !bytes.starts_with('{')) return false;
  return without_blanks(bytes.substr(0, end)).ends_with('}') && without_blanks(bytes.substr(end)).starts_with('{');
}

void parse(const std::string& name, std::string_view bytes, Builder& builder) {
  if (!nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder))
    throw Error(Exit::input, name + ": " + builder.trouble);
}

}  // namespace

Json::Json(std::string text) : type_(Type::text), inside_(std::make_unique<Inside>()) {
  inside_->text = std::move(text);
}

const Json::Inside& Json::inside() const {
  static const Inside none;
  return inside_ == nullptr ? none : *inside_;
}

Json::Inside& Json::inside() {
  if (inside_ == nullptr) inside_ = std::make_unique<Inside>();
  return *inside_;
}

const Json& Json::operator[](std::string_view key) const {
  static const Json none;
  const std::vector<std::string>& names = keys();
  const auto found = std::find(names.begin(), names.end(), key);
  return found == names.end() ? none : items()[static_cast<std::size_t>(found - names.begin())];
}

bool Json::has(std::string_view key) const { return std::find(keys().begin(), keys().end(), key) != keys().end(); }

const std::vector<Json>& Json::items() const { return inside().items; }
const std::vector<std::string>& Json::keys() const { return inside().keys; }
std::string_view Json::text() const { return inside().text; }

int Json::number(int otherwise) const {
  if (type_ != Type::number || !std::isfinite(number_)) return otherwise;
  return static_cast<int>(std::clamp(number_, -1e9, 1e9));
}

void Json::add(Json&& value) { inside().items.push_back(std::move(value)); }
void Json::add_key(std::string&& key) { inside().keys.push_back(std::move(key)); }

Json read_json(const std::string& name, std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bytes = without_blanks(bytes);
  Builder builder;
  if (!is_a_value_a_line(bytes)) {
    parse(name, bytes, builder);
    return std::move(builder.root);
  }
  Json all(Json::Type::list);
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    if (const std::string_view line = without_blanks(bytes.substr(0, end)); !line.empty()) {
      parse(name, line, builder);
      all.add(std::move(builder.root));
    }
    bytes.remove_prefix(std::min(bytes.size(), end + 1));
  }
  return all;
}

}  // namespace emend
