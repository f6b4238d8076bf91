// What an expression cannot do without: words of which a text must hold one for it to match, bytes of which the text
// must begin with one. A rule whose needs are not met need not be asked, nor even compiled.
#pragma once
#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

struct Needs {
  std::vector<std::string> words;  // in small letters; empty: nothing can be said
  bool alone = false;              // it matches what in small letters is one of the words, and nothing else
  std::bitset<256> first, second;  // bytes, one of which is the text's first, second; none: nothing can be said
};

/// What an expression in RE2's syntax needs. Where it says what this does not know, nothing is said of it. The method
/// is that of Russ Cox, "Regular Expression Matching with a Trigram Index" (2012): of each part what it can match, as
/// long as that is a short list, and else the best list of words within it.
Needs needs_of(std::string_view expression);

}  // namespace emend
