// Certainties out of probabilities, and doubts in words.
#include "stages/88-second-reader/certainty.h"
#include "stages/88-second-reader/alike.h"
#include "weights/second_reader.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace emend::reader {

namespace {

constexpr float improbable = 0.6F;  // what was made of a line is hardly likelier than all else
constexpr float rival = 0.1F;       // a reading that is less probable is not worth a doubt

struct Reading {
  float made;    // the probability of what it was made
  Role other;    // the most probable of all else
  float second;  // and its probability
};

// The probability of what was made is set right by what such probabilities were worth; the others share the rest.
// `facts` has all but that probability.
Reading read(const Model& m, const Scores& p, Role made, Facts facts) {
  Reading r{0, made, -1};
  for (std::size_t k = 0; k < role_count; ++k) {
    const auto role = static_cast<Role>(k);
    if (same_matter(role, made))
      r.made += p[k];
    else if (p[k] > r.second)
      r.other = role, r.second = p[k];
  }
  facts.probability = r.made;
  const float certainty = m.certainty(made, facts);
  r.second *= (1 - certainty) / std::max(1e-6F, 1 - r.made);
  r.made = certainty;
  return r;
}

// For each line the mean improbability of what was made of the lines near it: errors come in flocks.
std::vector<float> improbable_around(const Sight& s, const std::vector<Scores>& p) {
  constexpr std::size_t reach = 4;
  std::vector<float> own(s.lines.size()), out(s.lines.size());
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (!s.lines[i].made) continue;
    own[i] = 1;
    for (std::size_t k = 0; k < role_count; ++k)
      if (same_matter(static_cast<Role>(k), s.lines[i].made->role)) own[i] -= p[i][k];
  }
  for (std::size_t i = 0; i < own.size(); ++i) {
    for (std::size_t k = i < reach ? 0 : i - reach; k < std::min(own.size(), i + reach + 1); ++k)
      if (k != i) out[i] += own[k];
    out[i] /= 2 * reach;
  }
  return out;
}

int percent(float p) { return std::clamp(static_cast<int>(std::lround(100 * p)), 1, 99); }

class Teller {
 public:
  Teller(const Sight& s, const std::vector<Scores>& p, const Model& m, Proposal& out)
      : s_(s),
        d_(s.document),
        p_(p),
        model_(m),
        out_(out),
        decided_(s.lines.size()),
        told_(s.lines.size()),
        around_(improbable_around(s, p)),
        alike_(made_alike(s, m)) {
    find_decided();
  }

  void tell() {
    if (s_.lines.size() < second_reader::fewest_lines) return;
    for (std::size_t i = 0; i < s_.lines.size(); ++i)
      if (is_weighed(i)) weigh(i);
    weigh_links();
    doubt_the_rest();
  }

 private:
  // Lines of which a person said something are not judged; nor doubted again where notes are known to be missing.
  void find_decided() {
    for (const Ruling& r : d_.rulings)
      if (r.deed != Deed::read)
        for (const Span at : {r.at, r.to}) set_lines(at, decided_);
    for (const Change& c : d_.ledger)
      if (c.kind == Kind::doubt && c.rule == "omissions.foot") set_lines(c.at, told_);
  }

  void set_lines(Span at, std::vector<bool>& lines) const {
    const auto first = std::partition_point(s_.lines.begin(), s_.lines.end(),
                                            [&](const Seen& l) { return d_.lines[l.line].at.end < at.begin; });
    for (auto l = first; l != s_.lines.end() && d_.lines[l->line].at.begin < std::max(at.end, at.begin + 1); ++l)
      lines[static_cast<std::size_t>(l - s_.lines.begin())] = true;
  }

  Reading reading(std::size_t i) const {
    const bool unsure = change(i).sure < second_reader::surely_made;
    return read(model_, p_[i], s_.lines[i].made->role, {0, unsure, around_[i], alike_[i]});
  }

  const Change& change(std::size_t i) const { return d_.ledger[s_.lines[i].made->change]; }

  // What begins here is a decision with a certainty of its own. Rows and entries stand for each other.
  bool is_weighed(std::size_t i) const {
    const auto& m = s_.lines[i].made;
    if (!m || !m->first || decided_[i] || change(i).sure == 100) return false;
    return m->role == Role::head || m->role == Role::note || m->role == Role::paragraph || is_furniture(m->role);
  }

  void weigh(std::size_t i) {
    const Made& m = *s_.lines[i].made;
    const Reading r = reading(i);
    const bool unrivalled = r.made >= improbable && r.second < rival;
    const int sure = std::max(percent(r.made), unrivalled ? int{certain} : 0);
    std::string reason(change(i).reason);
    if (sure < certain) reason += (reason.empty() ? "" : "; ") + in_words(i, m.role, r);
    out_.weigh(m.change, {static_cast<std::uint8_t>(sure), reason});
    if (m.role == Role::note) notes_[d_.lines[s_.lines[i].line].at.begin] = static_cast<float>(sure) / 100;
  }

  // A mark that leads to what is no note leads nowhere.
  void weigh_links() {
    for (std::uint32_t c = 0; c < d_.ledger.size(); ++c) {
      const Change& link = d_.ledger[c];
      if (link.kind != Kind::link || link.name != "note" || link.sure == 100) continue;
      const auto note = notes_.find(link.to.begin);
      if (note == notes_.end()) continue;
      const float both = note->second * static_cast<float>(link.sure) / 100;
      if (percent(note->second) < certain) out_.weigh(c, {static_cast<std::uint8_t>(percent(both)), link.reason});
    }
  }

  // "perhaps a note, 35 %: its label is the next expected on its page, it names sources"
  std::string in_words(std::size_t i, Role made, const Reading& r) const {
    std::string out =
        "perhaps " + std::string(role_names[index(r.other)].words) + ", " + std::to_string(percent(r.second)) + " %";
    std::vector<std::pair<float, std::string_view>> told;
    for (const Witness* w : s_.lines[i].witnesses)
      if (const float says = model_.speaks(*w, r.other, made); !w->words.empty() && says > 0.3F)
        told.emplace_back(says, w->words);
    std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t k = 0; k < std::min<std::size_t>(2, told.size()); ++k)
      out += (k == 0 ? ": " : ", ") + std::string(told[k].second);
    return out;
  }

  struct Run {
    std::size_t first, last;  // lines
    float made;
  };

  bool is_doubted(std::size_t i) const {
    return s_.lines[i].made && !decided_[i] && !told_[i] && !is_weighed(i) && change(i).sure < 100 &&
           reading(i).made < improbable && !is_verse_that_begins(i);
  }

  // Every line of verse is a block of its own.
  bool is_verse_that_begins(std::size_t i) const {
    return change(i).rule == "par.verse" && reading(i).other == Role::paragraph;
  }

  bool goes_on(std::size_t i) const {
    const Role before = s_.lines[i - 1].made->role, here = s_.lines[i].made->role;
    return before == here && s_.step(i) != Step::page;
  }

  void doubt_the_rest() {
    std::map<std::size_t, std::vector<Run>> runs;  // by page
    for (std::size_t i = 0; i < s_.lines.size(); ++i) {
      if (!is_doubted(i)) continue;
      Run run{i, i, reading(i).made};
      while (i + 1 < s_.lines.size() && is_doubted(i + 1) && goes_on(i + 1)) {
        run.last = ++i;
        run.made = std::min(run.made, reading(i).made);
      }
      runs[s_.paged ? s_.page(run.first) : run.first / second_reader::page_lines].push_back(run);
    }
    for (auto& [page, of_page] : runs) {
      std::stable_sort(of_page.begin(), of_page.end(), [](const Run& a, const Run& b) { return a.made < b.made; });
      if (of_page.size() > second_reader::most_on_a_page) of_page.resize(second_reader::most_on_a_page);
      std::sort(of_page.begin(), of_page.end(), [](const Run& a, const Run& b) { return a.first < b.first; });
      for (const Run& run : of_page) {
        const Role made = s_.lines[run.first].made->role;
        const Reading r = reading(run.first);
        out_.doubt(d_.hull(s_.lines[run.first].line, s_.lines[run.last].line), rule_for(made, r.other),
                   {static_cast<std::uint8_t>(percent(run.made)),
                    "read as " + std::string(role_names[index(made)].words) + "; " + in_words(run.first, made, r)});
      }
    }
  }

  static std::string_view rule_for(Role made, Role other) {
    if (other == Role::head) return "reader.heading";
    if (other == Role::note || other == Role::note_more) return "reader.note";
    if (is_furniture(other)) return "reader.furniture";
    if (other == Role::paragraph && made == Role::paragraph_more) return "reader.begins";
    if (other == Role::paragraph_more || other == Role::paragraph) return "reader.text";
    return "reader.otherwise";
  }

  const Sight& s_;
  const Document& d_;
  const std::vector<Scores>& p_;
  const Model& model_;
  Proposal& out_;
  std::vector<bool> decided_, told_;
  std::vector<float> around_;
  std::vector<float> alike_;
  std::map<std::uint32_t, float> notes_;  // where they begin: the probability that they are
};

}  // namespace

void tell_certainty(const Sight& s, const std::vector<Scores>& p, const Model& m, Proposal& out) {
  Teller(s, p, m, out).tell();
}

}  // namespace emend::reader
