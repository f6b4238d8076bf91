// mkdtemp, and std::filesystem for the end.
#include "stages/write/private_folder.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/document/error.h"

namespace emend {

PrivateFolder::PrivateFolder() {
  const char* parent = std::getenv("TMPDIR");
  path_ = std::string(parent && *parent ? parent : "/tmp") + "/emend-XXXXXX";
  if (!mkdtemp(path_.data())) {
    throw Error(Exit::output, path_ + ": cannot make a temporary folder; set TMPDIR to one that can be written");
  }
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string PrivateFolder::write(const std::string& name, std::string_view bytes) const {
  const std::string file = path_ + "/" + name;
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw Error(Exit::output, file + ": cannot be written; make room there, or set TMPDIR");
  return file;
}

}  // namespace emend
