#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/config/config.h"

// The one table of settings: a row names the key, where its value lives, what is allowed and what it is for;
// its default is what the member holds. Reading, checking, environment overrides, "did you mean" and
// config.example.toml are derived from it. Keys point into the configuration they were made for and live no
// longer than it.
namespace roadmap::app {

enum class TextForm : std::uint8_t {
  kFree,
  kRequired,  // must not be blank
  kPath,      // relative to the configuration file; empty: none
};

struct TextKey {
  std::string* value;
  TextForm form = TextForm::kFree;
  std::vector<std::string_view> choices = {};  // empty: any text
};

struct TextsKey {
  std::vector<std::string>* value;
};

struct IntegerKey {
  int* value;
  int min;
  int max;
};

struct RealKey {
  double* value;
  double min;
  double max;
};

struct FlagKey {
  bool* value;
};

// A text that people write for people. It is checked to be one, and nothing of the service reads it.
struct LabelKey {};

struct Key {
  std::string_view name;
  std::variant<TextKey, TextsKey, IntegerKey, RealKey, FlagKey, LabelKey> kind;
  std::string_view comment;
};

struct Section {
  std::string_view name;  // "server", "scoring.defaults"
  std::string_view comment;
  std::vector<Key> keys;
};

// Every [section], in the order of config.example.toml.
std::vector<Section> sections_of(Config& config);

// The keys of one entry of [[central_backlog]], [[intake]] and [[intake.tabs]].
std::vector<Key> keys_of(BacklogSettings& backlog);
std::vector<Key> keys_of(IntakeSettings& intake);
std::vector<Key> keys_of(IntakeTabSettings& tab);

// An entry of [[central_backlog]] before its keys were read.
BacklogSettings default_backlog();

inline constexpr std::string_view kBacklogArray = "central_backlog";
inline constexpr std::string_view kIntakeArray = "intake";
inline constexpr std::string_view kIntakeTabsArray = "tabs";

// Where values come from, for messages: "roadmap.toml:12" or an environment variable's name.
using Origins = std::map<std::string, std::string>;  // by "section.key"; absent: the default

// What reading a file and the environment gave, before anything beside the single values was checked.
struct ReadConfig {
  Config config;
  Origins origins;
  std::vector<std::string> problems;
};

// Reads each key of the table from the TOML text, then from the environment. Relative paths start from
// `folder`; `name` stands for the file in messages. Never throws for bad content: that is in `problems`.
ReadConfig read_config(const std::string& text, const std::string& name, const std::filesystem::path& folder,
                       const Environment& environment);

// What the name of each override begins with.
inline constexpr std::string_view kEnvironmentPrefix = "ROADMAPD_";
// "ROADMAPD_SERVER_PORT", "ROADMAPD_SCORING_DEFAULTS_RICE_REACH".
std::string environment_name(std::string_view section, std::string_view key);

}  // namespace roadmap::app
