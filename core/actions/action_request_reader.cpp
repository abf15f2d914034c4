#include "core/actions/action_request_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "core/actions/action_registry.h"
#include "core/fields/cell_value.h"
#include "core/fields/text.h"
#include "core/run/json_text.h"
#include "core/run/member_reader.h"

namespace roadmap {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxActionLength = 64;
// A key is what a cell holds, whatever that is: one odd cell must not keep the other rows from their job.
// Google's limit is 50,000 characters, of four bytes at most.
constexpr std::size_t kMaxKeyLength = 200000;
constexpr std::size_t kMaxSpreadsheetIdLength = 200;
constexpr std::size_t kMaxTabLength = 200;
constexpr std::size_t kMaxOptionLength = 200;
constexpr std::size_t kMaxPredicateLength = 1000;
constexpr std::size_t kMaxUiLength = 64;
constexpr std::size_t kMaxEmailLength = 320;  // RFC 5321: 64 before the @, 255 behind it
constexpr int kMaxRow = 10000000;             // a spreadsheet has at most ten million cells

constexpr std::array<std::string_view, 4> kPredicateColumns = {"use_math_model", "approved_by_user",
                                                               "active_scoring_framework", "status"};

class RequestReader {
 public:
  explicit RequestReader(std::span<const ActionSpec> actions) : actions_(actions) {}

  ActionRequest read(const Json& body) {
    if (!members_.expect_object(body, "")) return {};
    members_.refuse_others(body, "", {"action", "scope", "sheet_context", "options", "requested_by"});
    read_action(body);
    read_scope(body);
    if (const Json* context = find_member(body, "sheet_context")) read_sheet_context(*context);
    if (const Json* options = find_member(body, "options")) read_options(*options);
    if (const Json* who = find_member(body, "requested_by")) read_requested_by(*who);
    return std::move(request_);
  }

  std::vector<RequestProblem> take_problems() { return members_.take_problems(); }

 private:
  void problem(std::string pointer, std::string detail) {
    members_.problem(std::move(pointer), std::move(detail));
  }

  void read_action(const Json& body) {
    const Json* value = find_member(body, "action");
    std::vector<std::string_view> names;
    for (const ActionSpec& spec : actions_)
      names.push_back(spec.name);
    if (value == nullptr)
      return problem("/action", fmt::format("is missing; the actions are {}", spoken_list(names)));
    const std::optional<std::string> name = members_.text(*value, "/action", kMaxActionLength);
    if (!name) return;
    const auto found = std::find_if(actions_.begin(), actions_.end(),
                                    [&](const ActionSpec& spec) { return spec.name == *name; });
    if (found == actions_.end()) {
      return problem("/action", fmt::format("unknown action {}; the actions are {}", quote_for_message(*name),
                                            spoken_list(names)));
    }
    action_ = &*found;
    request_.action = *name;
  }

  void read_scope(const Json& body) {
    const Json* scope = find_member(body, "scope");
    if (scope == nullptr) {
      if (action_ != nullptr && (action_->scopes & kScopeAll) == 0) {
        problem("/scope", fmt::format("is missing; {} takes the scope {}", action_->name,
                                      spoken_list(scope_names(*action_))));
      }
      return;
    }
    if (!members_.expect_object(*scope, "/scope")) return;
    const std::optional<ScopeType> type = read_scope_type(*scope);
    if (!type) return;
    request_.scope.type = *type;
    if (*type == ScopeType::kAll) return members_.refuse_others(*scope, "/scope", {"type"});
    if (*type == ScopeType::kSelection) return read_selection(*scope);
    read_predicate(*scope);
  }

  std::optional<ScopeType> read_scope_type(const Json& scope) {
    const std::string at = "/scope/type";
    const Json* value = find_member(scope, "type");
    if (value == nullptr) {
      problem(at, "is missing; it is all, selection or filter");
      return std::nullopt;
    }
    const std::optional<std::string> name = members_.text(*value, at, kMaxOptionLength);
    if (!name) return std::nullopt;
    // The seed's clients say initiative_keys for a selection.
    const std::string_view meant = *name == "initiative_keys" ? scope_name(ScopeType::kSelection) : *name;
    const auto* found = std::find(kScopeNames.begin(), kScopeNames.end(), meant);
    if (found == kScopeNames.end()) {
      problem(at, fmt::format("must be all, selection or filter, not {}", quote_for_message(*name)));
      return std::nullopt;
    }
    const auto type = static_cast<ScopeType>(found - kScopeNames.begin());
    if (action_ != nullptr && (action_->scopes & scope_bit(type)) == 0) {
      problem(at, fmt::format("{} takes the scope {}, not {}", action_->name,
                              spoken_list(scope_names(*action_)), *name));
    }
    return type;
  }

  void read_selection(const Json& scope) {
    members_.refuse_others(scope, "/scope", {"type", "initiative_keys", "rows"});
    const std::string keys_at = "/scope/initiative_keys";
    const Json* keys = find_member(scope, "initiative_keys");
    if (keys == nullptr) {
      problem(keys_at, "is missing; it lists the keys of the selected rows");
    } else if (members_.expect_list(*keys, keys_at)) {
      for (std::size_t i = 0; i < keys->size(); ++i) {
        const auto key =
            members_.text((*keys)[i], fmt::format("{}/{}", keys_at, i), kMaxKeyLength, TextRule::kAnything);
        request_.scope.initiative_keys.push_back(key.value_or(""));
      }
    }
    const Json* rows = find_member(scope, "rows");
    if (rows == nullptr || !members_.expect_list(*rows, "/scope/rows")) return;
    for (std::size_t i = 0; i < rows->size(); ++i) {
      read_selected_row((*rows)[i], fmt::format("/scope/rows/{}", i));
    }
  }

  void read_selected_row(const Json& value, const std::string& at) {
    if (!members_.expect_object(value, at)) return;
    members_.refuse_others(value, at, {"row", "initiative_key"});
    SelectedRow selected;
    if (const Json* row = find_member(value, "row")) {
      selected.row = members_.count(*row, at + "/row", 1, kMaxRow).value_or(0);
    } else {
      problem(at + "/row", "is missing; it is the row's number in the sheet");
    }
    if (const Json* key = find_member(value, "initiative_key")) {
      selected.initiative_key =
          members_.text(*key, at + "/initiative_key", kMaxKeyLength, TextRule::kAnything).value_or("");
    } else {
      problem(at + "/initiative_key", "is missing; it may be empty");
    }
    request_.scope.rows.push_back(std::move(selected));
  }

  void read_predicate(const Json& scope) {
    members_.refuse_others(scope, "/scope", {"type", "predicate"});
    const std::string at = "/scope/predicate";
    const Json* value = find_member(scope, "predicate");
    if (value == nullptr) return problem(at, "is missing; it has column, op and value");
    if (!members_.expect_object(*value, at)) return;
    members_.refuse_others(*value, at, {"column", "op", "value"});
    Predicate predicate;

    const std::vector<std::string_view> columns(kPredicateColumns.begin(), kPredicateColumns.end());
    const Json* column = find_member(*value, "column");
    if (column != nullptr)
      predicate.column = members_.text(*column, at + "/column", kMaxOptionLength).value_or("");
    const bool known = std::find(columns.begin(), columns.end(), predicate.column) != columns.end();
    if (!known && (column == nullptr || column->is_string())) {
      problem(at + "/column", fmt::format("must be one of {}", spoken_list(columns)));
    }

    const Json* op = find_member(*value, "op");
    if (op != nullptr && *op == "!=") {
      predicate.op = PredicateOp::kNotEqual;
    } else if (op == nullptr || *op != "==") {
      problem(at + "/op", "must be == or !=");
    }

    const Json* operand = find_member(*value, "value");
    if (operand == nullptr) {
      problem(at + "/value", "is missing; null stands for a blank cell");
    } else if (operand->is_boolean()) {
      predicate.value = operand->get<bool>();
    } else if (operand->is_number()) {
      predicate.value = operand->get<double>();
    } else if (operand->is_string()) {
      predicate.value = members_.text(*operand, at + "/value", kMaxPredicateLength).value_or("");
    } else if (!operand->is_null()) {
      problem(at + "/value",
              fmt::format("must be a text, a number, true, false or null, not {}", json_type_name(*operand)));
    }
    request_.scope.predicate = std::move(predicate);
  }

  void read_sheet_context(const Json& value) {
    const std::string at = "/sheet_context";
    if (!members_.expect_object(value, at)) return;
    members_.refuse_others(value, at, {"spreadsheet_id", "tab"});
    SheetContext context;
    if (const Json* id = find_member(value, "spreadsheet_id")) {
      const auto content = members_.text(*id, at + "/spreadsheet_id", kMaxSpreadsheetIdLength);
      const auto part_of_id = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
               c == '_';
      };
      if (content && (content->empty() || !std::all_of(content->begin(), content->end(), part_of_id))) {
        problem(at + "/spreadsheet_id",
                "must be the spreadsheet's id: the letters, digits, - and _ behind /d/ in its address");
      }
      context.spreadsheet_id = content.value_or("");
    } else {
      problem(at + "/spreadsheet_id", "is missing; leave sheet_context out for the configured spreadsheet");
    }
    if (const Json* tab = find_member(value, "tab"))
      context.tab = members_.text(*tab, at + "/tab", kMaxTabLength).value_or("");
    request_.sheet_context = std::move(context);
  }

  void read_options(const Json& options) {
    const std::string at = "/options";
    if (!members_.expect_object(options, at)) return;
    std::vector<std::string_view> taken;
    if (action_ != nullptr) {
      for (const OptionSpec* option : options_of(*action_))
        taken.push_back(option->name);
    }
    for (const auto& item : options.items()) {
      const auto known = all_options();
      const auto option =
          std::find_if(known.begin(), known.end(), [&](const OptionSpec& o) { return o.name == item.key(); });
      const bool is_taken = std::find(taken.begin(), taken.end(), item.key()) != taken.end();
      if (option == known.end() || (action_ != nullptr && !is_taken)) {
        problem(at + pointer_token(item.key()),
                action_ == nullptr ? fmt::format("unknown option {}", quote_for_message(item.key()))
                                   : fmt::format("{} has no option {}; it takes {}", action_->name,
                                                 quote_for_message(item.key()), spoken_list(taken)));
        continue;
      }
      read_option(*option, item.value(), at + pointer_token(item.key()));
    }
  }

  void read_option(const OptionSpec& option, const Json& value, const std::string& at) {
    std::visit(
        [&](auto member) {
          auto& target = request_.options.*member;
          if constexpr (std::is_same_v<decltype(target), bool&>) {
            if (const auto flag = members_.flag(value, at)) target = *flag;
          } else if constexpr (std::is_same_v<decltype(target), std::optional<std::string>&>) {
            read_text_option(option, value, at, target);
          } else {
            if (const auto count = members_.count(value, at, option.min, option.max)) target = *count;
          }
        },
        option.member);
  }

  void read_text_option(const OptionSpec& option, const Json& value, const std::string& at,
                        std::optional<std::string>& target) {
    target = members_.text(value, at, kMaxOptionLength);
    if (!target) return;
    if (option.type() == OptionType::kFramework) {
      target = framework_name(*target);
      if (!target) problem(at, "must be " + framework_choice());
    } else if (trim(*target).empty()) {
      problem(at, "must not be blank; leave it out for all");
    }
  }

  void read_requested_by(const Json& value) {
    const std::string at = "/requested_by";
    if (!members_.expect_object(value, at)) return;
    members_.refuse_others(value, at, {"ui", "user_email"});
    if (const Json* ui = find_member(value, "ui")) {
      request_.requested_by.ui = members_.text(*ui, at + "/ui", kMaxUiLength).value_or("");
    }
    if (const Json* email = find_member(value, "user_email")) {
      request_.requested_by.user_email =
          members_.text(*email, at + "/user_email", kMaxEmailLength).value_or("");
    }
  }

  const std::span<const ActionSpec> actions_;
  const ActionSpec* action_ = nullptr;  // nullptr: unknown; what depends on it is not checked then
  ActionRequest request_;
  MemberReader members_;
};

}  // namespace

std::variant<ActionRequest, RequestProblems> parse_action_request(std::string_view body,
                                                                  std::span<const ActionSpec> actions) {
  const std::string trouble = json_trouble(body);
  if (!trouble.empty()) {
    return RequestProblems{RequestProblems::Kind::kMalformed, {{"", "not a JSON document: " + trouble}}};
  }
  RequestReader reader(actions);
  ActionRequest request = reader.read(Json::parse(body));
  std::vector<RequestProblem> problems = reader.take_problems();
  if (problems.empty()) return request;
  return RequestProblems{RequestProblems::Kind::kInvalid, std::move(problems)};
}

}  // namespace roadmap
