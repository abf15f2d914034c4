#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sheets_client/emulator/rest/api_route.h"
#include "sheets_client/emulator/workbook/json_fwd.h"

namespace sheets::emulator {

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
};

// Trouble and other people's edits that a test asks for, and the count of calls. Thread safety: all of it.
class TestHooks {
 public:
  void count(ApiMethod method);
  std::map<std::string, int> calls() const;
  // A call whose request the API's schema does not have.
  struct Violation {
    std::string method;
    std::string message;  // what Google answers
  };
  void record_violation(ApiMethod method, std::string message);
  // How many there were, and the first of them.
  std::pair<int, std::vector<Violation>> violations() const;
  // Forgets calls and violations.
  void reset_calls();

  // {"method", "spreadsheet_id"?, "times"?, …}: the members of Fault. "method" is a method's name, its last
  // word alone (the spreadsheet's own methods come first: "batchUpdate" is spreadsheets.batchUpdate), or "*".
  // Throws ApiError for a method or member that does not exist, or when too many faults wait.
  void add_fault(const Json& description);
  // {"after": method, "spreadsheet_id"?, "times"?, "apply": [batchUpdate requests]}. Throws likewise.
  void add_hook(const Json& description);
  void clear();

  // The fault that this call meets, used up once; nullopt: none.
  std::optional<Fault> take_fault(const ApiRoute& route);
  // The requests to apply after this call, used up once; nullptr: none.
  std::shared_ptr<const Json> take_hook(const ApiRoute& route);

 private:
  struct Aim {
    std::optional<ApiMethod> method;  // nullopt: any but the token
    std::string spreadsheet_id;       // empty: any
    int times = 1;
    bool hits(const ApiRoute& route) const;
  };
  static Aim read_aim(const Json& description, const char* method_member);

  mutable std::mutex mutex_;
  std::map<std::string, int> calls_;
  int violation_count_ = 0;
  std::vector<Violation> violations_;
  std::deque<std::pair<Aim, Fault>> faults_;
  std::deque<std::pair<Aim, std::shared_ptr<const Json>>> hooks_;
};

}  // namespace sheets::emulator
