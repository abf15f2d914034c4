#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/config/config.h"

// The one table of configuration keys. Reading, checking, environment overrides, "did you mean" and
// config.example.toml are derived from it. `Owner` is the struct that a key's value lives in.
namespace roadmap::app {

enum class TextForm : std::uint8_t {
  kFree,
  kRequired,  // must not be blank
  kPath,      // relative to the configuration file; empty: none
};

template <class Owner>
struct TextKey {
  std::string& (*value)(Owner&);
  TextForm form = TextForm::kFree;
  std::vector<std::string_view> choices = {};  // empty: any text
};

template <class Owner>
struct TextsKey {
  std::vector<std::string>& (*value)(Owner&);
};

template <class Owner>
struct IntegerKey {
  int& (*value)(Owner&);
  int min;
  int max;
};

template <class Owner>
struct RealKey {
  double& (*value)(Owner&);
  double min;
  double max;
};

template <class Owner>
struct FlagKey {
  bool& (*value)(Owner&);
};

template <class Owner>
struct Key {
  std::string_view name;
  std::variant<TextKey<Owner>, TextsKey<Owner>, IntegerKey<Owner>, RealKey<Owner>, FlagKey<Owner>> kind;
  std::string_view comment;
};

struct Section {
  std::string_view name;  // "server", "scoring.defaults"
  std::string_view comment;
  std::vector<Key<Config>> keys;
};

// Every [section], in the order of config.example.toml.
const std::vector<Section>& config_sections();

// The keys of [[central_backlog]], [[intake]] and [[intake.tabs]].
const std::vector<Key<BacklogSettings>>& backlog_keys();
const std::vector<Key<IntakeSettings>>& intake_keys();
const std::vector<Key<IntakeTabSettings>>& intake_tab_keys();

// An entry of an array of tables before its keys were read.
BacklogSettings default_backlog();
IntakeSettings default_intake();
IntakeTabSettings default_intake_tab();

// A header further down is a mistake.
inline constexpr int kMaxLayoutRow = 1000;

inline constexpr std::string_view kBacklogArray = "central_backlog";
inline constexpr std::string_view kIntakeArray = "intake";
inline constexpr std::string_view kIntakeTabsArray = "tabs";

// "ROADMAPD_SERVER_PORT", "ROADMAPD_SCORING_DEFAULTS_RICE_REACH".
std::string environment_name(std::string_view section, std::string_view key);

}  // namespace roadmap::app
