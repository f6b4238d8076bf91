// Puts the review page together: frame, style, script, and the book as data that no browser could take for any of
// these.
#include "stages/write/review/page.h"

#include "pipeline/document/digest.h"

namespace emend {

namespace embedded {
extern const std::string_view review_html, review_css, review_js;
}

namespace {

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// The digest as Content Security Policy names it: base64 of its bytes.
std::string policy_hash(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256(bytes);
  std::string out = "'sha256-";
  unsigned bits = 0, count = 0;
  for (const char c : hex) {
    bits = bits << 4 | static_cast<unsigned>(hex_digit(c));
    count += 4;
    if (count >= 6) count -= 6, out += alphabet[bits >> count & 63];
  }
  if (count > 0) out += alphabet[bits << (6 - count) & 63];
  return out + "='";  // 32 bytes are 43 digits and one sign for what is missing
}

// Only these very bytes may run and only these may style; nothing is fetched.
std::string policy(const ReviewSetting& setting) {
  return "default-src 'none'; script-src " + policy_hash(embedded::review_js) + "; style-src " +
         policy_hash(embedded::review_css) + "; connect-src " + (setting.served ? "'self'" : "'none'") +
         "; img-src data:" + (setting.scans ? " 'self'" : "") + "; base-uri 'none'; form-action 'none'";
}

// What stands in the frame between @ signs.
std::string filled(std::string_view frame, std::initializer_list<std::pair<std::string_view, std::string_view>> parts) {
  std::string out;
  while (!frame.empty()) {
    const std::size_t at = frame.find('@');
    out += frame.substr(0, at);
    if (at == frame.npos) break;
    frame.remove_prefix(at);
    bool known = false;
    for (const auto& [name, text] : parts)
      if (frame.substr(1).starts_with(name) && frame.substr(1 + name.size()).starts_with('@')) {
        out += text;
        frame.remove_prefix(name.size() + 2);
        known = true;
        break;
      }
    if (!known) out += '@', frame.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::string write_review_page(const Document& d, const BookOptions& options, const ReviewSetting& setting) {
  return filled(embedded::review_html, {{"POLICY", policy(setting)},
                                        {"STYLE", embedded::review_css},
                                        {"DATA", review_data(d, options, setting)},
                                        {"SCRIPT", embedded::review_js}});
}

}  // namespace emend
