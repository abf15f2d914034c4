#include "sheets_client/emulator/rest/json_writer.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace sheets::emulator {
namespace {

constexpr double kExactIntegers = 1e15;

void append_escaped(std::string& text, char c) {
  constexpr std::string_view kNamed = "\"\\\n\r\t\b\f", kNames = "\"\\nrtbf";
  if (const std::size_t named = kNamed.find(c); named != std::string_view::npos) {
    text += {'\\', kNames[named]};
  } else {
    text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  }
}

// 43831, 0.1: the shortest text that reads back as the same double.
void append_number(std::string& text, double number) {
  if (number == std::floor(number) && std::fabs(number) < kExactIntegers) {
    text += std::to_string(static_cast<long long>(number));
    return;
  }
  char buffer[32];
  text.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void append_quoted(std::string& text, std::string_view content) {
  text += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const auto c = static_cast<unsigned char>(content[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    text.append(content, start, i - start);
    append_escaped(text, content[i]);
    start = i + 1;
  }
  text.append(content, start, content.size() - start);
  text += '"';
}

}  // namespace

JsonWriter::JsonWriter(Layout layout, MaskNode mask) : layout_(layout), mask_(std::move(mask)) {}

const MaskNode* JsonWriter::current_mask() const {
  return levels_.empty() ? (mask_.whole() ? nullptr : &mask_) : levels_.back().mask;
}

bool JsonWriter::wants(std::initializer_list<std::string_view> path) const {
  const MaskNode* mask = after_key_ ? key_mask_ : current_mask();
  for (const std::string_view name : path) {
    if (!mask || mask->whole()) return true;
    mask = mask->find(name);
    if (!mask) return false;
  }
  return true;
}

bool JsonWriter::key(std::string_view name) {
  const MaskNode* mask = current_mask();
  const MaskNode* below = mask ? mask->find(name) : nullptr;
  if (mask && !below) return false;
  Level& level = levels_.back();
  if (!level.empty) text_ += ',';
  level.empty = false;
  new_line();
  append_quoted(text_, name);
  text_ += layout_ == Layout::kPretty ? ": " : ":";
  after_key_ = true;
  key_mask_ = below && !below->whole() ? below : nullptr;
  return true;
}

void JsonWriter::new_line() {
  if (layout_ == Layout::kCompact) return;
  text_ += '\n';
  text_.append(levels_.size() * 2, ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
  } else if (!levels_.empty()) {
    key_mask_ = levels_.back().mask;
    if (!levels_.back().empty) text_ += ',';
    levels_.back().empty = false;
    new_line();
  } else {
    key_mask_ = current_mask();
  }
}

void JsonWriter::begin(char bracket) {
  before_value();
  text_ += bracket;
  levels_.push_back({true, key_mask_});
}

void JsonWriter::end(char bracket) {
  const bool empty = levels_.back().empty;
  levels_.pop_back();
  if (!empty) new_line();
  text_ += bracket;
}

void JsonWriter::begin_object() { begin('{'); }
void JsonWriter::end_object() { end('}'); }
void JsonWriter::begin_array() { begin('['); }
void JsonWriter::end_array() { end(']'); }

void JsonWriter::string(std::string_view text) {
  before_value();
  append_quoted(text_, text);
}

void JsonWriter::number(double number) {
  before_value();
  append_number(text_, number);
}

void JsonWriter::boolean(bool flag) {
  before_value();
  text_ += flag ? "true" : "false";
}

void JsonWriter::json(const Json& document) {
  if (document.is_object()) {
    begin_object();
    for (const auto& [name, value] : document.items()) {
      if (key(name)) json(value);
    }
    end_object();
  } else if (document.is_array()) {
    begin_array();
    for (const Json& item : document)
      json(item);
    end_array();
  } else if (document.is_string()) {
    string(document.get_ref<const std::string&>());
  } else if (document.is_number_float()) {
    number(document.get<double>());
  } else if (document.is_number()) {
    before_value();
    text_ += std::to_string(document.get<long long>());
  } else if (document.is_boolean()) {
    boolean(document.get<bool>());
  } else {
    before_value();
    text_ += "null";
  }
}

std::string JsonWriter::take() {
  if (layout_ == Layout::kPretty) text_ += '\n';
  return std::move(text_);
}

}  // namespace sheets::emulator
