// Parsing with Boost.Program_options, which is met only here.
#include "pipeline/cli/options.h"

#include <algorithm>
#include <boost/program_options.hpp>

#include "pipeline/cli/shown.h"
#include "pipeline/text/similarity.h"

namespace emend {

namespace po = boost::program_options;

namespace {

std::string_view long_name(const Option& o) {
  const std::string_view name = o.name;
  return name.substr(0, name.find(','));
}

[[noreturn]] void misused(const Verb& verb, const std::string& what) {
  throw Error(Exit::usage,
              std::string(verb.name) + ": " + what + "; see `emend " + std::string(verb.name) + " --help`");
}

po::options_description described(const Verb& verb) {
  po::options_description d;
  for (const Option& o : verb.options) {
    if (o.value != nullptr)
      d.add_options()(o.name, po::value<std::string>(), o.help);
    else
      d.add_options()(o.name, o.help);
  }
  d.add_options()("help,h", "");
  return d;
}

[[noreturn]] void unknown_option(const Verb& verb, const std::string& written) {
  std::vector<std::string_view> names{"help"};
  for (const Option& o : verb.options) names.push_back(long_name(o));
  const std::string word = written.substr(std::min(written.find_first_not_of('-'), written.size()));
  const std::string near = did_you_mean(word.substr(0, word.find('=')), names, "--");
  const std::string what = "unknown option '" + shown(written) + "'";
  if (near.empty()) misused(verb, what);
  throw Error(Exit::usage, std::string(verb.name) + ": " + what + near);
}

po::parsed_options parsed(const Verb& verb, const std::vector<std::string>& words) {
  using namespace po::command_line_style;
  const po::options_description options = described(verb);
  try {
    return po::command_line_parser(words).options(options).style(unix_style & ~allow_guessing).run();
  } catch (const po::unknown_option& e) {
    unknown_option(verb, e.get_option_name());
  } catch (const po::error_with_option_name& e) {
    const std::string name = shown(e.get_option_name());
    if (dynamic_cast<const po::invalid_command_line_syntax*>(&e) == nullptr) misused(verb, shown(e.what()));
    const bool is_switch = std::any_of(verb.options.begin(), verb.options.end(), [&](const Option& o) {
      return o.value == nullptr && "--" + std::string(long_name(o)) == name;
    });
    misused(verb, "option '" + name + (is_switch ? "' takes no value" : "' needs a value"));
  } catch (const po::error& e) {
    misused(verb, shown(e.what()));
  }
}

}  // namespace

std::string Arguments::get(std::string_view option, std::string otherwise) const {
  const auto found = values_.find(option);
  return found == values_.end() || found->second.empty() ? std::move(otherwise) : found->second.back();
}

const std::vector<std::string>& Arguments::all(std::string_view option) const {
  static const std::vector<std::string> none;
  const auto found = values_.find(option);
  return found == values_.end() ? none : found->second;
}

Arguments parse_arguments(const Verb& verb, const std::vector<std::string>& words) {
  Arguments a;
  for (const po::option& o : parsed(verb, words).options) {
    if (o.position_key != -1 || o.string_key.empty()) {
      a.operands.insert(a.operands.end(), o.value.begin(), o.value.end());
      continue;
    }
    std::vector<std::string>& values = a.values_[o.string_key];
    const auto declared = std::find_if(verb.options.begin(), verb.options.end(),
                                       [&](const Option& known) { return long_name(known) == o.string_key; });
    const bool once = declared != verb.options.end() && declared->value != nullptr && !declared->repeats;
    if (once && !values.empty()) misused(verb, "option '--" + o.string_key + "' is given twice");
    values.insert(values.end(), o.value.begin(), o.value.end());
    if (std::count(values.begin(), values.end(), "") > 0)
      misused(verb, "option '--" + o.string_key + "' has an empty value");
  }
  if (a.has("help")) return a;
  if (std::count(a.operands.begin(), a.operands.end(), "") > 0) misused(verb, "a file name is empty");
  if (a.operands.size() < verb.least_operands) misused(verb, "it needs more arguments: " + std::string(verb.usage));
  if (a.operands.size() > verb.most_operands)
    misused(verb, "it takes no further argument '" + shown(a.operands[verb.most_operands]) + "'");
  return a;
}

std::string help(const Verb& verb) {
  std::string out = "usage: emend " + std::string(verb.usage) + "\n" + std::string(verb.summary) + ".\n\n";
  std::vector<std::string> left;
  for (const Option& o : verb.options) {
    const std::string_view name = o.name,
                           letter = name.size() > long_name(o).size() ? name.substr(name.size() - 1) : "";
    std::string& row = left.emplace_back(letter.empty() ? "      --" : "  -");
    if (!letter.empty()) row.append(letter).append(", --");
    row.append(long_name(o));
    if (o.value != nullptr) row.append(1, ' ').append(o.value);
  }
  left.push_back("  -h, --help");
  std::size_t width = 0;
  for (const std::string& l : left) width = std::max(width, l.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::string_view text = i < verb.options.size() ? verb.options[i].help : "this text";
    out += left[i] + std::string(width + 2 - left[i].size(), ' ');
    for (const char c : text) {
      out += c;
      if (c == '\n') out.append(width + 2, ' ');
    }
    out += '\n';
  }
  if (!verb.more.empty()) out.append("\n").append(verb.more).append("\n");
  return out;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates, std::string_view prefix) {
  const std::u32string wanted = folded(word.substr(0, 64));
  const std::size_t most = wanted.size() < 4 ? 1 : wanted.size() < 8 ? 2 : 3;
  std::size_t nearest = most + 1;
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const std::u32string other = folded(candidate);
    std::size_t distance = edit_distance(wanted, other, most);
    if (distance > most && wanted.size() > 2 && other.starts_with(wanted)) distance = most;  // an abbreviation
    if (distance < nearest) nearest = distance, best = candidate;
  }
  return best.empty() ? "" : "; did you mean '" + std::string(prefix) + std::string(best) + "'?";
}

}  // namespace emend
