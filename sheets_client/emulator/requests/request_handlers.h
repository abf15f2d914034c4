#pragma once

#include "sheets_client/emulator/requests/batch_update.h"

namespace sheets::emulator {

// The requests of spreadsheets.batchUpdate, one function each.

// sheets_requests.cpp
RequestHandler delete_sheet, update_sheet_properties, update_spreadsheet_properties;
ReplyingHandler add_sheet, duplicate_sheet;

// cells_requests.cpp
RequestHandler update_cells, append_cells, repeat_cell;

// dimensions_requests.cpp
RequestHandler append_dimension, insert_dimension, delete_dimension, update_dimension_properties,
    move_dimension, auto_resize_dimensions;
ReplyingHandler add_dimension_group, delete_dimension_group;

// developer_metadata.cpp
ReplyingHandler create_developer_metadata, update_developer_metadata, delete_developer_metadata;

// ranges_requests.cpp
RequestHandler merge_cells, unmerge_cells, set_basic_filter, clear_basic_filter, update_filter_view,
    delete_filter_view, update_banding, delete_banding, update_named_range, delete_named_range;
ReplyingHandler add_filter_view, duplicate_filter_view, add_banding, add_named_range;

// paste_requests.cpp
RequestHandler copy_paste, cut_paste, paste_data, insert_range, delete_range, update_borders;
ReplyingHandler find_replace;

// sort_requests.cpp
RequestHandler sort_range, randomize_range;
ReplyingHandler delete_duplicates;

// fill_requests.cpp
RequestHandler auto_fill, text_to_columns;
ReplyingHandler trim_whitespace;

// rules_requests.cpp
RequestHandler set_data_validation, add_conditional_format_rule;
ReplyingHandler update_conditional_format_rule, delete_conditional_format_rule;

// protection_requests.cpp
RequestHandler update_protected_range, delete_protected_range;
ReplyingHandler add_protected_range;

}  // namespace sheets::emulator
