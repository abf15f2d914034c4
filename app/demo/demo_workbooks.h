#pragma once

#include <string>

#include "app/config/config.h"

namespace sheets::emulator {
class Emulator;
}

namespace roadmap::app {

// The spreadsheet ids of the example workbooks; the same in every run, so that links to them stay good.
struct DemoWorkbookIds {
  std::string intake_emea = "demo-intake-emea";
  std::string intake_apac = "demo-intake-apac";
  std::string backlog = "demo-central-backlog";
  std::string product_ops = "demo-product-ops";
};

// Makes the example workbooks that `emulator` does not hold yet: what people changed in a data directory's
// workbooks stays.
void create_demo_workbooks(const DemoWorkbookIds& ids, sheets::emulator::Emulator& emulator);

// Whether `emulator` holds any of them: people have been here.
bool has_demo_workbooks(const DemoWorkbookIds& ids, const sheets::emulator::Emulator& emulator);

// What the teams wish for after the story: five rows at the end of the intake tabs, without keys, which a PM
// fetches with See latest intake.
void add_fresh_wishes(const DemoWorkbookIds& ids, sheets::emulator::Emulator& emulator);

// Names the example workbooks and their tabs in `config`, in place of any that it named.
void configure_demo_workbooks(const DemoWorkbookIds& ids, Config& config);

}  // namespace roadmap::app
