// Days, months and years as books print them.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// A printed day, month or year as TEI's @when has it: "2019年3月5日" gives 2019-03-05. Empty if there is no year.
std::string date_when(std::string_view printed);

}  // namespace emend
