// Elements that open and close over a growing text; what one of them holds is known when it closes.
#include "stages/read/blocks/html_text.h"

#include <algorithm>
#include <vector>

#include "pipeline/document/error.h"
#include "stages/read/blocks/blocks.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

constexpr std::string_view fences[][2] = {{"b", "**"}, {"strong", "**"}, {"i", "*"}, {"em", "*"}};
constexpr std::string_view blocks[] = {"p",  "div", "blockquote", "h1",  "h2", "h3", "h4", "h5",
                                       "h6", "ul",  "ol",         "pre", "li", "dl", "dt", "dd"};
constexpr std::string_view unread[] = {"head", "script", "style"};
constexpr std::string_view cells[] = {"tr", "td", "th"};

template <std::size_t n>
bool among(std::string_view name, const std::string_view (&all)[n]) {
  for (const std::string_view one : all)
    if (one == name) return true;
  return false;
}

class HtmlText : public XmlEvents {
 public:
  void open(std::string_view name, const XmlAttributes& a) override {
    if (unread_ > 0 || among(name, unread)) {
      ++unread_;
      return;
    }
    flush();
    Element e{std::string(name), 0, {}, false};
    if (name == "table") begin_line(), ++tables_;
    if (tables_ > 0 && (name == "table" || among(name, cells)))
      out_ += "<" + e.name + span(a, "colspan") + span(a, "rowspan") + ">";
    if (tables_ == 0 && among(name, blocks)) begin_line();
    if (tables_ == 0 && name == "li") out_ += "- ";
    if (name == "br") out_ += tables_ > 0 ? " " : "\n";
    if (name == "img") image(a);
    if (name == "a") e.said = a.get("href");
    if (name == "math") e.said = a.get("display"), ++verbatim_;
    if (name == "pre") ++verbatim_;
    e.begin = out_.size();
    for (const auto& fence : fences)
      if (name == fence[0]) continue_fence(e, fence[1]);
    open_.push_back(std::move(e));
  }

  void close(std::string_view name) override {
    if (unread_ > 0) {
      --unread_;
      return;
    }
    if (open_.empty()) return;
    flush();
    const Element e = std::move(open_.back());
    open_.pop_back();
    for (const auto& fence : fences)
      if (name == fence[0]) {
        enclose(e.begin, e.continues ? "" : fence[1], fence[1]);
        closed_ = {fence[1], out_.find_last_not_of(" \n") + 1};
      }
    if (name == "sup" || name == "sub") enclose(e.begin, "<" + e.name + ">", "</" + e.name + ">");
    if (name == "a" && e.said.find("://") != e.said.npos) enclose(e.begin, "[", "](" + e.said + ")");
    if (name == "math") {
      --verbatim_;
      const bool apart = e.said == "block" && tables_ == 0;
      enclose(e.begin, apart ? "\n$$\n" : "$", apart ? "\n$$\n" : "$");
    }
    if (name == "pre") --verbatim_;
    if (tables_ > 0 && (name == "table" || among(name, cells))) out_ += "</" + e.name + ">";
    if (name == "table") --tables_, out_ += '\n';
    if (tables_ == 0 && among(name, blocks)) begin_line();
  }

  void text(std::string_view s) override {
    if (unread_ == 0) text_ += s;
  }

  std::string take() {
    flush();
    out_.erase(0, std::min(out_.find_first_not_of(" \n"), out_.size()));
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
    return std::move(out_);
  }

 private:
  // Text comes in pieces, and an entity is one of its own.
  void flush() {
    if (verbatim_ > 0) {
      out_ += text_;
    } else {
      std::string plain;  // a row of blanks is one
      for (const char c : text_) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
          plain += c;
        else if (plain.empty() ? !out_.empty() && out_.back() != ' ' && out_.back() != '\n' : plain.back() != ' ')
          plain += ' ';
      }
      out_ += as_markdown(plain);
    }
    text_.clear();
  }

  struct Element {
    std::string name;
    std::size_t begin = 0;   // of what it holds
    std::string said;        // by the attribute that tells of it
    bool continues = false;  // the emphasis of one that closed right before it
  };

  // <i>ag</i><i>gregation</i> is one emphasis.
  void continue_fence(Element& e, std::string_view fence) {
    if (closed_.first != fence || closed_.second == 0 || out_.find_last_not_of(' ') + 1 != closed_.second) return;
    out_.erase(closed_.second - fence.size(), fence.size());
    e.begin = closed_.second - fence.size();
    e.continues = true;
  }

  void begin_line() {
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    if (!out_.empty() && out_.back() != '\n' && !out_.ends_with("\n- ")) out_ += '\n';
  }

  static std::string span(const XmlAttributes& a, std::string_view name) {
    const auto n = static_cast<int>(a.number(name, 1));
    return n > 1 && n < 1000 ? " " + std::string(name) + "=\"" + std::to_string(n) + "\"" : "";
  }

  void image(const XmlAttributes& a) {
    if (tables_ > 0 || a.get("src").empty()) return;
    std::string alt(a.get("alt"));
    std::erase_if(alt, [](char c) { return c == '[' || c == ']' || c == '\n'; });
    out_ += "![" + alt + "](" + std::string(a.get("src")) + ")";
  }

  // Signs around what stands behind `begin`, its blanks left outside.
  void enclose(std::size_t begin, std::string_view before, std::string_view behind) {
    const std::size_t first = out_.find_first_not_of(" \n", begin), last = out_.find_last_not_of(" \n") + 1;
    if (first == out_.npos || last <= first) return;
    out_.insert(last, behind);
    out_.insert(first, before);
  }

  std::string out_, text_;                           // what is written, and what the last tag left to be
  std::pair<std::string_view, std::size_t> closed_;  // the last fence, and where it ended
  std::vector<Element> open_;
  std::size_t unread_ = 0, tables_ = 0, verbatim_ = 0;
};

}  // namespace

std::string markdown_of_html(std::string_view html) {
  HtmlText text;
  read_xml("HTML", "<body>" + std::string(html) + "</body>", true, text);
  return text.take();
}

}  // namespace emend
