// Reading decisions, and finding the places they name.
#include "pipeline/run/decisions.h"

#include <algorithm>
#include <array>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

enum class Takes { nothing, maybe, needed };

struct Grammar {
  Deed deed;
  std::string_view verb;
  Takes argument;
  bool line;  // it is about a whole line, whose words may have changed a little
};
constexpr std::array<Grammar, 13> grammar = {{{Deed::accept, "accept", Takes::needed, false},
                                              {Deed::reject, "reject", Takes::needed, false},
                                              {Deed::level, "level", Takes::needed, true},
                                              {Deed::head, "head", Takes::maybe, true},
                                              {Deed::furniture, "furniture", Takes::maybe, true},
                                              {Deed::paragraph, "paragraph", Takes::nothing, true},
                                              {Deed::note, "note", Takes::maybe, true},
                                              {Deed::link, "link", Takes::nothing, false},
                                              {Deed::join, "join", Takes::nothing, true},
                                              {Deed::split, "split", Takes::nothing, true},
                                              {Deed::read, "read", Takes::nothing, false},
                                              {Deed::look, "look", Takes::nothing, false},
                                              {Deed::fact, "fact", Takes::needed, false}}};
constexpr std::array<std::string_view, 5> facts = {"title", "author", "date", "publisher", "language"};

const Grammar& of(Deed deed) {
  return *std::find_if(grammar.begin(), grammar.end(), [&](const Grammar& g) { return g.deed == deed; });
}

[[noreturn]] void refuse(const std::string& where, const std::string& why) {
  throw Error(Exit::rules, where + ": " + why);
}

// Where `arrow`, whose last letter is >, stands unescaped in `s`.
std::size_t bare_arrow(std::string_view s, std::string_view arrow) {
  for (std::size_t i = 0; i + arrow.size() <= s.size(); ++i) {
    if (s[i] == '\\')
      ++i;
    else if (s.substr(i).starts_with(arrow))
      return i;
  }
  return s.npos;
}

bool is_number(std::string_view s) {
  return !s.empty() && s.size() < 8 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Place place(std::string_view name, const std::string& where) {
  const auto read = read_place(name);
  if (!read)
    refuse(where,
           "'" + std::string(name) +
               "' names no place; write some words, with double brackets around what is meant: before[[meant]]after");
  return *read;
}

// "2/5" at the end of what stands before the colon.
void take_ordinal(std::string_view& head, Place& at, const std::string& where) {
  const std::string_view last = head.substr(head.rfind(' ') == head.npos ? head.size() : head.rfind(' ') + 1);
  const std::size_t slash = last.find('/');
  if (slash == last.npos || !is_number(last.substr(0, slash)) || !is_number(last.substr(slash + 1))) return;
  at.ordinal = static_cast<unsigned>(std::stoul(std::string(last.substr(0, slash))));
  at.count = static_cast<unsigned>(std::stoul(std::string(last.substr(slash + 1))));
  if (at.ordinal == 0 || at.ordinal > at.count)
    refuse(where, "'" + std::string(last) + "' is no place among places; write as in 2/5");
  head = trim(head.substr(0, head.size() - last.size()));
}

void check_argument(const Decision& d, const std::string& where) {
  const Grammar& g = of(d.deed);
  const std::string verb = "'" + std::string(g.verb) + "'";
  if (g.argument == Takes::needed && d.argument.empty())
    refuse(where, verb + " needs " +
                      (d.deed == Deed::level  ? "a level, as in `level 2: …`"
                       : d.deed == Deed::fact ? "its name, as in `fact title: …`"
                                              : "a rule, as in `" + std::string(g.verb) + " note.link: …`"));
  if (g.argument == Takes::nothing && !d.argument.empty())
    refuse(where, verb + " takes nothing before its colon, but there is '" + d.argument + "'");
  const bool level = d.deed == Deed::level || (d.deed == Deed::head && !d.argument.empty());
  if (level && !(d.argument.size() == 1 && d.argument[0] >= '1' && d.argument[0] <= '9'))
    refuse(where, "'" + d.argument + "' is no level; write a number from 1 to 9");
  constexpr std::array<std::string_view, 6> kinds = {"", "header", "footer", "pageNum", "catch", "watermark"};
  if (d.deed == Deed::furniture && std::find(kinds.begin(), kinds.end(), d.argument) == kinds.end())
    refuse(where, "'" + d.argument + "' is no furniture; there are header, footer, pageNum, catch and watermark");
  if (d.deed == Deed::fact && std::find(facts.begin(), facts.end(), d.argument) == facts.end())
    refuse(where, "'" + d.argument + "' is no fact; there are title, author, date, publisher and language");
}

Deed deed_named(std::string_view verb, const std::string& where) {
  const auto g = std::find_if(grammar.begin(), grammar.end(), [&](const Grammar& one) { return one.verb == verb; });
  if (g != grammar.end()) return g->deed;
  std::string all;
  for (const Grammar& one : grammar) all += (all.empty() ? "" : ", ") + std::string(one.verb);
  refuse(where, "there is no decision '" + std::string(verb.substr(0, 40)) + "'; there are " + all);
}

void read_text(Decision& d, std::string_view text, const std::string& where) {
  if (text.starts_with(' ')) text.remove_prefix(1);
  const auto words = unescaped_words(text);
  if (!words) refuse(where, "a backslash in the reading escapes nothing; write \\\\ for one");
  d.text = *words;
  if (d.text.find_first_of("\n\r\f") != d.text.npos) refuse(where, "a reading cannot have a line end");
  if (d.deed == Deed::fact && trim(d.text).empty())
    refuse(where, "'" + d.argument + "' has no value; write one or leave the line out");
}

// What stands behind the colon: a place, and what the deed wants besides.
void read_places(Decision& d, std::string_view rest, const std::string& where) {
  const Place counted = d.at;
  const bool reads = d.deed == Deed::read || d.deed == Deed::look;
  const std::string_view arrow = d.deed == Deed::link ? " -> " : reads ? " =>" : "";
  std::size_t cut = arrow.empty() ? rest.size() : bare_arrow(rest, arrow);
  if (cut == rest.npos && d.deed == Deed::look) cut = rest.size();  // it need not say for what
  if (cut == rest.npos)
    refuse(where, d.deed == Deed::link ? "a link needs its note: `link: [[mark]] -> [[note]]`"
                                       : "a reading needs its words: `read: [[as it is]] => as it should be`");
  d.at = place(rest.substr(0, cut), where);
  d.at.ordinal = counted.ordinal;
  d.at.count = counted.count;
  const std::string_view behind = rest.substr(std::min(rest.size(), cut + arrow.size()));
  if (d.deed == Deed::link) d.to = place(behind, where);
  if (reads) read_text(d, behind, where);
}

// ---- finding places

FoundPlace find_line(const Document& d, const Place& p) {
  FoundPlace found = find_place(d.source, p, true);
  if (found.how == FoundPlace::ambiguous && p.before.empty() && p.after.empty() && p.ordinal == 0) {
    // Words alone mean the line that says nothing else.
    FoundPlace whole;
    for (std::size_t at = d.source.find(p.exact); at != d.source.npos; at = d.source.find(p.exact, at + 1)) {
      const Line& line = d.lines[d.line_at(static_cast<std::uint32_t>(at))];
      if (trim(d.slice(line.at)) != trim(p.exact)) continue;
      if (whole.how != FoundPlace::nowhere) return found;
      whole = {FoundPlace::exact, line.at, 1};
    }
    if (whole.how != FoundPlace::nowhere) return whole;
  }
  return found;
}

std::string_view trouble_of(const Document& d, const FoundPlace& found, std::string_view what) {
  if (found.how == FoundPlace::nowhere) return d.arena->keep(std::string(what) + " is not in the text any more");
  if (found.how == FoundPlace::ambiguous)
    return d.arena->keep(std::string(what) + " could be any of " + std::to_string(found.places) +
                         " in the text; give more of the words around it, or which it is, as in 2/5");
  return {};
}

// The line that begins at the line break in `at`, or at its beginning; the number of lines if there is none.
std::size_t line_behind_break(const Document& d, Span at) {
  const std::size_t first = d.line_at(at.begin);
  if (d.lines[first].at.begin == at.begin) return first;
  // A break with nothing but blank lines behind it belongs to the next line that says something.
  std::size_t next = first + 1;
  while (next < d.lines.size() && (d.lines[next].at.begin < at.end || trim(d.lines[next].text).empty()) &&
         trim(d.lines[next].text).empty())
    ++next;
  return at.end > d.lines[first].at.end ? next : d.lines.size();
}

constexpr std::string_view line_ends = "\n\r\f";

// Whether something stands before and behind `at` in its line.
bool is_within_line(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).find_last_of(line_ends);
  const std::size_t begin = before == text.npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find_first_of(line_ends, at), text.size());
  return !trim(text.substr(begin, at - begin)).empty() && !trim(text.substr(at, end - at)).empty();
}

// The line that begins behind one of the line ends that were put in, if the place names it; else the number of lines.
std::size_t line_put_in(const Document& d, const Place& p, const std::vector<std::uint32_t>& put_in) {
  if (put_in.empty()) return d.lines.size();
  std::string before;  // the source as it came
  std::size_t from = 0;
  for (const std::uint32_t at : put_in) {
    before.append(d.source, from, at - from);
    from = at + 1;
  }
  before.append(d.source, from);
  const FoundPlace found = find_place(before, p);
  if (found.how != FoundPlace::exact) return d.lines.size();
  for (std::size_t i = 0; i < put_in.size(); ++i)
    if (put_in[i] == found.at.begin + i) return d.line_at(put_in[i] + 1);
  return d.lines.size();
}

Ruling ruling_of(const Document& d, const Decision& decision, std::string_view line,
                 const std::vector<std::uint32_t>& put_in) {
  Ruling r{decision.deed,       {}, {}, d.arena->keep(decision.argument), d.arena->keep(decision.text),
           d.arena->keep(line), {}};
  if (decision.deed == Deed::fact) return r;
  if (d.lines.empty()) return r.trouble = "the text is empty", r;
  if (decision.deed == Deed::split)
    if (const std::size_t next = line_put_in(d, decision.at, put_in); next < d.lines.size())
      return r.at = d.lines[next].at, r.argument = within_line, r;
  const Grammar& g = of(decision.deed);
  const FoundPlace found = g.line ? find_line(d, decision.at) : find_place(d.source, decision.at);
  r.trouble = trouble_of(d, found, "the place");
  if (!r.trouble.empty()) return r;
  r.at = found.at;
  if (decision.deed == Deed::link) {
    const FoundPlace note = find_line(d, decision.to);
    r.trouble = trouble_of(d, note, "the note");
    r.to = note.at;
  } else if (decision.deed == Deed::join || decision.deed == Deed::split) {
    const std::size_t next = line_behind_break(d, r.at);
    if (next >= d.lines.size()) return r.trouble = "there is no line break in the place", r;
    r.at = d.lines[next].at;
  } else if (decision.deed == Deed::read) {
    if (!d.lines[d.line_at(r.at.begin)].at.contains(r.at))
      r.trouble = "the words cross a line end; correct each line by itself";
  } else if (g.line) {
    r.at = d.lines[d.line_at(r.at.begin)].at;
  }
  return r;
}

// Two decisions that cannot both hold.
bool contradict(const Ruling& a, const Ruling& b) {
  const auto kind = [](const Ruling& r) { return r.deed >= Deed::head && r.deed <= Deed::note; };
  const auto either = [&](Deed x, Deed y) { return (a.deed == x && b.deed == y) || (a.deed == y && b.deed == x); };
  if (a.deed == Deed::link && b.deed == Deed::link) return (a.at == b.at) != (a.to == b.to);
  if (a.deed == Deed::fact || b.deed == Deed::fact)
    return a.deed == b.deed && a.argument == b.argument && a.argument != "author" && a.text != b.text;
  if (a.deed == Deed::look || b.deed == Deed::look) return false;
  if (a.deed == Deed::read && b.deed == Deed::read)
    return a.at.begin < b.at.end && b.at.begin < a.at.end && (a.at != b.at || a.text != b.text);
  if (a.at != b.at) return false;
  if (either(Deed::accept, Deed::reject)) return a.argument == b.argument;
  if (kind(a) && kind(b)) return a.deed != b.deed || a.argument != b.argument;
  if (either(Deed::level, Deed::head)) return !a.argument.empty() && !b.argument.empty() && a.argument != b.argument;
  if (a.deed == Deed::level && b.deed == Deed::level) return a.argument != b.argument;
  if (kind(a) || kind(b))
    return a.deed == Deed::level ? b.deed != Deed::head : b.deed == Deed::level && a.deed != Deed::head;
  return either(Deed::join, Deed::split);
}

}  // namespace

std::string_view verb_of(Deed deed) { return of(deed).verb; }

std::string written(const Decision& d) {
  if (d.deed == Deed::fact) return "fact " + d.argument + ": " + escaped_words(d.text);
  std::string out(verb_of(d.deed));
  if (!d.argument.empty()) out += " " + d.argument;
  if (d.at.count > 0) out += " " + std::to_string(d.at.ordinal) + "/" + std::to_string(d.at.count);
  out += ": " + written(d.at);
  if (d.deed == Deed::link) out += " -> " + written(d.to);
  if (d.deed == Deed::read || !d.text.empty()) out += " => " + escaped_words(d.text);
  return out;
}

Decision read_decision(std::string_view line, const std::string& where) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos)
    refuse(where, "no decision: there is no colon; write as in `reject RULE: before[[meant]]after`");
  std::string_view head = trim(line.substr(0, colon)), rest = line.substr(colon + 1);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  Decision d;
  take_ordinal(head, d.at, where);
  const std::string_view verb = head.substr(0, head.find(' '));
  d.deed = deed_named(verb, where);
  d.argument = trim(head.substr(verb.size()));
  check_argument(d, where);
  if (d.deed == Deed::fact)
    read_text(d, rest, where);
  else
    read_places(d, rest, where);
  return d;
}

std::vector<std::string> decision_lines(std::string_view file, const std::string& where) {
  if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
  std::vector<std::string> lines;
  for (int number = 1; !file.empty(); ++number) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(file.size(), end + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty() || trim(line).starts_with('#')) continue;
    const std::string here = where + ":" + std::to_string(number);
    for (std::size_t i = 0; i < line.size();)
      if (const char32_t c = next_character(line, i); c == not_a_character || c < 0x20) {
        if (c != '\t')
          refuse(here, c == not_a_character ? "is not UTF-8; convert the file first"
                                            : "holds a control character; take it out");
      }
    read_decision(line, here);
    lines.emplace_back(line);
  }
  return lines;
}

std::vector<std::uint32_t> breaks_decided(std::string_view text, const std::vector<std::string>& decisions) {
  std::vector<std::uint32_t> breaks;
  for (const std::string& line : decisions) {
    if (!line.starts_with(verb_of(Deed::split))) continue;
    const Decision d = read_decision(line, "decisions");
    if (d.deed != Deed::split || d.at.exact.find_first_of(line_ends) != d.at.exact.npos) continue;
    const FoundPlace found = find_place(text, d.at);
    if (found.how == FoundPlace::exact && is_within_line(text, found.at.begin)) breaks.push_back(found.at.begin);
  }
  std::sort(breaks.begin(), breaks.end());
  breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
  return breaks;
}

void rule(Document& d, const std::vector<std::string>& lines, const std::vector<std::uint32_t>& put_in) {
  d.rulings.clear();
  for (const std::string& line : lines) {
    Ruling r = ruling_of(d, read_decision(line, "decisions"), line, put_in);
    for (const Ruling& earlier : d.rulings) {
      if (!r.trouble.empty()) break;
      if (earlier.trouble.empty() && contradict(earlier, r))
        r.trouble = d.arena->keep("it contradicts '" + std::string(earlier.line) + "'");
    }
    d.rulings.push_back(r);
  }
  std::stable_sort(d.rulings.begin(), d.rulings.end(),
                   [](const Ruling& a, const Ruling& b) { return a.at.begin < b.at.begin; });
}

}  // namespace emend
