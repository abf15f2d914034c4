#pragma once

#include "core/store/store.h"

namespace roadmap::test {

// Lets every commit pass, and counts them.
class OpenGate : public CommitGate {
 public:
  void about_to_commit() override {}
  void committed() override { ++commits; }
  int commits = 0;
};

inline OpenGate& open_gate() {
  static OpenGate gate;
  return gate;
}

}  // namespace roadmap::test
