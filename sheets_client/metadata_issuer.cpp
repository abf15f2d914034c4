#include "sheets_client/metadata_issuer.h"

namespace sheets {
namespace {

// The server is on this machine's own link: it answers at once or is not there.
constexpr std::chrono::seconds kConnectTimeout{2};
constexpr std::chrono::seconds kMetadataTimeout{10};
constexpr std::size_t kMaxMetadataBytes = 65536;

}  // namespace

MetadataIssuer::MetadataIssuer(Transport& transport, const roadmap::Clock& clock, Backoff& backoff,
                               std::string server)
    : server_(std::move(server)), exchange_(transport, clock, backoff) {}

IssuedToken MetadataIssuer::issue(const roadmap::RunControl& control) {
  const net::ClientRequest request =
      request_for(std::string("token?scopes=") + net::percent_encode(kSheetsScope));
  IssuedToken issued = TokenExchange::read_token(request, ask(request, control));
  if (account().find('@') == std::string::npos) {
    try {
      std::string email = ask(request_for("email"), control).body;
      const std::lock_guard lock(mutex_);
      email_ = std::move(email);
    } catch (const TokenError&) {
      // The address only serves messages; the token is what was asked for.
    }
  }
  return issued;
}

std::string MetadataIssuer::account() const {
  const std::lock_guard lock(mutex_);
  return email_.empty() ? "this machine's service account" : email_;
}

net::ClientRequest MetadataIssuer::request_for(const std::string& path) const {
  net::ClientRequest request;
  request.url = server_ + "/computeMetadata/v1/instance/service-accounts/default/" + path;
  request.headers.add("Metadata-Flavor", "Google");
  request.connect_timeout = kConnectTimeout;
  request.total_timeout = kMetadataTimeout;
  request.max_response_bytes = kMaxMetadataBytes;
  request.use_proxy = false;
  return request;
}

net::ClientResponse MetadataIssuer::ask(const net::ClientRequest& request,
                                        const roadmap::RunControl& control) {
  net::ClientResponse response = exchange_.perform(request, control);
  // The header proves that it is the metadata server, not whatever else answers on that name.
  if (response.headers.get("Metadata-Flavor") != "Google") {
    throw TokenError(
        TokenFailure::kMalformed,
        "What answered at " + server_ + " is no metadata server. Is this a Google Cloud machine?",
        "no Metadata-Flavor header");
  }
  return response;
}

}  // namespace sheets
