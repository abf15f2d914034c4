#include "app/web/asset.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace roadmap::app {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, with a gzip header (zlib.h, inflateInit2)

bool is_before(const Asset* asset, std::string_view path) { return asset->path < path; }

}  // namespace

std::span<const Asset* const> all_assets() {
  static const std::vector<const Asset*> kSorted = [] {
    std::vector<const Asset*> assets;
    for (const std::span<const Asset> page : web_pages()) {
      for (const Asset& asset : page)
        assets.push_back(&asset);
    }
    std::sort(assets.begin(), assets.end(), [](const Asset* a, const Asset* b) { return a->path < b->path; });
    return assets;
  }();
  return kSorted;
}

const Asset* find_asset(std::string_view path) {
  const std::span<const Asset* const> assets = all_assets();
  const auto found = std::lower_bound(assets.begin(), assets.end(), path, is_before);
  return found != assets.end() && (*found)->path == path ? *found : nullptr;
}

std::string plain_content(const Asset& asset) {
  if (asset.gzip.empty()) return std::string(asset.identity);
  std::string plain(asset.size, '\0');
  z_stream stream{};
  // zlib reads through this pointer only; its type is older than const.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(asset.gzip.data()));
  stream.avail_in = static_cast<uInt>(asset.gzip.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  if (::inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::runtime_error("zlib cannot start");
  const int ended = ::inflate(&stream, Z_FINISH);
  const bool whole = ended == Z_STREAM_END && stream.total_out == plain.size();
  ::inflateEnd(&stream);
  if (!whole) throw std::runtime_error("an embedded file is damaged: " + std::string(asset.path));
  return plain;
}

}  // namespace roadmap::app
