// Reads and checks what is said about a book.
#include "pipeline/cli/facts.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"
#include "pipeline/document/error.h"
#include "pipeline/run/decisions.h"
#include "pipeline/text/script.h"
#include "stages/read/text/encoding.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 11> keys = {"title",   "author",  "date", "publisher", "language", "encoding",
                                                   "columns", "changes", "from", "facs",      "zones"};
constexpr std::array<std::string_view, 3> policies = {changes_in_ledger, "inline", "none"};

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

// Whether something in it differs from page to page, and it is no more than an address.
bool is_pattern_of_pages(std::string_view s) {
  const bool differs = s.find("{n") != s.npos || s.find("{label}") != s.npos || s.find("{image}") != s.npos;
  return differs && s.find_first_of(" \"<>") == s.npos;
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
  if (key == "zones" && value != "blocks" && value != "lines")
    refuse("there are no zones of " + quotation(value) + "; write blocks or lines");
  if (key == "facs" && !is_pattern_of_pages(value))
    refuse(quotation(value) + " is no address of pages; write one with {n}, {label} or {image} in it, as " +
           "https://images.example/{n}.jpg");
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

}  // namespace

BookOptions merged(const BookOptions& weaker, const BookOptions& stronger) {
  BookOptions all;
  const auto take = [&](std::string_view key) {
    const auto is_key = [&](const auto& fact) { return fact.first == key; };
    const BookOptions& from = std::any_of(stronger.begin(), stronger.end(), is_key) ? stronger : weaker;
    std::copy_if(from.begin(), from.end(), std::back_inserter(all), is_key);
  };
  for (const std::string_view key : keys) take(key);
  take(recorded::kept_bytes);
  take(recorded::columns_at);
  take(recorded::entries_at);
  take(recorded::pieces_at);
  take(recorded::breaks_at);
  take(recorded::file_digest);
  take(recorded::decision);
  return all;
}

std::string option_of(const BookOptions& options, std::string_view key) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.first == key; });
  return found == options.end() ? "" : found->second;
}

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
      throw Error(Exit::usage, where + ": no `key: value`, but '" + shown_short(line, 40) +
                                   "'; write one of title, author, date, publisher, language, encoding, columns, "
                                   "changes, facs, zones, then a colon");
    const std::string key(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      const std::string near = did_you_mean(key, keys);
      throw Error(
          Exit::usage,
          where + ": unknown key '" + shown_short(key, 40) + "'" +
              (near.empty()
                   ? "; there are title, author, date, publisher, language, encoding, columns, changes, facs and zones"
                   : near));
    }
    check_fact(where, key, value);
    if (key != "author" && std::any_of(facts.begin(), facts.end(), [&](const auto& f) { return f.first == key; }))
      throw Error(Exit::usage, where + ": '" + key + "' is there twice; only author may be");
    facts.emplace_back(key, fact(key, value));
  }
  return facts;
}

BookOptions facts_decided(const std::vector<std::string>& decisions, const std::string& where) {
  BookOptions facts;
  for (const std::string& line : decisions) {
    const Decision d = read_decision(line, where);
    if (d.deed != Deed::fact) continue;
    check_fact(where + ": '" + shown_short(line, 40) + "'", d.argument, trim(d.text));
    if (d.argument == "author" || option_of(facts, d.argument).empty())
      facts.emplace_back(d.argument, fact(d.argument, trim(d.text)));
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

}  // namespace emend
