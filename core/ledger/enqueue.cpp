#include <algorithm>
#include <utility>

#include "core/errors.h"
#include "core/ledger/ledger_impl.h"
#include "core/ledger/run_identity.h"
#include "core/store/database.h"

namespace roadmap {
namespace {

constexpr std::string_view scope_name(ScopeType type) {
  switch (type) {
    case ScopeType::kAll:
      return "all";
    case ScopeType::kSelection:
      return "selection";
    case ScopeType::kFilter:
      break;
  }
  return "filter";
}

std::vector<std::string> all_holds(const std::string& first, std::vector<std::string> others) {
  others.insert(others.begin(), first);
  std::vector<std::string> holds;
  for (std::string& id : others) {
    const bool repeated = std::find(holds.begin(), holds.end(), id) != holds.end();
    if (!id.empty() && !repeated) holds.push_back(std::move(id));
  }
  return holds;
}

NewRun describe(const ActionRequest& request, const std::string& spreadsheet_id,
                const std::string& idempotency_key, const std::vector<std::string>& also_holds) {
  NewRun wanted;
  wanted.run.action = request.action;
  wanted.run.payload = to_canonical_json(request);
  wanted.run.requested_by_email = request.requested_by.user_email;
  wanted.run.requested_by_ui = request.requested_by.ui;
  wanted.run.spreadsheet_id = spreadsheet_id;
  if (request.sheet_context) wanted.run.tab = request.sheet_context->tab;
  wanted.run.scope_type = scope_name(request.scope.type);
  wanted.run.scope_summary = scope_summary(request);
  wanted.run.idempotency_key = idempotency_key;
  wanted.holds = all_holds(spreadsheet_id, also_holds);
  wanted.request_hash = request_hash(wanted.run.payload);
  return wanted;
}

}  // namespace

EnqueueResult Ledger::Impl::enqueue(const ActionRequest& request, const std::string& spreadsheet_id,
                                    const std::string& idempotency_key,
                                    const std::vector<std::string>& also_holds) {
  if (draining_) return {EnqueueResult::Kind::kDraining, {}, RunStatus::kQueued};
  NewRun wanted = describe(request, spreadsheet_id, idempotency_key, also_holds);
  EnqueueResult result;
  std::int64_t seq = 0;
  const auto work = [&](SqlConnection& database) {
    auto answer =
        idempotency_key.empty() ? answer_by_equal(database, wanted) : answer_by_key(database, wanted);
    result = answer ? *std::move(answer) : record(database, wanted, seq);
  };
  const auto committed = [&] {
    if (result.kind != EnqueueResult::Kind::kAccepted) return;
    open_.add({seq, wanted.run.run_id, wanted.request_hash, wanted.holds, false, false});
  };
  try {
    database_.write(work, committed);
  } catch (...) {
    open_.withdraw(wanted.run.run_id);
    throw;
  }
  return result;
}

std::optional<EnqueueResult> Ledger::Impl::answer_by_key(SqlConnection& database, NewRun& wanted) const {
  const std::optional<KeyUse> last = find_key_use(database, wanted.run.idempotency_key);
  wanted.idempotency_use = last ? last->use + 1 : 1;
  if (!last) return std::nullopt;
  if (from_iso8601(last->created_at) <= clock_.now() - options_.idempotency_window) return std::nullopt;
  const bool same = last->request_hash == wanted.request_hash;
  return EnqueueResult{same ? EnqueueResult::Kind::kDeduplicated : EnqueueResult::Kind::kKeyConflict,
                       last->run_id, last->status};
}

std::optional<EnqueueResult> Ledger::Impl::answer_by_equal(SqlConnection& database,
                                                           const NewRun& wanted) const {
  // Memory only proposes: a run announced by a commit that failed, or claimed in this very commit, is not
  // queued in the table.
  for (const std::string& run_id : open_.equal_to(wanted.request_hash)) {
    if (find_status(database, run_id) == RunStatus::kQueued) {
      return EnqueueResult{EnqueueResult::Kind::kDeduplicated, run_id, RunStatus::kQueued};
    }
  }
  return std::nullopt;
}

EnqueueResult Ledger::Impl::record(SqlConnection& database, NewRun& wanted, std::int64_t& seq) {
  wanted.run.created_at = clock_.now();
  for (int draw = 0; draw < kMaxRunIdDraws; ++draw) {
    wanted.run.run_id = make_run_id(wanted.run.created_at);
    if (find_status(database, wanted.run.run_id)) continue;
    if (!open_.announce(wanted.run.run_id, wanted.request_hash, options_.max_queued)) {
      return {EnqueueResult::Kind::kQueueFull, {}, RunStatus::kQueued};
    }
    seq = insert_run(database, wanted);
    return {EnqueueResult::Kind::kAccepted, wanted.run.run_id, RunStatus::kQueued};
  }
  throw StorageError("No free run id could be found. Try again.");
}

}  // namespace roadmap
