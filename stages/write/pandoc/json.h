// Writes Pandoc's document tree as JSON, straight to a string, with the white space of the text set right on the way.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emend {

/// Appends `text` as a JSON string. What no XML may hold (controls, bytes that are not UTF-8) becomes U+FFFD.
void append_json(std::string& out, std::string_view text);

/// Pandoc's Attr: identifier, classes, key and value pairs. An empty class is left out.
std::string pandoc_attr(std::string_view id, std::initializer_list<std::string_view> classes = {},
                        std::initializer_list<std::pair<std::string_view, std::string_view>> pairs = {});

/// The JSON before the content of a Div, Span, or anything whose content follows its Attr.
std::string pandoc_opener(std::string_view constructor, const std::string& attr);

/// A writer that opens things lazily: what never gets a word in it is never written, so no empty paragraph or list
/// reaches the book. White space is held back in the same way, and so are anchors, which go before the next word.
class PandocJson {
 public:
  /// Opens anything that holds blocks, or list items: `opener` and `closer` are the JSON around its content.
  void open(std::string opener, std::string closer);
  /// Opens a run of text: a paragraph, a heading's words, a line of verse.
  void open_text(std::string opener, std::string closer);
  /// Opens formatting inside a run of text.
  void open_phrase(std::string opener, std::string closer);
  /// Opens a note at this place of the text; no space stays before it. It is written even if nothing comes.
  void open_note();
  void close();

  /// Text of the source: runs of white space become one space, or none at the ends of a text and at a line break
  /// between two Chinese or Japanese characters.
  void text(std::string_view source);
  /// A word that was not in the source, or a space that is wanted as it is.
  void word(std::string_view word);
  /// An inline element that is written whole, with the white space before it, as a word is.
  void inline_thing(std::string_view json);
  /// White space between elements that must not run together.
  void space() { gap_ = gap_ == Gap::none ? Gap::space : gap_; }
  /// The next word joins the last one whatever white space came between.
  void no_space() { gap_ = Gap::none; }
  /// What was written last is the mark of a note: no space follows it before Chinese.
  void after_mark() { run_ = {true, run_.last, true}; }
  /// The next word stands off from the last one, as a page number from its entry.
  void wide_space() { gap_ = Gap::wide; }
  /// The same as a tabulator, which only Word knows.
  void tab() { gap_ = Gap::tab; }
  void line_break();
  /// A word, and a space, that go before the next text to be begun: a note's or item's printed mark.
  void prefix(std::string_view word) { prefix_ = word; }
  /// A place that `attr` names; it waits for the next word.
  void anchor(std::string attr);

  /// Until `release_anchors`, anchors wait: a heading's words are repeated in the navigation, where none may stand.
  void hold_anchors() { ++held_; }
  void release_anchors();
  /// Writes what waits as empty blocks; for after a heading, and for the end.
  void place_anchors();

  /// Writes now whatever is open, though nothing is in it yet: table cells must be there.
  void insist();
  /// JSON that needs no state, as a member of the innermost open list.
  void raw(std::string_view json);

  /// True where words may come: the innermost open thing is a text or formatting in it.
  bool in_text() const { return !frames_.empty() && frames_.back().kind != Kind::block; }
  /// Where the innermost text has formatting open, so that no block may end it here.
  bool in_phrase() const { return !frames_.empty() && frames_.back().kind == Kind::phrase; }
  /// Room for so many bytes.
  void expect(std::size_t bytes) { out_.reserve(bytes); }
  std::string take() { return std::move(out_); }

 private:
  enum class Kind { block, text, phrase };
  enum class Gap { none, space, newline, wide, tab };
  struct Run {
    bool begun = false;          // a word has been written
    char32_t last = 0xFFFFFFFF;  // the last character; not_a_character if there is none that matters
    bool mark = false;           // the last thing is the mark of a note
  };
  struct Frame {
    std::string opener;
    std::string closer;
    Kind kind;
    bool written = false;
    Run outer;  // the run that goes on when a text frame closes
    Gap outer_gap = Gap::none;
  };
  void push(std::string opener, std::string closer, Kind kind);
  void write_frames(Kind up_to);
  void write_gap(std::string_view next);
  void begin_inline(std::string_view next);
  void separate();

  std::string out_;
  std::vector<Frame> frames_;
  std::size_t first_unwritten_ = 0;   // all frames before it are written, none after it
  std::vector<std::string> anchors_;  // attributes, in order
  std::string prefix_;
  Run run_;
  Gap gap_ = Gap::none;
  int held_ = 0;
};

}  // namespace emend
