// Document to JSON for the review page: each thing once, words by number, places in the browser's own count.
#include "stages/write/review/data.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "pipeline/document/digest.h"
#include "stages/write/review/utf16.h"
#include "stages/write/tei/header.h"

namespace emend {

namespace {

void append_number(std::string& out, std::uint64_t n) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, n).ptr);
}

// Controls and what HTML could take for markup are escaped; bytes that are no UTF-8 become U+FFFD, one each.
void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t from = i;
    const char32_t c = next_character(text, i);
    if (c == not_a_character) {
      out += "\xEF\xBF\xBD";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || c == 0x7F || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
      out += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) out += hex[c >> shift & 15];
    } else {
      out.append(text, from, i - from);
    }
  }
  out += '"';
}

// Rules, names, attributes and reasons return often: each stands once in a list, and is called by its number.
class Words {
 public:
  std::size_t number(std::string_view word) {
    const auto [found, fresh] = numbers_.try_emplace(word, list_.size());
    if (fresh) list_.push_back(word);
    return found->second;
  }
  const std::vector<std::string_view>& list() const { return list_; }

 private:
  std::vector<std::string_view> list_;
  std::unordered_map<std::string_view, std::size_t> numbers_;
};

class Writer {
 public:
  Writer(const Document& d, const BookOptions& options, const ReviewSetting& setting)
      : d_(d), options_(options), setting_(setting), offsets_(d.source) {
    out_.reserve(d.source.size() * 2 + d.ledger.size() * 48 + 4096);
    words_.number("");  // zero is nothing
  }

  std::string write() {
    out_ += "{\"format\":1,\"certain\":";
    append_number(out_, certain);
    text("program", EMEND_VERSION);
    text("name", d_.name);
    text("sha256", sha256(d_.source));
    text("source", d_.source);
    out_ += ",\"broken\":";
    out_ += broken() ? "true" : "false";
    write_facts();
    list("lines", d_.lines.size(), [&](std::size_t i) {
      const std::uint32_t next = i + 1 < d_.lines.size() ? d_.lines[i + 1].at.begin : size();
      append_number(out_, offsets_.of(next) - offsets_.of(d_.lines[i].at.begin));
    });
    list("patches", d_.patches.size(), [&](std::size_t i) {
      out_ += '[';
      span(d_.patches[i].at);
      out_ += ',';
      append_string(out_, d_.patches[i].text);
      out_ += ']';
    });
    list("blocks", d_.blocks.size(), [&](std::size_t i) { write_block(d_.blocks[i]); });
    list("phrases", d_.phrases.size(), [&](std::size_t i) { row({d_.phrases[i].change}); });
    list("pages", d_.pages.size(), [&](std::size_t i) { write_page(d_.pages[i]); });
    list("changes", d_.ledger.size(), [&](std::size_t i) { write_change(d_.ledger[i]); });
    list("words", words_.list().size(), [&](std::size_t i) { append_string(out_, words_.list()[i]); });
    text("decisions", setting_.decisions);
    text("decisionsName", setting_.decisions_name);
    text("version", sha256(setting_.decisions));
    write_boxes();
    out_ += ",\"scanScale\":" + std::to_string(setting_.scan_scale);
    out_ += ",\"scans\":";
    out_ += setting_.scans ? "true" : "false";
    out_ += ",\"served\":";
    out_ += setting_.served ? "true}" : "false}";
    return std::move(out_);
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(d_.source.size()); }

  bool broken() const {
    for (std::size_t i = 0; i < d_.source.size();)
      if (next_character(d_.source, i) == not_a_character) return true;
    return false;
  }

  void text(std::string_view key, std::string_view value) {
    out_.append(",\"").append(key).append("\":");
    append_string(out_, value);
  }

  template <class F>
  void list(std::string_view key, std::size_t count, F element) {
    out_.append(",\"").append(key).append("\":[");
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ',';
      element(i);
    }
    out_ += ']';
  }

  void row(std::initializer_list<std::uint64_t> numbers) {
    out_ += '[';
    for (const std::uint64_t& n : numbers) {
      if (&n != numbers.begin()) out_ += ',';
      append_number(out_, n);
    }
    out_ += ']';
  }

  // Where it begins, and how long it is.
  void span(Span at) {
    const std::uint32_t begin = offsets_.of(at.begin);
    append_number(out_, begin);
    out_ += ',';
    append_number(out_, offsets_.of(at.end) - begin);
  }

  void write_facts() {
    std::vector<std::pair<std::string, std::string>> facts;
    for (const char* key : {"title", "author", "date", "publisher", "language"}) {
      const std::string value = book_fact(d_, options_, key);
      if (!value.empty()) facts.emplace_back(key, value);
    }
    list("facts", facts.size(), [&](std::size_t i) {
      out_ += '[';
      append_string(out_, facts[i].first);
      out_ += ',';
      append_string(out_, facts[i].second);
      out_ += ']';
    });
  }

  // Where pages and lines stand on their pictures: [line, left, top, right, bottom].
  void write_boxes() {
    for (const auto& [name, key] : {std::pair{"image", "images"}, std::pair{"zone", "zones"}}) {
      std::vector<const Meta*> all;
      for (const Meta& m : d_.metas)
        if (setting_.scans && m.name == name) all.push_back(&m);
      list(key, all.size(), [&](std::size_t i) { write_box(*all[i]); });
    }
  }

  void write_box(const Meta& m) {
    out_ += '[';
    append_number(out_, d_.line_at(m.at.begin));
    std::string_view rest = m.value;
    for (int side = 0; side < 4; ++side) {
      std::uint32_t n = 0;
      std::from_chars(rest.data(), rest.data() + rest.size(), n);
      out_ += ',';
      append_number(out_, n);
      rest.remove_prefix(std::min(rest.size(), rest.find(' ') + 1));
    }
    out_ += ']';
  }

  void write_block(const Node& node) {
    const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
    row({first, last, static_cast<std::uint64_t>(node.parent + 1), node.change});
  }

  void write_page(const Page& page) {
    out_ += '[';
    append_number(out_, d_.line_at(page.at.begin));
    out_ += ',';
    append_string(out_, page.label);
    out_ += ',';
    append_number(out_, page.sure);
    out_ += page.read ? ",1]" : ",0]";
  }

  // The last of the fields behind the place of which there is something to say.
  static int last_field(const Change& c, bool same) {
    if (c.to != Span{}) return 6;
    if (!same) return 5;
    if (!c.after.empty()) return 4;
    if (!c.reason.empty()) return 3;
    if (!c.attributes.empty()) return 2;
    return c.name.empty() ? 0 : 1;
  }

  // kind, rule, certainty, place; then, as far as there is something to say: name, attributes, reason, after, before
  // (0: what the source has there), the place of a link's other end.
  void write_change(const Change& c) {
    out_ += '[';
    append_number(out_, static_cast<std::uint64_t>(c.kind));
    out_ += ',';
    append_number(out_, words_.number(c.rule));
    out_ += ',';
    append_number(out_, c.sure);
    out_ += ',';
    span(c.at);
    const bool same = c.before.empty() || (c.kind == Kind::edit && c.before == d_.slice(c.at));
    const int last = last_field(c, same);
    if (last > 0) out_ += ',', append_number(out_, words_.number(c.name));
    if (last > 1) out_ += ',', append_number(out_, words_.number(c.attributes));
    if (last > 2) out_ += ',', append_number(out_, words_.number(c.reason));
    if (last > 3) out_ += ',', append_string(out_, c.after);
    if (last > 4) {
      out_ += ',';
      if (same)
        out_ += '0';
      else
        append_string(out_, c.before);
    }
    if (last > 5) out_ += ',', span(c.to);
    out_ += ']';
  }

  const Document& d_;
  const BookOptions& options_;
  const ReviewSetting& setting_;
  Utf16Offsets offsets_;
  Words words_;
  std::string out_;
};

}  // namespace

std::string review_data(const Document& d, const BookOptions& options, const ReviewSetting& setting) {
  return Writer(d, options, setting).write();
}

}  // namespace emend
