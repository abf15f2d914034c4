#pragma once

#include <mutex>
#include <string>

#include "sheets_client/token_exchange.h"

namespace sheets {

// Access tokens of the service account that this VM runs as, from its metadata server
// (https://cloud.google.com/compute/docs/access/authenticate-workloads). Never through a proxy: the answer
// is a secret, and a proxy would be asked about another machine.
class MetadataIssuer : public TokenIssuer {
 public:
  static constexpr const char* kServer = "http://metadata.google.internal";

  // `transport`, `clock` and `backoff` outlive this. `server` is another one in tests only.
  MetadataIssuer(net::Transport& transport, const roadmap::Clock& clock, roadmap::Backoff& backoff,
                 std::string server = kServer);
  IssuedToken issue(const roadmap::RunControl& control) override;
  // "this machine's service account" until the server has told its address.
  std::string account() const override;

 private:
  net::ClientRequest request_for(const std::string& path) const;
  net::ClientResponse ask(const net::ClientRequest& request, const roadmap::RunControl& control);

  const std::string server_;
  TokenExchange exchange_;
  mutable std::mutex mutex_;
  std::string email_;
};

}  // namespace sheets
