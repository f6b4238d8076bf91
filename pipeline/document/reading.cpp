// A walk over the pieces of one line.
#include "pipeline/document/reading.h"

#include <string_view>

namespace emend {

std::size_t in_text(const Document& d, const Line& line, std::uint32_t at) {
  std::size_t text = 0, found = 0;
  bool done = false;
  each_piece(d, line, [&](Span source, std::string_view reading, bool patched) {
    if (done) return;
    if (at < source.end || at == source.begin) {
      found = text + (patched ? (at > source.begin ? reading.size() : 0) : at - source.begin);
      done = true;
    }
    text += reading.size();
  });
  return done ? found : text;
}

}  // namespace emend
