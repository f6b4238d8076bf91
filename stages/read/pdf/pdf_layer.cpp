// Ways in which a text layer fails: it is not there, its glyphs have no characters or those of another font, or each
// glyph is a word.
#include "stages/read/pdf/pdf_layer.h"

#include <string_view>

#include "pipeline/document/error.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t enough = 50;    // characters that tell something
constexpr std::size_t few_pages = 8;  // of a leaflet, which may have more pictures than text
constexpr std::size_t many_letters = 1000;
constexpr std::string_view remedy = "; read its pages anew, as `ocrmypdf --force-ocr IN.pdf OUT.pdf` does";

struct Seen {
  std::size_t pages = 0;  // with text
  std::size_t characters = 0, unknown = 0;
  std::size_t words = 0, single = 0;  // not Chinese; of one letter
  std::size_t ascii = 0, vowels = 0;  // letters
};

// No text is made of these: private characters, controls, and the arrows, signs and ornaments as which the letters of a
// font without a map come out. Braille is text.
bool is_unknown(char32_t c) {
  const bool sign = c >= 0x2190 && c < 0x2E80 && (c < 0x2800 || c > 0x28FF) && (c < 0x2460 || c > 0x24FF);
  return c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 || (c >= 0x80 && c < 0xA0) || sign;
}

bool is_vowel(char32_t c) { return std::u32string_view(U"aeiouyAEIOUY").find(c) != std::u32string_view::npos; }

void see_word(const std::string& word, Seen& seen) {
  std::size_t count = 0, letters = 0;
  bool wide = false;
  for (std::size_t i = 0; i < word.size();) {
    const char32_t c = next_character(word, i);
    ++count;
    seen.unknown += is_unknown(c);
    seen.ascii += is_ascii_letter(c);
    seen.vowels += is_vowel(c);
    wide = wide || c >= 0x2E80;
    letters += is_letter(c);
  }
  seen.characters += count;
  if (wide || letters == 0) return;
  ++seen.words;
  seen.single += count == 1;
}

Seen see(const std::vector<std::vector<ScanLine>>& pages) {
  Seen seen;
  for (const std::vector<ScanLine>& page : pages) {
    seen.pages += !page.empty();
    for (const ScanLine& line : page)
      for (const ScanWord& word : line.words) see_word(word.text, seen);
  }
  return seen;
}

}  // namespace

void check_layer(const std::string& name, const std::vector<std::vector<ScanLine>>& pages) {
  const auto refuse = [&](const std::string& why) { throw Error(Exit::input, name + ": is a PDF " + why); };
  if (pages.empty()) refuse("without a page; there is nothing to convert");
  const Seen seen = see(pages);
  if (seen.characters == 0 || (pages.size() > few_pages && seen.pages * 4 < pages.size()))
    refuse((seen.characters == 0 ? "without text: its pages are pictures"
                                 : "of pictures: " + std::to_string(seen.pages) + " of its " +
                                       std::to_string(pages.size()) + " pages hold text") +
           "; add a text layer, as `ocrmypdf --skip-text IN.pdf OUT.pdf` does");
  const bool unmapped = seen.characters >= enough && seen.unknown * 5 > seen.characters;
  // Codes of glyphs taken for letters: no language that is written with them has so few vowels.
  const bool shifted = seen.ascii >= many_letters && seen.ascii * 2 > seen.characters && seen.vowels * 5 < seen.ascii;
  if (unmapped || shifted)
    refuse("whose text is spoiled: its fonts do not say which characters their glyphs are" + std::string(remedy));
  if (seen.words >= enough && seen.single * 2 > seen.words)
    refuse("whose text is spoiled: its letters are a word each" + std::string(remedy));
}

}  // namespace emend
