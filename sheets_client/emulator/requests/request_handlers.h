#pragma once

#include "sheets_client/emulator/requests/batch_update.h"

namespace sheets::emulator {

// The requests of spreadsheets.batchUpdate, one function each, shaped as RequestHandler says.

// sheets_requests.cpp
Json add_sheet(BatchContext& batch, const RequestMessage& request);
Json delete_sheet(BatchContext& batch, const RequestMessage& request);
Json update_sheet_properties(BatchContext& batch, const RequestMessage& request);
Json duplicate_sheet(BatchContext& batch, const RequestMessage& request);
Json update_spreadsheet_properties(BatchContext& batch, const RequestMessage& request);

// cells_requests.cpp
Json update_cells(BatchContext& batch, const RequestMessage& request);
Json append_cells(BatchContext& batch, const RequestMessage& request);
Json repeat_cell(BatchContext& batch, const RequestMessage& request);

// dimensions_requests.cpp
Json append_dimension(BatchContext& batch, const RequestMessage& request);
Json insert_dimension(BatchContext& batch, const RequestMessage& request);
Json delete_dimension(BatchContext& batch, const RequestMessage& request);
Json update_dimension_properties(BatchContext& batch, const RequestMessage& request);
Json move_dimension(BatchContext& batch, const RequestMessage& request);
Json auto_resize_dimensions(BatchContext& batch, const RequestMessage& request);
Json add_dimension_group(BatchContext& batch, const RequestMessage& request);
Json delete_dimension_group(BatchContext& batch, const RequestMessage& request);

// developer_metadata.cpp
Json create_developer_metadata(BatchContext& batch, const RequestMessage& request);
Json update_developer_metadata(BatchContext& batch, const RequestMessage& request);
Json delete_developer_metadata(BatchContext& batch, const RequestMessage& request);

// ranges_requests.cpp
Json merge_cells(BatchContext& batch, const RequestMessage& request);
Json unmerge_cells(BatchContext& batch, const RequestMessage& request);
Json set_basic_filter(BatchContext& batch, const RequestMessage& request);
Json clear_basic_filter(BatchContext& batch, const RequestMessage& request);
Json add_filter_view(BatchContext& batch, const RequestMessage& request);
Json update_filter_view(BatchContext& batch, const RequestMessage& request);
Json delete_filter_view(BatchContext& batch, const RequestMessage& request);
Json duplicate_filter_view(BatchContext& batch, const RequestMessage& request);
Json add_banding(BatchContext& batch, const RequestMessage& request);
Json update_banding(BatchContext& batch, const RequestMessage& request);
Json delete_banding(BatchContext& batch, const RequestMessage& request);
Json add_named_range(BatchContext& batch, const RequestMessage& request);
Json update_named_range(BatchContext& batch, const RequestMessage& request);
Json delete_named_range(BatchContext& batch, const RequestMessage& request);

// paste_requests.cpp
Json copy_paste(BatchContext& batch, const RequestMessage& request);
Json cut_paste(BatchContext& batch, const RequestMessage& request);
Json paste_data(BatchContext& batch, const RequestMessage& request);
Json insert_range(BatchContext& batch, const RequestMessage& request);
Json delete_range(BatchContext& batch, const RequestMessage& request);
Json find_replace(BatchContext& batch, const RequestMessage& request);
Json update_borders(BatchContext& batch, const RequestMessage& request);

// sort_requests.cpp
Json sort_range(BatchContext& batch, const RequestMessage& request);
Json randomize_range(BatchContext& batch, const RequestMessage& request);
Json delete_duplicates(BatchContext& batch, const RequestMessage& request);

// fill_requests.cpp
Json auto_fill(BatchContext& batch, const RequestMessage& request);
Json text_to_columns(BatchContext& batch, const RequestMessage& request);
Json trim_whitespace(BatchContext& batch, const RequestMessage& request);

// rules_requests.cpp
Json set_data_validation(BatchContext& batch, const RequestMessage& request);
Json add_conditional_format_rule(BatchContext& batch, const RequestMessage& request);
Json update_conditional_format_rule(BatchContext& batch, const RequestMessage& request);
Json delete_conditional_format_rule(BatchContext& batch, const RequestMessage& request);

// protection_requests.cpp
Json add_protected_range(BatchContext& batch, const RequestMessage& request);
Json update_protected_range(BatchContext& batch, const RequestMessage& request);
Json delete_protected_range(BatchContext& batch, const RequestMessage& request);

}  // namespace sheets::emulator
