#pragma once

#include <memory>

#include "app/config/config.h"
#include "core/clock.h"
#include "core/run/waiter.h"
#include "net/http_client.h"
#include "sheets_client/call_observer.h"
#include "sheets_client/google_sheets.h"
#include "sheets_client/token_source.h"

namespace roadmap::app {

// Google Sheets as the configuration says: transport, credentials, client. Safe to use from many threads.
class SheetsAccess {
 public:
  // Reads the service account's file; throws sheets::CredentialsError. Without network: the first token is
  // fetched with the first call. `clock` and `observer` outlive this.
  SheetsAccess(const SheetsConfig& config, const Clock& clock, sheets::CallObserver* observer);

  sheets::GoogleSheets& client() { return client_; }
  sheets::TokenSource& tokens() { return *tokens_; }

 private:
  net::HttpClient transport_;
  ThreadWaiter waiter_;
  Backoff token_backoff_;
  std::unique_ptr<sheets::TokenSource> tokens_;
  sheets::GoogleSheets client_;
};

}  // namespace roadmap::app
