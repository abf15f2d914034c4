#pragma once

#include <string>
#include <vector>

#include "core/clock.h"
#include "core/sheets_gateway.h"
#include "sheets_client/api_caller.h"
#include "sheets_client/backoff.h"
#include "sheets_client/call_observer.h"
#include "sheets_client/client_options.h"
#include "sheets_client/limiter.h"
#include "sheets_client/sheet_reader.h"
#include "sheets_client/sheet_writer.h"
#include "sheets_client/spreadsheet_directory.h"
#include "sheets_client/token_source.h"
#include "sheets_client/transport.h"
#include "sheets_client/waiter.h"

namespace sheets {

// Google Sheets behind the gateway that the product declares.
// Thread safety: safe to call from many threads.
class GoogleSheets : public roadmap::SheetsGateway {
 public:
  // What the client works with; everything outlives it.
  struct Surroundings {
    Transport& transport;
    TokenSource& tokens;
    const roadmap::Clock& clock;
    Waiter& waiter;
    CallObserver* observer = nullptr;
    RandomFraction random = system_random();
  };

  // Throws InvalidSetting naming the key: sheets.base_url, sheets.reads_per_minute, …
  GoogleSheets(ClientOptions options, Surroundings surroundings);

  std::vector<roadmap::TabRead> read_tabs(const std::string& spreadsheet_id,
                                          const std::vector<std::string>& tabs,
                                          const roadmap::RunControl& control) override;
  std::vector<roadmap::CheckResult> read_back(const std::string& spreadsheet_id,
                                              const std::vector<roadmap::CheckRead>& checks,
                                              const roadmap::RunControl& control) override;
  // Cells filled by an array formula elsewhere count as formulas: writing into them would break it.
  std::vector<roadmap::EnteredCell> read_entered(const std::string& spreadsheet_id, const std::string& tab,
                                                 const std::vector<roadmap::CellAddress>& cells,
                                                 const roadmap::RunControl& control) override;
  roadmap::WriteReport write(const std::string& spreadsheet_id, const roadmap::SheetWrite& write,
                             const roadmap::RunControl& control) override;
  void back_off(int attempt, std::chrono::milliseconds at_least, const roadmap::RunControl& control) override;

  // A spreadsheet's title and tabs as they are now: one read call. Throws SheetsError, RunStopped.
  SpreadsheetInfo describe(const std::string& spreadsheet_id, const roadmap::RunControl& control);

  // Whom people share their spreadsheets with.
  std::string account() const { return api_.account(); }
  // For gauges.
  const CallLimiter& reads() const { return reads_; }
  const CallLimiter& writes() const { return writes_; }

 private:
  const ClientOptions options_;
  CallLimiter reads_;
  CallLimiter writes_;
  Backoff backoff_;
  ApiCaller api_;
  SpreadsheetDirectory directory_;
  SheetReader reader_;
  SheetWriter writer_;
};

}  // namespace sheets
