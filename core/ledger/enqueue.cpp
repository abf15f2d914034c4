#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "core/errors.h"
#include "core/ledger/ledger.h"
#include "core/ledger/run_rows.h"
#include "core/store/database.h"

namespace roadmap {
namespace {

// How often a run id is drawn again when it is taken.
constexpr int kMaxRunIdDraws = 3;

// SHA-256 in hexadecimal: equal for requests that mean the same, `requested_by` included.
std::string hash_of(const std::string& canonical_json) {
  std::array<unsigned char, 32> digest{};
  unsigned int size = 0;
  if (EVP_Digest(canonical_json.data(), canonical_json.size(), digest.data(), &size, EVP_sha256(), nullptr) !=
      1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace

std::string make_run_id(UtcTime now) {
  std::array<unsigned char, 4> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    throw std::runtime_error("OpenSSL has no random bytes");
  }
  return fmt::format("run_{}_{:02x}", to_compact_time(now), fmt::join(random, ""));
}

EnqueueResult Ledger::enqueue(const NewRun& asked) {
  if (draining_) return {EnqueueResult::Kind::kDraining, {}, RunStatus::kQueued};
  RunRecord wanted{asked, hash_of(asked.payload)};
  EnqueueResult result;
  std::int64_t seq = 0;
  const auto work = [&](SqlConnection& database) {
    auto answer =
        asked.idempotency_key.empty() ? answer_by_equal(database, wanted) : answer_by_key(database, wanted);
    result = answer ? *std::move(answer) : record(database, wanted, seq);
  };
  const auto committed = [&] {
    if (result.kind != EnqueueResult::Kind::kAccepted) return;
    open_.add({seq, wanted.run_id, wanted.request_hash, asked.held, false, false});
  };
  try {
    database_.write(work, committed);
  } catch (...) {
    open_.withdraw(wanted.run_id);
    throw;
  }
  return result;
}

std::optional<EnqueueResult> Ledger::answer_by_key(SqlConnection& database, RunRecord& wanted) const {
  const std::optional<KeyUse> last = find_key_use(database, wanted.asked.idempotency_key);
  wanted.idempotency_use = last ? last->use + 1 : 1;
  if (!last) return std::nullopt;
  if (from_iso8601(last->created_at) <= clock_.now() - options_.idempotency_window) return std::nullopt;
  const bool same = last->request_hash == wanted.request_hash;
  return EnqueueResult{same ? EnqueueResult::Kind::kDeduplicated : EnqueueResult::Kind::kKeyConflict,
                       last->run_id, last->status};
}

std::optional<EnqueueResult> Ledger::answer_by_equal(SqlConnection& database, const RunRecord& wanted) const {
  // Memory only proposes: a run announced by a commit that failed, or claimed in this very commit, is not
  // queued in the table.
  for (const std::string& run_id : open_.equal_to(wanted.request_hash)) {
    if (find_status(database, run_id) == RunStatus::kQueued) {
      return EnqueueResult{EnqueueResult::Kind::kDeduplicated, run_id, RunStatus::kQueued};
    }
  }
  return std::nullopt;
}

EnqueueResult Ledger::record(SqlConnection& database, RunRecord& wanted, std::int64_t& seq) {
  wanted.created_at = clock_.now();
  for (int draw = 0; draw < kMaxRunIdDraws; ++draw) {
    wanted.run_id = make_run_id(wanted.created_at);
    if (find_status(database, wanted.run_id)) continue;
    if (!open_.announce(wanted.run_id, wanted.request_hash, options_.max_queued)) {
      return {EnqueueResult::Kind::kQueueFull, {}, RunStatus::kQueued};
    }
    seq = insert_run(database, wanted);
    return {EnqueueResult::Kind::kAccepted, wanted.run_id, RunStatus::kQueued};
  }
  throw StorageError("No free run id could be found. Try again.");
}

}  // namespace roadmap
