#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace roadmap::app {

struct AssetHeader {
  std::string_view name;
  std::string_view value;
};

// kForEver: its address holds a hash of its content. kAskAgain: caches ask each time whether it has changed.
enum class AssetCaching : std::uint8_t { kForEver, kAskAgain };
// kDemo: served by `roadmapd demo` only.
enum class AssetAudience : std::uint8_t { kEverybody, kDemo };

// A file of a web page that is embedded in the executable; all views last as long as the program.
struct Asset {
  std::string_view path;  // "/docs", "/assets/docs-main-3FZK2.js"
  std::string_view content_type;
  std::string_view content_hash;
  std::size_t size;  // of the plain content, bytes
  AssetCaching caching;
  AssetAudience audience;
  std::span<const AssetHeader> headers;  // security headers of its page
  // The content in the encodings that it is kept in; empty: not kept. Either identity or gzip always is.
  std::string_view identity;
  std::string_view gzip;
  std::string_view brotli;
};

// The assets of each page that app/web/CMakeLists.txt lists.
std::span<const std::span<const Asset>> web_pages();

// The asset at this path (undecoded); nullptr when there is none. Any thread.
const Asset* find_asset(std::string_view path);

// All of them, ordered by path.
std::span<const Asset* const> all_assets();

// The content without any encoding. Throws std::runtime_error when what is embedded is damaged.
std::string plain_content(const Asset& asset);

}  // namespace roadmap::app
