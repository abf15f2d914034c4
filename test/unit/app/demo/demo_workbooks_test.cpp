#include "app/demo/demo_workbooks.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "app/demo/demo_data.h"
#include "sheets_client/emulator/emulator.h"

namespace roadmap::app {
namespace {

class NobodyWaits : public net::ClientConnection {
 public:
  bool client_gone() const override { return false; }
  void wait(int /*wake_fd*/, std::chrono::milliseconds /*timeout*/) const override {}
};

// The values of a range, as the API answers them unformatted.
nlohmann::json values(sheets::emulator::Emulator& emulator, const std::string& spreadsheet_id,
                      const std::string& range) {
  net::HttpRequest request;
  request.method = "GET";
  request.path = "/v4/spreadsheets/" + spreadsheet_id + "/values/" + net::percent_encode(range);
  request.target = request.path + "?valueRenderOption=UNFORMATTED_VALUE";
  request.query = {{"valueRenderOption", "UNFORMATTED_VALUE"}};
  request.headers = {{"Authorization", "Bearer demo-test"}};
  const net::HttpResponse response = emulator.handle(request, NobodyWaits());
  REQUIRE(response.status == 200);
  return nlohmann::json::parse(response.body)["values"];
}

sheets::emulator::EmulatorOptions options() {
  sheets::emulator::EmulatorOptions options;
  options.fixed_token = "demo-test";
  return options;
}

// A workbook with everything that its cells look like.
nlohmann::json whole(sheets::emulator::Emulator& emulator, const std::string& spreadsheet_id) {
  net::HttpRequest request;
  request.method = "GET";
  request.path = request.target = "/v4/spreadsheets/" + spreadsheet_id;
  request.query = {{"includeGridData", "true"}};
  request.headers = {{"Authorization", "Bearer demo-test"}};
  return nlohmann::json::parse(emulator.handle(request, NobodyWaits()).body);
}

TEST_CASE("the example tabs look as set-up makes new ones, people's own columns too") {
  sheets::emulator::Emulator emulator(options());
  create_demo_workbooks(emulator);
  for (const char* id : {kDemoIntakeEmea, kDemoIntakeApac, kDemoBacklog, kDemoProductOps}) {
    const nlohmann::json workbook = whole(emulator, id);
    for (std::size_t tab = 0; tab < workbook["sheets"].size(); ++tab) {
      const nlohmann::json& sheet = workbook["sheets"][tab];
      INFO(sheet["properties"].dump());
      CHECK(sheet["properties"]["sheetId"] == tab);
      CHECK(sheet["properties"]["gridProperties"]["frozenRowCount"] == 1);
      CHECK(sheet["properties"]["gridProperties"]["frozenColumnCount"] == 2);
      CHECK(sheet.value("conditionalFormats", nlohmann::json::array()).size() ==
            (sheet["properties"]["title"].get<std::string>().find('_') != std::string::npos &&
                     sheet["properties"]["title"] != "Scoring_Inputs"
                 ? 0U  // an intake tab: no job tells its outcome there
                 : 3U));
      const nlohmann::json& data = sheet["data"][0];
      for (const nlohmann::json& header : data["rowData"][0]["values"]) {
        if (!header.contains("userEnteredValue")) continue;
        INFO(header["userEnteredValue"].dump());
        CHECK(header["userEnteredFormat"]["textFormat"]["bold"] == true);
        CHECK(header["userEnteredFormat"].contains("backgroundColorStyle"));
      }
      const nlohmann::json& columns = data["columnMetadata"];
      const bool by_title = data["rowData"][0]["values"][0]["formattedValue"] == "Title";
      CHECK((columns[0]["pixelSize"] < columns[1]["pixelSize"]) != by_title);
    }
  }
}

TEST_CASE("example workbooks that are there already are left as people made them") {
  sheets::emulator::Emulator emulator(options());
  create_demo_workbooks(emulator);
  emulator.apply_as_owner(kDemoBacklog, R"([{"updateCells": {
      "start": {"rowIndex": 1, "columnIndex": 1}, "fields": "userEnteredValue",
      "rows": [{"values": [{"userEnteredValue": {"stringValue": "renamed"}}]}]}}])");
  create_demo_workbooks(emulator);
  CHECK(values(emulator, kDemoBacklog, "Backlog!B2") == nlohmann::json{{"renamed"}});
}

TEST_CASE("fresh wishes stand below what the intake tabs hold, after the story") {
  sheets::emulator::Emulator emulator(options());
  CHECK_FALSE(has_demo_workbooks(emulator));
  create_demo_workbooks(emulator);
  CHECK(has_demo_workbooks(emulator));
  const auto rows = [&](const std::string& id, const char* tab) {
    return values(emulator, id, std::string(tab) + "!A1:ZZ").size();
  };
  const auto marketing = rows(kDemoIntakeEmea, "Marketing_EMEA"), sales = rows(kDemoIntakeEmea, "Sales_EMEA"),
             growth = rows(kDemoIntakeApac, "Growth_APAC");
  add_fresh_wishes(emulator);
  CHECK(rows(kDemoIntakeEmea, "Marketing_EMEA") == marketing + 2);
  CHECK(rows(kDemoIntakeEmea, "Sales_EMEA") == sales + 2);
  CHECK(rows(kDemoIntakeApac, "Growth_APAC") == growth + 1);
  const auto last = values(emulator, kDemoIntakeEmea, "Sales_EMEA!A" + std::to_string(sales + 1) + ":B");
  CHECK(last[0][0] == "Order again in one click for offices");
}

TEST_CASE("the configuration of the demo names tabs that the workbooks have") {
  sheets::emulator::Emulator emulator(options());
  create_demo_workbooks(emulator);
  Config config;
  configure_demo_workbooks(config);
  int tabs = 0;
  for (const IntakeSettings& intake : config.intakes) {
    for (const IntakeTabSettings& tab : intake.tabs) {
      ++tabs;
      CHECK(values(emulator, tab.layout.spreadsheet_id, tab.layout.tab + "!A1:B1").size() == 1);
    }
  }
  CHECK(tabs == 3);
  REQUIRE(config.central_backlogs.size() == 1);
  const TabLayout& backlog = config.central_backlogs[0].layout;
  CHECK(values(emulator, backlog.spreadsheet_id, backlog.tab + "!A1")[0][0] == "Initiative Key");
  for (const std::string& tab : {config.product_ops.scoring_inputs_tab, config.product_ops.mathmodels_tab,
                                 config.product_ops.params_tab})
    CHECK(values(emulator, config.product_ops.spreadsheet_id, tab + "!A1").size() == 1);
}

}  // namespace
}  // namespace roadmap::app
