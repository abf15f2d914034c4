#include "sheets_client/rehearsal/rehearsal.h"

#include "sheets_client/rehearsal/probes.h"

namespace sheets::rehearsal {
namespace {

constexpr std::string_view kDiscovery = "Google's discovery document of Sheets v4, revision 20250616";
constexpr std::string_view kRecorded = "recorded traffic of the gspread test suite";
constexpr std::string_view kValuesGuide = "developers.google.com/workspace/sheets/api/guides/values";
constexpr std::string_view kBatchGuide = "developers.google.com/workspace/sheets/api/guides/batchupdate";
constexpr std::string_view kMetadataGuide = "developers.google.com/workspace/sheets/api/guides/metadata";
constexpr std::string_view kA1 = "other people's emulators; no text of Google's was found";
constexpr std::string_view kEdge = "github.com/nithinmurali/pygsheets issue 46";
constexpr std::string_view kUnproven = "nothing but a reading of the API's documentation";

constexpr Assumption kAssumptions[] = {
    {"read.whole_tab", "the range of a whole tab is answered as its grid", kRecorded, whole_tab_is_its_grid},
    {"read.blanks", "blank rows and cells at the end are left out, others are not", kRecorded,
     blanks_are_left_out_at_the_end},
    {"read.unformatted", "UNFORMATTED_VALUE and SERIAL_NUMBER give numbers, TRUE, and errors as text",
     kRecorded, values_are_unformatted},
    {"read.order", "several ranges are answered in the order in which they were asked for", kDiscovery,
     ranges_are_answered_in_order},
    {"read.apostrophe", "an apostrophe in a tab's title is doubled in a range", kA1,
     an_apostrophe_is_doubled},
    {"read.tabs", "a spreadsheet's tabs are described with id, title and grid", kDiscovery,
     tabs_are_described},
    {"read.unknown_tab", "a tab that is not there is refused in words that the client knows",
     "github.com/r-lib/gargle, recorded answers", an_unknown_tab_is_named},
    {"read.beyond_grid", "a range that starts beyond the grid is refused in words that the client knows",
     "github.com/home-assistant/core issue 104198", a_place_beyond_the_grid_is_named},
    {"read.compact", "prettyPrint=false leaves the indentation out", kDiscovery, answers_are_compact},
    {"read.not_found", "a spreadsheet that does not exist is 404", kRecorded, a_stranger_is_not_found},
    {"look.columns", "a header row and open columns are shown where they stand", kDiscovery,
     looks_show_header_and_columns},
    {"look.formulas", "formulas are told from values, and what an array formula fills from what was typed",
     kDiscovery, formulas_are_seen_as_formulas},
    {"look.errors", "errors are named by their type", kDiscovery, errors_have_types},
    {"look.displayed", "a number is shown as it is displayed", kDiscovery, cells_are_seen_as_displayed},
    {"write.text", "a stringValue stays that text, whatever it looks like", kDiscovery, text_stays_text},
    {"write.types", "numbers and boxes come back as they were written", kDiscovery,
     numbers_and_boxes_keep_their_type},
    {"write.clear", "an empty CellData clears the value, and nothing that the mask does not name", kDiscovery,
     an_empty_cell_clears_the_value_only},
    {"write.formula", "a formulaValue is computed", kDiscovery, a_formula_is_put_back},
    {"write.rows", "one updateCells writes several rows", kDiscovery, one_request_writes_several_rows},
    {"write.long_text", "a cell takes 50,000 UTF-16 units, with line breaks",
     "support.google.com/drive/answer/37603", long_texts_fit},
    {"write.atomic", "a refused request undoes the whole call", kBatchGuide,
     a_refused_request_undoes_the_call},
    {"write.refusal", "a refusal names the request", kRecorded, a_refused_request_is_named},
    {"write.unknown_tab", "a tab's id that is not there is refused in words that the client knows", kRecorded,
     an_unknown_sheet_id_is_named},
    {"write.beyond_grid", "cells beyond the grid are refused in words that the client knows", kEdge,
     cells_beyond_the_grid_are_named},
    {"insert.beyond_grid", "rows beyond the grid are refused in words that the client knows", kEdge,
     rows_beyond_the_grid_are_named},
    {"insert.at_end", "with inheritFromBefore rows go in at the very end of the grid", kEdge,
     rows_are_inserted_at_the_very_end},
    {"insert.inherit", "with inheritFromBefore new rows have the boxes of the row above", kDiscovery,
     new_rows_inherit_from_above},
    {"append.columns", "a column is appended, written and shown by one call", kUnproven,
     columns_are_appended_and_written},
    {"append.rows", "values.append with INSERT_ROWS makes room below the table", kValuesGuide,
     appended_rows_make_room},
    {"setup.tab_id", "a new tab gets the id that it is given", kDiscovery, a_tab_gets_the_id_it_is_given},
    {"setup.title", "a title that is taken is refused, and the request is named", kRecorded,
     a_taken_title_is_refused},
    {"setup.note", "value and note of a header are written together", kRecorded, notes_are_written_and_read},
    {"setup.warning", "a protection that only warns refuses no program", kDiscovery,
     a_warning_does_not_refuse},
    {"marker.missing", "deleting a marker that is not there is no error", kUnproven,
     a_missing_marker_may_be_deleted},
    {"marker.replaced", "a marker is deleted and made anew by one call", kMetadataGuide,
     a_marker_is_replaced},
    {"marker.answer", "the answer of a write shows its own marker", kUnproven, a_marker_is_in_the_answer},
    {"marker.lasting", "a spreadsheet's marker outlives sorting, inserting and deleting", kMetadataGuide,
     a_marker_outlives_what_people_do},
    {"picture.after", "the answer of a write shows formulas as they are after it", kUnproven,
     the_picture_is_taken_after_the_write},
    {"picture.ranges", "the answer of a write shows the ranges asked for and no more", kDiscovery,
     the_picture_is_as_wide_as_asked},
    {"moved.sorted", "rows sorted between read and write are shown where they are, with what was written",
     kUnproven, sorted_rows_are_seen_where_they_are},
    {"moved.inserted", "rows moved by an insertion between read and write are shown likewise", kUnproven,
     inserted_rows_are_seen_where_they_are},
};

}  // namespace

std::span<const Assumption> assumptions() { return kAssumptions; }

}  // namespace sheets::rehearsal
