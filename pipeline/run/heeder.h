// The hand that makes decisions hold over one stage's proposals; its parts are in heed.cpp and heed_*.cpp.
#pragma once
#include <set>
#include <span>
#include <vector>

#include "pipeline/document/proposal.h"

namespace emend {

class Heeder {
 public:
  Heeder(const Document& d, const Stage& stage, std::span<const Change> proposed)
      : d_(d), stage_(stage.name), provides_(stage.provides), changes_(proposed.begin(), proposed.end()) {}

  std::vector<Change> run();

 private:
  // Changes and words (heed.cpp). A change that is taken back is marked by an empty stage until all rulings are done.
  void heed_one(const Ruling& r);
  bool finds(std::string_view fact) const;  // whether the stage provides it
  static void drop(Change& c) { c.stage = {}; }
  static bool dropped(const Change& c) { return c.stage.empty(); }
  void record(const Ruling& r);
  Change& add(Kind kind, Span at, std::string_view name, const Ruling& r);
  bool meant(const Change& c, const Ruling& r) const;
  void accept(const Ruling& r);
  void reject(const Ruling& r);
  void drop_block(Span at);
  void protect(const Ruling& r);
  void look(const Ruling& r);
  void drop_orphans();

  // What lines are, and levels (heed_lines.cpp)
  void line(const Ruling& r);
  void take_back(Change& c);
  void add_line(const Ruling& r, std::string_view name);
  std::uint32_t note_end(Span first) const;
  bool begins_block(std::uint32_t at) const;
  std::uint32_t last_before(std::uint32_t at, std::uint32_t least) const;
  void level(const Ruling& r);

  // Marks and notes (heed_links.cpp)
  void link(const Ruling& r);
  bool cuts(Span at) const;

  // Where paragraphs begin (heed_paragraphs.cpp)
  static bool is_text(const Change& c) {
    return c.kind == Kind::block && !dropped(c) && (c.name == "p" || c.name == "quote" || c.name == "item");
  }
  bool in_text(const Ruling& r) const;
  void join(const Ruling& r);
  bool crossed(Span at) const;
  void split(const Ruling& r);
  bool crossed_by_child(Span first) const;

  const Document& d_;
  std::string_view stage_, provides_;
  std::vector<Change> changes_, notes_;
  std::vector<Span> blocks_;  // that were taken back
  std::set<Span> gone_;       // blocks and phrases
  std::set<const Ruling*> noted_;
};

inline bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace emend
