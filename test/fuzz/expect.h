#pragma once

#include <cstdio>
#include <cstdlib>

// Ends the fuzzer, which then keeps the input, when `holds` is false.
inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}
