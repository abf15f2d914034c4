#pragma once

#include <string>

#include "test/unit/emulator/emulated_google.h"

namespace sheets::emulator::test {

// A JWT with these claims, signed RS256 with the key of a service-account file.
std::string signed_jwt(const Json& claims, const std::string& private_key_pem);

}  // namespace sheets::emulator::test
