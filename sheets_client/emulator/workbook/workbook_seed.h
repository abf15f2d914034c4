#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sheets::emulator {

// Who the owner of workbooks made with create_workbook is unless they say otherwise.
inline constexpr const char* kDefaultOwner = "owner@example.com";
struct SeedFormula {
  std::string text;  // with its "="
};
using SeedCell = std::variant<std::monostate, bool, double, std::string, SeedFormula>;

struct SeedTab {
  std::string title;
  std::vector<std::vector<SeedCell>> rows;  // from A1 on
  int row_count = 1000;                     // at least as many as `rows`
  int column_count = 26;                    // likewise
  int frozen_rows = 0;
  bool hidden = false;
  std::optional<int> id{};  // absent: as Google gives them, 0 for the first tab and a random one for others
};

enum class Sharing { kShared, kNotShared };

struct WorkbookSeed {
  std::string id;  // empty: one like Google's is made up
  std::string title;
  std::vector<SeedTab> tabs;  // empty: "Sheet1"
  std::string owner = kDefaultOwner;
  Sharing sharing = Sharing::kShared;
};

class Workbook;
// The workbook that a seed describes, without an id when it has none. Throws ApiError for titles and sizes
// that are refused.
Workbook workbook_from(const WorkbookSeed& seed);

}  // namespace sheets::emulator
