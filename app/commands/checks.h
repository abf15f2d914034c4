#pragma once

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <string_view>

#include "app/config/config.h"
#include "core/setup/wanted_workbooks.h"
#include "core/setup/workbook_state.h"

namespace roadmap::app {

// What a command found, one line each: "ok", "note" (works, but look at it), "FIX" (does not work), or
// another mark of at most four characters.
class CheckReport {
 public:
  explicit CheckReport(std::ostream& out) : out_(out) {}

  void ok(const std::string& what, const std::string& detail) { line("ok", what, detail); }
  void note(const std::string& what, const std::string& detail) { line("note", what, detail); }
  void fix(const std::string& what, const std::string& detail) {
    needs_fixing_ = true;
    line("FIX", what, detail);
  }
  bool needs_fixing() const { return needs_fixing_; }

  void line(std::string_view mark, std::string_view what, std::string_view detail) {
    out_ << fmt::format("{:<4}  {}: {}", mark, what, detail) << std::endl;
  }

 private:
  std::ostream& out_;
  bool needs_fixing_ = false;
};

// Credentials, this machine's clock, and each configured workbook: reachable, its tabs, their headers. Blocks
// for a few calls to Google; writes nothing.
void check_sheets(const Config& config, CheckReport& report);

}  // namespace roadmap::app
