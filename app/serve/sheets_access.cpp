#include "app/serve/sheets_access.h"

#include <string>

#include "app/process/version.h"
#include "sheets_client/token_issuers.h"

namespace roadmap::app {
namespace {

std::unique_ptr<sheets::TokenIssuer> make_issuer(const SheetsConfig& config, net::Transport& transport,
                                                 const Clock& clock, Backoff& backoff) {
  const sheets::TokenExchange exchange{transport, clock, backoff};
  if (config.credentials == "metadata") return std::make_unique<sheets::MetadataIssuer>(exchange);
  return std::make_unique<sheets::ServiceAccountIssuer>(
      sheets::read_service_account(config.service_account_file), exchange);
}

sheets::ClientOptions client_options(const SheetsConfig& config) {
  return {.base_url = config.base_url,
          .timeout = std::chrono::seconds{config.timeout_seconds},
          .max_retries = config.max_retries,
          .reads_per_minute = config.reads_per_minute,
          .writes_per_minute = config.writes_per_minute};
}

}  // namespace

SheetsAccess::SheetsAccess(const SheetsConfig& config, const Clock& clock, sheets::CallObserver* observer)
    : transport_("roadmapd/" + std::string(version())),
      token_backoff_(config.max_retries, clock, waiter_, system_random()),
      tokens_(std::make_unique<sheets::CachedTokens>(make_issuer(config, transport_, clock, token_backoff_),
                                                     clock, observer)),
      client_(client_options(config), sheets::GoogleSheets::Surroundings{transport_, *tokens_, clock, waiter_,
                                                                         observer, system_random()}) {}

}  // namespace roadmap::app
