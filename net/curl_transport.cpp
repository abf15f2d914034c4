#include "net/curl_transport.h"

#include <algorithm>
#include <new>
#include <stdexcept>

namespace net {
namespace {

constexpr std::size_t kMaxIdleTransports = 32;
constexpr long kMaxConnectionsPerTransport = 8;

// curl_global_init is counted and lives as long as the process.
void initialise_curl_once() {
  static const CURLcode kResult = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (kResult != CURLE_OK) throw std::runtime_error(curl_easy_strerror(kResult));
}

}  // namespace

CurlTransport::CurlTransport() {
  initialise_curl_once();
  multi_.reset(curl_multi_init());
  easy_.reset(curl_easy_init());
  if (!multi_ || !easy_) throw std::bad_alloc();
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kMaxConnectionsPerTransport);
}

std::unique_ptr<CurlTransport> TransportPool::take() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<CurlTransport>();
  auto found = std::find_if(idle_.begin(), idle_.end(),
                            [](const Idle& idle) { return idle.last_user == std::this_thread::get_id(); });
  if (found == idle_.end()) found = idle_.end() - 1;
  std::unique_ptr<CurlTransport> transport = std::move(found->transport);
  idle_.erase(found);
  return transport;
}

void TransportPool::give_back(std::unique_ptr<CurlTransport> transport) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMaxIdleTransports) idle_.push_back({std::this_thread::get_id(), std::move(transport)});
}

}  // namespace net
