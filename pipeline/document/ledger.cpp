// Writing and reading ledgers.
#include "pipeline/document/ledger.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "pipeline/document/commit.h"
#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "pipeline/text/utf8.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 9> kinds = {"edit", "join", "block", "phrase", "page",
                                                   "link", "meta", "doubt", "declare"};
constexpr std::string_view ledger_mark = "emend-ledger 1\n", wire_mark = "emend-document 1\n";

void escape(std::string& out, std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t from = i;
    const char32_t c = next_character(s, i);
    if (c == '\t')
      out += "\\t";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\\')
      out += "\\\\";
    else if (c == not_a_character || c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || c == 0xFEFF || c == 0x2028 ||
             c == 0x2029 || c == 0xFFFE || c == 0xFFFF)
      for (std::size_t k = from; k < i; ++k) {
        const auto b = static_cast<unsigned char>(s[k]);
        out += {'\\', 'x', "0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]};
      }
    else
      out.append(s, from, i - from);
  }
}

int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

std::string unescape(std::string_view s, bool& good) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '\\') {
      out += s[i];
      continue;
    }
    const char next = ++i < s.size() ? s[i] : '\0';
    if (next == 't')
      out += '\t';
    else if (next == 'n')
      out += '\n';
    else if (next == 'r')
      out += '\r';
    else if (next == '\\')
      out += '\\';
    else if (next == 'x' && i + 2 < s.size() && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
      out += static_cast<char>(hex(s[i + 1]) * 16 + hex(s[i + 2]));
      i += 2;
    } else
      good = false;
  }
  return out;
}

void write_span(std::string& out, Span s) {
  out += std::to_string(s.begin);
  out += '+';
  out += std::to_string(s.size());
}

template <class T>
bool number(std::string_view s, T& value) {
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc{} && end == s.data() + s.size();
}

bool read_span(std::string_view s, Span& span) {
  const std::size_t plus = s.find('+');
  std::uint32_t size = 0;
  if (plus == s.npos || !number(s.substr(0, plus), span.begin) || !number(s.substr(plus + 1), size)) return false;
  span.end = span.begin + size;
  return span.end >= span.begin;
}

void write_change(std::string& out, const Change& c) {
  out += kinds[static_cast<std::size_t>(c.kind)];
  const auto field = [&](std::string_view s) { out += '\t', escape(out, s); };
  field(c.stage);
  field(c.rule);
  out += '\t';
  write_span(out, c.at);
  out += '\t';
  if (c.kind == Kind::link) write_span(out, c.to);
  out += '\t';
  out += std::to_string(c.sure);
  for (const std::string_view s : {c.name, c.attributes, c.before, c.after, c.reason}) field(s);
  out += '\n';
}

void write_step(std::string& out, const Step& step) {
  out += "text\t";
  write_span(out, step.take);
  out += '\t';
  escape(out, step.then);
  out += '\n';
}

bool read_step(std::string_view fields, Step& step, Arena& arena) {
  const std::size_t tab = fields.find('\t');
  if (tab == fields.npos || !read_span(fields.substr(0, tab), step.take)) return false;
  bool good = true;
  step.then = arena.keep(unescape(fields.substr(tab + 1), good));
  return good;
}

bool read_change(std::string_view line, Change& c, Arena& arena) {
  std::array<std::string_view, 11> f;
  for (std::size_t i = 0; i < f.size(); ++i) {
    const std::size_t tab = line.find('\t');
    if ((tab == line.npos) != (i + 1 == f.size())) return false;
    f[i] = line.substr(0, tab);
    line.remove_prefix(tab == line.npos ? line.size() : tab + 1);
  }
  const auto kind = std::find(kinds.begin(), kinds.end(), f[0]);
  if (kind == kinds.end() || !read_span(f[3], c.at) || (!f[4].empty() && !read_span(f[4], c.to)) ||
      !number(f[5], c.sure) || c.sure > 100)
    return false;
  c.kind = static_cast<Kind>(kind - kinds.begin());
  bool good = true;
  const auto text = [&](std::string_view s) {
    return s.find('\\') == s.npos ? arena.keep(s) : arena.keep(unescape(s, good));
  };
  c.stage = text(f[1]);
  c.rule = text(f[2]);
  c.name = text(f[6]);
  c.attributes = text(f[7]);
  c.before = text(f[8]);
  c.after = text(f[9]);
  c.reason = text(f[10]);
  return good;
}

// The next line of `bytes`, which loses it; empty at the end.
std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = std::min(bytes.find('\n'), bytes.size());
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(bytes.size(), end + 1));
  return line;
}

std::string_view take_word(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(line.size(), end + 1));
  return word;
}

// Writes the parts of a ledger behind `out`, and calls `written` behind each of them and at the end. What was written
// is then to be in the digest, of which the last line tells.
template <class F>
void each_part(const Document& d, const BookOptions& options, const std::vector<Step>& steps, const Sha256& digest,
               std::string& out, F written) {
  constexpr std::size_t part = 1000;  // changes, or steps
  out += ledger_mark;
  out += "program " EMEND_VERSION "\nsource " + std::to_string(d.source.size()) + ' ' + sha256(d.source) + ' ';
  escape(out, d.name);
  out += '\n';
  for (const auto& [key, value] : options) {
    out += "option " + key + ' ';
    escape(out, value);
    out += '\n';
  }
  std::size_t n = 0;
  for (const Change& c : d.ledger) {
    write_change(out, c);
    if (++n % part == 0) written();
  }
  for (const Step& step : steps) {
    write_step(out, step);
    if (++n % part == 0) written();
  }
  written();
  out += "end " + std::to_string(d.ledger.size()) + ' ' + digest.hex() + '\n';
  written();
}

}  // namespace

bool is_ledger(std::string_view bytes) { return bytes.starts_with(ledger_mark); }

std::string write_ledger(const Document& d, const BookOptions& options, const std::vector<Step>& steps) {
  std::string out;
  Sha256 digest;
  std::size_t added = 0;
  each_part(d, options, steps, digest, out, [&] {
    digest.add(std::string_view(out).substr(added));
    added = out.size();
  });
  return out;
}

std::string seal_of_ledger(const Document& d, const BookOptions& options, const std::vector<Step>& steps) {
  std::string out;
  Sha256 digest;
  each_part(d, options, steps, digest, out, [&] {
    digest.add(out);
    out.clear();
  });
  return digest.hex();
}

Ledger read_ledger(std::string_view bytes, const std::string& where) {
  const auto fail = [&](std::size_t line, const std::string& what) -> void {
    throw Error(Exit::input, where + ":" + std::to_string(line) + ": " + what +
                                 "; make the ledger anew with `emend convert … --ledger FILE`");
  };
  if (!is_ledger(bytes)) fail(1, "is not a ledger of emend");
  const std::size_t end = bytes.rfind("\nend ");
  if (end == bytes.npos) fail(1, "the ledger has no end line, so part of it is missing");
  Ledger ledger;
  const std::string_view body = bytes.substr(0, end + 1);
  std::string_view rest = body.substr(ledger_mark.size()), last = bytes.substr(end + 5);
  bool good = true;
  std::size_t line_number = 1;
  while (!rest.empty()) {
    ++line_number;
    std::string_view line = take_line(rest);
    const std::string_view whole = line, word = take_word(line);
    if (word == "program")
      ledger.program = line;
    else if (word == "source") {
      good = number(take_word(line), ledger.source_size);
      ledger.source_sha256 = take_word(line);
      ledger.source_name = unescape(line, good);
    } else if (word == "option") {
      const std::string key(take_word(line));
      ledger.options.emplace_back(key, unescape(line, good));
    } else if (whole.starts_with("text\t"))
      good = read_step(whole.substr(5), ledger.steps.emplace_back(), *ledger.arena);
    else
      good = read_change(whole, ledger.changes.emplace_back(), *ledger.arena);
    if (!good) fail(line_number, "cannot be read as a change");
  }
  if (last != std::to_string(ledger.changes.size()) + ' ' + sha256(body) + '\n')
    fail(line_number + 1, "the ledger is not as it was written: its checksum or number of changes differs");
  return ledger;
}

namespace {

// How many of the changes are one commit: those of one stage, as long as no two edits are of the same place. (A stage
// that ran twice in a chain may have edited its own edits.)
std::size_t one_commit(std::span<const Change> changes) {
  std::map<std::uint32_t, std::uint32_t> edited;  // begin, end
  std::size_t n = 0;
  for (; n < changes.size() && changes[n].stage == changes.front().stage; ++n) {
    if (changes[n].kind != Kind::edit) continue;
    const Span at = changes[n].at;
    const auto behind = edited.lower_bound(at.end);
    if (behind != edited.begin() && std::prev(behind)->second > at.begin) break;
    edited.emplace_hint(behind, at.begin, at.end);
  }
  return std::max<std::size_t>(n, 1);
}

}  // namespace

Document replay(std::string source, Ledger& ledger) {
  if (source.size() != ledger.source_size || sha256(source) != ledger.source_sha256)
    throw Error(Exit::invalid, ledger.source_name + ": the ledger was made from another source (" +
                                   std::to_string(ledger.source_size) + " bytes, SHA-256 " + ledger.source_sha256 +
                                   "); give the file that was converted");
  Document d = open_document(ledger.source_name, std::move(source));
  d.arena = std::move(ledger.arena);
  std::span<const Change> rest = ledger.changes;
  try {
    while (!rest.empty()) {
      const std::size_t n = one_commit(rest);
      commit(d, rest.first(n));
      rest = rest.subspan(n);
    }
  } catch (const Error& e) {  // every ledger that emend wrote can be replayed: this one was made or altered by hand
    const std::string_view what = e.what();
    throw Error(Exit::invalid, d.name + ": the ledger does not fit its source (" +
                                   std::string(what.substr(0, what.rfind(';'))) + "); convert the source again");
  }
  return d;
}

std::string write_wire(const Document& d, const BookOptions& options) {
  std::string out(wire_mark);
  out += "bytes " + std::to_string(d.source.size()) + '\n';
  out += d.source;
  out += '\n';
  return out + write_ledger(d, options);
}

bool is_wire(std::string_view bytes) { return bytes.starts_with(wire_mark); }

Document read_wire(std::string_view bytes, const std::string& where, BookOptions& options) {
  const auto fail = [&] {
    throw Error(Exit::input, where + ": is not a document as `emend stage` writes it; begin the chain with a text");
  };
  if (!is_wire(bytes)) fail();
  bytes.remove_prefix(wire_mark.size());
  std::string_view line = take_line(bytes);
  std::size_t size = 0;
  if (take_word(line) != "bytes" || !number(line, size) || bytes.size() <= size || bytes[size] != '\n') fail();
  std::string source(bytes.substr(0, size));
  Ledger ledger = read_ledger(bytes.substr(size + 1), where);
  options = ledger.options;
  return replay(std::move(source), ledger);
}

}  // namespace emend
