#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/run/sheets_gateway.h"
#include "sheets_client/api_caller.h"

namespace sheets {

// A 200 whose body is cut, is no JSON, or has another shape than documented. Stays inside the library.
class MalformedAnswer : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What Google said instead of a result.
struct ApiError {
  roadmap::SheetsFailure failure;
  int http_status;
  std::string message;  // Google's, one line, field violations added in brackets
  std::string reason;   // "SERVICE_DISABLED", "RATE_LIMIT_EXCEEDED"; empty when none was given
};

// Reads the body of an answer that is not 2xx: Google's {"error": {code, message, status, details}}, also
// with the older errors[], or what a proxy put in its place. A body that is no such JSON is kMalformed with
// its first words, except with 401, 409, 429 and 5xx, where the status says enough. Never throws.
ApiError read_api_error(int http_status, std::string_view body);

// What a failed call was about, for its message.
struct CallSubject {
  std::string spreadsheet_id;
  std::string display_name;  // SpreadsheetInfo::display_name, or the id while the title is unknown
  std::string tabs;          // "'A', 'B'"; empty: none in particular
  std::string account;       // TokenSource::account
  CallKind kind = CallKind::kRead;
};

// The failure as a sentence that says what to do; Google's own message becomes the detail.
roadmap::SheetsError to_sheets_error(const CallFailure& failure, const CallSubject& subject);

// "Invalid requests[3].updateCells: You are trying to edit a protected cell" names request 3.
std::optional<std::size_t> refused_request(std::string_view message);
// The same without what only a program can use: "You are trying to edit a protected cell".
std::string without_request_name(std::string_view message);

// Google does not know the tab or the place: sheet ids or grid sizes that we hold may be out of date.
bool says_stale(std::string_view message);

// The text under that key of an object; empty when it is missing, or either is something else.
std::string text_at(const nlohmann::json& object, const char* key);

// The first words of an answer that was to be JSON, on one line, tags left out: for messages.
std::string first_words(std::string_view body);

}  // namespace sheets
