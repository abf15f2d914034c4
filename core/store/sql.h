#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "core/clock.h"
#include "core/fields/cell.h"

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite
struct sqlite3;

namespace roadmap {

// The only place where SQLite is called. Every function throws StorageError, whose message says what to do
// and whose detail is SQLite's own. A connection and its statements are used by one thread at a time.

// A prepared statement on loan from its connection: reset, unbound and given back when it goes out of scope.
// Parameters and columns are numbered as SQLite does: parameters from 1, columns from 0.
class SqlStatement {
 public:
  SqlStatement(SqlStatement&& other) noexcept;
  SqlStatement& operator=(SqlStatement&&) = delete;
  ~SqlStatement();

  SqlStatement& bind(int parameter, const std::string& text);
  SqlStatement& bind(int parameter, const char* text);
  SqlStatement& bind(int parameter, const std::optional<std::string>& text);  // NULL when absent
  SqlStatement& bind(int parameter, std::int64_t number);
  SqlStatement& bind(int parameter, int number);
  // NULL, INTEGER 0 or 1, REAL or TEXT.
  SqlStatement& bind(int parameter, const Cell& cell);

  // Without a copy: the text outlives the loan. For texts of many megabytes.
  SqlStatement& bind_in_place(int parameter, const std::string& text);

  // Binds parameters 1 to n.
  template <typename... Values>
  SqlStatement& bind_all(const Values&... values) {
    int parameter = 0;
    (bind(++parameter, values), ...);
    return *this;
  }
  // The same.
  SqlStatement& bind_each(const std::vector<Cell>& values) {
    int parameter = 0;
    for (const Cell& value : values)
      bind(++parameter, value);
    return *this;
  }

  // What `read` makes of the next row; nullopt when there is none.
  template <typename Read>
  auto first(const Read& read) -> std::optional<decltype(read(*this))> {
    if (!step()) return std::nullopt;
    return read(*this);
  }
  // What `read` makes of each row that follows.
  template <typename Read>
  auto all(const Read& read) {
    std::vector<std::invoke_result_t<const Read&, const SqlStatement&>> rows;
    while (step())
      rows.push_back(read(*this));
    return rows;
  }

  bool step();        // to the next row; false after the last
  int run();          // from the start to the end; how many rows changed
  void run_to_end();  // after step(): past the last row, which ends an UPDATE … RETURNING
  void rewind();      // before the first row again, so that parameters can be bound anew

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string text(int column) const;  // "" for NULL
  std::optional<std::string> optional_text(int column) const;
  std::optional<UtcTime> optional_time(int column) const;  // nullopt for NULL; else as from_iso8601
  // What bind(Cell) stored: INTEGER comes back as a bool.
  Cell cell(int column) const;

 private:
  friend class SqlConnection;
  struct Prepared;
  explicit SqlStatement(std::shared_ptr<Prepared> prepared);
  template <typename... Value>
  SqlStatement& bind_value(int parameter, const Value&... value);  // NULL for none
  std::shared_ptr<Prepared> prepared_;
};

enum class SqlAccess : std::uint8_t {
  kReadWrite,  // makes the file where there is none
  kReadOnly,
};

// How many prepared statements a connection keeps for the next use.
inline constexpr std::size_t kMaxPreparedStatements = 64;

class SqlConnection {
 public:
  SqlConnection(const std::string& path, SqlAccess access, std::chrono::milliseconds busy_timeout);
  ~SqlConnection();
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;

  void exec(const std::string& sql);  // one or more statements without parameters
  SqlStatement prepare(std::string_view sql);
  // The first column of the first row as a number, 0 when there is no row or it is NULL.
  std::int64_t number(std::string_view sql);

  bool in_transaction() const;
  sqlite3* handle() const;
  // What was prepared and is kept, so that tests can ask how it is carried out.
  std::vector<std::string> statements_so_far() const;

 private:
  struct HashOfSql {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const { return std::hash<std::string_view>{}(sql); }
  };
  std::unique_ptr<SQLite::Database> database_;
  std::unordered_map<std::string, std::shared_ptr<SqlStatement::Prepared>, HashOfSql, std::equal_to<>>
      prepared_;
};

// An identifier quoted for SQL.
std::string quoted_name(std::string_view name);

}  // namespace roadmap
