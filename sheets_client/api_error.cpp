#include "sheets_client/api_error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

namespace sheets {
namespace {

using nlohmann::json;
using roadmap::SheetsFailure;

constexpr std::size_t kMaxWords = 120;  // bytes of a foreign page that a message repeats
constexpr std::string_view kRequestPrefix = "Invalid requests[";

SheetsFailure failure_of(int http_status) {
  switch (http_status) {
    case 401:
      return SheetsFailure::kUnauthorised;
    case 403:
      return SheetsFailure::kForbidden;
    case 404:
      return SheetsFailure::kNotFound;
    case 409:  // aborted
      return SheetsFailure::kUnavailable;
    case 429:
      return SheetsFailure::kQuota;
    default:
      break;
  }
  if (http_status >= 500) return SheetsFailure::kUnavailable;
  return http_status >= 400 ? SheetsFailure::kBadRequest : SheetsFailure::kMalformed;
}

// The list under that key; an empty one when it is missing or something else.
const json& list_at(const json& object, const char* key) {
  static const json kNone = json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kNone;
}

std::string reason_in(const json& error) {
  for (const char* list : {"details", "errors"}) {
    for (const json& entry : list_at(error, list)) {
      if (std::string reason = text_at(entry, "reason"); !reason.empty()) return reason;
    }
  }
  return {};
}

// What exactly was wrong with a field, where the message itself only says "invalid argument".
std::string violations_in(const json& error, std::string_view message) {
  std::string text;
  for (const json& detail : list_at(error, "details")) {
    for (const json& violation : list_at(detail, "fieldViolations")) {
      const std::string description = text_at(violation, "description");
      if (description.empty() || message.find(description) != std::string_view::npos) continue;
      text += (text.empty() ? "" : "; ") + description;
    }
  }
  return text;
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return text;
}

bool is_rate_limit(std::string_view reason) {
  constexpr std::array<std::string_view, 3> kReasons = {"RATE_LIMIT_EXCEEDED", "rateLimitExceeded",
                                                        "userRateLimitExceeded"};
  return std::find(kReasons.begin(), kReasons.end(), reason) != kReasons.end();
}

ApiError foreign_answer(int http_status, std::string_view body) {
  const SheetsFailure failure = failure_of(http_status);
  const bool status_says_enough = failure == SheetsFailure::kUnauthorised ||
                                  failure == SheetsFailure::kQuota || failure == SheetsFailure::kUnavailable;
  return {status_says_enough ? failure : SheetsFailure::kMalformed,
          http_status,
          "HTTP " + std::to_string(http_status) + " with: " + first_words(body),
          {}};
}

// Google's words for a file in Drive that is no spreadsheet of its own (tidyverse/googlesheets4, issue 275).
constexpr const char* kOfficeFile = "not supported for this document";

// "Reading 'A', 'B' of the spreadsheet 'Roadmap' (1AbC…)"
std::string doing(const CallSubject& subject) {
  return std::string(subject.kind == CallKind::kRead ? "Reading " : "Writing ") +
         (subject.tabs.empty() ? "" : subject.tabs + " of ") + "the spreadsheet " + subject.display_name;
}

std::string tries(const CallFailure& failure) {
  return failure.attempts > 1 ? " (" + std::to_string(failure.attempts) + " attempts)" : "";
}

std::string forbidden(const CallFailure& failure, const CallSubject& subject) {
  if (failure.reason == "SERVICE_DISABLED" || failure.reason == "accessNotConfigured")
    return "The Google Sheets API is not enabled for the project of " + subject.account +
           ". Enable it in the Google Cloud console and wait a few minutes.";
  if (failure.reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT")
    return "The credentials of " + subject.account +
           " do not cover Google Sheets. Give this machine the scope "
           "https://www.googleapis.com/auth/spreadsheets, or "
           "use a service account file.";
  return "The spreadsheet " + subject.display_name + " cannot be opened. Share it with " + subject.account +
         " as Editor.";
}

std::string sentence(const CallFailure& failure, const CallSubject& subject) {
  switch (failure.failure) {
    case SheetsFailure::kUnauthorised:
      // Without a status it is the token that could not be had, and its own sentence says why.
      return failure.http_status == 0 ? failure.message
                                      : "Google does not accept the credentials of " + subject.account +
                                            ". Check that the account and its key still exist.";
    case SheetsFailure::kForbidden:
      return forbidden(failure, subject);
    case SheetsFailure::kNotFound:
      return "The spreadsheet " + subject.display_name + " cannot be opened. Share it with " +
             subject.account + " as Editor. If it is shared, check its id in the configuration.";
    case SheetsFailure::kBadRequest:
      if (failure.message.find(kOfficeFile) != std::string::npos)
        return "The spreadsheet " + subject.display_name +
               " is an Excel file in Drive, which Google Sheets does not open for programs. Open it, choose "
               "File, "
               "Save as Google Sheets, and use the new file's address.";
      return doing(subject) + " was refused: " + failure.message;
    case SheetsFailure::kQuota:
      return doing(subject) + " failed because Google's quota is used up" + tries(failure) +
             ". Run it again in a minute.";
    case SheetsFailure::kUnavailable:
      return doing(subject) + " failed: " + failure.message + tries(failure) + ". Run it again later.";
    case SheetsFailure::kTimeout:
      return doing(subject) + " failed: Google did not answer in time" + tries(failure) +
             ". Run it again later.";
    case SheetsFailure::kMalformed:
      return doing(subject) + " failed: the answer cannot be read (" + failure.message + ").";
  }
  return doing(subject) + " failed: " + failure.message;
}

}  // namespace

ApiError read_api_error(int http_status, std::string_view body) {
  const json document = json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object() || !document.contains("error") || !document["error"].is_object())
    return foreign_answer(http_status, body);
  const json& error = document["error"];
  ApiError read{failure_of(http_status), http_status, text_at(error, "message"), reason_in(error)};
  const std::string violations = violations_in(error, read.message);
  if (!violations.empty()) read.message += " (" + violations + ")";
  if (read.message.empty()) read.message = "HTTP " + std::to_string(http_status) + " without a message";
  read.message = one_line(std::move(read.message));
  if (read.failure == SheetsFailure::kForbidden && is_rate_limit(read.reason))
    read.failure = SheetsFailure::kQuota;
  return read;
}

roadmap::SheetsError to_sheets_error(const CallFailure& failure, const CallSubject& subject) {
  return {failure.failure, subject.spreadsheet_id, sentence(failure, subject), failure.message};
}

std::optional<std::size_t> refused_request(std::string_view message) {
  if (message.substr(0, kRequestPrefix.size()) != kRequestPrefix) return std::nullopt;
  std::size_t index = 0;
  const char* end = message.data() + message.size();
  const auto [stop, error] = std::from_chars(message.data() + kRequestPrefix.size(), end, index);
  if (error != std::errc{} || stop == end || *stop != ']') return std::nullopt;
  return index;
}

std::string without_request_name(std::string_view message) {
  if (!refused_request(message)) return std::string(message);
  const std::size_t colon = message.find(": ");
  return std::string(colon == std::string_view::npos ? message : message.substr(colon + 2));
}

bool says_stale(std::string_view message) {
  constexpr std::array<std::string_view, 7> kSigns = {"No grid with id",
                                                      "exceeds grid limits",
                                                      "Unable to parse range",
                                                      "beyond the last requested",
                                                      "is after last row in grid",
                                                      "is after last column in grid",
                                                      "larger than current grid size"};
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view sign) { return message.find(sign) != std::string_view::npos; });
}

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string first_words(std::string_view body) {
  std::string words;
  bool in_tag = false;
  for (const char c : body) {
    if (words.size() >= kMaxWords) break;
    if (c == '<' || c == '>') {
      in_tag = c == '<';
      if (!in_tag && !words.empty() && words.back() != ' ') words += ' ';
    } else if (!in_tag) {
      const bool blank = static_cast<unsigned char>(c) <= ' ';
      if (!blank) words += c;
      if (blank && !words.empty() && words.back() != ' ') words += ' ';
    }
  }
  while (!words.empty() && words.back() == ' ')
    words.pop_back();
  return words.empty() ? "nothing readable" : words;
}

}  // namespace sheets
