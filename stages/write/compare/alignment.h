// Which members of two sequences are the same: what a difference is made of.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace emend {

/// Pairs (i, j) with a[i] == b[j], rising in both: as many as can be where no more than 500 members have no partner.
/// Where more have none, what is there once in both is paired first, and then what is between; and where nothing is
/// there once, as much as can be from the beginning, piece by piece. So the time grows with the length and, up to that
/// bound, with the difference.
std::vector<std::pair<std::uint32_t, std::uint32_t>> align(const std::vector<std::uint32_t>& a,
                                                           const std::vector<std::uint32_t>& b);

}  // namespace emend
