// TEI bytes -> tree -> survey -> metadata and blocks -> one JSON document.
#include "stages/write/pandoc/ast.h"

#include "stages/write/pandoc/bridge.h"

namespace emend {

PandocBook pandoc_book(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings,
                       BookTarget target, FactsShown shown, const PictureAddress& pictures) {
  pugi::xml_document document;
  const pugi::xml_node root = parse_tei(tei, document);
  const Survey seen = survey(root, tei);
  const BookMetadata metadata = book_metadata(root, tei);
  std::string head = "{\"pandoc-api-version\":[";
  for (const int part : api.parts) {
    if (head.back() != '[') head += ',';
    head += std::to_string(part);
  }
  head += "],\"meta\":" + metadata_json(metadata) + ",\"blocks\":";
  std::set<std::string> nowhere;
  for (;;) {  // twice at most: the second time, links to what turned out not to be shown are text
    Bridge bridge(seen, api, metadata, nowhere, target, shown, pictures);
    constexpr std::size_t bytes_a_byte = 8;  // of TEI: Pandoc's tree names each word and each blank
    std::string json = bridge.blocks(root, bytes_a_byte * tei.size());
    std::set<std::string> broken = bridge.broken_links();
    if (!broken.empty() && nowhere.empty()) {
      nowhere = std::move(broken);
      continue;
    }
    for (std::string& warning : bridge.warnings(tei)) warnings.push_back(std::move(warning));
    BookFacts facts = bridge.facts();
    facts.metadata = metadata;
    json.insert(0, head).append("}\n");
    return {std::move(json), std::move(facts)};
  }
}

std::string pandoc_json(std::string_view tei, const ApiVersion& api, std::vector<std::string>& warnings) {
  return pandoc_book(tei, api, warnings).json;
}

}  // namespace emend
