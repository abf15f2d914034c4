#pragma once

#include <ostream>
#include <string>

#include "app/config/config.h"
#include "core/setup/wanted_workbooks.h"
#include "core/setup/workbook_state.h"

namespace roadmap::app {

// What a check found, one line each: "ok", "note" (works, but look at it) or "FIX" (does not work).
class CheckReport {
 public:
  explicit CheckReport(std::ostream& out) : out_(out) {}

  void ok(const std::string& what, const std::string& detail) { line("ok  ", what, detail); }
  void note(const std::string& what, const std::string& detail) { line("note", what, detail); }
  void fix(const std::string& what, const std::string& detail) {
    needs_fixing_ = true;
    line("FIX ", what, detail);
  }
  bool needs_fixing() const { return needs_fixing_; }

 private:
  void line(const char* mark, const std::string& what, const std::string& detail) {
    out_ << mark << "  " << what << ": " << detail << std::endl;
  }

  std::ostream& out_;
  bool needs_fixing_ = false;
};

// check_system.cpp

// Whether there is a secret and whether it is strong enough for the address.
void check_secret(const Config& config, CheckReport& report);

// Whether the ledger's folder takes files and has room, and whether the ledger itself can be read. Changes
// nothing.
void check_ledger(const Config& config, CheckReport& report);

// Whether the assistant is configured, and with what. Calls nobody.
void check_assistant(const Config& config, const Environment& environment, CheckReport& report);

// check_sheets.cpp

// Credentials, this machine's clock, and each configured workbook: reachable, its tabs, their headers. Blocks
// for a few calls to Google; writes nothing.
void check_sheets(const Config& config, CheckReport& report);

// check_tab.cpp

// Says how a configured tab stands: there or not, its header row, columns that are missing, double or without
// protection. One line each. Only what keeps runs from working must be fixed.
void check_tab(const WantedTab& wanted, const TabSurvey& survey, CheckReport& report);

}  // namespace roadmap::app
