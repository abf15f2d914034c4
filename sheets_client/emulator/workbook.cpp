#include "sheets_client/emulator/workbook.h"

#include <algorithm>
#include <random>

namespace sheets::emulator {
namespace {

int random_id() {
  thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_int_distribution<int>{1, 2147483646}(generator);
}

// The lower-case form of a two-byte UTF-8 character of the scripts that pair letters at a fixed distance.
unsigned fold_code_point(unsigned code) {
  const bool latin1 = code >= 0xC0 && code <= 0xDE && code != 0xD7;
  const bool greek = code >= 0x391 && code <= 0x3A9;
  const bool cyrillic = code >= 0x410 && code <= 0x42F;
  if (latin1 || greek || cyrillic) return code + 0x20;
  if (code >= 0x400 && code <= 0x40F) return code + 0x50;
  if (code >= 0x100 && code <= 0x137) return code | 1U;
  return code;
}

}  // namespace

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 'A' && byte <= 'Z') {
      folded += static_cast<char>(byte - 'A' + 'a');
    } else if (byte >= 0xC3 && byte < 0xE0 && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[++i]);
      const unsigned code = fold_code_point((byte & 0x1FU) << 6 | (next & 0x3FU));
      folded += static_cast<char>(0xC0U | code >> 6);
      folded += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
      folded += text[i];
    }
  }
  return folded;
}

const Sheet* Workbook::find(int sheet_id) const {
  const int index = index_of(sheet_id);
  return index < 0 ? nullptr : sheets_[static_cast<std::size_t>(index)].get();
}

const Sheet* Workbook::find(std::string_view wanted) const {
  const std::string folded = fold_case(wanted);
  const auto found = std::find_if(sheets_.begin(), sheets_.end(), [&](const auto& sheet) {
    return fold_case(sheet->properties.title) == folded;
  });
  return found == sheets_.end() ? nullptr : found->get();
}

const Sheet* Workbook::first_visible() const {
  const auto found = std::find_if(sheets_.begin(), sheets_.end(),
                                  [](const auto& sheet) { return !sheet->properties.hidden; });
  return found == sheets_.end() ? nullptr : found->get();
}

int Workbook::index_of(int sheet_id) const {
  const auto found = std::find_if(sheets_.begin(), sheets_.end(),
                                  [&](const auto& sheet) { return sheet->properties.id == sheet_id; });
  return found == sheets_.end() ? -1 : static_cast<int>(found - sheets_.begin());
}

Sheet& Workbook::edit(int sheet_id) {
  auto& stored = sheets_.at(static_cast<std::size_t>(index_of(sheet_id)));
  if (stored.use_count() > 1) stored = std::make_shared<Sheet>(*stored);
  return *stored;
}

void Workbook::insert(std::size_t index, Sheet sheet) {
  sheets_.insert(sheets_.begin() + static_cast<std::ptrdiff_t>(std::min(index, sheets_.size())),
                 std::make_shared<Sheet>(std::move(sheet)));
}

void Workbook::erase(int sheet_id) { sheets_.erase(sheets_.begin() + index_of(sheet_id)); }

void Workbook::move(int sheet_id, std::size_t index) {
  const auto from = sheets_.begin() + index_of(sheet_id);
  const auto sheet = *from;
  sheets_.erase(from);
  sheets_.insert(sheets_.begin() + static_cast<std::ptrdiff_t>(std::min(index, sheets_.size())), sheet);
}

std::int64_t Workbook::cell_count() const {
  std::int64_t total = 0;
  for (const auto& sheet : sheets_)
    total += sheet->cell_count();
  return total;
}

int Workbook::unused_sheet_id() const {
  int candidate = random_id();
  while (find(candidate))
    candidate = random_id();
  return candidate;
}

bool Workbook::has_protected_range(int range_id) const {
  return std::any_of(sheets_.begin(), sheets_.end(), [range_id](const auto& sheet) {
    return std::any_of(sheet->protected_ranges.begin(), sheet->protected_ranges.end(),
                       [range_id](const ProtectedRange& range) { return range.id == range_id; });
  });
}

int Workbook::unused_protected_range_id() const {
  int candidate = random_id();
  while (has_protected_range(candidate))
    candidate = random_id();
  return candidate;
}

}  // namespace sheets::emulator
