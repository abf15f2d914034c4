#include "net/curl_failure.h"

namespace net {
namespace {

// Zero until name, connection and TLS are done and the request may go out.
bool may_have_sent(CURL* easy) {
  curl_off_t ready_after = 0;
  long request_bytes = 0;
  curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &ready_after);
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_bytes);
  return ready_after > 0 || request_bytes > 0;
}

bool is_tls(CURLcode code) {
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_USE_SSL_FAILED:
      return true;
    default:
      return false;
  }
}

}  // namespace

TransferFailure transfer_failure(CURLcode code, CURL* easy) {
  if (is_tls(code)) return TransferFailure::kTls;
  if (code == CURLE_FILESIZE_EXCEEDED) return TransferFailure::kTooLarge;
  if (!may_have_sent(easy)) return TransferFailure::kUnreachable;
  return code == CURLE_OPERATION_TIMEDOUT ? TransferFailure::kTimeout : TransferFailure::kClosed;
}

}  // namespace net
