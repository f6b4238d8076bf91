// The lines of a block, joined, and the phrases in them.
#include "stages/write/tei/sweep.h"

#include <algorithm>
#include <cctype>

#include "pipeline/document/runs.h"
#include "stages/write/absent.h"

namespace emend {

namespace {

// An address as XML Schema's anyURI has it: blanks and what no address holds as %XX.
std::string address_of(std::string_view s) {
  const auto is_hex = [&](std::size_t i) {
    return i < s.size() && std::isxdigit(static_cast<unsigned char>(s[i])) != 0;
  };
  const std::size_t scheme = s.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
  const bool has_scheme =
      scheme != s.npos && scheme > 0 && s[scheme] == ':' && std::isalpha(static_cast<unsigned char>(s[0])) != 0;
  std::string out;
  bool fragment = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const auto b = static_cast<unsigned char>(s[i]);
    const bool wrong = b <= ' ' || b >= 0x7F ||
                       std::string_view("\"<>\\^`{|}[]").find(s[i]) != std::string_view::npos ||
                       (b == '%' && !(is_hex(i + 1) && is_hex(i + 2))) || (b == '#' && fragment) ||
                       (b == ':' && !has_scheme && out.find('/') == out.npos);
    fragment = fragment || b == '#';
    if (wrong)
      out += {'%', "0123456789ABCDEF"[b >> 4], "0123456789ABCDEF"[b & 15]};
    else
      out += s[i];
  }
  return out.empty() ? "#" : out;
}

}  // namespace

// The lines of a block, except those of the blocks within it; page breaks where they fall.
void Sweep::write_lines(const Node& node, Pen& pen) {
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
    if (any) pen.trim_end(), write_joint(line, pen);
    if (breaks) turn(line, here(pen), false);
    any = true;
    write_text(line, pen);
  }
}

// A block within a block: written here, unless it is written elsewhere. Gives the first line behind it.
std::size_t Sweep::write_inner(std::size_t outer, const Node& innermost, Pen& pen) {
  const Node* inner = &innermost;
  while (inner->parent >= 0 && static_cast<std::size_t>(inner->parent) != outer)
    inner = &d_.blocks[static_cast<std::size_t>(inner->parent)];
  if (!relations_.written_elsewhere(*inner)) {
    if (inner->name == "note")
      write_note(*inner, pen.element(), nullptr, nullptr);
    else if (inner->name == "fw")
      write_furniture(*inner, pen.element());
    else if (const Node* said = d_.declaration(d_.lines[d_.line_at(inner->at.begin)]);
             said != nullptr && inner->name == "figure" && (said->name == "image" || said->name == "caption"))
      floating_.push_back(inner);
    else
      write_block(*inner, static_cast<std::size_t>(inner - d_.blocks.data()), pen.element());
  }
  return d_.lines_of({inner->at.begin, inner->at.end + 1}).second;
}

void Sweep::write_text(const Line& line, Pen& pen) {
  bool first = true;
  each_run_of_pieces(d_, line, [&](const Run& run, const Node* phrase) {
    if (phrase != nullptr)
      write_phrase(*phrase, run, pen);
    else
      write_run(run, pen, first);
    first = false;
  });
}

void Sweep::write_phrase(const Node& phrase, const Run& run, Pen& pen) {
  if (phrase.name == "mark") return write_mark(phrase, run, pen);
  if (citations_.of(phrase) != nullptr) return write_citation(phrase, run, pen);
  if (phrase.name == "graphic") return write_graphic(phrase, pen);
  if (absent(d_, phrase) != Absent::no) return;
  if (may_be_absent(phrase.name)) return write_run(run, pen, false);
  if (phrase.name == "marker") {  // stays in the text of its item, as a number does in that of its heading
    if (!pen.element().attribute("n")) set(pen.element(), "n", trim(changes_.shown(run)));
    return write_run(run, pen, false);
  }
  // A formula holds text only, and a citation holds none.
  if (phrase.name == "formula" && (changes_.writes_both(run) || std::string_view(here(pen).name()) == "bibl"))
    return write_run(run, pen, false);
  pugi::xml_node where = here(pen);
  if (phrase.name == "figDesc" && std::string_view(where.name()) != "figure") {
    where = where.last_child();  // the picture that stands in the line
    if (std::string_view(where.name()) != "figure") return write_run(run, pen, false);
  }
  Pen inner(where.append_child(std::string(phrase.name).c_str()));
  for (const char* key : {"target", "rend", "type", "reason", "extent", "level", "when", "unit", "notation"})
    set(inner.element(), key, phrase.get(key));
  set(inner.element(), "xml:lang", phrase.get("lang"));
  changes_.run(run, inner, false);
}

// An image has no text; what it shows is a phrase of its own.
void Sweep::write_graphic(const Node& phrase, Pen& pen) {
  const bool figure = std::string_view(pen.element().name()) == "figure";
  pugi::xml_node where = figure ? pen.element() : pen.child("figure");
  set(where.append_child("graphic"), "url", address_of(phrase.get("url")));
}

}  // namespace emend
