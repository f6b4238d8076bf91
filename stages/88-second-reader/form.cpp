// How a line is set: how full it is and its neighbours are, how far in it begins, what stands between them.
#include <algorithm>

#include "pipeline/text/script.h"
#include "stages/88-second-reader/setting.h"
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
constexpr Witness wider{"form.wider", "it is longer than the lines at the head of its page"};
constexpr Witness narrower{"form.narrower", "the lines around it are shorter than those at the head of its page"};
constexpr Witness before_room{"form.before-room", "the line below had room in it"};
constexpr Witness long_lines{"form.long-lines", ""};
constexpr Witness unpaged{"form.unpaged", ""};
constexpr Witness always{"form.always", ""};

void see_fill(Sight& s, std::size_t i) {
  const auto fill = [&](std::size_t k) { return 100 * s.lines[k].width / s.measure; };
  const std::size_t f = fill(i);
  s.see(i, f > 108 ? over : f > 90 ? full : f > 60 ? most : f > 30 ? half : little);
  if (i > 0) s.see(i, fill(i - 1) > 88 ? above_full : above_short, fill(i - 1) > 88 || fill(i - 1) < 75);
  if (i + 1 < s.lines.size())
    s.see(i, fill(i + 1) > 88 ? below_full : below_short, fill(i + 1) > 88 || fill(i + 1) < 75);
}

// Whether the typesetter broke the line above because he had to.
void see_room(Sight& s) {
  for (std::size_t i = 1; i < s.lines.size(); ++i) {
    const Room room = room_above(s.lines[i - 1], s.lines[i]);
    s.see(i, room == Room::much ? much_room : room == Room::some ? some_room : no_room);
    s.see(i - 1, before_room, room != Room::none);
  }
}

// Notes are set smaller than the text: their lines hold more characters, or fewer where OCR or a table stands.
void see_width_on_page(Sight& s) {
  if (!s.paged) return;
  std::size_t head = 0;  // the edge of full lines in the upper part of the page
  for (std::size_t i = 0; i < s.lines.size(); ++i) {
    if (s.lines[i].from_top == 0) head = s.lines[std::min(s.lines.size() - 1, i + 10)].reach;
    s.see(i, wider, right_edge(s.lines[i]) * 100 > head * 106);
    s.see(i, narrower, s.lines[i].reach * 100 < head * 90);
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
    const std::size_t in = l.in > l.base ? l.in - l.base : 0;
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
  see_room(s);
  see_width_on_page(s);
}

}  // namespace emend::reader
