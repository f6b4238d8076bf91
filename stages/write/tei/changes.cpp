// Choices, line breaks and diplomatic readings. The encoding is that of TEI P5, 3.5 "Simple Editorial Changes": sic and
// corr for a correction, orig and reg for a normalization.
#include "stages/write/tei/changes.h"

#include <algorithm>

#include "pipeline/text/utf8.h"
#include "stages/write/tei/rule_notes.h"

namespace emend {

namespace {

const char* certainty_in_full(std::uint8_t sure) { return sure >= certain ? "high" : sure < 50 ? "low" : "medium"; }

bool is_blank_text(std::string_view s) { return trim(s).empty(); }

void write_reading(pugi::xml_node parent, const char* name, std::string_view text) {
  pugi::xml_node reading = parent.append_child(name);
  if (is_writable(text)) {
    if (!text.empty()) reading.append_child(pugi::node_pcdata).set_value(text.data(), text.size());
    return;
  }
  pugi::xml_node gap = reading.append_child("gap");  // its bytes are in the ledger
  set(gap, "reason", "unwritable");
}

// Who is responsible for a change, by which rules, and how surely.
void sign(pugi::xml_node node, const std::vector<std::string_view>& rules, std::uint8_t sure) {
  std::string ana;
  bool by_hand = false;
  for (const std::string_view rule : rules) {
    ana += (ana.empty() ? "#" : " #") + rule_id(rule);
    by_hand = by_hand || rule.starts_with("decision.");
  }
  set(node, "ana", ana);
  set(node, "cert", certainty_in_full(sure));
  set(node, "resp", by_hand ? "#editor" : "#emend");
}

}  // namespace

Shows shown_changes(const BookOptions& options) {
  for (const auto& [key, value] : options)
    if (key == "changes")
      return value == "inline" ? Shows::both : value == "none" ? Shows::diplomatic : Shows::corrected;
  return Shows::corrected;
}

bool is_writable(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (c == not_a_character || (c < 0x20 && c != '\t') || c == 0xFFFE || c == 0xFFFF) return false;
  }
  return true;
}

std::string_view diplomatic(const Document& d, const Piece& piece) {
  const std::string_view source = d.slice(piece.at);
  return !piece.patched || (is_writable(source) && source != "\xEF\xBB\xBF") ? source : piece.text;
}

std::string rule_id(std::string_view rule) { return "r-" + std::string(rule); }

ChangeWriter::ChangeWriter(const Document& d, Shows shows) : d_(d), shows_(shows) {
  if (shows_ == Shows::corrected) return;
  for (const Change& c : d.ledger) {
    if (c.kind == Kind::edit) edits_.push_back(&c);
    if (c.kind == Kind::join) joins_[c.at.begin] = &c;
  }
  std::stable_sort(edits_.begin(), edits_.end(), [](auto* a, auto* b) { return a->at.begin < b->at.begin; });
}

void ChangeWriter::run(const Run& run, Pen& pen, bool first) const {
  if (shows_ == Shows::corrected) return pen.text(first ? run.text.substr(indent_bytes(run.text)) : run.text);
  for (const Piece& piece : run.pieces) {
    const std::string_view before = diplomatic(d_, piece);
    const bool blank = is_blank_text(piece.text) && is_blank_text(before);
    if (first && blank) continue;
    if (piece.patched && shows_ == Shows::both)
      choice(piece, pen);
    else
      pen.text(first ? before.substr(indent_bytes(before)) : before);
    first = false;
  }
}

bool ChangeWriter::writes_both(const Run& run) const {
  return shows_ == Shows::both &&
         std::any_of(run.pieces.begin(), run.pieces.end(), [](const Piece& piece) { return piece.patched; });
}

std::string ChangeWriter::shown(const Run& run) const {
  std::string text;
  for (const Piece& piece : run.pieces) text += shows_ == Shows::diplomatic ? diplomatic(d_, piece) : piece.text;
  return text;
}

void ChangeWriter::choice(const Piece& piece, Pen& pen) const {
  std::vector<std::string_view> rules;
  std::uint8_t sure = 100;
  bool correction = false;
  auto edit = std::lower_bound(edits_.begin(), edits_.end(), piece.at.begin,
                               [](const Change* c, std::uint32_t at) { return c->at.begin < at; });
  for (; edit != edits_.end() && (*edit)->at.begin < piece.at.end; ++edit) {
    sure = std::min(sure, (*edit)->sure);
    correction = correction || note_on((*edit)->rule).what == Editing::correction;
    if (std::find(rules.begin(), rules.end(), (*edit)->rule) == rules.end()) rules.push_back((*edit)->rule);
  }
  pugi::xml_node both = pen.child("choice");
  sign(both, rules, sure);
  write_reading(both, correction ? "sic" : "orig", d_.slice(piece.at));
  write_reading(both, correction ? "corr" : "reg", piece.text);
}

void ChangeWriter::joint(const Line& line, Pen& pen) const {
  pen.text(line.joined ? line.join : "\n");
  const auto join = joins_.find(line.at.begin);
  if (join == joins_.end()) return;
  pugi::xml_node lb = pen.child("lb");
  if (is_blank_text(line.join) && line.join.empty()) set(lb, "break", "no");
  sign(lb, {join->second->rule}, join->second->sure);
}

}  // namespace emend
