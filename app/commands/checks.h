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

// Credentials, this machine's clock, and each configured workbook: reachable, its tabs, their headers. Blocks
// for a few calls to Google; writes nothing.
void check_sheets(const Config& config, CheckReport& report);

}  // namespace roadmap::app
