#include "sheets_client/sheets_client.h"

#include "sheets_client/cached_tokens.h"
#include "sheets_client/metadata_issuer.h"
#include "sheets_client/service_account_issuer.h"

namespace sheets {

struct SheetsClient::Parts {
  Parts(const ClientOptions& options, const Credentials& credentials, const std::string& product,
        const roadmap::Clock& clock, CallObserver* observer)
      : transport(product),
        backoff(options.max_retries, clock, waiter, system_random()),
        tokens(make_tokens(credentials, clock, observer)),
        gateway(options, {transport, *tokens, clock, waiter, observer, system_random()}) {}

  std::unique_ptr<TokenSource> make_tokens(const Credentials& credentials, const roadmap::Clock& clock,
                                           CallObserver* observer) {
    if (credentials.kind == Credentials::Kind::kFixedToken)
      return std::make_unique<FixedTokens>(credentials.fixed_token, "the fixed token's account");
    std::unique_ptr<TokenIssuer> issuer;
    if (credentials.kind == Credentials::Kind::kMetadata) {
      issuer = std::make_unique<MetadataIssuer>(transport, clock, backoff);
    } else {
      issuer = std::make_unique<ServiceAccountIssuer>(read_service_account(credentials.service_account_file),
                                                      transport, clock, backoff);
    }
    return std::make_unique<CachedTokens>(std::move(issuer), clock, observer);
  }

  HttpTransport transport;
  ThreadWaiter waiter;
  Backoff backoff;  // of the token requests
  std::unique_ptr<TokenSource> tokens;
  GoogleSheets gateway;
};

SheetsClient::SheetsClient(const ClientOptions& options, const Credentials& credentials,
                           const std::string& product, const roadmap::Clock& clock, CallObserver* observer)
    : parts_(std::make_unique<Parts>(options, credentials, product, clock, observer)) {}

SheetsClient::~SheetsClient() = default;

GoogleSheets& SheetsClient::gateway() { return parts_->gateway; }
TokenSource& SheetsClient::tokens() { return *parts_->tokens; }

}  // namespace sheets
