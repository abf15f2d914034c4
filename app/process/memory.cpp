#include "app/process/memory.h"

#include <malloc.h>

#include <cstddef>

namespace roadmap::app {
namespace {

// Less is left for the next run.
constexpr std::size_t kKeptFreeBytes = std::size_t{16} << 20;

}  // namespace

void share_one_arena() {
  ::mallopt(M_ARENA_MAX, 1);
  // Each large buffer that is freed would merge what lies in the fast bins, cell by cell: 8 % of a job.
  ::mallopt(M_MXFAST, 0);
}

void give_memory_back() {
  if (::mallinfo2().fordblks > kKeptFreeBytes) ::malloc_trim(kKeptFreeBytes);
}

}  // namespace roadmap::app
