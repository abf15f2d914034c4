#include "core/ledger/run_json.h"

#include <nlohmann/json.hpp>

#include "core/errors.h"

namespace roadmap {
namespace {

using Json = nlohmann::json;

// Google's messages are not always UTF-8: a broken byte must not fail the run that reports it.
std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

template <typename Read>
auto reading(const std::string& text, Read read) -> decltype(read(Json())) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& error) {
    throw StorageError("The ledger holds a run that cannot be read.", error.what());
  }
}

}  // namespace

std::string to_json(const RunProgress& progress) {
  return dump({{"step", progress.step},
               {"label", progress.label},
               {"done", progress.done},
               {"total", progress.total}});
}

std::string to_json(const RunError& error) {
  return dump({{"code", error.code}, {"message", error.message}, {"detail", error.detail}});
}

std::string to_json_array(const std::vector<std::string>& texts) { return dump(Json(texts)); }

RunProgress progress_from_json(const std::string& text) {
  return reading(text, [](const Json& value) {
    return RunProgress{value.at("step").get<std::string>(), value.at("label").get<std::string>(),
                       value.at("done").get<int>(), value.at("total").get<int>()};
  });
}

RunError run_error_from_json(const std::string& text) {
  return reading(text, [](const Json& value) {
    return RunError{value.at("code").get<std::string>(), value.at("message").get<std::string>(),
                    value.at("detail").get<std::string>()};
  });
}

std::vector<std::string> from_json_array(const std::string& text) {
  return reading(text, [](const Json& value) { return value.get<std::vector<std::string>>(); });
}

}  // namespace roadmap
