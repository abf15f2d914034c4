#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

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

}  // namespace sheets::emulator
