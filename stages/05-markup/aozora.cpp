// An annotation stands behind the words that it repeats (［＃「第一章」は中見出し］), or around them, on one line.
// Which forms there are is told by 青空文庫「注記一覧」; of those the layout and the grades of headings are read here.
#include "stages/05-markup/aozora.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::string_view opening = "［＃", closing = "］", legend = "【テキスト中に現れる記号について】",
                           copy_text = "底本：";
constexpr std::size_t head_lines = 100;      // the explanation of the signs stands below title and author
constexpr std::size_t longest_legend = 60;   // lines of it
constexpr std::size_t longest_foot = 60;     // lines of the note on the copy-text and those who made the file
constexpr std::size_t least_notes = 3;       // annotations that are believed without the explanation
constexpr std::size_t longest_reading = 90;  // bytes: thirty kana
constexpr std::size_t longest_base = 300;    // bytes from ｜ to the reading
constexpr std::size_t longest_said = 3000;   // bytes before an annotation where the words may stand that it repeats

/// What an annotation says.
enum class Says : std::uint8_t { unknown, layout, page, head, set };

struct Annotation {
  std::size_t begin = 0, end = 0;  // bytes of the line
  Says says = Says::unknown;
  int level = 0;           // of a heading
  std::string_view words;  // that it repeats; empty where it stands around them
  std::string_view rend;
};

constexpr std::array<std::pair<std::string_view, int>, 3> grades{{{"大見出し", 1}, {"中見出し", 2}, {"小見出し", 3}}};
constexpr std::array<std::string_view, 3> pages{"改ページ", "改丁", "改見開き"};
constexpr std::array<std::string_view, 8> layouts{"字下げ", "字上げ",   "地付き",     "字詰め",
                                                  "改段",   "左右中央", "本文終わり", "改行天付き"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> settings{
    {{"は太字", "rend=bold"}, {"は斜体", "rend=italic"}, {"に傍線", "rend=underline"}, {"傍点", ""}, {"縦中横", ""}}};

// The grade of 大見出し, 同行大見出し, 大見出し終わり …, or 0.
int grade_in(std::string_view said) {
  for (const auto& [name, level] : grades)
    if (said.find(name) != said.npos) return level;
  return 0;
}

// Reads what stands between ［＃ and ］.
void read_inside(std::string_view said, Annotation& a) {
  if (std::find(pages.begin(), pages.end(), said) != pages.end()) {
    a.says = Says::page;
    return;
  }
  const std::size_t quote = said.rfind("」");
  const std::string_view behind = quote == said.npos ? said : said.substr(quote + std::string_view("」").size());
  if (said.starts_with("「") && quote != said.npos) {
    const std::size_t from = std::string_view("「").size();
    a.words = said.substr(from, quote - from);
    a.level = grade_in(behind);
    if (a.level > 0) a.says = Says::head;
    for (const auto& [form, rend] : settings)
      if (a.level == 0 && behind.ends_with(form)) a.says = Says::set, a.rend = rend;
    return;
  }
  a.level = grade_in(said);
  if (a.level > 0) a.says = Says::head;
  for (const std::string_view form : layouts)
    if (a.level == 0 && said.find(form) != said.npos) a.says = Says::layout;
}

// The end of the annotation that begins at `begin`, whose words may hold another; npos if it does not end.
std::size_t end_of(std::string_view s, std::size_t begin) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at < s.size(); ++at) {
    if (s.substr(at).starts_with("［"))
      ++depth;
    else if (s.substr(at).starts_with(closing) && --depth == 0)
      return at + closing.size();
  }
  return s.npos;
}

std::vector<Annotation> annotations_in(std::string_view s) {
  std::vector<Annotation> found;
  for (std::size_t at = s.find(opening); at != s.npos; at = s.find(opening, at)) {
    const std::size_t end = end_of(s, at);
    if (end == s.npos) break;
    Annotation a;
    a.begin = at;
    a.end = end;
    // Behind ※ it describes the character that stands there.
    if (!s.substr(0, at).ends_with("※"))
      read_inside(s.substr(at + opening.size(), end - closing.size() - at - opening.size()), a);
    found.push_back(a);
    at = end;
  }
  return found;
}

// Whether nothing but kana stands there, which tells a reading from the title of a book.
bool is_reading(std::string_view s) {
  if (s.empty() || s.size() > longest_reading) return false;
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (!is_kana(c) && c != U'ー' && c != U'・' && c != U'、' && c != U'　') return false;
  }
  return true;
}

struct Change {
  std::size_t begin, end;
  std::string_view after;
  std::string_view rule;
};

class Reader {
 public:
  Reader(const Document& d, Proposal& out) : d_(d), out_(out) {}

  void run() {
    out_.meta("markup", "Aozora Bunko", Span{0, 0}, "markup.found");
    const auto [first, last] = frame_at_head();
    if (first < d_.lines.size()) declare_author(first);
    for (std::size_t i = 0; i < d_.lines.size(); ++i) {
      if (i == first) {
        out_.block(first, last, "fw", "type=watermark\npart=frame", "markup.frame");
        i = last;
      } else if (trim(text(i)).starts_with(copy_text) && is_foot(i)) {
        frame_at_foot(i);
        break;
      } else {
        read(i);
      }
    }
  }

 private:
  std::string_view text(std::size_t i) const { return d_.lines[i].text; }
  bool is_blank_line(std::size_t i) const { return trim(text(i)).empty(); }

  // The lines of hyphens around the explanation of the signs, and what is between them; none: past the end.
  std::pair<std::size_t, std::size_t> frame_at_head() const {
    const auto rule = [&](std::size_t i) {
      const std::string_view s = trim(text(i));
      return s.size() > 10 && s.find_first_not_of('-') == s.npos;
    };
    const std::size_t end = std::min(head_lines, d_.lines.size());
    for (std::size_t i = 0; i < end; ++i) {
      if (trim(text(i)) != legend) continue;
      const std::size_t first = i > 0 && rule(i - 1) ? i - 1 : i;
      for (std::size_t k = i + 1; k < std::min(d_.lines.size(), i + longest_legend); ++k)
        if (rule(k)) return {first, k};
    }
    return {d_.lines.size(), d_.lines.size()};
  }

  // Above the explanation stand the title and, last, who wrote the book; below him, who put it into Japanese.
  void declare_author(std::size_t frame) {
    std::size_t last = frame;
    while (last > 0 && is_blank_line(last - 1)) --last;
    while (last > 0 && trim(text(last - 1)).ends_with("訳")) --last;
    if (last > 1 && !is_blank_line(last - 1) && !is_blank_line(0))
      out_.declare(last - 1, last - 1, "author", "", "markup.author");
  }

  bool is_foot(std::size_t i) const { return i + longest_foot > d_.lines.size(); }

  void frame_at_foot(std::size_t from) {
    for (std::size_t i = from, end; i < d_.lines.size(); i = end + 1) {
      for (end = i; end < d_.lines.size() && !is_blank_line(end);) ++end;
      if (end > i) out_.block(i, end - 1, "fw", "type=watermark\npart=frame", "markup.frame");
    }
  }

  void read(std::size_t i) {
    const std::string_view s = text(i);
    if (trim(s).empty()) return;
    std::vector<Change> changes;
    int level = 0;
    bool page = false;
    std::string words;  // of the line, without what is hidden
    std::string_view said;
    std::size_t from = 0;
    for (const Annotation& a : annotations_in(s)) {
      words += s.substr(from, a.begin - from);
      from = a.end;
      if (a.says == Says::unknown) {
        words += s.substr(a.begin, a.end - a.begin);
        continue;
      }
      changes.push_back({a.begin, a.end, "", "markup.hidden"});
      page = page || a.says == Says::page;
      if (a.says == Says::head) level = a.level, said = a.words;
      if (a.says == Says::set && !a.rend.empty()) set(i, a);
    }
    words += s.substr(from);
    const bool whole = said.empty() || trim_wide(words) == trim_wide(said);
    readings(s, changes);
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.begin < b.begin; });
    for (const Change& c : changes) out_.edit(d_.lines[i], c.begin, c.end, c.after, c.rule);
    if (level > 0 && whole && !trim_wide(words).empty())
      out_.declare(i, i, "head", "level=" + std::to_string(level), "markup.head");
    begin_page(i, page, trim_wide(words).empty());
  }

  static std::string_view trim_wide(std::string_view s) {
    constexpr std::string_view wide = "　";
    s = trim(s);
    while (s.starts_with(wide)) s = trim(s.substr(wide.size()));
    while (s.ends_with(wide)) s = trim(s.substr(0, s.size() - wide.size()));
    return s;
  }

  // A page begins with the first words behind the annotation.
  void begin_page(std::size_t i, bool page, bool hidden) {
    if (page_begins_ && !hidden) {
      if (!pages_ && first_ < i) out_.page(d_.lines[first_], {}, false, "markup.page", {100, {}});
      out_.page(d_.lines[i], {}, false, "markup.page", {100, "the source marks it"});
      pages_ = true;
      page_begins_ = false;
    }
    if (!hidden && first_ == none) first_ = i;
    page_begins_ = page_begins_ || page;
  }

  // The words that an annotation repeats stand right before it.
  void set(std::size_t i, const Annotation& a) {
    if (a.words.empty()) return;
    const std::size_t from = a.begin > longest_said ? a.begin - longest_said : 0;
    const std::size_t at = text(i).substr(from, a.begin - from).rfind(a.words);
    if (at != text(i).npos)
      out_.phrase(d_.lines[i], from + at, from + at + a.words.size(), "hi", a.rend, "markup.emphasis");
  }

  // 青空《あおぞら》 reads 青空（あおぞら）; ｜ shows where the words begin that have the reading.
  static void readings(std::string_view s, std::vector<Change>& changes) {
    constexpr std::string_view open = "《", close = "》", bar = "｜";
    const std::size_t hidden = changes.size();  // they come in order
    std::size_t next = 0, behind = 0;           // the next of them; where the last reading ends
    for (std::size_t at = s.find(open); at != s.npos; at = s.find(open, at + open.size())) {
      while (next < hidden && changes[next].end <= at) behind = changes[next++].end;
      if (next < hidden && changes[next].begin <= at) continue;
      const std::string_view rest = s.substr(at + open.size(), longest_reading + close.size());
      const std::size_t size = rest.find(close);
      if (at == 0 || size == rest.npos || !is_reading(rest.substr(0, size))) continue;
      const std::size_t from = std::max(behind, at > longest_base ? at - longest_base : 0);
      const std::size_t begin = s.substr(from, at - from).rfind(bar);
      if (begin != s.npos) changes.push_back({from + begin, from + begin + bar.size(), "", "markup.hidden"});
      const std::size_t end = at + open.size() + size;
      changes.push_back({at, at + open.size(), "（", "markup.reading"});
      changes.push_back({end, end + close.size(), "）", "markup.reading"});
      behind = end + close.size();
    }
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  const Document& d_;
  Proposal& out_;
  std::size_t first_ = none;  // line of words
  bool page_begins_ = false, pages_ = false;
};

}  // namespace

bool is_from_aozora(const Document& d) {
  std::size_t notes = 0;
  for (std::size_t i = 0; i < d.lines.size(); ++i) {
    const std::string_view s = d.lines[i].text;
    if (i < head_lines && trim(s) == legend) return true;
    if (s.find(opening) == s.npos) continue;
    for (const Annotation& a : annotations_in(s)) notes += a.says != Says::unknown;
    if (notes >= least_notes) return true;
  }
  return false;
}

void read_aozora(const Document& d, Proposal& out) { Reader(d, out).run(); }

}  // namespace emend
