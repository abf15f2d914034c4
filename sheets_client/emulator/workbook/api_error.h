#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/workbook/json_fwd.h"

namespace sheets::emulator {

// A call that Google would refuse: thrown by whatever notices, turned into an answer in one place
// (rest/api_response.h).
class ApiError : public std::exception {
 public:
  ApiError(int code, std::string status, std::string message, std::shared_ptr<const Json> details = nullptr)
      : code_(code), status_(std::move(status)), message_(std::move(message)), details_(std::move(details)) {}

  const char* what() const noexcept override { return message_.c_str(); }
  int code() const { return code_; }
  const std::string& status() const { return status_; }
  const Json* details() const { return details_.get(); }  // nullptr: none

  // The same refusal, naming the request it came from: "Invalid requests[0].addSheet: …". An error that has
  // details names its place itself and stays as it is.
  ApiError at(std::string_view place) const;

 private:
  int code_;
  std::string status_;
  std::string message_;
  std::shared_ptr<const Json> details_;
};

// 400 INVALID_ARGUMENT with one sentence.
ApiError invalid_argument(std::string message);
// 400 whose details name the field, as the JSON reader of Google's front end answers.
ApiError invalid_field(std::string_view field, std::string message);
// 400 for a field mask with a path that the answer does not have.
ApiError invalid_mask(std::string_view mask, std::string_view path);
// 400 for several violations of the kind that invalid_field makes: their sentences line by line, their
// details together. There must be one.
ApiError joined_errors(const std::vector<ApiError>& violations);
// 404 for a spreadsheet that does not exist.
ApiError not_found();
// 403 for a spreadsheet that is not shared with the caller.
ApiError permission_denied();
// The error that Google sends with this HTTP status when it gives no better reason.
ApiError error_for_status(int code, std::string message);

// "Invalid value at 'data.values' (type.googleapis.com/…), "X"".
ApiError invalid_value(std::string_view field, std::string_view type, const Json& value);

}  // namespace sheets::emulator
