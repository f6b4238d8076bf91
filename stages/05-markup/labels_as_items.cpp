// One pass over the lines, with the marks that wait for their notes.
#include "stages/05-markup/labels_as_items.h"

#include <array>
#include <string_view>
#include <utility>

#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::size_t longest_reach = 80;  // lines from a mark to its note: more than a page has
constexpr int fewest_labels = 2;           // of one form, before an item may stand for one
constexpr std::size_t items_reach = 6;     // lines from an item to the next, with a page break and its heads between
constexpr std::size_t most_numbers = 100;

// What opens a mark, in the spellings of the tools.
constexpr std::array<std::pair<std::string_view, LabelForm>, 6> openers{{{"<sup>", LabelForm::raised},
                                                                         {"$^", LabelForm::raised},
                                                                         {"${}^", LabelForm::raised},
                                                                         {"\\(^", LabelForm::raised},
                                                                         {"^", LabelForm::raised},
                                                                         {"[", LabelForm::bracketed}}};

struct Seen {
  LabelForm form = LabelForm::none;
  int number = 0;
};

// The mark that begins at `s`.
Seen read_mark_at(std::string_view s) {
  for (const auto& [opener, form] : openers) {
    if (!s.starts_with(opener)) continue;
    std::string_view rest = s.substr(opener.size());
    rest.remove_prefix(std::min(rest.find_first_not_of("{(^ "), rest.size()));
    const Number number = read_number(rest);
    if (number.form != Numeral::arabic || number.value >= static_cast<int>(most_numbers)) return {};
    const char32_t behind = first_character(rest.substr(number.length));
    const bool closes = form == LabelForm::bracketed ? behind == ']' : behind != 0 && !is_letter(behind);
    return closes ? Seen{form, number.value} : Seen{};
  }
  return {};
}

// The number of an item: 2. or 2) and words.
int item(std::string_view s) {
  const Number number = read_number(s);
  const std::string_view behind = s.substr(number.length);
  const bool listed = number.form == Numeral::arabic && (behind.starts_with(". ") || behind.starts_with(") "));
  return listed && number.value < static_cast<int>(most_numbers) ? number.value : 0;
}

class Pass {
 public:
  explicit Pass(const Document& d) : d_(d), forms_(d.lines.size(), LabelForm::none) {
    for (std::size_t i = 0; i < d.lines.size(); ++i)
      if (!text(i).empty()) filled_.push_back(i);
  }

  std::vector<LabelForm> run() {
    for (std::size_t k = 0; k < filled_.size(); ++k) {
      const std::string_view s = text(filled_[k]);
      const Seen label = read_mark_at(s);
      if (label.form != LabelForm::none)
        answer(label);
      else if (const LabelForm form = form_of_item(k); form != LabelForm::none)
        forms_[filled_[k]] = form, answer({form, item(s)});
      marks_in(s, k);
    }
    return std::move(forms_);
  }

 private:
  using Waiting = std::array<std::size_t, most_numbers>;  // the line behind that of a mark without note, or 0

  std::string_view text(std::size_t i) const { return trim(d_.lines[i].text); }
  static std::size_t index(LabelForm form) { return form == LabelForm::raised ? 0 : 1; }

  void answer(const Seen& label) {
    waiting_[index(label.form)][static_cast<std::size_t>(label.number)] = 0;
    ++labels_[index(label.form)];
  }

  void marks_in(std::string_view s, std::size_t k) {
    for (std::size_t at = s.find_first_of("<$\\^[", 1); at < s.size(); at = s.find_first_of("<$\\^[", at + 1))
      if (const Seen mark = read_mark_at(s.substr(at)); mark.form != LabelForm::none)
        waiting_[index(mark.form)][static_cast<std::size_t>(mark.number)] = k + 1;
  }

  LabelForm form_of_item(std::size_t k) const {
    const int number = item(text(filled_[k]));
    if (number == 0) return LabelForm::none;
    const std::string_view before = k > 0 ? text(filled_[k - 1]) : std::string_view();
    const std::string_view behind = k + 1 < filled_.size() ? text(filled_[k + 1]) : std::string_view();
    for (const LabelForm form : {LabelForm::raised, LabelForm::bracketed}) {
      const std::size_t mark = waiting_[index(form)][static_cast<std::size_t>(number)];
      if (mark == 0 || k + 1 - mark > longest_reach) continue;
      const Seen above = k > 0 && forms_[filled_[k - 1]] == form ? Seen{form, item(before)} : read_mark_at(before);
      const Seen below = read_mark_at(behind);
      if ((above.form == form && above.number == number - 1 && number > 1) ||
          (below.form == form && below.number == number + 1))
        return form;
      if (labels_[index(form)] >= fewest_labels && !is_listed(k, number)) return form;
    }
    return LabelForm::none;
  }

  // Whether the next item before it or behind it is its neighbour in the count, perhaps over a page break.
  bool is_listed(std::size_t k, int number) const {
    int above = 0, below = 0;
    for (std::size_t step = 1; step <= items_reach; ++step) {
      if (above == 0 && k >= step) above = item(text(filled_[k - step]));
      if (below == 0 && k + step < filled_.size()) below = item(text(filled_[k + step]));
    }
    return (number > 1 && above == number - 1) || below == number + 1;
  }

  const Document& d_;
  std::vector<LabelForm> forms_;
  std::vector<std::size_t> filled_;  // lines that are not blank
  std::array<Waiting, 2> waiting_{};
  std::array<int, 2> labels_{};
};

}  // namespace

std::vector<LabelForm> labels_as_items(const Document& d) { return Pass(d).run(); }

}  // namespace emend
