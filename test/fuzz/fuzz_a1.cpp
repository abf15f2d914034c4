#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/fields/text.h"
#include "sheets_client/a1.h"
#include "sheets_client/emulator/workbook/a1_range.h"
#include "test/fuzz/expect.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  if (const auto bounds = sheets::range_bounds(text)) {
    expect(bounds->first_row >= 0 && bounds->first_column >= 0 && bounds->last_row >= 0 &&
               bounds->last_column >= 0,
           "the corners of a range are places");
  }
  if (const auto column = sheets::column_from_letters(text)) {
    expect(sheets::column_from_letters(roadmap::column_letters(*column)) == column,
           "column letters are read as they were written");
  }
  (void)sheets::emulator::parse_a1(text);
  (void)sheets::emulator::parse_a1_cells(text);

  // Any text may be a tab's title.
  const auto quoted = sheets::emulator::parse_a1(sheets::always_quoted_tab(text));
  if (!text.empty()) expect(quoted && quoted->title == text, "a quoted title is read as it was written");
  return 0;
}
