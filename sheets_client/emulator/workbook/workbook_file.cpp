#include "sheets_client/emulator/workbook/workbook_file.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "sheets_client/emulator/workbook/sheet_codec.h"

namespace sheets::emulator {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workbook (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, locale TEXT NOT NULL, time_zone TEXT NOT NULL,
  owner TEXT NOT NULL, shared INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workbook_metadata (workbook_id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sheet (
  workbook_id TEXT NOT NULL, sheet_id INTEGER NOT NULL, position INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (workbook_id, sheet_id)) STRICT;
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
 public:
  explicit Impl(const std::filesystem::path& file)
      : database_(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs) {
    database_.exec("PRAGMA journal_mode = WAL");
    database_.exec("PRAGMA synchronous = NORMAL");
    database_.exec(kSchema);
  }

  std::vector<Workbook> load() {
    const std::lock_guard lock(mutex_);
    std::vector<Workbook> workbooks;
    SQLite::Statement query(database_, "SELECT id, title, locale, time_zone, owner, shared FROM workbook");
    while (query.executeStep()) {
      Workbook workbook;
      workbook.id = query.getColumn(0).getString();
      workbook.title = query.getColumn(1).getString();
      workbook.locale = query.getColumn(2).getString();
      workbook.time_zone = query.getColumn(3).getString();
      workbook.owner = query.getColumn(4).getString();
      workbook.shared = query.getColumn(5).getInt() != 0;
      load_metadata(workbook);
      load_sheets(workbook);
      workbooks.push_back(std::move(workbook));
    }
    return workbooks;
  }

  void save(const Workbook& workbook, const std::vector<int>& changed) {
    const std::lock_guard lock(mutex_);
    SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
    save_workbook(workbook);
    for (const int id : changed) {
      if (!workbook.find(id)) remove_sheet(workbook.id, id);
    }
    for (std::size_t i = 0; i < workbook.size(); ++i) {
      const bool content =
          std::find(changed.begin(), changed.end(), workbook.sheet(i).properties.id) != changed.end();
      save_sheet(workbook, i, content);
    }
    transaction.commit();
  }

  std::optional<std::string> setting(std::string_view name) {
    const std::lock_guard lock(mutex_);
    SQLite::Statement query(database_, "SELECT value FROM setting WHERE name = ?");
    query.bind(1, std::string(name));
    return query.executeStep() ? std::optional(query.getColumn(0).getString()) : std::nullopt;
  }

  void set_setting(std::string_view name, std::string_view value) {
    const std::lock_guard lock(mutex_);
    SQLite::Statement insert(database_, "INSERT OR REPLACE INTO setting VALUES (?, ?)");
    insert.bind(1, std::string(name));
    insert.bind(2, std::string(value));
    insert.exec();
  }

 private:
  void load_metadata(Workbook& workbook) {
    SQLite::Statement query(database_, "SELECT content FROM workbook_metadata WHERE workbook_id = ?");
    query.bind(1, workbook.id);
    if (query.executeStep()) workbook.developer_metadata = decode_metadata(query.getColumn(0).getString());
  }

  void load_sheets(Workbook& workbook) {
    SQLite::Statement query(database_, "SELECT content FROM sheet WHERE workbook_id = ? ORDER BY position");
    query.bind(1, workbook.id);
    while (query.executeStep())
      workbook.insert(workbook.size(), decode_sheet(query.getColumn(0).getString()));
  }

  void save_workbook(const Workbook& workbook) {
    SQLite::Statement insert(database_, "INSERT OR REPLACE INTO workbook VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(1, workbook.id);
    insert.bind(2, workbook.title);
    insert.bind(3, workbook.locale);
    insert.bind(4, workbook.time_zone);
    insert.bind(5, workbook.owner);
    insert.bind(6, workbook.shared ? 1 : 0);
    insert.exec();
    SQLite::Statement metadata(database_, "INSERT OR REPLACE INTO workbook_metadata VALUES (?, ?)");
    metadata.bind(1, workbook.id);
    metadata.bind(2, encode_metadata(workbook.developer_metadata));
    metadata.exec();
  }

  void remove_sheet(const std::string& workbook_id, int sheet_id) {
    SQLite::Statement remove(database_, "DELETE FROM sheet WHERE workbook_id = ? AND sheet_id = ?");
    remove.bind(1, workbook_id);
    remove.bind(2, sheet_id);
    remove.exec();
  }

  void save_sheet(const Workbook& workbook, std::size_t index, bool content) {
    const Sheet& sheet = workbook.sheet(index);
    SQLite::Statement statement(
        database_, content ? "INSERT OR REPLACE INTO sheet (position, workbook_id, sheet_id, content) "
                             "VALUES (?, ?, ?, ?)"
                           : "UPDATE sheet SET position = ? WHERE workbook_id = ? AND sheet_id = ?");
    statement.bind(1, static_cast<int>(index));
    statement.bind(2, workbook.id);
    statement.bind(3, sheet.properties.id);
    if (content) statement.bind(4, encode_sheet(sheet));
    statement.exec();
  }

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
  return on_file(file_, [&] { return impl_->setting(name); });
}
void WorkbookFile::set_setting(std::string_view name, std::string_view value) {
  on_file(file_, [&] { impl_->set_setting(name, value); });
}

}  // namespace sheets::emulator
