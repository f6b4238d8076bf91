// Reading books, sidecars and rules.
#include "pipeline/cli/book.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "pipeline/cli/files.h"
#include "pipeline/cli/pages.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "pipeline/run/decisions.h"
#include "pipeline/text/script.h"
#include "stages/read/blocks.h"
#include "stages/read/encoding.h"
#include "stages/read/scanned.h"
#include "stages/read/text.h"
#include "stages/read/transcript.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 9> keys = {"title",    "author",  "date",    "publisher", "language",
                                                  "encoding", "columns", "changes", "from"};
constexpr std::array<std::string_view, 3> policies = {"ledger", "inline", "none"};
constexpr std::string_view kept_bytes =
    "encoding-bytes";                                  // what a place of the text is encoded as; never said by users
constexpr std::string_view columns_at = "columns-at";  // a place in two columns; never said by users
constexpr std::string_view entries_at = "entries-at";  // a contents list in pieces; never said by users
constexpr std::string_view stage_ran = "stage";        // between two of a chain only
constexpr std::string_view decision = "decision";      // a line of the decisions file

// Letters and digits in groups of at most eight, joined by hyphens, a letter group first: BCP 47 as far as a form goes.
bool is_language(std::string_view s) {
  std::size_t group = 0;
  bool first = true;
  for (const char c : s) {
    if (c == '-') {
      if (group == 0) return false;
      group = 0;
      first = false;
      continue;
    }
    const bool letter = is_ascii_letter(static_cast<unsigned char>(c));
    if ((!letter && (first || !is_digit(static_cast<unsigned char>(c)))) || ++group > 8) return false;
  }
  return group > 0;
}

void check_fact(const std::string& where, std::string_view key, std::string_view value) {
  const auto refuse = [&](const std::string& why) { throw Error(Exit::usage, where + ": " + why); };
  const std::string named = quotation(key);
  if (value.empty()) refuse(named + " has no value; write one or leave it out");
  for (std::size_t i = 0; i < value.size();) {
    const char32_t c = next_character(value, i);
    if (c == not_a_character) refuse(named + " is not UTF-8; convert it first");
    if (c < 0x20 || c == 0x7F || c == 0xFFFE || c == 0xFFFF) refuse(named + " holds a control character; take it out");
  }
  if (key == "columns" && value != "1" && value != "2")
    refuse(quotation(value) + " is no number of columns that emend reads; write 1 or 2");
  if (key == "from" && value != "text" && value != "markdown")
    refuse("emend reads no " + quotation(value) + "; write text or markdown");
  if (key == "language" && !is_language(value))
    refuse(quotation(value) + " is no language tag; write one as in en, de or zh-Hans");
  if (key == "changes" && std::find(policies.begin(), policies.end(), value) == policies.end())
    refuse("there is no policy " + quotation(value) + "; write ledger, inline or none" + did_you_mean(value, policies));
  if (key == "encoding" && encoding_named(value).empty()) {
    std::string all, near = did_you_mean(value, encoding_names());
    for (const std::string_view name : encoding_names()) all += (all.empty() ? "" : ", ") + std::string(name);
    refuse("there is no encoding " + quotation(value) + (near.empty() ? "; there are " + all : near));
  }
}

// As it is recorded: encodings have many spellings.
std::string fact(std::string_view key, std::string_view value) {
  return std::string(key == "encoding" ? encoding_named(value) : value);
}

// Each key once but author; in the order of the keys. What `stronger` says of a key replaces all that `weaker` says.
BookOptions merged(const BookOptions& weaker, const BookOptions& stronger) {
  BookOptions all;
  const auto take = [&](std::string_view key) {
    const auto is_key = [&](const auto& fact) { return fact.first == key; };
    const BookOptions& from = std::any_of(stronger.begin(), stronger.end(), is_key) ? stronger : weaker;
    std::copy_if(from.begin(), from.end(), std::back_inserter(all), is_key);
  };
  for (const std::string_view key : keys) take(key);
  take(kept_bytes);
  take(columns_at);
  take(entries_at);
  take(decision);
  return all;
}

}  // namespace

BookOptions facts_said(const Arguments& a) {
  BookOptions said;
  for (const std::string_view key : keys)
    for (const std::string& value : a.all(key)) {
      const std::string_view trimmed = trim(value);
      check_fact("--" + std::string(key), key, trimmed);
      said.emplace_back(key, fact(key, trimmed));
    }
  return said;
}

BookOptions read_sidecar(const std::string& path) {
  const std::string bytes = read_file(path);
  std::string_view rest = bytes;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  BookOptions facts;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = trim(line);
    if (line.empty() || line[0] == '#') continue;
    const std::string where = shown(path) + ":" + std::to_string(number);
    const std::size_t colon = line.find(':');
    if (colon == line.npos)
      throw Error(
          Exit::usage,
          where + ": no `key: value`, but '" + shown_short(line, 40) +
              "'; write one of title, author, date, publisher, language, encoding, columns, changes, then a colon");
    const std::string key(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      const std::string near = did_you_mean(key, keys);
      throw Error(
          Exit::usage,
          where + ": unknown key '" + shown_short(key, 40) + "'" +
              (near.empty() ? "; there are title, author, date, publisher, language, encoding, columns and changes"
                            : near));
    }
    check_fact(where, key, value);
    if (key != "author" && std::any_of(facts.begin(), facts.end(), [&](const auto& f) { return f.first == key; }))
      throw Error(Exit::usage, where + ": '" + key + "' is there twice; only author may be");
    facts.emplace_back(key, fact(key, value));
  }
  return facts;
}

Sidecars sidecars_for(const std::string& input, const Arguments& a) {
  const auto beside = [&](const std::string& option) -> std::string {
    if (a.has(option)) return a.get(option);
    if (input == "-") return {};
    std::string path = without_extension(without_slash(input)) + "." + option;
    return path != input && file_exists(path) ? path : "";
  };
  return {beside("meta"), beside("decisions")};
}

namespace {

std::string option_of(const BookOptions& options, std::string_view key) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.first == key; });
  return found == options.end() ? "" : found->second;
}

std::string in_hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    out += {"0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]};
  }
  return out;
}

// "place bytes in hexadecimal", as facts_of writes it.
bool read_kept(std::string_view s, KeptBytes& kept) {
  const std::size_t blank = s.find(' ');
  if (blank == s.npos || (s.size() - blank) % 2 == 0) return false;
  const auto [end, error] = std::from_chars(s.data(), s.data() + blank, kept.at);
  if (error != std::errc{} || end != s.data() + blank) return false;
  for (std::size_t i = blank + 1; i < s.size(); i += 2) {
    unsigned char byte = 0;
    const auto [stop, wrong] = std::from_chars(s.data() + i, s.data() + i + 2, byte, 16);
    if (wrong != std::errc{} || stop != s.data() + i + 2) return false;
    kept.bytes += static_cast<char>(byte);
  }
  return true;
}

// What encoding the text again needs to know: part of the ledger, so that the file's bytes can be proven.
BookOptions facts_of(const Decoded& d) {
  BookOptions facts;
  if (!d.encoding.empty()) facts.emplace_back("encoding", d.encoding);
  for (const KeptBytes& k : d.kept) facts.emplace_back(kept_bytes, std::to_string(k.at) + " " + in_hex(k.bytes));
  return facts;
}

// Columns are read one after the other. What the text was before can be made of it again, or it is left as it is.
std::string columns_in_order(std::string text, BookOptions& options) {
  const std::string said = option_of(options, "columns");
  if (said == "1") return text;
  const std::vector<Columns> columns = find_columns(text, said == "2");
  if (columns.empty()) return text;
  std::string unrolled = unroll(text, columns);
  if (roll_up(unrolled, columns) != text) return text;
  for (const Columns& c : columns) options.emplace_back(columns_at, write_columns(c));
  return unrolled;
}

// The same of the entries of a contents list, each of which becomes a line.
std::string entries_in_lines(std::string text, BookOptions& options) {
  const std::vector<EntryLines> entries = find_entry_lines(text);
  if (entries.empty()) return text;
  std::string unrolled = unroll(text, entries);
  if (roll_up(unrolled, entries) != text) return text;
  for (const EntryLines& e : entries) options.emplace_back(entries_at, write_entry_lines(e));
  return unrolled;
}

std::string in_reading_order(std::string text, BookOptions& options) {
  return entries_in_lines(columns_in_order(std::move(text), options), options);
}

// The entries that were put together, as lines of the document.
std::vector<Span> gathered(const Document& d, const BookOptions& options) {
  std::vector<Span> out;
  std::size_t next = 0, before = 0;  // lines of the document, and of the text before
  for (const EntryLines& e : entries_of(options)) {
    next += e.first - std::min<std::size_t>(e.first, before);
    const std::size_t last = next + e.entries.size() - 1;
    if (last >= d.lines.size()) break;
    out.push_back(d.hull(next, last));
    next = last + 1;
    before = std::size_t{e.first} + e.lines;
  }
  return out;
}

// The text of a file that holds what a tool read of pages, or nothing if it is none; `markdown`: in which it is
// written.
std::optional<std::string> text_of_file(const std::string& name, std::string_view bytes, bool& markdown) {
  if (const ScanFormat format = scan_format(bytes); format != ScanFormat::none) return transcript(name, bytes, format);
  markdown = markup_of(bytes) == "JSON";
  if (markdown) return blocks_text(name, bytes);
  return {};
}

void refuse_markup(const std::string& name, std::string_view text) {
  const std::string_view markup = markup_of(text);
  if (markup == "HTML")
    throw Error(Exit::input,
                name + ": is HTML, which emend does not read; make Markdown of it, as `pandoc -t gfm` does");
  if (markup == "XML")
    throw Error(Exit::input, name + ": is XML, and not text; if it is TEI, `emend export` makes books of it");
  if (!markup.empty())
    throw Error(Exit::input, name + ": is " + std::string(markup) +
                                 ", and not text: its markup would be read as words; give the text that it holds");
}

Document from_text(const std::string& input, const std::string& name, std::string bytes, BookOptions& options) {
  if (const ScanFormat format = scan_format(bytes); format != ScanFormat::none) {
    std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
    Document d = read_scan(name, bytes, format);
    d.name = input == "-" ? "untitled" : shown(file_name(input));
    return d;
  }
  bool markdown = false;
  if (std::optional<std::string> text = text_of_file(name, bytes, markdown)) {
    std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
    if (markdown) options = merged(options, {{"from", "markdown"}});
    Document d = read_text(name, std::move(*text));
    d.name = input == "-" ? "untitled" : shown(file_name(input));
    return d;
  }
  Decoded decoded = decode_text(name, std::move(bytes), option_of(options, "encoding"));
  refuse_markup(name, decoded.text);
  std::erase_if(options, [](const auto& o) { return o.first == "encoding"; });
  options = merged(options, facts_of(decoded));
  Document d = read_text(name, in_reading_order(std::move(decoded.text), options));
  d.name = input == "-" ? "untitled" : shown(file_name(input));  // an edition knows no folders
  return d;
}

// The pages in a folder or an archive are one book, and its name is that of the folder or archive.
Document from_pages(const std::string& input, const std::string& name, const std::vector<PageFile>& pages,
                    BookOptions& options) {
  std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
  PagesText book = text_of_pages(name, pages);
  if (book.markdown) options = merged(options, {{"from", "markdown"}});
  Document d = document_of_scan(name, std::move(book.text), book.seen);
  d.name = input == "-" ? "untitled" : shown(file_name(without_slash(input)));
  return d;
}

// A pipe hands on a text that is decoded: too late to say what it was encoded in.
Document from_wire(const std::string& name, const std::string& bytes, BookOptions& options,
                   std::vector<std::string>& ran) {
  BookOptions found;
  Document d = read_wire(bytes, name, found);
  for (const auto& [key, value] : found)
    if (key == stage_ran) ran.push_back(value);
  const std::string said = option_of(options, "encoding"), was = option_of(found, "encoding");
  if (!said.empty() && said != (was.empty() ? "UTF-8" : was) && !(said == "UTF-16" && was.starts_with(said)))
    throw Error(Exit::usage, name + ": was read as " + (was.empty() ? "UTF-8" : shown(was)) + " already, not as " +
                                 said + "; give --encoding to the first of the chain");
  std::erase_if(options, [](const auto& o) { return o.first == "encoding" || o.first == "columns"; });
  options = merged(found, options);
  return d;
}

}  // namespace

Book open_book(const std::string& input, const Sidecars& beside, const BookOptions& said) {
  Input in = read_input(input);
  const std::string name = input == "-" ? "standard input" : shown(input);
  Book book;
  book.begun = is_wire(in.bytes);
  if (!beside.meta.empty()) book.options = read_sidecar(beside.meta);
  book.options = merged(book.options, said);
  if (!beside.decisions.empty())
    for (std::string& line : decision_lines(read_file(beside.decisions), shown(beside.decisions)))
      book.options.emplace_back(decision, std::move(line));
  book.document = book.begun ? from_wire(name, in.bytes, book.options, book.ran)
                  : in.pages.empty() ? from_text(input, name, std::move(in.bytes), book.options)
                                     : from_pages(input, name, in.pages, book.options);
  std::erase_if(book.options, [](const auto& o) { return o.first == "changes" && o.second == policies[0]; });
  std::vector<std::string> decided;
  for (const auto& [key, value] : book.options)
    if (key == decision) decided.push_back(value);
  book.document.form = option_of(book.options, "from");
  book.document.gathered = gathered(book.document, book.options);
  rule(book.document, decided);
  return book;
}

std::string write_for_pipe(const Book& book) {
  BookOptions options = book.options;
  for (const std::string& name : book.ran) options.emplace_back(stage_ran, name);
  return write_wire(book.document, options);
}

namespace {

std::string decoded_source(const std::string& input, const Ledger& ledger) {
  const std::string name = input == "-" ? "standard input" : shown(input);
  Input in = read_input(input);
  if (!in.pages.empty()) return text_of_pages(name, in.pages).text;
  bool markdown = false;
  if (std::optional<std::string> text = text_of_file(name, in.bytes, markdown)) return std::move(*text);
  const std::string encoding = option_of(ledger.options, "encoding");
  if (encoding.empty()) return std::move(in.bytes);
  const std::string other = ": the ledger was made from another source, which was in " + shown(encoding) +
                            "; give the file that was converted";
  BookOptions recorded = ledger.options;
  std::erase_if(recorded, [](const auto& o) { return o.first != "encoding" && o.first != kept_bytes; });
  if (encoding_named(encoding) != encoding) throw Error(Exit::invalid, name + other);
  Decoded decoded;
  try {
    decoded = decode_text(name, std::move(in.bytes), encoding);
  } catch (const Error&) {
    throw Error(Exit::invalid, name + other);
  }
  if (facts_of(decoded) != recorded) throw Error(Exit::invalid, name + other);
  return std::move(decoded.text);
}

}  // namespace

namespace {

template <class Place>
std::vector<Place> places_of(const BookOptions& options, std::string_view of,
                             std::optional<Place> (*read)(std::string_view)) {
  std::vector<Place> places;
  for (const auto& [key, value] : options)
    if (key == of)
      if (const std::optional<Place> p = read(value)) places.push_back(*p);
  return places;
}

// The unrolled text, which must be one that gives back what was unrolled.
template <class Place>
std::string unrolled_again(std::string text, const std::vector<Place>& places, const std::string& input,
                           const std::string& what) {
  if (places.empty()) return text;
  std::string unrolled = unroll(text, places);
  if (roll_up(unrolled, places) != text)
    throw Error(Exit::invalid, (input == "-" ? "standard input" : shown(input)) +
                                   ": the ledger was made from another source, which has " + what +
                                   " in other places; give the file that was converted");
  return unrolled;
}

}  // namespace

std::vector<Columns> columns_of(const BookOptions& options) { return places_of(options, columns_at, read_columns); }

std::vector<EntryLines> entries_of(const BookOptions& options) {
  return places_of(options, entries_at, read_entry_lines);
}

std::string source_of(const std::string& input, const Ledger& ledger) {
  std::string text = unrolled_again(decoded_source(input, ledger), columns_of(ledger.options), input, "two columns");
  return unrolled_again(std::move(text), entries_of(ledger.options), input, "a contents list in pieces");
}

std::string encoded(std::string source, const Ledger& ledger) {
  if (const std::vector<EntryLines> entries = entries_of(ledger.options); !entries.empty())
    source = roll_up(source, entries);
  const std::vector<Columns> columns = columns_of(ledger.options);
  if (!columns.empty()) source = roll_up(source, columns);
  Decoded decoded{std::move(source), option_of(ledger.options, "encoding"), {}};
  if (decoded.encoding.empty()) return std::move(decoded.text);
  const auto damaged = [&] {
    throw Error(Exit::invalid, ledger.source_name + ": the ledger does not tell how the text was encoded; restore it");
  };
  if (encoding_named(decoded.encoding) != decoded.encoding) damaged();
  for (const auto& [key, value] : ledger.options) {
    if (key != kept_bytes) continue;
    KeptBytes& kept = decoded.kept.emplace_back();
    if (!read_kept(value, kept)) damaged();
  }
  return encode_text(decoded);
}

namespace {

std::vector<Table> tables(const std::vector<std::string>& files, std::vector<std::string>& texts) {
  std::vector<Table> all;
  texts.reserve(files.size());  // the tables view the texts
  for (const std::string& file : files) all.push_back({texts.emplace_back(read_file(file)), shown(file)});
  return all;
}

}  // namespace

Machine::Machine(const std::vector<std::string>& rule_files) : plan(tables(rule_files, texts)) {}

const Stage& stage_named(const Plan& plan, const std::string& name) {
  if (const Stage* stage = plan.find(name)) return *stage;
  std::vector<std::string_view> names;
  for (const Stage* stage : plan.stages()) names.push_back(stage->name);
  const std::string near = did_you_mean(name, names);
  throw Error(Exit::usage,
              "there is no stage '" + shown(name) + "'" + (near.empty() ? "; `emend stages` lists them" : near));
}

}  // namespace emend
