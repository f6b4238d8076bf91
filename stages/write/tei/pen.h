// Writing into a TEI tree: an element under construction, and the small things done to any element.
#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "pipeline/text/script.h"

namespace emend {

/// Sets an attribute; an empty value sets none.
inline void set(pugi::xml_node node, const char* name, std::string_view value) {
  if (!value.empty()) node.append_attribute(name).set_value(value.data(), value.size());
}

/// Appends an element that has only this text.
inline pugi::xml_node add(pugi::xml_node parent, const char* name, std::string_view text = {}) {
  pugi::xml_node node = parent.append_child(name);
  if (!text.empty()) node.append_child(pugi::node_pcdata).set_value(text.data(), text.size());
  return node;
}

inline void new_line(pugi::xml_node parent) { parent.append_child(pugi::node_pcdata).set_value("\n"); }

/// The bytes of white space that `s` begins with.
inline std::size_t indent_bytes(std::string_view s) { return static_cast<std::size_t>(trim(s).data() - s.data()); }

/// Where text goes: an element under construction. Text is gathered, and set when something else follows it.
class Pen {
 public:
  explicit Pen(pugi::xml_node at) : at_(at) {}
  Pen(const Pen&) = delete;
  Pen& operator=(const Pen&) = delete;
  ~Pen() { flush(); }

  /// The element, with all text so far in it.
  pugi::xml_node element() {
    flush();
    return at_;
  }
  pugi::xml_node child(const char* name) { return element().append_child(name); }
  void text(std::string_view s) { text_ += s; }
  /// Takes back white space at the end of what was written last.
  void trim_end() { text_.resize(static_cast<std::size_t>(trim(text_).data() + trim(text_).size() - text_.data())); }

 private:
  void flush() {
    if (!text_.empty()) at_.append_child(pugi::node_pcdata).set_value(text_.data(), text_.size());
    text_.clear();
  }
  pugi::xml_node at_;
  std::string text_;
};

}  // namespace emend
