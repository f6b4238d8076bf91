// Cutting lines at the gutter, and putting them together again. A stage cannot do this, since a stage changes what
// lines read and never their order; so it is done where the text is read, and what it takes to undo it is in the
// ledger.
#include "stages/read/text/columns.h"

#include <algorithm>
#include <charconv>

#include "pipeline/text/utf8.h"

namespace emend {

namespace {
constexpr std::size_t tab = 8;
}

std::vector<RawLine> raw_lines(std::string_view text) {
  std::vector<RawLine> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t stop = std::min(text.find_first_of("\n\r\f", from), text.size());
    const std::size_t length = stop == text.size() ? 0 : text.substr(stop).starts_with("\r\n") ? 2 : 1;
    lines.push_back({text.substr(from, stop - from), text.substr(stop, length)});
    from = stop + length;
  }
  return lines;
}

std::size_t byte_of_column(std::string_view body, std::size_t at) {
  std::size_t byte = 0;
  for (std::size_t column = 0; column < at && byte < body.size();) {
    column = body[byte] == '\t' ? (column / tab + 1) * tab : column + 1;
    next_character(body, byte);
  }
  return byte;
}

namespace {

struct Halves {
  std::string_view first, second;
};

// Without the blanks between them, where there is something behind them.
Halves cut(const RawLine& line, std::size_t at) {
  const std::size_t byte = byte_of_column(line.body, at);
  Halves h{line.body.substr(0, byte), line.body.substr(byte)};
  if (!h.second.empty()) h.first = h.first.substr(0, h.first.find_last_not_of(' ') + 1);
  return h;
}

std::size_t width(std::string_view s) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < s.size(); ++columns) {
    if (s[i] == '\t') columns = (columns / tab + 1) * tab - 1;
    next_character(s, i);
  }
  return columns;
}

void put_together(std::string& out, std::string_view first, std::string_view second, std::size_t at) {
  out += first;
  if (!second.empty()) out.append(at - std::min(at, width(first)), ' ');
  out += second;
}

struct Half {
  std::size_t line;  // of the place
  bool second;
};

// The halves of a place's lines as they are read.
std::vector<Half> reading_order(const Columns& c) {
  std::vector<Half> out;
  const std::size_t feet[] = {c.first_foot > 0 ? c.first_foot : c.lines, c.second_foot > 0 ? c.second_foot : c.lines};
  const auto take = [&](bool second, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      if (second ? c.has_second(i) : c.has_first(i)) out.push_back({i, second});
  };
  for (const bool second : {false, true}) take(second, 0, feet[second]);
  for (const bool second : {false, true}) take(second, feet[second], c.lines);
  return out;
}

bool well_formed(const Columns& c) {
  return c.lines > 0 && c.at > 0 && c.first_foot < c.lines && c.second_foot < c.lines &&
         (c.halves.empty() || c.halves.size() == c.lines) && c.halves.find_first_not_of("lrb") == c.halves.npos;
}

}  // namespace

bool fits(const Columns& c, const std::vector<RawLine>& lines) {
  if (!well_formed(c) || std::size_t{c.first} + c.lines > lines.size()) return false;
  std::string again;
  for (std::size_t i = 0; i < c.lines; ++i) {
    const RawLine& line = lines[c.first + i];
    const Halves h = cut(line, c.at);
    again.clear();
    put_together(again, h.first, h.second, c.at);
    const bool feet = c.first_foot + c.second_foot > 0;  // then no line is the last
    if (again != line.body || line.end == "\r" || (feet && line.end != "\n" && line.end != "\r\n") ||
        (!c.has_first(i) && !h.first.empty()) || (!c.has_second(i) && (!h.second.empty() || line.end != "\n")))
      return false;
  }
  return true;
}

std::string unroll(std::string_view text, const std::vector<Columns>& columns) {
  const std::vector<RawLine> lines = raw_lines(text);
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  std::size_t next = 0;
  const auto copy = [&](std::size_t to) {
    for (; next < to; ++next) (out += lines[next].body) += lines[next].end;
  };
  for (const Columns& c : columns) {
    if (c.first < next || !fits(c, lines)) break;
    copy(c.first);
    for (const Half& half : reading_order(c)) {
      const RawLine& line = lines[next + half.line];
      const Halves h = cut(line, c.at);
      (out += half.second ? h.second : h.first) += half.second ? line.end : "\n";
    }
    next += c.lines;
  }
  copy(lines.size());
  return out;
}

std::string roll_up(std::string_view unrolled, const std::vector<Columns>& columns) {
  const std::vector<RawLine> lines = raw_lines(unrolled);
  std::string out;
  out.reserve(unrolled.size());
  std::size_t next = 0, in_file = 0;
  const auto copy = [&](std::size_t to) {
    for (; next < to; ++next) (out += lines[next].body) += lines[next].end;
  };
  for (const Columns& c : columns) {
    if (!well_formed(c) || c.first < in_file || c.lines > lines.size()) break;
    const std::vector<Half> order = reading_order(c);
    if (next + (c.first - in_file) + order.size() > lines.size()) break;
    copy(next + (c.first - in_file));
    std::vector<std::string_view> first(c.lines);
    std::vector<RawLine> second(c.lines, RawLine{{}, "\n"});
    for (const Half& half : order) {
      if (half.second)
        second[half.line] = lines[next++];
      else
        first[half.line] = lines[next++].body;
    }
    for (std::size_t i = 0; i < c.lines; ++i) {
      put_together(out, first[i], second[i].body, c.at);
      out += second[i].end;
    }
    in_file = std::size_t{c.first} + c.lines;
  }
  copy(lines.size());
  return out;
}

std::vector<std::size_t> lines_in_file(const std::vector<Columns>& columns, std::size_t lines) {
  std::vector<std::size_t> out;
  std::size_t next = 0;  // line of the file
  for (const Columns& c : columns) {
    if (!well_formed(c) || c.lines > lines) break;
    while (next < c.first && out.size() < lines) out.push_back(next++);
    for (const Half& half : reading_order(c)) out.push_back(c.first + half.line);
    next = std::size_t{c.first} + c.lines;
  }
  while (out.size() < lines) out.push_back(next++);
  out.resize(lines);
  return out;
}

std::string write_columns(const Columns& c) {
  std::string out = std::to_string(c.first + 1) + "+" + std::to_string(c.lines) + "@" + std::to_string(c.at);
  if (c.first_foot + c.second_foot > 0) out += "/" + std::to_string(c.first_foot) + "," + std::to_string(c.second_foot);
  return out + (c.halves.empty() ? "" : " " + c.halves);
}

std::optional<Columns> read_columns(std::string_view s) {
  Columns c;
  const std::size_t blank = std::min(s.find(' '), s.size());
  c.halves = s.substr(std::min(blank + 1, s.size()));
  s = s.substr(0, blank);
  const char* end = s.data() + s.size();
  const auto number = [&](const char* from, std::uint32_t& value, char then) -> const char* {
    if (from == nullptr) return nullptr;
    const auto [to, error] = std::from_chars(from, end, value);
    if (error != std::errc{} || (then == '\0' ? to != end : to == end || *to != then)) return nullptr;
    return to + (then != '\0');
  };
  const bool feet = s.find('/') != s.npos;
  const char* at = number(number(number(s.data(), c.first, '+'), c.lines, '@'), c.at, feet ? '/' : '\0');
  if (feet) at = number(number(at, c.first_foot, ','), c.second_foot, '\0');
  if (at == nullptr || c.first == 0 || !well_formed(c)) return {};
  --c.first;
  return c;
}

}  // namespace emend
