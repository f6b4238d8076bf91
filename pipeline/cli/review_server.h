// The server behind the review page: for one browser on this machine, and for nobody else.
#pragma once
#include <functional>
#include <string>

namespace emend {

/// What the server does for a request it lets in. Each runs alone. An Error becomes status 400 with its message.
struct ReviewWork {
  std::function<std::string()> page;                           // the page as it is now
  std::function<std::string(const std::string& change)> save;  // writes the decisions; gives the file's new text
  std::function<void()> convert;                               // converts the book again
};

/// Serves on the loopback until SIGINT or SIGTERM. `port` 0 takes a free one; `listening` is told the address, which
/// holds a random token. Let in are only requests that name the token in their path and this address in Host; those
/// that change something must also be POST, come from this page by their Origin, be of a type that no other page can
/// send unasked, and be no larger than 32 MiB. There are three addresses, and no file is ever looked up by a request's
/// path. Error(Exit::output) if the port cannot be had.
void serve_review(const ReviewWork&, int port, const std::function<void(const std::string& address)>& listening);

}  // namespace emend
