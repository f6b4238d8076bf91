// Other encodings than UTF-8: found by what the whole file reads like in them, decoded, and encoded again to the byte.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// The names that users may give and editions record; `UTF-8` is the first.
std::span<const std::string_view> encoding_names();

/// The name as it is recorded, for any usual spelling of it ("cp936", "latin-1"); empty if there is no such encoding.
std::string_view encoding_named(std::string_view name);

/// A place whose character is not the one that these bytes are the encoding of: they do not decode (the text then has
/// U+FFFD there), or the encoding has two forms of the character and this is the rarer one.
struct KeptBytes {
  std::size_t at = 0;  // where the character begins in the text
  std::string bytes;
  bool operator==(const KeptBytes&) const = default;
};

struct Decoded {
  std::string text;             // UTF-8
  std::string encoding;         // as encoding_named gives it; empty: the bytes are the text
  std::vector<KeptBytes> kept;  // in the order of the text
};

/// Decodes `bytes` from `encoding`; if that is empty, from the one that a byte order mark, or uchardet and the
/// plausibility of the decoded text have it. Bytes that are UTF-8 for the most part are not looked at any further, and
/// up to 16 bytes that read like nothing stay as they are. Error(Exit::input) if more do, if they are not in
/// `encoding`, or if encoding the text does not give them back.
Decoded decode_text(const std::string& name, std::string bytes, std::string_view encoding);

/// What `decode_text` was given, if the text is as it came from there.
std::string encode_text(const Decoded&);

}  // namespace emend
