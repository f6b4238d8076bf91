// The measures of the whole book (how wide its characters are, how far its lines stand apart) against those of each
// line.
#include "stages/read/scan/look.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace emend {

namespace {

constexpr int told = 8;                 // columns of a line whose type can be measured
constexpr double display = 1.14;        // of the book's type
constexpr double exactly_small = 0.96;  // of the book's type, where the size of the font is known
constexpr double full_line = 0.12;      // of the measure may be missing at the end of a line that is full
constexpr double least_notes = 2.5;     // evidence for notes that no rule parts from the text
constexpr double at_margin = 0.04;      // of the measure: no line of a note ends further from the margin, but its last
constexpr std::size_t most_below = 2;   // lines of furniture below the notes

double median(std::vector<double> all) {
  if (all.empty()) return 0;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

struct Measures {
  std::array<double, 2> type{};  // of Latin and of Chinese lines
  double leading = 0, height = 0;
  double head_gap = 0;  // between the uppermost line of a page and the next, if that is the same on most pages
  bool bold = false, italic = false;        // so much of it is set so that it means nothing
  bool named = false, notes_named = false;  // the file says of regions what they are, and which are notes
};

struct Uppermost {
  std::size_t line = 0;
  double gap = 0;  // to the line below it; 0 if there is none
};

// By their places: engines may give a stamp below the page first.
Uppermost uppermost(const SeenPage& page) {
  const SeenLine *first = nullptr, *second = nullptr;
  for (const SeenLine& line : page.lines) {
    if (line.box.empty()) continue;
    if (first == nullptr || line.box.top < first->box.top)
      second = std::exchange(first, &line);
    else if (second == nullptr || line.box.top < second->box.top)
      second = &line;
  }
  if (second == nullptr) return {};
  return {static_cast<std::size_t>(first - page.lines.data()),
          std::max(0.0, 1.0 * second->box.top - first->box.bottom)};
}

bool alike(double gap, double usual) { return gap > 0.6 * usual && gap < 1.5 * usual; }

// The distance of running heads from the text: wider than that of its lines, and the same on most pages.
double head_gap(const std::vector<SeenPage>& pages, double usual) {
  constexpr std::size_t least_pages = 4;
  std::vector<double> gaps;
  for (const SeenPage& page : pages)
    if (const double gap = uppermost(page).gap; gap > 1.5 * usual) gaps.push_back(gap);
  if (gaps.size() < least_pages) return 0;
  const double middle = median(gaps);
  const auto same = std::count_if(gaps.begin(), gaps.end(), [&](double gap) { return alike(gap, middle); });
  return static_cast<std::size_t>(same) * 2 > pages.size() ? middle : 0;
}

double leading_between(const SeenLine& a, const SeenLine& b) {
  return a.box.empty() || b.box.empty() ? 0 : b.box.top - a.box.top;
}

// Whether a third of the book is set bold, and in italics.
std::pair<bool, bool> usual_faces(const std::vector<SeenPage>& pages) {
  std::size_t all = 0, bold = 0, italic = 0;
  for (const SeenPage& page : pages)
    for (const SeenLine& line : page.lines) {
      all += line.at.size();
      for (const SeenFace& face : line.faces)
        bold += face.bold ? face.at.size() : 0, italic += face.italic ? face.at.size() : 0;
    }
  return {bold * 3 > all, italic * 3 > all};
}

// Those of the text: the upper lines of each page tell them, since notes may be more than half of a book.
Measures measures_of(const std::vector<SeenPage>& pages) {
  constexpr std::size_t enough = 10;  // lines
  std::array<std::vector<double>, 2> types;
  std::vector<double> leadings, heights;
  bool named = false, notes_named = false, exact = false;
  for (const SeenPage& page : pages)
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const SeenLine& line = page.lines[i];
      named = named || line.role != ScanRole::none;
      notes_named = notes_named || line.role == ScanRole::note;
      if (i * 5 > page.lines.size() * 2) continue;
      exact = exact || line.exact;
      if (line.columns >= 2 * told && line.type > 0) types[line.han].push_back(line.type);
      if (line.box.empty()) continue;
      heights.push_back(line.box.height());
      const double leading = i == 0 ? 0 : leading_between(page.lines[i - 1], line);
      if (leading > 0) leadings.push_back(leading);
    }
  // The lines in the other script of a book may all be of its notes.
  const std::size_t most = types[0].size() + types[1].size();
  Measures m;
  const auto [bold, italic] = usual_faces(pages);
  m.bold = bold;
  m.italic = italic;
  m.named = named;
  m.notes_named = notes_named;
  for (const std::size_t script : {0u, 1u})
    if (types[script].size() >= enough && types[script].size() * 3 > most)
      m.type[script] = median(std::move(types[script]));
  if (exact)  // sizes are the same in both scripts
    for (double& type : m.type) type = std::max(type, std::max(m.type[0], m.type[1]));
  m.leading = median(std::move(leadings));
  m.height = median(std::move(heights));
  m.head_gap = head_gap(pages, std::max(1.0, m.leading - m.height));
  return m;
}

// What the notes of a page say of the next.
struct Carried {
  bool open = false;  // the last one fills its last line
  int number = 0;     // of the last one
};

class PageLook {
 public:
  PageLook(const SeenPage& page, const Measures& book, Carried& carried, std::vector<Witness>& out)
      : page_(page), book_(book), carried_(carried), out_(out) {
    for (const SeenLine& line : page.lines)
      if (!line.box.empty()) {
        left_ = right_ > 0 ? std::min<double>(left_, line.box.left) : line.box.left;
        right_ = std::max<double>(right_, line.box.right);
      }
    std::vector<double> ends;  // of long lines: most end at the margin
    for (const SeenLine& line : page.lines)
      if (line.box.width() > 0.6 * (right_ - left_)) ends.push_back(line.box.right);
    margin_ = median(std::move(ends));
  }

  void say() {
    const auto [first, last, by] = find_notes();
    const auto& lines = page_.lines;
    head_ = lines.size();
    if (const Uppermost top = uppermost(page_); book_.head_gap > 0 && alike(top.gap, book_.head_gap)) head_ = top.line;
    for (std::size_t i = 0; i < lines.size();) {
      const std::size_t from = i++;
      const SeenLine& line = lines[from];
      if (line.role == ScanRole::head)
        while (i < lines.size() && lines[i].role == ScanRole::head && !lines[i].begins) ++i;
      const Span at{line.at.begin, lines[i - 1].at.end};
      if (line.role != ScanRole::none)
        say_role(line, at);
      else if (first <= from && from < last)
        out_.push_back({at, "foot", by, end_of(line)});
      else if (from == head_)
        out_.push_back({at, "edge", "scan.edge", is_display(line) ? "place=top\n" + size_of(line) : "place=top"});
      else if (is_display(line))
        out_.push_back({at, "display", "scan.display", size_of(line)});
      for (std::size_t k = from; k < i; ++k) say_words(lines[k]);
    }
    carried_.open = first < last && lines[last - 1].box.right > right_ - full_line * (right_ - left_);
    for (std::size_t i = first; i < last; ++i)
      if (counts_on(lines[i])) carried_.number = lines[i].number;
  }

 private:
  struct Notes {
    std::size_t first = 0, last = 0;
    std::string_view by;
  };

  // Whether the line ends at the margin, as all of a note but its last do.
  std::string end_of(const SeenLine& line) const {
    if (line.box.empty() || margin_ <= left_) return "";
    return line.box.right < margin_ - at_margin * (margin_ - left_) ? "ends=short" : "ends=full";
  }

  void say_words(const SeenLine& line) {
    const std::size_t from = out_.size();
    for (const Span raised : line.raised) out_.push_back({raised, "raised", "scan.raised", ""});
    for (const SeenLine::Unsure& word : line.unsure)
      out_.push_back({word.at, "unsure", "scan.unsure", "sure=" + std::to_string(word.sure)});
    for (const SeenFace& face : line.faces) {
      const std::string rend = std::string(face.bold && !book_.bold ? "bold" : "") +
                               (face.bold && !book_.bold && face.italic && !book_.italic ? " " : "") +
                               (face.italic && !book_.italic ? "italic" : "");
      if (!rend.empty()) out_.push_back({face.at, "hi", "scan.face", "rend=" + rend});
    }
    for (const SeenLine::Link& link : line.links)
      out_.push_back({link.at, "ref", "scan.link", "target=" + link.address});
    std::stable_sort(out_.begin() + static_cast<std::ptrdiff_t>(from), out_.end(),
                     [](const Witness& a, const Witness& b) { return a.at.begin < b.at.begin; });
  }

  void say_role(const SeenLine& line, Span at) {
    const std::string numbered = line.numbered ? "numbered=1" : "";
    switch (line.role) {
      case ScanRole::head:
        if (line.level > 0)
          return out_.push_back({at, "head", "scan.outline", "level=" + std::to_string(line.level) + "\nnested=1"});
        return out_.push_back({at, "head", "scan.region", ""});
      case ScanRole::note: return out_.push_back({at, "foot", "scan.region", end_of(line)});
      case ScanRole::header: return out_.push_back({at, "header", "scan.region", numbered});
      case ScanRole::footer: return out_.push_back({at, "footer", "scan.region", numbered});
      case ScanRole::page_number: return out_.push_back({at, "pageNum", "scan.region", ""});
      case ScanRole::catchword: return out_.push_back({at, "catch", "scan.region", ""});
      case ScanRole::signature: return out_.push_back({at, "sig", "scan.region", ""});
      case ScanRole::stamp: return out_.push_back({at, "watermark", "scan.region", ""});
      case ScanRole::none: return;
    }
  }

  static bool is_told(const SeenLine& line) { return line.type > 0 && (line.exact || line.columns >= told); }

  double ratio(const SeenLine& line) const {
    const double usual = book_.type[line.han];
    return usual > 0 && is_told(line) ? line.type / usual : 1;
  }

  bool is_display(const SeenLine& line) const {
    return ratio(line) >= display && line.box.height() > 1.1 * book_.height && line.columns < 80;
  }

  std::string size_of(const SeenLine& line) const { return "size=" + std::to_string(std::lround(100 * ratio(line))); }

  // Evidence for smaller type, or against it: by the width of the characters, and by the leading.
  double smaller(std::size_t i, std::size_t end) const {
    const auto& lines = page_.lines;
    const double seen = lines[i].exact ? 1 : std::min(1.0, lines[i].columns / 30.0),
                 limit = lines[i].exact ? exactly_small : 0.93;
    const double usual = book_.type[lines[i].han];
    double evidence =
        usual > 0 && is_told(lines[i]) ? seen * std::clamp((limit - lines[i].type / usual) / 0.04, -2.0, 2.0) : 0;
    const double leading = i + 1 < end ? leading_between(lines[i], lines[i + 1])
                           : i > 0     ? leading_between(lines[i - 1], lines[i])
                                       : 0;
    const double tight = book_.leading > 0 ? leading / book_.leading : 1;
    if (tight > 0.4 && tight < 1.15) evidence += std::clamp((0.92 - tight) / 0.06, -1.0, 1.0);
    return evidence;
  }

  // Lines that stand far below the others, as page numbers do.
  std::size_t end_of_text() const {
    const auto& lines = page_.lines;
    std::size_t end = lines.size();
    for (std::size_t n = 0; n < most_below && end > 1; ++n) {
      const SeenLine& line = lines[end - 1];
      const double gap = line.box.empty() || lines[end - 2].box.empty() ? 0 : line.box.top - lines[end - 2].box.bottom;
      if ((gap < 0.9 * book_.height && line.role == ScanRole::none) || rule_above(end - 1) == 2 || is_note(line)) break;
      --end;
    }
    return end;
  }

  // Small, and it begins as notes do: so certain only where the font is known.
  bool is_note(const SeenLine& line) const { return line.exact && line.noted && ratio(line) <= exactly_small; }

  // A rule between the line and the one before: 2 if it is short and begins at the margin, as those above notes do.
  int rule_above(std::size_t i) const {
    if (page_.lines[i].box.empty()) return 0;
    const double above = i == 0 ? 0 : page_.lines[i - 1].box.bottom, below = page_.lines[i].box.top;
    int best = 0;
    for (const Box& rule : page_.rules) {
      const double middle = (rule.top + rule.bottom) / 2.0, width = rule.width(), page = right_ - left_;
      if (rule.height() > std::max(12.0, 0.5 * book_.height) || middle < above - 4 || middle > below + 4) continue;
      const bool is_short = width > 0.08 * page && width < 0.75 * page && rule.left < left_ + 0.15 * page;
      best = std::max(best, is_short ? 2 : width >= 0.75 * page ? 1 : 0);
    }
    return best;
  }

  // Where the file names its regions, type alone tells none.
  Notes find_notes() const {
    if (book_.notes_named) return {};
    const auto& lines = page_.lines;
    const std::size_t end = end_of_text();
    double sum = 0, best = 0;
    Notes notes;
    for (std::size_t s = end; s-- > 1;) {
      if (lines[s].exact && ratio(lines[s]) > exactly_small) break;  // notes are set in one size to their end
      sum += smaller(s, end);
      const int rule = rule_above(s);
      const double gap = lines[s].box.top - lines[s - 1].box.bottom, usual = book_.leading - book_.height;
      // Where fonts are known, so are the spaces of the notes themselves.
      const double within = s + 1 < end ? std::max(0, lines[s + 1].box.top - lines[s].box.bottom) : 0;
      const bool apart = gap > (lines[s].exact ? std::min(within, usual) : usual) + 0.3 * book_.height;
      const double score = sum + (rule == 2 ? 3 : rule) + (apart ? 0.5 : 0);
      const bool ruled = rule == 2 && score >= 2.5;
      const bool typed = lines[s].exact ? is_note(lines[s]) || (apart && starts_notes(s, end, sum))
                                        : s > 1 && seems_notes(s, end, sum) &&
                                              (rule > 0 || (apart && labelled_after(s, end)) || lines[s].labelled);
      if ((ruled || typed) && score > best) {
        best = score;
        notes = {s, end, ruled ? "scan.note-rule" : "scan.note-type"};
      }
    }
    return notes;
  }

  bool counts_on(const SeenLine& line) const {
    return line.number > 0 && (line.number == 1 || line.number == carried_.number + 1);
  }

  // A page may begin its notes with the rest of one. Small type alone is that of examples and tables as well: with
  // fonts known, labels are, and so are marks above them.
  bool goes_on_to_note(std::size_t s, std::size_t end) const {
    const auto raises = [](const SeenLine& line) { return !line.raised.empty(); };
    const auto& lines = page_.lines;
    for (std::size_t k = s; k < end; ++k)
      if (is_note(lines[k])) return true;
    if (carried_.open) return true;
    return lines[s].labelled && std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(s), raises);
  }

  bool seems_notes(std::size_t s, std::size_t end, double sum) const {
    return !book_.named && sum >= least_notes && sum >= 0.5 * static_cast<double>(end - s);
  }

  // Small type below a gap, where fonts are known.
  bool starts_notes(std::size_t s, std::size_t end, double sum) const {
    return (sum > 0 && counts_on(page_.lines[s])) || (sum >= least_notes && goes_on_to_note(s, end));
  }

  bool labelled_after(std::size_t s, std::size_t end) const {
    for (std::size_t k = s; k < end; ++k)
      if (page_.lines[k].labelled) return true;
    return false;
  }

  const SeenPage& page_;
  const Measures& book_;
  Carried& carried_;
  std::vector<Witness>& out_;
  double left_ = 0, right_ = 0, margin_ = 0;
  std::size_t head_ = 0;  // the line that stands as running heads do
};

}  // namespace

std::vector<Witness> witnesses(const std::vector<SeenPage>& pages) {
  const Measures book = measures_of(pages);
  std::vector<Witness> all;
  Carried carried;
  for (const SeenPage& page : pages) PageLook(page, book, carried, all).say();
  return all;
}

}  // namespace emend
