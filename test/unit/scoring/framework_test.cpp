#include "core/scoring/framework.h"

#include <catch2/catch.hpp>

#include "core/fields/registry.h"

using namespace roadmap;

TEST_CASE("every field of every framework is a number in the registry") {
  const auto check_number = [](std::string_view name) {
    INFO(name);
    const auto id = find_field(Table::kInitiatives, name);
    REQUIRE(id);
    CHECK(field(*id).type == FieldType::kNumber);
    CHECK(field(*id).on(Tab::kScoringInputs) != nullptr);
  };
  for (const FrameworkInfo& info : frameworks()) {
    for (const ScoreInput& input : info.inputs)
      check_number(input.field);
    for (const std::string_view score : {info.value_field, info.effort_field, info.overall_field})
      check_number(score);
    if (!info.warnings_field.empty()) CHECK(find_field(Table::kInitiatives, info.warnings_field));
  }
}

TEST_CASE("a label is what the sheet's header says after the framework") {
  for (const FrameworkInfo& info : frameworks()) {
    for (const ScoreInput& input : info.inputs) {
      const Field& column = field(field_id(Table::kInitiatives, input.field));
      CHECK(column.on(Tab::kScoringInputs)->header ==
            std::string(info.name) + ": " + std::string(input.label));
    }
  }
}

TEST_CASE("a framework is found by the name that cells hold, and stands at its own place") {
  for (const FrameworkInfo& info : frameworks()) {
    CHECK(framework_named(info.name) == info.framework);
    CHECK(&framework_info(info.framework) == &info);
    CHECK(&frameworks()[static_cast<std::size_t>(info.framework)] == &info);
  }
  CHECK_FALSE(framework_named("rice"));
  CHECK_FALSE(framework_named(""));
}

TEST_CASE("the last input is the effort, and only it") {
  for (const FrameworkInfo& info : frameworks()) {
    for (std::size_t i = 0; i < info.inputs.size(); ++i)
      CHECK((info.inputs[i].rule == InputRule::kDivisor) == (i == kScoreInputCount - 1));
  }
}
