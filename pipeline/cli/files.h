// Files at the edge of the program: read whole, written whole or not at all.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emend {

/// All bytes of `path`, or of standard input for "-". Error(Exit::input), naming the path: missing, a folder, no
/// permission, larger than 4 GiB (known before anything is read, where the system can tell).
std::string read_file(const std::string& path);

/// Makes `path` hold `bytes`: written beside it under another name, flushed to the disk, then renamed, so that nobody
/// ever sees part of them. The permissions of a file that is replaced are kept, and a symbolic link stays one. A device
/// or pipe is written to directly, and "-" is standard output. Error(Exit::output) naming the path; no trace is left
/// then.
void write_file_whole(const std::string& path, std::string_view bytes);

/// Writes to standard output at once. Error(Exit::output) if that is closed or full; if its reader has
/// ended, so does this process, by SIGPIPE.
void print(std::string_view text);
/// Writes to standard error; what cannot be written there is lost.
void say(std::string_view text);

/// Error(Exit::usage) if an output is one of the inputs, or two outputs are the same file, whatever their names.
void refuse_overwriting(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs);

bool is_folder(const std::string& path);
bool file_exists(const std::string& path);
/// Makes the folder `path` unless it is there. Error(Exit::output) if that fails.
void make_folder(const std::string& path);

/// The same with all folders above it.
void make_folders(const std::string& path);

/// "a/b.tei.xml" gives "a"; "b" gives ".".
std::string folder_of(const std::string& path);
/// "a/b.tei.xml" gives "b.tei.xml".
std::string file_name(const std::string& path);
/// "a/b/" gives "a/b".
std::string without_slash(std::string path);
/// As without_ending in pipeline/text/file_names.h.
std::string without_extension(const std::string& path);

}  // namespace emend
