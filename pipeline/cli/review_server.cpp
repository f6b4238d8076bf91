// HTTP by cpp-httplib, which is met only here; what may come in is decided before anything is read of a request's body.
#include "pipeline/cli/review_server.h"

#include <httplib.h>
#include <pthread.h>
#include <signal.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <thread>

#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"

namespace emend {

namespace {

constexpr std::size_t largest_body = std::size_t{32} << 20;
// A browser opens connections ahead of need; one that says nothing holds a thread until its time is over.
constexpr std::size_t most_connections = 256;
constexpr const char* loopback = "127.0.0.1";
constexpr const char* change_type = "application/x-emend-decisions";  // none that a form or a plain fetch can send
constexpr const char* version_header = "X-Emend-Version";             // the digest of the decisions as they are now

std::string random_token() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw Error(Exit::bug, "the system gives no random numbers");
  std::string token;
  for (const unsigned char b : bytes) token += {"0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]};
  return token;
}

// Takes as long for a near miss as for any other, so that time tells nothing of the token.
bool same_secret(std::string_view a, std::string_view b) {
  unsigned differs = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    differs |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return differs == 0;
}

/// SIGINT and SIGTERM wait for whoever asks for them, in this thread and all that it starts.
class EndingSignals {
 public:
  EndingSignals() {
    sigemptyset(&ending_);
    for (const int s : {SIGINT, SIGTERM}) sigaddset(&ending_, s);
    pthread_sigmask(SIG_BLOCK, &ending_, &before_);
  }
  EndingSignals(const EndingSignals&) = delete;
  EndingSignals& operator=(const EndingSignals&) = delete;
  ~EndingSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  void wait() const {
    int signal = 0;
    sigwait(&ending_, &signal);
  }

 private:
  sigset_t ending_{}, before_{};
};

class Guard {
 public:
  Guard(std::string token, int port) : token_(std::move(token)), port_(std::to_string(port)) {}

  /// The status with which a request is turned away, or 0.
  int refusal(const httplib::Request& r) const {
    if (!from_here(r)) return 403;
    if (!r.path.starts_with('/') || !same_secret(std::string_view(r.path).substr(1, r.path.find('/', 1) - 1), token_))
      return 404;
    if (r.method == "GET") return 0;
    if (r.method != "POST") return 405;
    if (r.get_header_value_count("Origin") != 1 ||
        r.get_header_value("Origin") != "http://" + r.get_header_value("Host"))
      return 403;
    if (r.get_header_value("Content-Type") != change_type) return 415;
    const std::string length = r.get_header_value("Content-Length");
    if (r.get_header_value_count("Content-Length") != 1 || r.has_header("Transfer-Encoding") || length.empty() ||
        length.find_first_not_of("0123456789") != length.npos)
      return 411;
    return length.size() > 8 || std::stoul(length) > largest_body ? 413 : 0;
  }
  std::string path(const std::string& name) const { return "/" + token_ + "/" + name; }
  std::string address() const { return std::string("http://") + loopback + ":" + port_ + path(""); }

 private:
  // A name that some other machine's owner made point here is not this one's.
  bool from_here(const httplib::Request& r) const {
    const std::string host = r.get_header_value("Host");
    return r.get_header_value_count("Host") == 1 && (host == loopback + (":" + port_) || host == "localhost:" + port_);
  }

  std::string token_, port_;
};

void answer(httplib::Response& response, int status, const std::string& text) {
  response.status = status;
  response.set_content(text, "text/plain; charset=utf-8");
}

using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

// One at a time, and with what went wrong in words.
Handler guarded(std::mutex& one_at_a_time, Handler handler) {
  return [&one_at_a_time, handler = std::move(handler)](const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(one_at_a_time);
    try {
      handler(request, response);
    } catch (const Error& e) {
      answer(response, 400, e.what());
    }
  };
}

void set_up(httplib::Server& server, const Guard& guard, const ReviewWork& work, std::mutex& one_at_a_time) {
  server.set_payload_max_length(largest_body);
  server.set_keep_alive_max_count(1);  // what a request that is turned away still sends is never read as another one
  server.set_read_timeout(10);
  server.new_task_queue = [] { return new httplib::ThreadPool(most_connections); };  // the server owns it
  server.set_default_headers({{"X-Content-Type-Options", "nosniff"},
                              {"X-Frame-Options", "DENY"},
                              {"Content-Security-Policy", "frame-ancestors 'none'"},
                              {"Referrer-Policy", "no-referrer"},
                              {"Cross-Origin-Resource-Policy", "same-origin"},
                              {"Cross-Origin-Opener-Policy", "same-origin"},
                              {"Cache-Control", "no-store"}});
  server.set_pre_routing_handler([&guard](const httplib::Request& request, httplib::Response& response) {
    const int status = guard.refusal(request);
    if (status == 0) return httplib::Server::HandlerResponse::Unhandled;
    answer(response, status, "This is not for you.\n");
    return httplib::Server::HandlerResponse::Handled;
  });
  server.Get(guard.path(""), guarded(one_at_a_time, [&work](const httplib::Request&, httplib::Response& response) {
               response.set_content(work.page(), "text/html; charset=utf-8");
             }));
  server.Post(guard.path("decisions"),
              guarded(one_at_a_time, [&work](const httplib::Request& request, httplib::Response& response) {
                const SavedDecisions saved = work.save(request.body);
                response.set_header(version_header, sha256(saved.text));
                answer(response, saved.stale ? 409 : 200, saved.text);
              }));
  server.Post(guard.path("convert"),
              guarded(one_at_a_time, [&work](const httplib::Request&, httplib::Response& response) {
                work.convert();
                answer(response, 200, "done\n");
              }));
  // Pictures are made at leisure, and do not hold up what is decided.
  server.Get(guard.path("scan/") + "([0-9]{1,6})",
             [&work](const httplib::Request& request, httplib::Response& response) {
               const ScanPicture picture = work.scan(std::stoul(request.matches[1]));
               if (picture.bytes.empty()) return answer(response, 404, "There is no picture of this page.\n");
               response.set_header("Cache-Control", "private, max-age=3600");
               response.set_content(picture.bytes, picture.type);
             });
}

}  // namespace

void serve_review(const ReviewWork& work, int port, const std::function<void(const std::string&)>& listening) {
  const EndingSignals ending;
  httplib::Server server;
  server.set_socket_options([](socket_t) {});  // the library would let others listen on the same port
  const int taken = port == 0 ? server.bind_to_any_port(loopback) : server.bind_to_port(loopback, port) ? port : -1;
  if (taken < 0)
    throw Error(Exit::output, "port " + std::to_string(port) +
                                  " cannot be had: something else listens there, or it is not yours to take; leave "
                                  "--port out, and a free one is found");
  const Guard guard(random_token(), taken);
  std::mutex one_at_a_time;
  set_up(server, guard, work, one_at_a_time);
  listening(guard.address());
  std::thread serving([&server] { server.listen_after_bind(); });
  ending.wait();
  server.stop();
  serving.join();
}

}  // namespace emend
