// Says in which language the book is, and which of its notes, paragraphs, divisions and phrases are in another.
//
// Script decides first; simplified and traditional Chinese differ by characters, languages in Latin script by their
// commonest words, and where the tables have no such language, by CLD2. A text too short to tell is taken to be in the
// language of the book. A phrase is called foreign where script and words, or quotation marks and words, agree.
#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <map>
#include <string>
#include <unordered_map>

#include "pipeline/document/proposal.h"
#include "pipeline/rules/rules.h"
#include "pipeline/text/passage.h"
#include "pipeline/text/script.h"
#include "stages/85-languages/foreign.h"
#include "stages/85-languages/language.h"
#include "weights/languages.h"

namespace emend {

namespace embedded {
extern const std::string_view rules_languages;
}

namespace {

constexpr std::size_t sample = 500;         // bytes of a passage whose words and characters are weighed
constexpr std::size_t most_languages = 16;  // that the table of words may hold

/// The tables as sets that can be asked for each character and each word.
class Tables {
 public:
  explicit Tables(const Rules& rules) {
    for (const Rule& rule : rules.all()) {
      if (rule.kind == "words" && tags_.size() < most_languages) add_words(rule);
      if (rule.kind == "characters") add_characters(rule);
    }
  }
  const std::vector<std::string_view>& tags() const { return tags_; }
  /// The languages of which the word is a common one, as bits.
  unsigned languages_of(std::string_view word) const {
    const auto found = words_.find(word);
    return found == words_.end() ? 0 : found->second;
  }
  bool simplified(char32_t c) const { return c < 0x10000 && simplified_[c]; }
  bool traditional(char32_t c) const { return c < 0x10000 && traditional_[c]; }

 private:
  void add_words(const Rule& rule) {
    const std::size_t open = rule.match.find('('), close = rule.match.rfind(')');
    if (open == rule.match.npos || close == rule.match.npos || close < open) return;
    std::string_view list = std::string_view(rule.match).substr(open + 1, close - open - 1);
    while (!list.empty()) {
      const std::string_view word = list.substr(0, list.find('|'));
      words_[word] |= 1u << tags_.size();
      list.remove_prefix(std::min(list.size(), word.size() + 1));
    }
    tags_.push_back(rule.fact("tag"));
  }
  void add_characters(const Rule& rule) {
    for (const char32_t c : characters(rule.match))
      if (is_han(c) && c < 0x10000) (rule.fact("tag") == "zh-Hant" ? traditional_ : simplified_)[c] = true;
  }
  std::vector<std::string_view> tags_;
  std::unordered_map<std::string_view, unsigned> words_;
  std::bitset<0x10000> simplified_, traditional_;
};

/// What a text shows of its language.
struct Evidence {
  Scripts scripts;
  std::size_t simplified = 0, traditional = 0;
  std::size_t weighed = 0;  // bytes
  char32_t first = 0;       // the first letter
  std::size_t words = 0, greek = 0, cyrillic = 0, hebrew = 0, arabic = 0;
  std::array<std::size_t, most_languages> common{};  // words of each language
};

class Weigher {
 public:
  explicit Weigher(const Tables& tables) : tables_(tables) {}

  void weigh(std::string_view text, Evidence& e) {
    e.scripts += count_scripts(text);
    text = text.substr(0, sample - e.weighed);
    e.weighed += text.size();
    word_.clear();
    for (std::size_t i = 0; i < text.size();) {
      const char32_t c = next_character(text, i);
      if (e.first == 0 && (is_letter(c) || is_han(c) || is_kana(c))) e.first = c;
      if (c == ':' && text.substr(i).starts_with("//")) {  // an address is in no language
        i = std::min(text.find_first_of(" \t<>", i), text.size());
        word_.clear();
      }
      if (is_latin(c)) {
        append_character(word_, c < 0x80 ? (c | 0x20) : is_upper(c) && c < 0xDF ? c + 0x20 : c);
        continue;
      }
      end_word(e);
      if (c < 0x80) continue;
      e.simplified += tables_.simplified(c);
      e.traditional += tables_.traditional(c);
      e.greek += c >= 0x370 && c < 0x400;
      e.cyrillic += c >= 0x400 && c < 0x530;
      e.hebrew += c >= 0x5D0 && c < 0x5F5;
      e.arabic += c >= 0x600 && c < 0x780;
    }
    end_word(e);
  }

 private:
  void end_word(Evidence& e) {
    if (word_.empty()) return;
    ++e.words;
    for (unsigned bits = tables_.languages_of(word_), k = 0; bits != 0; bits >>= 1, ++k) e.common[k] += bits & 1u;
    word_.clear();
  }
  const Tables& tables_;
  std::string word_;
};

std::string_view chinese(const Evidence& e, std::string_view otherwise) {
  if (e.simplified >= 3 && e.simplified >= 3 * e.traditional) return "zh-Hans";
  if (e.traditional >= 3 && e.traditional >= 3 * e.simplified) return "zh-Hant";
  return otherwise;
}

// The language of a text, or nothing where it is too short to tell. `zh` is what Chinese is called that could be
// either.
std::string_view language_of(const Evidence& e, const Tables& tables, std::string_view zh, std::string_view text) {
  const Scripts& s = e.scripts;
  if (is_han(e.first) && s.han >= 2 && s.kana == 0)
    return chinese(e, zh);                // a note that begins so may name foreign books
  const std::size_t latin = e.words * 4;  // letters, about
  if (s.kana >= 4 && s.kana * 10 > s.han && s.kana + s.han > e.words) return "ja";
  if (s.hangul >= 4 && s.hangul > e.words && s.hangul > s.han) return "ko";
  if (s.han > s.words) return s.han >= 2 ? chinese(e, zh) : "";
  if (e.cyrillic >= 12 && e.cyrillic > latin) return "ru";
  if (e.greek >= 12 && e.greek > latin) return "el";
  if (e.hebrew >= 12 && e.hebrew > latin) return "he";
  if (e.arabic >= 12 && e.arabic > latin) return "ar";
  std::size_t best = 0, second = 0, most = 0;
  for (std::size_t k = 0; k < tables.tags().size(); ++k) {
    if (e.common[k] > best)
      second = best, best = e.common[k], most = k;
    else
      second = std::max(second, e.common[k]);
  }
  const bool enough = best >= 2 && best * 12 >= e.words && best * 3 >= second * 4 && e.words >= 5;
  // Few of the words of any table: it may be a language that has none.
  if (best * 5 < e.words && e.words >= languages::fewest_untabled)
    if (const std::string_view other = guess_language(text);
        !other.empty() && std::find(tables.tags().begin(), tables.tags().end(), other) == tables.tags().end())
      return other;
  return enough ? tables.tags()[most] : "";
}

/// A passage with its language and what it weighs.
struct Part {
  const Node* block;
  Span at;
  std::string_view tag;
  std::size_t weight;
};

/// A division: its head and what follows up to the next head that is not below it.
struct Section {
  const Node* head;
  long level;
  std::map<std::string_view, std::size_t> weights;
  std::string_view tag;  // if it is all in one language
};

class Book {
 public:
  Book(const Document& d, const Rules& rules, Proposal& out) : doc_(d), tables_(rules), out_(out) {}

  void run() {
    weigh();
    if (main_.empty()) return;
    out_.meta("language", main_, {0, static_cast<std::uint32_t>(doc_.source.size())}, "languages.main", {90, share()});
    gather_sections();
    propose();
    name_phrases();
  }

 private:
  void weigh() {
    Weigher weigher(tables_);
    std::vector<Evidence> evidence;
    std::vector<std::string> texts;  // enough of each to tell its language
    Evidence all;
    each_passage(doc_, [&](const Passage& p) {
      if (p.is("fw") || p.is("entry")) return;
      Evidence e;
      for (const std::uint32_t l : p.lines) weigher.weigh(doc_.lines[l].text, e);
      all.simplified += e.simplified;
      all.traditional += e.traditional;
      const auto weight = e.scripts.han + e.scripts.kana + e.scripts.hangul +
                          static_cast<std::size_t>(languages::word_weight * static_cast<double>(e.scripts.words));
      if (weight == 0) return;
      const Line& first = doc_.lines[p.lines.front()];
      parts_.push_back({p.block, p.block != nullptr ? p.block->at : first.at, {}, weight});
      evidence.push_back(e);
      std::string& text = texts.emplace_back();
      for (const std::uint32_t l : p.lines)
        if (text.size() < sample) text.append(doc_.lines[l].text.substr(0, sample)).append(1, '\n');
    });
    const std::string_view zh = all.traditional > all.simplified ? "zh-Hant" : "zh-Hans";
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      parts_[i].tag = language_of(evidence[i], tables_, zh, texts[i]);
      if (!parts_[i].tag.empty()) weights_[parts_[i].tag] += parts_[i].weight;
    }
    name_main();
    // Among languages in one script, a text departs from the book only with evidence that its few words cannot give.
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (!departs(evidence[i], parts_[i].tag)) parts_[i].tag = main_;
  }

  void name_main() {
    const auto most =
        std::max_element(weights_.begin(), weights_.end(), [](auto& a, auto& b) { return a.second < b.second; });
    if (most != weights_.end()) main_ = most->first;
  }

  bool departs(const Evidence& e, std::string_view tag) const {
    const auto index = [&](std::string_view t) {
      return static_cast<std::size_t>(std::find(tables_.tags().begin(), tables_.tags().end(), t) -
                                      tables_.tags().begin());
    };
    const std::size_t own = index(tag), book = index(main_);
    if (tag == main_ || book == tables_.tags().size()) return true;
    if (own == tables_.tags().size()) return e.words == 0 || e.common[book] * 8 < e.words;
    return e.words >= 10 && e.common[own] >= 4 && e.common[own] >= 3 * e.common[book];
  }

  std::string share() const {
    std::size_t all = 0;
    for (const auto& [tag, weight] : weights_) all += weight;
    return std::to_string(weights_.at(main_) * 100 / all) + " % of the text that shows its language";
  }

  static long level_of(const Node& head) {
    const std::string_view s = head.get("level");
    long level = 1;
    std::from_chars(s.data(), s.data() + s.size(), level);
    return level;
  }

  void gather_sections() {
    std::vector<Section> open;
    const auto close = [&] {
      Section s = std::move(open.back());
      open.pop_back();
      if (!open.empty())
        for (const auto& [tag, weight] : s.weights) open.back().weights[tag] += weight;
      if (s.weights.size() == 1 && s.weights.begin()->second >= languages::section_weight)
        s.tag = s.weights.begin()->first;
      sections_.emplace(s.head, s.tag);
    };
    for (const Part& part : parts_) {
      const bool head = part.block != nullptr && part.block->name == "head";
      if (head) {
        const long level = level_of(*part.block);
        while (!open.empty() && open.back().level >= level) close();
        open.push_back({part.block, level, {}, {}});
      }
      if (!open.empty() && !part.tag.empty()) open.back().weights[part.tag] += part.weight;
    }
    while (!open.empty()) close();
  }

  // A division that is wholly in another language says so, and what stands in it need not.
  void propose() {
    std::vector<std::pair<long, std::string_view>> open;  // divisions around, and the language that holds in them
    for (const Part& part : parts_) {
      if (part.block == nullptr) continue;
      if (part.block->name == "head") {
        const long level = level_of(*part.block);
        while (!open.empty() && open.back().first >= level) open.pop_back();
        const std::string_view around = open.empty() ? main_ : open.back().second, own = sections_.at(part.block);
        open.emplace_back(level, own.empty() ? around : own);
        if (!own.empty() && own != around) out_.meta("lang", own, part.at, "languages.division", {90, {}});
        continue;
      }
      const std::string_view around = open.empty() ? main_ : open.back().second;
      if (!part.tag.empty() && part.tag != around && carries_language(part.block->name))
        out_.meta("lang", part.tag, part.at, "languages.block", {90, {}});
    }
  }

  // ---- phrases

  // Paragraphs only: what stands in notes are citations, whose parts have names.
  void name_phrases() {
    std::map<const Node*, std::string_view> tags;
    for (const Part& part : parts_) tags.emplace(part.block, part.tag);
    each_passage(doc_, [&](const Passage& p) {
      if (!p.is("p") && !p.is("item") && !p.is("quote")) return;
      const auto found = tags.find(p.block);
      const std::string_view around = found == tags.end() || found->second.empty() ? main_ : found->second;
      std::string text;
      std::vector<std::size_t> begins;
      for (const std::uint32_t l : p.lines) {
        begins.push_back(text.size());
        text.append(doc_.lines[l].text).append(1, '\n');
      }
      for (const ForeignRun& run : foreign_runs(text, around.starts_with("zh") || around == "ja" || around == "ko"))
        if (const std::string_view tag = language_of_run(run, text, around); !tag.empty())
          name_run(p, begins, run, tag);
    });
  }

  // Both must say so: CLD2, and a word that is common in the language where there is a table for it.
  std::string_view language_of_run(const ForeignRun& run, std::string_view text, std::string_view around) const {
    const std::string_view words = text.substr(run.begin, run.end - run.begin);
    Evidence e;
    Weigher(tables_).weigh(words, e);
    if (run.han) return around.starts_with("zh") ? "" : chinese(e, "zh");
    const std::string_view guess = has_small_word(words) ? guess_language(words) : "";
    if (guess.empty() || guess == around) return {};
    const auto own = static_cast<std::size_t>(std::find(tables_.tags().begin(), tables_.tags().end(), guess) -
                                              tables_.tags().begin());
    if (own == tables_.tags().size()) return run.words >= languages::fewest_untabled ? guess : "";
    const auto book = static_cast<std::size_t>(std::find(tables_.tags().begin(), tables_.tags().end(), around) -
                                               tables_.tags().begin());
    if (e.common[own] == 0) return {};
    for (std::size_t k = 0; k < tables_.tags().size(); ++k)
      if (k != own && e.common[k] > e.common[own]) return {};
    if (book < tables_.tags().size() && (e.common[own] < 3 || e.common[own] < 2 * e.common[book])) return {};
    return guess;
  }

  // Names, acronyms and misread lines are all in capitals.
  static bool has_small_word(std::string_view s) {
    for (std::size_t i = 0, blank = 0; i < s.size(); blank = s[i] == ' ' || s[i] == '\n', ++i)
      if (blank != 0 && is_lower(first_character(s.substr(i)))) return true;
    return false;
  }

  void name_run(const Passage& p, const std::vector<std::size_t>& begins, const ForeignRun& run, std::string_view tag) {
    const std::string reason =
        std::to_string(run.words) + (run.han ? " characters" : " words") + " in another language";
    for (std::size_t k = 0; k < p.lines.size(); ++k) {
      const Line& line = doc_.lines[p.lines[k]];
      const std::size_t from = begins[k], to = from + line.text.size();
      if (run.end <= from || run.begin >= to) continue;
      std::size_t begin = std::max(run.begin, from) - from, end = std::min(run.end, to) - from;
      while (begin < end && line.text[begin] == ' ') ++begin;
      while (end > begin && line.text[end - 1] == ' ') --end;
      out_.phrase(line, begin, end, "foreign", "lang=" + std::string(tag), "languages.phrase", {88, reason});
    }
  }

  static bool carries_language(std::string_view name) {
    constexpr std::array<std::string_view, 8> names{"p", "note", "item", "quote", "keywords", "lg", "bibl", "cell"};
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  const Document& doc_;
  const Tables tables_;
  Proposal& out_;
  std::vector<Part> parts_;
  std::map<std::string_view, std::size_t> weights_;
  std::map<const Node*, std::string_view> sections_;
  std::string_view main_;
};

void run(const Document& d, const Rules& rules, Proposal& out) { Book(d, rules, out).run(); }

}  // namespace

extern const Stage stage_languages{.name = "languages",
                                   .summary = "Find the language of the book and of what departs from it",
                                   .needs = "letters",
                                   .provides = "languages",
                                   .rules = &embedded::rules_languages,
                                   .run = run};

}  // namespace emend
