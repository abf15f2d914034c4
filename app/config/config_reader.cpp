// Reads what the table of keys names.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <set>

#include "app/config/config_keys.h"
#include "app/config/suggestion.h"
#include "core/fields/cell.h"
#include "core/fields/text.h"

namespace roadmap::app {
namespace {

std::string quoted_list(const std::vector<std::string_view>& names) {
  std::vector<std::string> quoted;
  quoted.reserve(names.size());
  for (const std::string_view name : names)
    quoted.push_back(fmt::format("'{}'", name));
  return spoken_list({quoted.begin(), quoted.end()});
}

// One value as it was given, whatever it came from.
using Given = std::variant<std::monostate, std::string, std::int64_t, double, bool, std::vector<std::string>>;

std::optional<std::vector<std::string>> texts_of(const toml::array& array) {
  std::vector<std::string> texts;
  for (const toml::node& element : array) {
    const auto* text = element.as_string();
    if (text == nullptr) return std::nullopt;
    texts.push_back(text->get());
  }
  return texts;
}

Given given_by(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* integer = node.as_integer()) return integer->get();
  if (const auto* real = node.as_floating_point()) return real->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  if (const auto* array = node.as_array()) {
    if (auto texts = texts_of(*array)) return *std::move(texts);
  }
  return std::monostate{};
}

// Puts a given value where its key says, or returns what is wrong with it.
class Assign {
 public:
  explicit Assign(const Given& given) : given_(given) {}

  std::string operator()(const TextKey& key) const {
    const auto* text = std::get_if<std::string>(&given_);
    if (text == nullptr) return "must be a text in quotes";
    if (!key.choices.empty() &&
        std::find(key.choices.begin(), key.choices.end(), *text) == key.choices.end()) {
      return fmt::format("must be one of {}, not '{}'", quoted_list(key.choices), *text);
    }
    if (key.form == TextForm::kRequired && trim(*text).empty()) return "must not be empty";
    *key.value = *text;
    return "";
  }
  std::string operator()(const TextsKey& key) const {
    const auto* texts = std::get_if<std::vector<std::string>>(&given_);
    if (texts == nullptr) return "must be a list of texts such as [\"10.0.0.1\"]";
    *key.value = *texts;
    return "";
  }
  std::string operator()(const IntegerKey& key) const {
    const auto* integer = std::get_if<std::int64_t>(&given_);
    if (integer == nullptr) return fmt::format("must be a whole number from {} to {}", key.min, key.max);
    if (*integer < key.min || *integer > key.max) {
      return fmt::format("must be from {} to {}, not {}", key.min, key.max, *integer);
    }
    *key.value = static_cast<int>(*integer);
    return "";
  }
  std::string operator()(const RealKey& key) const {
    double number = std::numeric_limits<double>::quiet_NaN();
    if (const auto* real = std::get_if<double>(&given_)) number = *real;
    if (const auto* integer = std::get_if<std::int64_t>(&given_)) number = static_cast<double>(*integer);
    if (!(number >= key.min && number <= key.max)) {  // NaN is refused too
      return fmt::format("must be a number from {} to {}", key.min, key.max);
    }
    *key.value = number;
    return "";
  }
  std::string operator()(const LabelKey&) const {
    return std::holds_alternative<std::string>(given_) ? "" : "must be a text in quotes";
  }
  std::string operator()(const FlagKey& key) const {
    const auto* flag = std::get_if<bool>(&given_);
    if (flag == nullptr) return "must be true or false";
    *key.value = *flag;
    return "";
  }

 private:
  const Given& given_;
};

// A variable's text as the kind of value that its key takes; text where it is none.
struct FromEnvironment {
  const std::string& text;

  Given operator()(const TextKey&) const { return text; }
  Given operator()(const LabelKey&) const { return text; }
  Given operator()(const TextsKey&) const {
    std::vector<std::string> texts;
    std::string_view rest = text;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (!trim(rest.substr(0, comma)).empty()) texts.emplace_back(trim(rest.substr(0, comma)));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return texts;
  }
  Given operator()(const IntegerKey&) const { return number<std::int64_t>(); }
  Given operator()(const RealKey&) const { return number<double>(); }
  Given operator()(const FlagKey&) const {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return text;
  }

  template <class Number>
  Given number() const {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return text;
    return value;
  }
};

class ConfigReader {
 public:
  explicit ConfigReader(std::string name) : name_(std::move(name)), sections_(sections_of(read_.config)) {}

  void read_file(const std::string& text);
  void read_environment(const Environment& environment);
  void resolve_paths(const std::filesystem::path& folder);
  ReadConfig take() { return std::move(read_); }

 private:
  std::string place(const toml::node& node) const {
    return fmt::format("{}:{}", name_, node.source().begin.line);
  }
  void problem(const std::string& place, const std::string& key, const std::string& what) {
    read_.problems.push_back(fmt::format("{}: {}: {}", place, key, what));
  }

  std::vector<std::string_view> subsections(std::string_view section) const;
  bool is_shallow(const std::string& text);
  void read_sections(const toml::table& root);
  void refuse_unknown_tables(const toml::table& root);
  void read_keys(const toml::table& table, const std::string& prefix, const std::vector<Key>& keys,
                 const std::vector<std::string_view>& further);
  // Calls read_entry with the table of each entry.
  template <class ReadEntry>
  void read_array(const toml::table& table, std::string_view name, const std::string& at,
                  ReadEntry read_entry);
  void read_intake(const toml::table& table, const std::string& at, IntakeSettings& intake);
  void refuse_unknown_variables(const Environment& environment, const std::set<std::string>& known);

  std::string name_;
  ReadConfig read_;
  std::vector<Section> sections_;  // of read_.config
};

void ConfigReader::read_keys(const toml::table& table, const std::string& prefix,
                             const std::vector<Key>& keys, const std::vector<std::string_view>& further) {
  std::vector<std::string_view> names;
  names.reserve(keys.size());
  for (const Key& key : keys)
    names.push_back(key.name);
  for (auto&& [key_name, node] : table) {
    const std::string_view name = key_name.str();
    const std::string at = fmt::format("{}.{}", prefix, name);
    if (std::find(further.begin(), further.end(), name) != further.end()) continue;
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const Key& known) { return known.name == name; });
    if (key == keys.end()) {
      problem(place(node), at,
              fmt::format("unknown key{}; valid are {}", did_you_mean(name, names), spoken_list(names)));
      continue;
    }
    const Given given = given_by(node);
    const std::string wrong = std::visit(Assign(given), key->kind);
    if (!wrong.empty()) problem(place(node), at, wrong);
    read_.origins[at] = place(node);
  }
  for (const Key& key : keys) {
    const auto* text = std::get_if<TextKey>(&key.kind);
    const bool missing = text != nullptr && text->form == TextForm::kRequired && !table.contains(key.name) &&
                         text->value->empty();
    if (missing)
      problem(place(table), fmt::format("{}.{}", prefix, key.name),
              fmt::format("is missing: {}", key.comment));
  }
}

template <class ReadEntry>
void ConfigReader::read_array(const toml::table& table, std::string_view name, const std::string& at,
                              ReadEntry read_entry) {
  const toml::node* node = table.get(name);
  if (node == nullptr) return;
  const toml::array* array = node->as_array();
  const bool are_tables =
      array != nullptr &&
      std::all_of(array->begin(), array->end(), [](const toml::node& element) { return element.is_table(); });
  if (!are_tables) return problem(place(*node), at, fmt::format("is written with two brackets: [[{}]]", at));
  for (const toml::node& element : *array)
    read_entry(*element.as_table());
}

void ConfigReader::read_intake(const toml::table& table, const std::string& at, IntakeSettings& intake) {
  read_keys(table, at, keys_of(intake), {kIntakeTabsArray});
  const std::string tabs_at = fmt::format("{}.{}", at, kIntakeTabsArray);
  read_array(table, kIntakeTabsArray, tabs_at, [&](const toml::table& entry) {
    read_keys(entry, tabs_at, keys_of(intake.tabs.emplace_back()), {});
  });
  if (!table.contains(kIntakeTabsArray)) {
    problem(place(table), at, fmt::format("has no tabs; add one with [[{}]]", tabs_at));
  }
  for (IntakeTabSettings& tab : intake.tabs)
    tab.layout.spreadsheet_id = intake.spreadsheet_id;
}

void ConfigReader::refuse_unknown_tables(const toml::table& root) {
  std::vector<std::string_view> names;
  for (const Section& section : sections_) {
    if (section.name.find('.') == std::string_view::npos) names.push_back(section.name);
  }
  names.push_back(kBacklogArray);
  names.push_back(kIntakeArray);
  for (auto&& [key_name, node] : root) {
    const std::string_view name = key_name.str();
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    problem(place(node), std::string(name),
            fmt::format("unknown {}{}; the sections are {}",
                        node.is_table() || node.is_array() ? "section" : "key", did_you_mean(name, names),
                        spoken_list(names)));
  }
}

// The sections directly below a section: "defaults" of "scoring".
std::vector<std::string_view> ConfigReader::subsections(std::string_view section) const {
  const std::string prefix = fmt::format("{}.", section);
  std::vector<std::string_view> names;
  for (const Section& other : sections_) {
    if (other.name.starts_with(prefix)) names.push_back(other.name.substr(prefix.size()));
  }
  return names;
}

void ConfigReader::read_sections(const toml::table& root) {
  refuse_unknown_tables(root);
  for (const Section& section : sections_) {
    const toml::node* node = root.at_path(section.name).node();
    if (node == nullptr) continue;
    const std::string name(section.name);
    if (const toml::table* table = node->as_table()) {
      read_keys(*table, name, section.keys, subsections(section.name));
    } else {
      problem(place(*node), name, fmt::format("is a section, written [{}]", name));
    }
  }
  const std::string backlog_at(kBacklogArray);
  read_array(root, kBacklogArray, backlog_at, [&](const toml::table& table) {
    std::vector<BacklogSettings>& backlogs = read_.config.central_backlogs;
    read_keys(table, backlog_at, keys_of(backlogs.emplace_back(default_backlog())), {});
  });
  const std::string intake_at(kIntakeArray);
  read_array(root, kIntakeArray, intake_at, [&](const toml::table& table) {
    read_intake(table, intake_at, read_.config.intakes.emplace_back());
  });
}

// The parser makes a table of each part of a dotted key, one inside the other, and would go down as deep. No
// line of a configuration needs so many dots; a list of addresses may stand on several.
bool ConfigReader::is_shallow(const std::string& text) {
  constexpr int kMaxDots = 1000;
  int line = 1, dots = 0;
  for (const char c : text) {
    dots += c == '.' ? 1 : 0;
    if (dots > kMaxDots) {
      read_.problems.push_back(fmt::format("{}:{}: more than {} dots in one line", name_, line, kMaxDots));
      return false;
    }
    if (c != '\n') continue;
    ++line;
    dots = 0;
  }
  return true;
}

void ConfigReader::read_file(const std::string& text) {
  if (!is_shallow(text)) return;
  try {
    read_sections(toml::parse(text, name_));
  } catch (const toml::parse_error& error) {
    read_.problems.push_back(
        fmt::format("{}:{}: no valid TOML: {}", name_, error.source().begin.line, error.description()));
  }
}

void ConfigReader::read_environment(const Environment& environment) {
  std::set<std::string> known;
  for (const Section& section : sections_) {
    for (const Key& key : section.keys) {
      const std::string variable = environment_name(section.name, key.name);
      known.insert(variable);
      const auto found = environment.find(variable);
      if (found == environment.end()) continue;
      const std::string at = fmt::format("{}.{}", section.name, key.name);
      const Given given = std::visit(FromEnvironment{found->second}, key.kind);
      const std::string wrong = std::visit(Assign(given), key.kind);
      if (!wrong.empty()) problem("environment", variable, wrong);
      read_.origins[at] = variable;
    }
  }
  refuse_unknown_variables(environment, known);
}

void ConfigReader::refuse_unknown_variables(const Environment& environment,
                                            const std::set<std::string>& known) {
  const Config& config = read_.config;
  const std::set<std::string> named = {config.auth.secret_env, config.auth.previous_secret_env,
                                       config.llm.api_key_env};
  for (const auto& [variable, value] : environment) {
    if (!variable.starts_with(kEnvironmentPrefix) || known.contains(variable) || named.contains(variable))
      continue;
    const std::vector<std::string_view> names(known.begin(), known.end());
    problem("environment", variable,
            fmt::format("overrides no key{}; a name is {}SECTION_KEY, such as ROADMAPD_SERVER_PORT",
                        did_you_mean(variable, names), kEnvironmentPrefix));
  }
}

void ConfigReader::resolve_paths(const std::filesystem::path& folder) {
  for (const Section& section : sections_) {
    for (const Key& key : section.keys) {
      const auto* text = std::get_if<TextKey>(&key.kind);
      if (text == nullptr || text->form != TextForm::kPath) continue;
      std::string& path = *text->value;
      if (!path.empty()) path = (folder / path).lexically_normal().string();
    }
  }
}

}  // namespace

ReadConfig read_config(const std::string& text, const std::string& name, const std::filesystem::path& folder,
                       const Environment& environment) {
  ConfigReader reader(name);
  reader.read_file(text);
  reader.read_environment(environment);
  reader.resolve_paths(folder);
  return reader.take();
}

}  // namespace roadmap::app
