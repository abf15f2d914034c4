#pragma once

#include <span>
#include <string_view>

namespace sheets::rehearsal {

class Scene;

// Something that the client takes for granted of Google Sheets.
struct Assumption {
  std::string_view name;    // "write.atomic": for reports and tests
  std::string_view claim;   // one sentence
  std::string_view source;  // where it was learned
  // Tries it. Throws Surprise where it does not hold, and what Scene throws.
  void (*probe)(Scene& scene);
};

// Each table, in the order in which its assumptions are tried.
std::span<const Assumption> reading_assumptions();
std::span<const Assumption> writing_assumptions();
std::span<const Assumption> picture_assumptions();

// Sources of several.
inline constexpr std::string_view kDiscovery = "Google's discovery document of Sheets v4, revision 20250616";
inline constexpr std::string_view kRecorded = "recorded traffic of the gspread test suite";
inline constexpr std::string_view kUnproven = "nothing but a reading of the API's documentation";

}  // namespace sheets::rehearsal
