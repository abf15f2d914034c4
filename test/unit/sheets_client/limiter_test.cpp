#include "sheets_client/limiter.h"

#include <catch2/catch.hpp>
#include <thread>

#include "fakes.h"

namespace sheets {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("calls within the limit do not wait and the next one waits for the oldest to be a minute old") {
  testing::FakeTime time;
  CallLimiter limiter(3, time, time);
  std::vector<std::string> labels;
  roadmap::RunControl control;
  control.on_wait = [&](std::string_view label) { labels.emplace_back(label); };

  for (int i = 0; i < 3; ++i) {
    CHECK(limiter.acquire(control) == milliseconds{0});
    time.advance(seconds{10});
  }
  CHECK(labels.empty());
  CHECK(limiter.in_use() == 3);
  CHECK(limiter.acquire(control) == seconds{30});
  CHECK(labels == std::vector<std::string>{"Waiting for Google's quota", ""});
  CHECK(limiter.acquire(control) == seconds{10});
}

TEST_CASE("no 60 seconds ever hold more calls than the limit") {
  testing::FakeTime time;
  CallLimiter limiter(7, time, time);
  std::vector<std::chrono::steady_clock::time_point> calls;
  for (int i = 0; i < 200; ++i) {
    time.advance(milliseconds{(i * 7919) % 23000});
    REQUIRE(limiter.acquire({}));
    calls.push_back(time.steady_now());
  }
  for (std::size_t i = 7; i < calls.size(); ++i)
    CHECK(calls[i] - calls[i - 7] >= seconds{60});
}

TEST_CASE("a turn that would come after the deadline is refused at once and not taken") {
  testing::FakeTime time;
  CallLimiter limiter(1, time, time);
  roadmap::RunControl hurried;
  hurried.deadline = time.steady_now() + seconds{30};
  REQUIRE(limiter.acquire(hurried));
  CHECK(limiter.acquire(hurried) == std::nullopt);
  CHECK(time.waits().empty());
  CHECK(limiter.in_use() == 1);
}

TEST_CASE("a stopped wait gives its turn back and ends the progress label") {
  testing::FakeTime time;
  CallLimiter limiter(1, time, time);
  REQUIRE(limiter.acquire({}));
  std::stop_source stop;
  std::vector<std::string> labels;
  roadmap::RunControl control;
  control.stop = stop.get_token();
  control.on_wait = [&](std::string_view label) { labels.emplace_back(label); };
  time.on_wait_begin = [&] { stop.request_stop(); };
  CHECK_THROWS_AS(limiter.acquire(control), roadmap::RunStopped);
  CHECK(labels.back().empty());
  CHECK(limiter.in_use() == 1);
  time.on_wait_begin = [] {};
  CHECK(limiter.acquire({}) == seconds{60});
}

TEST_CASE("threads that ask together share one limit") {
  testing::FakeTime time;
  CallLimiter limiter(5, time, time);
  const auto start = time.steady_now();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i)
        limiter.acquire({});
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  // 20 calls at 5 a minute: the last turn comes three minutes after the first.
  CHECK(time.steady_now() - start >= seconds{180});
}

TEST_CASE("a thread that really waits is woken by a stop request") {
  roadmap::ThreadWaiter waiter;
  std::stop_source stop;
  std::thread stopper([&] { stop.request_stop(); });
  waiter.wait_until(std::chrono::steady_clock::now() + std::chrono::hours{1}, stop.get_token());
  stopper.join();
  CHECK(stop.stop_requested());
}

TEST_CASE("a thread that waits without being stopped waits as long as asked") {
  roadmap::ThreadWaiter waiter;
  const auto moment = std::chrono::steady_clock::now() + milliseconds{5};
  waiter.wait_until(moment, {});
  CHECK(std::chrono::steady_clock::now() >= moment);
}

TEST_CASE("a limit out of range is refused") {
  testing::FakeTime time;
  CHECK_THROWS_AS(CallLimiter(0, time, time), std::invalid_argument);
  CHECK_THROWS_AS(CallLimiter(1'000'001, time, time), std::invalid_argument);
}

}  // namespace
}  // namespace sheets
