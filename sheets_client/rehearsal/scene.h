#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/run/run_control.h"
#include "sheets_client/google_sheets.h"

namespace sheets::rehearsal {

using Json = nlohmann::json;

// Google did something else than is assumed of it; what() says what.
class Surprise : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The grid that every scratch tab begins with.
inline constexpr int kRows = 12;
inline constexpr int kColumns = 6;

// Where one assumption is tried: a fresh scratch tab, the product's own client, and a second connection that
// stands for a person. Its functions make one call each, throw Surprise where Google refuses it (400), and
// SheetsError or RunStopped where nothing can be learned from it.
// Thread safety: one thread.
class Scene {
 public:
  struct Cast {
    GoogleSheets& client;
    GoogleSheets& person;
    const std::string& spreadsheet_id;
    const roadmap::RunControl& control;
  };
  Scene(const Cast& cast, std::string tab, std::int64_t sheet_id)
      : cast_(cast), tab_(std::move(tab)), sheet_id_(sheet_id) {}

  const std::string& tab() const { return tab_; }
  std::int64_t sheet_id() const { return sheet_id_; }
  GoogleSheets& client() const { return cast_.client; }
  const std::string& spreadsheet_id() const { return cast_.spreadsheet_id; }
  const roadmap::RunControl& control() const { return cast_.control; }

  // "'tab'!A1:C3"
  std::string range(std::string_view cells) const;

  // spreadsheets.batchUpdate with that whole body; the answer.
  Json change(const Json& body, std::string_view fields = {}) const;
  Json apply(const Json& requests) const;
  // Google's message where it refuses the requests, as it must.
  std::string refusal(const Json& requests) const;
  // Requests of the person.
  void person_does(const Json& requests) const;
  // What the person types from a cell on, as if by hand: a list of rows.
  void person_types(std::string_view cell, const Json& rows) const;

  // spreadsheets.get.
  Json get(const std::vector<std::string>& ranges, std::string_view fields) const;
  // values.batchGet as the client asks for it: the list of value ranges.
  Json values(const std::vector<std::string>& ranges) const;
  // Google's message where it refuses to read that range, as it must.
  std::string reading_refusal(const std::string& range) const;
  // The tab's rows through the product's reader.
  std::vector<roadmap::CellRow> rows() const;
  // values.append of rows of plain values below the table that begins in A1.
  void append(const std::vector<roadmap::CellRow>& rows) const;

  // Writes cells of the tab through the product's writer, which takes all of them. The answer's picture is of
  // those columns.
  roadmap::WriteReport write(std::vector<roadmap::PlannedCell> cells, const std::string& marker = {},
                             const std::vector<int>& shown_columns = {}) const;
  // What that cell holds by hand, and its note: a CellData.
  Json noted_cell(std::string_view cell) const;

  // A call as it stands; the answer's body.
  std::string call(GoogleSheets& through, const ApiCall& call) const;

 private:
  CallResult perform(GoogleSheets& through, const ApiCall& call) const;
  ApiCall change_call(const Json& body, std::string_view fields = {}) const;
  std::string refusal_of(const ApiCall& call) const;

  const Cast& cast_;
  std::string tab_;
  std::int64_t sheet_id_;
};

// Throws Surprise with that text unless the assumption holds.
void expect(bool holds, const std::string& instead);
// Throws Surprise saying what came where something else was expected.
void expect_equal(const Json& seen, const Json& assumed, std::string_view what);

// Throws Surprise unless the client knows from Google's message that a tab or place is not there.
void expect_stale(const std::string& message);
// The only or first cell that a spreadsheets.get answer shows.
Json first_cell(const Json& spreadsheet);
// A cell that a write is to change, at a row from 1 on and a column from 0 on.
roadmap::PlannedCell planned(int row, int column, roadmap::Cell after);

// ---- requests
Json row_range(const Scene& scene, int first_row, int end_row);
Json grid_range(const Scene& scene, int first_row, int end_row, int first_column, int end_column);
// Deletes the spreadsheet's metadata of that key, where there is any.
Json delete_metadata(std::string_view key);
// Puts CellData (a list of rows of them) at a 0-based place.
Json update_cells(const Scene& scene, int row, int column, const Json& rows,
                  std::string_view fields = "userEnteredValue");
// {"userEnteredValue": {"stringValue": …}}
Json text_cell(std::string_view text);
Json insert_rows(const Scene& scene, int start, int end, bool inherit_from_before);

}  // namespace sheets::rehearsal
