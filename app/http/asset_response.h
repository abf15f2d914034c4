#pragma once

#include "app/web/asset.h"
#include "net/http_message.h"

namespace roadmap::app {

// The answer to a GET of an asset: in the encoding that the client accepts and that is smallest (RFC 9110,
// 12.5.3), or 304 when the client has it already. Any thread.
net::HttpResponse asset_response(const Asset& asset, const net::HttpRequest& request);

}  // namespace roadmap::app
