#pragma once

#include <curl/curl.h>

#include "net/transport.h"

namespace net {

// What a failed transfer means to the caller, above all whether the server may have acted on the request.
TransferFailure transfer_failure(CURLcode code, CURL* easy);

}  // namespace net
