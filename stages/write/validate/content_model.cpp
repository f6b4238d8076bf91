// What may stand inside an element: the automaton of Glushkov, in which every name of the pattern is one state.
#include "stages/write/validate/content_model.h"

#include <algorithm>
#include <utility>

namespace emend {
namespace {

using Places = std::vector<std::uint32_t>;

void add(Places& to, const Places& from) {
  to.insert(to.end(), from.begin(), from.end());
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
}

Places shifted(Places places, std::size_t by) {
  for (auto& place : places) place += static_cast<std::uint32_t>(by);
  return places;
}

void append(ContentModel& to, const ContentModel& from) {
  const auto by = to.places.size();
  for (const auto& place : from.places) to.places.push_back({place.name, shifted(place.next, by)});
  to.text = to.text || from.text;
}

const Places& next(const ContentModel& model, std::uint32_t place) { return model.places[place].next; }

/// Calls `f` with every place that may come next.
template <typename F>
void each_next(const ContentModel& model, const MatchProgress& progress, F f) {
  if (!progress.started) {
    for (auto place : model.first) f(place);
    return;
  }
  for (auto at : progress.at)
    for (auto place : next(model, at)) f(place);
}

}  // namespace

ContentModel text_content() {
  ContentModel model;
  model.text = true;
  return model;
}

ContentModel element_content(std::string name) {
  ContentModel model;
  model.places.push_back({std::move(name), {}});
  model.first = model.last = {0};
  model.may_be_empty = false;
  return model;
}

ContentModel group(ContentModel a, const ContentModel& b) {
  const auto by = a.places.size();
  const auto first = shifted(b.first, by), last = shifted(b.last, by);
  append(a, b);
  for (auto place : a.last) add(a.places[place].next, first);
  if (a.may_be_empty) add(a.first, first);
  if (!b.may_be_empty) a.last.clear();
  add(a.last, last);
  a.may_be_empty = a.may_be_empty && b.may_be_empty;
  return a;
}

ContentModel choice(ContentModel a, const ContentModel& b) {
  const auto by = a.places.size();
  append(a, b);
  add(a.first, shifted(b.first, by));
  add(a.last, shifted(b.last, by));
  a.may_be_empty = a.may_be_empty || b.may_be_empty;
  return a;
}

ContentModel one_or_more(ContentModel a) {
  for (auto place : a.last) add(a.places[place].next, a.first);
  return a;
}

ContentModel optional(ContentModel a) {
  a.may_be_empty = true;
  return a;
}

bool advance(const ContentModel& model, MatchProgress& progress, std::string_view child) {
  Places places;
  each_next(model, progress, [&](std::uint32_t place) {
    if (model.places[place].name == child) places.push_back(place);
  });
  if (places.empty()) return false;
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  progress = {true, std::move(places)};
  return true;
}

bool may_end(const ContentModel& model, const MatchProgress& progress) {
  if (!progress.started) return model.may_be_empty;
  return std::any_of(progress.at.begin(), progress.at.end(), [&](std::uint32_t at) {
    return std::find(model.last.begin(), model.last.end(), at) != model.last.end();
  });
}

std::vector<std::string> expected(const ContentModel& model, const MatchProgress& progress) {
  std::vector<std::string> names;
  each_next(model, progress, [&](std::uint32_t place) { names.push_back(model.places[place].name); });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> missing(const ContentModel& model, const MatchProgress& progress) {
  const auto names = expected(model, progress);
  std::vector<std::string> nearer;
  for (const auto& name : names) {
    MatchProgress next = progress;
    advance(model, next, name);
    if (may_end(model, next) || expected(model, next) != names) nearer.push_back(name);
  }
  return nearer;
}

bool knows(const ContentModel& model, std::string_view child) {
  return std::any_of(model.places.begin(), model.places.end(), [&](const auto& place) { return place.name == child; });
}

}  // namespace emend
