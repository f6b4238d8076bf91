// Files by their names, then the physical pages that name these; MODS and Dublin Core as far as a title page goes.
#include "stages/read/package/mets.h"

#include <algorithm>
#include <map>
#include <utility>

#include "pipeline/text/script.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

bool begins_with(std::string_view s, std::string_view with) {
  return s.size() >= with.size() && std::equal(with.begin(), with.end(), s.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

// "Wick, Ada" is Ada Wick.
std::string in_order(std::string_view name) {
  const std::size_t comma = name.find(", ");
  if (comma == name.npos || name.find(", ", comma + 1) != name.npos) return std::string(name);
  return std::string(trim(name.substr(comma + 2))) + " " + std::string(trim(name.substr(0, comma)));
}

// One description of MODS or Dublin Core.
class Description {
 public:
  void open(std::string_view name, const XmlAttributes& a) {
    text_.clear();
    if (name == "relatedItem") ++related_;  // the series, the host
    if (name == "name") person_ = {};
    if (name == "titleInfo") other_title_ = !a.get("type").empty();
    if (name == "namePart") part_ = a.get("type");
  }

  void close(std::string_view name) {
    const std::string text = std::exchange(text_, "");
    if (name == "relatedItem") --related_;
    if (related_ > 0) return;
    if (name == "title" && !other_title_ && book_.title.empty()) book_.title = text;
    if (name == "titleInfo") other_title_ = false;
    if (name == "creator" && !text.empty()) book_.authors.push_back(in_order(text));
    if (name == "roleTerm") person_.roles.push_back(text);
    if (name == "displayForm") person_.shown = text;
    if (name == "namePart")
      (part_ == "given" ? person_.given : part_ == "family" ? person_.family : person_.whole) = text;
    if (name == "name") end_person();
  }

  void text(std::string_view s) { text_ += s; }
  bool tells() const { return !book_.title.empty(); }
  ScanFacts take() { return std::move(book_); }

 private:
  struct Person {
    std::vector<std::string> roles;
    std::string shown, given, family, whole;
  };

  void end_person() {
    const auto writes = [](const std::string& role) {
      return begins_with(role, "aut") || role == "cre" || begins_with(role, "creator") ||
             begins_with(role, "verfasser");
    };
    const Person& p = person_;
    if (!p.roles.empty() && std::none_of(p.roles.begin(), p.roles.end(), writes)) return;
    std::string name = !p.family.empty() ? std::string(trim(p.given + " " + p.family))
                                         : in_order(!p.whole.empty() ? p.whole : p.shown);
    if (!name.empty()) book_.authors.push_back(std::move(name));
  }

  ScanFacts book_;
  Person person_;
  std::string text_, part_;
  int related_ = 0;
  bool other_title_ = false;
};

class MetsEvents : public XmlEvents {
 public:
  void open(std::string_view name, const XmlAttributes& a) override {
    if (name == "dmdSec") description_ = {}, described_ = true;
    if (described_) return description_.open(name, a);
    if (name == "fileGrp")
      groups_.push_back(!a.get("USE").empty() || groups_.empty() ? std::string(a.get("USE")) : groups_.back());
    if (name == "file") file_ = a.get("ID");
    if (name == "FLocat" && !groups_.empty())
      files_.emplace(file_, MetsFile{groups_.back(), std::string(a.get("href"))});
    if (name == "structMap") physical_ = begins_with(a.get("TYPE"), "physical") || a.get("TYPE").empty();
    if (name == "div" && physical_) open_div(a);
    if ((name == "fptr" || name == "area") && in_page_ && !a.get("FILEID").empty()) {
      const auto found = files_.find(std::string(a.get("FILEID")));
      if (found != files_.end()) mets_.pages.back().files.push_back(found->second);
    }
  }

  void close(std::string_view name) override {
    if (name == "dmdSec") {
      described_ = false;
      if (mets_.book.title.empty() && description_.tells()) mets_.book = description_.take();
    }
    if (described_) return description_.close(name);
    if (name == "fileGrp" && !groups_.empty()) groups_.pop_back();
    if (name == "div") in_page_ = false;
    if (name == "structMap") physical_ = false;
  }

  void text(std::string_view s) override {
    if (described_) description_.text(s);
  }

  Mets take() {
    std::vector<std::size_t> order(mets_.pages.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places_[a] < places_[b]; });
    std::vector<MetsPage> pages;
    for (const std::size_t i : order) pages.push_back(std::move(mets_.pages[i]));
    mets_.pages = std::move(pages);
    return std::move(mets_);
  }

 private:
  void open_div(const XmlAttributes& a) {
    in_page_ = begins_with(a.get("TYPE"), "page");
    if (!in_page_) return;
    places_.push_back(a.number("ORDER", static_cast<double>(places_.size() + 1)));
    const std::string_view label = trim(a.get("ORDERLABEL"));
    mets_.pages.push_back({std::string(label == "uncounted" ? "" : label), {}});  // the DFG's word for no number
  }

  Mets mets_;
  std::vector<double> places_;  // of the pages
  std::map<std::string, MetsFile> files_;
  std::vector<std::string> groups_;
  std::string file_;
  Description description_;
  bool described_ = false, physical_ = false, in_page_ = false;
};

}  // namespace

bool is_mets(std::string_view head) { return scan_root(head) == "mets"; }

Mets read_mets(const std::string& name, std::string_view bytes) {
  MetsEvents events;
  read_xml(name, bytes, false, events);
  return events.take();
}

}  // namespace emend
