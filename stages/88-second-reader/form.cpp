// How a line is set: how full it is and its neighbours are, how far in it begins, what stands between them.
#include <algorithm>
#include <map>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "stages/88-second-reader/sight.h"

namespace emend::reader {

namespace {

constexpr Witness over{"form.over", "it is longer than the lines of the text"};
constexpr Witness full{"form.full", "it is a full line"};
constexpr Witness most{"form.most", ""};
constexpr Witness half{"form.half", "it is short"};
constexpr Witness little{"form.little", "it is very short"};
constexpr Witness long_text{"form.long-text", "it is long"};
constexpr Witness middling{"form.middling", ""};
constexpr Witness short_text{"form.short-text", "it is short"};
constexpr Witness brief{"form.brief", "it is very short"};
constexpr Witness above_full{"form.above-full", "the line above is full"};
constexpr Witness above_short{"form.above-short", "the line above is short"};
constexpr Witness below_full{"form.below-full", "the line below is full"};
constexpr Witness below_short{"form.below-short", "the line below is short"};
constexpr Witness further_in{"form.further-in", "it begins further in than the line above"};
constexpr Witness further_out{"form.further-out", "it begins further out than the line above"};
constexpr Witness indented{"form.indented", "it is indented as paragraphs are"};
constexpr Witness deep{"form.deep", "it begins far in"};
constexpr Witness centred{"form.centred", "it is centred"};
constexpr Witness flush{"form.flush", "it is not indented"};
constexpr Witness gap_above{"form.gap-above", "it stands apart from what is above"};
constexpr Witness gap_below{"form.gap-below", "it stands apart from what is below"};
constexpr Witness gap_wide{"form.gap-wide", "it stands far apart from what is above"};
constexpr Witness close{"form.close", "no gap is around it"};
constexpr Witness rare_gap{"form.rare-gap", "a gap is above it, which is rare in the book"};
constexpr Witness no_room{"form.no-room", "its first word had no room in the line above"};
constexpr Witness some_room{"form.some-room", ""};
constexpr Witness much_room{"form.much-room", "the line above had much room for its first word"};
constexpr Witness breaks{"form.breaks", "the line above ends a sentence, and is short"};
constexpr Witness runs_on{"form.runs-on", "the line above is full, and ends no sentence"};
constexpr Witness wider{"form.wider", "it is longer than the lines at the head of its page"};
constexpr Witness narrower{"form.narrower", "the lines around it are shorter than those at the head of its page"};
constexpr Witness before_room{"form.before-room", "the line below had room in it"};
constexpr Witness long_lines{"form.long-lines", ""};
constexpr Witness unpaged{"form.unpaged", ""};
constexpr Witness always{"form.always", ""};

std::size_t usual_indent(const Sight& s) {
  std::map<std::size_t, std::size_t> count;
  for (const Seen& l : s.lines) ++count[l.in];
  const auto best =
      std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == count.end() ? 0 : best->first;
}

void see_fill(Sight& s, std::size_t i) {
  const auto fill = [&](std::size_t k) { return 100 * s.lines[k].width / s.measure; };
  const std::size_t f = fill(i);
  s.see(i, f > 108 ? over : f > 90 ? full : f > 60 ? most : f > 30 ? half : little);
  if (i > 0) s.see(i, fill(i - 1) > 88 ? above_full : above_short, fill(i - 1) > 88 || fill(i - 1) < 75);
  if (i + 1 < s.lines.size())
    s.see(i, fill(i + 1) > 88 ? below_full : below_short, fill(i + 1) > 88 || fill(i + 1) < 75);
}

std::size_t edge(const Seen& l) { return l.in + l.width; }

// The right edge of full lines around each line: few of those near it go beyond.
std::vector<std::size_t> edges_around(const Sight& s) {
  constexpr std::size_t reach = 10;
  std::vector<std::size_t> out(s.lines.size()), near;
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    near.clear();
    for (std::size_t k = i < reach ? 0 : i - reach; k < std::min(s.lines.size(), i + reach + 1); ++k)
      near.push_back(edge(s.lines[k]));
    const auto at = near.begin() + static_cast<std::ptrdiff_t>(near.size() * 8 / 10);
    std::nth_element(near.begin(), at, near.end());
    out[i] = *at;
  }
  return out;
}

std::size_t first_word(std::string_view text) {
  std::size_t end = 0, i = 0;
  while (i < text.size()) {
    const char32_t c = next_character(text, i);
    if (is_blank(c)) break;
    end = i;
    if (is_cjk(c)) break;
  }
  return columns(text.substr(0, end));
}

// Whether the typesetter broke the line above because he had to.
void see_room(Sight& s, const std::vector<std::size_t>& edges) {
  for (std::size_t i = 1; i < s.lines.size(); ++i) {
    const Seen &above = s.lines[i - 1], &here = s.lines[i];
    const std::size_t room = edges[i - 1], need = edge(above) + 1 + first_word(here.text) + room / 40;
    const bool much = need + room / 8 < room, fits = need <= room;
    s.see(i, much ? much_room : fits ? some_room : no_room);
    s.see(i - 1, before_room, fits);
    s.see(i, breaks, fits && ends_sentence(above.text));
    s.see(i, runs_on, !fits && !ends_sentence(above.text));
  }
}

// Notes are set smaller than the text: their lines hold more characters, or fewer where OCR or a table stands.
void see_width_on_page(Sight& s, const std::vector<std::size_t>& edges) {
  if (!s.paged) return;
  std::size_t head = 0;  // the edge of full lines in the upper part of the page
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    if (s.lines[i].from_top == 0) head = edges[std::min(s.lines.size() - 1, i + 10)];
    s.see(i, wider, edge(s.lines[i]) * 100 > head * 106);
    s.see(i, narrower, edges[i] * 100 < head * 90);
  }
}

void see_length(Sight& s, std::size_t i) {
  const auto is_short = [&](std::size_t k) { return s.lines[k].width < 50; };
  const std::size_t w = s.lines[i].width;
  s.see(i, w > 120 ? long_text : w > 50 ? middling : w > 20 ? short_text : brief);
  if (i > 0) s.see(i, is_short(i - 1) ? above_short : above_full);
  if (i + 1 < s.lines.size()) s.see(i, is_short(i + 1) ? below_short : below_full);
}

}  // namespace

void see_form(Sight& s) {
  const std::size_t base = usual_indent(s);
  std::size_t gaps = 0;
  for (const Seen& l : s.lines) gaps += l.above > 0;
  const bool rare = gaps * 4 < s.lines.size();
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    const Seen& l = s.lines[i];
    s.see(i, always);
    s.see(i, long_lines, s.long_lines);
    s.see(i, unpaged, !s.paged);
    s.long_lines ? see_length(s, i) : see_fill(s, i);
    if (i > 0) s.see(i, further_in, l.in > s.lines[i - 1].in + 1);
    if (i > 0) s.see(i, further_out, l.in + 1 < s.lines[i - 1].in);
    const std::size_t in = l.in > base ? l.in - base : 0;
    s.see(i, in < 2 ? flush : in <= 8 ? indented : deep);
    if (in > 2 && !s.long_lines && l.width + in < s.measure) {
      const std::size_t right = s.measure - l.width - in;
      s.see(i, centred, std::max(in, right) - std::min(in, right) <= s.measure / 10);
    }
    s.see(i, gap_above, l.above > 0);
    s.see(i, gap_below, l.below > 0);
    s.see(i, gap_wide, l.above > 1);
    s.see(i, close, l.above == 0 && l.below == 0);
    s.see(i, rare_gap, rare && l.above > 0);
  }
  if (s.long_lines) return;
  const std::vector<std::size_t> edges = edges_around(s);
  see_room(s, edges);
  see_width_on_page(s, edges);
}

}  // namespace emend::reader
