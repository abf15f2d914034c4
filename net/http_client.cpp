#include "net/http_client.h"

#include <cstdlib>
#include <optional>

#include "net/curl_transfer.h"

namespace net {
namespace {

using std::chrono::steady_clock;

// curl_multi_poll takes an int; it also returns whenever libcurl itself has something to do.
constexpr std::chrono::milliseconds kLongestWakeup{60000};

// The environment's exceptions and this machine itself, which no proxy can reach.
std::string hosts_without_proxy() {
  const char* lower_case = std::getenv("no_proxy");
  const char* set = lower_case != nullptr ? lower_case : std::getenv("NO_PROXY");
  std::string listed = set != nullptr ? set : "";
  if (listed == "*") return listed;  // only means "all" when it stands alone
  return "localhost,127.0.0.1,::1" + (listed.empty() ? "" : "," + listed);
}

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

int poll_milliseconds(steady_clock::time_point deadline) {
  const auto now = steady_clock::now();
  if (deadline <= now) return 0;
  if (deadline - now >= kLongestWakeup) return static_cast<int>(kLongestWakeup.count());
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count());
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
    code = curl_multi_poll(transport.multi(), nullptr, 0, poll_milliseconds(control.deadline), nullptr);
    if (code != CURLM_OK) fail(code);
  }
}

}  // namespace

class HttpClient::Impl {
 public:
  explicit Impl(std::string user_agent)
      : user_agent_(std::move(user_agent)), no_proxy_(hosts_without_proxy()) {}

  TransferResult perform(const ClientRequest& request, const TransferControl& control) {
    if (auto error = interruption(control)) return std::move(*error);
    auto transport = pool_.take();
    TransferResult result = [&] {
      CurlTransfer transfer(transport->easy(), request, user_agent_, no_proxy_);
      return drive(*transport, transfer, control);
    }();
    // Not after an exception: what state a handle is in then is unknown.
    pool_.give_back(std::move(transport));
    return result;
  }

 private:
  const std::string user_agent_;
  const std::string no_proxy_;
  TransportPool pool_;
};

// Some servers, Google's among them, compress answers only for user agents that say gzip
// (https://developers.google.com/workspace/sheets/api/guides/performance).
HttpClient::HttpClient(const std::string& product) : impl_(std::make_unique<Impl>(product + " (gzip)")) {}
HttpClient::~HttpClient() = default;

TransferResult HttpClient::perform(const ClientRequest& request, const TransferControl& control) {
  return impl_->perform(request, control);
}

}  // namespace net
