// The lines of `emend-pdf` are read as those of a stranger: its words come out of the file.
#include "stages/read/pdf/pdf_objects.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "pipeline/run/addresses.h"
#include "pipeline/run/process.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::chrono::seconds longest{60};  // the widest book takes three
constexpr std::size_t most_said = std::size_t{1} << 27, least_memory = std::size_t{1} << 30;

// Beside the program that runs, where one build puts both; else as PATH has it.
std::string program() {
  if (const char* named = std::getenv("EMEND_PDF_OBJECTS"); named && *named) return named;
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (const std::filesystem::path beside = self.parent_path() / "emend-pdf"; !error && exists(beside, error))
    return beside.string();
  return "emend-pdf";
}

// What stands before the next tab.
std::string_view take_part(std::string_view& line) {
  const std::size_t end = std::min(line.find('\t'), line.size());
  const std::string_view part = line.substr(0, end);
  line.remove_prefix(std::min(line.size(), end + 1));
  return part;
}

template <class Number>
bool take_number(std::string_view& line, Number& number) {
  const std::string_view part = take_part(line);
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
  return error == std::errc{} && end == part.data() + part.size();
}

bool take_box(std::string_view& line, Box& box) {
  return take_number(line, box.left) && take_number(line, box.top) && take_number(line, box.right) &&
         take_number(line, box.bottom) && !box.empty();
}

// Text that a document may hold: UTF-8 without control characters.
bool is_text(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (c == not_a_character || c < ' ' || c == 0x7F || c == 0xFFFE || c == 0xFFFF) return false;
  }
  return !s.empty();
}

void read_line(std::string_view line, PdfObjects& objects) {
  const std::string_view kind = take_part(line);
  std::size_t page = 0;
  Box box;
  if (kind == "title" && is_text(line)) objects.title = trim(line);
  if (kind == "author" && is_text(line)) objects.author = trim(line);
  if (kind == "label" && take_number(line, page) && is_text(line)) objects.labels[page] = trim(line);
  if (kind == "link" && take_number(line, page) && take_box(line, box) && is_text(line))
    objects.links.push_back({page, box, std::string(line)});
  if (PdfJump jump; kind == "to" && take_number(line, page) && take_box(line, box) && take_number(line, jump.to) &&
                    take_number(line, jump.top)) {
    jump.page = page, jump.box = box;
    objects.jumps.push_back(jump);
  }
}

// Whether most of the word lies in the box.
bool holds(const Box& box, const ScanWord& word) {
  const int x = (word.box.left + word.box.right) / 2, y = (word.box.top + word.box.bottom) / 2;
  return box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
}

// An address of the web or of post; others are of the machine on which the PDF was made.
bool leads_out(std::string_view address) {
  return (address.starts_with("http://") || address.starts_with("https://") || address.starts_with("ftp://") ||
          address.starts_with("mailto:") || address.starts_with("doi:")) &&
         address.find_first_of(" \"<>\\^`{|}") == address.npos;
}

// 12, * or †, in brackets or before a stop, as it is compared.
std::string_view bare_mark(std::string_view s) {
  constexpr std::string_view around = "()[].:";
  const std::size_t first = s.find_first_not_of(around), last = s.find_last_not_of(around);
  return first == s.npos ? std::string_view{} : s.substr(first, last + 1 - first);
}

bool is_mark(std::string_view s) {
  constexpr std::size_t longest_mark = 3;
  const bool number = !s.empty() && s.size() <= longest_mark && s.find_first_not_of("0123456789") == s.npos;
  return number || s == "*" || s == "**" || s == "***" || s == "†" || s == "‡" || s == "§" || s == "¶";
}

// Chinese has no blank behind a label: (1)见上文.
bool begins_with(std::string_view text, std::string_view mark) {
  text.remove_prefix(std::min(text.find_first_not_of("(["), text.size()));
  return text.starts_with(mark) && (text.size() == mark.size() || text[mark.size()] < '0' || text[mark.size()] > '9');
}

double size_of(const ScanLine& line) {
  double size = 0;
  for (const ScanWord& word : line.words) size = std::max(size, word.face.size);
  return size;
}

// The line at whose head the jump ends.
ScanLine* line_at(const PdfJump& jump, std::vector<ScanLine>& lines) {
  constexpr int farthest = 20 * 10;  // from the top of a line to where a link to it ends: TeX leaves a line
  ScanLine* nearest = nullptr;
  for (ScanLine& line : lines) {
    const int away = std::abs(line.box.top - jump.top);
    if (away <= farthest && (nearest == nullptr || away < std::abs(nearest->box.top - jump.top))) nearest = &line;
  }
  return nearest;
}

}  // namespace

PdfObjects read_objects(std::string_view said) {
  PdfObjects objects;
  while (!said.empty()) {
    const std::size_t end = std::min(said.find('\n'), said.size());
    read_line(said.substr(0, end), objects);
    said.remove_prefix(std::min(said.size(), end + 1));
  }
  const auto by_page = [](const auto& a, const auto& b) { return a.page < b.page; };
  std::stable_sort(objects.links.begin(), objects.links.end(), by_page);
  std::stable_sort(objects.jumps.begin(), objects.jumps.end(), by_page);
  return objects;
}

PdfObjects pdf_objects(std::string_view pdf) {
  const Outcome outcome = run_process({.program = program(),
                                       .arguments = {},
                                       .input = pdf,
                                       .environment = {{"LC_ALL", "C.UTF-8"}},
                                       .limit = longest,
                                       .output_limit = most_said,
                                       .memory_limit = takes_all_addresses ? 0 : least_memory + 4 * pdf.size()});
  return outcome.ending == Ending::exited ? read_objects(outcome.output) : PdfObjects{};
}

void tie_notes(const PdfObjects& objects, std::size_t page, std::vector<ScanLine>& lines) {
  constexpr double small = 0.96;  // of the type of the text
  const auto first = std::lower_bound(objects.jumps.begin(), objects.jumps.end(), page,
                                      [](const PdfJump& jump, std::size_t p) { return jump.page < p; });
  for (auto jump = first; jump != objects.jumps.end() && jump->page == page; ++jump) {
    if (jump->to != page || jump->top <= jump->box.top) continue;
    ScanLine* note = line_at(*jump, lines);
    if (note == nullptr || note->words.empty()) continue;
    const std::string_view label = note->words.front().text;
    for (ScanLine& line : lines)
      for (ScanWord& word : line.words) {
        const std::string_view mark = bare_mark(word.text);
        const bool leads = holds(jump->box, word) && is_mark(mark) && begins_with(label, mark);
        if (!leads || &line == note || size_of(*note) > small * size_of(line)) continue;
        word.raised_end = word.text.size();
        note->noted = true;
      }
  }
}

void tie_links(const PdfObjects& objects, std::size_t page, std::vector<ScanLine>& lines) {
  const auto first = std::lower_bound(objects.links.begin(), objects.links.end(), page,
                                      [](const PdfLink& link, std::size_t p) { return link.page < p; });
  for (auto link = first; link != objects.links.end() && link->page == page; ++link) {
    if (!leads_out(link->address)) continue;
    for (ScanLine& line : lines)
      for (ScanWord& word : line.words)
        if (holds(link->box, word)) word.address = link->address;
  }
}

}  // namespace emend
