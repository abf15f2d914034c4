#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sheets::emulator {

enum class FieldKind { kText, kFlag, kWhole, kNumber, kAny, kEnum, kMask, kMessage };

// A member of a message, or a query parameter.
struct SchemaField {
  std::string_view name;  // "startRowIndex"
  FieldKind kind = FieldKind::kText;
  bool list = false;
  bool map = false;       // from text to its type
  std::string_view type;  // of kEnum and kMessage; of kMask: the message that its paths start from, or ""
};

struct SchemaMessage {
  std::string_view name;
  std::vector<SchemaField> fields;
  std::string_view one_of;  // what the exclusive members are called together; empty: none
  std::vector<std::string_view> exclusive;

  // By either spelling: "startRowIndex", "start_row_index". nullptr when there is none.
  const SchemaField* find(std::string_view field) const;
};

struct SchemaMethod {
  std::string_view name;  // "spreadsheets.values.get"
  std::string_view http;
  std::string_view path;     // "/v4/spreadsheets/{spreadsheetId}/values/{range}"
  std::string_view request;  // a message; "" without a body
  std::string_view response;
  std::vector<SchemaField> query;
};

// The methods, messages and enumerations of Google Sheets API v4, as its discovery document names them.
// Thread safety: const.
class ApiSchema {
 public:
  static const ApiSchema& instance();

  const std::vector<SchemaMethod>& methods() const { return methods_; }
  // nullptr when there is no such method or message.
  const SchemaMethod* find_method(std::string_view name) const;
  const SchemaMessage* find_message(std::string_view name) const;
  // The enumeration's values; it must exist.
  const std::vector<std::string_view>& enum_values(std::string_view name) const;
  // Query parameters that every method takes.
  const std::vector<SchemaField>& global_query() const { return global_; }

 private:
  ApiSchema();
  void read_line(const std::vector<std::string_view>& words);

  std::vector<SchemaMethod> methods_;
  std::vector<SchemaMessage> messages_;  // by name
  std::vector<std::pair<std::string_view, std::vector<std::string_view>>> enums_;
  std::vector<SchemaField> global_;
};

// "startRowIndex" as "start_row_index", which is how Google's errors name fields, and back.
std::string snake_case(std::string_view camel);
std::string camel_case(std::string_view snake);

std::string_view api_schema_text();  // generated

}  // namespace sheets::emulator
