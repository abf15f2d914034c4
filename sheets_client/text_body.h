#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "net/http_client.h"

namespace sheets {

// A write's body from a text in memory. It cannot be rewound: a write that went out once is never repeated
// below the client.
inline net::BodySource text_body(std::string text) {
  struct Sending {
    std::string text;
    std::size_t sent = 0;
  };
  const auto sending = std::make_shared<Sending>(Sending{std::move(text)});
  net::BodySource source;
  source.size = sending->text.size();
  source.read = [sending](char* buffer, std::size_t size) {
    const std::size_t count = std::min(size, sending->text.size() - sending->sent);
    std::copy_n(sending->text.data() + sending->sent, count, buffer);
    sending->sent += count;
    return count;
  };
  return source;
}

}  // namespace sheets
