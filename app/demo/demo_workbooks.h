#pragma once

#include "app/config/config.h"

namespace sheets::emulator {
class Emulator;
}

namespace roadmap::app {

// The spreadsheet ids of the example workbooks; the same in every run, so that links to them stay good.
inline constexpr const char* kDemoIntakeEmea = "demo-intake-emea";
inline constexpr const char* kDemoIntakeApac = "demo-intake-apac";
inline constexpr const char* kDemoBacklog = "demo-central-backlog";
inline constexpr const char* kDemoProductOps = "demo-product-ops";

// Makes the example workbooks that `emulator` does not hold yet: what people changed in a data directory's
// workbooks stays.
void create_demo_workbooks(sheets::emulator::Emulator& emulator);

// Whether `emulator` holds any of them: people have been here.
bool has_demo_workbooks(const sheets::emulator::Emulator& emulator);

// What the teams wish for after the story: five rows at the end of the intake tabs, without keys, which a PM
// fetches with See latest intake.
void add_fresh_wishes(sheets::emulator::Emulator& emulator);

// Names the example workbooks and their tabs in `config`, in place of any that it named.
void configure_demo_workbooks(Config& config);

}  // namespace roadmap::app
