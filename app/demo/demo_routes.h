#pragma once

#include <optional>
#include <string>

#include "app/http/gate.h"
#include "net/http_message.h"
#include "net/http_server.h"

namespace sheets::emulator {
class Emulator;
}

namespace roadmap::app {

// What the demo serves for the workspace page beside the service itself: the Sheets API of its emulator and
// the page's configuration, without a Google token. So it answers only to pages of its own origin in a
// browser on this machine: by one of this machine's names (a page of another name that resolves here is
// refused), and with a header that no page of another origin can send without asking first, which is never
// allowed. Thread-safe; blocks as the emulator does (the long poll for revisions).
class DemoRoutes {
 public:
  struct Parts {
    sheets::emulator::Emulator& emulator;  // outlives the routes
    std::string emulator_token;            // one that the emulator takes
    std::string secret;                    // of the service, for the page's menu
    std::string user_email;                // who sits before the page
    std::string console_key;               // of the link that logs a browser in to the console
    Gate& gate;                            // of the service; outlives the routes
  };

  explicit DemoRoutes(Parts parts);

  // nullopt: not one of these addresses (/workspace/config.json, /workspace/console, /v4/…,
  // /_emulator/revisions).
  std::optional<net::HttpResponse> answer(const net::HttpRequest& request,
                                          const net::ClientConnection& connection) const;

  // "/workspace/console?key=…": opens the console, logged in. Only who was told the key has it; a wrong one
  // is 403.
  std::string console_link() const;

  // The header that the page sends with every request; its value does not matter.
  static constexpr const char* kPageHeader = "X-Roadmap-Workspace";

 private:
  net::HttpResponse open_console(const net::HttpRequest& request) const;
  net::HttpResponse configuration() const;
  net::HttpResponse ask_emulator(const net::HttpRequest& request,
                                 const net::ClientConnection& connection) const;

  Parts parts_;
};

}  // namespace roadmap::app
