#include "sheets_client/emulator/api_error.h"
#include "sheets_client/emulator/emulator.h"

namespace sheets::emulator {
namespace {

net::ServerOptions server_options(const EmulatorOptions& options) {
  net::ServerOptions server;
  server.host = options.host;
  server.port = options.port;
  server.max_body_bytes = kMaxPayloadBytes;
  server.request_deadline = std::chrono::seconds{60};
  server.error_response = [](int status, const std::string& detail) {
    return error_for_status(status, detail).response();
  };
  return server;
}

}  // namespace

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
