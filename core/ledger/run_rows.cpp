#include "core/ledger/run_rows.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

#include "core/errors.h"

namespace roadmap {
namespace {

// The JSON texts in columns of the ledger. Reading throws StorageError for what writing did not make.
using Json = nlohmann::json;

// Google's messages are not always UTF-8: a broken byte must not fail the run that reports it.
std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

template <typename Read>
auto reading(const std::string& text, Read read) -> decltype(read(Json())) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    throw StorageError("The ledger holds a run that cannot be read.", error.what());
  }
}

std::string to_json(const RunProgress& progress) {
  return dump({{"step", progress.step},
               {"label", progress.label},
               {"done", progress.done},
               {"total", progress.total}});
}

std::string to_json(const RunError& error) {
  return dump({{"code", error.code}, {"message", error.message}, {"detail", error.detail}});
}

std::string to_json_array(const std::vector<std::string>& texts) { return dump(Json(texts)); }

RunProgress progress_from_json(const std::string& text) {
  return reading(text, [](const Json& value) {
    return RunProgress{value.at("step").get<std::string>(), value.at("label").get<std::string>(),
                       value.at("done").get<int>(), value.at("total").get<int>()};
  });
}

RunError run_error_from_json(const std::string& text) {
  return reading(text, [](const Json& value) {
    return RunError{value.at("code").get<std::string>(), value.at("message").get<std::string>(),
                    value.at("detail").get<std::string>()};
  });
}

std::vector<std::string> from_json_array(const std::string& text) {
  return reading(text, [](const Json& value) { return value.get<std::vector<std::string>>(); });
}

// All columns of a run but the two that can be long.
constexpr const char* kRunColumns =
    "seq, run_id, action, status, requested_by_email, requested_by_ui, spreadsheet_id, tab, scope_type, "
    "scope_summary, idempotency_key, attempt, boot_id, created_at, started_at, finished_at, progress, error";
constexpr int kPayloadColumn = 18;
constexpr int kResultColumn = 19;

RunStatus status_in(const SqlStatement& row, int column) {
  const std::string text = row.text(column);
  if (const auto status = run_status_from(text)) return *status;
  throw StorageError("The ledger holds a run in an unknown state.", text);
}

ActionRun read_run(const SqlStatement& row) {
  ActionRun run;
  run.seq = row.integer(0);
  run.run_id = row.text(1);
  run.action = row.text(2);
  run.status = status_in(row, 3);
  run.requested_by_email = row.text(4);
  run.requested_by_ui = row.text(5);
  run.spreadsheet_id = row.text(6);
  run.tab = row.text(7);
  run.scope_type = row.text(8);
  run.scope_summary = row.text(9);
  run.idempotency_key = row.text(10);
  run.attempt = static_cast<int>(row.integer(11));
  run.boot_id = row.text(12);
  run.created_at = from_iso8601(row.text(13));
  run.started_at = row.optional_time(14);
  run.finished_at = row.optional_time(15);
  if (const auto progress = row.optional_text(16)) run.progress = progress_from_json(*progress);
  if (const auto error = row.optional_text(17)) run.error = run_error_from_json(*error);
  run.payload = row.text(kPayloadColumn);
  run.result = row.optional_text(kResultColumn);
  return run;
}

void add_event(SqlConnection& database, std::int64_t seq, const std::string& now, const std::string& kind,
               const std::string& detail) {
  database
      .prepare(
          "INSERT INTO action_run_events (run_seq, number, at, kind, detail) VALUES (?1, "
          "(SELECT coalesce(max(number), 0) + 1 FROM action_run_events WHERE run_seq = ?1), ?2, ?3, ?4)")
      .bind_all(seq, now, kind, detail)
      .run();
}

// Runs an UPDATE … RETURNING seq that hits one row or none, and tells the audit trail when it hit.
bool change_run(SqlConnection& database, SqlStatement update, const std::string& now, const std::string& kind,
                const std::string& detail) {
  if (!update.step()) return false;
  const std::int64_t seq = update.integer(0);
  update.run_to_end();
  add_event(database, seq, now, kind, detail);
  return true;
}

// A filter as SQL, with the values of its parameters.
struct Condition {
  std::string where = " WHERE 1";
  std::vector<Cell> parameters;
};

Condition condition_of(const RunFilter& filter) {
  Condition condition;
  const auto require = [&](const char* comparison, const std::optional<std::string>& value) {
    if (!value) return;
    condition.where += std::string(" AND ") + comparison;
    condition.parameters.emplace_back(*value);
  };
  require("action = ?", filter.action);
  if (filter.status) require("status = ?", std::string(to_string(*filter.status)));
  require("instr(lower(requested_by_email), lower(?)) > 0", filter.user);
  require("spreadsheet_id = ?", filter.spreadsheet_id);
  if (filter.since) require("created_at >= ?", to_iso8601(*filter.since));
  return condition;
}

// Of the newest runs those that fit, as the rest of a SELECT.
std::string from_newest(int newest, const Condition& condition) {
  return " FROM (SELECT status, action, requested_by_email, spreadsheet_id, created_at FROM action_runs "
         "ORDER BY seq DESC LIMIT " +
         std::to_string(newest) + ")" + condition.where;
}

}  // namespace

std::int64_t insert_run(SqlConnection& database, const RunRecord& added) {
  const NewRun& run = added.asked;
  SqlStatement insert = database.prepare(
      "INSERT INTO action_runs (run_id, action, status, created_at, requested_by_email, requested_by_ui, "
      "spreadsheet_id, holds, tab, scope_type, scope_summary, request_hash, payload, idempotency_key, "
      "idempotency_use) VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "RETURNING seq");
  const std::string now = to_iso8601(added.created_at);
  insert.bind_all(added.run_id, run.action, now, run.requested_by_email, run.requested_by_ui,
                  run.held.empty() ? std::string() : run.held.front(), to_json_array(run.held), run.tab,
                  run.scope_type, run.scope_summary, added.request_hash, run.payload);
  if (added.idempotency_use > 0) insert.bind(13, run.idempotency_key).bind(14, added.idempotency_use);
  insert.step();
  const std::int64_t seq = insert.integer(0);
  insert.run_to_end();
  add_event(database, seq, now, "queued", {});
  return seq;
}

std::optional<KeyUse> find_key_use(SqlConnection& database, const std::string& idempotency_key) {
  return database
      .prepare(
          "SELECT run_id, request_hash, status, created_at, idempotency_use FROM action_runs "
          "WHERE idempotency_key = ? ORDER BY idempotency_use DESC LIMIT 1")
      .bind(1, idempotency_key)
      .first([](const SqlStatement& row) {
        return KeyUse{row.text(0), row.text(1), status_in(row, 2), row.text(3), row.integer(4)};
      });
}

std::optional<ActionRun> find_run(SqlConnection& database, const std::string& run_id) {
  return database
      .prepare(std::string("SELECT ") + kRunColumns + ", payload, result FROM action_runs WHERE run_id = ?")
      .bind(1, run_id)
      .first(read_run);
}

std::optional<RunStatus> find_status(SqlConnection& database, const std::string& run_id) {
  return database.prepare("SELECT status FROM action_runs WHERE run_id = ?")
      .bind(1, run_id)
      .first([](const SqlStatement& row) { return status_in(row, 0); });
}

std::vector<RunEvent> read_events(SqlConnection& database, const std::string& run_id) {
  return database
      .prepare(
          "SELECT at, kind, detail FROM action_run_events "
          "WHERE run_seq = (SELECT seq FROM action_runs WHERE run_id = ?) ORDER BY number")
      .bind(1, run_id)
      .all([](const SqlStatement& row) {
        return RunEvent{from_iso8601(row.text(0)), row.text(1), row.text(2)};
      });
}

RunsSeen list_runs(SqlConnection& database, const RunFilter& filter, std::int64_t before_seq, int looked_at,
                   int limit) {
  Condition condition = condition_of(filter);
  const std::int64_t newest =
      before_seq > 0 ? before_seq - 1 : database.number("SELECT max(seq) FROM action_runs");
  // Numbers follow on each other, so that a range of them bounds the rows. Open runs are few and have an
  // index.
  const bool open = filter.status && !is_final(*filter.status);
  const std::int64_t oldest = open ? 1 : std::max<std::int64_t>(newest - looked_at + 1, 1);
  if (open) condition.where += " AND finished_at IS NULL";
  condition.where += " AND seq BETWEEN " + std::to_string(oldest) + " AND " + std::to_string(newest);

  // A result names every row it touched: a page of them could be hundreds of megabytes.
  SqlStatement select = database.prepare(
      std::string("SELECT ") + kRunColumns +
      ", '', CASE WHEN result IS NOT NULL THEN json_object('summary', json_extract(result, '$.summary')) END "
      "FROM action_runs" +
      (open ? " INDEXED BY action_runs_open" : "") + condition.where + " ORDER BY seq DESC LIMIT " +
      std::to_string(limit));
  RunsSeen seen{select.bind_each(condition.parameters).all(read_run)};
  const bool all_seen = static_cast<int>(seen.runs.size()) < limit;
  if (all_seen && oldest > 1 && database.number("SELECT min(seq) FROM action_runs") < oldest)
    seen.next_seq = oldest;
  return seen;
}

RunCounts count_runs(SqlConnection& database, const RunFilter& filter, int newest) {
  const Condition condition = condition_of(filter);
  SqlStatement select =
      database.prepare("SELECT status, count(*)" + from_newest(newest, condition) + " GROUP BY status");
  select.bind_each(condition.parameters);
  RunCounts counts;
  while (select.step())
    counts[status_in(select, 0)] = static_cast<int>(select.integer(1));
  return counts;
}

std::map<UtcTime, RunCounts> count_runs_over_time(SqlConnection& database, const RunFilter& filter,
                                                  RunPeriod period, int newest) {
  // Times are ISO 8601: what begins alike is of the same hour ("2026-01-02T03") or minute
  // ("2026-01-02T03:04").
  const bool by_hour = period == RunPeriod::kHour;
  const Condition condition = condition_of(filter);
  SqlStatement select = database.prepare(std::string("SELECT substr(created_at, 1, ") +
                                         (by_hour ? "13" : "16") + ") AS period, status, count(*)" +
                                         from_newest(newest, condition) + " GROUP BY period, status");
  select.bind_each(condition.parameters);
  std::map<UtcTime, RunCounts> counts;
  while (select.step()) {
    const UtcTime begin = from_iso8601(select.text(0) + (by_hour ? ":00:00Z" : ":00Z"));
    counts[begin][status_in(select, 1)] = static_cast<int>(select.integer(2));
  }
  return counts;
}

std::vector<OpenRun> read_open_runs(SqlConnection& database) {
  // By the index of open runs, or not at all: an order by seq alone would read the whole ledger.
  return database
      .prepare(
          "SELECT seq, run_id, request_hash, holds, status, cancel_requested_at FROM action_runs "
          "INDEXED BY action_runs_open WHERE finished_at IS NULL ORDER BY seq")
      .all([](const SqlStatement& row) {
        return OpenRun{row.integer(0),
                       row.text(1),
                       row.text(2),
                       from_json_array(row.text(3)),
                       status_in(row, 4) == RunStatus::kRunning,
                       !row.is_null(5)};
      });
}

std::optional<ActionRun> start_run(SqlConnection& database, std::int64_t seq, const std::string& boot_id,
                                   const std::string& now) {
  SqlStatement update = database.prepare(
      std::string("UPDATE action_runs SET status = 'running', attempt = attempt + 1, boot_id = ?, "
                  "started_at = ?, progress = NULL WHERE seq = ? AND status = 'queued' RETURNING ") +
      kRunColumns + ", payload, result");
  update.bind_all(boot_id, now, seq);
  std::optional<ActionRun> run = update.first(read_run);
  if (!run) return run;
  update.run_to_end();
  add_event(database, seq, now, "running", "attempt " + std::to_string(run->attempt));
  return run;
}

bool end_run(SqlConnection& database, const RunningAttempt& who, const RunEnd& end, const std::string& now) {
  std::optional<std::string> error;
  if (end.error) error = to_json(*end.error);
  SqlStatement update = database.prepare(
      "UPDATE action_runs SET status = ?, finished_at = ?, result = ?, error = ? "
      "WHERE run_id = ? AND status = 'running' AND attempt = ? AND boot_id = ? RETURNING seq");
  const std::string status(to_string(end.status));
  update.bind_all(status, now, end.result, error, who.run_id, who.attempt, who.boot_id);
  return change_run(database, std::move(update), now, status, end.error ? end.error->message : "");
}

bool requeue_run(SqlConnection& database, const RunningAttempt& who, Requeue reason, const std::string& why,
                 const std::string& now) {
  SqlStatement update = database.prepare(
      "UPDATE action_runs SET status = 'queued', started_at = NULL, progress = NULL, "
      "cancel_requested_at = NULL, crashes = crashes + ? "
      "WHERE run_id = ? AND status = 'running' AND attempt = ? AND boot_id = ? RETURNING seq");
  update.bind_all(reason == Requeue::kCrashed ? 1 : 0, who.run_id, who.attempt, who.boot_id);
  return change_run(database, std::move(update), now, "queued", why);
}

bool put_progress(SqlConnection& database, const RunningAttempt& who, const RunProgress& progress,
                  bool tell_audit_trail, const std::string& now) {
  SqlStatement update = database.prepare(
      "UPDATE action_runs SET progress = ? "
      "WHERE run_id = ? AND status = 'running' AND attempt = ? AND boot_id = ? RETURNING seq");
  update.bind_all(to_json(progress), who.run_id, who.attempt, who.boot_id);
  if (tell_audit_trail) return change_run(database, std::move(update), now, "step", progress.label);
  return update.step();
}

bool cancel_queued_run(SqlConnection& database, const std::string& run_id, const std::string& now) {
  SqlStatement update = database.prepare(
      "UPDATE action_runs SET status = 'cancelled', finished_at = ? "
      "WHERE run_id = ? AND status = 'queued' RETURNING seq");
  update.bind_all(now, run_id);
  return change_run(database, std::move(update), now, "cancelled", {});
}

void note_cancel_request(SqlConnection& database, const std::string& run_id, const std::string& now) {
  SqlStatement update = database.prepare(
      "UPDATE action_runs SET cancel_requested_at = ? "
      "WHERE run_id = ? AND status = 'running' AND cancel_requested_at IS NULL RETURNING seq");
  update.bind_all(now, run_id);
  change_run(database, std::move(update), now, "cancel_requested", {});
}

bool forget_cancel_request(SqlConnection& database, const RunningAttempt& who, const std::string& now) {
  SqlStatement update = database.prepare(
      "UPDATE action_runs SET cancel_requested_at = NULL WHERE run_id = ? AND status = 'running' "
      "AND attempt = ? AND boot_id = ? AND cancel_requested_at IS NOT NULL RETURNING seq");
  update.bind_all(who.run_id, who.attempt, who.boot_id);
  return change_run(database, std::move(update), now, "cancel_too_late", "The run had committed already.");
}

bool is_cancel_noted(SqlConnection& database, const std::string& run_id) {
  return database.prepare("SELECT 1 FROM action_runs WHERE run_id = ? AND cancel_requested_at IS NOT NULL")
      .bind(1, run_id)
      .step();
}

std::vector<CrashedRun> read_crashed_runs(SqlConnection& database, const std::string& this_boot) {
  return database
      .prepare(
          "SELECT run_id, attempt, boot_id, cancel_requested_at, crashes FROM action_runs "
          "INDEXED BY action_runs_open "
          "WHERE finished_at IS NULL AND status = 'running' AND boot_id <> ? ORDER BY seq")
      .bind(1, this_boot)
      .all([](const SqlStatement& row) {
        return CrashedRun{{row.text(0), static_cast<int>(row.integer(1)), row.text(2)},
                          !row.is_null(3),
                          static_cast<int>(row.integer(4))};
      });
}

int delete_ended_runs(SqlConnection& database, const std::string& before, int scanned, int limit) {
  return database
      .prepare(
          "DELETE FROM action_runs WHERE seq IN (SELECT seq FROM "
          "(SELECT seq, finished_at FROM action_runs ORDER BY seq LIMIT ?) WHERE finished_at < ? LIMIT ?)")
      .bind_all(scanned, before, limit)
      .run();
}

}  // namespace roadmap
