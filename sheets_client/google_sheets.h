#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/run/sheets_gateway.h"
#include "core/run/waiter.h"
#include "core/setup/setup_plan.h"
#include "core/setup/wanted_workbooks.h"
#include "core/setup/workbook_state.h"
#include "net/transport.h"
#include "sheets_client/api_caller.h"
#include "sheets_client/call_observer.h"
#include "sheets_client/limiter.h"
#include "sheets_client/spreadsheet_directory.h"
#include "sheets_client/token_source.h"

namespace sheets {

// The [sheets] part of the configuration that the client depends on.
struct ClientOptions {
  std::string base_url = "https://sheets.googleapis.com";  // https; http for this machine only
  std::chrono::milliseconds timeout{60000};                // a read, its answer included
  // A write: Google takes up to three minutes, and one that is given up sooner may be applied all the same
  // (https://developers.google.com/workspace/sheets/api/limits).
  std::chrono::milliseconds write_timeout{180000};
  int max_retries = 5;        // after the first try; 0 to kMaxRetries
  int reads_per_minute = 60;  // 1 to kMaxCallsPerMinute
  int writes_per_minute = 60;
  // Of a write's body; one row that is larger travels alone. Google recommends at most 2 MB
  // (https://developers.google.com/workspace/sheets/api/limits).
  std::size_t max_body_bytes = 2'000'000;
};

inline constexpr int kMaxRetries = 20;
inline constexpr int kMaxRefusals = 5;                 // rows that one write may lose to refusals
inline constexpr std::size_t kMaxAppendedRows = 1000;  // in one call

// Google Sheets behind the gateway that the product declares. Reading stands in sheet_reader.cpp, writing in
// sheet_writer.cpp, what set-up needs in workbook_survey.cpp and setup_body.cpp.
// Thread safety: safe to call from many threads.
class GoogleSheets : public roadmap::SheetsGateway {
 public:
  // What the client works with; everything outlives it.
  struct Surroundings {
    net::Transport& transport;
    TokenSource& tokens;
    const roadmap::Clock& clock;
    roadmap::Waiter& waiter;
    CallObserver* observer = nullptr;
    roadmap::RandomFraction random = roadmap::system_random();
  };

  // Throws InvalidSetting naming the key: sheets.base_url, sheets.reads_per_minute, …
  GoogleSheets(ClientOptions options, const Surroundings& surroundings);

  std::vector<roadmap::TabRead> read_tabs(const std::string& spreadsheet_id,
                                          const std::vector<std::string>& tabs,
                                          const roadmap::RunControl& control) override;
  // Cells filled by an array formula elsewhere count as formulas: writing into them would break it.
  roadmap::Picture look(const std::string& spreadsheet_id, const std::vector<roadmap::LookAt>& look,
                        const roadmap::RunControl& control) override;
  // A row that its tab no longer has is reported like a refused one. When a later part fails after earlier
  // ones were applied, the SheetsError's message says so.
  roadmap::WriteReport write(const std::string& spreadsheet_id, roadmap::SheetWrite write,
                             const roadmap::RunControl& control) override;
  void back_off(int attempt, std::chrono::milliseconds at_least, const roadmap::RunControl& control) override;

  // A spreadsheet's title and tabs as they are now: one read call. Throws SheetsError, RunStopped.
  SpreadsheetInfo describe(const std::string& spreadsheet_id, const roadmap::RunControl& control);

  // A spreadsheet and its configured tabs, as set-up and check look at them. Two read calls, one when none of
  // the tabs is there. Throws SheetsError, RunStopped.
  roadmap::WorkbookState survey(const roadmap::WantedWorkbook& wanted, const roadmap::RunControl& control);
  // Carries out a plan: one atomic spreadsheets.batchUpdate, none for a plan without steps. Throws
  // SheetsError: when Google refuses a step, what() names its tab, the step and what to do, and nothing was
  // changed.
  void apply(const roadmap::WorkbookPlan& plan, const roadmap::RunControl& control);
  // Appends rows (kMaxAppendedRows at most) below the table that column A of `table_row` (1-based) belongs
  // to; the grid grows. Texts stay texts. The first cell of each row must not be empty. One write call;
  // kUnknown when its answer was lost. Throws SheetsError, RunStopped.
  roadmap::WriteReport append_rows(const std::string& spreadsheet_id, const std::string& tab, int table_row,
                                   const std::vector<roadmap::CellRow>& rows,
                                   const roadmap::RunControl& control);

  // One call as it stands, with the client's token, quota and retries. Any 2xx is a response. Throws
  // RunStopped only.
  CallResult call(const ApiCall& call, const roadmap::RunControl& control) {
    return api_.perform(call, control);
  }

  // Whom people share their spreadsheets with.
  std::string account() const { return api_.account(); }
  // Google's id of a tab, which addresses in a browser need; nullopt where none is known. Never blocks for a
  // call.
  std::optional<std::int64_t> known_sheet_id(const std::string& spreadsheet_id,
                                             const std::string& tab) const {
    const SpreadsheetDirectory::Info info = directory_.known(spreadsheet_id);
    const TabInfo* found = info ? info->find_tab(tab) : nullptr;
    return found != nullptr ? std::optional(found->sheet_id) : std::nullopt;
  }
  // For gauges.
  const CallLimiter& reads() const { return reads_; }
  const CallLimiter& writes() const { return writes_; }

 private:
  const ClientOptions options_;
  CallLimiter reads_;
  CallLimiter writes_;
  roadmap::Backoff backoff_;
  ApiCaller api_;
  SpreadsheetDirectory directory_;
};

}  // namespace sheets
