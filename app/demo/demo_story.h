#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "app/client/api_client.h"
#include "app/config/config.h"
#include "app/serve/sheets_access.h"
#include "core/clock.h"
#include "core/fields/field.h"
#include "core/run/sheets_gateway.h"

namespace sheets::emulator {
class Emulator;
}

namespace roadmap::app {

// Plays a team's day on the example workbooks: asks the service for the PMs' jobs over HTTP, reads the sheets
// before and after each, and prints what became different. One thread; blocks for the jobs.
class DemoStory {
 public:
  DemoStory(const Config& config, const std::string& service_url, sheets::emulator::Emulator& emulator,
            const Clock& clock, std::ostream& out);

  // False when a job did not succeed.
  bool play();

 private:
  struct WatchedTab {
    std::string title;  // for people
    Tab kind;
    TabLayout layout;
  };
  using Reading = std::vector<TabGrid>;  // parallel to tabs_

  Reading read_tabs();
  // Plays one job and shows what it changed; false when it did not succeed.
  bool run_and_show(const std::string& heading, const ActionRequest& request);
  void show_changes(const Reading& before, const Reading& after);
  // False when nothing changed: then nothing is printed.
  bool show_tab(const WatchedTab& tab, const TabGrid& before, const TabGrid& after);

  const WatchedTab& watched(Tab kind) const;  // the first of that kind
  TabGrid read(const WatchedTab& tab);
  // Types a value into the cell of a key and field, as a person does.
  void type(const WatchedTab& tab, const std::string& key, FieldId id, const Cell& value);
  // A click with these rows selected.
  ActionRequest click(const std::string& action, const WatchedTab& tab, const std::vector<std::string>& keys);
  std::vector<std::string> keys_on(const WatchedTab& tab);

  bool save_an_edit();
  bool score();
  bool switch_frameworks();
  bool fix_and_score_again();

  const Settings settings_;
  SheetsAccess sheets_;
  ApiClient client_;
  sheets::emulator::Emulator& emulator_;
  std::ostream& out_;
  std::vector<WatchedTab> tabs_;
};

}  // namespace roadmap::app
