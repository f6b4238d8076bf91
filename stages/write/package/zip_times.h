// Takes the clock out of a ZIP file: EPUB and DOCX are ZIPs, and those of older Pandocs tell when they were packed.
#pragma once
#include <string>

namespace emend {

/// Sets the time of every member of the ZIP archive `zip` to 1 January 1980, the earliest that ZIP knows, so that equal
/// contents are equal bytes. False, and `zip` as it was, if it is no ZIP archive that can be walked.
bool fix_zip_times(std::string& zip);

}  // namespace emend
