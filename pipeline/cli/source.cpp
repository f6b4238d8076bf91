// Decodes and unrolls a file again as its ledger says, and rolls up and encodes its text.
#include "pipeline/cli/source.h"

#include <charconv>
#include <utility>

#include "pipeline/cli/facts.h"
#include "pipeline/cli/files.h"
#include "pipeline/cli/pages.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "stages/read/blocks/blocks.h"
#include "stages/read/scan/scanned.h"
#include "stages/read/text/text.h"
#include "stages/read/scan/transcript.h"

namespace emend {

namespace {

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

std::optional<std::string> text_of_file(const std::string& name, std::string_view bytes, bool& markdown) {
  if (const ScanFormat format = scan_format(bytes); format != ScanFormat::none) return transcript(name, bytes, format);
  markdown = markup_of(bytes) == "JSON";
  if (markdown) return blocks_text(name, bytes);
  return {};
}

BookOptions facts_of(const Decoded& d) {
  BookOptions facts;
  if (!d.encoding.empty()) facts.emplace_back("encoding", d.encoding);
  for (const KeptBytes& k : d.kept)
    facts.emplace_back(recorded::kept_bytes, std::to_string(k.at) + " " + in_hex(k.bytes));
  return facts;
}

namespace {

// A PDF is read by a program that may have been another one then.
void check_reading(const std::string& name, std::string_view pdf, std::string_view text, const Ledger& ledger) {
  if (sha256(text) == ledger.source_sha256 || option_of(ledger.options, recorded::file_digest) != sha256(pdf)) return;
  throw Error(Exit::invalid,
              name +
                  ": is the PDF that was converted, but the Poppler that is installed reads it otherwise "
                  "than the one that read it then; convert it anew");
}

std::string decoded_source(const std::string& input, const Ledger& ledger) {
  const std::string name = input == "-" ? "standard input" : shown(input);
  Input in = read_input(input);
  if (!in.pages.empty()) return text_of_pages(name, in).text;
  bool markdown = false;
  if (std::optional<std::string> text = text_of_file(name, in.bytes, markdown)) {
    if (scan_format(in.bytes) == ScanFormat::pdf) check_reading(name, in.bytes, *text, ledger);
    return std::move(*text);
  }
  const std::string encoding = option_of(ledger.options, "encoding");
  if (encoding.empty()) return std::move(in.bytes);
  const std::string other = ": the ledger was made from another source, which was in " + shown(encoding) +
                            "; give the file that was converted";
  BookOptions facts = ledger.options;
  std::erase_if(facts, [](const auto& o) { return o.first != "encoding" && o.first != recorded::kept_bytes; });
  if (encoding_named(encoding) != encoding) throw Error(Exit::invalid, name + other);
  Decoded decoded;
  try {
    decoded = decode_text(name, std::move(in.bytes), encoding);
  } catch (const Error&) {
    throw Error(Exit::invalid, name + other);
  }
  if (facts_of(decoded) != facts) throw Error(Exit::invalid, name + other);
  return std::move(decoded.text);
}

}  // namespace

std::vector<Columns> columns_of(const BookOptions& options) {
  return places_of(options, recorded::columns_at, read_columns);
}

std::vector<EntryLines> entries_of(const BookOptions& options) {
  return places_of(options, recorded::entries_at, read_entry_lines);
}

std::vector<EntryLines> pieces_of(const BookOptions& options) {
  return places_of(options, recorded::pieces_at, read_entry_lines);
}

std::vector<BrokenLine> breaks_of(const BookOptions& options) {
  return places_of(options, recorded::breaks_at, read_line_break);
}

std::string source_of(const std::string& input, const Ledger& ledger) {
  std::string text = unrolled_again(decoded_source(input, ledger), columns_of(ledger.options), input, "two columns");
  text = unrolled_again(std::move(text), entries_of(ledger.options), input, "a contents list in pieces");
  text = unrolled_again(std::move(text), pieces_of(ledger.options), input, "bullets or labels beside their places");
  return unrolled_again(std::move(text), breaks_of(ledger.options), input, "lines that were broken");
}

std::string encoded(std::string source, const Ledger& ledger) {
  if (const std::vector<BrokenLine> breaks = breaks_of(ledger.options); !breaks.empty())
    source = roll_up(source, breaks);
  if (const std::vector<EntryLines> pieces = pieces_of(ledger.options); !pieces.empty())
    source = roll_up(source, pieces);
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
    if (key != recorded::kept_bytes) continue;
    KeptBytes& kept = decoded.kept.emplace_back();
    if (!read_kept(value, kept)) damaged();
  }
  return encode_text(decoded);
}

}  // namespace emend
