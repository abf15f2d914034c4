#include "net/http_client.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "net/curl_transfer.h"
#include "net/file_descriptor.h"

namespace net {
namespace {

using std::chrono::steady_clock;

// The environment's exceptions and this machine itself, which no proxy can reach.
std::string hosts_without_proxy() {
  const char* lower_case = std::getenv("no_proxy");
  const char* set = lower_case != nullptr ? lower_case : std::getenv("NO_PROXY");
  std::string listed = set != nullptr ? set : "";
  if (listed == "*") return listed;  // only means "all" when it stands alone
  return "localhost,127.0.0.1,::1" + (listed.empty() ? "" : "," + listed);
}

constexpr std::size_t kMaxIdleTransports = 32;
constexpr long kMaxConnectionsPerTransport = 8;

// curl_global_init is counted and lives as long as the process.
void initialise_curl_once() {
  static const CURLcode kResult = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (kResult != CURLE_OK) throw std::runtime_error(curl_easy_strerror(kResult));
}

template <auto clean_up>
struct CleanUp {
  void operator()(void* handle) const { clean_up(handle); }
};

// One easy handle with the multi handle that drives it and owns its connections.
class CurlTransport {
 public:
  // Throws std::bad_alloc when libcurl has no memory for it.
  CurlTransport() {
    initialise_curl_once();
    multi_.reset(curl_multi_init());
    easy_.reset(curl_easy_init());
    if (!multi_ || !easy_) throw std::bad_alloc();
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kMaxConnectionsPerTransport);
  }

  CURL* easy() const { return easy_.get(); }
  CURLM* multi() const { return multi_.get(); }

 private:
  std::unique_ptr<CURLM, CleanUp<&curl_multi_cleanup>> multi_;
  std::unique_ptr<CURL, CleanUp<&curl_easy_cleanup>> easy_;
};

// Adds the easy handle to its multi handle for the time of one transfer. Removing it earlier than its end
// closes the connection.
class Attached {
 public:
  explicit Attached(const CurlTransport& transport) : transport_(transport) {
    result_ = curl_multi_add_handle(transport_.multi(), transport_.easy());
  }
  ~Attached() { curl_multi_remove_handle(transport_.multi(), transport_.easy()); }
  Attached(const Attached&) = delete;
  Attached& operator=(const Attached&) = delete;

  CURLMcode result() const { return result_; }

 private:
  const CurlTransport& transport_;
  CURLMcode result_ = CURLM_OK;
};

std::optional<TransferError> interruption(const TransferControl& control) {
  if (control.stop.stop_requested()) return TransferError{TransferFailure::kStopped, "stopped"};
  if (steady_clock::now() >= control.deadline) {
    return TransferError{TransferFailure::kDeadline, "the deadline of the run passed"};
  }
  return std::nullopt;
}

// The result that libcurl reports for the one transfer of this multi handle, if it has ended.
std::optional<CURLcode> ended(CURLM* multi) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) return message->data.result;
  }
  return std::nullopt;
}

[[noreturn]] void fail(CURLMcode code) { throw std::runtime_error(curl_multi_strerror(code)); }

TransferResult drive(const CurlTransport& transport, CurlTransfer& transfer, const TransferControl& control) {
  const Attached attached(transport);
  if (attached.result() != CURLM_OK) fail(attached.result());
  const std::stop_callback wake(control.stop, [&transport] { curl_multi_wakeup(transport.multi()); });
  for (;;) {
    int running = 0;
    CURLMcode code = curl_multi_perform(transport.multi(), &running);
    if (code != CURLM_OK) fail(code);
    if (const auto result = ended(transport.multi())) return transfer.finish(*result);
    if (auto error = interruption(control)) return std::move(*error);
    // It also returns whenever libcurl itself has something to do.
    code = curl_multi_poll(transport.multi(), nullptr, 0, milliseconds_until(control.deadline), nullptr);
    if (code != CURLM_OK) fail(code);
  }
}

}  // namespace

// Lends transports out, to each thread the one that it had last, so that it finds its connections again.
// Thread safety: every function may be called from any thread.
class HttpClient::Pool {
 public:
  std::unique_ptr<CurlTransport> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<CurlTransport>();
    auto found = std::find_if(idle_.begin(), idle_.end(),
                              [](const Idle& idle) { return idle.last_user == std::this_thread::get_id(); });
    if (found == idle_.end()) found = idle_.end() - 1;
    std::unique_ptr<CurlTransport> transport = std::move(found->transport);
    idle_.erase(found);
    return transport;
  }

  void give_back(std::unique_ptr<CurlTransport> transport) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdleTransports)
      idle_.push_back({std::this_thread::get_id(), std::move(transport)});
  }

 private:
  struct Idle {
    std::thread::id last_user;
    std::unique_ptr<CurlTransport> transport;
  };

  std::mutex mutex_;
  std::vector<Idle> idle_;
};

// Some servers, Google's among them, compress answers only for user agents that say gzip
// (https://developers.google.com/workspace/sheets/api/guides/performance).
HttpClient::HttpClient(const std::string& product)
    : user_agent_(product + " (gzip)"),
      no_proxy_(hosts_without_proxy()),
      transports_(std::make_unique<Pool>()) {}
HttpClient::~HttpClient() = default;

TransferResult HttpClient::perform(const ClientRequest& request, const TransferControl& control) {
  if (auto error = interruption(control)) return std::move(*error);
  auto transport = transports_->take();
  TransferResult result = [&] {
    CurlTransfer transfer(transport->easy(), request, user_agent_, no_proxy_);
    return drive(*transport, transfer, control);
  }();
  // Not after an exception: what state a handle is in then is unknown.
  transports_->give_back(std::move(transport));
  return result;
}

}  // namespace net
