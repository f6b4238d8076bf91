// What a stage is, and how it says what it wants changed.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/document/document.h"

namespace emend {

/// How sure a stage is of a change, and why.
struct Because {
  std::uint8_t sure = 100;
  std::string_view reason = {};
};

/// What a stage proposes. It sees the document as const and writes only here; `commit` takes it from there. All texts
/// that are given here are copied, but for the stage's name.
class Proposal {
 public:
  Proposal(const Document& d, std::string_view stage) : doc_(d), stage_(stage) {}

  /// Lets [begin, end) of the line's current text read `after`; offsets are bytes of that text. An edit that touches
  /// part of an earlier stage's patch swallows that patch whole. False, and no effect, if the range is empty or reads
  /// so already, if this run already edited there, or if a phrase begins or ends inside it. Fastest in the order of the
  /// text.
  bool edit(const Line&, std::size_t begin, std::size_t end, std::string_view after, std::string_view rule,
            Because = {});
  /// Names [begin, end) of the line's current text, and gives its source bytes; nothing, and no effect, if the range
  /// cuts a patch or an edit of this run in two, or if something there has a name already.
  Span phrase(const Line&, std::size_t begin, std::size_t end, std::string_view name, std::string_view attributes,
              std::string_view rule, Because = {});
  /// Names lines [first, last].
  void block(std::size_t first, std::size_t last, std::string_view name, std::string_view attributes,
             std::string_view rule, Because = {});
  void join(const Line&, std::string_view between, std::string_view rule, Because = {});
  void page(const Line& first_line, std::string_view label, bool read, std::string_view rule, Because = {});
  /// Says that no page begins there, though an earlier stage thought so.
  void no_page(const Line& first_line, std::string_view rule, Because = {});
  void link(std::string_view name, Span from, Span to, std::string_view rule, Because = {});
  void meta(std::string_view name, std::string_view value, Span at, std::string_view rule, Because = {});
  /// Says what the source itself says of lines [first, last].
  void declare(std::size_t first, std::size_t last, std::string_view name, std::string_view attributes,
               std::string_view rule) {
    declare(doc_.hull(first, last), name, attributes, rule);
  }
  /// The same of source bytes: of whole lines, or of words of one.
  void declare(Span at, std::string_view name, std::string_view attributes, std::string_view rule);
  void doubt(Span at, std::string_view rule, Because);
  /// Says how certain an earlier change is, by its index in the ledger; its reason becomes that of `Because`.
  void weigh(std::uint32_t change, Because);

  const std::vector<Change>& changes() const { return changes_; }
  const std::vector<Weight>& weights() const { return weights_; }

 private:
  struct Place {
    Span at;                 // source bytes
    std::size_t begin, end;  // the same, in the line's current text
  };
  Place widen(const Line&, std::size_t begin, std::size_t end);
  std::string_view keep(std::string_view word, std::string_view& last);
  Change& add(Kind, Span at, std::string_view rule, const Because&);

  const Document& doc_;
  std::string_view stage_;
  std::vector<Change> changes_;
  std::vector<Weight> weights_;
  std::string_view last_rule_, last_name_;  // in the document's arena
  std::vector<Span> edited_, named_;        // by this run; sorted, disjoint
  // Where `widen` stopped, so that many edits in one long line cost one walk over its patches.
  const Line* line_ = nullptr;
  std::size_t patch_ = 0, text_ = 0;
  std::uint32_t byte_ = 0;
};

class Rules;

/// One filter. `stages/NN-NAME.cpp` defines `stage_NAME`; `needs` and `provides` are facts, as words.
struct Stage {
  std::string_view name, summary, needs, provides;
  const std::string_view* rules;  // the text of its rule table, or null
  void (*run)(const Document&, const Rules&, Proposal&);
};

}  // namespace emend
