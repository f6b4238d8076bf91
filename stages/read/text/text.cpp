// Telling text from what is none.
#include "stages/read/text/text.h"

#include <algorithm>

#include "pipeline/document/commit.h"
#include "pipeline/document/error.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t largest = 0xFFFFFFF0u;

bool is_blank_text(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const char32_t c = next_character(s, i);
    if (!is_blank(c) && c != '\n' && c != '\r' && c != '\f' && c != 0xFEFF) return false;
  }
  return true;
}

constexpr std::size_t beginning = 4096;
constexpr std::string_view blanks = " \t\r\n";

// Whether `s` begins with `tag` in any case.
bool begins_with_tag(std::string_view s, std::string_view tag) {
  return s.size() >= tag.size() && std::equal(tag.begin(), tag.end(), s.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

std::string_view without_blanks(std::string_view s) {
  const std::size_t first = s.find_first_not_of(blanks), last = s.find_last_not_of(blanks);
  return first == s.npos ? std::string_view{} : s.substr(first, last + 1 - first);
}

std::string_view without_comments(std::string_view s) {
  while (s.starts_with("<!--")) {
    const std::size_t end = s.find("-->");
    s = end == s.npos ? std::string_view{} : without_blanks(s.substr(end + 3));
  }
  return s;
}

// Whether a tag follows the first one, as in a file of tags; behind a tag that a sentence speaks of there are words.
bool goes_on_with_tag(std::string_view s) {
  const std::size_t end = s.substr(0, beginning).find('>');
  return end != s.npos && without_blanks(s.substr(end + 1, beginning)).starts_with('<');
}

// Tags from the root on, and nothing but tags behind its end; where words follow there, the file is an example in a book.
bool is_html(std::string_view s) {
  s = without_comments(s);
  if (!begins_with_tag(s, "<!doctype html") && !begins_with_tag(s, "<html") && !begins_with_tag(s, "<head>") &&
      !begins_with_tag(s, "<body"))
    return false;
  if (!goes_on_with_tag(s)) return false;
  constexpr std::string_view closing = "</html>";
  const auto last = std::find_end(s.begin(), s.end(), closing.begin(), closing.end(), [](char a, char b) {
    return b == (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a);
  });
  if (last == s.end()) return true;
  const std::string_view behind =
      without_blanks(s.substr(static_cast<std::size_t>(last - s.begin()) + closing.size()));
  return behind.empty() || behind.starts_with('<');
}

bool is_xml(std::string_view s) {
  if (!begins_with_tag(s, "<?xml ") && !s.starts_with("<TEI ") && !s.starts_with("<TEI>")) return false;
  return goes_on_with_tag(s);
}

// {"key": or [{"key": or [[{"key": or ["a text", at the beginning, and a bracket at the end.
bool is_json(std::string_view s) {
  if (!s.ends_with('}') && !s.ends_with(']')) return false;
  const std::string_view whole = s;
  const auto behind_string = [&](std::string_view from) {
    const std::size_t end = from.starts_with('"') ? from.find('"', 1) : from.npos;
    return end == from.npos ? std::string_view{} : without_blanks(from.substr(end + 1));
  };
  while (s.starts_with("[") && without_blanks(s.substr(1)).starts_with('[')) s = without_blanks(s.substr(1));
  if (s.starts_with('[')) {
    s = without_blanks(s.substr(1));
    const std::string_view behind = behind_string(s);
    if ((behind.starts_with(',') || behind == "]") && without_blanks(whole.substr(0, whole.size() - 1)).ends_with('"'))
      return true;
  }
  return s.starts_with('{') && behind_string(without_blanks(s.substr(1))).starts_with(':');
}

// A class before the document begins, behind nothing but comments and commands; in a book about LaTeX, words stand there.
bool is_latex(std::string_view s) {
  if (s.find("\\begin{document}") == s.npos) return false;
  for (s = s.substr(0, beginning * 4); !s.empty();) {
    if (s.starts_with("\\documentclass") || s.starts_with("\\documentstyle")) {
      const std::size_t end = s.find('\n'), close = s.substr(0, end).find('}');
      const std::string_view behind =
          close == s.npos ? std::string_view{} : without_blanks(s.substr(close + 1, end - close - 1));
      return behind.empty() || behind.starts_with('%') || behind.starts_with('\\');
    }
    if (!s.starts_with('%') && !s.starts_with('\\')) return false;
    const std::size_t end = s.find('\n');
    s = end == s.npos ? std::string_view{} : without_blanks(s.substr(end));
  }
  return false;
}

}  // namespace

std::string_view markup_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = without_blanks(text);
  if (is_html(text)) return "HTML";
  if (is_xml(text)) {
    const std::string_view head = text.substr(0, beginning);
    return head.find("<html") != head.npos ? "HTML" : "XML";
  }
  if (text.starts_with("{\\rtf")) return "RTF";
  if (is_latex(text)) return "LaTeX";
  return is_json(text) ? "JSON" : std::string_view{};
}

Document read_text(std::string name, std::string bytes) {
  const auto refuse = [&](const std::string& why) { throw Error(Exit::input, name + ": " + why); };
  if (bytes.empty()) refuse("is empty; there is nothing to convert");
  if (bytes.size() > largest) refuse("is larger than 4 GiB; split it into volumes");
  if (const std::size_t nul = bytes.find('\0'); nul != bytes.npos)
    refuse("is not text: there is a NUL byte at offset " + std::to_string(nul) +
           "; give the text that was extracted from it");
  const auto control = std::count_if(bytes.begin(), bytes.end(), [](char c) {
    return (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == 0x7F;
  });
  if (static_cast<std::size_t>(control) > bytes.size() / 10 + 8)
    refuse("is not text: more than a tenth of it are control characters; give the text that was extracted from it");
  if (is_blank_text(bytes)) refuse("holds nothing but white space; there is nothing to convert");
  return open_document(std::move(name), std::move(bytes));
}

}  // namespace emend
