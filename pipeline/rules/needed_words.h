// What an expression cannot do without: words of which a text must hold one for it to match. A rule whose words are not
// there need not be asked, nor even compiled.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// The text as expressions that do not tell capitals from small letters see it; what is no UTF-8 is left as it is.
void append_small_letters(std::string& out, std::string_view text);

struct NeededWords {
  std::vector<std::string> words;  // in small letters; empty: nothing can be said
  bool alone = false;              // it matches what in small letters is one of the words, and nothing else
};

/// The words that an expression in RE2's syntax needs. Where it says what this does not know, nothing is said of it.
/// The method is that of Russ Cox, "Regular Expression Matching with a Trigram Index" (2012): of each part what it can
/// match, as long as that is a short list, and else the best list of words within it.
NeededWords needed_words(std::string_view expression);

}  // namespace emend
