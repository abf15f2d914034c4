#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_server.h"
#include "sheets_client/emulator/workbook/workbook_seed.h"

namespace sheets::emulator {

// Google's own cap of a request body.
inline constexpr std::size_t kMaxPayloadBytes = 10485760;

// Whose a fixed token is unless somebody says otherwise.
inline constexpr const char* kFixedTokenAccount = "pm@example.com";

struct EmulatorOptions {
  std::string host = "127.0.0.1";
  int port = 0;                            // 0: the system picks one
  std::optional<std::string> fixed_token;  // a bearer token that is always good
  std::string fixed_token_account = kFixedTokenAccount;
  std::string service_account = "roadmapd@emulator.iam.gserviceaccount.com";
  int reads_per_minute = 0;        // per account; 0: no limit
  int writes_per_minute = 0;       // per account; 0: no limit
  bool test_hooks = false;         // serves what local tests need under /_emulator/
  std::filesystem::path data_dir;  // workbooks and the account's key are kept there; empty: memory only
  // The time, asked for by many threads; unset: the system's clock.
  std::function<std::chrono::system_clock::time_point()> now;
};

struct WorkbookSummary {
  std::string id;
  std::string title;
};

// Google Sheets API v4, its token endpoint and the emulator's own endpoints under /_emulator/, as a function
// from request to response.
// Thread safety: all of it. Calls of one workbook that change it run one after the other; nothing else waits.
class Emulator {
 public:
  // Loads the data directory's workbooks. Throws std::runtime_error naming the file when that fails.
  explicit Emulator(EmulatorOptions options);
  ~Emulator();
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  // Answers one request. Blocks only for a long poll and for a delay that a test asked for.
  net::HttpResponse handle(const net::HttpRequest& request, const net::ClientConnection& connection);

  // Makes a workbook, in place of one with the same id, and returns its id. Throws std::invalid_argument for
  // tabs that Google would refuse (two of one name).
  std::string create_workbook(const WorkbookSeed& seed);
  // A workbook that is not shared answers 403 to everybody but its owner. Throws std::invalid_argument when
  // there is no workbook of that id.
  void set_sharing(const std::string& spreadsheet_id, Sharing sharing);
  // Applies a JSON list of batchUpdate requests as the workbook's owner: what a person does. Throws
  // std::invalid_argument with Google's message when they are refused.
  void apply_as_owner(const std::string& spreadsheet_id, std::string_view requests);
  bool has_workbook(const std::string& spreadsheet_id) const;
  std::vector<WorkbookSummary> workbooks() const;

  const std::string& service_account() const;  // its address
  // A key file for the service account, whose token_uri is the one given. The key is generated when it is
  // first needed (a tenth of a second or so) and kept.
  std::string service_account_json(std::string_view token_uri);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The emulator behind an HTTP server of its own. start and stop from one thread.
class EmulatorServer {
 public:
  explicit EmulatorServer(const EmulatorOptions& options);
  ~EmulatorServer();  // stop()
  EmulatorServer(const EmulatorServer&) = delete;
  EmulatorServer& operator=(const EmulatorServer&) = delete;

  // Throws net::ListenError when the address cannot be bound.
  void start();
  void stop();
  std::string url() const;  // "http://127.0.0.1:8000", once started
  Emulator& emulator() { return emulator_; }
  // A key file whose token_uri is this server.
  std::string service_account_json();

 private:
  Emulator emulator_;
  net::HttpServer server_;
};

}  // namespace sheets::emulator
