#pragma once

#include <stdexcept>

namespace sheets {

// A 200 whose body is cut, is no JSON, or has another shape than documented. Stays inside the library.
class MalformedAnswer : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace sheets
