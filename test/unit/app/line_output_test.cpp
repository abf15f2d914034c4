#include "app/telemetry/line_output.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

namespace roadmap::app {
namespace {

class Pipe {
 public:
  Pipe() { REQUIRE(::pipe2(ends_.data(), O_CLOEXEC) == 0); }
  ~Pipe() {
    leave();
    ::close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int in() const { return ends_[1]; }
  // All that is there now.
  std::string read_all() {
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    std::string all;
    std::array<char, 65536> part{};
    for (ssize_t got = 1; got > 0;) {
      got = ::read(ends_[0], part.data(), part.size());
      if (got > 0) all.append(part.data(), static_cast<std::size_t>(got));
    }
    return all;
  }
  void leave() {
    if (ends_[0] >= 0) ::close(ends_[0]);
    ends_[0] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::string line_of(int number) {
  return nlohmann::json({{"number", number}, {"text", std::string(1000, 'x')}}).dump();
}

}  // namespace

TEST_CASE("a line reaches who reads") {
  Pipe pipe;
  LineOutput output(pipe.in());
  output.write_line("one");
  output.write_line("two");
  CHECK(pipe.read_all() == "one\ntwo\n");
}

// Were a write to block, this test would never end.
TEST_CASE("a reader that does not read stops nobody, loses the newest lines, and is told how many") {
  Pipe pipe;
  LineOutput output(pipe.in());
  constexpr int kLines = 5000;
  for (int number = 0; number < kLines; ++number)
    output.write_line(line_of(number));

  std::string all = pipe.read_all();
  for (std::string more = "some"; !more.empty(); all += more) {
    output.push();
    more = pipe.read_all();
  }
  output.write_line(line_of(kLines));
  all += pipe.read_all();

  int seen = 0;
  int lost = 0;
  std::size_t at = 0;
  for (std::size_t end = all.find('\n'); end != std::string::npos; at = end + 1, end = all.find('\n', at)) {
    const auto line = nlohmann::json::parse(all.substr(at, end - at));  // whole lines only
    if (line.contains("lines")) {
      lost = line["lines"];
      continue;
    }
    if (lost == 0) CHECK(line["number"] == seen);
    ++seen;
  }
  CHECK(at == all.size());
  CHECK(lost > 0);
  CHECK(seen + lost == kLines + 1);
  CHECK(static_cast<std::size_t>(seen) * 1000 > LineOutput::kMaxHeld);
}

TEST_CASE("a reader that has left stops nobody") {
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.leave();
  LineOutput output(pipe.in());
  CHECK_NOTHROW(output.write_line("one"));
  ::signal(SIGPIPE, before);
}

TEST_CASE("a disk that is full stops nobody") {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(full >= 0);
  LineOutput output(full);
  CHECK_NOTHROW(output.write_line("one"));
  ::close(full);
}

}  // namespace roadmap::app
