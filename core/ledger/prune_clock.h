#pragma once

#include <chrono>
#include <cstdint>

#include "core/clock.h"
#include "core/store/sql.h"

namespace roadmap {

// Further than this between two looks, or back at all, a clock has jumped: a wrong one must not make old what
// is not.
inline constexpr std::chrono::hours kMostBetweenLooks{24};
// For so long after a jump it is not believed, so that somebody can put it right.
inline constexpr std::chrono::hours kDoubt{24 * 7};
// Clocks are set back by so much when they are adjusted.
inline constexpr std::chrono::minutes kAdjustment{10};

enum class ClockLook : std::uint8_t { kTrusted, kJumped, kDoubted };

// Looks at the wall clock and remembers the look, in the table `counters`, so that a clock that jumped while
// the service was down is noticed. The first look ever begins in doubt. Inside a write.
ClockLook look_at_clock(SqlConnection& database, UtcTime now);

}  // namespace roadmap
