// Western citations: authors, then a title in quotation marks, in stars or bare; then where and when it appeared. What
// the rules know (years, pages, imprints) is taken first; what is left between is named by where it stands.
#include <algorithm>
#include <optional>

#include "pipeline/text/script.h"
#include "stages/82-citations/draft.h"
#include "stages/82-citations/leading_names.h"
#include "stages/82-citations/pieces.h"
#include "weights/citations.h"

namespace emend {

namespace {

constexpr std::size_t longest_piece = 240;  // a title may be that long

constexpr std::u32string_view marks = U",;:.()[]";

class Reader {
 public:
  Reader(CitationDraft& d, CitationForm form) : d_(d), form_(form) {}

  bool run() {
    const std::size_t begin = d_.segment.begin;
    first_ = first_title();
    if (first_ != nullptr) {
      if (!read_leading_authors({begin, first_->outer.begin})) return false;
      find_parts({first_->inner.end, d_.segment.end});
      read_behind_quoted();
      return true;
    }
    return read_bare(begin);
  }

 private:
  // The first title in marks that a citation can have: near the beginning, behind names.
  const QuotedTitle* first_title() const {
    for (const QuotedTitle& t : d_.whole.titles) {
      if (t.outer.begin < d_.segment.begin || t.outer.end > d_.segment.end) continue;
      const Range ahead = d_.trimmed({d_.segment.begin, t.outer.begin});
      if (ahead.end - ahead.begin > 200) return nullptr;
      if (ahead.empty() && is_quotation(t)) return nullptr;
      if (ahead.empty()) return &t;
      if (d_.rules.test("citation-series", d_.masked(ahead)) != nullptr) continue;
      const char32_t c = last_character(d_.text(ahead));
      const bool in = in_length(std::string(d_.text(ahead)) + " ") > 0;
      if (c == ',' || c == ':' || c == '.' || c == ')' || in) return &t;
      if (read_names(d_, ahead).certain) return &t;
      return nullptr;
    }
    return nullptr;
  }

  // “No less than 30,000 persons …” —Hume: what a dash leads away from, or what is long, was quoted, and is no title.
  bool is_quotation(const QuotedTitle& t) const {
    if (t.inner.end - t.inner.begin > 160) return true;
    const Range behind = d_.trimmed({t.outer.end, d_.segment.end}, U".,");
    const char32_t c = behind.empty() ? U'\0' : first_character(d_.text(behind));
    return c == U'—' || c == U'–' || c == U'―' || d_.text(behind).starts_with("--");
  }

  void find_parts(Range r) {
    end_ = d_.add_parts(r, form_ == CitationForm::entry ? citations::entry_reach : citations::reach);
  }

  // "Smith, J. (1999)." and "Smith, John" and what a year in parentheses between says.
  // False if what stands there is a sentence.
  bool read_leading_authors(Range r) {
    r = d_.trimmed(r);
    if (r.empty()) return true;
    d_.add_parts(r, r.end - r.begin);
    const std::vector<Range> open = d_.gaps(r);
    if (open.empty()) return true;
    const Range names = d_.trimmed(open.front(), U",;:([");
    if (!names.empty() && !read_names(d_, names).certain && reads_as_prose(d_.text(names))) return false;
    for (std::size_t k = 1; k < open.size(); ++k)
      if (reads_as_prose(d_.text(open[k]))) return false;
    if (!names.empty()) d_.add_persons(names, "author");
    return true;
  }

  // Two words or more in small letters, but for those that stand in names and between them.
  static bool reads_as_prose(std::string_view s) {
    std::size_t small = 0;
    for (std::size_t i = 0; i < s.size();) {
      const std::size_t end = std::min(s.find_first_of(" \n", i), s.size());
      const std::string_view word = s.substr(i, end - i);
      i = end + 1;
      if (word.empty() || !is_lower(first_character(word))) continue;
      small += word.size() > 3 && word != "etc." && word != "alii" && word != "with";
    }
    return small >= 2;
  }

  // ---- a title in marks came first

  // The first title in stars that is near enough behind to be what holds the work.
  const QuotedTitle* starred_behind() const {
    for (const QuotedTitle& t : d_.whole.titles)
      if (t.outer.begin >= first_->outer.end && t.outer.end <= d_.segment.end &&
          t.outer.begin <= end_ + citations::reach && t.kind == QuotedTitle::starred && !d_.taken(t.inner))
        return &t;
    return nullptr;
  }

  void read_behind_quoted() {
    const bool whole_work = first_->kind == QuotedTitle::starred;
    std::optional<Range> host;
    bool in = false;
    const QuotedTitle* second = starred_behind();
    if (second != nullptr && !whole_work) {
      host = second->inner;
      const Range between = d_.trimmed({first_->outer.end, second->outer.begin}, U",.; ");
      in = !between.empty() && in_length(std::string(d_.text(between)) + " ") > 0;
    }
    for (const Range gap : d_.gaps({first_->outer.end, std::max(end_, second != nullptr ? second->outer.end : end_)}))
      for (const CitationPiece& piece : pieces_of(d_, gap)) take_behind(piece, whole_work, host, in);
    const bool book = in || d_.has("editor") || d_.kind == "book" || d_.kind == "chapter";
    if (host) {
      d_.add(*host, "title", std::string("level=") + (book && d_.kind != "article" ? "m" : "j"));
      d_.add_title(*first_, "a");
      if (d_.kind != "web") d_.kind = d_.kind == "article" || !book ? "article" : "chapter";
    } else {
      d_.add_title(*first_, d_.kind == "thesis" ? "u" : d_.kind == "web" || d_.kind == "article" ? "a" : "m");
      if (d_.kind.empty()) d_.kind = "book";
    }
  }

  void take_behind(const CitationPiece& piece, bool whole_work, std::optional<Range>& host, bool& in) {
    Range r = piece.at;
    const std::string_view s = d_.masked(r);
    if (d_.taken(r) || s == "in" || s == "In" || s == "and" || s == "at" || s.find('_') != s.npos) {
      in = in || s == "in" || s == "In";
      return;
    }
    if (const std::size_t skip = in_length(s); skip > 0) r = d_.trimmed({r.begin + skip, r.end}), in = true;
    if (r.empty() || r.end - r.begin > longest_piece) return;
    if (is_place(d_, r))
      d_.add(r, "pubPlace");
    else if (is_publisher(d_, r) && !(in && !host))
      d_.add(r, "publisher");
    else if (!host && !whole_work && is_title_like(r))
      host = r;
    else if (d_.kind == "thesis" && !d_.has("publisher"))
      d_.add(r, "publisher");
    else if (d_.has("pubPlace") && !d_.has("publisher") && is_title_like(r) && word_count(d_.text(r)) <= 5)
      d_.add(r, "publisher");
  }

  bool is_title_like(Range r) const {
    const char32_t c = first_character(d_.text(r));
    return is_upper(c) || c >= 0x4E00;
  }

  // ---- nothing in marks

  bool read_bare(std::size_t begin) {
    const std::optional<Range> names = leading_names(d_, form_, begin);
    if (!names) return false;
    d_.add_persons(*names, "author");
    std::size_t from = names->end;
    commas_ = d_.whole.masked[std::min(from, d_.whole.masked.size() - 1)] == ',';
    find_parts({names->end, d_.segment.end});
    // A year right behind the names: what follows it is the title.
    for (const CitationPart& p : d_.parts) {
      if (p.begin < names->end) continue;
      const Range between = d_.trimmed({names->end, p.begin}, marks);
      if (p.name == "date" && between.empty()) from = p.end;
      break;
    }
    std::size_t stop = d_.segment.end;
    for (const CitationPart& p : d_.parts)
      if (p.begin >= from) stop = std::min(stop, p.begin);
    for (const Range r : d_.matched)
      if (r.begin >= from) stop = std::min(stop, r.begin);
    std::vector<CitationPiece> pieces = pieces_of(d_, {from, stop});
    if (pieces.empty()) return false;
    read_bare_pieces(pieces);
    read_bare_tail({stop, std::max(stop, end_)});
    // In a note, "Name: Words: address" may be anything.
    if (form_ == CitationForm::note && d_.kind == "web" && !d_.has("date") && !d_.has("publisher")) return false;
    return d_.has("title");
  }

  // Where no stop ends the title: the last pieces that are publisher, place or journal. Gives where the title ends.
  std::size_t read_behind_title(const std::vector<CitationPiece>& pieces, bool periodical, bool imprint) {
    std::size_t end = pieces.size();
    while (end > 1 && is_publisher(d_, pieces[end - 1].at)) d_.add(pieces[--end].at, "publisher");
    while (end > 1 && is_place(d_, pieces[end - 1].at)) d_.add(pieces[--end].at, "pubPlace");
    if (end < pieces.size()) return end;
    if (periodical && end > 1) {
      add_host(pieces[--end].at, "j");
    } else if (end > 2 && !imprint && short_name(pieces[end - 1]) && short_name(pieces[end - 2])) {
      d_.add(pieces[--end].at, "publisher");
      d_.add(pieces[--end].at, "pubPlace");
    }
    return end;
  }

  // What stands between the names and the first part that is certain: the title, and perhaps journal, place, publisher.
  void read_bare_pieces(const std::vector<CitationPiece>& pieces) {
    // A sentence that ends, or "in": what is before it is the title. A question mark may stand within a title.
    const auto title_pieces = [&](std::string_view stops) {
      for (std::size_t k = 0; k < pieces.size(); ++k) {
        if (k > 0 && opens_host(pieces[k].at)) return k;
        if (pieces[k].stop != 0 && stops.find(pieces[k].stop) != stops.npos) return k + 1;
      }
      return pieces.size();
    };
    std::size_t last = title_pieces(".");
    if (last == pieces.size() && pieces.back().stop != '.') last = title_pieces("?!");
    if (last == 0) return;
    const bool periodical = d_.kind == "article" || d_.has("biblScope", "unit=issue");
    const bool imprint = d_.has("pubPlace") || d_.has("publisher");
    std::size_t title_end = last;
    // "Der Priel. Eine Landesaufnahme, Göttingen: Wallstein": where commas divide, a full stop may stand in the title.
    const bool in = std::any_of(pieces.begin(), pieces.end(), [&](const CitationPiece& p) { return opens_host(p.at); });
    if (last < pieces.size() && commas_ && !periodical && !in && imprint) title_end = last = pieces.size();
    if (last < pieces.size()) {
      read_host({pieces.begin() + static_cast<std::ptrdiff_t>(last), pieces.end()}, periodical);
    } else {
      title_end = read_behind_title(pieces, periodical, imprint);
    }
    Range title{pieces.front().at.begin, pieces[title_end - 1].at.end};
    if (title.end - title.begin > longest_piece) return;
    title = d_.trimmed(title, U",;:.()：");
    if (title.empty() || is_lower(first_character(d_.text(title)))) return;
    const bool analytic = d_.has("title", "level=j") || d_.has("title", "level=m");
    d_.add(title, "title",
           std::string("level=") + (analytic              ? "a"
                                    : d_.kind == "thesis" ? "u"
                                    : d_.kind == "web"    ? "a"
                                                          : "m"));
    if (d_.kind.empty()) d_.kind = "book";
  }

  bool opens_host(Range r) const {
    const std::string_view s = d_.masked(r);
    return in_length(s) > 0 || s == "in" || s == "In" || s == "dans" || s == "Dans" || s == "in:" || s == "In:";
  }

  bool short_name(const CitationPiece& p) const {
    const std::string_view s = d_.text(p.at);
    return is_upper(first_character(s)) && word_count(s) <= 3;
  }

  void add_host(Range r, std::string_view level) {
    if (d_.add(r, "title", "level=" + std::string(level))) d_.kind = level == "j" ? "article" : "chapter";
  }

  // Pieces behind the title's full stop or behind "in".
  void read_host(const std::vector<CitationPiece>& pieces, bool periodical) {
    std::size_t k = 0;
    Range first = pieces[0].at;
    if (opens_host(first) && in_length(d_.masked(first)) == 0) return;  // its editors follow
    const std::size_t skip = in_length(d_.masked(first));
    first = d_.trimmed({first.begin + skip, first.end}, U":");
    if (skip == 0 && !periodical) {  // place, publisher or whatever else
      for (const CitationPiece& p : pieces) name_imprint(p.at);
      return;
    }
    // A host's title runs on over commas up to a part.
    std::size_t end = first.end;
    for (k = 1; k < pieces.size() && !is_place(d_, pieces[k].at) && !is_publisher(d_, pieces[k].at) &&
                pieces[k - 1].stop != '.';
         ++k)
      end = pieces[k].at.end;
    add_host({first.begin, end}, periodical ? "j" : "m");
    for (; k < pieces.size(); ++k) name_imprint(pieces[k].at);
  }

  void name_imprint(Range r) {
    if (is_place(d_, r))
      d_.add(r, "pubPlace");
    else if (is_publisher(d_, r) || (d_.has("pubPlace") && !d_.has("publisher") && word_count(d_.text(r)) <= 6))
      d_.add(r, "publisher");
    else if (d_.kind == "thesis" && !d_.has("publisher"))
      d_.add(r, "publisher");
  }

  // Between the parts: a place or publisher that stands alone, the collection behind its editors.
  void read_bare_tail(Range r) {
    for (const Range gap : d_.gaps(r))
      for (const CitationPiece& piece : pieces_of(d_, gap)) {
        if (d_.taken(piece.at) || piece.at.end - piece.at.begin > longest_piece || is_role(d_, piece.at)) continue;
        if (is_place(d_, piece.at) || is_publisher(d_, piece.at))
          name_imprint(piece.at);
        else if (d_.kind == "chapter" && d_.has("editor") && d_.count("title") == 1 &&
                 is_upper(first_character(d_.text(piece.at))))
          add_chapter_host(piece.at);
      }
  }

  void add_chapter_host(Range r) {
    for (CitationPart& p : d_.parts)
      if (p.name == "title" && p.attributes == "level=m") p.attributes = "level=a";
    d_.add(r, "title", "level=m");
    d_.kind = "chapter";
  }

  CitationDraft& d_;
  CitationForm form_;
  const QuotedTitle* first_ = nullptr;
  bool commas_ = false;  // divide names and title
  std::size_t end_ = 0;
};

}  // namespace

bool read_western(CitationDraft& d, CitationForm form) { return Reader(d, form).run(); }

}  // namespace emend
