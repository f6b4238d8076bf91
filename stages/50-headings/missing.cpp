// Giving misread entries the words of their headings.
#include "stages/50-headings/missing.h"

#include <algorithm>
#include <map>

#include "pipeline/document/printed_pages.h"
#include "pipeline/document/runs.h"
#include "pipeline/text/numerals.h"
#include "pipeline/text/script.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace {

class Restorer {
 public:
  Restorer(Found& f, const std::vector<Missing>& missing) : f_(f), d_(f.d), heads_(f.heads), missing_(missing) {}

  void run(Proposal& out) {
    if (missing_.empty()) return;
    std::map<std::string, std::uint32_t> pages;
    const std::vector<Number> printed = printed_pages(d_);
    for (std::size_t p = 0; p < printed.size(); ++p)
      if (printed[p]) pages.try_emplace(write_number(printed[p].value, printed[p].form), static_cast<std::uint32_t>(p));
    for (std::size_t i = 0; i < missing_.size();) {
      std::size_t end = i + 1;
      while (end < missing_.size() && missing_[end].after == missing_[i].after &&
             missing_[end].entry.page == missing_[i].entry.page)
        ++end;
      const auto page = pages.find(missing_[i].entry.page);
      const std::vector<std::size_t> lines =
          page == pages.end() ? std::vector<std::size_t>() : unnamed(missing_[i], page->second);
      for (std::size_t k = i; k < end; ++k) {
        if (lines.size() == end - i)
          restore(missing_[k].entry, heads_.at(lines[k - i]), out);
        else
          out.doubt(missing_[k].entry.node->at, "contents.missing",
                    {40, "the contents list has '" + std::string(trim(missing_[k].entry.printed)) +
                             "', the text has no such heading"});
      }
      i = end;
    }
  }

 private:
  std::vector<std::size_t> unnamed(const Missing& m, std::uint32_t page) const {
    std::vector<std::size_t> lines;
    for (auto h = heads_.lower_bound(m.after); h != heads_.end() && h->first < m.before; ++h)
      if (h->second.entry == nullptr && d_.lines[h->first].page == page) lines.push_back(h->first);
    return lines;
  }

  void restore(const Entry& e, Head& head, Proposal& out) const {
    constexpr std::uint8_t likely = 70;
    head.entry = e.node;
    const std::string words = f_.words_of(head);
    head.because = {likely, "the contents list has an entry with its page"};
    const auto [first, last] = d_.lines_of({e.node->at.begin, e.node->at.end + 1});
    if (last != first + 1 || similarity(folded(words), e.title.words, same_words) > 0) return;
    const Line& line = d_.lines[first];
    std::size_t end = 0;
    bool behind = false;
    each_run(d_, line, [&](std::string_view text, const Node* phrase) {
      behind = behind || phrase != nullptr;
      if (!behind) end += text.size();
    });
    const std::string_view printed = trim(line.text.substr(0, end));
    if (printed.empty()) return;
    const auto begin = static_cast<std::size_t>(printed.data() - line.text.data());
    out.edit(line, begin, begin + printed.size(), words, "contents.restored",
             {likely, "the words of the heading on its page; the entry reads '" + std::string(printed) + "'"});
  }

  Found& f_;
  const Document& d_;
  std::map<std::size_t, Head>& heads_;
  const std::vector<Missing>& missing_;
};

}  // namespace

void find_missing(Found& f, const std::vector<Missing>& missing, Proposal& out) {
  if (!missing.empty()) Restorer(f, missing).run(out);
}

}  // namespace emend
