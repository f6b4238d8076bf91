// Turns what a stage says about current text into changes over source bytes.
#include "pipeline/document/proposal.h"

#include <algorithm>
#include <optional>

namespace emend {

namespace {

using Spans = std::vector<Span>;  // sorted, disjoint

// The first of `spans` that ends behind byte `at`.
Spans::const_iterator first_behind(const Spans& spans, std::uint32_t at) {
  if (spans.empty() || spans.back().end <= at)
    return spans.end();  // the usual case: work goes on in the order of the text
  return std::lower_bound(spans.begin(), spans.end(), at, [](Span s, std::uint32_t b) { return s.end <= b; });
}

bool touches(Spans::const_iterator first, Spans::const_iterator end, Span at) {
  return first != end && first->begin < at.end;
}

// The first phrase of the document that shares a byte with `at`.
std::optional<Span> phrase_at(const Document& d, Span at) {
  const std::size_t behind = d.first_phrase(at.begin);
  for (std::size_t i = behind - (behind > 0); i < d.phrases.size() && d.phrases[i].at.begin < at.end; ++i)
    if (d.phrases[i].at.end > at.begin) return d.phrases[i].at;
  return {};
}

// A patch, or what stands between two of them: bytes [byte, stop) of the source are bytes [text, next) of what the line
// reads now.
struct Stretch {
  std::size_t text, next;
  std::uint32_t byte, stop;
  bool patched;

  // What of it lies in [begin, end) of the text; a patch is whole or not at all.
  Stretch part(std::size_t begin, std::size_t end) const {
    if (patched) return *this;
    const std::size_t from = std::max(begin, text), to = std::min(end, next);
    return {from, to, static_cast<std::uint32_t>(byte + (from - text)), static_cast<std::uint32_t>(byte + (to - text)),
            false};
  }
};

// The stretch that begins at these bytes; `patch` is the first that may.
Stretch stretch_at(const Document& d, const Line& line, std::size_t patch, std::size_t text, std::uint32_t byte) {
  const bool more = patch < d.patches.size() && d.patches[patch].at.end <= line.at.end;
  if (!more) return {text, text + (line.at.end - byte), byte, line.at.end, false};
  const Patch& p = d.patches[patch];
  if (p.at.begin == byte) return {text, text + p.text.size(), byte, p.at.end, true};
  return {text, text + (p.at.begin - byte), byte, p.at.begin, false};
}

}  // namespace

// Rules and names come as views of whatever a stage has at hand; the same few come again and again.
std::string_view Proposal::keep(std::string_view word, std::string_view& last) {
  if (word != last) last = doc_.arena->keep(word);
  return last;
}

Change& Proposal::add(Kind kind, Span at, std::string_view rule, const Because& because) {
  Change& c = changes_.emplace_back();
  c.kind = kind;
  c.sure = because.sure;
  c.at = at;
  c.stage = stage_;
  c.rule = keep(rule, last_rule_);
  c.reason = doc_.arena->keep(because.reason);
  return c;
}

// Maps a range of the line's current text to source bytes, widened to whole patches.
Proposal::Place Proposal::widen(const Line& line, std::size_t begin, std::size_t end) {
  if (line_ != &line || begin < text_) {
    line_ = &line;
    patch_ = doc_.first_patch(line.at.begin);
    text_ = 0;
    byte_ = line.at.begin;
  }
  Place place{{line.at.end, line.at.end}, begin, end};
  bool open = false;
  std::size_t patch = patch_;
  Stretch s = stretch_at(doc_, line, patch, text_, byte_);
  while (s.text < end || s.byte < line.at.end) {
    if (s.next > begin && s.text < end) {
      const Stretch part = s.part(begin, end);
      if (!open) place.at.begin = part.byte, place.begin = part.text;
      place.at.end = part.stop;
      place.end = part.next;
      open = true;
    }
    if (s.text >= end) break;
    patch += s.patched;
    if (s.next <= begin) patch_ = patch, text_ = s.next, byte_ = s.stop;  // what follows starts here
    s = stretch_at(doc_, line, patch, s.next, s.stop);
  }
  return place;
}

bool Proposal::edit(const Line& line, std::size_t begin, std::size_t end, std::string_view after, std::string_view rule,
                    Because because) {
  if (begin >= end || end > line.text.size() || line.text.substr(begin, end - begin) == after) return false;
  const Place place = widen(line, begin, end);
  const auto edited = first_behind(edited_, place.at.begin), named = first_behind(named_, place.at.begin);
  if (touches(edited, edited_.cend(), place.at)) return false;
  if (touches(named, named_.cend(), place.at) && !named->contains(place.at)) return false;
  const std::optional<Span> phrase = phrase_at(doc_, place.at);
  if (phrase && !phrase->contains(place.at)) return false;
  edited_.insert(edited, place.at);
  std::string whole(line.text.substr(place.begin, begin - place.begin));
  whole.append(after).append(line.text.substr(end, place.end - end));
  Change& c = add(Kind::edit, place.at, rule, because);
  c.before = line.text.substr(place.begin, place.end - place.begin);
  c.after = doc_.arena->keep(whole);
  return true;
}

Span Proposal::phrase(const Line& line, std::size_t begin, std::size_t end, std::string_view name,
                      std::string_view attributes, std::string_view rule, Because because) {
  if (begin >= end || end > line.text.size()) return {};
  const Place place = widen(line, begin, end);
  if (place.begin != begin || place.end != end || phrase_at(doc_, place.at)) return {};
  const auto named = first_behind(named_, place.at.begin);
  if (touches(named, named_.cend(), place.at)) return {};
  for (auto edited = first_behind(edited_, place.at.begin); touches(edited, edited_.cend(), place.at); ++edited)
    if (!place.at.contains(*edited)) return {};
  named_.insert(named, place.at);
  Change& c = add(Kind::phrase, place.at, rule, because);
  c.name = keep(name, last_name_);
  c.attributes = doc_.arena->keep(attributes);
  return place.at;
}

void Proposal::block(std::size_t first, std::size_t last, std::string_view name, std::string_view attributes,
                     std::string_view rule, Because because) {
  Change& c = add(Kind::block, doc_.hull(first, last), rule, because);
  c.name = keep(name, last_name_);
  c.attributes = doc_.arena->keep(attributes);
}

void Proposal::declare(Span at, std::string_view name, std::string_view attributes, std::string_view rule) {
  Change& c = add(Kind::declare, at, rule, {});
  c.name = keep(name, last_name_);
  c.attributes = doc_.arena->keep(attributes);
}

void Proposal::join(const Line& line, std::string_view between, std::string_view rule, Because because) {
  add(Kind::join, {line.at.begin, line.at.begin}, rule, because).after = doc_.arena->keep(between);
}

void Proposal::page(const Line& first_line, std::string_view label, bool read, std::string_view rule, Because because) {
  Change& c = add(Kind::page, {first_line.at.begin, first_line.at.begin}, rule, because);
  c.after = doc_.arena->keep(label);
  c.name = read ? "read" : "inferred";
}

void Proposal::no_page(const Line& first_line, std::string_view rule, Because because) {
  add(Kind::page, {first_line.at.begin, first_line.at.begin}, rule, because).name = "none";
}

void Proposal::link(std::string_view name, Span from, Span to, std::string_view rule, Because because) {
  Change& c = add(Kind::link, from, rule, because);
  c.to = to;
  c.name = keep(name, last_name_);
}

void Proposal::meta(std::string_view name, std::string_view value, Span at, std::string_view rule, Because because) {
  Change& c = add(Kind::meta, at, rule, because);
  c.name = keep(name, last_name_);
  c.after = doc_.arena->keep(value);
}

void Proposal::doubt(Span at, std::string_view rule, Because because) { add(Kind::doubt, at, rule, because); }

void Proposal::weigh(std::uint32_t change, Because because) {
  weights_.push_back({change, because.sure, doc_.arena->keep(because.reason)});
}

}  // namespace emend
