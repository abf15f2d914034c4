#pragma once

#include <string>

#include "sheets_client/service_account.h"
#include "sheets_client/token_exchange.h"

namespace sheets {

// Access tokens by the JWT bearer grant, scope kSheetsScope.
class ServiceAccountIssuer : public TokenIssuer {
 public:
  // `transport`, `clock` and `backoff` outlive this.
  ServiceAccountIssuer(ServiceAccount account, net::Transport& transport, const roadmap::Clock& clock,
                       roadmap::Backoff& backoff);
  IssuedToken issue(const roadmap::RunControl& control) override;
  std::string account() const override { return account_.client_email; }

 private:
  const ServiceAccount account_;
  const roadmap::Clock& clock_;
  TokenExchange exchange_;
};

}  // namespace sheets
