#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <optional>

#include "core/fields/cell_value.h"
#include "core/sync/initiative_scores.h"
#include "test/unit/actions/product_ops_bench.h"

// Any interleaving of typing, moving rows, scoring, switching, lost answers and crashes keeps what was typed,
// and after one quiet Score every row shows what its inputs give.

using namespace roadmap;
using namespace roadmap::test;

namespace {

const std::vector<std::string>& scoring_input_headers() {
  static const std::vector<std::string> kHeaders = {"RICE: Reach",          "RICE: Impact",
                                                    "RICE: Confidence",     "RICE: Effort",
                                                    "WSJF: Business Value", "WSJF: Job Size"};
  return kHeaders;
}

class ScoringWorld {
 public:
  void happen() {
    switch (*rc::gen::inRange(0, 8)) {
      case 0:
      case 1:
      case 2:
        return type_input();
      case 3:
        return bench_.scoring().sort(2, *rc::gen::inRange(0, 9), *rc::gen::arbitrary<bool>());
      case 4:
        return bench_.scoring().insert_rows(*rc::gen::inRange(2, bench_.scoring().last_row() + 2), 1);
      case 5:
        return job("pm.save_selected");
      case 6:
        choose_framework();
        return job("pm.switch_framework");
      default:
        return job("pm.score_selected");
    }
  }

  void settle_and_check() {
    bench_.sheets.calm_down();
    bench_.score(keys());
    check_typed();
    for (const std::string& key : keys())
      check_scores(key);
    bench_.sheets.reset_counts();
    bench_.score(keys());
    RC_ASSERT(bench_.sheets.writes == 0);
  }

 private:
  static std::vector<std::string> keys() { return {"INIT-000001", "INIT-000002", "INIT-000003"}; }
  int row_of(const std::string& key) { return JobBench::row_of(bench_.scoring(), key); }

  void type(const std::string& key, const std::string& header, const Cell& value) {
    bench_.type(bench_.scoring(), row_of(key), header, value);
    typed_[{key, header}] = value;
  }

  void type_input() {
    const std::string key = *rc::gen::elementOf(keys());
    const std::string header = *rc::gen::elementOf(scoring_input_headers());
    // Different numbers, so that every row is told apart; now and then nothing, or something bad.
    const int kind = *rc::gen::inRange(0, 8);
    if (kind == 0) return type(key, header, Cell{});
    if (kind == 1) return type(key, header, Cell("about 5"));
    if (header == "RICE: Confidence") return type(key, header, Cell(0.01 * ++edits_));
    type(key, header, Cell(static_cast<double>(++edits_)));
  }

  void choose_framework() {
    type(*rc::gen::elementOf(keys()), "Active Scoring Framework",
         Cell(*rc::gen::elementOf(std::vector<std::string>{"RICE", "WSJF", "MATH_MODEL", "", "ICE"})));
  }

  void disturb() {
    switch (*rc::gen::inRange(0, 10)) {
      case 0:
        return bench_.sheets.die_in_write(FakeSheets::Loss::kBeforeApply);
      case 1:
        return bench_.sheets.die_in_write(FakeSheets::Loss::kAfterApply);
      case 2:
        return bench_.sheets.lose_write(FakeSheets::Loss::kBeforeApply);
      case 3:
        return bench_.sheets.lose_write(FakeSheets::Loss::kAfterApply);
      case 4:
        return bench_.sheets.before_write([this] {
          bench_.scoring().sort(2, bench_.scoring().column_of("Initiative Key"), *rc::gen::arbitrary<bool>());
        });
      default:
        return;
    }
  }

  void job(const std::string& action) {
    disturb();
    try {
      bench_.click(action, "Scoring_Inputs", keys());
    } catch (const FakeSheets::Killed&) {
      // The process died there; the next job finds what it left.
    }
    bench_.sheets.calm_down();
    bench_.clock.advance(std::chrono::seconds(1));
  }

  void check_typed() {
    for (const auto& [where, value] : typed_) {
      const Cell shown = bench_.on_scoring(row_of(where.first), where.second);
      const bool as_typed = is_blank(value) ? is_blank(shown) : shown == value;
      RC_ASSERT(as_typed);
    }
  }

  // What the row's inputs give, as the row stands; nullopt where a cell of it is bad.
  std::optional<InitiativeRecord> as_typed(const std::string& key) {
    InitiativeRecord record = make_initiative(key);
    for (const FieldId id : fields_on(Tab::kScoringInputs)) {
      if (field(id).table != Table::kInitiatives) continue;
      if (owner_on(id, Tab::kScoringInputs) != Owner::kPm) continue;
      const Cell shown =
          bench_.on_scoring(row_of(key), std::string(field(id).on(Tab::kScoringInputs)->header));
      const ParsedCell parsed = parse_cell(field(id).type, shown, DateOrder::kDayMonthYear);
      if (std::holds_alternative<BadCell>(parsed)) return std::nullopt;
      record.set(id, std::get<Cell>(parsed));
    }
    if (!scoring_input_problem(record).empty()) return std::nullopt;
    return record;
  }

  void check_scores(const std::string& key) {
    const InitiativeRecord stored = *bench_.stored(key);
    const int row = row_of(key);
    const auto shown = [&](FieldId id) {
      return bench_.on_scoring(row, std::string(field(id).on(Tab::kScoringInputs)->header));
    };
    const auto typed = as_typed(key);
    RC_ASSERT((bench_.status(bench_.scoring(), row).find("FAILED") == 0) == !typed.has_value());
    if (!typed) return;
    ScoringCase scoring_case;
    scoring_case.initiative = &*typed;
    for (const Score& score : compute_scores(scoring_case, {})) {
      const ScoreFields fields = score_fields(score.framework);
      const Cell overall = score.overall ? Cell(*score.overall) : Cell{};
      RC_ASSERT(shown(fields.overall) == overall);
      RC_ASSERT(stored.value(fields.overall) == overall);
    }
    // The active scores are those of the active framework, or none where its last computation gave none.
    const Cell active = stored.value(fields::active_framework());
    if (is_blank(active)) RC_ASSERT(is_blank(stored.value(fields::value_score())));
    RC_ASSERT(active != Cell("MATH_MODEL"));
  }

  ProductOpsBench bench_;
  int edits_ = 0;
  std::map<std::pair<std::string, std::string>, Cell> typed_;  // what was typed last, by key and header
};

}  // namespace

TEST_CASE("property: any interleaving keeps typed inputs, and Score shows what they give") {
  CHECK(rc::check("typing, moves, jobs, losses and kills", [] {
    ScoringWorld world;
    const int steps = *rc::gen::inRange(1, 25);
    for (int i = 0; i < steps; ++i)
      world.happen();
    world.settle_and_check();
  }));
}
