#pragma once

#include <string>

namespace net::test {

// `text` in gzip format.
std::string gzip(const std::string& text);
// One chunk of a chunked body.
std::string chunk(const std::string& bytes);

}  // namespace net::test
