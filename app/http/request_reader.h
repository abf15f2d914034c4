#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "net/http_message.h"

namespace roadmap::app {

// The name in a Host header: "localhost:8000" and "[::1]:8000" without the port.
std::string host_of(std::string_view header);

// Whether the body is declared as application/json, with no other charset than UTF-8 (RFC 8259, 8.1).
bool declares_json(const net::HttpRequest& request);

// The answer to a request whose body is not.
net::HttpResponse not_declared_as_json();

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
