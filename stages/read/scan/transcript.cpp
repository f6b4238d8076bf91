// From places on the page to blanks and blank lines, by the measures of the page itself: the width of its characters,
// the height of its lines and the space between those around (medians, so that headings and stray marks do not count).
#include "stages/read/scan/transcript.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "stages/read/scan/raised.h"
#include "stages/read/scan/scan_rows.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

constexpr double room = 0.6;        // in heights of a line, more than lines around stand apart: a blank line
constexpr double exact_room = 0.4;  // the same where type is set to the point: as around a formula
constexpr double wide_gap = 4;      // in characters: wider than any gap of a justified line
constexpr double most_blanks = 60;  // of a gap or an indent
constexpr std::size_t neighbours = 6;

bool is_wide(char32_t c) { return c >= 0x2E80 && c <= 0xFF60; }

// In columns, a Chinese character being two wide.
int columns_of(std::string_view s) {
  int columns = 0;
  for (std::size_t i = 0; i < s.size();) columns += is_wide(next_character(s, i)) ? 2 : 1;
  return columns;
}

char32_t last_of(std::string_view s) {
  std::size_t i = s.size();
  while (i > 0 && (static_cast<unsigned char>(s[i - 1]) & 0xC0u) == 0x80u) --i;
  if (i > 0) --i;
  return s.empty() ? 0 : next_character(s, i);
}

char32_t first_of(std::string_view s) {
  std::size_t i = 0;
  return s.empty() ? 0 : next_character(s, i);
}

double median(std::vector<double> all, double otherwise) {
  if (all.empty()) return otherwise;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

// ①, *, [1] or (1), and no number that a page or a formula could have.
bool begins_as_note(std::string_view text) {
  const char32_t first = first_of(text);
  if ((first >= 0x2460 && first <= 0x2473) || (first >= 0x2776 && first <= 0x2793)) return true;
  if (first == '*' || first == 0x2020 || first == 0x2021) return true;
  constexpr std::u32string_view opening = U"([（［〔", closing = U")]）］〕";
  const std::size_t form = opening.find(first);
  if (form == opening.npos) return false;
  std::size_t i = 0, digits = 0;
  next_character(text, i);
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) ++digits;
  return digits > 0 && digits <= 3 && i < text.size() && next_character(text, i) == closing[form];
}

// 12 or ¹² at the beginning, with words and no stop behind it.
int number_of(std::string_view text) {
  constexpr std::u32string_view raised = U"⁰¹²³⁴⁵⁶⁷⁸⁹", stops = U".)]:,-–/）、．";
  int number = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_character(text, i);
    const std::size_t small = raised.find(c);
    if (small == raised.npos && !is_digit(c)) return stops.find(c) == stops.npos ? number : 0;
    number = 10 * number + (small == raised.npos ? static_cast<int>(c - '0') : static_cast<int>(small));
    if (number == 0 || number > 999) return 0;
  }
  return 0;
}

class Setting {
 public:
  explicit Setting(std::vector<ScanRow> rows) : rows_(std::move(rows)) {
    std::vector<double> widths, heights, lengths;
    for (const ScanRow& row : rows_) {
      for (const ScanWord* w : row.words)
        if (!w->box.empty() && w->text.size() > 2) widths.push_back(w->box.width() * 1.0 / columns_of(w->text));
      exact_ = exact_ || size_of(row.words) > 0;
      if (!row.box.empty()) heights.push_back(row.box.height());
      lengths.push_back(row.box.width());
    }
    width_ = std::max(1.0, median(std::move(widths), 1));
    height_ = median(std::move(heights), 1);
    length_ = median(std::move(lengths), 0);
    if (exact_) common_ = most_common_spaces();
  }

  // `seen` becomes how the lines look, with places in the text behind byte `base`.
  std::string text(std::size_t base, std::vector<SeenLine>* seen) const {
    std::vector<WordRow> all;
    for (const ScanRow& row : rows_) all.push_back(row.words);
    const double slope = seen == nullptr ? 0 : slope_of(all);
    std::string out;
    std::vector<Span> places;  // of the words of a row
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i > 0 && parted(i)) out.append(blank_lines(i), '\n');
      const std::size_t begin = out.size();
      out.append(indent(i), ' ');
      const WordRow& words = rows_[i].words;
      places.clear();
      for (std::size_t w = 0; w < words.size(); ++w) {
        if (w > 0) out.append(gap(*words[w - 1], *words[w]), ' ');
        const std::size_t at = base + out.size();
        out += words[w]->text;
        places.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(base + out.size())});
      }
      if (seen != nullptr)
        seen->push_back(look_of(rows_[i], std::string_view(out).substr(begin), base + begin, slope, places));
      out += '\n';
    }
    return out;
  }

 private:
  static SeenLine look_of(const ScanRow& row, std::string_view text, std::size_t base, double slope,
                          const std::vector<Span>& places) {
    SeenLine line;
    line.at = {static_cast<std::uint32_t>(base), static_cast<std::uint32_t>(base + text.size())};
    line.box = row.box;
    line.role = row.role;
    line.level = row.level;
    line.begins = row.begins;
    line.numbered = row.numbered;
    text = trim(text);
    line.columns = columns_of(text);
    const auto wide =
        static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xF0') == '\xE0'; }));
    line.han = wide * 4 > line.columns;
    line.type = line.columns > 0 ? row.box.width() * 1.0 / line.columns : 0;
    if (const double size = size_of(row.words); size > 0) line.type = size / 2, line.exact = true;
    line.labelled = !is_letter(first_of(text)) && !is_han(first_of(text));
    line.noted = row.noted || begins_as_note(text);
    line.labelled = line.labelled || row.noted;
    line.number = number_of(text);
    for (std::size_t w = 0; w < row.words.size(); ++w)
      if (is_unsure(*row.words[w])) line.unsure.push_back({places[w], row.words[w]->sure});
    line.faces = faces_of(row.words, places);
    line.links = links_of(row.words, places);
    for (const std::size_t w : raised_words(row.words, slope)) {
      const ScanWord& word = *row.words[w];
      line.labelled = line.labelled || w == 0;
      line.noted = line.noted || w == 0;
      if (word.raised_end > word.raised_begin)
        line.raised.push_back({places[w].begin + static_cast<std::uint32_t>(word.raised_begin),
                               places[w].begin + static_cast<std::uint32_t>(word.raised_end)});
      else
        line.raised.push_back(places[w]);
    }
    return line;
  }

  // Words beside each other that are set alike.
  static std::vector<SeenFace> faces_of(const WordRow& words, const std::vector<Span>& places) {
    std::vector<SeenFace> faces;
    for (std::size_t w = 0; w < words.size(); ++w) {
      const WordFace& face = words[w]->face;
      if (!face.bold && !face.italic) continue;
      const bool goes_on = !faces.empty() && w > 0 && faces.back().at.end == places[w - 1].end &&
                           faces.back().bold == face.bold && faces.back().italic == face.italic;
      if (goes_on)
        faces.back().at.end = places[w].end;
      else
        faces.push_back({places[w], face.bold, face.italic});
    }
    return faces;
  }

  // Words beside each other that lead to one place.
  static std::vector<SeenLine::Link> links_of(const WordRow& words, const std::vector<Span>& places) {
    std::vector<SeenLine::Link> links;
    for (std::size_t w = 0; w < words.size(); ++w) {
      const std::string& address = words[w]->address;
      if (address.empty()) continue;
      if (w > 0 && words[w - 1]->address == address)
        links.back().at.end = places[w].end;
      else
        links.push_back({places[w], address});
    }
    return links;
  }

  // Of the font in which most of its characters are set; 0 where the file does not say.
  static double size_of(const WordRow& words) {
    std::vector<double> sizes;
    for (const ScanWord* w : words)
      if (w->face.size > 0) sizes.insert(sizes.end(), std::max<std::size_t>(1, w->text.size()), w->face.size);
    return median(std::move(sizes), 0);
  }

  static bool is_unsure(const ScanWord& word) {
    constexpr int unsure = 80, hardly_read = 60;  // percent
    if (word.sure < 0 || word.sure >= unsure) return false;
    if (word.sure < hardly_read) return true;
    std::size_t letters = 0, others = 0;
    for (std::size_t i = 0; i < word.text.size();) ++(is_letter(next_character(word.text, i)) ? letters : others);
    return others > 0 || letters == 1;
  }

  bool below(std::size_t i) const {
    const Box &a = rows_[i - 1].box, &b = rows_[i].box;
    return !a.empty() && !b.empty() && b.bottom > a.bottom;
  }

  double space(std::size_t i) const { return rows_[i].box.top - rows_[i - 1].box.bottom; }

  // In whole units of a tenth of the height, which tell text from notes.
  long type_of(std::size_t i) const { return std::lround(10 * size_of(rows_[i].words) / height_); }

  // The space that most lines of each type have, if some have the same.
  std::map<long, double> most_common_spaces() const {
    constexpr std::size_t enough = 3;
    std::map<long, std::map<long, std::size_t>> times;  // by type, and by tenths of the height
    for (std::size_t i = 1; i < rows_.size(); ++i)
      if (below(i) && type_of(i) == type_of(i - 1)) ++times[type_of(i)][std::lround(10 * space(i) / height_)];
    std::map<long, double> common;
    for (const auto& [type, spaces] : times) {
      const auto most = std::max_element(spaces.begin(), spaces.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
      if (most->second >= enough) common[type] = static_cast<double>(most->first) * height_ / 10;
    }
    return common;
  }

  // The usual space between lines [first, last) and those before them, told by the `nearest` where they are many:
  // leading is one thing in the text and another in the notes.
  double usual_space(std::size_t first, std::size_t last, std::size_t nearest) const {
    std::vector<double> spaces;
    for (std::size_t i = std::max<std::size_t>(first, 1); i < std::min(last, rows_.size()); ++i)
      if (below(i)) spaces.push_back(space(i));
    if (spaces.size() < 3) return spaces.empty() ? 0 : *std::min_element(spaces.begin(), spaces.end());
    if (!exact_) return median(std::move(spaces), 0);
    std::sort(spaces.begin(), spaces.end());  // type is set to the point: what is wider is so on purpose
    const auto common = common_.find(type_of(std::min(nearest, rows_.size() - 1)));
    return common == common_.end() ? spaces[spaces.size() / 4] : std::min(spaces[spaces.size() / 4], common->second);
  }

  bool parted(std::size_t i) const {
    if (rows_[i].box.empty() || rows_[i - 1].box.empty()) return rows_[i].begins;
    if (!below(i) || rows_[i].begins) return true;
    const double above = usual_space(i < neighbours ? 0 : i - neighbours, i, i - 1);
    return space(i) >
           std::max(above, usual_space(i + 1, i + 1 + neighbours, i + 1)) + (exact_ ? exact_room : room) * height_;
  }

  // As many as would fill the space: headings have more than paragraphs.
  std::size_t blank_lines(std::size_t i) const {
    constexpr double most = 3;
    if (rows_[i].box.empty() || rows_[i - 1].box.empty() || !below(i)) return 1;
    const double usual = usual_space(i + 1, i + 1 + neighbours, i + 1), pitch = std::max(1.0, usual + height_);
    return static_cast<std::size_t>(1 + std::clamp((space(i) - usual) / pitch, 0.0, most - 1));
  }

  std::size_t blanks(double across) const {
    return static_cast<std::size_t>(std::lround(std::clamp(across / width_, 0.0, most_blanks)));
  }

  std::size_t gap(const ScanWord& a, const ScanWord& b) const {
    if (b.face.glued) return 0;
    const double across = a.box.empty() || b.box.empty() ? 0 : b.box.left - a.box.right;
    if (across > wide_gap * width_) return blanks(across);
    const bool before = is_wide(last_of(a.text)), behind = is_wide(first_of(b.text));
    const double blank = before && behind ? 0.8 : before || behind ? 0.3 : 0;
    return across < blank * height_ ? 0 : 1;
  }

  // The margin is what the long lines around have: a scan may be askew, and a page in columns.
  std::size_t indent(std::size_t i) const {
    const Box& box = rows_[i].box;
    if (box.empty()) return 0;
    int margin = box.left;
    const std::size_t last = std::min(rows_.size(), i + neighbours + 1);
    for (std::size_t k = i < neighbours ? 0 : i - neighbours; k < last; ++k) {
      const Box& other = rows_[k].box;
      if (other.width() > 0.6 * length_ && other.left < margin && other.right > box.left) margin = other.left;
    }
    const double across = box.left - margin;
    return across < 1.2 * width_ ? 0 : blanks(across);
  }

  std::vector<ScanRow> rows_;
  double width_ = 1, height_ = 1, length_ = 0;
  std::map<long, double> common_;  // spaces, by the type of the lines
  bool exact_ = false;             // the file has the size of its fonts
};

}  // namespace

std::string transcript_of(const ScanPage& page) { return Setting(rows_of(page)).text(0, nullptr); }

void add_transcript(const std::string& name, std::string_view bytes, ScanFormat format, std::string& out,
                    std::vector<SeenPage>* seen) {
  const std::size_t begin = out.size(), known = seen == nullptr ? 0 : seen->size();
  bool first = true;
  const TakePage take = [&](ScanPage&& page) {
    if (!first) out += '\f';
    first = false;
    SeenPage* look = seen == nullptr ? nullptr : &seen->emplace_back();
    out += Setting(rows_of(page)).text(out.size(), look == nullptr ? nullptr : &look->lines);
    if (look == nullptr) return;
    look->rules = std::move(page.rules), look->image = std::move(page.image), look->trouble = std::move(page.trouble);
    look->label = std::move(page.label), look->book = std::move(page.book);
  };
  if (format == ScanFormat::hocr) {
    try {
      read_hocr(name, bytes, false, take);
    } catch (const Error&) {  // some programs write HTML that is no XML
      if (!ends_as_html(bytes)) throw;
      out.resize(begin);
      first = true;
      if (seen != nullptr) seen->resize(known);
      read_hocr(name, bytes, true, take);
    }
  }
  if (format == ScanFormat::alto) read_alto(name, bytes, take);
  if (format == ScanFormat::page) read_page(name, bytes, take);
  if (format == ScanFormat::abbyy) read_abbyy(name, bytes, take);
  if (format == ScanFormat::djvu) read_djvu(name, bytes, take);
  if (format == ScanFormat::tsv) read_tsv(name, bytes, take);
  if (format == ScanFormat::pdf) read_pdf(name, bytes, take);
}

std::string transcript(const std::string& name, std::string_view bytes, ScanFormat format,
                       std::vector<SeenPage>* seen) {
  std::string out;
  add_transcript(name, bytes, format, out, seen);
  if (out.find_first_not_of('\f') == out.npos)
    throw Error(Exit::input, name + ": is " + std::string(format_name(format)) +
                                 " without a word of text; give the file that holds what was recognised");
  return out;
}

}  // namespace emend
