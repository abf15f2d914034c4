#pragma once

#include "sheets_client/emulator/requests/batch_update.h"

namespace sheets::emulator {

// The requests of spreadsheets.batchUpdate, one function each, shaped as RequestHandler says.

// sheets_requests.cpp
Json add_sheet(BatchContext& batch, const RequestMessage& request);
Json delete_sheet(BatchContext& batch, const RequestMessage& request);
Json update_sheet_properties(BatchContext& batch, const RequestMessage& request);

// cells_requests.cpp
Json update_cells(BatchContext& batch, const RequestMessage& request);
Json append_cells(BatchContext& batch, const RequestMessage& request);
Json repeat_cell(BatchContext& batch, const RequestMessage& request);

// dimensions_requests.cpp
Json append_dimension(BatchContext& batch, const RequestMessage& request);
Json insert_dimension(BatchContext& batch, const RequestMessage& request);
Json delete_dimension(BatchContext& batch, const RequestMessage& request);
Json update_dimension_properties(BatchContext& batch, const RequestMessage& request);

// developer_metadata.cpp
Json create_developer_metadata(BatchContext& batch, const RequestMessage& request);
Json update_developer_metadata(BatchContext& batch, const RequestMessage& request);
Json delete_developer_metadata(BatchContext& batch, const RequestMessage& request);

// sort_requests.cpp
Json sort_range(BatchContext& batch, const RequestMessage& request);

// rules_requests.cpp
Json set_data_validation(BatchContext& batch, const RequestMessage& request);
Json add_conditional_format_rule(BatchContext& batch, const RequestMessage& request);

// protection_requests.cpp
Json add_protected_range(BatchContext& batch, const RequestMessage& request);
Json update_protected_range(BatchContext& batch, const RequestMessage& request);
Json delete_protected_range(BatchContext& batch, const RequestMessage& request);

}  // namespace sheets::emulator
