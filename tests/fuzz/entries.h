// What any bytes at all must survive. Each function tries one way into the program and says what went wrong, or
// nothing: the fuzz targets beside this file feed them with libFuzzer, tests/fuzz_replay_test.cpp with damaged samples.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "pipeline/document/commit.h"
#include "pipeline/document/digest.h"
#include "pipeline/document/error.h"
#include "pipeline/document/ledger.h"
#include "pipeline/rules/rules.h"
#include "pipeline/run/plan.h"
#include "stages/read/blocks/blocks.h"
#include "stages/read/text/text.h"
#include "stages/write/tei/tei.h"
#include "stages/write/validate/validate.h"
#include "tests/edition_checks.h"

namespace emend {

/// The bytes up to the first NUL, and those behind it.
inline std::pair<std::string_view, std::string_view> halves(std::string_view bytes) {
  const std::size_t nul = std::min(bytes.find('\0'), bytes.size());
  return {bytes.substr(0, nul), bytes.substr(std::min(bytes.size(), nul + 1))};
}

/// "what: … differs at byte N: 'these bytes', then 'those'"; nothing if they do not.
inline std::string difference(const std::string& what, std::string_view a, std::string_view b) {
  if (a == b) return {};
  const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  const std::size_t from = at < 40 ? 0 : at - 40;
  return what + " differs at byte " + std::to_string(at) + ": '" + std::string(a.substr(from, 80)) + "', then '" +
         std::string(b.substr(from, 80)) + "'";
}

/// A ledger with a right checksum, made by hand: of this source, with these lines.
inline std::string forged_ledger(std::string_view source, std::string_view lines) {
  std::string body =
      "emend-ledger 1\nprogram 0\nsource " + std::to_string(source.size()) + ' ' + sha256(source) + " book\n";
  body += lines;
  if (!body.ends_with('\n')) body += '\n';
  const auto is_other = [&](std::string_view line) {
    return line.starts_with("option ") || line.starts_with("source ") || line.starts_with("program ");
  };
  std::size_t changes = 0;
  for (std::string_view rest = lines; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    changes += !is_other(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  const std::string digest = sha256(body);
  return body + "end " + std::to_string(changes) + ' ' + digest + '\n';
}

/// Bytes as a ledger, as a pipe's document, and as SOURCE NUL LINES of a ledger that is properly sealed: refused as bad
/// input, or replayed to a sound document that is written and read again the same.
inline std::string try_ledger(std::string_view bytes) {
  const auto refused = [](const auto& attempt) {
    try {
      attempt();
    } catch (const Error& e) {
      if (e.code != Exit::input && e.code != Exit::invalid) throw;
      return true;
    }
    return false;
  };
  BookOptions options;
  refused([&] { read_ledger(bytes, "fuzz"); });
  refused([&] { read_wire(bytes, "fuzz", options); });
  const auto [source, lines] = halves(bytes);
  std::string wrong;
  refused([&, source = std::string(source), lines = lines] {
    Ledger ledger = read_ledger(forged_ledger(source, lines), "fuzz");
    const BookOptions said = ledger.options;
    const Document d = replay(source, ledger);
    verify(d);
    const std::string wire = write_wire(d, said);
    BookOptions piped;
    if (refused([&] {
          const Document again = read_wire(wire, "fuzz", piped);
          wrong = difference("a document after a pipe", wire, write_wire(again, piped));
        }))
      wrong = "a document that was written cannot be read";
  });
  return wrong;
}

/// Bytes as TABLE NUL TEXT: the table is refused, or each of its rules can be asked about the text.
inline std::string try_rules(std::string_view bytes) {
  const auto [table, text] = halves(bytes);
  try {
    const Rules rules({Table{table, "fuzz.rules"}});
    rules.failing_examples();
    for (const Rule& rule : rules.all()) {
      rule.fact("level");
      const Match match = rules.find(rule.kind, text);
      if (match.rule != rules.test(rule.kind, text)) return "find and test differ on rule " + rule.id;
      for (const std::string_view group : match.groups)
        if (!group.empty() && (group.data() < text.data() || group.data() + group.size() > text.data() + text.size()))
          return "a group of rule " + rule.id + " lies outside the text";
    }
  } catch (const Error& e) {
    if (e.code != Exit::rules) throw;
  }
  return {};
}

/// What is wrong with the conversion of a text that is written in `form` (empty: to be found), if anything.
inline std::string convert_twice(std::string_view bytes, std::string_view form) {
  static const Plan plan;
  const BookOptions options = {{"title", "Fuzz"}};
  const auto convert = [&] {
    Document d = read_text("fuzz.txt", std::string(bytes));
    d.form = form;
    plan.run(d, {}, true);
    return d;
  };
  const Document d = convert();
  const std::string tei = write_tei(d, options), written = write_ledger(d, options);
  for (const Problem& p : validate(tei, emend_grammar()))
    return "the edition is not valid: line " + std::to_string(p.line) + ": " + p.path + ": " + p.message;
  for (const char* changes : {"ledger", "inline", "none"})
    if (std::string wrong = wrong_with_edition(d, options, changes); !wrong.empty()) return wrong;
  Ledger ledger = read_ledger(written, "fuzz.ledger");
  const Document replayed = replay(std::string(bytes), ledger), again = convert();
  const auto same = [&](const std::string& what, const Document& other) {
    const std::string differs = difference("the ledger of " + what, written, write_ledger(other, options));
    return differs.empty() ? difference("the edition of " + what, tei, write_tei(other, options)) : differs;
  };
  const std::string differs = same("a second run", again);
  return differs.empty() ? same("a replay", replayed) : differs;
}

/// Bytes as a text: refused as no text, or converted to an edition that is valid and accounts for every character, by
/// changes that can be undone and replayed; and the same a second time.
inline std::string try_convert(std::string_view bytes, std::string_view form = {}) {
  try {
    read_text("fuzz.txt", std::string(bytes));
  } catch (const Error& e) {
    return e.code == Exit::input ? "" : e.what();
  }
  try {
    return convert_twice(bytes, form);
  } catch (const Error& e) {
    return e.what();
  }
}

/// Bytes as JSON of a tool that reads pages: refused as bad input, or text that converts as Markdown.
inline std::string try_blocks(std::string_view bytes) {
  std::string text;
  try {
    text = blocks_text("fuzz.json", bytes);
  } catch (const Error& e) {
    return e.code == Exit::input ? "" : e.what();
  }
  return try_convert(text, "markdown");
}

}  // namespace emend
