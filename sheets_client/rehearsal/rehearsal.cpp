#include "sheets_client/rehearsal/rehearsal.h"

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>

#include "sheets_client/answer_reader.h"
#include "sheets_client/rehearsal/scene.h"

namespace sheets::rehearsal {
namespace {

constexpr std::int64_t kFirstSheetId = 1'700'000'001;  // where ids of scratch tabs are looked for
constexpr std::chrono::minutes kTimeToRemove{2};

// All, in the order in which they are tried.
std::span<const Assumption> assumptions() {
  static const std::vector<Assumption> kAll = [] {
    std::vector<Assumption> all;
    for (const auto& table : {reading_assumptions(), writing_assumptions(), picture_assumptions()})
      all.insert(all.end(), table.begin(), table.end());
    return all;
  }();
  return kAll;
}

// Deletes all tabs whose title says that they are scratch, and the marker. The ids of all tabs there were.
std::set<std::int64_t> remove_scratch_tabs(const Scene::Cast& cast) {
  Json requests = Json::array();
  std::set<std::int64_t> ids;
  const SpreadsheetInfo info = cast.client.describe(cast.spreadsheet_id, cast.control);
  for (const TabInfo& tab : info.tabs) {
    ids.insert(tab.sheet_id);
    if (tab.title.rfind(kTabPrefix, 0) == 0)
      requests.push_back({{"deleteSheet", {{"sheetId", tab.sheet_id}}}});
  }
  if (requests.empty()) return ids;
  requests.push_back(delete_metadata(kMarkerKey));
  Scene(cast, {}, 0).apply(requests);
  return ids;
}

// A tab for each assumption.
std::vector<Scene> make_scratch_tabs(const Scene::Cast& cast) {
  std::set<std::int64_t> used = remove_scratch_tabs(cast);
  std::int64_t id = kFirstSheetId;
  std::vector<Scene> scenes;
  Json requests = Json::array();
  for (const Assumption& assumption : assumptions()) {
    while (!used.insert(id).second)
      ++id;
    scenes.emplace_back(cast, kTabPrefix + std::string(assumption.name), id);
    requests.push_back({{"addSheet",
                         {{"properties",
                           {{"sheetId", id},
                            {"title", scenes.back().tab()},
                            {"gridProperties", {{"rowCount", kRows}, {"columnCount", kColumns}}}}}}}});
  }
  Scene(cast, {}, 0).apply(requests);
  return scenes;
}

Finding tried(const Assumption& assumption, Scene& scene) {
  try {
    assumption.probe(scene);
    return {&assumption, {}};
  } catch (const Surprise& surprise) {
    return {&assumption, surprise.what()};
  } catch (const roadmap::SheetsError& error) {
    // What a call through the product's own functions was refused with; anything else ends the rehearsal.
    if (error.failure() != roadmap::SheetsFailure::kBadRequest &&
        error.failure() != roadmap::SheetsFailure::kMalformed)
      throw;
    return {&assumption, error.detail().empty() ? error.what() : error.detail()};
  } catch (const nlohmann::json::exception& error) {
    return {&assumption, std::string("the answer has another shape: ") + error.what()};
  }
}

}  // namespace

std::vector<Finding> rehearse(GoogleSheets& client, GoogleSheets& person, const std::string& spreadsheet_id,
                              const roadmap::RunControl& control,
                              const std::function<void(const Finding&)>& told) {
  const Scene::Cast cast{client, person, spreadsheet_id, control};
  const auto clean_up = [&] {
    roadmap::RunControl unstopped;
    unstopped.deadline = std::chrono::steady_clock::now() + kTimeToRemove;
    remove_scratch_tabs({client, person, spreadsheet_id, unstopped});
  };
  std::vector<Finding> findings;
  try {
    std::vector<Scene> scenes = make_scratch_tabs(cast);
    for (std::size_t i = 0; i < scenes.size(); ++i) {
      findings.push_back(tried(assumptions()[i], scenes[i]));
      told(findings.back());
    }
  } catch (const Surprise& surprise) {
    throw roadmap::Error("rehearsal", std::string("no tab to rehearse in can be made: ") + surprise.what());
  } catch (const roadmap::Error&) {
    clean_up();
    throw;
  }
  clean_up();
  return findings;
}

}  // namespace sheets::rehearsal
