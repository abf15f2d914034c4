#include "sheets_client/transport.h"

namespace sheets {

// Google compresses answers only for user agents that say gzip
// (https://developers.google.com/workspace/sheets/api/guides/performance).
HttpTransport::HttpTransport(const std::string& product) : client_(product + " (gzip)") {}

net::TransferResult HttpTransport::perform(const net::ClientRequest& request,
                                           const net::TransferControl& control) {
  return client_.perform(request, control);
}

}  // namespace sheets
