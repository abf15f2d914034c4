#pragma once

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "net/transport.h"

namespace net {

// One request under way on an easy handle: sets the handle up, receives what libcurl delivers and turns the
// end into a result. The request must outlive it, and it the transfer.
// Thread safety: one thread at a time.
class CurlTransfer {
 public:
  CurlTransfer(CURL* easy, const ClientRequest& request, const std::string& user_agent,
               const std::string& no_proxy);
  ~CurlTransfer();  // leaves the handle as new, its connections and TLS sessions kept
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  // The outcome once libcurl has reported the end. Rethrows what the request's BodySource threw.
  TransferResult finish(CURLcode code);

 private:
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  void set_connection_options(const std::string& user_agent, const std::string& no_proxy);
  void set_callbacks();
  void set_headers();
  void set_method_and_body();
  void add_header_line(const std::string& line);
  const BodySource* source() const { return std::get_if<BodySource>(&request_.body); }

  template <class Result, class Work>
  static Result called_back(void* self, Result failed, Work work) noexcept;
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) noexcept;
  static std::size_t on_read(char* buffer, std::size_t, std::size_t size, void* self) noexcept;
  static int on_rewind(void* self, curl_off_t offset, int origin) noexcept;
  void take_header_line(std::string_view line);
  std::size_t read_source(char* buffer, std::size_t size);

  CURL* const easy_;
  const ClientRequest& request_;
  std::unique_ptr<curl_slist, FreeList> header_list_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  ClientResponse response_;
  std::size_t header_bytes_ = 0;
  std::size_t uploaded_ = 0;
  bool head_ended_ = false;
  bool too_large_ = false;
  std::exception_ptr thrown_;  // out of a callback
};

}  // namespace net
