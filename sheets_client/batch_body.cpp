#include "sheets_client/batch_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "sheets_client/answer_reader.h"
#include "sheets_client/cell_json.h"

namespace sheets {
namespace {

constexpr std::string_view kStart = R"({"requests":[)";
// For what a body holds besides its items; a tab needs less than 300 bytes to make room.
constexpr std::size_t kRoomBytes = 512;
constexpr int kLargestRowIndex = 9'999'999;

int row_index_of(const WriteItem& item) { return item.cells.front().row - 1; }

// The end of the run of adjacent columns that begins with that cell.
std::size_t end_of_run(std::span<const roadmap::PlannedCell> cells, std::size_t first) {
  std::size_t end = first + 1;
  while (end < cells.size() && cells[end].column == cells[end - 1].column + 1)
    ++end;
  return end;
}

}  // namespace

BatchBody::BatchBody(const roadmap::SheetWrite& write, std::span<const WriteItem> items,
                     std::span<const TabTarget> targets, std::span<const std::string> look,
                     std::size_t max_bytes)
    : write_(write), items_(items), targets_(targets), growth_(targets.size()) {
  item_count_ = items_that_fit(max_bytes);
  plan();
  end(look);
  byte_count_ += kStart.size() + end_.size();
}

void BatchBody::end(std::span<const std::string> look) {
  if (!write_.marker.empty()) {
    const std::size_t applied = items_[item_count_ - 1].number + 1;
    end_ += fmt::format(
        R"(,{{"deleteDeveloperMetadata":{{"dataFilter":{{"developerMetadataLookup":{{"metadataKey":"{0}","locationType":"SPREADSHEET"}}}}}}}},{{"createDeveloperMetadata":{{"developerMetadata":{{"metadataKey":"{0}","metadataValue":"{1} {2}","location":{{"spreadsheet":true}},"visibility":"DOCUMENT"}}}}}})",
        kMarkerKey, write_.marker, applied);
    marker_requests_ = 2;
  }
  end_ += ']';
  shows_outcome_ = item_count_ == items_.size() && !look.empty();
  if (shows_outcome_) {
    end_ += R"(,"includeSpreadsheetInResponse":true,"responseIncludeGridData":true,"responseRanges":)";
    end_ += nlohmann::json(std::vector<std::string>(look.begin(), look.end())).dump();
  }
  end_ += '}';
}

std::size_t BatchBody::items_that_fit(std::size_t max_bytes) const {
  std::size_t total = kStart.size() + kRoomBytes;
  std::string json;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const bool new_tab = i == 0 || items_[i].tab != items_[i - 1].tab;
    const std::span<const roadmap::PlannedCell> cells = items_[i].cells;
    const bool joined = !new_tab && joins(i, row_index_of(items_[i]), row_index_of(items_[i - 1]));
    json.clear();
    for (std::size_t first = 0; first < cells.size();) {
      const std::size_t run_end = end_of_run(cells, first);
      // Where a block ends is not known yet, and rows may take a few more digits later: kRoomBytes covers
      // that for the first rows only, so the largest number is measured.
      if (!joined) {
        append_update_start(json, targets_[items_[i].tab].sheet_id, kLargestRowIndex, cells[first].column);
        append_update_end(json);
        json += ',';
      }
      append_row_data(json, cells.subspan(first, run_end - first));
      json += ',';
      first = run_end;
    }
    total += json.size() + (new_tab ? kRoomBytes : 0);
    if (i > 0 && total > max_bytes) return i;
  }
  return items_.size();
}

void BatchBody::plan() {
  std::size_t first = 0;
  while (first < item_count_) {
    std::size_t end = first;
    while (end < item_count_ && items_[end].tab == items_[first].tab)
      ++end;
    plan_tab(first, end);
    first = end;
  }
}

// items_[first, end) are of one tab.
void BatchBody::plan_tab(std::size_t first, std::size_t end) {
  const std::size_t t = items_[first].tab;
  const TabTarget& target = targets_[t];
  int width = 0;
  std::size_t first_inserted = end;
  for (std::size_t i = first; i < end; ++i) {
    width = std::max(width, items_[i].cells.back().column + 1);
    if (items_[i].kind == ItemKind::kInsertedRow) first_inserted = std::min(first_inserted, i);
  }
  if (width > target.columns) {
    growth_[t].columns = width - target.columns;
    add({.kind = Piece::Kind::kAppendColumns, .tab = t, .count = growth_[t].columns});
  }
  const auto& insert = write_.tabs[t].insert;
  // An anchor below the grid's end: rows were deleted since it was read. They go to the end then.
  const int anchor = insert ? std::min(insert->after_row + target.inserted, target.rows) : 0;
  // Inserted rows lie below each other, whichever were dropped.
  const auto row_index = [&](std::size_t i) {
    return i < first_inserted ? row_index_of(items_[i]) : anchor + static_cast<int>(i - first_inserted);
  };
  for (std::size_t i = first; i < end;) {
    if (i == first_inserted) {
      growth_[t].rows = static_cast<int>(end - first_inserted);
      add({.kind = Piece::Kind::kInsertRows, .tab = t, .row_index = anchor, .count = growth_[t].rows});
    }
    std::size_t block_end = i + 1;
    while (block_end < end && joins(block_end, row_index(block_end), row_index(block_end - 1)))
      ++block_end;
    plan_rows(i, block_end, row_index(i));
    i = block_end;
  }
}

// items_[first, end) are one block, whose first row goes to `row_index`.
void BatchBody::plan_rows(std::size_t first, std::size_t end, int row_index) {
  const std::span<const roadmap::PlannedCell> columns = items_[first].cells;
  for (std::size_t cell = 0; cell < columns.size();) {
    Piece piece;
    piece.tab = items_[first].tab;
    piece.first_cell = cell;
    piece.end_cell = end_of_run(columns, cell);
    for (piece.item = first; piece.item < end; ++piece.item) {
      piece.row_index = row_index + static_cast<int>(piece.item - first);
      piece.opens = piece.item == first;
      piece.closes = piece.item + 1 == end;
      add(piece);
    }
    cell = piece.end_cell;
  }
}

void BatchBody::add(Piece piece) {
  if (piece.opens) ++request_count_;
  piece.request = request_count_ - 1;
  std::string json;
  render(piece, json);
  byte_count_ += json.size() + (pieces_.empty() ? 0 : 1);
  pieces_.push_back(piece);
}

bool BatchBody::joins(std::size_t item, int row_index, int row_index_before) const {
  const WriteItem& before = items_[item - 1];
  const WriteItem& one = items_[item];
  if (before.alone || one.alone || before.kind != one.kind || one.kind == ItemKind::kHeader) return false;
  const auto same_column = [](const roadmap::PlannedCell& a, const roadmap::PlannedCell& b) {
    return a.column == b.column;
  };
  return row_index == row_index_before + 1 && std::ranges::equal(before.cells, one.cells, same_column);
}

BatchBody::ItemRange BatchBody::items_of_request(std::size_t request) const {
  ItemRange range;
  for (auto piece = std::ranges::lower_bound(pieces_, request, {}, &Piece::request);
       piece != pieces_.end() && piece->request == request; ++piece) {
    if (piece->kind != Piece::Kind::kRow) continue;
    if (range.count++ == 0) range.first = piece->item;
  }
  return range;
}

void BatchBody::render(const Piece& piece, std::string& json) const {
  const std::int64_t sheet_id = targets_[piece.tab].sheet_id;
  switch (piece.kind) {
    case Piece::Kind::kAppendColumns:
      fmt::format_to(std::back_inserter(json),
                     R"({{"appendDimension":{{"sheetId":{},"dimension":"COLUMNS","length":{}}}}})", sheet_id,
                     piece.count);
      return;
    case Piece::Kind::kInsertRows:
      // inheritFromBefore also allows the grid's very end as a place.
      fmt::format_to(
          std::back_inserter(json),
          R"({{"insertDimension":{{"range":{{"sheetId":{},"dimension":"ROWS","startIndex":{},"endIndex":{}}},"inheritFromBefore":true}}}})",
          sheet_id, piece.row_index, piece.row_index + piece.count);
      return;
    case Piece::Kind::kRow: {
      const auto cells =
          items_[piece.item].cells.subspan(piece.first_cell, piece.end_cell - piece.first_cell);
      if (piece.opens) append_update_start(json, sheet_id, piece.row_index, cells.front().column);
      append_row_data(json, cells);
      if (piece.closes) append_update_end(json);
      return;
    }
  }
}

net::BodySource BatchBody::source() const {
  struct Progress {
    std::size_t next_piece = 0;
    std::string text{kStart};
    std::size_t sent = 0;  // of text
    bool ended = false;
  };
  const auto progress = std::make_shared<Progress>();
  net::BodySource source;
  source.size = byte_count_;
  source.read = [this, progress](char* buffer, std::size_t size) {
    std::size_t filled = 0;
    while (filled < size) {
      if (progress->sent == progress->text.size()) {
        if (progress->ended) break;
        progress->text.clear();
        progress->sent = 0;
        if (progress->next_piece == pieces_.size()) {
          progress->text = end_;
          progress->ended = true;
        } else {
          if (progress->next_piece > 0) progress->text = ",";
          render(pieces_[progress->next_piece++], progress->text);
        }
      }
      const std::size_t count = std::min(size - filled, progress->text.size() - progress->sent);
      std::copy_n(progress->text.data() + progress->sent, count, buffer + filled);
      filled += count;
      progress->sent += count;
    }
    return filled;
  };
  return source;
}

}  // namespace sheets
