// md4c, which gives what it reads as views of the text it was given, so that places are exact to the byte.
//
// Its blocks are not asked for. It has no places for those without words (rules, fences, empty items), and CommonMark's
// blocks take words away from what is no Markdown by the letter: a fence that OCR left open holds the rest of the book,
// `1986. War` is an item, a rule between pages makes the paragraph above it a heading, the cells of a row that is
// longer than the first are dropped, `[1]: Smith` defines a link. Its emphasis, code, links, images, tags and escapes
// hold.
#include "stages/05-markup/commonmark.h"

#include <md4c.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "stages/05-markup/stand_in.h"

namespace emend {

namespace {

constexpr std::string_view words_before = "x ";  // a line that begins with words begins no block

class Listener {
 public:
  // `original` has the same places as the text, which stands in for it; `begins` are those of the lines' own words.
  Listener(std::string_view text, std::string_view original, const std::vector<std::size_t>& begins)
      : text_(text), original_(original), begins_(begins) {
    said.lines.resize(begins.size());
  }

  void enter(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_IMG && images_++ == 0) return open_image(*static_cast<MD_SPAN_IMG_DETAIL*>(detail));
    if (type == MD_SPAN_A) {
      link_ = said.targets.size();
      said.targets.push_back(value(static_cast<MD_SPAN_A_DETAIL*>(detail)->href));
    }
    set_look(type, 1);
  }

  void leave(MD_SPANTYPE type) {
    if (type == MD_SPAN_IMG && --images_ == 0) return close_image();
    if (type == MD_SPAN_A) link_ = PhrasePiece::no_link;
    set_look(type, -1);
  }

  void text(MD_TEXTTYPE type, std::string_view s) {
    // Line ends, and what stands for bytes that no text has, are texts of the parser's own.
    if (s.empty() || !in_text(s.data())) return;
    const auto begin = static_cast<std::size_t>(s.data() - text_.data());
    at_ = begin + s.size();
    if (images_ > 0) {
      if (words_begin_ == none) words_begin_ = begin;
      words_end_ = at_;
      return;
    }
    while (line_ + 1 < begins_.size() && begin + words_before.size() >= begins_[line_ + 1]) ++line_;
    const std::size_t first = std::max(begin, begins_[line_]);
    if (first < at_) add({kind_of(type), looks(), first - begins_[line_], at_ - begins_[line_], link_});
  }

  Paragraph said;

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  void add(const PhrasePiece& piece) {
    std::vector<PhrasePiece>& pieces = said.lines[line_];
    if (piece.kind != PieceKind::text || pieces.empty() || !goes_on(pieces.back(), piece))
      pieces.push_back(piece);
    else
      pieces.back().end = piece.end;
  }

  static bool goes_on(const PhrasePiece& a, const PhrasePiece& b) {
    return a.kind == b.kind && a.end == b.begin && a.looks == b.looks && a.link == b.link;
  }

  static PieceKind kind_of(MD_TEXTTYPE type) {
    switch (type) {
      case MD_TEXT_CODE: return PieceKind::code;
      case MD_TEXT_HTML: return PieceKind::html;
      case MD_TEXT_ENTITY: return PieceKind::entity;
      default: return PieceKind::text;
    }
  }

  bool in_text(const char* at) const {
    const std::less<const char*> before;
    return at != nullptr && !before(at, text_.data()) && before(at, text_.data() + text_.size());
  }

  // An address, as it was written. One that the parser had to unescape is a copy, which may have what stands in.
  std::string value(const MD_ATTRIBUTE& a) const {
    if (in_text(a.text)) return std::string(original_.substr(static_cast<std::size_t>(a.text - text_.data()), a.size));
    return a.text == nullptr || text_ != original_ ? std::string() : std::string(a.text, a.size);
  }

  void set_look(MD_SPANTYPE type, int more) {
    if (type == MD_SPAN_STRONG) open_[0] += more;
    if (type == MD_SPAN_EM) open_[1] += more;
    if (type == MD_SPAN_DEL) open_[2] += more;
  }

  std::uint8_t looks() const {
    return static_cast<std::uint8_t>((open_[0] > 0 ? piece_bold : 0) | (open_[1] > 0 ? piece_italic : 0) |
                                     (open_[2] > 0 ? piece_struck : 0));
  }

  // Only marks of emphasis and of links stand between the last text and the image.
  void open_image(const MD_SPAN_IMG_DETAIL& detail) {
    image_begin_ = text_.find("![", at_);
    words_begin_ = none;
    image_said_ = value(detail.src);
    for (const MD_ATTRIBUTE& a : {detail.src, detail.title})
      if (a.size > 0 && in_text(a.text))
        image_end_ = std::max(image_end_, static_cast<std::size_t>(a.text - text_.data()) + a.size);
  }

  void close_image() {
    if (image_begin_ == text_.npos) return;
    if (words_begin_ == none) words_begin_ = words_end_ = image_begin_ + 2;
    const std::size_t address = std::min(text_.find("](", words_end_), text_.size());
    const std::size_t close = text_.find(')', std::max(image_end_, address));
    at_ = close == text_.npos ? text_.size() : close + 1;
    if (image_said_.empty() && address + 2 < at_) image_said_ = original_.substr(address + 2, at_ - address - 3);
    image_end_ = 0;
    while (line_ + 1 < begins_.size() && image_begin_ >= begins_[line_ + 1]) ++line_;
    const std::size_t begin = begins_[line_];
    said.lines[line_].push_back({PieceKind::image, looks(), image_begin_ - begin, at_ - begin, said.targets.size(),
                                 words_begin_ - begin, words_end_ - begin});
    said.targets.push_back(std::move(image_said_));
  }

  std::string_view text_, original_;
  const std::vector<std::size_t>& begins_;
  std::size_t line_ = 0;
  std::array<int, 3> open_{};
  int images_ = 0;
  std::size_t link_ = PhrasePiece::no_link, at_ = 0;
  std::size_t image_begin_ = 0, image_end_ = 0, words_begin_ = none, words_end_ = 0;
  std::string image_said_;
};

// Takes off `piece` what goes up to the formula, and the formula.
void cut(PhrasePiece& piece, const Formula& formula, std::vector<PhrasePiece>& out) {
  PhrasePiece before = piece;
  before.end = formula.begin - formula.fence;
  if (before.begin < before.end) out.push_back(before);
  before.kind = PieceKind::formula;
  before.begin = formula.begin, before.end = formula.end, before.fence = formula.fence;
  out.push_back(before);
  piece.begin = formula.end + formula.fence;
}

constexpr unsigned dialect = MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_STRIKETHROUGH;

// Cuts the pieces of a line where formulas stand.
std::vector<PhrasePiece> with_formulas(const std::vector<PhrasePiece>& pieces, const std::vector<Formula>& formulas) {
  std::vector<PhrasePiece> out;
  auto formula = formulas.begin();
  for (PhrasePiece piece : pieces) {
    while (formula != formulas.end() && formula->begin < piece.begin) ++formula;
    for (; piece.kind == PieceKind::text && formula != formulas.end() && formula->end < piece.end; ++formula)
      cut(piece, *formula, out);
    if (piece.begin < piece.end) out.push_back(piece);
  }
  return out;
}

// False if the parser gave up.
bool parse(std::string_view text, Listener& listener) {
  MD_PARSER parser{};
  parser.flags = dialect;
  parser.enter_block = parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* to) {
    static_cast<Listener*>(to)->enter(type, detail);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* to) {
    static_cast<Listener*>(to)->leave(type);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* s, MD_SIZE size, void* to) {
    static_cast<Listener*>(to)->text(type, {s, size});
    return 0;
  };
  return text.size() <= std::numeric_limits<MD_SIZE>::max() &&
         md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &listener) == 0;
}

}  // namespace

Paragraph pieces_of(const std::vector<std::string_view>& lines) {
  std::string text, original;
  std::vector<std::size_t> begins;
  std::vector<std::vector<Formula>> formulas;
  for (const std::string_view line : lines) {
    StandIn copy = stand_in(line);
    text += words_before;
    begins.push_back(text.size());
    text.append(copy.text).append("\n");
    original.append(words_before).append(line).append("\n");
    formulas.push_back(std::move(copy.formulas));
  }
  Listener listener(text, original, begins);
  const bool parsed = parse(text, listener);
  for (std::size_t i = 0; i < lines.size(); ++i)
    listener.said.lines[i] = parsed ? with_formulas(listener.said.lines[i], formulas[i])
                                    : std::vector{PhrasePiece{PieceKind::text, 0, 0, lines[i].size()}};
  return std::move(listener.said);
}

}  // namespace emend
