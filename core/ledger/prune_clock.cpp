#include "core/ledger/prune_clock.h"

#include <optional>

namespace roadmap {
namespace {

constexpr const char* kLastLook = "clock_last_look";
constexpr const char* kDoubtedUntil = "clock_doubted_until";

std::optional<UtcTime> stored_moment(SqlConnection& database, const char* name) {
  SqlStatement select = database.prepare("SELECT value FROM counters WHERE name = ?");
  select.bind(1, name);
  if (!select.step()) return std::nullopt;
  return UtcTime(std::chrono::milliseconds(select.integer(0)));
}

void store_moment(SqlConnection& database, const char* name, UtcTime moment) {
  database
      .prepare(
          "INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
          "excluded.value")
      .bind(1, name)
      .bind(2, std::int64_t{moment.time_since_epoch().count()})
      .run();
}

}  // namespace

ClockLook look_at_clock(SqlConnection& database, UtcTime now) {
  const auto last = stored_moment(database, kLastLook);
  store_moment(database, kLastLook, now);
  if (!last || now - *last > kMostBetweenLooks || *last - now > kAdjustment) {
    store_moment(database, kDoubtedUntil, now + kDoubt);
    return last ? ClockLook::kJumped : ClockLook::kDoubted;
  }
  const auto doubted_until = stored_moment(database, kDoubtedUntil);
  return doubted_until && now < *doubted_until ? ClockLook::kDoubted : ClockLook::kTrusted;
}

}  // namespace roadmap
