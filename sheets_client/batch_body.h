#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "net/http_client.h"
#include "sheets_client/write_items.h"

namespace sheets {

// A tab as it stands when a body is built: where writes go.
struct TabTarget {
  std::int64_t sheet_id = 0;
  int rows = 0;  // of the grid
  int columns = 0;
  int inserted = 0;  // rows that earlier parts of the same write inserted already
};

// What a body changes about a tab's grid once it is applied.
struct GridGrowth {
  int rows = 0;
  int columns = 0;
};

// One spreadsheets.batchUpdate body: as many items as fit, from the front of a list. It is rendered request
// by request while it is sent; in memory there is one row at a time.
//
// The last requests leave the write's marker: the old one is deleted, the new one created.
//
// Per tab: columns are appended where cells lie beyond the grid, headers and rows are written, then rows are
// inserted below the anchor and below what earlier parts inserted, and filled. Rows that lie together and
// write the same columns are one block: one updateCells for each run of adjacent columns, all rows of the
// block in it. A WriteItem that is `alone` has a request of its own. Thread safety: none needed; used by one
// call.
class BatchBody {
 public:
  // `write` passed require_writable; `items` is not empty; `targets` is parallel to write.tabs. `look` are
  // the ranges that the answer shows once all items are taken. All outlive this. One item that is larger
  // than `max_bytes` is taken alone.
  BatchBody(const roadmap::SheetWrite& write, std::span<const WriteItem> items,
            std::span<const TabTarget> targets, std::span<const std::string> look, std::size_t max_bytes);

  // Items taken; 1 or more.
  std::size_t item_count() const { return item_count_; }
  std::size_t byte_count() const { return byte_count_; }
  // Which of `items` that request writes: the first one and how many. Of none, where it makes room.
  struct ItemRange {
    std::size_t first = 0;
    std::size_t count = 0;
    friend bool operator==(const ItemRange&, const ItemRange&) = default;
  };
  ItemRange items_of_request(std::size_t request) const;
  // Whether that request leaves the marker.
  bool is_marker_request(std::size_t request) const {
    return request >= request_count_ && request < request_count_ + marker_requests_;
  }
  // Whether the answer shows the outcome.
  bool shows_outcome() const { return shows_outcome_; }
  // Parallel to `targets`.
  const std::vector<GridGrowth>& growth() const { return growth_; }

  // The body, from its start. Refers to this. It cannot be rewound: a write that went out once is never
  // repeated below us.
  net::BodySource source() const;

 private:
  // A piece of the body, rendered at once: a request that makes room, or one row of an updateCells. Pieces
  // stand between commas, rows as requests.
  struct Piece {
    enum class Kind : std::uint8_t { kAppendColumns, kInsertRows, kRow };
    Kind kind = Kind::kRow;
    std::size_t tab = 0;
    std::size_t item = 0;        // kRow: in items_
    int row_index = 0;           // 0-based: of the row, or where rows are inserted
    int count = 0;               // columns appended or rows inserted
    std::size_t first_cell = 0;  // kRow: of the item, and the end of its run of columns
    std::size_t end_cell = 0;
    bool opens = true;        // kRow: the first of its request
    bool closes = true;       // the last of it
    std::size_t request = 0;  // which one it belongs to
  };

  void end(std::span<const std::string> look);
  std::size_t items_that_fit(std::size_t max_bytes) const;
  void plan();
  void plan_tab(std::size_t first, std::size_t end);
  void plan_rows(std::size_t first, std::size_t end, int row_index);
  void add(Piece piece);
  // Whether an item goes into the block of the one before it.
  bool joins(std::size_t item, int row_index, int row_index_before) const;
  void render(const Piece& piece, std::string& json) const;

  const roadmap::SheetWrite& write_;
  const std::span<const WriteItem> items_;
  const std::span<const TabTarget> targets_;
  std::size_t item_count_ = 0;
  std::size_t byte_count_ = 0;
  std::size_t request_count_ = 0;
  std::size_t marker_requests_ = 0;
  bool shows_outcome_ = false;
  std::string end_;  // what follows the requests of the items
  std::vector<Piece> pieces_;
  std::vector<GridGrowth> growth_;
};

}  // namespace sheets
