// Asking CLD2, and believing it only where it is sure of nearly the whole text; CLD2 is met only here.
#include "stages/85-languages/language.h"
#include "weights/languages.h"

#include <cstdio>  // its header needs it, and does not say so

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

namespace emend {

namespace {

constexpr std::size_t most = 2000, fewest = 20;  // bytes
                                                 // language unknown to it, less

}  // namespace

std::string_view guess_language(std::string_view text) {
  text = text.substr(0, most);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0u) == 0x80u) text.remove_suffix(1);
  if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0u) text.remove_suffix(1);
  if (text.size() < fewest) return {};
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3];
  int percents[3], bytes = 0, valid = 0;
  double scores[3];
  bool reliable = false;
  const CLD2::Language best =
      CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &hints, 0, languages,
                                              percents, scores, nullptr, &bytes, &reliable, &valid);
  if (!reliable || best != languages[0] || percents[0] < languages::percent || scores[0] < languages::score) return {};
  if (best == CLD2::UNKNOWN_LANGUAGE || best == CLD2::TG_UNKNOWN_LANGUAGE) return {};
  const std::string_view code = CLD2::LanguageCode(best);
  if (code == "iw") return "he";  // CLD2 has some tags of old
  if (code == "in") return "id";
  return code.size() > 3 ? std::string_view() : code;
}

}  // namespace emend
