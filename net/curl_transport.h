#pragma once

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace net {

// One easy handle with the multi handle that drives it and owns its connections.
class CurlTransport {
 public:
  CurlTransport();  // Throws std::bad_alloc when libcurl has no memory for it.

  CURL* easy() const { return easy_.get(); }
  CURLM* multi() const { return multi_.get(); }

 private:
  struct CleanUp {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct CleanUpMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  std::unique_ptr<CURLM, CleanUpMulti> multi_;
  std::unique_ptr<CURL, CleanUp> easy_;
};

// Lends transports out, to each thread the one that it had last, so that it finds its connections again.
// Thread safety: every function may be called from any thread.
class TransportPool {
 public:
  std::unique_ptr<CurlTransport> take();
  void give_back(std::unique_ptr<CurlTransport> transport);

 private:
  struct Idle {
    std::thread::id last_user;
    std::unique_ptr<CurlTransport> transport;
  };

  std::mutex mutex_;
  std::vector<Idle> idle_;
};

}  // namespace net
