#include "sheets_client/emulator/workbook/workbook_file.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "sheets_client/emulator/workbook/sheet_codec.h"

namespace sheets::emulator {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kFileVersion = 2;
constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workbook (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, locale TEXT NOT NULL, time_zone TEXT NOT NULL,
  owner TEXT NOT NULL, shared INTEGER NOT NULL, metadata TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sheet_frame (
  workbook_id TEXT NOT NULL, sheet_id INTEGER NOT NULL, position INTEGER NOT NULL, content TEXT NOT NULL,
  row_order TEXT NOT NULL, PRIMARY KEY (workbook_id, sheet_id)) STRICT;
CREATE TABLE IF NOT EXISTS sheet_row (
  workbook_id TEXT NOT NULL, sheet_id INTEGER NOT NULL, row_id INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (workbook_id, sheet_id, row_id)) STRICT, WITHOUT ROWID;
)";

// Runs `work` on the database and names the file in whatever goes wrong.
template <typename Work>
auto on_file(const std::filesystem::path& file, Work&& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    throw std::runtime_error(file.string() + ": " + error.what());
  }
}

}  // namespace

class WorkbookFile::Impl {
  // What the file has of a sheet: each row's number there, 0 for a row that nothing was written to. The
  // pointers keep the rows that are stored alive, so that no other row can be mistaken for one of them.
  struct StoredSheet {
    std::string frame;
    int position = -1;
    std::vector<std::pair<std::shared_ptr<const Row>, std::int64_t>> rows;
    std::int64_t last_id = 0;
  };

  // Until the end of this process, however it ends (SQLite, "PRAGMA locking_mode").
  void hold_alone() {
    try {
      database_.exec("PRAGMA locking_mode = EXCLUSIVE");
      database_.exec("PRAGMA journal_mode = WAL");
      database_.exec("BEGIN IMMEDIATE; COMMIT");
    } catch (const SQLite::Exception& error) {
      if (error.getErrorCode() != SQLITE_BUSY) throw;
      throw std::runtime_error("another emulator uses this folder; give each its own");
    }
  }

  static std::string order_text(const StoredSheet& stored) {
    std::string text;
    for (const auto& [row, id] : stored.rows) {
      if (!text.empty()) text += ' ';
      text += std::to_string(id);
    }
    return text;
  }

 public:
  explicit Impl(const std::filesystem::path& file)
      : database_(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs) {
    hold_alone();
    database_.exec("PRAGMA synchronous = NORMAL");
    if (version() == 0 && database_.tableExists("sheet"))
      throw std::runtime_error("an earlier version of the emulator wrote it; delete it to start anew");
    database_.exec(kSchema);
    database_.exec("PRAGMA user_version = " + std::to_string(kFileVersion));
  }

  std::vector<Workbook> load() {
    const std::lock_guard lock(mutex_);
    std::vector<Workbook> workbooks;
    RowReader reader;
    SQLite::Statement query(database_,
                            "SELECT id, title, locale, time_zone, owner, shared, metadata FROM workbook");
    while (query.executeStep()) {
      Workbook workbook;
      workbook.id = query.getColumn(0).getString();
      workbook.title = query.getColumn(1).getString();
      workbook.locale = query.getColumn(2).getString();
      workbook.time_zone = query.getColumn(3).getString();
      workbook.owner = query.getColumn(4).getString();
      workbook.shared = query.getColumn(5).getInt() != 0;
      workbook.developer_metadata = decode_metadata(query.getColumn(6).getString());
      load_sheets(workbook, reader);
      workbooks.push_back(std::move(workbook));
    }
    return workbooks;
  }

  void save(const Workbook& workbook, const std::vector<int>& changed) {
    const std::lock_guard lock(mutex_);
    SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
    save_workbook(workbook);
    std::map<int, StoredSheet> after = stored_[workbook.id];
    for (const int id : changed) {
      if (workbook.find(id)) continue;
      remove_sheet(workbook.id, id);
      after.erase(id);
    }
    for (std::size_t i = 0; i < workbook.size(); ++i) {
      const Sheet& sheet = workbook.sheet(i);
      StoredSheet& stored = after[sheet.properties.id];
      const bool touched = std::find(changed.begin(), changed.end(), sheet.properties.id) != changed.end();
      if (touched || stored.position != static_cast<int>(i))
        save_sheet(workbook.id, sheet, static_cast<int>(i), stored);
    }
    transaction.commit();
    stored_[workbook.id] = std::move(after);
  }

  std::optional<std::string> setting(const std::string& name) {
    const std::lock_guard lock(mutex_);
    SQLite::Statement query = asked("SELECT value FROM setting WHERE name = ?", name);
    return query.executeStep() ? std::optional(query.getColumn(0).getString()) : std::nullopt;
  }

  void set_setting(const std::string& name, const std::string& value) {
    const std::lock_guard lock(mutex_);
    run("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value);
  }

  std::int64_t rows_written() {
    const std::lock_guard lock(mutex_);
    return rows_written_;
  }

 private:
  int version() { return database_.execAndGet("PRAGMA user_version").getInt(); }

  template <typename... Values>
  SQLite::Statement asked(const char* sql, const Values&... values) {
    SQLite::Statement statement(database_, sql);
    SQLite::bind(statement, values...);
    return statement;
  }
  template <typename... Values>
  void run(const char* sql, const Values&... values) {
    asked(sql, values...).exec();
  }

  void load_sheets(Workbook& workbook, RowReader& reader) {
    SQLite::Statement query =
        asked("SELECT sheet_id, content, row_order FROM sheet_frame WHERE workbook_id = ? ORDER BY position",
              workbook.id);
    while (query.executeStep()) {
      StoredSheet stored;
      stored.frame = query.getColumn(1).getString();
      stored.position = static_cast<int>(workbook.size());
      Sheet sheet = decode_frame(stored.frame);
      load_rows(workbook.id, sheet, query.getColumn(2).getString(), stored, reader);
      stored_[workbook.id][sheet.properties.id] = std::move(stored);
      workbook.insert(workbook.size(), std::move(sheet));
    }
  }

  void load_rows(const std::string& workbook_id, Sheet& sheet, const std::string& order, StoredSheet& stored,
                 RowReader& reader) {
    std::map<std::int64_t, std::string> contents;
    SQLite::Statement query =
        asked("SELECT row_id, content FROM sheet_row WHERE workbook_id = ? AND sheet_id = ?", workbook_id,
              sheet.properties.id);
    while (query.executeStep())
      contents[query.getColumn(0).getInt64()] = query.getColumn(1).getString();
    std::istringstream ids(order);
    int row = 0;
    for (std::int64_t id = 0; ids >> id; ++row) {
      const auto found = contents.find(id);
      if (found != contents.end()) sheet.edit_row(row, 0) = reader.decode(found->second);
      stored.rows.emplace_back(found == contents.end() ? nullptr : sheet.shared_row(row), id);
      stored.last_id = std::max(stored.last_id, id);
    }
  }

  void save_workbook(const Workbook& workbook) {
    run("INSERT OR REPLACE INTO workbook VALUES (?, ?, ?, ?, ?, ?, ?)", workbook.id, workbook.title,
        workbook.locale, workbook.time_zone, workbook.owner, workbook.shared ? 1 : 0,
        encode_metadata(workbook.developer_metadata));
  }

  void remove_sheet(const std::string& workbook_id, int sheet_id) {
    run("DELETE FROM sheet_frame WHERE workbook_id = ? AND sheet_id = ?", workbook_id, sheet_id);
    run("DELETE FROM sheet_row WHERE workbook_id = ? AND sheet_id = ?", workbook_id, sheet_id);
  }

  // Writes the rows that changed; the sheet itself only when it, its place or the order of its rows did.
  void save_sheet(const std::string& workbook_id, const Sheet& sheet, int position, StoredSheet& stored) {
    const std::string order_before = order_text(stored);
    save_rows(workbook_id, sheet, stored);
    std::string frame = encode_frame(sheet);
    const std::string order = order_text(stored);
    if (frame == stored.frame && order == order_before && position == stored.position) return;
    run("INSERT OR REPLACE INTO sheet_frame VALUES (?, ?, ?, ?, ?)", workbook_id, sheet.properties.id,
        position, frame, order);
    stored.frame = std::move(frame);
    stored.position = position;
  }

  // Rows are known by their pointers. A row that is new where another was before takes over its number.
  void save_rows(const std::string& workbook_id, const Sheet& sheet, StoredSheet& stored) {
    const auto before = std::move(stored.rows);
    std::unordered_map<const Row*, std::int64_t> known;
    for (const auto& [row, id] : before) {
      if (row) known.emplace(row.get(), id);
    }
    std::unordered_set<std::int64_t> kept;
    for (int r = 0; r < sheet.stored_rows(); ++r) {
      const auto found = known.find(sheet.row(r));
      if (found != known.end()) kept.insert(found->second);
    }
    stored.rows.clear();
    for (int r = 0; r < sheet.stored_rows(); ++r) {
      const auto& row = sheet.shared_row(r);
      const auto found = known.find(row.get());
      std::int64_t id = !row ? 0 : found != known.end() ? found->second : -1;
      if (id < 0) {
        const auto at = static_cast<std::size_t>(r);
        const std::int64_t here = at < before.size() ? before[at].second : 0;
        id = here != 0 && kept.insert(here).second ? here : ++stored.last_id;
        run("INSERT OR REPLACE INTO sheet_row VALUES (?, ?, ?, ?)", workbook_id, sheet.properties.id, id,
            encode_row(*row));
        ++rows_written_;
      }
      stored.rows.emplace_back(row, id);
      kept.insert(id);
    }
    for (const auto& [row, id] : before) {
      if (id == 0 || kept.contains(id)) continue;
      run("DELETE FROM sheet_row WHERE workbook_id = ? AND sheet_id = ? AND row_id = ?", workbook_id,
          sheet.properties.id, id);
    }
  }

  std::map<std::string, std::map<int, StoredSheet>, std::less<>>
      stored_;  // what the file has, by workbook and sheet
  std::int64_t rows_written_ = 0;
  std::mutex mutex_;
  SQLite::Database database_;
};

WorkbookFile::WorkbookFile(const std::filesystem::path& directory) : file_(directory / "emulator.db") {
  on_file(file_, [&] {
    std::filesystem::create_directories(directory);
    impl_ = std::make_unique<Impl>(file_);
  });
}
WorkbookFile::~WorkbookFile() = default;

std::vector<Workbook> WorkbookFile::load() {
  return on_file(file_, [&] { return impl_->load(); });
}
void WorkbookFile::save(const Workbook& workbook, const std::vector<int>& changed) {
  on_file(file_, [&] { impl_->save(workbook, changed); });
}
std::optional<std::string> WorkbookFile::setting(std::string_view name) {
  return on_file(file_, [&] { return impl_->setting(std::string(name)); });
}
void WorkbookFile::set_setting(std::string_view name, std::string_view value) {
  on_file(file_, [&] { impl_->set_setting(std::string(name), std::string(value)); });
}

std::int64_t WorkbookFile::rows_written() { return impl_->rows_written(); }

}  // namespace sheets::emulator
