// Finding the title of a Markdown book among its headings.
#include "stages/05-markup/title_lines.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "pipeline/rules/matter.h"
#include "pipeline/rules/numbering.h"
#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"
#include "pipeline/text/similarity.h"
#include "weights/markup.h"

namespace emend {

namespace {

class BookTitle {
 public:
  BookTitle(const Document& d, const Rules& rules, const std::vector<LineForm>& forms)
      : d_(d), rules_(rules), forms_(forms) {}

  std::optional<std::pair<std::size_t, std::size_t>> find() const {
    std::size_t first = 0;
    while (first < forms_.size() && is_between(first)) ++first;
    if (first == forms_.size() || forms_[first] != LineForm::heading || !is_title(first)) return {};
    return std::pair(first, std::max(last_short_line(first), last_said_again(first)));
  }

 private:
  std::string_view text(std::size_t i) const { return d_.lines[i].text; }

  bool is_between(std::size_t i) const { return forms_[i] == LineForm::blank || forms_[i] == LineForm::page_mark; }

  // Without the anchors that tools put before headings, and the emphasis that they set whole ones in.
  std::string_view words_of(std::size_t i) const {
    const HashHeading h = hash_heading(text(i));
    std::string_view words = text(i).substr(h.begin, h.end - h.begin);
    while (words.starts_with('<') && words.find('>') != words.npos) words.remove_prefix(words.find('>') + 1);
    const std::size_t begin = words.find_first_not_of("*_ "), end = words.find_last_not_of("*_ ");
    return begin == words.npos ? std::string_view() : words.substr(begin, end + 1 - begin);
  }

  bool is_title(std::size_t first) const {
    const int level = hash_heading(text(first)).level;
    std::size_t same = 0, deeper = 0, numbered = 0, within_emphasis = 0;
    for (std::size_t i = first + 1; i < forms_.size(); ++i) {
      if (forms_[i] != LineForm::heading) continue;
      (hash_heading(text(i)).level > level ? deeper : same) += 1;
      if (!read_numbering(rules_, words_of(i))) continue;
      ++(text(i).find('*') == std::string_view::npos ? numbered : within_emphasis);
    }
    const std::string_view words = words_of(first);
    const bool plain = !read_numbering(rules_, words) && read_matter(rules_, words) == nullptr &&
                       rules_.test("contents-title", words) == nullptr;
    return plain &&
           (same > 0 ? numbered >= markup::enough_numbered || within_emphasis >= markup::enough_set_off : deeper > 0);
  }

  // Only up to the next heading or page: a short line before a paragraph is that paragraph's.
  std::size_t last_short_line(std::size_t first) const {
    std::size_t last = first, lines = 0;
    for (std::size_t i = first + 1; i < forms_.size(); ++i) {
      if (forms_[i] == LineForm::blank) continue;
      if (forms_[i] != LineForm::text || is_underlined(d_, forms_, i) || wider_than(text(i), markup::longest_line) ||
          ends_sentence(text(i)) || ++lines > markup::most_lines)
        break;
      last = i;
    }
    std::size_t next = last + 1;
    while (next < forms_.size() && forms_[next] == LineForm::blank) ++next;
    const bool apart = next >= forms_.size() || forms_[next] == LineForm::heading ||
                       forms_[next] == LineForm::page_mark || forms_[next] == LineForm::rule;
    return apart ? last : first;
  }

  // A half-title and the title page behind it name the book twice, and what stands between is of these pages. Gives the
  // last heading that is said again, or `first`.
  std::size_t last_said_again(std::size_t first) const {
    std::vector<std::u32string> said = {folded(words_of(first))};
    std::size_t last = first, lines = 0;
    for (std::size_t i = first + 1; i < forms_.size() && lines < markup::most_lines_of_half_title; ++i) {
      if (is_between(i)) continue;
      if (wider_than(text(i), markup::longest_line)) break;
      ++lines;
      if (forms_[i] != LineForm::heading) continue;
      std::u32string words = folded(words_of(i));
      const bool again =
          last > first ? std::find(said.begin(), said.end(), words) != said.end() : words == said.front();
      if (again)
        last = i;
      else if (last > first)
        break;
      said.push_back(std::move(words));
    }
    return last;
  }

  const Document& d_;
  const Rules& rules_;
  const std::vector<LineForm>& forms_;
};

}  // namespace

bool is_underlined(const Document& d, const std::vector<LineForm>& forms, std::size_t i) {
  if (forms[i] != LineForm::text || (i > 0 && forms[i - 1] != LineForm::blank) || i + 1 == forms.size()) return false;
  const std::string_view text = d.lines[i].text, below = d.lines[i + 1].text;
  return (forms[i + 1] == LineForm::underline || forms[i + 1] == LineForm::rule) &&
         !wider_than(text, markup::longest_line) && !ends_sentence(text) && below.find_first_of("=-") == 0;
}

std::optional<std::pair<std::size_t, std::size_t>> find_title_lines(const Document& d, const Rules& rules,
                                                                    const std::vector<LineForm>& forms) {
  return BookTitle(d, rules, forms).find();
}

}  // namespace emend
