#include "sheets_client/emulator/emulator.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "sheets_client/emulator/requests/api_call.h"
#include "sheets_client/emulator/requests/batch_update.h"
#include "sheets_client/emulator/rest/access.h"
#include "sheets_client/emulator/rest/api_response.h"
#include "sheets_client/emulator/rest/api_route.h"
#include "sheets_client/emulator/rest/control_endpoints.h"
#include "sheets_client/emulator/rest/token_endpoint.h"
#include "sheets_client/emulator/workbook/workbook_seed.h"
#include "sheets_client/emulator/workbook/workbook_store.h"

namespace sheets::emulator {
namespace {

constexpr std::string_view kKeySetting = "service_account_key";
constexpr std::string_view kControlPrefix = "/_emulator/";
constexpr std::string_view kRevisionsPath = "/_emulator/revisions";

// By the name in the schema.
constexpr std::pair<std::string_view, MethodHandler*> kHandlers[] = {
    {"spreadsheets.create", create_spreadsheet},
    {"spreadsheets.get", get_spreadsheet},
    {"spreadsheets.batchUpdate", batch_update_spreadsheet},
    {"spreadsheets.getByDataFilter", get_spreadsheet_by_data_filter},
    {"spreadsheets.developerMetadata.get", get_developer_metadata},
    {"spreadsheets.developerMetadata.search", search_developer_metadata},
    {"spreadsheets.values.get", get_values},
    {"spreadsheets.values.batchGet", batch_get_values},
    {"spreadsheets.values.update", update_values},
    {"spreadsheets.values.batchUpdate", batch_update_values},
    {"spreadsheets.values.append", append_values},
    {"spreadsheets.values.clear", clear_values},
    {"spreadsheets.values.batchClear", batch_clear_values},
    {"spreadsheets.sheets.copyTo", copy_sheet_to},
};

std::string answer_of(const ApiCall& call) {
  const auto* handler = std::find_if(std::begin(kHandlers), std::end(kHandlers), [&](const auto& entry) {
    return entry.first == call.route.method->name;
  });
  return handler->second(call);
}

// The token of a call: "Authorization: Bearer …", or the query's access_token.
std::string_view bearer_token(const net::HttpRequest& request) {
  constexpr std::string_view kScheme = "bearer ";
  const auto header = request.headers.get("Authorization");
  if (!header || header->size() < kScheme.size()) return request.param("access_token").value_or("");
  return fold_case(header->substr(0, kScheme.size())) == kScheme ? header->substr(kScheme.size()) : "";
}

net::HttpResponse page_not_found(const net::HttpRequest& request) {
  net::HttpResponse response;
  response.status = 404;
  response.headers = {{"Content-Type", "text/html; charset=UTF-8"}, {"Referrer-Policy", "no-referrer"}};
  std::string path;
  for (const char c : request.path)
    path += c == '<' || c == '>' || c == '&' || c == '"' ? '_' : c;
  response.body = fmt::format(
      "<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n"
      "<p><b>404.</b> <ins>That's an error.</ins>\n"
      "<p>The requested URL <code>{}</code> was not found on this server.\n",
      path);
  return response;
}

// Pages of other origins may call the API, as they may call Google's (every call needs a token), and may
// watch for changes; the hooks for tests are not theirs.
void allow_origin(const net::HttpRequest& request, net::HttpResponse& response) {
  const auto origin = request.headers.get("Origin");
  const bool control = request.path.substr(0, kControlPrefix.size()) == kControlPrefix;
  if (!origin || (control && request.path != kRevisionsPath)) return;
  response.headers.set("Access-Control-Allow-Origin", std::string(*origin));
  response.headers.set("Access-Control-Expose-Headers", "Retry-After");
}

net::HttpResponse preflight() {
  net::HttpResponse response;
  response.headers = {{"Access-Control-Allow-Methods", "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT"},
                      {"Access-Control-Allow-Headers", "Authorization,Content-Type"},
                      {"Access-Control-Max-Age", "3600"}};
  return response;
}

net::ServerOptions server_options(const EmulatorOptions& options) {
  net::ServerOptions server;
  server.host = options.host;
  server.port = options.port;
  server.max_body_bytes = kMaxPayloadBytes;
  server.request_deadline = std::chrono::seconds{60};
  server.error_response = [](int status, const std::string& detail) {
    return error_response(error_for_status(status, detail));
  };
  return server;
}

}  // namespace

class Emulator::Impl {
 public:
  explicit Impl(EmulatorOptions options)
      : options_(std::move(options)),
        file_(open_file(options_.data_dir)),
        store_(file_, revisions_, options_.now),
        quota_(options_.reads_per_minute, options_.writes_per_minute) {}

  net::HttpResponse handle(const net::HttpRequest& request, const net::ClientConnection& connection) {
    net::HttpResponse response = request.method == "OPTIONS" ? preflight() : answer(request, connection);
    allow_origin(request, response);
    compress_for(request, response);
    return response;
  }

  ServiceAccount& account() {
    const std::lock_guard lock(account_mutex_);
    if (!account_) account_ = load_account();
    return *account_;
  }

  void apply_as_owner(const std::string& id, const Json& requests) {
    store_.change(id, [&](Workbook& workbook) {
      const Caller owner{workbook.owner};
      BatchContext batch{workbook, owner, store_};
      apply_batch(batch, check_batch_requests(requests));
    });
  }

  const EmulatorOptions& options() const { return options_; }
  WorkbookStore& store() { return store_; }

 private:
  static std::shared_ptr<WorkbookFile> open_file(const std::filesystem::path& directory) {
    return directory.empty() ? nullptr : std::make_shared<WorkbookFile>(directory);
  }

  std::optional<ServiceAccount> load_account() {
    if (!file_) return ServiceAccount::generate(options_.service_account);
    if (const auto pem = file_->setting(kKeySetting)) return ServiceAccount(options_.service_account, *pem);
    auto generated = ServiceAccount::generate(options_.service_account);
    file_->set_setting(kKeySetting, generated.private_key_pem());
    return generated;
  }

  WallTime real_now() const { return options_.now ? options_.now() : std::chrono::system_clock::now(); }
  WallTime shifted_now() const { return real_now() + std::chrono::seconds{advanced_seconds_.load()}; }

  net::HttpResponse answer(const net::HttpRequest& request, const net::ClientConnection& connection) {
    try {
      if (request.path.substr(0, kControlPrefix.size()) == kControlPrefix) {
        ControlContext context{hooks_, revisions_, advanced_seconds_, options_.test_hooks};
        return answer_control(request, connection, context);
      }
      const auto route = find_route(request.method, request.path);
      if (!route) return page_not_found(request);
      hooks_.count(*route->method);
      const auto fault = options_.test_hooks ? hooks_.take_fault(*route, request) : std::nullopt;
      return fault ? troubled(request, connection, *route, *fault) : perform(request, *route);
    } catch (const ApiError& error) {
      return error_response(error);
    }
  }

  net::HttpResponse perform(const net::HttpRequest& request, const ApiRoute& route) {
    if (route.method == &kToken) return issue_token(request);
    net::HttpResponse response;
    try {
      const Caller caller = authorise(request, *route.method);
      if (route.method == &kNotServed)
        throw invalid_argument(fmt::format("The method {} is not served here.", route.item));
      const CheckedRequest checked = check(request, route);
      const ApiCall call{checked, route, caller, store_, results_};
      response = json_response(200, answer_of(call));
    } catch (const ApiError& error) {
      response = error_response(error);
    }
    if (options_.test_hooks) run_hooks(request, route);
    return response;
  }

  CheckedRequest check(const net::HttpRequest& request, const ApiRoute& route) {
    try {
      return check_request(request, route);
    } catch (const ApiError& error) {
      hooks_.record_violation(*route.method, error.what());
      throw;
    }
  }

  // What another person does before the client gets to its next call.
  void run_hooks(const net::HttpRequest& request, const ApiRoute& route) {
    while (const auto requests = hooks_.take_hook(route, request))
      apply_as_owner(route.spreadsheet_id, *requests);
  }

  Caller authorise(const net::HttpRequest& request, const ApiMethod& method) {
    const std::string_view token = bearer_token(request);
    if (token.empty()) throw missing_credentials(request.method);
    Caller caller;
    if (options_.fixed_token && token == *options_.fixed_token) {
      caller.email = options_.fixed_token_account;
    } else {
      const auto grant = tokens_.find(token, shifted_now());
      if (!grant) throw invalid_credentials();
      if (!scope_allows(grant->scope, method.write)) throw insufficient_scope(method.rpc);
      caller.email = grant->email;
    }
    quota_.take(caller.email, method.write, shifted_now());
    return caller;
  }

  net::HttpResponse issue_token(const net::HttpRequest& request) {
    std::vector<std::string> audiences = {"https://oauth2.googleapis.com/token",
                                          "https://www.googleapis.com/oauth2/v4/token",
                                          "https://accounts.google.com/o/oauth2/token"};
    if (const auto host = request.headers.get("Host")) {
      audiences.push_back(fmt::format("http://{}/token", *host));
      audiences.push_back(fmt::format("https://{}/token", *host));
    }
    return answer_token_request(request, account(), tokens_, audiences, real_now(), shifted_now());
  }

  net::HttpResponse troubled(const net::HttpRequest& request, const net::ClientConnection& connection,
                             const ApiRoute& route, const Fault& fault) {
    const bool answers = fault.status == 0 && !fault.close_connection;
    const net::HttpRequest read = rewritten(request, fault.in_request);
    net::HttpResponse response;
    if (fault.after_apply) response = perform(read, route);
    if (!pause(connection, fault.delay)) return closed();
    if (answers && !fault.after_apply) response = perform(read, route);
    response.body = rewritten(std::move(response.body), fault.in_answer);
    if (fault.status != 0) response = error_response(error_for_status(fault.status, fault.message));
    if (fault.retry_after_seconds > 0)
      response.headers.set("Retry-After", std::to_string(fault.retry_after_seconds));
    if (fault.malformed_json) response.body.resize(response.body.size() / 2);
    if (fault.truncate_body) response.delivery = net::Delivery::kTruncateBody;
    return fault.close_connection ? closed() : response;
  }

  static net::HttpResponse closed() {
    net::HttpResponse response;
    response.delivery = net::Delivery::kCloseWithoutAnswer;
    return response;
  }

  // False when the client went away meanwhile.
  static bool pause(const net::ClientConnection& connection, std::chrono::milliseconds delay) {
    if (delay.count() > 0) connection.wait(-1, delay);
    return !connection.client_gone();
  }

  EmulatorOptions options_;
  std::shared_ptr<WorkbookFile> file_;
  Revisions revisions_;
  WorkbookStore store_;
  KnownResults results_;
  AccessTokens tokens_;
  Quota quota_;
  TestHooks hooks_;
  std::atomic<long long> advanced_seconds_{0};
  std::mutex account_mutex_;
  std::optional<ServiceAccount> account_;
};

Emulator::Emulator(EmulatorOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Emulator::~Emulator() = default;

net::HttpResponse Emulator::handle(const net::HttpRequest& request, const net::ClientConnection& connection) {
  return impl_->handle(request, connection);
}

std::string Emulator::create_workbook(const WorkbookSeed& seed) {
  try {
    Workbook workbook = workbook_from(seed);
    if (workbook.id.empty()) workbook.id = impl_->store().unused_id();
    std::string id = workbook.id;
    impl_->store().add(std::move(workbook));
    return id;
  } catch (const ApiError& error) {
    throw std::invalid_argument(error.what());
  }
}

void Emulator::set_sharing(const std::string& spreadsheet_id, Sharing sharing) {
  try {
    impl_->store().change(spreadsheet_id,
                          [&](Workbook& workbook) { workbook.shared = sharing == Sharing::kShared; });
  } catch (const ApiError&) {
    throw std::invalid_argument("there is no workbook " + spreadsheet_id);
  }
}

void Emulator::apply_as_owner(const std::string& spreadsheet_id, std::string_view requests) {
  const Json parsed = Json::parse(requests, nullptr, false);
  if (!parsed.is_array()) throw std::invalid_argument("the requests are no JSON list");
  try {
    impl_->apply_as_owner(spreadsheet_id, parsed);
  } catch (const ApiError& error) {
    throw std::invalid_argument(error.what());
  }
}

bool Emulator::has_workbook(const std::string& spreadsheet_id) const {
  return impl_->store().find_workbook(spreadsheet_id) != nullptr;
}

std::vector<WorkbookSummary> Emulator::workbooks() const {
  std::vector<WorkbookSummary> summaries;
  for (const auto& workbook : impl_->store().all())
    summaries.push_back({workbook->id, workbook->title});
  return summaries;
}

const std::string& Emulator::service_account() const { return impl_->options().service_account; }

std::string Emulator::service_account_json(std::string_view token_uri) {
  return impl_->account().credentials_json(token_uri);
}

EmulatorServer::EmulatorServer(const EmulatorOptions& options)
    : emulator_(options),
      server_(server_options(options),
              [this](const net::HttpRequest& request, const net::ClientConnection& client) {
                return emulator_.handle(request, client);
              }) {}
EmulatorServer::~EmulatorServer() { stop(); }

void EmulatorServer::start() { server_.start(); }
void EmulatorServer::stop() { server_.stop(); }
std::string EmulatorServer::url() const { return server_.url(); }
std::string EmulatorServer::service_account_json() {
  return emulator_.service_account_json(url() + "/token");
}

}  // namespace sheets::emulator
