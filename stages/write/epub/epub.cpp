// Unpack, finish each chapter in reading order, write navigation and package anew, pack.
#include "stages/write/epub/epub.h"

#include <algorithm>
#include <functional>
#include <set>

#include "pipeline/document/error.h"
#include "stages/write/epub/parts.h"
#include "stages/write/package/archive.h"
#include "stages/write/package/book_words.h"
#include "stages/write/package/xhtml.h"

namespace emend {
namespace {

using pugi::xml_node;

/// The package document and the folder that its addresses start from.
struct Package {
  ArchiveMember* member;
  pugi::xml_document opf;
  std::string folder;  // "EPUB/"

  xml_node manifest() const { return opf.document_element().child("manifest"); }
  xml_node spine() const { return opf.document_element().child("spine"); }
  xml_node item(const char* key, std::string_view value) const {
    return manifest().find_child([&](const xml_node& node) { return value == node.attribute(key).value(); });
  }
};

[[noreturn]] void incomplete() {
  throw Error(Exit::pandoc, "Pandoc: wrote no complete EPUB; install another version of it, or leave out --pandoc-arg");
}

Package open_package(std::vector<ArchiveMember>& members) {
  const ArchiveMember* const container = find_member(members, "META-INF/container.xml");
  pugi::xml_document document;
  if (!container || !parse_xhtml(container->bytes, document)) incomplete();
  const std::string path =
      document.document_element().child("rootfiles").child("rootfile").attribute("full-path").value();
  Package package{find_member(members, path), {}, path.substr(0, path.rfind('/') + 1)};
  if (!package.member || !parse_xhtml(package.member->bytes, package.opf)) incomplete();
  if (!package.manifest() || !package.spine()) incomplete();
  return package;
}

/// The files of the spine in reading order, without the navigation itself.
std::vector<std::string> chapters_of(const Package& package) {
  std::vector<std::string> files;
  for (const xml_node& reference : package.spine().children("itemref")) {
    const xml_node item = package.item("id", reference.attribute("idref").value());
    if (item && std::string_view(item.attribute("properties").value()).find("nav") == std::string_view::npos &&
        item.attribute("id").value() != std::string_view("nav")) {
      files.emplace_back(item.attribute("href").value());
    }
  }
  return files;
}

/// How deep Pandoc's own list of contents goes, for it may have been asked for less.
int depth_of(const pugi::xml_document& nav) {
  int deepest = 0;
  for (xml_node node = nav.document_element(); node; node = next_element(node, nav.document_element())) {
    int depth = 0;
    if (std::string_view(node.name()) == "li") {
      for (xml_node above = node; above; above = above.parent()) depth += std::string_view(above.name()) == "ol";
    }
    deepest = std::max(deepest, depth);
    if (deepest >= 6) break;
  }
  return std::max(deepest, 1);
}

void note_title_page(const xml_node& body, const std::string& file, std::string_view language, EpubContents& contents) {
  for (xml_node node = body; node; node = next_element(node, body)) {
    const std::string_view type = node.attribute("epub:type").value();
    if (type == "titlepage") add_landmark(contents, file, book_word("titlepage", language), "titlepage");
    if (node.attribute("id").value() == std::string_view("cover-image")) {
      add_landmark(contents, file, book_word("cover", language), "cover");
    }
  }
}

/// The picture on the cover, as those are told of it who do not see it.
void name_cover(xml_node body, std::string_view name) {
  for (xml_node node = body; node; node = next_element(node, body)) {
    if (std::string_view(node.name()) != "svg") continue;
    set_attribute(node, "role", "img");
    set_attribute(node, "aria-label", std::string(name));
  }
}

void remove_chapter(Package& package, std::vector<ArchiveMember>& members, const std::string& file) {
  const std::string id = package.item("href", file).attribute("id").value();
  package.spine().remove_child(
      package.spine().find_child([&](const xml_node& node) { return id == node.attribute("idref").value(); }));
  package.manifest().remove_child(package.item("href", file));
  std::erase_if(members, [&](const ArchiveMember& member) { return member.name == package.folder + file; });
}

struct Chapter {
  std::string file;
  ArchiveMember* member;
  pugi::xml_document tree;
};

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

std::string style_of(const Package& package) {
  for (const xml_node& item : package.manifest().children("item")) {
    if (item.attribute("media-type").value() == std::string_view("text/css")) return item.attribute("href").value();
  }
  return "";
}

class Finisher {
 public:
  Finisher(std::vector<ArchiveMember>& members, const BookFacts& facts, const EpubOptions& options,
           std::vector<std::string>& warnings)
      : members_(members), book_(facts, options), package_(open_package(members)), warnings_(warnings) {}

  void finish() {
    read_chapters();
    const std::string dropped = make_one_title_page();
    for (Chapter& chapter : chapters_) {
      if (chapter.file != dropped) finish_one(chapter);
    }
    add_contents_landmark();
    if (contents_.headings.empty() && !chapters_.empty()) {
      contents_.headings.push_back({chapters_.back().file, book_.facts.metadata.title, 1});
    }
    write_navigation();
    finish_package(package_.opf, book_, contents_);
    if (!dropped.empty()) remove_dropped(dropped);
    find_member(members_, package_name_)->bytes = write_xml(package_.opf);
  }

 private:
  static bool is_title_page(const std::string& file) { return file.find("title_page") != std::string::npos; }

  void read_chapters() {
    package_name_ = package_.member->name;
    std::size_t marks = 0;
    for (std::string& file : chapters_of(package_)) {
      ArchiveMember* const member = find_member(members_, package_.folder + file);
      Chapter chapter{std::move(file), member, {}};
      if (member) marks += count(member->bytes, "class=\"footnote-ref\"");
      if (member && parse_xhtml(member->bytes, chapter.tree)) {
        drop_made_up_heading(chapter.tree.document_element().child("body"), book_);
        chapters_.push_back(std::move(chapter));
      } else {
        warnings_.push_back("Pandoc wrote " + chapter.file + " as XHTML that is not well-formed; it stays as it is");
      }
    }
    book_.count_marks(marks);
  }

  /// The file of a chapter that has nothing left, if there is one.
  std::string make_one_title_page() {
    for (std::size_t i = 0; i + 1 < chapters_.size(); ++i) {
      const Chapter &title_page = chapters_[i], &printed = chapters_[i + 1];
      if (!is_title_page(title_page.file)) continue;
      const TitlePageJoin join = join_title_page(title_page.tree, printed.tree);
      const std::set<std::string, std::less<>> places(join.places.begin(), join.places.end());
      for (Chapter& chapter : chapters_) {
        if (!places.empty()) lead_links_to(chapter.tree, places, title_page.file, printed.file, chapter.file);
      }
      return join.nothing_left ? printed.file : "";
    }
    return "";
  }

  void finish_one(Chapter& chapter) {
    const xml_node body = chapter.tree.document_element().child("body");
    const BookMetadata& metadata = book_.facts.metadata;
    if (is_title_page(chapter.file) || chapter.file.find("cover") != std::string::npos) {
      note_title_page(body, chapter.file, metadata.language, contents_);
      if (!book_.options.version_2) name_cover(body, cover_name(metadata));
      EpubContents pages;  // a title page has no entry in the contents
      pages.marks = contents_.marks;
      finish_chapter(chapter.tree, chapter.file, book_, pages);
      contents_.pages.insert(contents_.pages.end(), pages.pages.begin(), pages.pages.end());
      contents_.notes += pages.notes;
      contents_.marks = pages.marks;
    } else {
      finish_chapter(chapter.tree, chapter.file, book_, contents_);
    }
    chapter.member->bytes = write_xhtml(chapter.tree, 2 * chapter.member->bytes.size());
  }

  /// The printed list of contents if there is one, else the navigation.
  void add_contents_landmark() {
    const BookMetadata& metadata = book_.facts.metadata;
    const std::string word(book_word("contents", metadata.language));
    for (const EpubPlace& heading : contents_.headings) {
      const BookSection* const section = book_.section(heading.target.substr(heading.target.find('#') + 1));
      if (section && section->type == "contents") return add_landmark(contents_, heading.target, word, "toc");
    }
    const std::string nav = navigation_file();
    if (!nav.empty()) add_landmark(contents_, nav + "#toc", word, "toc");
  }

  std::string navigation_file() const {
    xml_node item = package_.item("properties", "nav");
    if (!item) item = package_.item("id", "nav");
    return item ? item.attribute("href").value() : "";
  }

  void write_navigation() {
    const std::string identifier = identifier_of_package();
    ArchiveMember* const nav = find_member(members_, package_.folder + navigation_file());
    pugi::xml_document old;
    if (nav && parse_xhtml(nav->bytes, old)) contents_.depth = depth_of(old);
    if (ArchiveMember* const ncx = find_member(members_, package_.folder + "toc.ncx")) {
      ncx->bytes = ncx_document(contents_, book_.facts, identifier);
    }
    if (nav) nav->bytes = navigation_document(contents_, book_.facts, style_of(package_), book_.options.version_2);
  }

  std::string identifier_of_package() const {
    const xml_node package = package_.opf.document_element();
    const std::string_view id = package.attribute("unique-identifier").value();
    const xml_node identifier =
        package.child("metadata").find_child([&](const xml_node& node) { return id == node.attribute("id").value(); });
    return identifier.text().get();
  }

  void remove_dropped(const std::string& file) { remove_chapter(package_, members_, file); }

  std::vector<ArchiveMember>& members_;
  EpubBook book_;
  Package package_;
  std::vector<std::string>& warnings_;
  std::vector<Chapter> chapters_;
  EpubContents contents_;
  std::string package_name_;
};

}  // namespace

std::string finish_epub(std::string_view epub, const BookFacts& facts, const EpubOptions& options,
                        std::vector<std::string>& warnings) {
  std::optional<std::vector<ArchiveMember>> members = read_zip(epub);
  if (!members) incomplete();
  Finisher(*members, facts, options, warnings).finish();
  return write_zip(*members);
}

}  // namespace emend
