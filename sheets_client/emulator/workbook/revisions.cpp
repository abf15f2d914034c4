#include "sheets_client/emulator/workbook/revisions.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxWatches = 64;

}  // namespace

void Revisions::record(const std::string& spreadsheet_id, const std::vector<int>& sheet_ids) {
  const std::lock_guard lock(mutex_);
  ++revision_;
  Workbook& workbook = workbooks_[spreadsheet_id];
  workbook.revision = revision_;
  for (const int id : sheet_ids)
    workbook.sheets[id] = revision_;
  for (const int fd : watching_)
    eventfd_write(fd, 1);
}

Revisions::Changes Revisions::since(std::int64_t since) const {
  const std::lock_guard lock(mutex_);
  Changes result;
  result.revision = revision_;
  for (const auto& [id, workbook] : workbooks_) {
    if (workbook.revision <= since) continue;
    Change change{id, {}};
    for (const auto& [sheet, revision] : workbook.sheets) {
      if (revision > since) change.sheet_ids.push_back(sheet);
    }
    result.changes.push_back(std::move(change));
  }
  return result;
}

Revisions::Watch::Watch(Revisions& revisions) : revisions_(revisions), fd_(-1) {
  const std::lock_guard lock(revisions_.mutex_);
  if (revisions_.watching_.size() >= kMaxWatches) return;
  fd_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (fd_ >= 0) revisions_.watching_.insert(fd_);
}

Revisions::Watch::~Watch() {
  if (fd_ < 0) return;
  const std::lock_guard lock(revisions_.mutex_);
  revisions_.watching_.erase(fd_);
  close(fd_);
}

void Revisions::Watch::drain() {
  eventfd_t count = 0;
  if (fd_ >= 0) static_cast<void>(eventfd_read(fd_, &count));
}

}  // namespace sheets::emulator
