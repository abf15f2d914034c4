#pragma once

#include <string>

#include "core/run/held_spreadsheets.h"

namespace roadmap {

// A run that somebody asks for, as Ledger::enqueue takes it.
struct NewRun {
  std::string action;
  std::string payload;  // canonical request, JSON: equal texts are the same request
  std::string requested_by_email;
  std::string requested_by_ui;
  std::string tab;  // of the sheet context; empty: none
  std::string scope_type;
  std::string scope_summary;
  HeldSpreadsheets held;
  std::string idempotency_key;  // empty: none
};

}  // namespace roadmap
