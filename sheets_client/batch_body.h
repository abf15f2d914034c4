#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/run/sheets_gateway.h"
#include "net/http_client.h"
#include "sheets_client/write_items.h"

namespace sheets {

// Google recommends at most 2 MB a request
// (https://developers.google.com/workspace/sheets/api/limits). One row that is larger travels alone.
inline constexpr std::size_t kMaxBodyBytes = 2'000'000;

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
// inserted below the anchor and below what earlier parts inserted, and filled. One updateCells per run of
// adjacent columns, so that a request belongs to one item.
// Thread safety: none needed; used by one call.
class BatchBody {
 public:
  // `write` passed require_writable; `items` is not empty; `targets` is parallel to write.tabs. `look` are
  // the ranges that the answer shows once all items are taken. All outlive this.
  BatchBody(const roadmap::SheetWrite& write, std::span<const WriteItem> items,
            std::span<const TabTarget> targets, std::span<const std::string> look,
            std::size_t max_bytes = kMaxBodyBytes);

  // Items taken; 1 or more.
  std::size_t item_count() const { return item_count_; }
  std::size_t byte_count() const { return byte_count_; }
  // 0 when the items hold no cells: there is nothing to send.
  std::size_t request_count() const { return request_count_; }
  // The position in `items` behind that request; nullopt for one that makes room for several.
  std::optional<std::size_t> item_of_request(std::size_t request) const;
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
  // A piece of the body: the requests of one item, or one that makes room.
  struct Piece {
    enum class Kind : std::uint8_t { kAppendColumns, kInsertRows, kItem };
    Kind kind = Kind::kItem;
    std::size_t tab = 0;
    std::size_t item = 0;           // kItem: in items_
    int row_index = 0;              // 0-based: of the item, or where rows are inserted
    int count = 0;                  // columns appended or rows inserted
    std::size_t first_request = 0;  // in the body
  };

  void end(std::span<const std::string> look);
  std::size_t items_that_fit(std::size_t max_bytes) const;
  void plan();
  void plan_tab(std::size_t first, std::size_t end);
  void add(Piece piece);
  int row_index_of(const WriteItem& item) const;
  int width_of(const WriteItem& item) const;
  std::size_t render(const Piece& piece, std::string& json) const;
  std::size_t render_item(const WriteItem& item, int row_index, std::string& json) const;

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
