#pragma once

#include "sheets_client/emulator/requests/batch_update.h"

namespace sheets::emulator {

// The requests of spreadsheets.batchUpdate, one function each, shaped as RequestHandler says.

// requests_sheets.cpp
Json add_sheet(BatchContext& batch, const RequestMessage& request);
Json delete_sheet(BatchContext& batch, const RequestMessage& request);
Json update_sheet_properties(BatchContext& batch, const RequestMessage& request);

// requests_cells.cpp
Json update_cells(BatchContext& batch, const RequestMessage& request);
Json append_cells(BatchContext& batch, const RequestMessage& request);
Json repeat_cell(BatchContext& batch, const RequestMessage& request);

// requests_dimensions.cpp
Json append_dimension(BatchContext& batch, const RequestMessage& request);
Json insert_dimension(BatchContext& batch, const RequestMessage& request);
Json delete_dimension(BatchContext& batch, const RequestMessage& request);
Json update_dimension_properties(BatchContext& batch, const RequestMessage& request);

// requests_sort.cpp
Json sort_range(BatchContext& batch, const RequestMessage& request);

// requests_rules.cpp
Json set_data_validation(BatchContext& batch, const RequestMessage& request);
Json add_conditional_format_rule(BatchContext& batch, const RequestMessage& request);

// requests_protection.cpp
Json add_protected_range(BatchContext& batch, const RequestMessage& request);
Json update_protected_range(BatchContext& batch, const RequestMessage& request);
Json delete_protected_range(BatchContext& batch, const RequestMessage& request);

}  // namespace sheets::emulator
