#include "sheets_client/emulator/rest/api_schema.h"

#include <algorithm>
#include <stdexcept>

#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

std::vector<std::string_view> split_words(std::string_view line, char separator) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(separator), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

FieldKind scalar_kind(char letter) {
  return letter == 's'   ? FieldKind::kText
         : letter == 'b' ? FieldKind::kFlag
         : letter == 'i' ? FieldKind::kWhole
         : letter == 'd' ? FieldKind::kNumber
                         : FieldKind::kAny;
}

// "ranges:*GridRange".
SchemaField parse_field(std::string_view word) {
  SchemaField field;
  const std::size_t colon = word.find(':');
  field.name = word.substr(0, colon);
  std::string_view type = word.substr(colon + 1);
  field.list = type.front() == '*';
  field.map = type.front() == '%';
  if (field.list || field.map) type.remove_prefix(1);
  if (type.front() == '=' || type.front() == '~') {
    field.kind = type.front() == '=' ? FieldKind::kEnum : FieldKind::kMask;
    field.type = type.substr(1);
  } else if (type.size() == 1) {
    field.kind = scalar_kind(type.front());
  } else {
    field.kind = FieldKind::kMessage;
    field.type = type;
  }
  return field;
}

std::vector<SchemaField> parse_fields(const std::vector<std::string_view>& words, std::size_t from) {
  std::vector<SchemaField> fields;
  for (std::size_t i = from; i < words.size(); ++i)
    fields.push_back(parse_field(words[i]));
  return fields;
}

}  // namespace

const SchemaField* SchemaMessage::find(std::string_view field) const {
  const std::string camel = field.find('_') == std::string_view::npos ? std::string{} : camel_case(field);
  const std::string_view wanted = camel.empty() ? field : camel;
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const SchemaField& f) { return f.name == wanted; });
  return found == fields.end() ? nullptr : &*found;
}

ApiSchema::ApiSchema() {
  for (const std::string_view line : split_words(api_schema_text(), '\n')) {
    if (!line.empty() && line.front() != '#') read_line(split_words(line, ' '));
  }
  std::sort(messages_.begin(), messages_.end(),
            [](const SchemaMessage& a, const SchemaMessage& b) { return a.name < b.name; });
}

void ApiSchema::read_line(const std::vector<std::string_view>& words) {
  if (words[0] == "method") {
    methods_.push_back({words.at(1), words.at(2), words.at(3), words.at(4) == "-" ? "" : words.at(4),
                        words.at(5), parse_fields(words, 6)});
  } else if (words[0] == "message") {
    messages_.push_back({words.at(1), parse_fields(words, 2), {}, {}});
  } else if (words[0] == "oneof") {
    const auto message = std::find_if(messages_.begin(), messages_.end(),
                                      [&](const SchemaMessage& m) { return m.name == words.at(1); });
    if (message == messages_.end()) throw std::logic_error("api_schema.txt: oneof of an unknown message");
    message->one_of = words.at(2);
    message->exclusive.assign(words.begin() + 3, words.end());
  } else if (words[0] == "enum") {
    enums_.emplace_back(words.at(1), std::vector<std::string_view>(words.begin() + 2, words.end()));
  } else {
    global_ = parse_fields(words, 1);
  }
}

const ApiSchema& ApiSchema::instance() {
  static const ApiSchema kSchema;
  return kSchema;
}

const SchemaMethod* ApiSchema::find_method(std::string_view name) const {
  const auto found =
      std::find_if(methods_.begin(), methods_.end(), [&](const SchemaMethod& m) { return m.name == name; });
  return found == methods_.end() ? nullptr : &*found;
}

const SchemaMessage* ApiSchema::find_message(std::string_view name) const {
  const auto found =
      std::lower_bound(messages_.begin(), messages_.end(), name,
                       [](const SchemaMessage& m, std::string_view wanted) { return m.name < wanted; });
  return found == messages_.end() || found->name != name ? nullptr : &*found;
}

const std::vector<std::string_view>& ApiSchema::enum_values(std::string_view name) const {
  const auto found =
      std::find_if(enums_.begin(), enums_.end(), [&](const auto& e) { return e.first == name; });
  if (found == enums_.end()) throw std::logic_error("api_schema.txt: no enumeration " + std::string(name));
  return found->second;
}

std::string snake_case(std::string_view camel) {
  std::string snake;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') snake += '_';
    snake += lower_case(c);
  }
  return snake;
}

std::string camel_case(std::string_view snake) {
  std::string camel;
  for (std::size_t i = 0; i < snake.size(); ++i) {
    const bool raised = snake[i] == '_' && i > 0 && i + 1 < snake.size();
    camel += raised ? upper_case(snake[++i]) : snake[i];
  }
  return camel;
}

}  // namespace sheets::emulator
