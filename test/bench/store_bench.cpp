// How long the store takes for 10,000 rows: what every plan waits for under the planning lock.
#include <chrono>
#include <cstdio>
#include <ctime>

#include "core/fields/registry.h"
#include "core/store/database.h"
#include "core/store/store.h"
#include "test/fakes/open_gate.h"
#include "test/fakes/temporary_folder.h"

namespace {

using namespace roadmap;

constexpr int kRows = 10'000;
constexpr std::size_t kColumns = 25;
const TabAddress kTab{"book", "backlog"};

Cell cell_of(FieldType type, int row) {
  if (type == FieldType::kNumber) return row * 1.5;
  if (type == FieldType::kBool) return row % 2 == 0;
  return "a text of usual length, row " + std::to_string(row);
}

StoreChanges everything() {
  const auto& columns = fields_of(Table::kInitiatives);
  StoreChanges changes;
  for (int row = 1; row <= kRows; ++row) {
    InitiativeRecord record = make_initiative(format_initiative_key(row));
    BaseChange base{kTab, record.key, row, {}};
    for (std::size_t i = 0; i < kColumns; ++i) {
      const Cell cell = cell_of(field(columns[i]).type, row);
      record.set(columns[i], cell);
      base.cells.emplace_back(columns[i], BaseCell{cell, cell, std::nullopt});
    }
    changes.new_initiatives.push_back(std::move(record));
    changes.bases.push_back(std::move(base));
  }
  return changes;
}

// Processor time is what compares on a busy machine; the time that passed includes the disk.
template <typename Work>
void measure(const char* what, Work work) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t processor = std::clock();
  work();
  const double busy = 1000.0 * static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
  const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
  std::printf("%-36s %8.0f ms of processor %8.0f ms passed\n", what, busy, passed.count());
}

}  // namespace

int main() {
  const test::TemporaryFolder folder;
  DatabaseOptions options;
  options.path = folder / "roadmap.db";
  Database database(options);
  Store store(database);
  const StoreChanges changes = everything();
  std::printf("%d rows of %zu fields\n", kRows, kColumns);
  measure("commit new initiatives and bases",
          [&] { store.begin_planning().commit(changes, roadmap::test::open_gate()); });
  StoreChanges again;
  again.bases = changes.bases;
  measure("commit the same bases again",
          [&] { store.begin_planning().commit(again, roadmap::test::open_gate()); });
  Planning planning = store.begin_planning();
  measure("read bases", [&] { planning.bases(kTab); });
  measure("read initiatives", [&] { planning.initiatives(); });
}
