#pragma once

#include <mutex>
#include <string>

#include "core/clock.h"
#include "core/run/waiter.h"
#include "net/http_client.h"
#include "net/transport.h"
#include "sheets_client/service_account.h"
#include "sheets_client/token_source.h"

namespace sheets {

// What issuers ask for tokens with; all of it outlives them.
struct TokenExchange {
  // The 200 answer; tried again while the endpoint does not answer. Throws TokenError for every other
  // outcome, RunStopped.
  net::ClientResponse perform(const net::ClientRequest& request, const roadmap::RunControl& control) const;

  net::Transport& transport;
  const roadmap::Clock& clock;
  roadmap::Backoff& backoff;
};

// Access tokens by the JWT bearer grant, scope kSheetsScope.
class ServiceAccountIssuer : public TokenIssuer {
 public:
  ServiceAccountIssuer(ServiceAccount account, const TokenExchange& exchange)
      : account_(std::move(account)), exchange_(exchange) {}
  IssuedToken issue(const roadmap::RunControl& control) override;
  std::string account() const override { return account_.client_email; }

 private:
  const ServiceAccount account_;
  const TokenExchange exchange_;
};

// Access tokens of the service account that this VM runs as, from its metadata server
// (https://cloud.google.com/compute/docs/access/authenticate-workloads). Never through a proxy: the answer
// is a secret, and a proxy would be asked about another machine.
class MetadataIssuer : public TokenIssuer {
 public:
  explicit MetadataIssuer(const TokenExchange& exchange) : exchange_(exchange) {}
  IssuedToken issue(const roadmap::RunControl& control) override;
  // "this machine's service account" until the server has told its address.
  std::string account() const override;

 private:
  net::ClientResponse ask(const net::ClientRequest& request, const roadmap::RunControl& control) const;

  const TokenExchange exchange_;
  mutable std::mutex mutex_;
  std::string email_;
};

// "7 hours 3 minutes", "45 seconds": the two largest units.
std::string in_words(std::chrono::seconds duration);

}  // namespace sheets
