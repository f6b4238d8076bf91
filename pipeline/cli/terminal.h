// What only a person at a terminal sees: colours, and a line that tells what is being done.
#pragma once
#include <string>
#include <string_view>

namespace emend {

/// Whether standard error is a terminal that can do more than write line below line.
bool terminal_listens();
/// Whether words there may be coloured: it is one, and NO_COLOR (no-color.org) is not set.
bool terminal_has_colours();

enum class Tone { title, quiet, good, doubt };

/// Words in a tone, or as they are where there are no colours.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  std::string operator()(Tone, std::string_view words) const;

 private:
  bool on_;
};

/// A line on the terminal that is overwritten by the next, and gone in the end; nothing where no terminal listens.
class Progress {
 public:
  /// `wanted`: the user did not ask for silence.
  explicit Progress(bool wanted) : on_(wanted && terminal_listens()) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// What all lines begin with: the book, and which of how many it is.
  void about(const std::string& shown_input, std::size_t number, std::size_t all);
  void doing(std::string_view what);
  /// Any other line.
  void line(std::string_view whole);
  /// Before anything else is said.
  void clear();

 private:
  bool on_, there_ = false;
  std::string book_;
};

}  // namespace emend
