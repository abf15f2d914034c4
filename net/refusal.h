#pragma once

#include <string>

namespace net {

// Why the server does not pass a request on: the status to answer with and one sentence for the client.
struct Refusal {
  // The peer has left in the middle of a request: nobody is there to answer.
  static constexpr int kNobodyThere = 0;

  int status = kNobodyThere;
  std::string detail;
};

}  // namespace net
