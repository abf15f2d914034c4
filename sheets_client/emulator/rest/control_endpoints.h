#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "net/http_message.h"
#include "net/http_server.h"
#include "sheets_client/emulator/rest/api_route.h"
#include "sheets_client/emulator/workbook/json_fwd.h"
#include "sheets_client/emulator/workbook/workbook_store.h"

namespace sheets::emulator {

// A text that stands for another one, wherever it occurs.
struct Replacement {
  std::string text;
  std::string with;
};

// What goes wrong with a call.
struct Fault {
  int status = 0;  // 0: the call is answered, whatever else happens to the answer
  std::string message;
  int retry_after_seconds = 0;
  std::chrono::milliseconds delay{0};
  bool close_connection = false;
  bool truncate_body = false;
  bool malformed_json = false;
  bool after_apply = false;  // the call does its work first
  // The call is carried out as if it had been another one, and its answer says something else: how a Google
  // that does not do what is assumed of it is imitated.
  std::vector<Replacement> in_request;  // in address, headers and body
  std::vector<Replacement> in_answer;
};

// The request as the fault lets it be read. Of a percent-encoded address decoded values are replaced.
net::HttpRequest rewritten(net::HttpRequest request, const std::vector<Replacement>& replacements);
std::string rewritten(std::string text, const std::vector<Replacement>& replacements);

// Trouble and other people's edits that a test asks for, and the count of calls. Thread safety: all of it.
class TestHooks {
 public:
  void count(const ApiMethod& method);
  std::map<std::string, int> calls() const;
  // A call whose request the API's schema does not have.
  struct Violation {
    std::string method;
    std::string message;  // what Google answers
  };
  void record_violation(const ApiMethod& method, std::string message);
  // How many there were, and the first of them.
  std::pair<int, std::vector<Violation>> violations() const;
  // Forgets calls and violations.
  void reset_calls();

  // {"method", "spreadsheet_id"?, "containing"?, "times"?, …}: the members of Fault; "replace" and
  // "replace_in_answer" are lists of [text, with]. "method" is a method's name, its last
  // word alone (the spreadsheet's own methods come first: "batchUpdate" is spreadsheets.batchUpdate), or "*".
  // Throws ApiError for a method or member that does not exist, or when too many faults wait.
  void add_fault(const Json& description);
  // {"after": method, "spreadsheet_id"?, "times"?, "apply": [batchUpdate requests]}. Throws likewise.
  void add_hook(const Json& description);
  void clear();

  // The fault that this call meets, used up once; nullopt: none.
  std::optional<Fault> take_fault(const ApiRoute& route, const net::HttpRequest& request);
  // The requests to apply after this call, used up once; nullptr: none.
  std::shared_ptr<const Json> take_hook(const ApiRoute& route, const net::HttpRequest& request);

 private:
  struct Aim {
    const ApiMethod* method = nullptr;  // nullptr: any but the token
    std::string spreadsheet_id;         // empty: any
    std::string containing;             // in the request's query or body; empty: any
    int times = 1;
    bool hits(const ApiRoute& route, const net::HttpRequest& request) const;
  };
  static Aim read_aim(const Json& description, const char* method_member);

  mutable std::mutex mutex_;
  std::map<std::string, int> calls_;
  int violation_count_ = 0;
  std::vector<Violation> violations_;
  std::deque<std::pair<Aim, Fault>> faults_;
  std::deque<std::pair<Aim, std::shared_ptr<const Json>>> hooks_;
};

// What the endpoints under /_emulator/ look at and change.
struct ControlContext {
  TestHooks& hooks;
  Revisions& revisions;
  std::atomic<long long>& advanced_seconds;  // how far the quotas' clock is ahead
  bool test_hooks;                           // false: only revisions is there
};

// GET revisions?since=N&wait_ms=M: blocks up to M milliseconds (25 s unless told, at most 60 s) until
// something changed after N, then answers {"revision", "changes": [{"spreadsheetId", "sheetIds"}]}. Without
// `since` it answers at once. The others, for tests: GET calls, GET violations (requests that Google's schema
// does not have: {"count", "violations": [{"method", "message"}]}), POST calls/reset (both), faults,
// faults/reset, hooks, clock. Throws ApiError for bodies that are refused.
net::HttpResponse answer_control(const net::HttpRequest& request, const net::ClientConnection& connection,
                                 ControlContext& context);

}  // namespace sheets::emulator
