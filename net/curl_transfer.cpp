#include "net/curl_transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <stdexcept>

#include "net/ascii.h"

namespace net {
namespace {

constexpr std::size_t kMaxResponseHeaderBytes = 256u << 10;
// Connections that look idle for longer are not reused: load balancers drop them silently.
constexpr long kMaxIdleConnectionSeconds = 50;
constexpr std::size_t kAborted = 0;  // fewer bytes than were delivered make libcurl give up

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  // Everything else is a mistake in this file (an option that this libcurl does not know).
  if (code != CURLE_OK) throw std::logic_error(curl_easy_strerror(code));
}

long at_least_one_millisecond(std::chrono::milliseconds time) {
  return static_cast<long>(std::max<std::chrono::milliseconds::rep>(time.count(), 1));  // 0 would be no limit
}

// Zero until name, connection and TLS are done and the request may go out.
bool may_have_sent(CURL* easy) {
  curl_off_t ready_after = 0;
  long request_bytes = 0;
  curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &ready_after);
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_bytes);
  return ready_after > 0 || request_bytes > 0;
}

bool is_tls(CURLcode code) {
  constexpr std::array kOfTls = {CURLE_SSL_CONNECT_ERROR,        CURLE_PEER_FAILED_VERIFICATION,
                                 CURLE_SSL_CERTPROBLEM,          CURLE_SSL_CIPHER,
                                 CURLE_SSL_CACERT_BADFILE,       CURLE_SSL_CRL_BADFILE,
                                 CURLE_SSL_ISSUER_ERROR,         CURLE_SSL_INVALIDCERTSTATUS,
                                 CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT,
                                 CURLE_SSL_ENGINE_NOTFOUND,      CURLE_SSL_ENGINE_SETFAILED,
                                 CURLE_SSL_ENGINE_INITFAILED,    CURLE_USE_SSL_FAILED};
  return std::find(kOfTls.begin(), kOfTls.end(), code) != kOfTls.end();
}

// What it means to the caller, above all whether the server may have acted on the request.
TransferFailure transfer_failure(CURLcode code, CURL* easy) {
  if (is_tls(code)) return TransferFailure::kTls;
  if (code == CURLE_FILESIZE_EXCEEDED) return TransferFailure::kTooLarge;
  if (!may_have_sent(easy)) return TransferFailure::kUnreachable;
  return code == CURLE_OPERATION_TIMEDOUT ? TransferFailure::kTimeout : TransferFailure::kClosed;
}

}  // namespace

CurlTransfer::CurlTransfer(CURL* easy, const ClientRequest& request, const std::string& user_agent,
                           const std::string& no_proxy)
    : easy_(easy), request_(request) {
  set_connection_options(user_agent, no_proxy);
  set_callbacks();
  set_headers();
  set_method_and_body();
}

CurlTransfer::~CurlTransfer() { curl_easy_reset(easy_); }

void CurlTransfer::set_connection_options(const std::string& user_agent, const std::string& no_proxy) {
  set(easy_, CURLOPT_URL, request_.url.c_str());
  set(easy_, CURLOPT_USERAGENT, user_agent.c_str());
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS, at_least_one_millisecond(request_.connect_timeout));
  set(easy_, CURLOPT_TIMEOUT_MS, at_least_one_millisecond(request_.total_timeout));
  set(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy_, CURLOPT_MAXAGE_CONN, kMaxIdleConnectionSeconds);
  // A name that is still being resolved must not hold up a stop.
  set(easy_, CURLOPT_QUICK_EXIT, 1L);
  set(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy_, CURLOPT_ACCEPT_ENCODING, "gzip");
  if (request_.use_proxy) {
    set(easy_, CURLOPT_NOPROXY, no_proxy.c_str());
  } else {
    set(easy_, CURLOPT_PROXY, "");
  }
}

void CurlTransfer::set_callbacks() {
  set(easy_, CURLOPT_ERRORBUFFER, error_text_.data());
  set(easy_, CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  set(easy_, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy_, CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  set(easy_, CURLOPT_WRITEDATA, static_cast<void*>(this));
}

void CurlTransfer::set_headers() {
  for (const auto& [name, value] : request_.headers) {
    // A name with a semicolon is how libcurl is told of a field without a value.
    std::string line = value.empty() ? name + ";" : fmt::format("{}: {}", name, value);
    std::replace_if(line.begin(), line.end(), ascii::is_control, ' ');
    add_header_line(line);
  }
  // Two that libcurl would add on its own: waiting for "100 Continue" costs a second where a server does not
  // know it, and a form is not what this client sends.
  if (!request_.headers.get("Expect")) add_header_line("Expect:");
  if (!request_.headers.get("Content-Type")) add_header_line("Content-Type:");
  set(easy_, CURLOPT_HTTPHEADER, header_list_.get());
}

void CurlTransfer::add_header_line(const std::string& line) {
  curl_slist* longer = curl_slist_append(header_list_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  if (longer != header_list_.get()) header_list_.reset(longer);
}

void CurlTransfer::set_method_and_body() {
  if (const auto* text = std::get_if<std::string>(&request_.body)) {
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(text->size()));
    set(easy_, CURLOPT_POSTFIELDS, text->c_str());
  } else if (source() != nullptr) {
    set(easy_, CURLOPT_UPLOAD, 1L);
    set(easy_, CURLOPT_READFUNCTION, &CurlTransfer::on_read);
    set(easy_, CURLOPT_READDATA, static_cast<void*>(this));
    set(easy_, CURLOPT_SEEKFUNCTION, &CurlTransfer::on_rewind);
    set(easy_, CURLOPT_SEEKDATA, static_cast<void*>(this));
    if (source()->size) set(easy_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(*source()->size));
  } else if (request_.method == "HEAD") {
    set(easy_, CURLOPT_NOBODY, 1L);
  } else if (request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH") {
    set(easy_, CURLOPT_POSTFIELDS, "");  // says "Content-Length: 0", which some servers insist on
  }
  set(easy_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

// What `work` gives; `failed` where it throws: no exception may pass through libcurl's C frames.
template <class Result, class Work>
Result CurlTransfer::called_back(void* self, Result failed, Work work) noexcept {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  try {
    return work(transfer);
  } catch (...) {
    transfer.thrown_ = std::current_exception();
    return failed;
  }
}

std::size_t CurlTransfer::on_header(char* data, std::size_t, std::size_t size, void* self) noexcept {
  return called_back(self, kAborted, [&](CurlTransfer& transfer) {
    transfer.header_bytes_ += size;
    transfer.too_large_ = transfer.header_bytes_ > kMaxResponseHeaderBytes;
    if (transfer.too_large_) return kAborted;
    transfer.take_header_line({data, size});
    return size;
  });
}

void CurlTransfer::take_header_line(std::string_view line) {
  // A status line starts an answer: those before it were informational (1xx).
  if (line.starts_with("HTTP/")) {
    response_.headers = {};
    head_ended_ = false;
  }
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
    line.remove_suffix(1);
  if (line.empty()) head_ended_ = true;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return;
  response_.headers.add(std::string(line.substr(0, colon)), std::string(ascii::trim(line.substr(colon + 1))));
}

std::size_t CurlTransfer::on_body(char* data, std::size_t, std::size_t size, void* self) noexcept {
  const std::size_t aborted = size + 1;  // not 0: a piece of no bytes would count as taken
  return called_back(self, aborted, [&](CurlTransfer& transfer) {
    std::string& body = transfer.response_.body;
    transfer.too_large_ = size > transfer.request_.max_response_bytes - body.size();
    if (transfer.too_large_) return aborted;
    body.append(data, size);
    return size;
  });
}

std::size_t CurlTransfer::on_read(char* buffer, std::size_t, std::size_t size, void* self) noexcept {
  // cppcheck-suppress throwInNoexceptFunction; called_back catches
  const auto read = [&](CurlTransfer& transfer) { return transfer.read_source(buffer, size); };
  return called_back(self, std::size_t{CURL_READFUNC_ABORT}, read);
}

std::size_t CurlTransfer::read_source(char* buffer, std::size_t size) {
  const auto& total = source()->size;
  if (total) size = std::min(size, *total - uploaded_);
  if (size == 0) return 0;
  const std::size_t got = source()->read(buffer, size);
  uploaded_ += got;
  if (got == 0 && total) {
    // The server would wait for the rest until somebody's timeout.
    throw std::logic_error(fmt::format("a body of {} bytes ended after {}", *total, uploaded_));
  }
  return got;
}

int CurlTransfer::on_rewind(void* self, curl_off_t offset, int origin) noexcept {
  return called_back(self, CURL_SEEKFUNC_FAIL, [&](CurlTransfer& transfer) {
    if (offset != 0 || origin != SEEK_SET || !transfer.source()->rewind) return CURL_SEEKFUNC_CANTSEEK;
    transfer.source()->rewind();
    transfer.uploaded_ = 0;
    return CURL_SEEKFUNC_OK;
  });
}

TransferResult CurlTransfer::finish(CURLcode code) {
  if (thrown_) std::rethrow_exception(thrown_);
  if (too_large_) {
    return TransferError{TransferFailure::kTooLarge,
                         fmt::format("the answer exceeds {} bytes", request_.max_response_bytes)};
  }
  if (code != CURLE_OK) {
    std::string text = error_text_.front() != '\0' ? error_text_.data() : curl_easy_strerror(code);
    std::replace_if(text.begin(), text.end(), ascii::is_control, ' ');
    return TransferError{transfer_failure(code, easy_), std::move(text)};
  }
  // libcurl takes a connection that ends within the head for the end of an answer without a body.
  if (!head_ended_) return TransferError{TransferFailure::kClosed, "the answer ended within its head"};
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  return std::move(response_);
}

}  // namespace net
