#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "test/unit/emulator/emulated_google.h"

using namespace sheets::emulator;
using namespace sheets::emulator::test;

TEST_CASE("calls from many threads lose no row and never see half a batch") {
  EmulatedGoogle google;
  constexpr int kThreads = 4, kRounds = 25;
  // Each batch appends the same number twice: readers must never see an odd number of rows.
  const Json pair =
      R"([{"appendCells": {"fields": "*", "rows": [{"values": [{"userEnteredValue": {"numberValue": 1}}]}]}},
                        {"appendCells": {"fields": "*", "rows": [{"values": [{"userEnteredValue": {"numberValue": 1}}]}]}}])"_js;
  std::atomic<int> refused = 0, torn = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kRounds; ++i) {
        if (google.batch(pair).status != 200) ++refused;
        const Json seen = google.values("A1:A");
        if (!seen.is_array() || seen.size() % 2 != 0) ++torn;
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  REQUIRE(refused == 0);
  REQUIRE(torn == 0);
  REQUIRE(google.values("A1:A").size() == 2 * kThreads * kRounds);
}
