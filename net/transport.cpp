#include "net/transport.h"

namespace net {

// Some servers, Google's among them, compress answers only for user agents that say gzip
// (https://developers.google.com/workspace/sheets/api/guides/performance).
HttpTransport::HttpTransport(const std::string& product) : client_(product + " (gzip)") {}

TransferResult HttpTransport::perform(const ClientRequest& request, const TransferControl& control) {
  return client_.perform(request, control);
}

}  // namespace net
