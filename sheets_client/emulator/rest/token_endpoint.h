#pragma once

#include <string>
#include <vector>

#include "net/http_message.h"
#include "sheets_client/emulator/rest/access.h"
#include "sheets_client/emulator/rest/service_account.h"

namespace sheets::emulator {

// POST /token with a signed JWT (RFC 7523): {"access_token", "expires_in", "token_type"}, or OAuth's error
// object ({"error": "invalid_grant", "error_description"}) with status 400. Signature, issuer, audience,
// times and scope are verified against `now`; the token is issued at `issue_time`. `audiences`: the addresses
// that a JWT may be made out to.
net::HttpResponse answer_token_request(const net::HttpRequest& request, const ServiceAccount& account,
                                       AccessTokens& tokens, const std::vector<std::string>& audiences,
                                       WallTime now, WallTime issue_time);

}  // namespace sheets::emulator
