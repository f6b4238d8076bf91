// The pictures of the pages, and where on them the blocks of the text stand.
#pragma once
#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/document/ledger.h"

namespace emend {

/// What a scan, or the pattern that the user gave, tells of the pages: a surface each, and on it a zone for each block
/// that has a place there.
class Facsimile {
 public:
  Facsimile(const Document&, const BookOptions&);

  /// "#f3", or nothing if nothing is known of the page.
  std::string page(std::size_t index) const;
  /// "#f3.z1 #f4.z1": the zones of the block, or nothing.
  std::string_view block(const Node&) const;
  /// The element <facsimile> before <text>, if anything is known of any page.
  void write(pugi::xml_node tei, pugi::xml_node text) const;

 private:
  struct Box {
    int left = 0, top = 0, right = 0, bottom = 0;
    bool empty() const { return right <= left || bottom <= top; }
  };
  struct Zone {
    Box box;
    std::string_view kind;  // of the block
    std::int32_t block = -1;
    std::vector<Box> lines;
  };
  struct Surface {
    Box box;
    std::string url;
    std::vector<Zone> zones;
    bool known = false;
  };

  static std::string_view take_box(std::string_view value, Box& box);
  void add_line(const Document&, const Line&, const Box&);
  void name_zones(const Document&);
  static void set_box(pugi::xml_node, const Box&);

  std::vector<Surface> surfaces_;                          // of all pages
  std::unordered_map<std::uint64_t, std::string> blocks_;  // by where they begin and end
  bool lines_ = false;                                     // they are zones of their own
};

}  // namespace emend
