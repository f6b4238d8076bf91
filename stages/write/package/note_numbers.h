// What the printed numbers of a book's footnotes are, and whether they begin anew on each page.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

namespace emend {

enum class NoteSigns { numbers, circled, letters, symbols };

/// Listens to the footnotes in order, and sums up.
class NoteNumbers {
 public:
  /// A note printed as `sign` ("①", "12", "*") on the `page`th page.
  void see(std::string_view sign, int page);
  /// The kind of nearly all of them; `numbers` if they are mixed or there are none.
  NoteSigns signs() const;
  /// Whether the first note of nearly every page is the first of its kind. One page tells nothing.
  bool anew_each_page() const;

 private:
  std::array<int, 4> of_kind_{};  // by NoteSigns
  int notes_ = 0;
  int pages_ = 0, pages_from_one_ = 0;  // that have notes; whose first is number one
  int last_page_ = -1;
};

}  // namespace emend
