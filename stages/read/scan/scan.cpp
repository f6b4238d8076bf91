// Telling the formats of scans by their content, and cutting text into words with places.
#include "stages/read/scan/scan.h"

#include <algorithm>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t beginning = 8192;  // the root element and, in hOCR, what its head says stand within

// The place of the name of the first element, behind declarations, comments and DOCTYPE; npos if there is none.
std::size_t root_of(std::string_view s) {
  for (std::size_t i = s.find('<'); i != s.npos; i = s.find('<', i + 1)) {
    if (s.substr(i).starts_with("<!--")) {
      i = s.find("-->", i);
      if (i == s.npos) return i;
    } else if (i + 1 < s.size() && s[i + 1] != '?' && s[i + 1] != '!') {
      return i + 1;
    }
  }
  return s.npos;
}

std::string_view local_name(std::string_view s) {
  s = s.substr(0, s.find_first_of(" \t\r\n/>"));
  const std::size_t colon = s.find(':');
  return colon == s.npos ? s : s.substr(colon + 1);
}

}  // namespace

std::string_view scan_root(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::string_view head = bytes.substr(0, beginning);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == head.npos || head[first] != '<') return {};
  const std::size_t root = root_of(head);
  return root == head.npos ? std::string_view{} : local_name(head.substr(root));
}

ScanFormat scan_format(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::string_view head = bytes.substr(0, beginning);
  if (head.starts_with("level\tpage_num\tblock_num\t")) return ScanFormat::tsv;
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first != head.npos && head.substr(first).starts_with("%PDF-")) return ScanFormat::pdf;
  if (first == head.npos || head[first] != '<') return ScanFormat::none;
  const std::size_t root = root_of(head);
  if (root == head.npos) return ScanFormat::none;
  const std::string_view name = local_name(head.substr(root));
  if (name == "alto") return ScanFormat::alto;
  if (name == "PcGts") return ScanFormat::page;
  if (name == "DjVuXML") return ScanFormat::djvu;
  if (name == "document" && head.find("FineReader_xml") != head.npos) return ScanFormat::abbyy;
  const bool html = name == "html" || name == "HTML";
  return html && (head.find("ocr_page") != head.npos || head.find("ocr-system") != head.npos) ? ScanFormat::hocr
                                                                                              : ScanFormat::none;
}

std::string_view format_name(ScanFormat format) {
  switch (format) {
    case ScanFormat::hocr: return "hOCR";
    case ScanFormat::alto: return "ALTO";
    case ScanFormat::page: return "PAGE XML";
    case ScanFormat::abbyy: return "ABBYY XML";
    case ScanFormat::djvu: return "DjVu XML";
    case ScanFormat::tsv: return "Tesseract TSV";
    case ScanFormat::pdf: return "PDF";
    case ScanFormat::none: break;
  }
  return "";
}

void add_words(ScanLine& line, std::string_view text, const Box& box, int sure) {
  std::vector<std::pair<std::size_t, std::size_t>> words;
  std::size_t from = text.size();
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = i;
    const char32_t c = next_character(text, i);
    const bool gap = is_blank(c) || c == '\n' || c == '\r' || c == '\f';
    if (gap && from < at) words.emplace_back(from, at);
    if (gap)
      from = text.size();
    else if (from == text.size())
      from = at;
  }
  if (from < text.size()) words.emplace_back(from, text.size());
  const auto place = [&](std::size_t byte) {
    return box.left + static_cast<int>(static_cast<double>(box.width()) * static_cast<double>(byte) /
                                       static_cast<double>(text.size()));
  };
  for (const auto& word : words)
    line.words.push_back({std::string(text.substr(word.first, word.second - word.first)),
                          {place(word.first), box.top, place(word.second), box.bottom},
                          sure,
                          0,
                          0});
}

// PAGE names regions so, SegmOnto (which eScriptorium and Gallica's ALTO use) with `Zone` and `Line` behind the word.
ScanRole role_named(std::string_view type) {
  constexpr std::pair<std::string_view, ScanRole> names[] = {{"heading", ScanRole::head},
                                                             {"header", ScanRole::header},
                                                             {"runningtitle", ScanRole::header},
                                                             {"footer", ScanRole::footer},
                                                             {"pagenumber", ScanRole::page_number},
                                                             {"numbering", ScanRole::page_number},
                                                             {"catchword", ScanRole::catchword},
                                                             {"signaturemark", ScanRole::signature},
                                                             {"quiremarks", ScanRole::signature},
                                                             {"stamp", ScanRole::stamp},
                                                             {"seal", ScanRole::stamp},
                                                             {"digitizationartefact", ScanRole::stamp},
                                                             {"footnote", ScanRole::note},
                                                             {"footnotecontinued", ScanRole::note}};
  std::string word;
  for (const char c : type.substr(0, type.find_first_of("#:"))) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (small >= 'a' && small <= 'z') word += small;
  }
  for (const std::string_view suffix : {"zone", "line"})
    if (word.ends_with(suffix)) word.resize(word.size() - suffix.size());
  for (const auto& [name, role] : names)
    if (name == word) return role;
  return ScanRole::none;
}

}  // namespace emend
