#include "app/demo/demo_routes.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "app/demo/demo_workbooks.h"
#include "app/http/request_reader.h"
#include "app/http/response.h"
#include "core/fields/registry.h"
#include "net/client_address.h"
#include "sheets_client/emulator/emulator.h"

namespace roadmap::app {
namespace {

constexpr std::string_view kConfiguration = "/workspace/config.json";
constexpr std::string_view kConsole = "/workspace/console";
constexpr std::string_view kSheetsApi = "/v4/";
constexpr std::string_view kRevisions = "/_emulator/revisions";

std::optional<net::HttpResponse> refuse_foreign_name(const net::HttpRequest& request) {
  if (net::is_loopback(host_of(request.headers.get("Host").value_or("")))) return std::nullopt;
  return problem(403, "The demo's workbooks answer to localhost only.");
}

std::optional<net::HttpResponse> refuse_foreign_page(const net::HttpRequest& request) {
  if (auto refusal = refuse_foreign_name(request)) return refusal;
  const std::string_view host = request.headers.get("Host").value_or("");
  const auto origin = request.headers.get("Origin");
  if ((origin && *origin != fmt::format("http://{}", host)) ||
      !request.headers.get(DemoRoutes::kPageHeader)) {
    return problem(403, fmt::format("The demo's workbooks are for its workspace page; another program sends "
                                    "the header {}.",
                                    DemoRoutes::kPageHeader));
  }
  return std::nullopt;
}

// Headers of the column that says how the last run went for a row, the tab's own first; none in intake.
nlohmann::json status_headers(std::string_view kind) {
  nlohmann::json headers = nlohmann::json::array();
  if (kind == "intake") return headers;
  // The tabs of the Product Ops workbook have the same.
  const TabColumn& column =
      *field(fields::run_status()).on(kind == "backlog" ? Tab::kBacklog : Tab::kScoringInputs);
  headers.push_back(column.header);
  for (const std::string_view alias : column.aliases) {
    if (!alias.empty()) headers.push_back(alias);
  }
  return headers;
}

net::HttpResponse takes_get_only() {
  net::HttpResponse response = problem(405, "This address takes GET requests only.");
  response.headers.set("Allow", "GET");
  return response;
}

}  // namespace

DemoRoutes::DemoRoutes(Parts parts) : parts_(std::move(parts)) {}

std::optional<net::HttpResponse> DemoRoutes::answer(const net::HttpRequest& request,
                                                    const net::ClientConnection& connection) const {
  const std::string_view path = request.path;
  if (path == kConsole) return open_console(request);
  const bool configures = path == kConfiguration;
  if (!configures && path != kRevisions && !path.starts_with(kSheetsApi)) return std::nullopt;
  if (auto refusal = refuse_foreign_page(request)) return refusal;
  if (!configures) return ask_emulator(request, connection);
  return request.method == "GET" ? configuration() : takes_get_only();
}

std::string DemoRoutes::console_link() const {
  return fmt::format("{}?key={}", kConsole, parts_.console_key);
}

net::HttpResponse DemoRoutes::open_console(const net::HttpRequest& request) const {
  if (auto refusal = refuse_foreign_name(request)) return *std::move(refusal);
  if (request.method != "GET") return takes_get_only();
  if (!same_token(request.param("key").value_or(""), parts_.console_key))
    return problem(403, "This link is of another demo; open the one that this demo printed, or log in at /.");
  const Gate::Login login = parts_.gate.log_in(parts_.secret, request);
  if (!login.session) return login.refusal;
  net::HttpResponse response;
  response.status = 303;
  response.headers.set("Location", "/");
  response.headers.set("Set-Cookie", Gate::session_cookie(*login.session, request));
  return response;
}

net::HttpResponse DemoRoutes::configuration() const {
  const auto kind_of = [](std::string_view id) -> const char* {
    if (id == kDemoBacklog) return "backlog";
    if (id == kDemoProductOps) return "product_ops";
    return "intake";
  };
  nlohmann::json workbooks = nlohmann::json::array();
  for (const char* id : {kDemoBacklog, kDemoProductOps, kDemoIntakeEmea, kDemoIntakeApac}) {
    for (const sheets::emulator::WorkbookSummary& workbook : parts_.emulator.workbooks()) {
      if (workbook.id != id) continue;
      workbooks.push_back({{"id", id},
                           {"title", workbook.title},
                           {"kind", kind_of(id)},
                           {"status_headers", status_headers(kind_of(id))}});
    }
  }
  return json_response(200, nlohmann::json{{"workbooks", std::move(workbooks)},
                                           {"secret", parts_.secret},
                                           {"user_email", parts_.user_email},
                                           {"console_link", console_link()}}
                                .dump());
}

net::HttpResponse DemoRoutes::ask_emulator(const net::HttpRequest& request,
                                           const net::ClientConnection& connection) const {
  net::HttpRequest authorised = request;
  // Nothing else of the headers matters to the emulator; Origin it would answer as Google does, who lets
  // every page call.
  authorised.headers = {{"Authorization", "Bearer " + parts_.emulator_token}};
  net::HttpResponse response = parts_.emulator.handle(authorised, connection);
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

}  // namespace roadmap::app
