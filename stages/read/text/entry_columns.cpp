// Finding contents lists whose entries are in pieces.
//
// PDF extraction without layout prints a list column by column: all numbers, all titles, all pages. Transcripts run
// entries together in one line. Both are known by their pages: numbers that rise, as many as there are titles. That the
// titles belong to them is shown by dots behind them, or by the text, which has them again as lines.
#include <algorithm>
#include <optional>

#include "pipeline/rules/numbering.h"
#include "pipeline/text/locus.h"
#include "pipeline/text/script.h"
#include "stages/read/text/columns.h"
#include "stages/read/text/entry_lines.h"
#include "stages/read/text/entry_titles.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_structure;
}

namespace {

constexpr std::size_t fewest = 3;                        // entries
constexpr std::size_t longest_row = 8000;                // bytes
constexpr std::size_t longest_label = 16, widest = 240;  // columns

// A range of bytes of a line.
struct Part {
  std::size_t line = 0, begin = 0, end = 0;
};
using Entry = std::vector<Part>;

bool is_end_of_page(const RawLine& line) { return line.end.ends_with('\f'); }

// A page, also in Chinese numerals.
Number page_in(std::string_view s) {
  if (is_lone_locus(s)) return read_locus(s);
  const Number n = read_whole_number(trim(s));
  return n.form == Numeral::chinese ? n : Number{};
}

bool is_page(std::string_view s) { return static_cast<bool>(page_in(s)); }

bool is_empty(const RawLine& line) { return trim(line.body).empty(); }

class EntryColumns {
 public:
  explicit EntryColumns(std::string_view text) : lines_(raw_lines(text)) {}

  std::vector<EntryLines> find() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_page(lines_[i].body)) {
        const std::vector<std::size_t> pages = pages_from(i);
        if (pages.size() >= fewest) find_above(pages);
        i = pages.back();
      } else if (ends_in_page(lines_[i].body)) {
        i = find_within(i);
      }
      if (is_end_of_page(lines_[i])) top_ = i + 1;
    }
    return std::move(found_);
  }

 private:
  // The lines from `i` on that are pages which rise; none may be missing between two of one page.
  std::vector<std::size_t> pages_from(std::size_t i) const {
    std::vector<std::size_t> pages;
    Number before;
    for (; i < lines_.size(); ++i) {
      if (!is_empty(lines_[i])) {
        const Number n = page_in(lines_[i].body);
        if (!n || (before.form == n.form && n.value < before.value)) break;
        pages.push_back(i);
        before = n;
      }
      if (is_end_of_page(lines_[i])) break;
    }
    return pages;
  }

  // Pages that stand below their titles. A roman one behind arabic ones is that of the list itself.
  void find_above(std::vector<std::size_t> pages) {
    if (read_columns(pages) || read_rows(pages)) return;
    const Numeral last = page_in(lines_[pages.back()].body).form;
    pages.pop_back();
    if (page_in(lines_[pages.back()].body).form == last) return;
    if (pages.size() >= fewest && !read_columns(pages)) read_rows(pages);
  }

  // As many titles as there are pages; above them their numbers, if they stand apart.
  bool read_columns(const std::vector<std::size_t>& pages) {
    std::size_t first = pages.front();
    std::vector<Entry> entries = titles_above(first, pages.size(), pages.back());
    if (entries.size() < pages.size()) return false;
    if (first > top_ && is_entry(lines_[first - 1].body, pages.back())) return false;
    if (!put_labels(labels_above(first, entries.size()), entries, pages.back())) return false;
    for (std::size_t k = 0; k < pages.size(); ++k) entries[k].push_back(whole(pages[k]));
    return take(std::move(entries), pages.back());
  }

  // The last `most` titles above line `i`, which becomes the first line of theirs.
  std::vector<Entry> titles_above(std::size_t& i, std::size_t most, std::size_t last) {
    std::vector<Entry> titles;
    bool open = false;  // the last begins with dots, or with what stands before them
    while (i > top_ && titles.size() < most) {
      if (is_empty(lines_[--i])) continue;
      const std::string_view body = lines_[i].body;
      if (wider_than(body, widest) || is_page(body)) return {};
      const std::size_t lines = lines_of_title(i, last);
      if (open && lines == 0 && !has_leader(body)) {
        titles.back().insert(titles.back().begin(), whole(i));
        continue;
      }
      open = lines == 0 && has_leader(body);
      Entry& title = titles.emplace_back();
      i -= lines > 0 ? lines - 1 : 0;
      for (std::size_t k = 0; k < std::max<std::size_t>(lines, 1); ++k) title.push_back(whole(i + k));
    }
    std::reverse(titles.begin(), titles.end());
    return titles;
  }

  // How many lines a title takes that the text has, and that ends with line `i`; 0 if it has none.
  std::size_t lines_of_title(std::size_t i, std::size_t last) {
    constexpr std::size_t most_lines = 3;
    std::size_t found = 0;
    std::string title;
    for (std::size_t n = 1; n <= most_lines && i + 1 >= top_ + n; ++n) {
      const RawLine& line = lines_[i + 1 - n];
      if (is_empty(line) || (n > 1 && has_leader(line.body))) break;
      title = std::string(line.body) + (title.empty() ? "" : " ") + title;
      if (titles().line_of(title) > last) found = n;
    }
    return found;
  }

  // Numbers of headings that stand alone in their lines, above line `i`.
  std::vector<std::size_t> labels_above(std::size_t i, std::size_t most) const {
    std::vector<std::size_t> labels;
    while (i > top_ && labels.size() < most) {
      if (is_empty(lines_[--i])) continue;
      if (!is_label(lines_[i].body)) break;
      labels.push_back(i);
    }
    std::reverse(labels.begin(), labels.end());
    return labels;
  }

  // A label to each entry; where there are fewer, to those whose heading in the text has it.
  bool put_labels(const std::vector<std::size_t>& labels, std::vector<Entry>& entries, std::size_t last) {
    std::size_t used = 0;
    for (Entry& entry : entries) {
      if (used == labels.size()) break;
      const std::string labelled = words(lines_[labels[used]].body) + " " + words_of(entry);
      const bool belongs = labels.size() == entries.size() || titles().line_of(labelled) > last;
      if (belongs) entry.insert(entry.begin(), whole(labels[used++]));
    }
    return used == labels.size();
  }

  // One line or few above the pages, with several entries each; what stands before the first may be the list's title.
  bool read_rows(const std::vector<std::size_t>& pages) {
    std::size_t i = pages.front(), first;
    while (i > top_ && is_empty(lines_[i - 1])) --i;
    for (first = i; first > top_ && !is_empty(lines_[first - 1]) && i - first < pages.size(); --first)
      if (is_page(lines_[first - 1].body) || lines_[first - 1].body.size() > longest_row) return false;
    std::vector<Entry> entries;
    for (std::size_t line = first; line < i; ++line) cut_between_titles(line, pages.back(), entries);
    const std::size_t titled = entries.size() == pages.size() + 1;
    if (i - first >= pages.size() || entries.size() != pages.size() + titled) return false;
    for (std::size_t k = 0; k < pages.size(); ++k) entries[k + titled].push_back(whole(pages[k]));
    return take(std::move(entries), pages.back());
  }

  // Each entry begins with a number, or where the text has a title that begins so.
  void cut_between_titles(std::size_t line, std::size_t last, std::vector<Entry>& entries) {
    const std::string_view body = lines_[line].body;
    std::size_t begin = 0;
    const std::vector<std::size_t> words = words_in(body);
    for (std::size_t k = 0; k < words.size(); ++k) {
      const std::size_t at = words[k], known = end_of_title(body, words, k, last);
      if (at > begin && (known > 0 || read_numbering(rules(), body.substr(at)))) {
        entries.push_back({{line, begin, at}});
        begin = at;
      }
      while (known > 0 && k + 1 < words.size() && words[k + 1] < known) ++k;
      if (known > 0 && k + 1 < words.size()) {
        entries.push_back({{line, begin, words[k + 1]}});
        begin = words[k + 1];
      }
    }
    if (begin < body.size()) entries.push_back({{line, begin, body.size()}});
  }

  // Where the longest title ends that the text has and that begins with word `k`; 0 if there is none.
  std::size_t end_of_title(std::string_view body, const std::vector<std::size_t>& words, std::size_t k,
                           std::size_t last) {
    constexpr std::size_t most_words = 16;
    for (std::size_t n = std::min(words.size(), k + most_words); n > k; --n) {
      const std::size_t end = n < words.size() ? words[n] : body.size();
      if (is_title(trim(body.substr(words[k], end - words[k])), last)) return end;
    }
    return 0;
  }

  // Lines from `first` on that are titles and pages by turns, each but the last with several. Gives the last line.
  std::size_t find_within(std::size_t first) {
    std::vector<Entry> entries;
    Number before;
    std::size_t line = first, cut = 0;
    for (bool several = true; several && (line == first || ends_in_page(lines_[line].body)); ++line) {
      std::vector<Entry> of_line = cut_behind_pages(line, before);
      if (of_line.empty()) break;
      several = of_line.size() > 1;
      cut += several;
      entries.insert(entries.end(), of_line.begin(), of_line.end());
      if (line + 1 == lines_.size() || is_end_of_page(lines_[line])) several = false;
    }
    if (cut == 0 || entries.size() < fewest) return first;
    cut_before_first_title(entries, line - 1);
    return take(std::move(entries), line - 1) ? line - 1 : first;
  }

  // The title of the list stands before the first title that the text has.
  void cut_before_first_title(std::vector<Entry>& entries, std::size_t last) {
    const Part whole = entries.front().front();
    const std::string_view body = page_cut_off(lines_[whole.line].body.substr(whole.begin, whole.end - whole.begin));
    const std::vector<std::size_t> words = words_in(body);
    const auto title = std::find_if(words.begin(), words.end(), [&](std::size_t w) {
      return is_title(trim(without_leader(body.substr(w))), last);
    });
    if (title == words.end() || *title == 0) return;
    const std::size_t at =
        whole.begin + static_cast<std::size_t>(body.data() - lines_[whole.line].body.data()) + *title;
    entries.front().front().begin = at;
    entries.insert(entries.begin(), {{whole.line, whole.begin, at}});
  }

  // The line in pieces that end with pages which rise; none if something is left behind the last.
  std::vector<Entry> cut_behind_pages(std::size_t line, Number& before) const {
    const std::string_view body = lines_[line].body;
    const bool dotted = has_dots_within(body);
    std::vector<Entry> entries;
    std::size_t begin = 0;
    const std::vector<std::size_t> words = words_in(body);
    for (std::size_t k = 1; k < words.size(); ++k) {
      const std::size_t end = k + 1 < words.size() ? words[k + 1] : body.size();
      const Number n = page_in(trim(body.substr(words[k], end - words[k])));
      const std::string_view title = trim(body.substr(begin, words[k] - begin));
      const bool rises = before.form != n.form || n.value >= before.value;
      if (!n || !rises || !has_word(title) || (dotted && !has_leader(title))) continue;
      entries.push_back({{line, begin, end}});
      begin = end, before = n;
    }
    if (begin < body.size()) entries.clear();
    return entries;
  }

  static bool has_word(std::string_view s) {
    for (std::size_t i = 0; i < s.size();)
      if (const char32_t c = next_character(s, i); is_letter(c) || is_cjk(c)) return true;
    return false;
  }

  // Dots with words or a page behind them.
  static bool has_dots_within(std::string_view s) {
    std::size_t leaders = 0, dots = 0;
    for (std::size_t i = 0; i < s.size();) {
      const char32_t c = next_character(s, i);
      if (c == '.' || c == U'…' || c == U'·' || c == U'_')
        dots += c == U'…' ? 3 : 1;
      else if (!is_blank(c))
        leaders += dots >= 3, dots = 0;
    }
    return leaders > 0;
  }

  // A line that may have entries with their pages: its last word is one.
  static bool ends_in_page(std::string_view body) {
    constexpr std::size_t shortest = 12;  // bytes
    const std::string_view text = trim(body);
    const std::size_t blank = text.find_last_of(" \t");
    return text.size() >= shortest && text.size() <= longest_row && blank != text.npos &&
           is_digit(static_cast<unsigned char>(text.back())) && is_page(text.substr(blank));
  }

  // The bytes at which the words of a line begin.
  static std::vector<std::size_t> words_in(std::string_view body) {
    std::vector<std::size_t> words;
    bool blank = true;
    for (std::size_t i = 0; i < body.size();) {
      const std::size_t at = i;
      const bool is = is_blank(next_character(body, i));
      if (!is && blank) words.push_back(at);
      blank = is;
    }
    return words;
  }

  Part whole(std::size_t line) const { return {line, 0, lines_[line].body.size()}; }
  static std::string words(std::string_view s) { return std::string(trim(without_leader(s))); }

  // What the parts say but for the page and the dots before it.
  std::string words_of(const Entry& entry) const {
    std::string all;
    for (const Part& p : entry) {
      const std::string_view body = lines_[p.line].body;
      if (is_page(body) && all.size() > 0) continue;
      all.append(all.empty() ? "" : " ").append(words(body.substr(p.begin, p.end - p.begin)));
    }
    return all;
  }

  bool is_label(std::string_view body) const {
    const std::string text(trim(body));
    if (wider_than(text, longest_label)) return false;
    const Numbering n = read_numbering(rules(), text + " Title");
    return n && n.words > text.size();
  }

  bool is_title(std::string_view words, std::size_t last) {
    return has_word(words) && !has_leader(words) && titles().line_of(words) > last;
  }

  // A title, or a line with dots.
  bool is_entry(std::string_view body, std::size_t last) {
    return !trim(body).empty() && (has_leader(body) || is_title(body, last));
  }

  // Whether half of the entries stand in the text below, in this order; or have dots, and some stand there. Dots alone
  // are enough where pages stand below the titles, since no text is set so.
  bool are_entries(const std::vector<Entry>& entries, std::size_t last) {
    std::size_t dotted = 0, known = 0, before = last, apart = 0;
    for (const Entry& entry : entries) {
      for (const Part& p : entry)
        dotted += has_leader(page_cut_off(lines_[p.line].body.substr(p.begin, p.end - p.begin)));
      const std::size_t line = titles().line_of(page_cut_off(words_of(entry)));
      known += line > before;
      before = std::max(before, line);
      apart += entry.size() > 1;
    }
    if (known * 2 >= entries.size()) return true;
    return dotted * 2 >= entries.size() && (apart > 0 || known * 4 >= entries.size());
  }

  static std::string_view page_cut_off(std::string_view s) {
    s = trim(s);
    const std::size_t blank = s.find_last_of(" \t");
    return blank != s.npos && is_page(s.substr(blank)) ? trim(s.substr(0, blank)) : s;
  }

  // Makes a place of the entries if they are some; what else its lines hold follows them.
  bool take(std::vector<Entry> entries, std::size_t last) {
    if (!are_entries(entries, last)) return false;
    std::size_t first = last;
    for (const Entry& entry : entries) first = std::min(first, entry.front().line);
    std::vector<bool> taken(last + 1 - first);
    EntryLines place{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last + 1 - first), {}};
    for (const Entry& entry : entries) {
      auto& pieces = place.entries.emplace_back();
      for (const Part& p : entry) {
        pieces.push_back({static_cast<std::uint32_t>(p.line - first), static_cast<std::uint32_t>(p.end - p.begin),
                          &p != &entry.front() && is_page(lines_[p.line].body)});
        taken[p.line - first] = true;
      }
    }
    for (std::size_t i = 0; i < taken.size(); ++i)
      if (!taken[i] && !lines_[first + i].body.empty())
        place.entries.push_back(
            {{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(lines_[first + i].body.size())}});
    found_.push_back(std::move(place));
    top_ = last + 1;
    return true;
  }

  const PrintedTitles& titles() {
    if (!titles_) titles_.emplace(lines_);
    return *titles_;
  }

  const Rules& rules() const {
    static const Rules table({{embedded::rules_structure, "structure.rules"}}, Compile::at_first_use);
    return table;
  }

  std::vector<RawLine> lines_;
  std::vector<EntryLines> found_;
  std::size_t top_ = 0;               // the first line that a place may take
  std::optional<PrintedTitles> titles_;  // made when they are first asked for
};

}  // namespace

std::vector<EntryLines> find_entry_lines(std::string_view text) { return EntryColumns(text).find(); }

}  // namespace emend
