#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "sheets_client/emulator/workbook/workbook.h"
#include "sheets_client/emulator/workbook/workbook_file.h"

namespace sheets::emulator {

// Which tabs changed when, for whoever shows them. Thread safety: all of it.
class Revisions {
 public:
  // Counts one change of one workbook. `sheet_ids`: the tabs it touched or removed; empty when only the
  // workbook itself changed.
  void record(const std::string& spreadsheet_id, const std::vector<int>& sheet_ids);

  struct Change {
    std::string spreadsheet_id;
    std::vector<int> sheet_ids;
  };
  struct Changes {
    std::int64_t revision = 0;  // of the last change there is
    std::vector<Change> changes;
  };
  // Everything that changed after `since`. Never blocks.
  Changes since(std::int64_t since) const;

  // While it lives, fd() becomes readable with every change. fd() is -1 when too many watch already.
  class Watch {
   public:
    explicit Watch(Revisions& revisions);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    int fd() const { return fd_; }
    // Makes fd() unreadable again.
    void drain();

   private:
    Revisions& revisions_;
    int fd_;
  };

 private:
  struct Workbook {
    std::int64_t revision = 0;
    std::map<int, std::int64_t> sheets;
  };
  mutable std::mutex mutex_;
  std::int64_t revision_ = 0;
  std::map<std::string, Workbook> workbooks_;
  std::set<int> watching_;
};

// All workbooks. Readers take a snapshot, which never changes; a change works on a copy and replaces the
// snapshot when it succeeded, saved first where there is a file.
// Thread safety: all of it. Changes of one workbook run one after the other, reads wait for none of them.
class WorkbookStore : public WorkbookLookup {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;
  // `file` may be nullptr: memory only. Loads what it holds. `clock` unset: the system's.
  WorkbookStore(std::shared_ptr<WorkbookFile> file, Revisions& revisions, Clock clock = {});

  std::shared_ptr<const Workbook> find_workbook(std::string_view id) const override;
  std::chrono::system_clock::time_point now() const override;
  std::vector<std::shared_ptr<const Workbook>> all() const;

  // Replaces a workbook of the same id. Throws ApiError (429) when there are too many.
  void add(Workbook workbook);

  // Calls `change` with a copy of the workbook, publishes it afterwards and returns it. When `change` throws,
  // nothing happened. Throws ApiError (404) when there is no such workbook.
  std::shared_ptr<const Workbook> change(const std::string& id, const std::function<void(Workbook&)>& change);

  // An id that looks like Google's and that no workbook has.
  std::string unused_id() const;

 private:
  struct Slot {
    std::mutex changing;
    std::shared_ptr<const Workbook> current;  // guarded by mutex_
  };
  Slot* find_slot(const std::string& id) const;
  std::shared_ptr<const Workbook> publish(Slot& slot, const Workbook* before, Workbook after);

  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Slot>, std::less<>> slots_;
  std::shared_ptr<WorkbookFile> file_;
  Revisions& revisions_;
  Clock clock_;
};

}  // namespace sheets::emulator
