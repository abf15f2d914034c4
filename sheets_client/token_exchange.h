#pragma once

#include <string>

#include "core/clock.h"
#include "core/run/waiter.h"
#include "net/http_client.h"
#include "net/transport.h"
#include "sheets_client/token_source.h"

namespace sheets {

// One request for a token, tried again while the endpoint does not answer, and its answer read: what the
// issuers have in common.
// Thread safety: as its parts; no state of its own.
class TokenExchange {
 public:
  TokenExchange(net::Transport& transport, const roadmap::Clock& clock, roadmap::Backoff& backoff);

  // The 200 answer. Throws TokenError for every other outcome, RunStopped.
  net::ClientResponse perform(const net::ClientRequest& request, const roadmap::RunControl& control);
  // {"access_token", "expires_in"}; TokenError kMalformed when it is something else.
  static IssuedToken read_token(const net::ClientRequest& request, const net::ClientResponse& response);

 private:
  [[noreturn]] void refuse(const net::ClientRequest& request, const net::ClientResponse& response) const;

  net::Transport& transport_;
  const roadmap::Clock& clock_;
  roadmap::Backoff& backoff_;
};

// "7 hours 3 minutes", "45 seconds": the two largest units.
std::string in_words(std::chrono::seconds duration);

}  // namespace sheets
