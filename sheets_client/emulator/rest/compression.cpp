#include "sheets_client/emulator/rest/compression.h"

#include <zlib.h>

#include <new>
#include <string>

#include "sheets_client/emulator/workbook/text.h"

namespace sheets::emulator {
namespace {

constexpr std::size_t kSmallestBytes = 1024;
// zlib.h, deflateInit2: 15 is the largest window, 16 more writes a gzip header.
constexpr int kWindowGzip = 15 + 16;
constexpr int kDefaultMemory = 8;

bool says_gzip(const net::HttpRequest& request, std::string_view header) {
  const auto value = request.headers.get(header);
  return value && fold_case(*value).find("gzip") != std::string::npos;
}

std::string gzip(std::string& text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kWindowGzip, kDefaultMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw std::bad_alloc();
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::bad_alloc();
  return packed;
}

}  // namespace

void compress_for(const net::HttpRequest& request, net::HttpResponse& response) {
  if (response.body.size() < kSmallestBytes || !says_gzip(request, "Accept-Encoding") ||
      !says_gzip(request, "User-Agent"))
    return;
  response.body = gzip(response.body);
  response.headers.set("Content-Encoding", "gzip");
}

}  // namespace sheets::emulator
