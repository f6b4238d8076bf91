// Blocks to Markdown as the stage `markup` reads it: what a block is stands in the text, as tags that hold it where
// Markdown has no sign for it, and nowhere else.
#include "stages/read/blocks/blocks.h"

#include <algorithm>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr int most_skipped = 10000;  // pages that a file leaves out at one place

struct Form {
  std::string_view name;
  ReadBlocks read;
};

constexpr Form forms[] = {
    {"MinerU", read_mineru},    {"MinerU", read_mineru_pages},
    {"Docling", read_docling},  {"Marker", read_marker},
    {"PaddleOCR", read_paddle}, {"dots.ocr", read_dots},
    {"olmOCR", read_olmocr},    {"Mistral OCR", read_mistral},
};

// The tags that hold what Markdown has no sign for; others stand for one page of HTML or another.
std::string_view tag_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::note: return "footnote";
    case BlockKind::header: return "header";
    case BlockKind::footer: return "footer";
    case BlockKind::page_number: return "page_number";
    case BlockKind::aside: return "aside";
    case BlockKind::caption: return "figcaption";
    default: return {};
  }
}

bool is_control(char c) { return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 0x7F; }

// Lines without the blanks around them; a control character is a blank.
std::vector<std::string> lines_of(std::string_view text, bool trimmed = true) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    std::replace_if(line.begin(), line.end(), is_control, ' ');
    lines.emplace_back(trimmed ? std::string(trim(line)) : line.substr(0, line.find_last_not_of(" \t") + 1));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  lines.erase(lines.begin(), std::find_if(lines.begin(), lines.end(), [](const std::string& s) { return !s.empty(); }));
  return lines;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const std::string& line : lines_of(text))
    if (!line.empty()) out += (out.empty() ? "" : " ") + line;
  return out;
}

bool is_row_of(std::string_view s, char c) {
  return s.size() > 2 && s.find_first_not_of(std::string{c, ' '}) == s.npos;
}

// A line of text that a sign of Markdown begins stays text.
std::string guarded(const std::string& line) {
  if (line.empty()) return line;
  const char c = line[0];
  const bool sign = std::string_view("#>+~|{").find(c) != std::string_view::npos ||
                    (c == '*' && line.size() > 1 && line[1] == ' ') || is_row_of(line, '-') || is_row_of(line, '*') ||
                    is_row_of(line, '_') || line.starts_with("```");
  return sign ? "\\" + line : line;
}

// A sign of a bullet, or of a number that counts items.
bool has_bullet(std::string_view s) {
  constexpr std::u32string_view bullets = U"-*+•●■◆▪‣◦○□·–—";
  return bullets.find(first_character(s)) != bullets.npos;
}
bool has_number(std::string_view s) {
  if (s.starts_with('[') || s.starts_with('(') || s.starts_with("（")) return true;
  const std::size_t i = std::min(s.find_first_not_of("0123456789"), s.size());
  if (i > 0 && i < s.size()) return s[i] == '.' || s[i] == ')' || s.substr(i).starts_with("、");
  const char32_t c = first_character(s);
  return c >= 0x2460 && c <= 0x2473;  // ①
}

std::string address(std::string_view url) {
  std::string out;
  for (const char c : url) {
    if (c == ')')
      out += "%29";
    else if (c == ' ')
      out += "%20";
    else if (!is_control(c) && c != '\n' && c != '\t')
      out += c;
  }
  return out;
}

// TeX without the signs around it.
std::string_view inside_fences(std::string_view s) {
  s = trim(s);
  constexpr std::pair<std::string_view, std::string_view> fences[] = {{"$$", "$$"}, {"\\[", "\\]"}, {"$", "$"}};
  for (const auto& [open, close] : fences)
    if (s.size() >= open.size() + close.size() && s.starts_with(open) && s.ends_with(close))
      return s.substr(open.size(), s.size() - open.size() - close.size());
  return s;
}

bool is_table(const Block& b) {
  return b.kind == BlockKind::table || (b.kind == BlockKind::markdown && b.text.starts_with("<table"));
}

bool begins_with(const Block& b, std::initializer_list<std::string_view> words) {
  const std::string_view text = trim(b.text);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}
bool says_figure(const Block& b) { return begins_with(b, {"Fig", "FIG", "Abb", "图", "圖", "図"}); }
bool says_table(const Block& b) { return begins_with(b, {"Tab", "TAB", "表"}); }

// A caption stands above its table and below its image, wherever the page has it.
std::vector<Block> with_captions_in_place(std::vector<Block> blocks) {
  const auto caption = [&](std::size_t i) { return i < blocks.size() && blocks[i].kind == BlockKind::caption; };
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!caption(i)) continue;
    const auto image = [&](std::size_t k) { return k < blocks.size() && blocks[k].kind == BlockKind::image; };
    const bool free_table =
        i > 0 && is_table(blocks[i - 1]) && !(i > 1 && caption(i - 2) && !says_figure(blocks[i - 2]));
    if (free_table && !says_figure(blocks[i]))
      std::swap(blocks[i - 1], blocks[i]);
    else if (!(i > 0 && image(i - 1)) && image(i + 1) && !says_table(blocks[i]))
      std::swap(blocks[i], blocks[i + 1]), ++i;
  }
  return blocks;
}

class Writer {
 public:
  void page(BlockPage page) {
    page.blocks = with_captions_in_place(std::move(page.blocks));
    if (begun_) out_ += '\f';
    begun_ = true;
    in_list_ = false;
    // Tools set furniture behind the text of its page; in a book it stands at the edges, and notes above the lower one.
    const auto place = [](const Block& b) {
      const bool number = b.kind == BlockKind::page_number;
      if (b.kind == BlockKind::header || b.kind == BlockKind::footer || number)
        return b.upper.value_or(b.kind == BlockKind::header) ? 0 : 3;
      return b.kind == BlockKind::note ? 2 : 1;
    };
    for (int at = 0; at < 4; ++at)
      for (const Block& b : page.blocks)
        if (place(b) == at) block(b);
  }

  std::string take() { return std::move(out_); }

 private:
  void begin(bool item = false) {
    if (!out_.empty() && out_.back() != '\f' && !(item && in_list_)) out_ += '\n';
    in_list_ = item;
  }

  void line(std::string_view s) { out_.append(s).append("\n"); }

  void block(const Block& b) {
    switch (b.kind) {
      case BlockKind::image: return image(b);
      case BlockKind::formula: return formula(b);
      case BlockKind::code: return code(b);
      case BlockKind::table: return table(b);
      case BlockKind::markdown: return lines(b.text, false);
      case BlockKind::heading: return heading(b);
      case BlockKind::item: return item(b);
      case BlockKind::caption: return caption(b);
      case BlockKind::unknown: return tagged("div", " data-label=\"" + plain_name(b.label) + "\"", b);
      case BlockKind::text: return lines(b.text, true);
      default: return tagged(tag_of(b.kind), "", b);
    }
  }

  void lines(std::string_view text, bool guard) {
    const std::vector<std::string> all = lines_of(text, guard);
    if (all.empty()) return;
    begin();
    for (const std::string& s : all) line(guard ? guarded(s) : s);
  }

  void heading(const Block& b) {
    const std::string words = one_line(b.text);
    if (words.empty()) return;
    begin();
    line(std::string(static_cast<std::size_t>(std::clamp(b.level, 1, 6)), '#') + " " + words);
  }

  void item(const Block& b) {
    const std::string words = one_line(b.text);
    if (words.empty()) return;
    begin(true);
    const std::string indent(static_cast<std::size_t>(2 * std::clamp(b.level, 0, 20)), ' ');
    line(indent + (has_bullet(words) ? words : has_number(words) ? "<li>" + words + "</li>" : "- " + words));
  }

  void table(const Block& b) {
    const std::string html = one_line(b.text);
    const std::size_t first = html.find("<table"), last = html.rfind("</table>");
    if (first == html.npos) return lines(b.text, false);  // drawn with pipes
    begin();
    line(html.substr(first, last == html.npos ? last : last + 8 - first));  // out of a page of HTML
  }

  void image(const Block& b) {
    if (b.url.empty()) return tagged("div", " data-label=\"picture\"", b);
    begin();
    std::string words = one_line(b.text);
    std::erase_if(words, [](char c) { return c == '[' || c == ']'; });
    line("![" + words + "](" + address(b.url) + ")");
  }

  void formula(const Block& b) {
    const std::vector<std::string> all = lines_of(inside_fences(b.text));
    if (all.empty()) return;
    begin();
    line("$$");
    for (const std::string& s : all)
      if (!s.empty() && s != "$$") line(s);
    line("$$");
  }

  void code(const Block& b) {
    std::vector<std::string> all = lines_of(b.text, false);
    if (!all.empty() && trim(all.front()).starts_with("```") && trim(all.back()) == "```" && all.size() > 1) {
      all.pop_back();
      all.erase(all.begin());
    }
    if (all.empty()) return;
    const bool fenced =
        std::any_of(all.begin(), all.end(), [](const std::string& s) { return trim(s).starts_with("```"); });
    begin();
    line(fenced ? "~~~" : "```");
    for (const std::string& s : all) line(s);
    line(fenced ? "~~~" : "```");
  }

  // One of a figure says so to what reads the text where a table follows.
  void caption(const Block& b) { tagged("figcaption", says_figure(b) ? " class=\"figure\"" : "", b); }

  void tagged(std::string_view tag, const std::string& attributes, const Block& b) {
    std::vector<std::string> all = lines_of(b.text);
    std::erase_if(all, [](const std::string& s) { return s.empty(); });
    if (all.empty() && tag != "div") return;
    if (all.empty()) all.emplace_back();
    begin();
    for (std::string& s : all) s = guarded(s);
    all.front().insert(0, "<" + std::string(tag) + attributes + ">");
    all.back() += "</" + std::string(tag) + ">";
    for (const std::string& s : all) line(s);
  }

  static std::string plain_name(std::string_view label) {
    std::string out;
    for (const char c : label)
      if (out.size() < 40 && (is_ascii_letter(static_cast<unsigned char>(c)) || c == '_' || c == '-' ||
                              is_digit(static_cast<unsigned char>(c))))
        out += c;
    return out.empty() ? "nothing" : out;
  }

  std::string out_;
  bool begun_ = false, in_list_ = false;
};

}  // namespace

BlockPage& BlockPages::at(int page) {
  const auto size = static_cast<int>(pages_.size());
  if (page < 0 || page > size + most_skipped) page = std::max(0, size - 1);
  if (page >= size) pages_.resize(static_cast<std::size_t>(page) + 1);
  return pages_[static_cast<std::size_t>(page)];
}

std::string as_markdown(std::string_view plain) {
  std::string out;
  const auto letter = [&](std::size_t i) {
    return i < plain.size() &&
           (is_ascii_letter(static_cast<unsigned char>(plain[i])) || is_digit(static_cast<unsigned char>(plain[i])));
  };
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    const char next = i + 1 < plain.size() ? plain[i + 1] : '\0';
    const bool escaped = c == '*' || c == '`' || (c == '_' && !(i > 0 && letter(i - 1) && letter(i + 1))) ||
                         (c == '~' && next == '~') || (c == '<' && (letter(i + 1) || next == '/' || next == '!')) ||
                         (c == '[' && next == '^') || (c == ']' && next == '(') ||
                         (c == '\\' && std::string_view("*_#`[]<>{}()~$|!+-.\\t").find(next) != std::string_view::npos);
    if (escaped) out += '\\';
    out += c;
  }
  return out;
}

std::string blocks_text(const std::string& name, std::string_view bytes) {
  const Json file = read_json(name, bytes);
  std::string all;
  for (const Form& form : forms) {
    BlockPages pages;
    if (!all.ends_with(form.name)) all += (all.empty() ? "" : ", ") + std::string(form.name);
    if (!form.read(file, pages)) continue;
    Writer writer;
    for (const BlockPage& page : pages.all()) writer.page(page);
    std::string text = writer.take();
    if (text.find_first_not_of("\n\f ") == text.npos)
      throw Error(Exit::input, name + ": is JSON of " + std::string(form.name) +
                                   " without a word of text; there is nothing to convert");
    return text;
  }
  throw Error(Exit::input, name + ": is JSON, and not in a form that emend reads (" + all +
                               "); give the text that it holds, or what the tool writes as Markdown");
}

}  // namespace emend
