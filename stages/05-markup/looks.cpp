// One walk over the places where a look begins or ends.
#include "stages/05-markup/looks.h"

#include <algorithm>
#include <array>
#include <string>

#include "pipeline/text/script.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 5> names = {"bold", "italic", "strikethrough", "underline", "sub"};
constexpr std::size_t left_out = names.size();

struct Place {
  std::size_t at;
  std::size_t what;  // a look, or what is left out
  int more;          // begins, or ends
};

}  // namespace

void Looks::name(const Line& line, Proposal& out) const {
  std::vector<Place> places;
  for (const Range& r : looks_) {
    places.push_back({r.begin, static_cast<std::size_t>(r.look), 1});
    places.push_back({r.end, static_cast<std::size_t>(r.look), -1});
  }
  for (const Range& r : left_out_) {
    places.push_back({r.begin, left_out, 1});
    places.push_back({r.end, left_out, -1});
  }
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.at < b.at; });
  std::array<int, names.size() + 1> open{};
  for (std::size_t i = 0; i < places.size(); ++i) {
    open[places[i].what] += places[i].more;
    if (i + 1 == places.size() || places[i + 1].at == places[i].at || open[left_out] > 0) continue;
    std::string look;
    for (std::size_t k = 0; k < names.size(); ++k)
      if (open[k] > 0) look += (look.empty() ? "" : " ") + std::string(names[k]);
    const std::size_t begin = places[i].at, end = places[i + 1].at;
    if (!look.empty() && !trim(line.text.substr(begin, end - begin)).empty())
      out.phrase(line, begin, end, "hi", "rend=" + look, "markup.emphasis");
  }
}

bool Looks::hold_all(const Line& line, std::size_t begin, std::size_t end) const {
  const auto only_signs = [&](std::size_t from, std::size_t to) {
    return line.text.substr(from, to - from).find_first_not_of(" *_~") == std::string_view::npos;
  };
  return std::any_of(looks_.begin(), looks_.end(), [&](const Range& r) {
    return r.begin >= begin && r.end <= end && only_signs(begin, r.begin) && only_signs(r.end, end);
  });
}

}  // namespace emend
