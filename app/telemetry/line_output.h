#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roadmap::app {

// Lines for a descriptor that somebody else reads, or does not: a pipe, a terminal, a file. Never blocks.
// What the reader does not take is held, up to kMaxHeld bytes, and goes out with a later line; lines beyond
// are lost, and the next line that gets through follows one that tells how many. What cannot be written at
// all (a full disk, a reader that has left) is lost as well. One thread at a time.
class LineOutput {
 public:
  // The descriptor stays the caller's and outlives this.
  explicit LineOutput(int descriptor) : descriptor_(descriptor) {}

  void write_line(std::string_view line);  // without its line feed
  void push();                             // what is held, as far as the reader takes it

  static constexpr std::size_t kMaxHeld = std::size_t{1} << 20;

 private:
  void tell_loss(bool as_json);
  void lose_held();

  const int descriptor_;
  std::string held_;
  std::size_t lost_ = 0;
};

}  // namespace roadmap::app
