// Naming places by their words, and finding them again.
#include "pipeline/run/place.h"

#include <algorithm>

#include "pipeline/text/similarity.h"
#include "pipeline/text/utf8.h"

namespace emend {

namespace {

constexpr std::size_t context = 24;             // bytes on each side
constexpr std::size_t most_places = 1'000'000;  // that are compared with one name

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t back_to_character(std::string_view s, std::size_t at) {
  while (at > 0 && at < s.size() && continues_character(s[at])) --at;
  return at;
}

std::size_t on_to_character(std::string_view s, std::size_t at) {
  while (at < s.size() && continues_character(s[at])) ++at;
  return at;
}

// The bytes around the beginning of a place: if these stand only once in the source, so does its name.
std::string_view window(std::string_view source, std::uint32_t at) {
  const std::size_t begin = at < context ? 0 : at - context;
  return source.substr(begin, at + context - begin);
}

std::vector<std::size_t> occurrences(std::string_view source, std::string_view words) {
  std::vector<std::size_t> all;
  for (std::size_t at = source.find(words); at != source.npos && all.size() < most_places;
       at = source.find(words, at + 1))
    all.push_back(at);
  return all;
}

// How much of the text around a place is as the name says, in bytes from the place outward, forgiving nothing.
std::size_t agreement(std::string_view source, Span at, const Place& p) {
  std::size_t before = 0, after = 0;
  while (before < p.before.size() && before < at.begin &&
         source[at.begin - 1 - before] == p.before[p.before.size() - 1 - before])
    ++before;
  while (after < p.after.size() && at.end + after < source.size() && source[at.end + after] == p.after[after]) ++after;
  return before + after;
}

// The same, forgiving what OCR does; costs more.
double likeness(std::string_view source, Span at, const Place& p) {
  const std::size_t begin = on_to_character(source, at.begin < p.before.size() ? 0 : at.begin - p.before.size());
  const std::size_t end = back_to_character(source, std::min(source.size(), at.end + p.after.size()));
  const auto alike = [](std::string_view a, std::string_view b) { return similarity(folded(a), folded(b)); };
  const std::size_t all = p.before.size() + p.after.size();
  if (all == 0) return 1;
  const double before = p.before.empty() ? 0 : alike(source.substr(begin, at.begin - begin), p.before);
  const double after = p.after.empty() || end < at.end ? 0 : alike(source.substr(at.end, end - at.end), p.after);
  return (before * static_cast<double>(p.before.size()) + after * static_cast<double>(p.after.size())) /
         static_cast<double>(all);
}

Span span_at(std::size_t begin, std::size_t size) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size)};
}

// The place of `all` around which most is as the name says.
FoundPlace most_alike(std::string_view source, const Place& p, const std::vector<std::size_t>& all) {
  constexpr std::size_t most_compared = 2'000;
  constexpr double least = 0.5, margin = 0.1;
  std::vector<std::pair<std::size_t, std::size_t>> ranked;  // agreement, place
  for (const std::size_t at : all) ranked.emplace_back(agreement(source, span_at(at, p.exact.size()), p), at);
  const auto last = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(ranked.size(), most_compared));
  std::partial_sort(ranked.begin(), last, ranked.end(), std::greater<>());
  double best = -1, second = -1;
  Span where;
  for (auto r = ranked.begin(); r != last; ++r) {
    const Span at = span_at(r->second, p.exact.size());
    const double alike = likeness(source, at, p);
    if (alike > best) {
      second = best;
      best = alike;
      where = at;
    } else {
      second = std::max(second, alike);
    }
  }
  if (best < least) return {FoundPlace::nowhere, {}, 0};
  if (best < second + margin) return {FoundPlace::ambiguous, where, all.size()};
  return {FoundPlace::near, where, 1};
}

// What stands between the text before and the text after, if it is like what is meant.
FoundPlace between(std::string_view source, const Place& p) {
  constexpr double least = 0.75;
  FoundPlace found;
  if (p.before.size() < context / 2 || p.after.size() < context / 2) return found;
  for (const std::size_t at : occurrences(source, p.before)) {
    const std::size_t begin = at + p.before.size();
    const std::size_t end = source.substr(0, begin + 2 * p.exact.size() + context).find(p.after, begin);
    if (end == source.npos || end == begin) continue;
    if (similarity(folded(source.substr(begin, end - begin)), folded(p.exact), least) < least) continue;
    if (found.how != FoundPlace::nowhere) return {FoundPlace::ambiguous, found.at, 2};
    found = {FoundPlace::near, span_at(begin, end - begin), 1};
  }
  return found;
}

}  // namespace

std::string escaped_words(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const char32_t c = next_character(text, i);
    const char byte = text[begin];
    if (const std::size_t special = std::string_view("\n\r\t\f").find(byte); special != std::string_view::npos) {
      out += {'\\', "nrtf"[special]};
    } else if (c == not_a_character || c < 0x20 || c == 0x7F) {
      const auto b = static_cast<unsigned char>(byte);
      out += {'\\', 'x', "0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]};
    } else {
      if (std::string_view("\\[]>").find(byte) != std::string_view::npos) out += '\\';
      out.append(text, begin, i - begin);
    }
  }
  return out;
}

std::optional<std::string> unescaped_words(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return {};
    constexpr std::string_view digits = "0123456789abcdef";
    if (const std::size_t special = std::string_view("nrtf").find(text[i]); special != std::string_view::npos) {
      out += "\n\r\t\f"[special];
    } else if (text[i] == 'x' && i + 2 < text.size() && digits.find(text[i + 1]) != digits.npos &&
               digits.find(text[i + 2]) != digits.npos) {
      out += static_cast<char>(digits.find(text[i + 1]) << 4 | digits.find(text[i + 2]));
      i += 2;
    } else if (std::string_view("\\[]>").find(text[i]) != std::string_view::npos) {
      out += text[i];
    } else {
      return {};
    }
  }
  return out;
}

std::string written(const Place& p) {
  return escaped_words(p.before) + "[[" + escaped_words(p.exact) + "]]" + escaped_words(p.after);
}

std::optional<Place> read_place(std::string_view name) {
  // Brackets of the text are escaped, so the first bare pair is the name's own.
  const auto bare = [&](std::string_view pair, std::size_t from) {
    for (std::size_t i = from; i + 1 < name.size(); ++i) {
      if (name[i] == '\\')
        ++i;
      else if (name.substr(i, 2) == pair)
        return i;
    }
    return name.npos;
  };
  const std::size_t open = bare("[[", 0), close = open == name.npos ? open : bare("]]", open + 2);
  if (close == name.npos) return {};
  const auto before = unescaped_words(name.substr(0, open)),
             exact = unescaped_words(name.substr(open + 2, close - open - 2)),
             after = unescaped_words(name.substr(close + 2));
  if (!before || !exact || !after || exact->empty()) return {};
  return Place{*before, *exact, *after};
}

PlaceNames::PlaceNames(std::string_view source, const std::vector<Span>& wanted) : source_(source) {
  constexpr std::uint64_t base = 0x100000001B3;  // of a rolling hash (Karp, Rabin 1987)
  constexpr std::size_t width = 2 * context;
  for (const Span s : wanted)
    if (const std::string_view around = window(source, std::min(s.begin, static_cast<std::uint32_t>(source.size())));
        around.size() == width)
      windows_.try_emplace(around);
  // Which hashes are worth a look into the table.
  const auto hash_of = [&](std::string_view s) {
    std::uint64_t h = 0;
    for (const char c : s) h = h * base + static_cast<unsigned char>(c);
    return h;
  };
  std::vector<std::uint8_t> asked(std::size_t{1} << 20);
  const auto slot = [&](std::uint64_t h) -> std::uint8_t& { return asked[(h * 0x9E3779B97F4A7C15u) >> 44]; };
  for (const auto& [words, unused] : windows_) slot(hash_of(words)) = 1;
  std::uint64_t top = 1, hash = 0;
  for (std::size_t i = 1; i < width; ++i) top *= base;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (i >= width) hash -= top * static_cast<unsigned char>(source[i - width]);
    hash = hash * base + static_cast<unsigned char>(source[i]);
    if (i + 1 < width || slot(hash) == 0) continue;
    const std::size_t begin = i + 1 - width;
    if (const auto w = windows_.find(source.substr(begin, width));
        w != windows_.end() && w->second.at.size() < most_places)
      w->second.at.push_back(static_cast<std::uint32_t>(begin + context));
  }
}

Place PlaceNames::of(Span s) const {
  s.begin = std::min(s.begin, static_cast<std::uint32_t>(source_.size()));
  s.end = std::clamp(s.end, s.begin, static_cast<std::uint32_t>(source_.size()));
  const std::size_t before = back_to_character(source_, s.begin < context ? 0 : s.begin - context);
  // An empty place is named by the character behind it, or the one before at the end.
  std::size_t begin = s.begin, end = s.end;
  if (begin == end && end < source_.size()) end = on_to_character(source_, end + 1);
  if (begin == end && begin > 0) begin = back_to_character(source_, begin - 1);
  const std::size_t after = on_to_character(source_, std::min(source_.size(), end + context));
  Place p{std::string(source_.substr(std::min(before, begin), begin - std::min(before, begin))),
          std::string(source_.substr(begin, end - begin)), std::string(source_.substr(end, after - end))};
  const std::size_t from = begin - p.before.size();
  const std::string_view whole = source_.substr(from, after - from);
  const auto count = [&](std::size_t at) {
    ++p.count;
    if (at == from) p.ordinal = p.count;
  };
  if (window(source_, s.begin).size() < 2 * context) {  // at an end of the source, where no window could be compared
    for (const std::size_t at : occurrences(source_, whole)) count(at);
  } else if (const auto w = windows_.find(window(source_, s.begin)); w != windows_.end() && w->second.at.size() > 1) {
    const std::size_t lead = s.begin - from;
    for (const std::uint32_t at : w->second.at)
      if (at >= lead && source_.substr(at - lead, whole.size()) == whole) count(at - lead);
  }
  if (p.count < 2) p.count = p.ordinal = 0;
  return p;
}

FoundPlace find_place(std::string_view source, const Place& p, bool may_differ) {
  const std::string whole = p.before + p.exact + p.after;
  const std::vector<std::size_t> same = occurrences(source, whole);
  if (same.size() == 1 && p.ordinal < 2) return {FoundPlace::exact, span_at(same[0] + p.before.size(), p.exact.size()), 1};
  if (p.ordinal > 0 && same.size() == p.count)
    return {FoundPlace::exact, span_at(same[p.ordinal - 1] + p.before.size(), p.exact.size()), 1};
  if (!same.empty()) return {FoundPlace::ambiguous, span_at(same[0] + p.before.size(), p.exact.size()), same.size()};
  const std::vector<std::size_t> all = occurrences(source, p.exact);
  if (all.size() == 1 && p.exact.size() >= context / 2) return {FoundPlace::near, span_at(all[0], p.exact.size()), 1};
  FoundPlace found = all.empty() ? FoundPlace{} : most_alike(source, p, all);
  if (found.how == FoundPlace::nowhere && may_differ) found = between(source, p);
  return found;
}

}  // namespace emend
