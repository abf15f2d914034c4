#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/clock.h"
#include "core/run/run_control.h"
#include "core/run/sheets_gateway.h"
#include "core/run/waiter.h"
#include "net/http_client.h"
#include "net/transport.h"
#include "sheets_client/call_observer.h"
#include "sheets_client/limiter.h"
#include "sheets_client/token_source.h"

namespace sheets {

enum class CallKind : std::uint8_t { kRead, kWrite };

// One call of the Sheets API.
struct ApiCall {
  std::string_view method;  // for observers: "values.batchGet"
  CallKind kind = CallKind::kRead;
  std::string spreadsheet_id;
  std::string path;                                        // after the id: "/values:batchGet", ":batchUpdate"
  std::vector<std::pair<std::string, std::string>> query;  // not yet encoded
  // kWrite: the JSON body, anew for each attempt.
  std::function<net::BodySource()> body;
};

// values.batchGet of those ranges, a row after the other, values as Google stores them.
ApiCall values_batch_get(std::string spreadsheet_id, const std::vector<std::string>& ranges);
// spreadsheets.get of the members that `fields` names, with the cells of those ranges.
ApiCall spreadsheets_get(std::string spreadsheet_id, const std::vector<std::string>& ranges,
                         std::string_view fields);
// A body from a text in memory. It cannot be rewound: a write that went out once is never repeated below the
// client.
std::function<net::BodySource()> text_body(std::string text);
// spreadsheets.batchUpdate. `body` is called anew for each attempt.
ApiCall batch_update(std::string spreadsheet_id, std::function<net::BodySource()> body);

// Throws RunStopped where the transfer ended because `control` said so.
void check_stopped(const net::TransferError& error, const roadmap::RunControl& control);

// A call that did not work, all retries included.
struct CallFailure {
  roadmap::SheetsFailure failure;
  std::string message;  // Google's, or the transport's
  std::string reason;   // ApiError::reason
  int http_status = 0;  // 0: no answer
  int attempts = 1;
  bool maybe_applied = false;  // a write that was sent and whose answer is lost
  std::chrono::milliseconds retry_after{0};
};

using CallResult = std::variant<net::ClientResponse, CallFailure>;

// Calls Google: waits for the limiter, adds the token, tries again what is safe to try again.
// A read is tried again after 409, 429, 500, 502, 503, 504, a timeout, a closed connection. A write only when
// nothing can have been applied: 429, or nothing was sent. A 401 renews the token once.
// Thread safety: safe to call from many threads.
class ApiCaller {
 public:
  struct Parts {
    net::Transport& transport;
    TokenSource& tokens;
    CallLimiter& reads;
    CallLimiter& writes;
    roadmap::Backoff& backoff;
    const roadmap::Clock& clock;
    CallObserver* observer;  // may be nullptr
  };
  struct Timeouts {
    std::chrono::milliseconds read;
    std::chrono::milliseconds write;
  };
  ApiCaller(std::string base_url, Timeouts timeouts, const Parts& parts);

  // Blocks. Any 2xx is a ClientResponse. Throws RunStopped only.
  CallResult perform(const ApiCall& call, const roadmap::RunControl& control);

  std::string account() const { return parts_.tokens.account(); }
  const roadmap::Clock& clock() const { return parts_.clock; }

 private:
  struct Attempt {
    int number = 1;
    std::string token;
    std::chrono::milliseconds limiter_wait{0};
  };
  CallResult attempt(const ApiCall& call, const Attempt& attempt, const roadmap::RunControl& control);
  net::ClientRequest request_for(const ApiCall& call, const std::string& token) const;
  CallFailure from_response(const ApiCall& call, const net::ClientResponse& response) const;
  void observe(const ApiCall& call, const Attempt& attempt, const CallResult& result,
               std::chrono::steady_clock::time_point started) const;

  const std::string base_url_;
  const Timeouts timeouts_;
  const Parts parts_;
};

}  // namespace sheets
