// emend review: the review page of a book, served to this machine's browser, which saves what is decided on it.
#include "pipeline/cli/book.h"
#include "pipeline/cli/decisions_file.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/machine.h"
#include "pipeline/cli/review_server.h"
#include "pipeline/cli/scans.h"
#include "pipeline/cli/shown.h"
#include "pipeline/cli/verbs.h"
#include "pipeline/document/digest.h"
#include "stages/read/scan/scan.h"
#include "stages/write/review/page.h"

namespace emend {

namespace {

constexpr Option options[] = {
    {"decisions", "FILE", "the file to keep the decisions in\n(default: BOOK with .decisions for its extension)"},
    {"scans", "PATH", "pictures of the pages: a folder, or a PDF (default:\nBOOK if it is a PDF)"},
    {"port", "N", "the port to listen on (default: a free one)"},
    {"meta,m", "FILE", "the book's facts, as for convert"},
    {"encoding", "NAME", "the text's encoding, as for convert"},
    {"rules", "FILE", "a rule table of yours; may be repeated", true},
    {"quiet,q", nullptr, "print the address and nothing else"},
};

int port_said(const Arguments& a) {
  const std::string port = a.get("port", "0");
  if (port.size() > 5 || port.find_first_not_of("0123456789") != port.npos || std::stoi(port) > 65535)
    throw Error(Exit::usage, "--port: '" + shown(port) + "' is no port; give a number up to 65535, or leave it out");
  return std::stoi(port);
}

/// The book as it was converted last, and its decisions as they stand in their file now.
class Review {
 public:
  explicit Review(const Arguments& a)
      : input_(a.operands[0]),
        decisions_(a.get("decisions", without_extension(without_slash(input_)) + ".decisions")),
        meta_(sidecars_for(input_, a).meta),
        said_(facts_said(a)),
        machine_(a.all("rules")) {
    take_scans(a.get("scans"));
    std::vector<std::string> kept = a.all("rules");
    kept.insert(kept.end(), {input_, meta_});
    std::erase(kept, "");
    refuse_overwriting(kept, {decisions_});
    convert();
  }

  void convert() {
    Book book = open_book(input_, {meta_, file_exists(decisions_) ? decisions_ : ""}, said_);
    if (book.begun) throw Error(Exit::input, shown(input_) + ": comes from a pipe; give the text itself");
    machine_.plan.run(book.document);
    book_ = std::move(book);
    if (images_.empty()) images_ = names_of_images(book_.document);
  }

  std::string page() const {
    return write_review_page(book_.document, book_.options,
                             {decided(), file_name(decisions_), true, scans_.any(), scans_.scale()});
  }

  // What another window saved since is never overwritten: the page takes it in, and asks again.
  SavedDecisions save(const std::string& body) const {
    const DecisionsChange change = read_decisions_change(body, "the decisions");
    const std::string before = decided();
    if (!change.known.empty() && change.known != sha256(before)) return {before, true};
    const std::string now = changed_decisions(before, change);
    write_file_whole(decisions_, now);
    return {now, false};
  }

  ScanPicture scan(std::size_t page) const {
    const bool named = page > 0 && page <= images_.size();
    return scans_.of(page, named ? images_[page - 1] : "");
  }

  const std::string& decisions() const { return decisions_; }

 private:
  // Places on the pictures are of use only where there are some.
  void take_scans(const std::string& path) {
    const bool own = path.empty() && !is_folder(input_) && scan_format(read_file(input_)) == ScanFormat::pdf;
    if (path.empty() && !own) return;
    scans_ = Scans(own ? input_ : path);
    if (option_of(said_, "zones").empty()) said_.emplace_back("zones", "lines");
  }

  // "0 0 1240 1754 page_0001.png": the file that the text has of each page.
  static std::vector<std::string> names_of_images(const Document& d) {
    std::vector<std::string> names(d.pages.size());
    for (const Meta& m : d.metas) {
      if (m.name != "image") continue;
      std::string_view rest = m.value;
      for (int side = 0; side < 4; ++side) rest.remove_prefix(std::min(rest.size(), rest.find(' ') + 1));
      const std::size_t page = d.lines[d.line_at(m.at.begin)].page;
      if (page < names.size()) names[page] = rest.substr(rest.find_last_of("/\\") + 1);
    }
    return names;
  }

  std::string decided() const { return file_exists(decisions_) ? read_file(decisions_) : ""; }

  std::string input_, decisions_, meta_;
  BookOptions said_;
  Scans scans_;
  std::vector<std::string> images_;  // of the pages, by the names that the text has
  Machine machine_;
  Book book_;
};

Exit run(const Arguments& a) {
  if (a.operands[0] == "-") throw Error(Exit::usage, "review: standard input has no name; give a file");
  const int port = port_said(a);
  Review review(a);
  serve_review({[&] { return review.page(); }, [&](const std::string& body) { return review.save(body); },
                [&] { review.convert(); }, [&](std::size_t page) { return review.scan(page); }},
               port, [&](const std::string& address) {
                 print(address + "\n");
                 if (!a.has("quiet"))
                   say("Open this address in a browser on this machine; whoever has it can see the book.\n"
                       "Decisions are saved in " +
                       shown(review.decisions()) + ". Ctrl-C ends.\n");
               });
  return Exit::done;
}

}  // namespace

const Verb verb_review{"review",
                       "Shows a book beside its source, to judge doubts and changes",
                       "review BOOK [--decisions FILE]",
                       "Serves a page on this machine alone, and prints its address. What is decided on\n"
                       "the page is saved in FILE and heeded by the next conversion; no other file is\n"
                       "written. Ctrl-C ends.",
                       options,
                       1,
                       1,
                       run};

}  // namespace emend
