// What tests of books and of other programs stand on: files, folders of their own, settings of the environment.
#pragma once
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "pipeline/document/error.h"

namespace emend {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::string sample(const std::string& name) { return read_file(EMEND_SOURCE_DIR "/tests/data/bridge/" + name); }

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

/// A folder for one test.
struct Folder {
  Folder() { EXPECT_NE(mkdtemp(path.data()), nullptr); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string put(const std::string& name, const std::string& bytes) const {
    std::ofstream(path + "/" + name, std::ios::binary) << bytes;
    return path + "/" + name;
  }
  std::string script(const std::string& name, const std::string& lines) const {
    const std::string file = put(name, "#!/bin/sh\n" + lines);
    chmod(file.c_str(), 0755);
    return file;
  }
  std::string path = std::filesystem::temp_directory_path() / "emend-test-XXXXXX";
};

/// An environment variable for as long as this lives.
struct Setting {
  Setting(const char* variable, const std::string& value) : name(variable) {
    const char* old = getenv(name);
    had = old != nullptr;
    before = old ? old : "";
    setenv(name, value.c_str(), 1);
  }
  ~Setting() { had ? setenv(name, before.c_str(), 1) : unsetenv(name); }
  const char* name;
  bool had = false;
  std::string before;
};

template <class Act>
std::string error_of(Act act, Exit expected) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.code), static_cast<int>(expected)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

}  // namespace emend
