#pragma once

#include <nlohmann/json_fwd.hpp>

namespace sheets::emulator {

// Members keep the order in which they were added: answers come out as Google writes them.
using Json = nlohmann::ordered_json;

}  // namespace sheets::emulator
