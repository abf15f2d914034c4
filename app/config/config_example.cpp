// Configuration files, config.example.toml too, written from the table of keys.
#include <fmt/format.h>

#include "app/config/config_keys.h"

namespace roadmap::app {
namespace {

std::string joined(const std::vector<std::string_view>& texts) {
  std::string list;
  for (const std::string_view text : texts) {
    if (!list.empty()) list += ", ";
    list += text.empty() ? "empty" : text;
  }
  return list;
}

std::string toml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    quoted += is_control ? fmt::format("\\u{:04x}", static_cast<unsigned>(c)) : std::string(1, c);
  }
  return quoted + "\"";
}

// The value as TOML and what is allowed, of a key that still holds its default.
struct DescribedKey {
  std::string value;
  std::string allowed;

  void operator()(const TextKey& key) {
    value = toml_text(*key.value);
    if (!key.choices.empty()) allowed = joined(key.choices);
    if (key.choices.empty() && key.form == TextForm::kRequired && key.value->empty()) allowed = "required";
  }
  void operator()(const TextsKey& key) {
    value = "[";
    for (const std::string& text : *key.value)
      value += (value.size() > 1 ? ", " : "") + toml_text(text);
    value += "]";
  }
  void operator()(const IntegerKey& key) {
    value = fmt::format("{}", *key.value);
    allowed = fmt::format("{} to {}", key.min, key.max);
  }
  void operator()(const RealKey& key) {
    value = fmt::format("{:.1f}", *key.value);
    allowed = fmt::format("{:.0f} to {:.0f}", key.min, key.max);
  }
  void operator()(const LabelKey&) { value = toml_text(""); }
  void operator()(const FlagKey& key) { value = *key.value ? "true" : "false"; }
};

void append_keys(std::string& text, const std::vector<Key>& keys) {
  for (const Key& key : keys) {
    DescribedKey describe;
    std::visit(describe, key.kind);
    const std::string allowed = describe.allowed.empty() ? "" : fmt::format(" ({})", describe.allowed);
    text += fmt::format("# {}{}\n{} = {}\n", key.comment, allowed, key.name, describe.value);
  }
}

void append_backlogs(std::string& text, std::vector<BacklogSettings>& backlogs) {
  for (BacklogSettings& backlog : backlogs) {
    text += fmt::format("\n# A Central Backlog; once for each.\n[[{}]]\n", kBacklogArray);
    append_keys(text, keys_of(backlog));
  }
}

void append_intakes(std::string& text, std::vector<IntakeSettings>& intakes) {
  for (IntakeSettings& intake : intakes) {
    text +=
        fmt::format("\n# An intake spreadsheet; once for each, its tabs below it.\n[[{}]]\n", kIntakeArray);
    append_keys(text, keys_of(intake));
    for (IntakeTabSettings& tab : intake.tabs) {
      text += fmt::format("\n[[{}.{}]]\n", kIntakeArray, kIntakeTabsArray);
      append_keys(text, keys_of(tab));
    }
  }
}

}  // namespace

std::string config_text(Config config) {
  std::string text =
      "# Configuration of roadmapd. Every key with its default; leave out what you do not change.\n"
      "# Each key outside the [[…]] tables can be overridden in the environment: ROADMAPD_SERVER_PORT=9000.\n"
      "# Relative paths are relative to this file.\n";
  for (const Section& section : sections_of(config)) {
    if (section.name == "product_ops") append_backlogs(text, config.central_backlogs);
    if (section.name == "scoring") append_intakes(text, config.intakes);
    text += fmt::format("\n# {}\n[{}]\n", section.comment, section.name);
    append_keys(text, section.keys);
  }
  return text;
}

std::string example_config() {
  Config config;
  config.central_backlogs = {default_backlog()};
  config.intakes.emplace_back().tabs.emplace_back();
  return config_text(std::move(config));
}

}  // namespace roadmap::app
