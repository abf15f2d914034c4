#pragma once

#include <string>

#include "net/http_client.h"

namespace sheets {

// How requests leave the process. Implementations are safe to call from many threads.
class Transport {
 public:
  virtual ~Transport() = default;
  // As net::HttpClient::perform: blocks, never throws for network trouble.
  virtual net::TransferResult perform(const net::ClientRequest& request,
                                      const net::TransferControl& control) = 0;
};

// Over libcurl.
class HttpTransport : public Transport {
 public:
  // `product`: "roadmapd/1.0.0".
  explicit HttpTransport(const std::string& product);
  net::TransferResult perform(const net::ClientRequest& request,
                              const net::TransferControl& control) override;

 private:
  net::HttpClient client_;
};

}  // namespace sheets
