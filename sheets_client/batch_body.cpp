#include "sheets_client/batch_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "sheets_client/cell_json.h"
#include "sheets_client/picture_reader.h"

namespace sheets {
namespace {

constexpr std::string_view kStart = R"({"requests":[)";
// For what a body holds besides its items; a tab needs less than 300 bytes to make room.
constexpr std::size_t kRoomBytes = 512;

}  // namespace

BatchBody::BatchBody(const roadmap::SheetWrite& write, std::span<const WriteItem> items,
                     std::span<const TabTarget> targets, std::span<const std::string> look,
                     std::size_t max_bytes)
    : write_(write), items_(items), targets_(targets), growth_(targets.size()) {
  item_count_ = items_that_fit(max_bytes);
  plan();
  end(look);
  byte_count_ += kStart.size() + end_.size() + (request_count_ > 0 ? request_count_ - 1 : 0);
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
    json.clear();
    // The row's number may take a few more digits later; kRoomBytes covers that for the first rows only, so
    // the largest number is measured.
    render_item(items_[i], 9'999'999, json);
    total += json.size() + 1 + (new_tab ? kRoomBytes : 0);
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
    width = std::max(width, width_of(items_[i]));
    if (items_[i].kind == ItemKind::kInsertedRow) first_inserted = std::min(first_inserted, i);
  }
  if (width > target.columns) {
    growth_[t].columns = width - target.columns;
    add({Piece::Kind::kAppendColumns, t, 0, 0, growth_[t].columns});
  }
  for (std::size_t i = first; i < first_inserted; ++i)
    add({Piece::Kind::kItem, t, i, row_index_of(items_[i]), 0});
  if (first_inserted == end) return;

  // An anchor below the grid's end: rows were deleted since it was read. They go to the end then.
  const int anchor = std::min(write_.tabs[t].insert->after_row + target.inserted, target.rows);
  growth_[t].rows = static_cast<int>(end - first_inserted);
  add({Piece::Kind::kInsertRows, t, 0, anchor, growth_[t].rows});
  for (std::size_t i = first_inserted; i < end; ++i)
    add({Piece::Kind::kItem, t, i, anchor + static_cast<int>(i - first_inserted), 0});
}

void BatchBody::add(Piece piece) {
  piece.first_request = request_count_;
  std::string json;
  // Requests of one item are separated inside it already; byte_count_ counts each separator once, at the end.
  const std::size_t requests = render(piece, json);
  if (requests == 0) return;
  request_count_ += requests;
  byte_count_ += json.size() - (requests - 1);
  pieces_.push_back(piece);
}

int BatchBody::row_index_of(const WriteItem& item) const {
  if (item.kind == ItemKind::kHeader) return write_.tabs[item.tab].headers[item.index].header_row - 1;
  return cells_of(write_, item).front().row - 1;
}

int BatchBody::width_of(const WriteItem& item) const {
  if (item.kind == ItemKind::kHeader) return write_.tabs[item.tab].headers[item.index].column + 1;
  return cells_of(write_, item).back().column + 1;
}

std::optional<std::size_t> BatchBody::item_of_request(std::size_t request) const {
  if (request >= request_count_) return std::nullopt;
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), request,
                       [](std::size_t r, const Piece& piece) { return r < piece.first_request; });
  const Piece& piece = *std::prev(after);
  return piece.kind == Piece::Kind::kItem ? std::optional(piece.item) : std::nullopt;
}

// Returns the number of requests.
std::size_t BatchBody::render(const Piece& piece, std::string& json) const {
  const std::int64_t sheet_id = targets_[piece.tab].sheet_id;
  switch (piece.kind) {
    case Piece::Kind::kAppendColumns:
      fmt::format_to(std::back_inserter(json),
                     R"({{"appendDimension":{{"sheetId":{},"dimension":"COLUMNS","length":{}}}}})", sheet_id,
                     piece.count);
      return 1;
    case Piece::Kind::kInsertRows:
      // inheritFromBefore also allows the grid's very end as a place.
      fmt::format_to(
          std::back_inserter(json),
          R"({{"insertDimension":{{"range":{{"sheetId":{},"dimension":"ROWS","startIndex":{},"endIndex":{}}},"inheritFromBefore":true}}}})",
          sheet_id, piece.row_index, piece.row_index + piece.count);
      return 1;
    case Piece::Kind::kItem:
      return render_item(items_[piece.item], piece.row_index, json);
  }
  return 0;
}

std::size_t BatchBody::render_item(const WriteItem& item, int row_index, std::string& json) const {
  const std::int64_t sheet_id = targets_[item.tab].sheet_id;
  if (item.kind == ItemKind::kHeader) {
    const roadmap::HeaderAdd& header = write_.tabs[item.tab].headers[item.index];
    roadmap::PlannedCell cell;
    cell.column = header.column;
    cell.after = header.text;
    append_update_cells(json, sheet_id, row_index, {&cell, 1});
    return 1;
  }
  const std::span<const roadmap::PlannedCell> cells = cells_of(write_, item);
  std::size_t requests = 0;
  for (std::size_t first = 0; first < cells.size();) {
    std::size_t end = first + 1;
    while (end < cells.size() && cells[end].column == cells[end - 1].column + 1)
      ++end;
    if (requests > 0) json += ',';
    append_update_cells(json, sheet_id, row_index, cells.subspan(first, end - first));
    ++requests;
    first = end;
  }
  return requests;
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
