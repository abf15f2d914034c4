#include "sheets_client/emulator/workbook/workbook_store.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <random>

#include "sheets_client/emulator/workbook/api_error.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kMaxWatches = 64;

constexpr std::size_t kIdLength = 44;
constexpr std::size_t kMaxWorkbooks = 10'000;

std::string random_spreadsheet_id() {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  thread_local std::mt19937_64 generator{std::random_device{}()};
  std::uniform_int_distribution<std::size_t> pick(0, kAlphabet.size() - 1);
  std::string id = "1";
  while (id.size() < kIdLength)
    id += kAlphabet[pick(generator)];
  return id;
}

bool holds_sheet(const Workbook& workbook, const std::shared_ptr<Sheet>& sheet) {
  for (std::size_t i = 0; i < workbook.size(); ++i) {
    if (workbook.shared_sheet(i) == sheet) return true;
  }
  return false;
}

// The tabs that differ between two versions: changed, added or removed.
std::vector<int> changed_sheets(const Workbook* before, const Workbook& after) {
  std::vector<int> changed;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (!before || !holds_sheet(*before, after.shared_sheet(i)))
      changed.push_back(after.sheet(i).properties.id);
  }
  for (std::size_t i = 0; before && i < before->size(); ++i) {
    const int id = before->sheet(i).properties.id;
    if (!after.find(id)) changed.push_back(id);
  }
  return changed;
}

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

WorkbookStore::WorkbookStore(std::shared_ptr<WorkbookFile> file, Revisions& revisions, Clock clock)
    : file_(std::move(file)), revisions_(revisions), clock_(std::move(clock)) {
  if (!file_) return;
  for (Workbook& workbook : file_->load()) {
    auto slot = std::make_unique<Slot>();
    const std::string id = workbook.id;
    slot->current = std::make_shared<const Workbook>(std::move(workbook));
    slots_[id] = std::move(slot);
  }
}

WorkbookStore::Slot* WorkbookStore::find_slot(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(id);
  return found == slots_.end() ? nullptr : found->second.get();
}

std::shared_ptr<const Workbook> WorkbookStore::find_workbook(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(id);
  return found == slots_.end() ? nullptr : found->second->current;
}

std::chrono::system_clock::time_point WorkbookStore::now() const {
  return clock_ ? clock_() : std::chrono::system_clock::now();
}

std::vector<std::shared_ptr<const Workbook>> WorkbookStore::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<const Workbook>> workbooks;
  for (const auto& [id, slot] : slots_) {
    if (slot->current) workbooks.push_back(slot->current);
  }
  return workbooks;
}

std::shared_ptr<const Workbook> WorkbookStore::publish(Slot& slot, const Workbook* before, Workbook after) {
  const std::vector<int> changed = changed_sheets(before, after);
  if (file_) file_->save(after, changed);
  auto published = std::make_shared<const Workbook>(std::move(after));
  {
    const std::lock_guard lock(mutex_);
    slot.current = published;
  }
  revisions_.record(published->id, changed);
  return published;
}

void WorkbookStore::add(Workbook workbook) {
  Slot* slot = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (slots_.size() >= kMaxWorkbooks && slots_.find(workbook.id) == slots_.end())
      throw error_for_status(429, "The emulator keeps no more workbooks.");
    auto& entry = slots_[workbook.id];
    if (!entry) entry = std::make_unique<Slot>();
    slot = entry.get();
  }
  const std::lock_guard changing(slot->changing);
  const auto before = find_workbook(workbook.id);
  publish(*slot, before.get(), std::move(workbook));
}

std::shared_ptr<const Workbook> WorkbookStore::change(const std::string& id,
                                                      const std::function<void(Workbook&)>& change) {
  Slot* slot = find_slot(id);
  if (!slot) throw not_found();
  const std::lock_guard changing(slot->changing);
  const auto before = find_workbook(id);
  if (!before) throw not_found();
  Workbook copy = *before;
  change(copy);
  return publish(*slot, before.get(), std::move(copy));
}

std::string WorkbookStore::unused_id() const {
  std::string id = random_spreadsheet_id();
  while (find_workbook(id))
    id = random_spreadsheet_id();
  return id;
}

}  // namespace sheets::emulator
