// `VAE Priors.` / `Different types of prior distributions` / `have been proposed …`: the second line is short, and yet
// its sentence goes on in a full one. Something stood before it in the same printed line, and that is the line above.
#include "stages/50-headings/run_in.h"

#include <algorithm>

#include "pipeline/text/script.h"
#include "pipeline/text/sentence.h"

namespace emend {

namespace {

constexpr std::size_t most_words = 8;

class RunIn {
 public:
  explicit RunIn(Found& f) : f_(f), d_(f.d), lines_(f.lines) {}

  void run() {
    if (lines_.full_line() == 0) return;
    for (const std::size_t i : lines_.all()) {
      if (!lines_.is_free(i) || !reads_as_title(i) || !ends_text_before(i) || !opens_cut_line(i)) continue;
      Head head;
      head.first = head.last = i;
      head.rule = "head.run-in";
      head.level = level_above(i) + 1;
      f_.describe(head, {});
      head.because = {80, "it stood in the first line of its paragraph, which is short without it"};
      f_.put(std::move(head));
    }
  }

 private:
  std::string_view text(std::size_t line) const { return trim(d_.lines[line].text); }

  // A few words that end with a stop and hold none: no sentence is so short, but for those that speech has.
  bool reads_as_title(std::size_t i) const {
    const std::string_view s = text(i);
    if (d_.lines[i].block >= 0 || !s.ends_with('.') || s.ends_with("..") || !is_upper(first_character(s))) return false;
    const std::string_view words = s.substr(0, s.size() - 1);
    return words.find_first_of(".!?;,") == words.npos && has_word(words) &&
           static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) < most_words &&
           f_.rules.test("no-heading", s) == nullptr && f_.rules.test("keywords", s) == nullptr;
  }

  bool ends_text_before(std::size_t i) const {
    const std::size_t before = lines_.previous(i);
    return before != i && (!lines_.is_free(before) || d_.lines[before].block >= 0 || ends_sentence(text(before)));
  }

  // Whether the next line and this one make up a printed line, which was cut at the margin.
  bool opens_cut_line(std::size_t i) const {
    const std::size_t next = i + 1, third = i + 2;
    if (third >= d_.lines.size() || d_.lines[third].page != d_.lines[i].page) return false;
    const auto is_text = [&](std::size_t k) { return !text(k).empty() && d_.lines[k].block < 0 && lines_.is_free(k); };
    if (!is_text(next) || !is_text(third)) return false;
    const std::size_t short_line = columns(text(next)), taken = columns(text(i)) + 1 + short_line;
    const std::size_t full = columns(text(third));  // by which the two are measured: the text's own width may be less
    return is_upper(first_character(text(next))) && !ends_sentence(text(next)) && full * 5 > lines_.full_line() * 3 &&
           short_line * 6 < full * 5 && taken * 10 > full * 7 && taken * 10 < full * 11;
  }

  int level_above(std::size_t i) const {
    const auto above = f_.heads.lower_bound(i);
    for (auto h = above; h != f_.heads.begin();)
      if ((--h)->second.rule != "head.run-in") return std::max(1, h->second.level);
    return 0;
  }

  Found& f_;
  const Document& d_;
  const HeadingLines& lines_;
};

}  // namespace

void find_run_in(Found& f) { RunIn(f).run(); }

}  // namespace emend
