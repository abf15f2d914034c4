#include "core/store/sql.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <utility>

#include "core/errors.h"

namespace roadmap {
namespace {

// SQLITE_TOOBIG and a few others say nothing that an operator could act on beyond SQLite's own words.
std::string sentence_for(int code) {
  // The shared memory beside a database is a file as well; that it cannot grow has codes of its own.
  if (code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_SHMOPEN) code = SQLITE_FULL;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "The disk that holds the database is full. Free some space.";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "Another program is keeping the database locked. Close it and try again.";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "The database may not be written. Check the permissions of its file and folder.";
    case SQLITE_CANTOPEN:
      return "The database file cannot be opened. Check that its folder exists and may be used.";
    case SQLITE_NOTADB:
      return "The file is no SQLite database.";
    case SQLITE_CORRUPT:
      return "The database file is damaged. Restore a backup.";
    case SQLITE_IOERR:
      return "The disk that holds the database reports an error.";
    case SQLITE_CONSTRAINT:
      return "The database refused a change that its rules do not allow.";
    default:
      return "The database could not be used.";
  }
}

// Translates at the border: no SQLite exception travels further.
template <typename Call>
auto guarded(Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const SQLite::Exception& error) {
    throw StorageError(sentence_for(error.getExtendedErrorCode()), error.what());
  }
}

int flags_for(SqlAccess access) {
  const int how =
      access == SqlAccess::kReadOnly ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  return how | SQLite::OPEN_NOMUTEX;
}

}  // namespace

struct SqlStatement::Prepared {
  Prepared(const SQLite::Database& database, const std::string& sql) : statement(database, sql) {}
  SQLite::Statement statement;
  bool on_loan = false;
};

SqlStatement::SqlStatement(std::shared_ptr<Prepared> prepared) : prepared_(std::move(prepared)) {
  prepared_->on_loan = true;
}

SqlStatement::SqlStatement(SqlStatement&& other) noexcept : prepared_(std::move(other.prepared_)) {}

SqlStatement::~SqlStatement() {
  if (!prepared_) return;
  // The result repeats the error of the last step, which was thrown then.
  prepared_->statement.tryReset();
  prepared_->statement.clearBindings();
  prepared_->on_loan = false;
}

template <typename... Value>
SqlStatement& SqlStatement::bind_value(int parameter, const Value&... value) {
  guarded([&] { prepared_->statement.bind(parameter, value...); });
  return *this;
}

SqlStatement& SqlStatement::bind(int parameter, const std::string& text) {
  return bind_value(parameter, text);
}

SqlStatement& SqlStatement::bind(int parameter, const char* text) { return bind_value(parameter, text); }

SqlStatement& SqlStatement::bind(int parameter, const std::optional<std::string>& text) {
  return text ? bind_value(parameter, *text) : bind_value(parameter);
}

SqlStatement& SqlStatement::bind(int parameter, std::int64_t number) { return bind_value(parameter, number); }

SqlStatement& SqlStatement::bind(int parameter, int number) { return bind_value(parameter, number); }

SqlStatement& SqlStatement::bind(int parameter, const Cell& cell) {
  if (const auto* flag = std::get_if<bool>(&cell)) return bind_value(parameter, *flag ? 1 : 0);
  if (const auto* number = std::get_if<double>(&cell)) return bind_value(parameter, *number);
  if (const auto* text = std::get_if<std::string>(&cell)) return bind_value(parameter, *text);
  return bind_value(parameter);
}

SqlStatement& SqlStatement::bind_in_place(int parameter, const std::string& text) {
  guarded([&] { prepared_->statement.bindNoCopy(parameter, text); });
  return *this;
}

bool SqlStatement::step() {
  return guarded([&] { return prepared_->statement.executeStep(); });
}

int SqlStatement::run() {
  return guarded([&] { return prepared_->statement.exec(); });
}

void SqlStatement::run_to_end() {
  while (step()) {
  }
}

void SqlStatement::rewind() {
  guarded([&] { prepared_->statement.reset(); });
}

bool SqlStatement::is_null(int column) const {
  return guarded([&] { return prepared_->statement.isColumnNull(column); });
}

std::int64_t SqlStatement::integer(int column) const {
  return guarded([&] { return prepared_->statement.getColumn(column).getInt64(); });
}

std::string SqlStatement::text(int column) const {
  return guarded([&] { return prepared_->statement.getColumn(column).getString(); });
}

std::optional<std::string> SqlStatement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

std::optional<UtcTime> SqlStatement::optional_time(int column) const {
  if (is_null(column)) return std::nullopt;
  return from_iso8601(text(column));
}

Cell SqlStatement::cell(int column) const {
  return guarded([&]() -> Cell {
    const SQLite::Column value = prepared_->statement.getColumn(column);
    const int type = value.getType();
    if (type == SQLITE_INTEGER) return value.getInt() != 0;
    if (type == SQLITE_FLOAT) return value.getDouble();
    if (type == SQLITE_TEXT) return value.getString();
    return {};
  });
}

SqlConnection::SqlConnection(const std::string& path, SqlAccess access,
                             std::chrono::milliseconds busy_timeout) {
  // Nobody reads SQLite's statistics of memory, for which each of its allocations takes one lock.
  [[maybe_unused]] static const int kConfigured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  try {
    guarded([&] {
      database_ =
          std::make_unique<SQLite::Database>(path, flags_for(access), static_cast<int>(busy_timeout.count()));
    });
  } catch (const StorageError& error) {
    throw StorageError(path + ": " + error.what(), error.detail());
  }
}

SqlConnection::~SqlConnection() = default;

void SqlConnection::exec(const std::string& sql) {
  guarded([&] { database_->exec(sql); });
}

SqlStatement SqlConnection::prepare(std::string_view sql) {
  const auto known = prepared_.find(sql);
  if (known != prepared_.end() && !known->second->on_loan) return SqlStatement(known->second);
  auto fresh =
      guarded([&] { return std::make_shared<SqlStatement::Prepared>(*database_, std::string(sql)); });
  if (known == prepared_.end()) {
    for (auto it = prepared_.begin(); prepared_.size() >= kMaxPreparedStatements && it != prepared_.end();) {
      it = it->second->on_loan ? std::next(it) : prepared_.erase(it);
    }
    prepared_.emplace(sql, fresh);
  }
  return SqlStatement(std::move(fresh));
}

std::int64_t SqlConnection::number(std::string_view sql) {
  SqlStatement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

bool SqlConnection::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

sqlite3* SqlConnection::handle() const { return database_->getHandle(); }

std::vector<std::string> SqlConnection::statements_so_far() const {
  std::vector<std::string> statements;
  for (const auto& [sql, prepared] : prepared_)
    statements.push_back(sql);
  return statements;
}

std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name)
    quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace roadmap
