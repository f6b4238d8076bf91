// Finding what two texts share: where the last piece ended, else nearby, else anywhere, by an index of its bytes.
#include "pipeline/document/rebuild.h"

#include <algorithm>
#include <cstring>

namespace emend {

namespace {

constexpr std::size_t window = 8;  // bytes that must agree for a piece to be taken from anywhere
constexpr std::size_t nearby = 6;  // bytes that must agree for one near the end of the last piece
constexpr std::size_t stride = 4;  // every fourth place of the text is in the index
constexpr std::size_t most_tried = 8;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

// The places of a text by the eight bytes that begin there; of many equal ones, those that come first and last.
class Index {
 public:
  explicit Index(std::string_view text) : text_(text) {
    while ((std::size_t{1} << bits_) < text.size() / stride) ++bits_;
    first_.assign(std::size_t{1} << bits_, none);
    next_.assign(text.size() / stride + 1, none);
    for (std::size_t at = text.size() / stride * stride;; at -= stride) {
      if (at + window <= text.size()) {
        std::uint32_t& bucket = first_[slot(text.data() + at)];
        next_[at / stride] = bucket;
        bucket = static_cast<std::uint32_t>(at / stride);
      }
      if (at == 0) break;
    }
  }

  /// The place where most bytes of `wanted` stand; of equally good ones the nearest to `near`. npos if there is none.
  std::size_t find(std::string_view wanted, std::size_t near) const {
    if (wanted.size() < window) return std::string_view::npos;
    std::size_t best = std::string_view::npos, most = 0;
    std::uint32_t candidate = first_[slot(wanted.data())];
    for (std::size_t tried = 0; candidate != none && tried < most_tried; ++tried, candidate = next_[candidate]) {
      const std::size_t at = candidate * stride;
      if (std::memcmp(text_.data() + at, wanted.data(), window) != 0) continue;
      const std::size_t shared = std::min<std::size_t>(common(text_.substr(at), wanted), 256);
      if (shared > most || (shared == most && distance(at, near) < distance(best, near))) best = at, most = shared;
    }
    return best;
  }

  static std::size_t common(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  static std::size_t distance(std::size_t a, std::size_t b) { return a < b ? b - a : a - b; }
  std::size_t slot(const char* at) const {
    std::uint64_t value = 0;
    std::memcpy(&value, at, window);
    return static_cast<std::size_t>((value * 0x9E3779B97F4A7C15u) >> (64 - bits_));
  }

  std::string_view text_;
  unsigned bits_ = 4;
  std::vector<std::uint32_t> first_, next_;
};

// Where both go on alike behind a difference of a few bytes: {bytes of the source, bytes of the text} to pass over.
bool resume(std::string_view source, std::string_view text, std::size_t& passed, std::size_t& skipped) {
  constexpr std::size_t most_passed = 24, most_skipped = 48;
  for (std::size_t ds = 0; ds <= most_passed && ds < source.size(); ++ds) {
    if (continues(source[ds])) continue;
    const std::string_view wanted = source.substr(ds, nearby);
    const bool last = wanted.size() < nearby;
    for (std::size_t dt = 0; dt <= most_skipped && dt + wanted.size() <= text.size(); ++dt)
      if (text[dt] == wanted[0] && std::memcmp(text.data() + dt, wanted.data(), wanted.size()) == 0 &&
          (!last || ds == 0)) {
        passed = ds, skipped = dt;
        return true;
      }
  }
  return false;
}

}  // namespace

std::vector<Step> steps_to(std::string_view source, std::string_view text) {
  const Index index(text);
  std::vector<Step> steps;
  std::size_t from = 0, literal = 0, cursor = 0;  // `literal`: where the bytes begin that no piece has yet
  const auto put = [&] {
    if (literal == from) return;
    if (steps.empty()) steps.push_back({});
    steps.back().then = source.substr(literal, from - literal);
  };
  const auto take = [&](std::size_t at) {
    while (from > literal && at > 0 && source[from - 1] == text[at - 1]) --from, --at;
    while (from < source.size() && continues(source[from])) ++from, ++at;
    std::size_t length = Index::common(source.substr(from), text.substr(at));
    while (length > 0 && from + length < source.size() && continues(source[from + length])) --length;
    if (length == 0) return false;
    put();
    steps.push_back({{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)}, {}});
    from += length;
    literal = from;
    cursor = at + length;
    return true;
  };
  while (from < source.size()) {
    std::size_t passed = 0, skipped = 0;
    if (literal == from && resume(source.substr(from), text.substr(cursor), passed, skipped)) {
      from += passed;
      if (take(cursor + skipped)) continue;
    }
    const std::size_t at = continues(source[from]) ? text.npos : index.find(source.substr(from), cursor);
    if (at == text.npos || !take(at)) ++from;
  }
  put();
  return steps;
}

bool rebuild(std::string_view text, const std::vector<Step>& steps, std::size_t most, std::string& out) {
  out.clear();
  for (const Step& step : steps) {
    if (step.take.end > text.size() || step.take.begin > step.take.end) return false;
    if (step.take.size() + step.then.size() > most - out.size()) return false;
    out.append(text.substr(step.take.begin, step.take.size())).append(step.then);
  }
  return true;
}

}  // namespace emend
