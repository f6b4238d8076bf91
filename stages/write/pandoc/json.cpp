// Lazy frames, escapes and white space: the part of the bridge that knows Pandoc's JSON and nothing of TEI.
#include "stages/write/pandoc/json.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/utf8.h"

namespace emend {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr bool is_white(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Whether a line break between these characters is only a matter of the file, as CSS sees it too.
bool joins_without_space(char32_t before, char32_t after) {
  const auto wide = [](char32_t c) { return is_cjk(c); };
  const auto fits = [](char32_t c) { return is_cjk(c) || is_shared_punctuation(c) || is_enclosed_number(c); };
  return fits(before) && fits(after) && (wide(before) || wide(after));
}

/// Whether a word begins with a Chinese or Japanese character, or with a quotation mark before one.
bool is_chinese(std::string_view word) {
  for (std::size_t i = 0; i < word.size();) {
    const char32_t c = next_character(word, i);
    if (!is_shared_punctuation(c)) return is_cjk(c);
  }
  return false;
}

/// How many bytes from `i` on need no escape: printable ASCII, the common case, taken at once.
std::size_t plain_run(std::string_view text, std::size_t i) {
  std::size_t end = i;
  while (end < text.size()) {
    const auto c = static_cast<unsigned char>(text[end]);
    if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') break;
    ++end;
  }
  return end - i;
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t plain = plain_run(text, i);
    out.append(text, i, plain);
    i += plain;
    if (i == text.size()) break;
    const std::size_t start = i;
    const char32_t c = next_character(text, i);
    if (c == '"' || c == '\\') {
      (out += '\\') += static_cast<char>(c);
    } else if (c == '\n' || c == '\t' || c == '\r') {
      out += ' ';
    } else if (c == not_a_character || c < 0x20 || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE) {
      out += replacement;
    } else {
      out.append(text, start, i - start);
    }
  }
  out += '"';
}

std::string pandoc_attr(std::string_view id, std::initializer_list<std::string_view> classes,
                        std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
  std::string attr = "[";
  append_json(attr, id);
  attr += ",[";
  for (const std::string_view name : classes) {
    if (name.empty()) continue;
    if (attr.back() != '[') attr += ',';
    append_json(attr, name);
  }
  attr += "],[";
  for (const auto& [key, value] : pairs) {
    if (attr.back() != '[') attr += ',';
    attr += '[';
    append_json(attr, key);
    attr += ',';
    append_json(attr, value);
    attr += ']';
  }
  return attr + "]]";
}

std::string pandoc_opener(std::string_view constructor, const std::string& attr) {
  return std::string(R"({"t":")").append(constructor).append(R"(","c":[)").append(attr).append(",[");
}

void PandocJson::push(std::string opener, std::string closer, Kind kind) {
  Frame frame{std::move(opener), std::move(closer), kind, false, {}, Gap::none};
  if (kind == Kind::text) {
    frame.outer = std::exchange(run_, Run{});
    frame.outer_gap = std::exchange(gap_, Gap::none);
  }
  frames_.push_back(std::move(frame));
}

void PandocJson::open(std::string opener, std::string closer) {
  push(std::move(opener), std::move(closer), Kind::block);
}
void PandocJson::open_text(std::string opener, std::string closer) {
  push(std::move(opener), std::move(closer), Kind::text);
}
void PandocJson::open_phrase(std::string opener, std::string closer) {
  push(std::move(opener), std::move(closer), Kind::phrase);
}

void PandocJson::open_note() {
  const Gap gap = std::exchange(gap_, Gap::none);
  begin_inline({});
  gap_ = gap;
  run_ = {true, not_a_character, true};
  push(R"({"t":"Note","c":[)", "]}", Kind::block);
  insist();
}

void PandocJson::close() {
  Frame& frame = frames_.back();
  if (frame.written) out_ += frame.closer;
  if (frame.kind == Kind::text) {
    run_ = frame.outer;
    gap_ = frame.outer_gap;
  }
  frames_.pop_back();
  first_unwritten_ = std::min(first_unwritten_, frames_.size());
}

void PandocJson::separate() {
  if (!out_.empty() && out_.back() != '[') out_ += ',';
}

void PandocJson::write_frames(Kind up_to) {
  for (; first_unwritten_ < frames_.size(); ++first_unwritten_) {
    Frame& frame = frames_[first_unwritten_];
    if (frame.kind == Kind::phrase && up_to != Kind::phrase) return;
    separate();
    out_ += frame.opener;
    frame.written = true;
  }
}

void PandocJson::insist() { write_frames(Kind::phrase); }

void PandocJson::write_gap(std::string_view next) {
  const Gap gap = std::exchange(gap_, Gap::none);
  if (gap == Gap::none || !run_.begun) return;
  if (run_.mark && gap != Gap::tab && gap != Gap::wide && is_chinese(next)) return;
  if (gap == Gap::newline && joins_without_space(run_.last, first_character(next))) return;
  if (gap == Gap::tab) return raw(R"({"t":"RawInline","c":["openxml","<w:r><w:tab /></w:r>"]})");
  if (gap == Gap::wide) return raw(R"({"t":"Str","c":"\u2003"})");
  raw(gap == Gap::newline ? R"({"t":"SoftBreak"})" : R"({"t":"Space"})");
}

/// Brings everything that waits to the page, in order: blocks, the space, anchors, formatting.
void PandocJson::begin_inline(std::string_view next) {
  write_frames(Kind::text);
  write_gap(next);
  if (held_ == 0) {
    for (const std::string& attr : anchors_) raw(R"({"t":"Span","c":[)" + attr + ",[]]}");
    anchors_.clear();
  }
  if (!prefix_.empty()) {
    const std::string mark = std::exchange(prefix_, "");
    word(mark);
    raw(R"({"t":"Space"})");
  }
  write_frames(Kind::phrase);
}

void PandocJson::raw(std::string_view json) {
  separate();
  out_ += json;
}

void PandocJson::text(std::string_view source) {
  for (std::size_t i = 0; i < source.size();) {
    std::size_t end = i;
    bool newline = false;
    for (; end < source.size() && is_white(source[end]); ++end) newline |= source[end] == '\n';
    if (end > i && gap_ != Gap::wide && gap_ != Gap::tab)
      gap_ = newline || gap_ == Gap::newline ? Gap::newline : Gap::space;
    i = end;
    while (end < source.size() && !is_white(source[end])) ++end;
    if (end > i) word(source.substr(i, end - i));
    i = end;
  }
}

void PandocJson::word(std::string_view word) {
  begin_inline(word);
  separate();
  out_ += R"({"t":"Str","c":)";
  append_json(out_, word);
  out_ += '}';
  run_ = {true, last_character(word), false};
}

void PandocJson::inline_thing(std::string_view json) {
  begin_inline("x");
  raw(json);
  run_ = {true, U'x', false};
}

void PandocJson::line_break() {
  if (!run_.begun) return;
  gap_ = Gap::none;
  begin_inline({});
  raw(R"({"t":"LineBreak"})");
  run_.begun = false;  // white space at the start of a line is none
}

void PandocJson::anchor(std::string attr) { anchors_.push_back(std::move(attr)); }

void PandocJson::release_anchors() { --held_; }

void PandocJson::place_anchors() {
  if (held_ != 0 || anchors_.empty()) return;
  write_frames(Kind::block);
  for (const std::string& attr : anchors_) raw(R"({"t":"Div","c":[)" + attr + ",[]]}");
  anchors_.clear();
}

}  // namespace emend
