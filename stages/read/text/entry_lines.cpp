// Putting entries together, and taking them apart again. As with columns (columns.h), this is done where the text is
// read, since lines are what every stage works by; what it takes to undo it is in the ledger.
#include "stages/read/text/entry_lines.h"

#include <algorithm>
#include <charconv>

#include "stages/read/text/columns.h"

namespace emend {

namespace {

using Pieces = std::vector<EntryPiece>;

bool well_formed(const EntryLines& e) {
  return e.lines > 0 && !e.entries.empty() && std::all_of(e.entries.begin(), e.entries.end(), [&](const Pieces& entry) {
           return !entry.empty() && std::all_of(entry.begin(), entry.end(),
                                                [&](const EntryPiece& p) { return p.line < e.lines && p.length > 0; });
         });
}

// The bytes that the entry takes, with a blank between two pieces.
std::size_t size_of(const Pieces& entry) {
  std::size_t size = entry.size() - 1;
  for (const EntryPiece& p : entry) size += p.length + (p.hyphen ? 1 : 0);
  return size;
}

// Whether the pieces are all that the lines from `first` on hold, and all these lines end alike.
bool fits(const EntryLines& e, const std::vector<RawLine>& lines) {
  if (!well_formed(e) || std::size_t{e.first} + e.lines > lines.size()) return false;
  const std::string_view end = lines[e.first].end;
  if (end != "\n" && end != "\r\n") return false;
  std::vector<std::size_t> taken(e.lines);
  for (const Pieces& entry : e.entries)
    for (const EntryPiece& p : entry) taken[p.line] += p.length;
  for (std::size_t i = 0; i < e.lines; ++i)
    if (lines[e.first + i].end != end || lines[e.first + i].body.size() != taken[i]) return false;
  return true;
}

// Whether the unrolled lines from `at` on are such entries.
bool are_entries(const EntryLines& e, const std::vector<RawLine>& lines, std::size_t at) {
  if (at + e.entries.size() > lines.size()) return false;
  for (std::size_t i = 0; i < e.entries.size(); ++i)
    if (lines[at + i].end != lines[at].end || lines[at + i].body.size() != size_of(e.entries[i])) return false;
  return true;
}

void take_apart(const EntryLines& e, const std::vector<RawLine>& lines, std::size_t at, std::string& out) {
  std::vector<std::string> bodies(e.lines);
  for (std::size_t i = 0; i < e.entries.size(); ++i) {
    std::size_t from = 0;
    for (const EntryPiece& p : e.entries[i]) {
      bodies[p.line] += lines[at + i].body.substr(from, p.length);
      from += p.length + (p.hyphen ? 2 : 1);
    }
  }
  for (const std::string& body : bodies) (out += body) += lines[at].end;
}

}  // namespace

std::string unroll(std::string_view text, const std::vector<EntryLines>& places) {
  const std::vector<RawLine> lines = raw_lines(text);
  std::string out;
  out.reserve(text.size());
  std::size_t next = 0;
  const auto copy = [&](std::size_t to) {
    for (; next < to; ++next) (out += lines[next].body) += lines[next].end;
  };
  for (const EntryLines& e : places) {
    if (e.first < next || !fits(e, lines)) break;
    copy(e.first);
    std::vector<std::size_t> from(e.lines);
    for (const Pieces& entry : e.entries) {
      for (std::size_t i = 0; i < entry.size(); ++i) {
        if (i > 0) out += entry[i].page ? '\t' : ' ';
        out += lines[next + entry[i].line].body.substr(from[entry[i].line], entry[i].length);
        from[entry[i].line] += entry[i].length;
        if (entry[i].hyphen) out += '-';
      }
      out += lines[next].end;
    }
    next += e.lines;
  }
  copy(lines.size());
  return out;
}

std::string roll_up(std::string_view unrolled, const std::vector<EntryLines>& places) {
  const std::vector<RawLine> lines = raw_lines(unrolled);
  std::string out;
  out.reserve(unrolled.size());
  std::size_t next = 0, before = 0;  // the lines of the unrolled text, and of the one before it
  const auto copy = [&](std::size_t to) {
    for (; next < to; ++next) (out += lines[next].body) += lines[next].end;
  };
  for (const EntryLines& e : places) {
    if (!well_formed(e) || e.first < before || e.lines > unrolled.size()) break;
    const std::size_t at = next + (e.first - before);
    if (!are_entries(e, lines, at)) break;
    copy(at);
    take_apart(e, lines, at, out);
    next += e.entries.size();
    before = std::size_t{e.first} + e.lines;
  }
  copy(lines.size());
  return out;
}

std::vector<std::size_t> lines_before(const std::vector<EntryLines>& places, std::size_t lines) {
  std::vector<std::size_t> out;
  std::size_t next = 0;
  for (const EntryLines& e : places) {
    if (!well_formed(e)) break;
    while (next < e.first && out.size() < lines) out.push_back(next++);
    for (const Pieces& entry : e.entries) out.push_back(std::size_t{e.first} + entry.front().line);
    next = std::size_t{e.first} + e.lines;
  }
  while (out.size() < lines) out.push_back(next++);
  out.resize(lines);
  return out;
}

std::string write_entry_lines(const EntryLines& e) {
  std::string out = std::to_string(e.first + 1) + "+" + std::to_string(e.lines);
  for (std::size_t i = 0; i < e.entries.size(); ++i)
    for (std::size_t k = 0; k < e.entries[i].size(); ++k) {
      const EntryPiece& p = e.entries[i][k];
      out += (i == 0 && k == 0 ? ' '
              : k == 0         ? ';'
              : p.page         ? '>'
                               : ',') +
             std::to_string(p.line) + ":" + std::to_string(p.length) + (p.hyphen ? "-" : "");
    }
  return out;
}

std::optional<EntryLines> read_entry_lines(std::string_view s) {
  const char* at = s.data();
  const char* const end = at + s.size();
  const auto number = [&](std::uint32_t& value) {
    const auto [to, error] = std::from_chars(at, end, value);
    at = to;
    return error == std::errc{};
  };
  const auto sign = [&](char c) { return at != end && *at == c && (++at, true); };
  EntryLines e;
  if (!number(e.first) || e.first == 0 || !sign('+') || !number(e.lines) || !sign(' ')) return {};
  --e.first;
  do {
    Pieces& entry = e.entries.emplace_back();
    bool page = false;
    do {
      EntryPiece& p = entry.emplace_back();
      p.page = page;
      if (!number(p.line) || !sign(':') || !number(p.length)) return {};
      p.hyphen = sign('-');
      page = sign('>');
    } while (page || sign(','));
  } while (sign(';'));
  if (at != end || !well_formed(e)) return {};
  return e;
}

}  // namespace emend
