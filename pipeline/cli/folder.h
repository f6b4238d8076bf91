// A folder whose files are the pages of one book: scans, or texts.
#pragma once
#include <string>
#include <vector>

#include "stages/read/look.h"

namespace emend {

/// The paths of the files in `folder` that may hold pages, by their names: numbers in names count as numbers, so that
/// 2 stands before 10. Pictures, hidden files and folders are left out. Error(Exit::input) if it cannot be read.
std::vector<std::string> page_files(const std::string& folder);

/// The text of the book that the folder holds, a form feed between files, and, of scans, how its lines look. Where some
/// of the files are scans, the others are left out. Error(Exit::input) if there is no page, if there are scans in two
/// formats, or as the readers of a file throw; a text must be UTF-8.
std::string read_folder(const std::string& folder, std::vector<SeenPage>& seen);

}  // namespace emend
