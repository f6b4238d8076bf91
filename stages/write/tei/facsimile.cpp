// Surfaces and zones of TEI's facsimile, out of what the scan said of pages and lines.
#include "stages/write/tei/facsimile.h"

#include <algorithm>
#include <charconv>

#include "stages/write/tei/pen.h"

namespace emend {

namespace {

constexpr std::string_view hexadecimal = "0123456789ABCDEF";

// A file name as an address. What stands in one that is an address already, stays.
std::string as_address(std::string_view name) {
  constexpr std::string_view legal = "-._~:/?#@!$&'()*+,;=%";
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      out += '/';
    } else if (is_digit(byte) || is_ascii_letter(byte) || legal.find(c) != legal.npos) {
      out += c;
    } else {
      ((out += '%') += hexadecimal[byte >> 4]) += hexadecimal[byte & 15];
    }
  }
  return out;
}

std::string padded(std::size_t number, std::size_t digits) {
  std::string out = std::to_string(number);
  if (out.size() < digits) out.insert(0, digits - out.size(), '0');
  return out;
}

// https://…/{n:4}.jpg: n is the place of the page in the book, with four digits; label, its printed number; image, the
// file that the scan names. Empty where the page has no such thing.
std::string filled(std::string_view pattern, std::size_t n, std::string_view label, std::string_view image) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size()), close = pattern.find('}', open);
    out += pattern.substr(0, open);
    if (open == pattern.size() || close == pattern.npos) break;
    const std::string_view what = pattern.substr(open + 1, close - open - 1);
    const std::string_view value = what == "label" ? label : image;
    if (what == "n" || what.starts_with("n:")) {
      constexpr std::size_t most_digits = 9;
      std::size_t digits = 0;
      if (what.size() > 2) std::from_chars(what.data() + 2, what.data() + what.size(), digits);
      out += padded(n, std::min(digits, most_digits));
    } else if (value.empty()) {
      return {};
    } else {
      out += value;
    }
    pattern.remove_prefix(close + 1);
  }
  return as_address(out);
}

std::string_view option_in(const BookOptions& options, std::string_view key) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.first == key; });
  return found == options.end() ? std::string_view() : std::string_view(found->second);
}

std::uint64_t key_of(const Node& node) { return std::uint64_t{node.at.begin} << 32 | node.at.end; }

}  // namespace

// "297 180 1809 215 …": the rest behind the four numbers.
std::string_view Facsimile::take_box(std::string_view value, Box& box) {
  for (int* side : {&box.left, &box.top, &box.right, &box.bottom}) {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), *side);
    if (error != std::errc{}) return {};
    value.remove_prefix(static_cast<std::size_t>(end - value.data()));
    value.remove_prefix(std::min<std::size_t>(value.size(), 1));
  }
  return value;
}

Facsimile::Facsimile(const Document& d, const BookOptions& options) : surfaces_(d.pages.size()) {
  const std::string_view pattern = option_in(options, "facs");
  lines_ = option_in(options, "zones") == "lines";
  std::vector<std::string_view> images(d.pages.size());
  for (const Meta& m : d.metas) {
    if (m.name != "image" && m.name != "zone") continue;
    const Line& line = d.lines[d.line_at(m.at.begin)];
    if (line.page >= surfaces_.size()) continue;
    Box box;
    const std::string_view rest = take_box(m.value, box);
    if (m.name == "zone") {
      add_line(d, line, box);
      continue;
    }
    surfaces_[line.page].box = box;
    surfaces_[line.page].known = true;
    images[line.page] = rest;
  }
  for (std::size_t i = 0; i < surfaces_.size(); ++i) {
    Surface& surface = surfaces_[i];
    surface.url = pattern.empty() ? as_address(images[i]) : filled(pattern, i + 1, d.pages[i].label, images[i]);
    surface.known = surface.known || !surface.url.empty() || !surface.zones.empty();
  }
  name_zones(d);
}

// To the zone of its block on its page.
void Facsimile::add_line(const Document& d, const Line& line, const Box& box) {
  std::vector<Zone>& zones = surfaces_[line.page].zones;
  const auto same = [&](const Zone& z) { return z.block == line.block && line.block >= 0; };
  auto zone = std::find_if(zones.rbegin(), zones.rend(), same);
  if (zone == zones.rend()) {
    const Node* block = d.block_of(line);
    zones.push_back({box, block == nullptr ? "line" : block->name, line.block, {}});
    zone = zones.rbegin();
  }
  Box& all = zone->box;
  all = {std::min(all.left, box.left), std::min(all.top, box.top), std::max(all.right, box.right),
         std::max(all.bottom, box.bottom)};
  zone->lines.push_back(box);
}

void Facsimile::name_zones(const Document& d) {
  for (std::size_t page = 0; page < surfaces_.size(); ++page)
    for (std::size_t z = 0; z < surfaces_[page].zones.size(); ++z) {
      const std::int32_t block = surfaces_[page].zones[z].block;
      if (block < 0) continue;
      std::string& all = blocks_[key_of(d.blocks[static_cast<std::size_t>(block)])];
      all += (all.empty() ? "#f" : " #f") + std::to_string(page + 1) + ".z" + std::to_string(z + 1);
    }
}

std::string Facsimile::page(std::size_t index) const {
  return index < surfaces_.size() && surfaces_[index].known ? "#f" + std::to_string(index + 1) : "";
}

std::string_view Facsimile::block(const Node& node) const {
  if (blocks_.empty()) return {};
  const auto found = blocks_.find(key_of(node));
  return found == blocks_.end() ? std::string_view() : std::string_view(found->second);
}

void Facsimile::set_box(pugi::xml_node node, const Box& box) {
  if (box.empty()) return;
  node.append_attribute("ulx").set_value(box.left);
  node.append_attribute("uly").set_value(box.top);
  node.append_attribute("lrx").set_value(box.right);
  node.append_attribute("lry").set_value(box.bottom);
}

void Facsimile::write(pugi::xml_node tei, pugi::xml_node text) const {
  if (std::none_of(surfaces_.begin(), surfaces_.end(), [](const Surface& s) { return s.known; })) return;
  pugi::xml_node facsimile = tei.insert_child_before("facsimile", text);
  tei.insert_child_before(pugi::node_pcdata, text).set_value("\n");
  for (std::size_t i = 0; i < surfaces_.size(); ++i) {
    const Surface& surface = surfaces_[i];
    if (!surface.known) continue;
    new_line(facsimile);
    pugi::xml_node node = facsimile.append_child("surface");
    const std::string id = "f" + std::to_string(i + 1);
    set(node, "xml:id", id);
    set_box(node, surface.box);
    if (!surface.url.empty()) set(node.append_child("graphic"), "url", surface.url);
    for (std::size_t z = 0; z < surface.zones.size(); ++z) {
      pugi::xml_node zone = node.append_child("zone");
      set(zone, "xml:id", id + ".z" + std::to_string(z + 1));
      set(zone, "type", surface.zones[z].kind);
      set_box(zone, surface.zones[z].box);
      for (std::size_t l = 0; lines_ && l < surface.zones[z].lines.size(); ++l) {
        pugi::xml_node line = zone.append_child("zone");
        set(line, "type", "line");
        set_box(line, surface.zones[z].lines[l]);
      }
    }
  }
  new_line(facsimile);
}

}  // namespace emend
