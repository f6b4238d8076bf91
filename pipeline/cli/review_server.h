// The server behind the review page: for one browser on this machine, and for nobody else.
#pragma once
#include <functional>
#include <string>

namespace emend {

/// What came of saving: the file's text, and whether it had changed since the page was made, and was left alone.
struct SavedDecisions {
  std::string text;
  bool stale = false;
};

/// A picture of a page, as a browser shows it; no bytes: there is none.
struct ScanPicture {
  std::string bytes, type;
};

/// What the server does for a request it lets in. Each runs alone. An Error becomes status 400 with its message.
struct ReviewWork {
  std::function<std::string()> page;                              // the page as it is now
  std::function<SavedDecisions(const std::string& change)> save;  // writes the decisions, if the page knew the file
  std::function<void()> convert;                                  // converts the book again
  std::function<ScanPicture(std::size_t page)> scan;              // of the page with that number, from 1
};

/// Serves on the loopback until SIGINT or SIGTERM. `port` 0 takes a free one; `listening` is told the address, which
/// holds a random token. Let in are only requests that name the token in their path and this address in Host; those
/// that change something must also be POST, come from this page by their Origin, be of a type that no other page can
/// send unasked, and be no larger than 32 MiB. There are four addresses, and no file is ever looked up by a request's
/// path: pictures are asked for by number. Error(Exit::output) if the port cannot be had.
void serve_review(const ReviewWork&, int port, const std::function<void(const std::string& address)>& listening);

}  // namespace emend
