#include "sheets_client/api_caller.h"

#include <algorithm>
#include <array>
#include <memory>

#include "sheets_client/api_error.h"

namespace sheets {
namespace {

using roadmap::SheetsFailure;
using std::chrono::milliseconds;

constexpr std::size_t kMaxApiAnswerBytes = 256u << 20;  // 10,000 rows of 30 long cells are about 20 MB

// Google's quota comes back within a minute and often without a Retry-After: five tries have to span it.
constexpr milliseconds kQuotaBackoffUnit{4000};

// 409 is ABORTED: Google gave up a call in favour of another at the same time.
constexpr int kAborted = 409;

bool worth_retrying(const ApiCall& call, const CallFailure& failure) {
  constexpr std::array<int, 5> kTransient = {kAborted, 500, 502, 503, 504};
  if (failure.failure == SheetsFailure::kQuota) return true;
  if (failure.maybe_applied) return false;
  if (failure.http_status != 0) {
    return call.kind == CallKind::kRead &&
           std::find(kTransient.begin(), kTransient.end(), failure.http_status) != kTransient.end();
  }
  return failure.failure == SheetsFailure::kUnavailable || failure.failure == SheetsFailure::kTimeout;
}

CallFailure from_transfer(const ApiCall& call, const net::TransferError& error,
                          const roadmap::RunControl& control) {
  using net::TransferFailure;
  check_stopped(error, control);
  CallFailure failure{SheetsFailure::kUnavailable, error.message, {}};
  if (error.failure == TransferFailure::kTimeout) failure.failure = SheetsFailure::kTimeout;
  if (error.failure == TransferFailure::kTooLarge) failure.failure = SheetsFailure::kMalformed;
  const bool sent = error.failure != TransferFailure::kUnreachable && error.failure != TransferFailure::kTls;
  failure.maybe_applied = sent && call.kind == CallKind::kWrite;
  return failure;
}

// In metrics and logs.
std::string_view failure_name(SheetsFailure failure) {
  switch (failure) {
    case SheetsFailure::kUnauthorised:
      return "unauthorised";
    case SheetsFailure::kForbidden:
      return "forbidden";
    case SheetsFailure::kNotFound:
      return "not_found";
    case SheetsFailure::kBadRequest:
      return "bad_request";
    case SheetsFailure::kQuota:
      return "quota";
    case SheetsFailure::kUnavailable:
      return "unavailable";
    case SheetsFailure::kTimeout:
      return "timeout";
    case SheetsFailure::kMalformed:
      return "malformed";
  }
  return "unknown";
}

}  // namespace

void check_stopped(const net::TransferError& error, const roadmap::RunControl& control) {
  if (error.failure == net::TransferFailure::kStopped) throw roadmap::RunStopped(control.why_stopped());
  if (error.failure == net::TransferFailure::kDeadline)
    throw roadmap::RunStopped(roadmap::StopReason::kDeadline);
}

ApiCall values_batch_get(std::string spreadsheet_id, const std::vector<std::string>& ranges) {
  ApiCall call;
  call.method = "values.batchGet";
  call.spreadsheet_id = std::move(spreadsheet_id);
  call.path = "/values:batchGet";
  for (const std::string& range : ranges)
    call.query.emplace_back("ranges", range);
  call.query.emplace_back("majorDimension", "ROWS");
  call.query.emplace_back("valueRenderOption", "UNFORMATTED_VALUE");
  call.query.emplace_back("dateTimeRenderOption", "SERIAL_NUMBER");
  return call;
}

ApiCall spreadsheets_get(std::string spreadsheet_id, const std::vector<std::string>& ranges,
                         std::string_view fields) {
  ApiCall call;
  call.method = "spreadsheets.get";
  call.spreadsheet_id = std::move(spreadsheet_id);
  for (const std::string& range : ranges)
    call.query.emplace_back("ranges", range);
  call.query.emplace_back("fields", fields);
  return call;
}

std::function<net::BodySource()> text_body(std::string text) {
  return [text = std::make_shared<const std::string>(std::move(text))] {
    net::BodySource source;
    source.size = text->size();
    source.read = [text, sent = std::size_t{0}](char* buffer, std::size_t size) mutable {
      const std::size_t count = text->copy(buffer, size, sent);
      sent += count;
      return count;
    };
    return source;
  };
}

ApiCall batch_update(std::string spreadsheet_id, std::function<net::BodySource()> body) {
  ApiCall call;
  call.method = "spreadsheets.batchUpdate";
  call.kind = CallKind::kWrite;
  call.spreadsheet_id = std::move(spreadsheet_id);
  call.path = ":batchUpdate";
  call.body = std::move(body);
  return call;
}

ApiCaller::ApiCaller(std::string base_url, Timeouts timeouts, const Parts& parts)
    : base_url_(std::move(base_url)), timeouts_(timeouts), parts_(parts) {}

CallResult ApiCaller::perform(const ApiCall& call, const roadmap::RunControl& control) {
  CallLimiter& limiter = call.kind == CallKind::kRead ? parts_.reads : parts_.writes;
  bool token_renewed = false;
  int retries = 0;
  for (Attempt current;; ++current.number) {
    try {
      current.token = parts_.tokens.token(control);
    } catch (const TokenError& error) {
      return CallFailure{SheetsFailure::kUnauthorised, error.what(), {}, 0, current.number};
    }
    const auto waited = limiter.acquire(control);
    if (!waited) {
      return CallFailure{
          SheetsFailure::kQuota,
          "the " + std::to_string(limiter.per_minute()) + " calls a minute of this configuration are used up",
          {},
          0,
          current.number};
    }
    current.limiter_wait = *waited;
    CallResult result = attempt(call, current, control);
    auto* failure = std::get_if<CallFailure>(&result);
    if (failure == nullptr) return result;
    failure->attempts = current.number;
    if (failure->failure == SheetsFailure::kUnauthorised && !token_renewed) {
      token_renewed = true;
      parts_.tokens.reject(current.token);
      continue;
    }
    if (!worth_retrying(call, *failure)) return result;
    const bool quota = failure->failure == SheetsFailure::kQuota;
    const bool told_when = failure->retry_after > milliseconds{0};
    if (!parts_.backoff.wait_before_retry(retries++,
                                          quota && !told_when ? kQuotaBackoffUnit : roadmap::kBackoffUnit,
                                          failure->retry_after, quota ? kQuotaLabel : kRetryLabel, control)) {
      return result;
    }
  }
}

CallResult ApiCaller::attempt(const ApiCall& call, const Attempt& attempt,
                              const roadmap::RunControl& control) {
  control.check(parts_.clock.steady_now());
  const auto started = parts_.clock.steady_now();
  net::TransferResult transfer =
      parts_.transport.perform(request_for(call, attempt.token), {control.stop, control.deadline});
  CallResult result;
  if (auto* response = std::get_if<net::ClientResponse>(&transfer)) {
    const bool success = response->status >= 200 && response->status < 300;
    result = success ? CallResult(std::move(*response)) : CallResult(from_response(call, *response));
  } else {
    result = from_transfer(call, std::get<net::TransferError>(transfer), control);
  }
  observe(call, attempt, result, started);
  return result;
}

net::ClientRequest ApiCaller::request_for(const ApiCall& call, const std::string& token) const {
  net::ClientRequest request;
  request.url = base_url_ + "/v4/spreadsheets/" + net::percent_encode(call.spreadsheet_id) + call.path;
  // Without it Google indents its answers, which doubles them.
  request.url += "?prettyPrint=false";
  for (const auto& [name, value] : call.query)
    request.url += "&" + net::percent_encode(name) + "=" + net::percent_encode(value);
  request.headers.add("Authorization", "Bearer " + token);
  if (call.body) {
    request.method = "POST";
    request.headers.add("Content-Type", "application/json; charset=utf-8");
    request.body = call.body();
  }
  request.total_timeout = call.kind == CallKind::kWrite ? timeouts_.write : timeouts_.read;
  request.max_response_bytes = kMaxApiAnswerBytes;
  return request;
}

CallFailure ApiCaller::from_response(const ApiCall& call, const net::ClientResponse& response) const {
  ApiError error = read_api_error(response.status, response.body);
  CallFailure failure{error.failure, std::move(error.message), std::move(error.reason), response.status};
  failure.maybe_applied =
      call.kind == CallKind::kWrite && (response.status >= 500 || response.status == kAborted);
  if (const auto header = response.headers.get("Retry-After"))
    failure.retry_after = net::parse_retry_after(*header, parts_.clock.now()).value_or(milliseconds{0});
  return failure;
}

void ApiCaller::observe(const ApiCall& call, const Attempt& attempt, const CallResult& result,
                        std::chrono::steady_clock::time_point started) const {
  if (parts_.observer == nullptr) return;
  CallReport report{call.method, call.spreadsheet_id, attempt.number};
  report.took = std::chrono::duration_cast<milliseconds>(parts_.clock.steady_now() - started);
  report.limiter_wait = attempt.limiter_wait;
  if (const auto* failure = std::get_if<CallFailure>(&result)) {
    report.http_status = failure->http_status;
    report.failure = failure_name(failure->failure);
    report.message = failure->message;
  } else {
    report.http_status = std::get<net::ClientResponse>(result).status;
  }
  parts_.observer->call_finished(report);
}

}  // namespace sheets
