// Each repair overwrites bytes that the parser would misread; what they say is taken from the line itself.
#include "stages/05-markup/stand_in.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t longest_mark = 40, longest_words = 400;  // of a note, and of what is linked

class Writer {
 public:
  explicit Writer(std::string_view line) : line_(line), copy_(line) {}

  StandIn take() {
    std::replace(copy_.begin(), copy_.end(), '\0', 'x');
    formulas();
    brackets();
    bold();
    for (std::size_t i = copy_.find_first_of("*~"); i != copy_.npos;) {
      const std::size_t end = std::min(copy_.find_first_not_of(copy_[i], i), copy_.size());
      if (copy_[i] == '*') set_off(i, end);
      if (copy_[i] == '~' && end - i != 2) fill(i, end);  // about, in most texts
      i = copy_.find_first_of("*~", end);
    }
    return {std::move(copy_), std::move(formulas_)};
  }

 private:
  void fill(std::size_t begin, std::size_t end) { std::fill(at(begin), at(end), 'x'); }
  std::string::iterator at(std::size_t i) { return copy_.begin() + static_cast<std::ptrdiff_t>(i); }

  // Where `what` stands next behind `from`, or npos; what was found once is not looked for again, so that a line that
  // opens much and closes little is read in linear time.
  std::size_t next(std::string_view what, std::size_t from) {
    const auto known = found_.find(what);
    if (known != found_.end() && known->second >= from) return known->second;
    return found_[what] = line_.find(what, from);
  }

  void formulas() {
    for (std::size_t i = line_.find_first_of("\\$`"); i < line_.size(); i = line_.find_first_of("\\$`", i))
      i = line_[i] == '\\' ? backslash(i) : line_[i] == '$' ? dollar(i) : code(i);
  }

  std::size_t backslash(std::size_t i) {
    const std::string_view two = line_.substr(i, 2);
    if (two == "\\(" || two == "\\[")
      if (const std::size_t end = next(two == "\\(" ? "\\)" : "\\]", i + 2); end != line_.npos && end > i + 2) {
        const std::string_view inside = line_.substr(i + 2, end - i - 2);
        if (two == "\\(" ? !is_prose(inside) : is_formula(inside)) return add(i + 2, end, 2);
      }
    if (two == "\\$") fill(i, i + 2);  // a dollar that is none of a formula stays as it is
    return i + 2;
  }

  // A dollar opens a formula if no blank or figure tells of money: $5 and $6.
  std::size_t dollar(std::size_t i) {
    const std::string_view fence = line_.substr(i, 2) == "$$" ? "$$" : "$";
    const std::size_t from = i + fence.size();
    std::size_t end = next(fence, from);
    while (end != line_.npos && line_[end - 1] == '\\') end = next(fence, end + 1);
    const auto figure = [&](std::size_t at) {
      return at < line_.size() && is_digit(static_cast<unsigned char>(line_[at]));
    };
    const bool money =
        end != line_.npos && figure(from) && (figure(end + fence.size()) || (fence == "$" && line_[end - 1] == ' '));
    return end == line_.npos || end == from || money ? from : add(from, end, fence.size());
  }

  // Gives where reading goes on.
  std::size_t add(std::size_t from, std::size_t to, std::size_t fence) {
    formulas_.push_back({from, to, fence});
    fill(from - fence, to + fence);
    return to + fence;
  }

  // [\[15\]](#page-8) has escaped brackets, as any number in them has.
  static bool is_formula(std::string_view s) {
    return s.find("](") == s.npos && s.find_first_of("\\^_={}<>+") != s.npos;
  }

  // Words in escaped parentheses: two of three letters or more, and no sign of a formula.
  static bool is_prose(std::string_view s) {
    int long_words = 0;
    std::size_t run = 0;
    for (const char c : s) {
      if (std::string_view("\\^_={}<>+").find(c) != std::string_view::npos) return false;
      run = is_ascii_letter(static_cast<unsigned char>(c)) ? run + 1 : 0;
      long_words += run == 3;
    }
    return long_words > 1;
  }

  std::size_t code(std::size_t i) {
    const std::size_t from = std::min(line_.find_first_not_of('`', i), line_.size());
    const std::size_t end = from - i > 3 ? line_.npos : next(line_.substr(i, from - i), from);
    if (end != line_.npos) return end + (from - i);
    fill(i, from);  // an opening quotation mark, in most texts
    return from;
  }

  // `[^1]` marks a note, whatever follows it. What has no sign of an address is none: [Co(NH3)6](NO3)3. The name of a
  // picture may have blanks.
  void brackets() {
    for (std::size_t i = copy_.find("[^"); i != copy_.npos; i = copy_.find("[^", i + 2)) {
      copy_[i] = 'x';
      const std::size_t close = std::string_view(copy_).substr(i, longest_mark).find(']');
      if (close != copy_.npos) copy_[i + close] = 'x';
    }
    // A picture whose words go on in the next line is read as words.
    for (std::size_t i = copy_.find("!["); i != copy_.npos && next("](", i) == copy_.npos; i = copy_.find("![", i))
      fill(i, i + 2);
    for (std::size_t i = copy_.find("]("); i != copy_.npos; i = copy_.find("](", i + 2)) {
      const std::size_t end = next(")", i);
      if (end == copy_.npos) return;
      const std::size_t words = i - std::min(i, longest_words);
      const std::size_t open = std::string_view(copy_).substr(words, i - words).rfind('[');
      const bool image = open != copy_.npos && words + open > 0 && copy_[words + open - 1] == '!';
      const std::string_view address = line_.substr(i + 2, end - i - 2);
      if (!image && !address.empty() && address.find_first_of("/.:#@") == address.npos) {
        copy_[i] = 'x';
        continue;
      }
      has_links_ = true;
      if (image && address.find('"') == address.npos) std::replace(at(i), at(end), ' ', 'x');
    }
  }

  // **Words **and: a blank within is no part of what is bold. Only where runs of two stars make pairs, of which one end
  // at least stands as it should, or which hold the whole line.
  void bold() {
    std::vector<std::size_t> runs;
    for (std::size_t i = copy_.find('*'); i != copy_.npos; i = copy_.find('*', i + 2)) {
      if (std::min(copy_.find_first_not_of('*', i), copy_.size()) != i + 2) return;
      runs.push_back(i);
    }
    if (runs.size() % 2 != 0) return;
    for (std::size_t k = 0; k < runs.size(); k += 2) {
      const std::size_t begin = runs[k] + 2, end = runs[k + 1];
      if (trim(line_.substr(begin, end - begin)).empty()) return;
      const bool opens = copy_[begin] != ' ', closes = copy_[end - 1] != ' ';
      const bool whole = trim(line_.substr(0, runs[k])).empty() && trim(line_.substr(end + 2)).empty();
      if (!opens && (closes || whole)) copy_[begin] = 'x';
      if (!closes && (opens || whole)) copy_[end - 1] = 'x';
    }
  }

  // Letters on both sides, or signs on both: so a run may open and close, wherever it stands.
  void set_off(std::size_t begin, std::size_t end) {
    if (begin == 0 || end == copy_.size()) return;
    const std::string_view copy = copy_;
    const char32_t before = last_character(copy.substr(0, begin)), behind = first_character(copy.substr(end));
    if (is_blank(before) || is_blank(behind) || before == not_a_character || behind == not_a_character) return;
    const bool fixed_before = is_fixed(before), fixed_behind = is_fixed(behind);
    std::size_t size = 0;
    next_character(copy.substr(end), size);
    std::size_t first = begin - 1;
    while (first > 0 && (static_cast<unsigned char>(copy[first]) & 0xC0u) == 0x80u) --first;
    if (!fixed_before && !fixed_behind) {
      write(first, begin - first, letters);
      write(end, size, letters);
    } else if (!fixed_before) {
      write(first, begin - first, signs);
    } else if (!fixed_behind) {
      write(end, size, signs);
    }
  }

  // Signs that the parser needs where they are.
  bool is_fixed(char32_t c) const {
    if (c == U'(' || c == U')') return has_links_;
    return c < 0x80 && std::string_view("*_`~[]<>!$&\\;").find(static_cast<char>(c)) != std::string_view::npos;
  }

  // By their bytes.
  static constexpr std::string_view letters[] = {"x", "é", "一", "𠀀"}, signs[] = {".", "«", "、", ""};

  void write(std::size_t at, std::size_t size, const std::string_view (&by_size)[4]) {
    if (size >= 1 && size <= 4 && by_size[size - 1].size() == size) copy_.replace(at, size, by_size[size - 1]);
  }

  std::string_view line_;
  std::string copy_;
  std::vector<Formula> formulas_;
  std::map<std::string_view, std::size_t> found_;
  bool has_links_ = false;
};

}  // namespace

StandIn stand_in(std::string_view line) { return Writer(line).take(); }

}  // namespace emend
