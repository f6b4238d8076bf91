// Lines of the running text and how they are set.
#include "stages/65-paragraphs/page_lines.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "weights/paragraphs.h"

namespace emend {

namespace {

constexpr std::uint32_t deepest = 40;            // columns of indentation told apart
constexpr std::size_t widest = 200;              // columns of a line told apart
constexpr Width first_line_indent = 4 * column;  // two ideographs, as Chinese sets first lines
constexpr Width most_lost_indent = 5 * column;   // what is missing beyond it ended there
constexpr Width shortest_running = 25 * column;  // of a line of running text

bool is_one_of(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

// Without a note mark in brackets or glued to the sentence's end: `end.12`, `end.[3]`.
std::string_view without_mark(std::string_view s) {
  const char last = s.empty() ? '\0' : s.back();
  std::size_t end = s.size() - (last == ']' || last == ')' ? 1 : 0), digits = end;
  while (digits > 0 && is_digit(static_cast<unsigned char>(s[digits - 1]))) --digits;
  if (digits == end || digits == 0 || end - digits > 3) return s;
  if (last == ']' || last == ')') return s[digits - 1] == (last == ']' ? '[' : '(') ? s.substr(0, digits - 1) : s;
  const std::size_t at = character_before(s, digits);
  const char32_t before = first_character(s.substr(at));
  const bool decimal = at > 0 && is_digit(static_cast<unsigned char>(s[at - 1]));
  return before == '^' || (is_one_of(U".!?;:,。！？”’\"»)）", before) && !decimal) ? s.substr(0, digits) : s;
}

bool has_han(std::string_view s) {
  return std::any_of(
      s.begin(), s.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(s.size(), 256)),
      [](char c) { return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9; });
}

}  // namespace

LineBreak::Ending ending_of(std::string_view s) {
  s = without_source(s);
  for (int step = 0; step < 12; ++step) {
    s = without_mark(trim(s));
    if (s.empty()) break;
    const std::size_t at = character_before(s, s.size());
    const char32_t c = first_character(s.substr(at));
    if (is_one_of(U".!?。！？…．", c)) return LineBreak::terminal;
    if (is_one_of(U":;：；", c)) return LineBreak::colon;
    if (is_one_of(U",，、-–—‐­¬⸗(（“‘《«/", c)) return LineBreak::comma;
    const bool passed = is_enclosed_number(c) || is_one_of(U"”’\"'」』）)]］】〕》〉»*†‡^", c) || is_blank(c);
    if (!passed) return LineBreak::open;
    s = s.substr(0, at);
  }
  return LineBreak::open;
}

LineBreak::Opening opening_of(std::string_view s, bool& closes) {
  const char32_t c = first_character(s);
  closes =
      is_one_of(U"，、。；：！？”’）》」』】〕％,;:!?)]%»", c) || (c == '.' && !s.starts_with("..") && s.size() > 1);
  if (is_lower(c)) return LineBreak::lower;
  if (is_han(c) || is_kana(c)) return LineBreak::neutral;
  if (is_upper(c)) return has_han(s) ? LineBreak::neutral : LineBreak::upper;  // a name in Chinese text
  return c == '-' || c == U'–' || c == U'—' || c == U'―' ? LineBreak::dash : LineBreak::other;
}

bool is_label_alone(const Document& d, const Line& line) {
  const std::size_t i = d.first_phrase(line.at.begin);
  if (i == d.phrases.size() || d.phrases[i].name != "label" || d.phrases[i].at.begin >= line.at.end) return false;
  return trim(d.slice({d.phrases[i].at.end, line.at.end})).empty() &&
         trim(d.slice({line.at.begin, d.phrases[i].at.begin})).empty();
}

std::vector<BodyLine> body_lines(const Document& d) {
  std::vector<BodyLine> out;
  Between between = Between::nothing;
  std::uint32_t page = 0;
  const auto pass = [&](Between b) { between = std::max(between, b); };
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const Line& line = d.lines[i];
    const Node* block = d.block_of(line);
    if (block != nullptr) {
      const Node* said = d.declaration(d.lines[d.line_at(block->at.begin)]);
      const bool floats = said != nullptr && (said->name == "image" || said->name == "caption") &&
                          block->name == "figure";  // it stands where the page had room for it
      pass(block->name == "fw" || block->name == "note" || floats ? Between::hidden : Between::other);
      continue;
    }
    BodyLine b;
    b.text = trim(line.text);
    if (b.text.empty() || is_label_alone(d, line)) {
      pass(Between::blank);
      continue;
    }
    if (!out.empty() && line.page != page) pass(Between::hidden);
    b.line = static_cast<std::uint32_t>(i);
    b.page = page = line.page;
    b.between = between;
    b.ending = ending_of(b.text);
    b.opening = opening_of(b.text, b.closes);
    b.indent = b.hang = b.text.data() == line.text.data() ? 0 : static_cast<std::uint32_t>(indent(line.text));
    b.width = set_width(b.text);
    out.push_back(b);
    between = Between::nothing;
  }
  return out;
}

Setting::Setting(std::vector<BodyLine>& lines) : lines_(lines) {
  std::vector<Width> widths;
  widths.reserve(lines.size());
  std::size_t ended = 0, running = 0;
  for (const BodyLine& line : lines) {
    if (line.verse) continue;
    widths.push_back(line.width);
    if (line.width < shortest_running) continue;
    ++running;
    ended += line.ending == LineBreak::terminal;
  }
  fill_ = measure_fill(widths);
  if (ended * 10 > running * 7) fill_.wrapped = false;  // most lines are whole sentences
  if (!fill_.wrapped) return;
  read_pages();
  find_displaced();
  read_usual_indent();
  read_measures();
}

// The base of a page: the least indentation that is no exception there.
void Setting::read_pages() {
  base_.resize(lines_.size());
  for (std::size_t first = 0, end; first < lines_.size(); first = end) {
    std::size_t counts[deepest + 1] = {};
    for (end = first; end < lines_.size() && lines_[end].page == lines_[first].page; ++end)
      if (!lines_[end].verse) ++counts[std::min(lines_[end].indent, deepest)];
    const std::size_t least = std::max<std::size_t>(end - first > 3 ? 2 : 1, (end - first) / 12);
    std::uint32_t base = 0;
    while (base < deepest && counts[base] < least) ++base;
    if (base == deepest) base = 0;
    std::fill(base_.begin() + static_cast<std::ptrdiff_t>(first), base_.begin() + static_cast<std::ptrdiff_t>(end),
              base);
  }
}

// The last of the pieces that a printed line was broken into from line k on: each further one begins with a mark that
// closes, or opens behind a mark.
std::size_t Setting::last_piece(std::size_t k) const {
  Width width = lines_[k - 1].width + lines_[k].width;
  while (k + 1 < lines_.size()) {
    const BodyLine& next = lines_[k + 1];
    const char32_t c = first_character(next.text), last = last_character(lines_[k].text);
    const bool seam = next.closes || (is_one_of(U"（“‘《「『【", c) && is_wide_punctuation(last));
    width += next.width;
    if (next.between != Between::nothing || !seam || width > fill_.full + fill_.full / 16) break;
    ++k;
  }
  return k;
}

// Extraction breaks lines at full-width punctuation that was set narrow, and may set the rest under its place.
void Setting::find_displaced() {
  for (std::size_t k = 1; k < lines_.size(); ++k) {
    BodyLine& line = lines_[k];
    const BodyLine& before = lines_[k - 1];
    const char32_t c = first_character(line.text), last = last_character(before.text);
    const auto wide = [](char32_t x) { return is_wide_punctuation(x) || is_shared_punctuation(x); };
    if (line.verse || line.between != Between::nothing || (!wide(c) && !wide(last))) continue;
    if (before.width + line.width > fill_.full + fill_.full / 16) continue;
    const bool below = line.indent >= 8 && before.indent + columns(before.text) / 2 <= line.indent + 3;
    const bool seam = line.closes || (before.ending != LineBreak::terminal && is_one_of(U"”’）》」』】", last) &&
                                      is_one_of(U"（“‘《「『【", c));
    // Behind the end of a sentence the two parts must fill the line, or a quotation begins a paragraph; the indentation
    // of a first line, which may be lost, counts where the second part is cut off itself.
    const std::size_t end = last_piece(k);
    Width width = 0;
    for (std::size_t i = k; i <= end; ++i) width += lines_[i].width;
    const bool seen = lines_[end].ending == LineBreak::terminal || line.indent > 0 || before.indent > 0;
    const Width lost = seen ? 0 : first_line_indent;
    const bool fills = is_one_of(U"。！？：；，、", last) && is_one_of(U"（“‘《「『【", c) &&
                       (before.width + width + lost) * 16 >= fill_.full * 15;
    if (!below && !seam && !fills) continue;
    line.displaced = true;
    line.indent = line.hang = before.hang;
    line.width += before.width;
  }
}

void Setting::read_usual_indent() {
  std::size_t counts[deepest + 1] = {};
  for (std::size_t k = 0; k + 1 < lines_.size(); ++k) {
    const std::uint32_t in = beyond_base(k);
    if (in >= 2 && in <= 12 && lines_[k + 1].page == lines_[k].page && beyond_base(k + 1) == 0) ++counts[in];
  }
  usual_ = static_cast<std::uint32_t>(std::max_element(counts, counts + deepest) - counts);
}

void Setting::read_measures() {
  std::vector<std::vector<std::uint32_t>> counts(deepest, std::vector<std::uint32_t>(widest + 1));
  for (std::size_t k = 0; k < lines_.size(); ++k)
    if (const std::uint32_t in = beyond_base(k); in < deepest && !lines_[k].displaced && !lines_[k].verse)
      ++counts[in][std::min(last_part(lines_[k].width, fill_.full) / column, widest)];
  measures_.resize(deepest);
  for (std::uint32_t in = 0; in < deepest; ++in) {
    std::size_t all = 0;
    for (const std::uint32_t n : counts[in]) all += n;
    if (all < paragraphs::enough_lines) continue;
    std::size_t width = widest, above = 0;
    while (width > 0 && (above += counts[in][width]) * 12 < all) --width;
    if (width * column * 10 >= fill_.full * 6) measures_[in] = width * column + column / 2;
  }
}

Width Setting::measure_at(std::uint32_t indent) const {
  if (indent < deepest && measures_[indent] > 0) return measures_[indent];
  return std::max(fill_.full - std::min(fill_.full, indent * column), fill_.full / 2);
}

// What the line before would need room for: a word, or of Chinese two ideographs with what opens before them.
Width first_piece(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_one_of(U"“‘《「『（【〈〔", first_character(text.substr(at)))) next_character(text, at);
  if (!is_cjk(first_character(text.substr(at))))
    return set_width(text.substr(0, text.find_first_of(" \t"))) + column / 2;
  return set_width(text.substr(0, at)) + 3 * column;
}

// What the line before would need room for, at least: a word behind a blank, or an ideograph with what may begin no
// line.
Width next_word(std::string_view text) {
  if (!is_cjk(first_character(text))) return set_width(text.substr(0, text.find_first_of(" \t"))) + column / 2;
  std::size_t at = 0;
  for (next_character(text, at); at < text.size() && is_wide_punctuation(first_character(text.substr(at)));)
    next_character(text, at);
  return set_width(text.substr(0, at));
}

// Whether the next word would have fitted into line k - 1.
LineBreak::Fill Setting::fill(std::size_t k) const {
  const BodyLine& before = lines_[k - 1];
  const Width measure = measure_at(beyond_base(k - 1)), used = last_part(before.width, fill_.full);
  const Width need = first_piece(lines_[k].text);
  const Width taken = used + need + measure / 33;
  if (taken > measure) return LineBreak::full;
  const Width slack = measure - taken;
  return slack * 11 < measure ? LineBreak::nearly : slack * 5 < measure * 2 ? LineBreak::room : LineBreak::short_line;
}

LineBreak::Indent Setting::indent(std::size_t k) const {
  const std::uint32_t here = beyond_base(k);
  const std::uint32_t hang = lines_[k - 1].hang, before = hang - std::min(hang, base_[k - 1]);
  if (here >= before + 2) return LineBreak::in;
  if (before >= here + 2) return LineBreak::out;
  if (here < 2) return LineBreak::base;
  return here + 1 >= usual_ && here <= usual_ + 1 ? LineBreak::usual : LineBreak::deep;
}

// Extraction loses the indentation of first lines, but not what it takes: a line that goes on with the next, and yet
// had room for its first word, was set in.
LineBreak::Reach Setting::reach(std::size_t k) const {
  if (usual_ > 0 || k + 1 >= lines_.size()) return LineBreak::untold;
  const BodyLine &here = lines_[k], &next = lines_[k + 1];
  if (next.between != Between::nothing || next.displaced || next.closes || here.displaced ||
      here.ending >= LineBreak::colon)
    return LineBreak::untold;
  const Width measure = measure_at(0), taken = here.width + next_word(next.text);
  if (taken > measure) return LineBreak::flush;
  const Width left = measure - taken;
  return left > most_lost_indent                        ? LineBreak::untold
         : left * 10 < column * paragraphs::lost_indent ? LineBreak::flush
                                                        : LineBreak::drawn_in;
}

bool Setting::set_in(std::size_t first, std::size_t last) const {
  if (last - first < 2 || lines_[first].page != lines_[last - 1].page) return false;
  const std::uint32_t in = beyond_base(first);
  Width most = 0, least = ~Width{0};  // of all lines but the last
  for (std::size_t k = first; k < last; ++k) {
    const std::uint32_t here = beyond_base(k);
    if (here < paragraphs::deep || here + 1 < in || here > in + 1) return false;
    most = std::max(most, lines_[k].width);
    if (k + 1 < last) least = std::min(least, lines_[k].width);
  }
  return least * 10 >= most * 9 && most + (in + paragraphs::deep) * column <= measure_at(0);
}

double Setting::sentence_ends() const {
  constexpr std::size_t enough = 20000;
  std::size_t ends = 0, places = 0;
  for (const BodyLine& line : lines_) {
    const std::string_view s = line.text;
    for (std::size_t i = 1; i + 1 < s.size(); ++i) {
      const auto c = static_cast<unsigned char>(s[i]);
      const bool blank = c == ' ';
      places += blank || (c >= 0xE4 && c <= 0xE9);
      ends += blank && (s[i - 1] == '.' || s[i - 1] == '!' || s[i - 1] == '?');
      // No line begins with a stop: what would, is drawn into the line before, so that twice as many lines end with
      // one.
      const bool full_stop = c == 0x82 && s[i - 1] == '\x80' && i > 1 && s[i - 2] == '\xE3';             // 。
      const bool calls = (c == 0x81 || c == 0x9F) && s[i - 1] == '\xBC' && i > 1 && s[i - 2] == '\xEF';  // ！？
      ends += full_stop || calls ? 2 : 0;
    }
    if (places > enough) break;
  }
  return std::clamp((static_cast<double>(ends) + 3) / (static_cast<double>(places) + 60), 0.015, 0.2);
}

LineBreak Setting::look(std::size_t k) const {
  const BodyLine& here = lines_[k];
  LineBreak b;
  b.fill = fill(k);
  b.gap = here.between == Between::nothing ? LineBreak::none
          : here.between == Between::blank ? LineBreak::blank
                                           : LineBreak::hidden;
  b.indent = indent(k);
  b.ending = lines_[k - 1].ending;
  b.opening = here.opening;
  b.reach = reach(k);
  return b;
}

}  // namespace emend
