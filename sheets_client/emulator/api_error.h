#pragma once

#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "net/http_message.h"
#include "sheets_client/emulator/json_fwd.h"

namespace sheets::emulator {

// A call that Google would refuse: thrown by whatever notices, turned into an answer in one place.
class ApiError : public std::exception {
 public:
  ApiError(int code, std::string status, std::string message, std::shared_ptr<const Json> details = nullptr)
      : code_(code), status_(std::move(status)), message_(std::move(message)), details_(std::move(details)) {}

  const char* what() const noexcept override { return message_.c_str(); }
  int code() const { return code_; }

  // The same refusal, naming the request it came from: "Invalid requests[0].addSheet: …". An error that has
  // details names its place itself and stays as it is.
  ApiError at(std::string_view place) const;

  // {"error": {"code", "message", "status", "details"}}.
  net::HttpResponse response() const;

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
// 404 for a spreadsheet that does not exist.
ApiError not_found();
// 403 for a spreadsheet that is not shared with the caller.
ApiError permission_denied();
// 401 for a token that is unknown or has expired.
ApiError invalid_credentials();
// No token at all: 403 for GET, 401 for the others.
ApiError missing_credentials(std::string_view http_method);
// 403 for a token without a Sheets scope.
ApiError insufficient_scope(std::string_view rpc_method);
// 429. `kind` is "Read" or "Write".
ApiError quota_exceeded(std::string_view kind, int limit);
// The error that Google sends with this HTTP status when it gives no better reason.
ApiError error_for_status(int code, std::string message);

// "Invalid value at 'data.values' (type.googleapis.com/…), "X"".
ApiError invalid_value(std::string_view field, std::string_view type, const Json& value);

// Adds the headers of every answer of Google's API to it.
net::HttpResponse json_response(int status, std::string body);

}  // namespace sheets::emulator
