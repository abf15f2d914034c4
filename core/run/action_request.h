#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields/cell.h"

namespace roadmap {

enum class ScopeType : std::uint8_t { kAll, kSelection, kFilter };
inline constexpr std::array<std::string_view, 3> kScopeNames = {"all", "selection", "filter"};
constexpr std::string_view scope_name(ScopeType type) { return kScopeNames[static_cast<std::size_t>(type)]; }

struct SelectedRow {
  int row = 0;  // 1-based
  std::string initiative_key;
};

enum class PredicateOp : std::uint8_t { kEqual, kNotEqual };

struct Predicate {
  std::string column;  // use_math_model, approved_by_user, active_scoring_framework or status
  PredicateOp op = PredicateOp::kEqual;
  Cell value;
};

struct Scope {
  ScopeType type = ScopeType::kAll;
  std::vector<std::string> initiative_keys;  // as sent: blanks and repeats are still there
  std::vector<SelectedRow> rows;
  std::optional<Predicate> predicate;  // with kFilter
};

// Options of all actions; the action registry says which action takes which.
struct ActionOptions {
  bool dry_run = false;
  std::optional<std::string> product_org;
  bool allow_status_override = false;
  std::optional<std::string> framework;
  bool only_missing = true;
  bool force = false;
  std::optional<int> limit;
  int max_llm_calls = 10;
};

struct SheetContext {
  std::string spreadsheet_id;
  std::string tab;
};

struct RequestedBy {
  std::string ui;
  std::string user_email;
};

// A request to run an action, valid by itself (actions.md, "HTTP").
struct ActionRequest {
  std::string action;
  Scope scope;
  std::optional<SheetContext> sheet_context;
  ActionOptions options;
  RequestedBy requested_by;
};

// What is wrong with one member of a request.
struct RequestProblem {
  std::string pointer;  // RFC 6901: "/scope/initiative_keys/3"; empty: the document
  std::string detail;   // "must be a string"
};

struct RequestProblems {
  enum class Kind : std::uint8_t { kMalformed /* 400 */, kInvalid /* 422 */ };
  Kind kind = Kind::kInvalid;
  std::vector<RequestProblem> problems;  // at least one
};

}  // namespace roadmap
