#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/http/route.h"
#include "core/clock.h"
#include "net/http_message.h"

namespace roadmap::app {

// Reads a request's query parameters and collects what is wrong with them. One thread.
class QueryReader {
 public:
  // Parameters that the handler's route does not have are a problem.
  QueryReader(const net::HttpRequest& request, const std::vector<std::string_view>& known);

  std::optional<std::string> text(std::string_view name) const;
  // `fallback` when it is absent, or wrong (then there is a problem).
  int whole(std::string_view name, int fallback, int min, int max);
  std::optional<UtcTime> time(std::string_view name);
  void problem(std::string_view name, const std::string& what);

  // One sentence about all that is wrong; empty: nothing.
  const std::string& problems() const { return problems_; }

 private:
  const net::HttpRequest& request_;
  std::string problems_;
};

}  // namespace roadmap::app
