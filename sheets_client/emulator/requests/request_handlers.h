#pragma once

#include "sheets_client/emulator/requests/batch_update.h"

namespace sheets::emulator {

// The requests of spreadsheets.batchUpdate, one function each.

// sheets_requests.cpp
RequestHandler add_sheet, delete_sheet, update_sheet_properties, duplicate_sheet,
    update_spreadsheet_properties;

// cells_requests.cpp
RequestHandler update_cells, append_cells, repeat_cell;

// dimensions_requests.cpp
RequestHandler append_dimension, insert_dimension, delete_dimension, update_dimension_properties,
    move_dimension, auto_resize_dimensions, add_dimension_group, delete_dimension_group;

// developer_metadata.cpp
RequestHandler create_developer_metadata, update_developer_metadata, delete_developer_metadata;

// ranges_requests.cpp
RequestHandler merge_cells, unmerge_cells, set_basic_filter, clear_basic_filter, add_filter_view,
    update_filter_view, delete_filter_view, duplicate_filter_view, add_banding, update_banding,
    delete_banding, add_named_range, update_named_range, delete_named_range;

// paste_requests.cpp
RequestHandler copy_paste, cut_paste, paste_data, insert_range, delete_range, find_replace, update_borders;

// sort_requests.cpp
RequestHandler sort_range, randomize_range, delete_duplicates;

// fill_requests.cpp
RequestHandler auto_fill, text_to_columns, trim_whitespace;

// rules_requests.cpp
RequestHandler set_data_validation, add_conditional_format_rule, update_conditional_format_rule,
    delete_conditional_format_rule;

// protection_requests.cpp
RequestHandler add_protected_range, update_protected_range, delete_protected_range;

}  // namespace sheets::emulator
