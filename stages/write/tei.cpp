// Document to TEI: one sweep over the lines in source order, with each note written at its mark.
#include "stages/write/tei.h"

#include <algorithm>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <unordered_map>
#include <unordered_set>

#include "pipeline/document/error.h"
#include "pipeline/document/runs.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "stages/write/tei_header.h"

namespace emend {

namespace {

constexpr std::uint8_t low_certainty = 50;

const char* certainty(std::uint8_t sure) { return sure < low_certainty ? "low" : "medium"; }

struct StringWriter : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

// Where text goes: an element under construction. Text is gathered, and set when something else follows it.
class Pen {
 public:
  explicit Pen(pugi::xml_node at) : at_(at) {}
  Pen(const Pen&) = delete;
  Pen& operator=(const Pen&) = delete;
  ~Pen() { flush(); }

  /// The element, with all text so far in it.
  pugi::xml_node element() {
    flush();
    return at_;
  }
  pugi::xml_node child(const char* name) { return element().append_child(name); }
  void text(std::string_view s) { text_ += s; }
  bool has_text() const { return !text_.empty() || at_.first_child(); }
  /// Takes back white space at the end of what was written last.
  void trim_end() { text_.resize(static_cast<std::size_t>(trim(text_).data() + trim(text_).size() - text_.data())); }

 private:
  void flush() {
    if (!text_.empty()) at_.append_child(pugi::node_pcdata).set_value(text_.data(), text_.size());
    text_.clear();
  }
  pugi::xml_node at_;
  std::string text_;
};

void set(pugi::xml_node node, const char* name, std::string_view value) {
  if (!value.empty()) node.append_attribute(name).set_value(value.data(), value.size());
}

void new_line(pugi::xml_node parent) { parent.append_child(pugi::node_pcdata).set_value("\n"); }

// Names made from structure and printed numbers; a second of the same name gets a suffix.
class Names {
 public:
  std::string unique(std::string wanted) {
    for (char& c : wanted)
      if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_')
        c = '_';
    int& times = seen_[wanted];
    if (++times == 1) return wanted;
    std::string other = wanted + "_" + std::to_string(times);
    while (!seen_.emplace(other, 1).second) other = wanted + "_" + std::to_string(++times);
    return other;
  }

 private:
  std::unordered_map<std::string, int> seen_;
};

class Sweep {
 public:
  Sweep(const Document& d, pugi::xml_node text) : d_(d), text_(text) {
    for (const Meta& m : d.metas)
      if (m.name == "lang") languages_.emplace(m.at.begin, m.value);
    name_pages();
    name_heads();
    for (const Node& node : d.blocks) {
      if (node.name == "head") last_head_ = node.at.begin;
      front_ahead_ = front_ahead_ || node.name == "titlePage" || node.get("part") == "front";
    }
    gather_furniture();
    gather_notes();
  }

  void write() {
    std::size_t block = 0;
    for (std::size_t line = 0; line < d_.lines.size();) {
      if (block < d_.blocks.size() && d_.blocks[block].at.begin <= d_.lines[line].at.begin) {
        const Node& node = d_.blocks[block];
        write_top(node, block);
        const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
        line = std::max(line + 1, last);
        while (block < d_.blocks.size() && d_.blocks[block].at.begin < node.at.end) ++block;
        while (block < d_.blocks.size() && node.at.contains(d_.blocks[block].at)) ++block;
      } else {
        if (!trim(d_.lines[line].text).empty()) write_stray(line);
        ++line;
      }
    }
    for (; turned_ < d_.pages.size(); ++turned_) write_page(turned_, container());
    finish();
  }

 private:
  // ---- what is known before the sweep

  void name_pages() {
    page_ids_.resize(d_.pages.size());
    for (std::size_t i = 0; i < d_.pages.size(); ++i) {
      const std::string_view label = d_.pages[i].label;
      if (!label.empty()) page_ids_[i] = names_.unique("p" + page_key(label));
    }
  }

  // A page label as part of an identifier: 12, xii; other numerals by their value.
  static std::string page_key(std::string_view label) {
    const Number n = read_whole_number(label);
    return n && n.form != Numeral::arabic && n.form != Numeral::roman_lower ? std::to_string(n.value) : std::string(label);
  }

  std::string head_key(const Node& head, const std::string& parent, int ordinal) const {
    const std::string n(head.get("n")), type(head.get("type"));
    const bool numbered = !n.empty() && n.find_first_not_of("0123456789.") == n.npos;
    if (numbered && type == "part") return "part" + n;
    if (numbered) {
      const std::size_t dot = n.find('.');
      const std::string chapter = "ch" + n.substr(0, dot);
      if (dot != n.npos) return chapter + ".s" + n.substr(dot + 1);
      return parent.empty() || type == "chapter" ? (parent.starts_with("part") ? parent + "." : "") + chapter
                                                 : parent + ".s" + n;
    }
    if (!type.empty() && type != "section" && type != "chapter") {
      const std::string lang(language_of(head));
      return (parent.empty() ? "" : parent + ".") + type + (type == "abstract" && !lang.empty() ? "-" + lang : "");
    }
    return (parent.empty() ? "sec" : parent + ".u") + std::to_string(ordinal);
  }

  void name_heads() {
    std::vector<std::pair<int, std::string>> path;  // level, id
    std::map<std::string, int> ordinals;
    for (const Node& node : d_.blocks) {
      if (node.name != "head" && !(node.name == "contents" && !node.get("type").empty())) continue;
      const int level = level_of(node);
      while (!path.empty() && path.back().first >= level) path.pop_back();
      const std::string parent = path.empty() ? "" : path.back().second;
      const int ordinal = node.get("n").empty() ? ++ordinals[parent] : 0;
      path.emplace_back(level, names_.unique(head_key(node, parent, ordinal)));
      head_ids_[node.at.begin] = path.back().second;
    }
  }

  static int level_of(const Node& head) { return std::max(1, read_whole_number(head.get("level")).value); }

  void gather_furniture() {
    furniture_.resize(d_.pages.size());
    for (std::size_t i = 0; i < d_.blocks.size(); ++i)
      if (d_.blocks[i].name == "fw" && !d_.pages.empty() && d_.blocks[i].get("type") != "watermark")
        furniture_[d_.lines[d_.line_at(d_.blocks[i].at.begin)].page].push_back(i);
  }

  void gather_notes() {
    for (const Link& link : d_.links) {
      if (link.name == "note") anchored_.insert(link.to.begin);
      if (link.name == "continues") continuation_[link.at.begin] = link.to.begin, anchored_.insert(link.to.begin);
    }
    for (std::size_t i = 0; i < d_.blocks.size(); ++i)
      if (d_.blocks[i].name == "note") notes_[d_.blocks[i].at.begin] = i;
  }

  // The language of a block that departs from the book's.
  std::string_view language_of(const Node& node) const {
    const auto found = languages_.find(node.at.begin);
    return found == languages_.end() ? node.get("lang") : found->second;
  }

  const Link* link_from(std::uint32_t at, std::string_view name) const {
    auto link = std::lower_bound(d_.links.begin(), d_.links.end(), at,
                                 [](const Link& l, std::uint32_t b) { return l.at.begin < b; });
    for (; link != d_.links.end() && link->at.begin == at; ++link)
      if (link->name == name) return &*link;
    return nullptr;
  }

  // ---- the frame: front, body, back and the divisions in them

  // Opens the part, unless a later one is open: parts never go back. No name stays where it is.
  pugi::xml_node part(std::string_view name) {
    if (name.empty() && current_) return current_;
    const int rank = name == "front" ? 0 : name == "back" ? 2 : 1;
    if (rank > part_ || !current_) {
      part_ = std::max(rank, part_);
      current_ = text_.append_child(part_ == 0 ? "front" : part_ == 2 ? "back" : "body");
      new_line(current_);
      divs_.clear();
    }
    return current_;
  }

  pugi::xml_node container() {
    return !divs_.empty() ? divs_.back().second : current_ ? current_ : part(front_ahead_ ? "front" : "body");
  }

  pugi::xml_node open_div(const Node& head) {
    const int level = level_of(head);
    const std::string_view where = head.get("part");
    const bool leaves_front = part_ <= 0 && where == "body";
    if (level == 1 || leaves_front || !current_) part(where.empty() && part_ <= 0 ? "body" : where);
    while (!divs_.empty() && divs_.back().first >= level) divs_.pop_back();
    for (int above = divs_.empty() ? 1 : divs_.back().first + 1; above < level; ++above) {  // its heading was not read
      pugi::xml_node implied = container().append_child("div");
      new_line(implied);
      divs_.emplace_back(above, implied);
    }
    pugi::xml_node div = container().append_child("div");
    set(div, "type", head.get("type"));
    set(div, "n", head.get("n"));
    set(div, "xml:id", head_ids_.at(head.at.begin));
    set(div, "xml:lang", language_of(head));
    new_line(div);
    divs_.emplace_back(level, div);
    return div;
  }

  // TEI wants a body, and no text beside a closed division.
  void finish() {
    if (!text_.child("body")) {
      pugi::xml_node body = text_.child("front") ? text_.insert_child_after("body", text_.child("front"))
                                                 : text_.prepend_child("body");
      body.append_child("p");
    }
    for (pugi::xml_node p : text_.children()) new_line_before(p);
    new_line(text_);
    pugi::xml_node body = text_.child("body");
    if (!body.find_child([](pugi::xml_node n) { return is_content(n.name()); })) body.append_child("p");
  }
  static void new_line_before(pugi::xml_node n) {
    if (n.type() == pugi::node_element) n.parent().insert_child_before(pugi::node_pcdata, n).set_value("\n");
  }
  static bool is_content(std::string_view name) { return !name.empty() && name != "pb" && name != "fw" && name != "note"; }

  // ---- pages

  // Writes the page breaks up to the page of `line` into `where`.
  void turn(const Line& line, pugi::xml_node where, bool blocks = true) {
    while (turned_ < d_.pages.size() && turned_ <= line.page) {
      write_page(turned_++, where);
      if (blocks) new_line(where);
    }
  }

  void write_page(std::size_t i, pugi::xml_node where) {
    const Page& page = d_.pages[i];
    if (i > 0 || !page.label.empty() || !furniture_[i].empty()) {
      pugi::xml_node pb = where.append_child("pb");
      write_label(pb, i);
      if (!page.label.empty()) set(pb, "xml:id", page_ids_[i]);
    }
    for (const std::size_t block : furniture_[i]) write_furniture(d_.blocks[block], where);
  }

  void write_label(pugi::xml_node pb, std::size_t i) const {
    const Page& page = d_.pages[i];
    set(pb, "n", page.label);
    if (page.read && page.sure >= certain) return;
    if (page.read || page.label.empty()) {
      if (page.sure < certain) set(pb, "cert", certainty(page.sure)), set(pb, "resp", "#emend");
      return;
    }
    set(pb, "cert", page.sure >= certain ? "high" : certainty(page.sure));
    set(pb, "resp", "#emend");
  }

  void write_furniture(const Node& fw, pugi::xml_node where) {
    Pen pen(where.append_child("fw"));
    set(pen.element(), "type", fw.get("type"));
    set(pen.element(), "place", fw.get("place"));
    write_lines(fw, pen);
  }

  // ---- blocks

  void write_top(const Node& node, std::size_t index) {
    if (node.name == "fw" && node.get("type") != "watermark" && !d_.pages.empty()) return;  // written with its page
    if (node.name == "note" && anchored_.contains(node.at.begin)) return;                  // written at its mark
    if (node.name == "head") return write_head(node);
    if (node.name == "titlePage") return write_title_page(node);
    const bool opens = current_ || node.name == "note" || node.name == "fw";
    if (!opens) part(heads_to_come_in_front(node) ? "front" : "body");
    if (part_ == 0 && divs_.empty() && node.name != "note" && node.name != "fw" && !heads_to_come(node)) part("body");
    if (node.name == "note") return write_unanchored(node);
    if (node.name == "contents" && !node.get("type").empty()) open_div(node);
    pugi::xml_node where = container();
    turn(d_.lines[d_.line_at(node.at.begin)], where);
    write_block(node, index, where);
    new_line(where);
  }

  bool heads_to_come(const Node& before) const { return before.at.begin < last_head_; }

  bool heads_to_come_in_front(const Node& before) const {
    for (const Node& node : d_.blocks)
      if (node.name == "head" && node.at.begin >= before.at.begin) return node.get("part") == "front";
    return false;
  }

  void write_head(const Node& node) {
    pugi::xml_node div = open_div(node);
    turn(d_.lines[d_.line_at(node.at.begin)], div);
    Pen pen(div.append_child("head"));
    write_lines(node, pen);
    new_line(div);
    last_p_ = {};
  }

  void write_title_page(const Node& node) {
    pugi::xml_node where = part("front");
    turn(d_.lines[d_.line_at(node.at.begin)], where);
    pugi::xml_node page = where.append_child("titlePage"), title = page.append_child("docTitle");
    const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
    for (std::size_t i = first; i < last; ++i) {
      const Line& line = d_.lines[i];
      if (trim(line.text).empty() || d_.block_of(line) != &node) continue;
      Pen pen(title.append_child("titlePart"));
      write_text(line, pen);
    }
    new_line(where);
  }

  void write_unanchored(const Node& note) {
    const bool same_page =
        last_p_ && (d_.pages.empty() || last_page_ == d_.lines[d_.line_at(note.at.begin)].page);
    pugi::xml_node where = same_page ? last_p_ : container();
    write_note(note, where, nullptr, nullptr);
    if (!same_page) new_line(where);
  }

  // Lines that no stage named: they become a paragraph, so that nothing is lost.
  void write_stray(std::size_t line) {
    if (!current_) part("body");
    pugi::xml_node where = container();
    turn(d_.lines[line], where);
    Pen pen(where.append_child("p"));
    write_text(d_.lines[line], pen);
    new_line(where);
  }

  void write_block(const Node& node, std::size_t index, pugi::xml_node where) {
    if (node.name == "contents") return write_contents(node, index, where);
    if (node.name == "list" || node.name == "table" || node.name == "lg") return write_group(node, index, where);
    const bool watermark = node.name == "fw", keywords = node.name == "keywords";
    Pen pen(where.append_child(keywords ? "p" : std::string(node.name).c_str()));
    if (watermark) set(pen.element(), "type", node.get("type"));
    if (keywords) set(pen.element(), "rend", "keywords");
    set(pen.element(), "xml:lang", language_of(node));
    const bool plain = node.name == "p" || node.name == "item" || keywords;
    write_lines(node, pen);
    if (plain) {
      last_p_ = pen.element();
      last_page_ = d_.lines[d_.line_at(node.at.end)].page;
    }
  }

  // A list, table or verse: an element for each of its parts.
  void write_group(const Node& node, std::size_t index, pugi::xml_node where) {
    pugi::xml_node group = where.append_child(std::string(node.name).c_str());
    set(group, "rend", node.get("rend"));
    set(group, "xml:lang", language_of(node));
    for (std::size_t i = index + 1; i < d_.blocks.size() && node.at.contains(d_.blocks[i].at); ++i) {
      const Node& part = d_.blocks[i];
      if (part.parent != static_cast<std::int32_t>(index) || skipped(part)) continue;
      turn(d_.lines[d_.line_at(part.at.begin)], group, false);
      if (part.name == "row") write_row(part, group);
      else write_block(part, i, group);
    }
  }

  bool skipped(const Node& node) const {
    return (node.name == "fw" && node.get("type") != "watermark" && !d_.pages.empty()) ||
           (node.name == "note" && anchored_.contains(node.at.begin));
  }

  // Cells stand between the `cell` gaps that a stage named in the line.
  void write_row(const Node& node, pugi::xml_node table) {
    pugi::xml_node row = table.append_child("row");
    const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
    std::optional<Pen> cell(row.append_child("cell"));
    for (std::size_t i = first; i < last; ++i)
      each_run(d_, d_.lines[i], [&](std::string_view text, const Node* phrase) {
        if (phrase != nullptr && phrase->name == "gap") cell.emplace(row.append_child("cell"));
        else if (phrase != nullptr) write_phrase(*phrase, text, *cell);
        else cell->text(text);
      });
  }

  // ---- contents

  void write_contents(const Node& node, std::size_t index, pugi::xml_node where) {
    std::vector<std::pair<int, pugi::xml_node>> lists;  // level, list
    for (std::size_t i = index + 1; i < d_.blocks.size() && node.at.contains(d_.blocks[i].at); ++i) {
      const Node& entry = d_.blocks[i];
      if (entry.parent != static_cast<std::int32_t>(index) || entry.name != "entry") continue;
      const int level = level_of(entry);
      while (lists.size() > 1 && lists.back().first > level) lists.pop_back();
      if (lists.empty() || lists.back().first < level) {
        pugi::xml_node parent = lists.empty() ? where : lists.back().second.last_child();
        pugi::xml_node list = parent.append_child("list");
        set(list, "type", "contents");
        lists.emplace_back(level, list);
      }
      turn(d_.lines[d_.line_at(entry.at.begin)], lists.back().second, false);
      write_entry(entry, lists.back().second.append_child("item"));
    }
  }

  void write_entry(const Node& entry, pugi::xml_node item) {
    const Link* link = link_from(entry.at.begin, "contents");
    set(item, "n", entry.get("n"));
    if (link == nullptr) set(item, "ana", "#missing");
    Pen words(item.append_child("ref"));
    if (link != nullptr) {
      set(words.element(), "target", "#" + head_ids_.at(link->to.begin));
      if (link->sure < certain) set(words.element(), "cert", certainty(link->sure));
    }
    const auto [first, last] = d_.lines_of({entry.at.begin, entry.at.end + 1});
    bool any = false;
    for (std::size_t i = first; i < last; ++i) {
      const Line& line = d_.lines[i];
      if (d_.block_of(line) != &entry || trim(line.text).empty()) continue;
      if (any) words.text(line.joined ? line.join : "\n");
      any = true;
      bool begins = true;
      each_run(d_, line, [&](std::string_view text, const Node* phrase) {
        if (phrase != nullptr && phrase->name == "head") write_list_title(item.parent(), trim(text));
        else if (phrase == nullptr) words.text(begins ? text.substr(indent_bytes(text)) : text), begins = false;
        else if (phrase->name == "locus") words.trim_end(), write_locus(item, text);
        else if (phrase->name != "leader") write_phrase(*phrase, text, words);
      });
    }
    words.trim_end();
  }

  static void write_list_title(pugi::xml_node list, std::string_view title) {
    list.prepend_child("head").append_child(pugi::node_pcdata).set_value(title.data(), title.size());
  }

  static std::size_t indent_bytes(std::string_view s) { return static_cast<std::size_t>(trim(s).data() - s.data()); }

  void write_locus(pugi::xml_node item, std::string_view text) {
    item.append_child(pugi::node_pcdata).set_value(" ");
    Pen pen(item.append_child("ref"));
    set(pen.element(), "type", "page");
    const std::string_view label = trim(text);
    const auto page = std::find_if(d_.pages.begin(), d_.pages.end(), [&](const Page& p) { return p.label == label; });
    if (page != d_.pages.end())
      set(pen.element(), "target", "#" + page_ids_[static_cast<std::size_t>(page - d_.pages.begin())]);
    pen.text(label);
  }

  // ---- lines and what stands in them

  // The lines of a block, except those of the blocks within it; page breaks where they fall.
  void write_lines(const Node& node, Pen& pen) {
    const std::size_t index = static_cast<std::size_t>(&node - d_.blocks.data());
    const bool in_flow = node.name != "note" && node.name != "fw";
    const auto [first, last] = d_.lines_of({node.at.begin, node.at.end + 1});
    bool any = false;
    for (std::size_t i = first; i < last; ++i) {
      const Line& line = d_.lines[i];
      if (trim(line.text).empty()) continue;
      const Node* inner = d_.block_of(line);
      if (inner != &node) {
        const std::size_t end = write_inner(index, *inner, pen);
        i = std::max(i, end - 1);
        continue;
      }
      const bool breaks = in_flow && turned_ < d_.pages.size() && turned_ <= line.page;
      if (any) pen.text(line.joined ? line.join : "\n");
      if (breaks) turn(line, pen.element(), false);
      any = true;
      write_text(line, pen);
    }
  }

  // A block within a block: written here, unless it is written elsewhere. Gives the first line behind it.
  std::size_t write_inner(std::size_t outer, const Node& innermost, Pen& pen) {
    const Node* inner = &innermost;
    while (inner->parent >= 0 && static_cast<std::size_t>(inner->parent) != outer)
      inner = &d_.blocks[static_cast<std::size_t>(inner->parent)];
    if (!skipped(*inner)) {
      if (inner->name == "note") write_note(*inner, pen.element(), nullptr, nullptr);
      else if (inner->name == "fw") write_furniture(*inner, pen.element());
      else write_block(*inner, static_cast<std::size_t>(inner - d_.blocks.data()), pen.element());
    }
    return d_.lines_of({inner->at.begin, inner->at.end + 1}).second;
  }

  void write_text(const Line& line, Pen& pen) {
    bool first = true;
    each_run(d_, line, [&](std::string_view text, const Node* phrase) {
      if (phrase != nullptr) write_phrase(*phrase, text, pen);
      else pen.text(first ? text.substr(indent_bytes(text)) : text);
      first = false;
    });
  }

  void write_phrase(const Node& phrase, std::string_view text, Pen& pen) {
    if (phrase.name == "mark") return write_mark(phrase, text, pen);
    if (phrase.name == "label" || phrase.name == "leader") return;
    if (phrase.name == "marker" && !pen.element().attribute("n")) return set(pen.element(), "n", trim(text));
    Pen inner(pen.child(std::string(phrase.name).c_str()));
    for (const char* key : {"target", "rend", "type", "reason", "extent", "level", "when", "unit"})
      set(inner.element(), key, phrase.get(key));
    set(inner.element(), "xml:lang", phrase.get("lang"));
    inner.text(text);
  }

  void write_mark(const Node& mark, std::string_view, Pen& pen) {
    const Link* link = link_from(mark.at.begin, "note");
    const auto note = link == nullptr ? notes_.end() : notes_.find(link->to.begin);
    if (note != notes_.end() && written_.insert(link->to.begin).second)
      return write_note(d_.blocks[note->second], pen.element(), link, &mark);
    pugi::xml_node ref = pen.child("ref");
    set(ref, "type", "noteAnchor");
    set(ref, "n", mark.get("n"));
    set(ref, "ana", "#unresolved");
  }

  void write_note(const Node& note, pugi::xml_node where, const Link* link, const Node* mark) {
    Pen pen(where.append_child("note"));
    const std::string_view place = note.get("place"), n = mark != nullptr ? mark->get("n") : note.get("n");
    set(pen.element(), "place", place.empty() ? "foot" : place);
    set(pen.element(), "n", n.empty() ? note.get("n") : n);
    set(pen.element(), "xml:id", note_id(note));
    set(pen.element(), "xml:lang", language_of(note));
    if (link == nullptr) set(pen.element(), "ana", "#unanchored");
    else if (link->sure < certain) set(pen.element(), "cert", certainty(link->sure));
    write_note_text(note, pen);
  }

  void write_note_text(const Node& note, Pen& pen) {
    std::unordered_set<std::uint32_t> done;
    const Node* part = &note;
    while (done.insert(part->at.begin).second) {
      write_lines(*part, pen);
      const auto next = continuation_.find(part->at.begin);
      if (next == continuation_.end()) return;
      const auto found = notes_.find(next->second);
      if (found == notes_.end()) return;
      const Node& follows = d_.blocks[found->second];
      const Line& line = d_.lines[d_.line_at(follows.at.begin)];
      pen.text(line.joined ? line.join : "\n");
      if (line.page < d_.pages.size() && line.page != d_.lines[d_.line_at(part->at.begin)].page)
        write_label(pen.child("pb"), line.page);
      part = &follows;
    }
  }

  std::string note_id(const Node& note) {
    const std::uint32_t page = d_.lines[d_.line_at(note.at.begin)].page;
    std::string key = "fn";
    if (page < d_.pages.size() && !d_.pages[page].label.empty()) key += "-" + page_key(d_.pages[page].label);
    else if (page < d_.pages.size()) key += "-u" + std::to_string(page + 1);
    const Number n = read_whole_number(note.get("n"));
    return names_.unique(key + "-" + (n ? std::to_string(n.value) : std::to_string(++plain_notes_[key])));
  }

  const Document& d_;
  pugi::xml_node text_, current_, last_p_;
  int part_ = -1;  // 0 front, 1 body, 2 back
  std::vector<std::pair<int, pugi::xml_node>> divs_;
  std::size_t turned_ = 0;  // pages whose break is written
  std::uint32_t last_page_ = 0, last_head_ = 0;
  bool front_ahead_ = false;  // there is a title page or a division of the front
  Names names_;
  std::vector<std::string> page_ids_;
  std::unordered_map<std::uint32_t, std::string> head_ids_;
  std::vector<std::vector<std::size_t>> furniture_;  // blocks, by page
  std::unordered_set<std::uint32_t> anchored_, written_;
  std::unordered_map<std::uint32_t, std::uint32_t> continuation_;
  std::unordered_map<std::uint32_t, std::size_t> notes_;  // by their first byte
  std::map<std::string, int> plain_notes_;
  std::unordered_map<std::uint32_t, std::string_view> languages_;  // by the first byte of a block
};

}  // namespace

std::string write_tei(const Document& d, const BookOptions& options) {
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node tei = xml.append_child("TEI");
  set(tei, "xmlns", "http://www.tei-c.org/ns/1.0");
  set(tei, "xml:lang", book_fact(d, options, "language"));
  new_line(tei);
  write_header(tei.append_child("teiHeader"), d, options);
  new_line(tei);
  pugi::xml_node text = tei.append_child("text");
  Sweep(d, text).write();
  new_line(tei);
  StringWriter writer;
  writer.out.reserve(d.source.size() + d.source.size() / 4 + 4096);
  xml.save(writer, "", pugi::format_raw, pugi::encoding_utf8);
  writer.out += '\n';
  return std::move(writer.out);
}

}  // namespace emend
