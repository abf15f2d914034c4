#pragma once

#include "net/http_message.h"

namespace sheets::emulator {

// Compresses the answer's body for a client that takes gzip and names it in its User-Agent too, as Google
// asks of programs (https://developers.google.com/workspace/sheets/api/guides/performance). Small answers
// stay as they are. Throws std::bad_alloc.
void compress_for(const net::HttpRequest& request, net::HttpResponse& response);

}  // namespace sheets::emulator
