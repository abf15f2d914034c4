#pragma once

#include <string_view>

#include "sheets_client/emulator/rest/field_mask.h"
#include "sheets_client/emulator/rest/request_message.h"
#include "sheets_client/emulator/workbook/cell.h"
#include "sheets_client/emulator/workbook/json_fwd.h"

namespace sheets::emulator {

// Which parts of a cell a request changes: its field mask over CellData.
class CellFields {
 public:
  // Throws ApiError for a mask that names what CellData does not have, or what cannot be written here.
  explicit CellFields(std::string_view mask);
  CellFields(const CellFields&) = delete;  // format_ points into mask_
  CellFields& operator=(const CellFields&) = delete;

  // Takes the masked parts from `data` (an object of the CellData message); what it lacks is cleared. Throws
  // ApiError for a value that is refused. `place` names it in errors.
  void apply(Cell& cell, const Json& data, std::string_view place) const;
  // Clears the masked parts.
  void clear(Cell& cell) const;

 private:
  MaskNode mask_;
  bool value_;
  bool note_;
  bool validation_;
  const MaskNode* format_;  // nullptr: untouched; whole(): replaced
};

// The API's ExtendedValue of a cell's typed content and of a value; null when empty.
Json user_entered_json(const Cell& cell);
Json extended_value_json(const Value& value);
// userEnteredFormat, numberFormat included; null when there is none.
Json format_json(const Cell& cell);

// Colours as Google echoes them: components in 255 steps, zeros left out, everywhere below `value`.
Json with_google_colors(const Json& value);
// Every colour twice, as Google shows them: "backgroundColor" and "backgroundColorStyle".
Json with_color_twins(const Json& value);

}  // namespace sheets::emulator
