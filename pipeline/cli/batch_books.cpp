// Walking folders, reading lists, dealing out shards.
#include "pipeline/cli/batch_books.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <set>

#include "pipeline/cli/files.h"
#include "pipeline/cli/shown.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

// What stands in a folder and is called so is a book.
constexpr std::array<std::string_view, 6> endings = {".txt", ".text", ".md", ".markdown", ".hocr", ".pdf"};

bool is_book(const fs::path& path) {
  const std::string name = path.filename().string();
  return !name.starts_with('.') &&
         std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return name.ends_with(e); });
}

// A PDF beside a text of its name is what that was made of, and no book of its own.
void leave_out_pictures(std::size_t from, std::vector<BatchBook>& books) {
  std::set<std::string> texts;
  for (std::size_t i = from; i < books.size(); ++i)
    if (!books[i].input.ends_with(".pdf")) texts.insert(fs::path(books[i].input).replace_extension().string());
  const auto is_picture = [&](const BatchBook& book) {
    return book.input.ends_with(".pdf") && texts.contains(fs::path(book.input).replace_extension().string());
  };
  books.erase(std::remove_if(books.begin() + static_cast<std::ptrdiff_t>(from), books.end(), is_picture), books.end());
}

void add_folder(const std::string& folder, std::vector<BatchBook>& books) {
  const std::size_t before = books.size();
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error), end;
  for (; !error && at != end; at.increment(error)) {
    const fs::path& path = at->path();
    std::error_code unknown;
    if (path.filename().string().starts_with('.') && at->is_directory(unknown)) at.disable_recursion_pending();
    if (!is_book(path) || at->is_directory(unknown)) continue;
    const std::string below = fs::path(path).parent_path().lexically_relative(folder).string();
    books.push_back({path.string(), below == "." ? "" : below});
  }
  if (error) throw Error(Exit::input, shown(folder) + ": cannot be read: " + error.message() + "; check it");
  leave_out_pictures(before, books);
  std::sort(books.begin() + static_cast<std::ptrdiff_t>(before), books.end(),
            [](const BatchBook& a, const BatchBook& b) { return a.input < b.input; });
}

void add(const std::string& name, std::vector<BatchBook>& books) {
  if (name == "-") throw Error(Exit::usage, "a batch reads no book from standard input; --files-from - reads a list");
  if (is_folder(name))
    add_folder(name.size() > 1 && name.ends_with('/') ? name.substr(0, name.size() - 1) : name, books);
  else
    books.push_back({name, ""});
}

void add_list(const std::string& path, std::vector<BatchBook>& books) {
  const std::string list = read_file(path);
  const char end = list.find('\0') == list.npos ? '\n' : '\0';
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t stop = std::min(list.find(end, at), list.size());
    std::string name = list.substr(at, stop - at);
    if (end == '\n' && name.ends_with('\r')) name.pop_back();
    at = stop + 1;
    if (!name.empty()) add(name, books);
  }
}

}  // namespace

std::size_t number_said(const Arguments& a, const std::string& option, std::size_t otherwise) {
  if (!a.has(option)) return otherwise;
  const std::string said = a.get(option);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), number);
  if (error != std::errc{} || end != said.data() + said.size() || number > 1000000000)
    throw Error(Exit::usage, "--" + option + ": " + quotation(said) + " is no whole number");
  return number;
}

std::vector<BatchBook> books_of(const Arguments& a) {
  std::vector<BatchBook> books;
  for (const std::string& name : a.operands) add(name, books);
  if (a.has("files-from")) add_list(a.get("files-from"), books);
  if (books.empty()) throw Error(Exit::usage, "there are no books; name files or folders, or a list with --files-from");
  const std::size_t shards = number_said(a, "shards", 1), shard = number_said(a, "shard", 1);
  if (a.has("shards") != a.has("shard"))
    throw Error(Exit::usage, "--shards says how many, and --shard which of them; say both");
  if (shards == 0 || shard == 0 || shard > shards)
    throw Error(Exit::usage, "--shard: there are the shards 1 to " + std::to_string(shards) + " of " +
                                 std::to_string(shards) + "; name one of them");
  std::vector<BatchBook> mine;
  for (std::size_t i = shard - 1; i < books.size(); i += shards) mine.push_back(std::move(books[i]));
  return mine;
}

}  // namespace emend
