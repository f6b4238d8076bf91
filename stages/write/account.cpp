// Two histograms that must be equal.
#include "stages/write/account.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "pipeline/document/runs.h"
#include "pipeline/text/script.h"
#include "stages/write/absent.h"
#include "stages/write/tei/changes.h"
#include "stages/write/xml_scan.h"

namespace emend {

namespace {

// How often each character stands in a text, in blocks of 256 code points that are made when they are met: quicker than
// any map, and a short book pays for few of them.
class Histogram {
 public:
  std::ptrdiff_t& operator[](char32_t c) {
    const std::size_t code = std::min<std::size_t>(c, no_character);
    auto& block = blocks_[code / size];
    if (block == nullptr) block = std::make_unique<Block>();
    return (*block)[code % size];
  }
  template <class F>
  void each(F f) const {
    for (std::size_t b = 0; b < blocks_.size(); ++b)
      for (std::size_t i = 0; blocks_[b] != nullptr && i < size; ++i)
        if ((*blocks_[b])[i] != 0) f(static_cast<char32_t>(b * size + i), (*blocks_[b])[i]);
  }

 private:
  static constexpr std::size_t no_character = 0x110000, size = 256;  // bytes that are not UTF-8 are counted as one
  using Block = std::array<std::ptrdiff_t, size>;
  std::vector<std::unique_ptr<Block>> blocks_ = std::vector<std::unique_ptr<Block>>(no_character / size + 1);
};

bool is_white(char32_t c) { return c <= 0x20 || c == 0x7F || c == 0xFEFF || is_blank(c); }

template <class F>
void each_ink(std::string_view text, F f) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    if (!is_white(c)) f(c);
  }
}

std::size_t ink(std::string_view text) {
  std::size_t n = 0;
  each_ink(text, [&](char32_t) { ++n; });
  return n;
}

// The letters and digits of labels must stand in the n of notes; 43) and [43] are both printed 43.
void count_label(std::string_view label, Histogram& labels) {
  each_ink(label, [&](char32_t c) { labels[c] += is_digit(c) || is_letter(c); });
}

void count_document(const Document& d, Shows shows, Histogram& h, Histogram& labels) {
  for (const Line& line : d.lines) {
    each_ink(line.join, [&](char32_t c) { ++h[c]; });
    if (trim(line.text).empty()) continue;  // no line of the edition, whatever it read before
    each_run_of_pieces(d, line, [&](const Run& run, const Node* phrase) {
      const Absent as = phrase == nullptr ? Absent::no : absent(d, *phrase);
      if (as == Absent::label) count_label(run.text, labels);
      if (as != Absent::no) return;
      for (const Piece& piece : run.pieces)
        each_ink(shows == Shows::diplomatic ? diplomatic(d, piece) : piece.text, [&](char32_t c) { ++h[c]; });
    });
  }
}

// Takes what the edition says off the histogram.
class Edition {
 public:
  Edition(Histogram& histogram, Histogram& label_histogram) : h_(histogram), labels_(label_histogram) {}
  std::size_t written = 0, notes = 0, unresolved = 0;

  /// False if it is no XML.
  bool read(std::string_view tei) {
    const bool good =
        scan_xml(tei, {.open = [&](std::string_view name, std::string_view attributes) { open(name, attributes); },
                       .close = [&] { names_.pop_back(); },
                       .text = [&](std::string_view text) { count(text); }});
    return good && known_;
  }

 private:
  bool within_text() const { return names_.size() > 1 && names_[0] == "TEI" && names_[1] == "text"; }

  void open(std::string_view name, std::string_view attributes) {
    const bool counts = within_text();
    names_.push_back(name);
    if (!counts) return;
    if (name == "note") {
      known_ = each_piece_of_text(attribute_in(attributes, "n"),
                                  [&](std::string_view n) { each_ink(n, [&](char32_t c) { --labels_[c]; }); }) &&
               known_;
      notes += attribute_in(attributes, "ana") != "#unanchored";
    }
    unresolved += name == "ref" && attribute_in(attributes, "type") == "noteAnchor";
  }

  // An old reading, in orig or sic, is none of the edition's.
  void count(std::string_view text) {
    if (!within_text() || names_.back() == "orig" || names_.back() == "sic") return;
    each_ink(text, [&](char32_t c) { --h_[c], ++written; });
  }

  Histogram &h_, &labels_;
  std::vector<std::string_view> names_;  // of the elements that are open
  bool known_ = true;
};

std::string in_words(char32_t c, std::ptrdiff_t more_in_document) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string code, character;
  for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) code += digits[c >> shift & 15];
  append_character(character, c);
  if (c >= 0x110000) return "bytes that are not UTF-8 stand in the document";
  return "'" + character + "' (U+" + code + ") stands " + std::to_string(std::abs(more_in_document)) +
         " times more often in the " +
         (more_in_document > 0 ? "document than in the edition" : "edition than in the document");
}

bool within(const Document& d, const Line& line, std::string_view block) {
  for (std::int32_t b = line.block; b >= 0; b = d.blocks[static_cast<std::size_t>(b)].parent)
    if (d.blocks[static_cast<std::size_t>(b)].name == block) return true;
  return false;
}

// The beginning of a stretch of source, to where its phrase ends or the next begins, and whether it may be absent.
// `phrase` goes on to the first that ends behind it.
std::pair<std::uint32_t, Absent> first_part(const Document& d, Span at, std::size_t& phrase) {
  while (phrase < d.phrases.size() && d.phrases[phrase].at.end <= at.begin) ++phrase;
  if (phrase == d.phrases.size() || d.phrases[phrase].at.begin >= at.end) return {at.end, Absent::no};
  const Node& node = d.phrases[phrase];
  if (node.at.begin > at.begin) return {node.at.begin, Absent::no};
  return {std::min(at.end, node.at.end), absent(d, node)};
}

// What becomes of the source characters that no edit covers.
void classify(const Document& d, const Line& line, Account& a) {
  const bool aside = within(d, line, "fw"), note = within(d, line, "note");
  std::size_t phrase = d.first_phrase(line.at.begin);
  each_piece(d, line, [&](Span at, std::string_view, bool patched) {
    if (patched) {
      a.changed += ink(d.slice(at));
      return;
    }
    while (at.begin < at.end) {
      const auto [to, as] = first_part(d, at, phrase);
      const bool attribute = as == Absent::mark || as == Absent::label;
      const bool dropped = as != Absent::no && !attribute;
      const std::size_t here = ink(d.slice({at.begin, to}));
      (aside || dropped ? a.set_aside : note || attribute ? a.moved : a.kept) += here;
      if (as != Absent::no) a.absent[static_cast<std::size_t>(as)] += here;
      if (aside && as == Absent::no) a.furniture += here;
      at.begin = to;
    }
  });
}

}  // namespace

Account account_for(const Document& d, std::string_view tei, Shows shows) {
  Account a;
  for (const Line& line : d.lines) classify(d, line, a);
  Histogram h, labels;
  count_document(d, shows, h, labels);
  Edition edition(h, labels);
  if (!edition.read(tei)) {
    a.problems.emplace_back("the edition is not well-formed XML");
    return a;
  }
  a.written = edition.written;
  h.each([&](char32_t c, std::ptrdiff_t more) { a.problems.push_back(in_words(c, more)); });
  labels.each([&](char32_t c, std::ptrdiff_t more) {
    if (more > 0) a.problems.push_back("of labels of notes, " + in_words(c, more));
  });
  const auto printed = static_cast<std::size_t>(
      std::count_if(d.phrases.begin(), d.phrases.end(), [](const Node& n) { return n.name == "mark"; }));
  if (printed != edition.notes + edition.unresolved)
    a.problems.push_back("the document has " + std::to_string(printed) + " note marks, the edition " +
                         std::to_string(edition.notes) + " notes at their mark and " +
                         std::to_string(edition.unresolved) + " marks without a note");
  return a;
}

}  // namespace emend
