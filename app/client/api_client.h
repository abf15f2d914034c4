#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "core/run/action_request.h"

namespace httplib {
class Client;
}

namespace roadmap::app {

// Calls a service's HTTP API. Functions block for the answer and throw Error with the sentence of the problem
// document, or with why there was no answer. One thread.
class ApiClient {
 public:
  ApiClient(std::string url, std::string secret);
  ~ApiClient();

  // Returns the run's id.
  std::string start_run(const ActionRequest& request);
  // A wait for news that the service answers before proxies give up.
  static constexpr std::chrono::seconds kLongestWait{25};
  // The run as JSON. With `wait`, when it has changed since the last call, which was for the same run or
  // start_run; or when the time is over.
  std::string get_run(const std::string& run_id, std::chrono::seconds wait);
  // The run as JSON after the request to cancel it.
  std::string cancel_run(const std::string& run_id);

  // A stored initiative's value of that field; empty where there is none.
  std::string stored_value(const std::string& initiative_key, std::string_view field);

 private:
  struct Call;
  struct Answer {
    std::string body;
    std::string entity_tag;
  };
  Answer call(const Call& call);

  const std::string url_;
  std::unique_ptr<httplib::Client> http_;
  std::string seen_;  // the entity tag of the run that was last got; empty: none since start_run
};

}  // namespace roadmap::app
