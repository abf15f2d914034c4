#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheets_client/emulator/workbook/workbook.h"

namespace sheets::emulator {

// Workbooks and the service account's key in one SQLite file, DIR/emulator.db. Every save is one transaction:
// a killed process leaves the state before or after it.
// Every function throws std::runtime_error naming the file when it cannot be read or written.
// Thread safety: all of it; calls wait for each other.
class WorkbookFile {
 public:
  // Opens or creates the file, and the directory. One process a folder: another one that has it is an error.
  explicit WorkbookFile(const std::filesystem::path& directory);
  ~WorkbookFile();
  WorkbookFile(const WorkbookFile&) = delete;
  WorkbookFile& operator=(const WorkbookFile&) = delete;

  std::vector<Workbook> load();
  // Writes the workbook's own properties and, of its sheets that are in `changed`, the rows that are others
  // than at the last save; sheets that are gone are deleted.
  void save(const Workbook& workbook, const std::vector<int>& changed);

  // How many rows were written since the file was opened: what saving costs.
  std::int64_t rows_written();

  std::optional<std::string> setting(std::string_view name);
  void set_setting(std::string_view name, std::string_view value);

 private:
  class Impl;
  std::filesystem::path file_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sheets::emulator
