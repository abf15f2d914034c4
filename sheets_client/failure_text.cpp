#include "sheets_client/failure_text.h"

namespace sheets {
namespace {

using roadmap::SheetsFailure;

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

roadmap::SheetsError to_sheets_error(const CallFailure& failure, const CallSubject& subject) {
  return {failure.failure, subject.spreadsheet_id, sentence(failure, subject), failure.message};
}

}  // namespace sheets
