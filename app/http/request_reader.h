#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/http/route.h"
#include "core/clock.h"
#include "net/http_message.h"

namespace roadmap::app {

// The name in a Host header: "localhost:8000" and "[::1]:8000" without the port.
std::string host_of(std::string_view header);

// Whether the body is declared as application/json, with no other charset than UTF-8 (RFC 8259, 8.1).
bool declares_json(const net::HttpRequest& request);

// The answer to a request whose body is not.
net::HttpResponse not_declared_as_json();

// Reads a request's query parameters as its route declares them, and collects what is wrong with them. One
// thread.
class QueryReader {
 public:
  // Parameters that the route does not have are a problem. The exchange outlives this.
  explicit QueryReader(const Exchange& exchange);

  std::optional<std::string> text(std::string_view name) const;
  // One of the route's whole numbers; its fallback when it is absent, or wrong (then there is a problem).
  // Throws std::logic_error where the route has no such number.
  int whole(std::string_view name);
  std::optional<UtcTime> time(std::string_view name);
  void problem(std::string_view name, const std::string& what);

  // One sentence about all that is wrong; empty: nothing.
  const std::string& problems() const { return problems_; }

 private:
  const net::HttpRequest& request_;
  const std::vector<QueryParameter>& declared_;
  std::string problems_;
};

}  // namespace roadmap::app
