// Says of what is not known what was made of it.
#include "stages/05-markup/unknown.h"

namespace emend {

void tell_unknown(const Document& d, const UnknownNames& unknown, Proposal& out) {
  for (const auto& [what, lines] : unknown) {
    const auto& [said, empty] = what;
    const std::string why =
        empty ? "the source has a “" + std::string(said) + "” here, without words or a file"
        : said == "picture"
            ? "the source has these words within a picture; they are read as a paragraph"
            : "the source calls it “" + std::string(said) + "”, which emend does not know; it is read as text";
    out.doubt(d.lines[lines.front()].at, "markup.unknown", {50, why + and_more(lines.size())});
  }
}

std::string and_more(std::size_t places) {
  if (places < 2) return "";
  return "; and so in " + std::to_string(places - 1) + (places == 2 ? " more place" : " more places");
}

}  // namespace emend
