// PDFs of a few lines, made for tests: a PDF is text, but for the places of its objects.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace emend {

/// Words at a place of the page, in points from its lower left corner; `font`: Roman, Bold or Italic.
struct SetWords {
  double x = 0, y = 0, size = 10;
  std::string words;
  std::string font = "Roman";
};

/// An entry of the outline, of the first level or of the second.
struct SetEntry {
  std::string title;
  std::size_t page = 0;
  bool below = false;
};

/// A link on a place of a page: to an address, or where it has none to a height of the same page.
struct SetLink {
  std::size_t page = 0;
  double left = 0, low = 0, right = 0, high = 0;
  std::string address;
  double top = 0;
};

class MadePdf {
 public:
  void page(const std::vector<SetWords>& words) {
    std::string content;
    for (const SetWords& w : words)
      content += "BT /" + w.font + " " + std::to_string(w.size) + " Tf " + std::to_string(w.x) + " " +
                 std::to_string(w.y) + " Td (" + w.words + ") Tj ET\n";
    pages_.push_back(content);
  }
  void outline(std::vector<SetEntry> entries) { outline_ = std::move(entries); }

  /// Both as they stand in the file: "0 << /S /r >> 2 << /S /D >>" and "/Title (Sluices)".
  void labels(std::string labels) { labels_ = std::move(labels); }
  void info(std::string info) { info_ = std::move(info); }
  void link(SetLink link) { links_.push_back(std::move(link)); }

  std::string bytes() const {
    std::vector<std::string> objects(first_page - 1);
    const std::size_t first_entry = first_page + 2 * pages_.size();
    std::string kids;
    for (std::size_t p = 0; p < pages_.size(); ++p) {
      const std::string content = ref(first_page + 2 * p + 1);
      kids += ref(first_page + 2 * p) + " ";
      objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 600] /Contents " + content +
                        " /Resources << /Font << /Roman 3 0 R /Bold 4 0 R /Italic 5 0 R >> >>" + annotations(p) +
                        " >>");
      objects.push_back("<< /Length " + std::to_string(pages_[p].size()) + " >>\nstream\n" + pages_[p] + "endstream");
    }
    objects[0] = "<< /Type /Catalog /Pages 2 0 R" + (outline_.empty() ? "" : " /Outlines " + ref(first_entry)) +
                 (labels_.empty() ? "" : " /PageLabels << /Nums [" + labels_ + "] >>") + " >>";
    objects[1] = "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages_.size()) + " >>";
    const std::string font = "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /Times-";
    objects[2] = font + "Roman >>", objects[3] = font + "Bold >>", objects[4] = font + "Italic >>";
    if (!outline_.empty()) add_outline(objects, first_entry);
    return file_of(objects, info_);
  }

 private:
  static constexpr std::size_t first_page = 6;
  static std::string ref(std::size_t object) { return std::to_string(object) + " 0 R"; }

  std::string annotations(std::size_t page) const {
    std::string all;
    for (const SetLink& link : links_) {
      if (link.page != page) continue;
      all += " << /Type /Annot /Subtype /Link /Rect [" + std::to_string(link.left) + " " + std::to_string(link.low) +
             " " + std::to_string(link.right) + " " + std::to_string(link.high) +
             (link.address.empty()
                  ? "] /Dest [" + ref(first_page + 2 * page) + " /XYZ 0 " + std::to_string(link.top) + " null] >>"
                  : "] /A << /S /URI /URI (" + link.address + ") >> >>");
    }
    return all.empty() ? "" : " /Annots [" + all + "]";
  }

  // The root, then the entries; those below stand within the last that is not.
  void add_outline(std::vector<std::string>& objects, std::size_t root) const {
    std::vector<std::vector<std::size_t>> below(outline_.size() + 1);  // by parent, 0 being the root
    std::size_t parent = 0;
    for (std::size_t i = 1; i <= outline_.size(); ++i) {
      const bool is_below = outline_[i - 1].below;
      below[is_below ? parent : 0].push_back(i);
      if (!is_below) parent = i;
    }
    const auto ends = [&](std::size_t i) {
      if (below[i].empty()) return std::string();
      return " /First " + ref(root + below[i].front()) + " /Last " + ref(root + below[i].back()) + " /Count " +
             std::to_string(below[i].size());
    };
    objects.push_back("<< /Type /Outlines" + ends(0) + " >>");
    std::vector<std::string> entries(outline_.size());
    for (std::size_t of = 0; of < below.size(); ++of)
      for (std::size_t k = 0; k < below[of].size(); ++k) {
        const std::size_t i = below[of][k];
        entries[i - 1] = "<< /Title (" + outline_[i - 1].title + ") /Parent " + ref(root + of) + " /Dest [" +
                         ref(first_page + 2 * outline_[i - 1].page) + " /Fit]" +
                         (k > 0 ? " /Prev " + ref(root + below[of][k - 1]) : "") +
                         (k + 1 < below[of].size() ? " /Next " + ref(root + below[of][k + 1]) : "") + ends(i) + " >>";
      }
    for (std::string& entry : entries) objects.push_back(std::move(entry));
  }

  static std::string file_of(const std::vector<std::string>& objects, const std::string& info) {
    std::string out = "%PDF-1.4\n", places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      std::string at = std::to_string(out.size());
      places += std::string(10 - at.size(), '0') + at + " 00000 n \n";
      out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string size = std::to_string(objects.size() + 1), xref = std::to_string(out.size());
    return out + "xref\n0 " + size + "\n0000000000 65535 f \n" + places + "trailer\n<< /Size " + size + " /Root 1 0 R" +
           (info.empty() ? "" : " /Info << " + info + " >>") + " >>\nstartxref\n" + xref + "\n%%EOF\n";
  }

  std::vector<std::string> pages_;
  std::vector<SetEntry> outline_;
  std::string labels_, info_;
  std::vector<SetLink> links_;
};

}  // namespace emend
