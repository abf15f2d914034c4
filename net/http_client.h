#pragma once

#include <memory>
#include <string>

#include "net/transport.h"

namespace net {

// HTTP over libcurl: connections are kept and reused, HTTP/2 where the server has it, gzip, TLS verified,
// redirects refused (a 3xx is returned as it is), no signals.
// Thread safety: perform may be called from any number of threads; each thread has an easy handle of its own.
class HttpClient : public Transport {
 public:
  // `product`: "roadmapd/1.0.0".
  explicit HttpClient(const std::string& product);
  ~HttpClient() override;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  TransferResult perform(const ClientRequest& request, const TransferControl& control = {}) override;

 private:
  class Pool;

  const std::string user_agent_;
  const std::string no_proxy_;
  const std::unique_ptr<Pool> transports_;
};

}  // namespace net
