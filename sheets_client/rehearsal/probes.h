#pragma once

#include "sheets_client/rehearsal/scene.h"

namespace sheets::rehearsal {

// What is tried on Google, one function an assumption: each throws Surprise where it does not hold, and what
// Scene throws. The table in assumptions.cpp says what each is about.

void whole_tab_is_its_grid(Scene& scene);
void blanks_are_left_out_at_the_end(Scene& scene);
void values_are_unformatted(Scene& scene);
void ranges_are_answered_in_order(Scene& scene);
void an_apostrophe_is_doubled(Scene& scene);
void tabs_are_described(Scene& scene);
void an_unknown_tab_is_named(Scene& scene);
void a_place_beyond_the_grid_is_named(Scene& scene);
void looks_show_header_and_columns(Scene& scene);
void formulas_are_seen_as_formulas(Scene& scene);
void errors_have_types(Scene& scene);
void cells_are_seen_as_displayed(Scene& scene);
void answers_are_compact(Scene& scene);
void a_stranger_is_not_found(Scene& scene);

void text_stays_text(Scene& scene);
void numbers_and_boxes_keep_their_type(Scene& scene);
void an_empty_cell_clears_the_value_only(Scene& scene);
void a_formula_is_put_back(Scene& scene);
void one_request_writes_several_rows(Scene& scene);
void long_texts_fit(Scene& scene);
void a_refused_request_undoes_the_call(Scene& scene);
void a_refused_request_is_named(Scene& scene);
void an_unknown_sheet_id_is_named(Scene& scene);
void cells_beyond_the_grid_are_named(Scene& scene);
void rows_beyond_the_grid_are_named(Scene& scene);
void rows_are_inserted_at_the_very_end(Scene& scene);
void new_rows_inherit_from_above(Scene& scene);
void columns_are_appended_and_written(Scene& scene);
void appended_rows_make_room(Scene& scene);
void a_tab_gets_the_id_it_is_given(Scene& scene);
void a_taken_title_is_refused(Scene& scene);
void notes_are_written_and_read(Scene& scene);
void a_warning_does_not_refuse(Scene& scene);

void a_missing_marker_may_be_deleted(Scene& scene);
void a_marker_is_replaced(Scene& scene);
void a_marker_is_in_the_answer(Scene& scene);
void a_marker_outlives_what_people_do(Scene& scene);
void the_picture_is_taken_after_the_write(Scene& scene);
void the_picture_is_as_wide_as_asked(Scene& scene);
void sorted_rows_are_seen_where_they_are(Scene& scene);
void inserted_rows_are_seen_where_they_are(Scene& scene);

}  // namespace sheets::rehearsal
