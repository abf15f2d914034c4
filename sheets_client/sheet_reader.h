#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "sheets_client/api_caller.h"
#include "sheets_client/spreadsheet_directory.h"
#include "sheets_client/value_reader.h"

namespace sheets {

// Carries out the reading functions of SheetsGateway: one call each, and one more where what is known of the
// spreadsheet is out of date.
// Thread safety: safe to call from many threads; no state of its own.
class SheetReader {
 public:
  SheetReader(ApiCaller& api, SpreadsheetDirectory& directory) : api_(api), directory_(directory) {}

  // As SheetsGateway's functions of the same names.
  std::vector<roadmap::TabRead> read_tabs(const std::string& spreadsheet_id,
                                          const std::vector<std::string>& tabs,
                                          const roadmap::RunControl& control);
  roadmap::Picture look(const std::string& spreadsheet_id, const std::vector<roadmap::LookAt>& look,
                        const roadmap::RunControl& control);

 private:
  // What is known of the spreadsheet, and whether Google has said it just now.
  struct Known {
    SpreadsheetDirectory::Info info;
    bool fresh = false;
  };

  Known know(const std::string& spreadsheet_id, const std::vector<std::string>& tabs,
             const roadmap::RunControl& control);
  // Calls attempt(known); when that returns nullopt, what is known proved out of date: once more, afresh.
  template <typename Attempt>
  auto up_to_date(const std::string& spreadsheet_id, const std::vector<std::string>& tabs,
                  const roadmap::RunControl& control, Attempt attempt);

  std::optional<std::vector<roadmap::TabRead>> try_tabs(const Known& known,
                                                        const std::vector<std::string>& tabs,
                                                        const roadmap::RunControl& control);
  std::optional<roadmap::Picture> try_look(const Known& known, const std::vector<roadmap::LookAt>& looks,
                                           const roadmap::RunControl& control);

  // The answer's body; nullopt when Google says that a tab or place is not there and `known` is not fresh.
  std::optional<std::string> get(const Known& known, const ApiCall& call, const std::string& tabs,
                                 const roadmap::RunControl& control);
  std::optional<std::vector<ValueRange>> get_values(const Known& known,
                                                    const std::vector<std::string>& ranges,
                                                    const std::string& tabs,
                                                    const roadmap::RunControl& control);

  ApiCaller& api_;
  SpreadsheetDirectory& directory_;
};

}  // namespace sheets
