#pragma once

#include <atomic>

#include "net/http_server.h"
#include "sheets_client/emulator/rest/test_hooks.h"
#include "sheets_client/emulator/workbook/revisions.h"

namespace sheets::emulator {

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
