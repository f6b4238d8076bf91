// What a file is called, without what its ending says of its format.
#pragma once
#include <string_view>

namespace emend {

/// "a/b.txt" gives "a/b"; so do "a/b.tei.xml" and, of what is packed, "a/b.xml.gz" and "a/b.tar.xz". A name that begins with
/// its only dot stays, as one without any.
std::string_view without_ending(std::string_view path);

}  // namespace emend
