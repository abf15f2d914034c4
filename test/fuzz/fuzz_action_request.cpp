#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/actions/action_request_json.h"
#include "core/actions/run_of_request.h"
#include "test/fuzz/expect.h"

using namespace roadmap;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = parse_action_request({reinterpret_cast<const char*>(data), size});
  if (const auto* problems = std::get_if<RequestProblems>(&parsed)) {
    expect(!problems->problems.empty(), "a refused request has a problem");
    for (const RequestProblem& problem : problems->problems)
      expect(!problem.detail.empty(), "a problem is described");
    return 0;
  }
  const auto& request = std::get<ActionRequest>(parsed);
  const std::string canonical = to_canonical_json(request);
  const auto again = parse_action_request(canonical);
  expect(std::holds_alternative<ActionRequest>(again), "the canonical form is a valid request");
  expect(to_canonical_json(std::get<ActionRequest>(again)) == canonical, "the canonical form is stable");
  (void)scope_summary(request);
  return 0;
}
