#pragma once

#include <string>

#include "net/http_client.h"

namespace net {

// How requests leave the process. Implementations are safe to call from many threads.
class Transport {
 public:
  virtual ~Transport() = default;
  // As HttpClient::perform: blocks, never throws for network trouble.
  virtual TransferResult perform(const ClientRequest& request, const TransferControl& control) = 0;
};

// Over libcurl.
class HttpTransport : public Transport {
 public:
  // `product`: "roadmapd/1.0.0".
  explicit HttpTransport(const std::string& product);
  TransferResult perform(const ClientRequest& request, const TransferControl& control) override;

 private:
  HttpClient client_;
};

}  // namespace net
