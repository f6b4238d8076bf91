// Titles are compared by their letters and figures only.
#include "stages/read/pdf/pdf_outline.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t most_lines = 5;       // of a heading
constexpr std::size_t longest_number = 24;  // bytes of what numbers it: "Kapitel XIII", 第十二章
constexpr std::size_t usual_repeats = 10;   // of a title: more are names of pages

bool is_told(char32_t c) { return is_letter(c) || is_digit(c) || c >= 0x2E80; }

// Letters and figures, without the ligatures of fonts.
std::string letters_of(std::string_view s) {
  constexpr std::pair<char32_t, std::string_view> ligatures[] = {
      {0xFB00, "ff"}, {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"}};
  std::string out;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t from = i;
    const char32_t c = next_character(s, i);
    const auto ligature =
        std::find_if(std::begin(ligatures), std::end(ligatures), [&](const auto& l) { return l.first == c; });
    if (ligature != std::end(ligatures))
      out += ligature->second;
    else if (c < 0x80 && is_upper(c))
      out += static_cast<char>(c - 'A' + 'a');
    else if (is_told(c) && (c < 0x3000 || c > 0x303F) && (c < 0xFF00 || c > 0xFF0F))
      out.append(s.substr(from, i - from));
  }
  return out;
}

std::string text_of(const ScanLine& line) {
  std::string out;
  for (const ScanWord& word : line.words) out += word.text;
  return letters_of(out);
}

double size_of(const ScanLine& line) {
  double size = 0;
  for (const ScanWord& word : line.words) size = std::max(size, word.face.size);
  return size;
}

bool only(std::string_view s, std::u32string_view of) {
  for (std::size_t i = 0; i < s.size();)
    if (of.find(next_character(s, i)) == of.npos) return false;
  return true;
}

// 12, IV, B1, kapitel7, 第三章: what may stand before a title in the text, or in the outline alone.
bool is_number(std::string_view s) {
  constexpr std::size_t longest_word = 10, longest = 24;  // bytes
  if (s.empty()) return true;
  if (s.size() > longest) return false;
  if (only(s, U"第零〇一二三四五六七八九十百0123456789章节節部篇卷编編回附录錄")) return true;
  std::size_t word = 0;
  while (word < s.size() && is_ascii_letter(static_cast<unsigned char>(s[word]))) ++word;
  const std::string_view figures = s.substr(word);
  if (figures.empty()) return s.size() == 1 || only(s, U"ivxlc");
  return only(figures, U"0123456789") && word <= longest_word;
}

// How much longer one of them is by a number before it; npos if they do not say the same.
std::size_t number_before(std::string_view lines, std::string_view title) {
  if (lines.size() < title.size()) std::swap(lines, title);
  const std::string_view before = lines.substr(0, lines.size() - title.size());
  return lines.ends_with(title) && is_number(before) ? before.size() : lines.npos;
}

struct Found {
  std::size_t first = 0, lines = 0, number = 0;
  double size = 0;
};

// With the shortest number; then the largest, since contents lists and running heads say it as well.
std::optional<Found> find(const std::vector<ScanLine>& page, std::string_view title) {
  std::optional<Found> best;
  for (std::size_t i = 0; i < page.size(); ++i) {
    std::string said;
    for (std::size_t n = 1; n <= most_lines && i + n <= page.size(); ++n) {
      if (page[i + n - 1].role != ScanRole::none) break;
      said += text_of(page[i + n - 1]);
      if (said.size() > title.size() + longest_number) break;
      const std::size_t number = number_before(said, title);
      if (number == said.npos) continue;
      const Found found{i, n, number, size_of(page[i])};
      if (!best || number < best->number || (number == best->number && found.size > best->size)) best = found;
    }
  }
  return best;
}

}  // namespace

void mark_headings(const std::vector<OutlineEntry>& outline, std::vector<std::vector<ScanLine>>& pages) {
  std::map<std::string, std::size_t> repeats;  // by title without its figures
  const auto without_figures = [](std::string title) {
    std::erase_if(title, [](char c) { return c >= '0' && c <= '9'; });
    return title;
  };
  for (const OutlineEntry& entry : outline) ++repeats[without_figures(letters_of(entry.title))];
  for (const OutlineEntry& entry : outline) {
    const std::string title = letters_of(entry.title);
    if (title.size() < 2 || repeats[without_figures(title)] > std::max(usual_repeats, outline.size() / 2)) continue;
    for (std::size_t p = entry.page; p < std::min(entry.page + 2, pages.size());
         ++p) {  // some point above a page's end
      const std::optional<Found> found = find(pages[p], title);
      if (!found) continue;
      for (std::size_t k = found->first; k < found->first + found->lines; ++k) {
        pages[p][k].role = ScanRole::head;
        pages[p][k].level = entry.level;
        pages[p][k].begins = k == found->first;
      }
      break;
    }
  }
}

}  // namespace emend
