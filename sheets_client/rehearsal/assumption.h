#pragma once

#include <span>
#include <string_view>

#include "sheets_client/rehearsal/scene.h"

namespace sheets::rehearsal {

// Something that the client takes for granted of Google Sheets.
struct Assumption {
  std::string_view name;    // "write.atomic": for reports and tests
  std::string_view claim;   // one sentence
  std::string_view source;  // where it was learned
  // Tries it. Throws Surprise where it does not hold, and what Scene throws.
  void (*probe)(Scene& scene);
};

// All of them, in the order in which they are tried.
std::span<const Assumption> assumptions();

}  // namespace sheets::rehearsal
