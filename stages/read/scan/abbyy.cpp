// ABBYY FineReader XML 6 to 10: pages of blocks of paragraphs of lines, a character an element where it has places.
#include <algorithm>
#include <unordered_map>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"
#include "stages/read/scan/scan.h"
#include "stages/read/scan/xml_events.h"

namespace emend {

namespace {

Box box_of(const XmlAttributes& a) {
  return {static_cast<int>(a.number("l", 0)), static_cast<int>(a.number("t", 0)), static_cast<int>(a.number("r", 0)),
          static_cast<int>(a.number("b", 0))};
}

Box around(const Box& a, const Box& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

bool says_yes(std::string_view s) { return s == "1" || s == "true"; }

// The roles of paragraphs as version 10 has them among its styles.
ScanRole role_of_style(std::string_view role) {
  return role == "rt"                  ? ScanRole::header
         : role == "footnote"          ? ScanRole::note
         : role.starts_with("heading") ? ScanRole::head
                                       : ScanRole::none;
}

class Abbyy : public XmlEvents {
 public:
  explicit Abbyy(const TakePage& take) : take_(take) {}
  std::size_t pages() const { return pages_; }

  void open(std::string_view name, const XmlAttributes& a) override {
    if (name == "page") {
      page_ = {};
      page_.image.box = {0, 0, static_cast<int>(a.number("width", 0)), static_cast<int>(a.number("height", 0))};
      in_page_ = true;
    } else if (name == "paragraphStyle") {
      if (const ScanRole role = role_of_style(a.get("role")); role != ScanRole::none)
        roles_.emplace(std::string(a.get("id")), role);
    } else if (name == "block") {
      page_.regions.emplace_back();
    } else if (name == "start" || name == "end") {
      (name == "start" ? from_ : to_) =
          Box{static_cast<int>(a.number("x", 0)), static_cast<int>(a.number("y", 0)), 0, 0};
    } else if (name == "par") {
      begins_ = true;
      const auto found = roles_.find(std::string(a.get("style")));
      role_ = found == roles_.end() ? ScanRole::none : found->second;
    } else if (name == "line") {
      line_ = {};
      line_.box = box_of(a);
      in_line_ = true;
    } else if (name == "formatting") {
      raised_ = says_yes(a.get("superscript"));
    } else if (name == "charParams") {
      letter_.clear();
      in_letter_ = true;
      letter_box_ = box_of(a);
      letter_sure_ = says_yes(a.get("suspicious")) ? 0 : static_cast<int>(a.number("charConfidence", -1));
    } else if (name == "charRecVariants" || name == "wordRecVariants") {
      ++variants_;
    }
  }

  void close(std::string_view name) override {
    if (name == "charParams") {
      end_letter();
    } else if (name == "formatting") {
      end_loose();
    } else if (name == "line") {
      end_line();
    } else if (name == "separator") {
      page_.rules.push_back({std::min(from_.left, to_.left), std::min(from_.top, to_.top),
                             std::max(from_.left, to_.left) + 1, std::max(from_.top, to_.top) + 1});
    } else if (name == "charRecVariants" || name == "wordRecVariants") {
      --variants_;
    } else if (name == "page" && in_page_) {
      in_page_ = false;
      ++pages_;
      take_(std::move(page_));
      page_ = {};
    }
  }

  void text(std::string_view s) override {
    if (!in_line_ || variants_ > 0) return;
    (in_letter_ ? letter_ : loose_) += s;
  }

 private:
  void end_letter() {
    in_letter_ = false;
    if (letter_.empty() || is_blank(first_character(letter_))) return end_word();
    if (raised_ && word_.raised_end == 0) word_.raised_begin = word_.text.size();
    word_.text += letter_;
    if (raised_) word_.raised_end = word_.text.size();
    word_.box = around(word_.box, letter_box_);
    if (letter_sure_ >= 0) word_.sure = word_.sure < 0 ? letter_sure_ : std::min(word_.sure, letter_sure_);
  }

  // Older files have the text of a run without its characters.
  void end_loose() {
    if (loose_.find_first_not_of(" \t\r\n") != loose_.npos) {
      end_word();
      add_words(line_, loose_, line_.words.empty() ? line_.box : Box{});
    }
    loose_.clear();
  }

  void end_word() {
    if (!word_.text.empty()) line_.words.push_back(std::move(word_));
    word_ = {};
  }

  void end_line() {
    end_loose();
    end_word();
    in_line_ = false;
    if (line_.words.empty()) return;
    constexpr std::string_view soft = "¬";  // where the line breaks a word
    std::string& last = line_.words.back().text;
    if (last.ends_with(soft)) last.replace(last.size() - soft.size(), soft.size(), "-");
    if (page_.regions.empty()) page_.regions.emplace_back();
    line_.begins = begins_;
    line_.role = role_;
    begins_ = false;
    page_.regions.back().lines.push_back(std::move(line_));
    line_ = {};
  }

  const TakePage& take_;
  ScanPage page_;
  ScanLine line_;
  ScanWord word_;
  std::unordered_map<std::string, ScanRole> roles_;
  ScanRole role_ = ScanRole::none;
  Box letter_box_, from_, to_;
  std::string letter_, loose_;
  int letter_sure_ = -1;
  std::size_t pages_ = 0, variants_ = 0;
  bool in_page_ = false, in_line_ = false, in_letter_ = false, raised_ = false, begins_ = false;
};

}  // namespace

void read_abbyy(const std::string& name, std::string_view bytes, const TakePage& take) {
  Abbyy reader(take);
  read_xml(name, bytes, false, reader);
  if (reader.pages() == 0)
    throw Error(Exit::input, name + ": is ABBYY XML without a page; there is nothing to convert");
}

}  // namespace emend
