// A stream of XML or HTML as events. Nothing is fetched, no DTD is read and no entity of a file is expanded.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// What the tag of an element says.
class XmlAttributes {
 public:
  explicit XmlAttributes(const unsigned char** pairs) : pairs_(pairs) {}
  /// The value of the attribute, whatever its prefix, or nothing. It lives as long as the call it came with.
  std::string_view get(std::string_view name) const;
  /// The number that the value begins with, or `otherwise`; at most a thousand million from 0.
  double number(std::string_view name, double otherwise) const;

 private:
  const unsigned char** pairs_;
};

class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  /// Names come without their prefix, those of HTML in small letters.
  virtual void open(std::string_view name, const XmlAttributes&) = 0;
  virtual void close(std::string_view name) = 0;
  virtual void text(std::string_view) = 0;
};

/// Error(Exit::input), with line and reason, if the file is not well-formed, nests deeper than 256 elements or declares
/// entities. `html`: it is read as browsers read it, and only what is cut is refused.
void read_xml(const std::string& name, std::string_view bytes, bool html, XmlEvents&);

/// Whether the file ends as HTML does: browsers take anything, but a page of OCR that does not end is cut.
bool ends_as_html(std::string_view bytes);

/// The number that `s` begins with, behind blanks, taken off it, or `otherwise`.
double take_number(std::string_view& s, double otherwise);

}  // namespace emend
