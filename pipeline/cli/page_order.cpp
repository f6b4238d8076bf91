// A METS names each page in several groups of files: pictures, text, a coarser and a better reading. One is taken.
#include "pipeline/cli/page_order.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "stages/read/package/mets.h"

namespace emend {

namespace {

// How well a group may be read: scans of the book's text tell more than text alone. Of equals the last is the best:
// tools add theirs behind those of others.
int worth(const std::string& group, const PageFile& first) {
  const bool scan = scan_format(first.head()) != ScanFormat::none;
  const bool text = first.name.ends_with(".txt");
  const bool truth = group.find("GT") != group.npos, full = group.find("FULLTEXT") != group.npos;
  return (scan ? 4 : text ? 1 : 0) + (scan && (truth || full) ? 1 : 0);
}

// Pictures are the most that a METS names.
bool may_be_page(std::string_view path) {
  return path.ends_with(".xml") || path.ends_with(".html") || path.ends_with(".hocr") || path.ends_with(".txt") ||
         path.ends_with(".gz");
}

// The files that a METS names, as far as they are there.
class Named {
 public:
  Named(const std::string& mets, const std::vector<PageFile>& files, const OpenFile& open)
      : folder_(mets.substr(0, mets.find_last_of('/') + 1)), open_(open) {
    for (const PageFile& file : files) files_.emplace(file.name, file);
  }

  // By its path below the METS; of an address, by its last part.
  const PageFile* find(std::string path) {
    if (path.find("://") != path.npos) path.erase(0, path.find_last_of('/') + 1);
    if (path.starts_with("./")) path.erase(0, 2);
    if (path.empty() || path.front() == '/' || path.find("..") != path.npos) return nullptr;
    path.insert(0, folder_);
    auto found = files_.find(path);
    if (found == files_.end() && may_be_page(path))
      if (std::optional<PageFile> file = open_(path)) found = files_.emplace(path, std::move(*file)).first;
    return found == files_.end() ? nullptr : &found->second;
  }

 private:
  std::string folder_;
  const OpenFile& open_;
  std::map<std::string, PageFile> files_;
};

std::optional<std::string> best_group(const Mets& mets, Named& named) {
  std::set<std::string> seen;
  std::optional<std::string> best;
  int most = 1;
  for (const MetsPage& page : mets.pages)
    for (const MetsFile& file : page.files) {
      if (seen.contains(file.group)) continue;
      const PageFile* here = named.find(file.path);
      if (here == nullptr) continue;
      seen.insert(file.group);
      if (const int w = worth(file.group, *here); w >= most) most = w, best = file.group;
    }
  return best;
}

// Empty if no file of the METS is there: the files stay as they are. `told` become the names of all that it names.
std::vector<PageFile> pages_of(const Mets& mets, Named& named, std::set<std::string>& told) {
  std::vector<PageFile> pages;
  const std::optional<std::string> group = best_group(mets, named);
  for (const MetsPage& page : mets.pages)
    for (const MetsFile& file : page.files) {
      const PageFile* here = named.find(file.path);
      if (here == nullptr || !told.insert(here->name).second || file.group != group) continue;
      pages.push_back(*here);
      pages.back().label = page.label;
    }
  return pages;
}

}  // namespace

PageGuide put_in_order(std::vector<PageFile>& files, const OpenFile& open) {
  PageGuide guide;
  std::optional<Mets> mets;
  std::string where;
  std::erase_if(files, [&](const PageFile& file) {
    const bool xml = file.name.ends_with(".xml"), json = file.name.ends_with(".json");
    if (!xml && !json) return false;
    const std::string head = file.head();
    if (!mets && is_mets(head)) {
      // Half an order may leave pages out, so it is none; the pages are there without it.
      try {
        mets = read_mets(shown(file.name), file.read());
        where = file.name;
      } catch (const Error& e) {
        guide.unread = e.what();
      }
      return true;
    }
    if (!numbers_leaves(head)) return false;
    // What people set stands before what programs read.
    if (guide.leaves.empty() || xml) guide.leaves = read_leaf_numbers(shown(file.name), file.read());
    return true;
  });
  if (!mets) return guide;
  Named named(where, files, open);
  std::set<std::string> told;
  std::vector<PageFile> pages = pages_of(*mets, named, told);
  if (pages.empty()) return guide;
  guide.book = std::move(mets->book);
  for (PageFile& file : files)
    if (!told.contains(file.name)) pages.push_back(std::move(file));
  files = std::move(pages);
  return guide;
}

}  // namespace emend
