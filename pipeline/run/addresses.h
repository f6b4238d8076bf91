// Whether a program of this build may be given a limit of address space.
#pragma once

namespace emend {

/// AddressSanitizer reserves address space without end as its program starts: under a limit that does not begin. The
/// programs of others (poppler, Pandoc) are not built with it, and are limited in every build.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool takes_all_addresses = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool takes_all_addresses = true;
#else
inline constexpr bool takes_all_addresses = false;
#endif
#else
inline constexpr bool takes_all_addresses = false;
#endif

}  // namespace emend
