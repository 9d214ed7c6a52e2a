#pragma once

#include "messages/core/problem.hpp"
#include "scheduling/objective.hpp"

/// The plant's problem and its plans as JSON, for files and for those who ask a running node. The members are those of
/// problem.hpp; all times are milliseconds, instants since 1970 UTC (or since any other zero, if `now` has the same).
namespace takt::scheduling {

struct problem_file : problem {
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"base_price_per_kwh", "frozen_until", "skills_matter", "goal"});
    scheduling::goal goal{};
    std::optional<plan_result> in_force{}; ///< where the plant stands; improving it begins there
};

/// Unknown members are refused; everything that is wrong is named with its JSON pointer. Calendars must be sorted,
/// keys unique, numbers within reason; what merely cannot be planned is no error here (`unplanned` says why).
checked<problem_file> read_problem(std::string_view text);
std::string to_json(const problem_file& p);

/// Anybody's plan: `assignments` of operations with `job`, `machine`, `start`, `end`; the rest may be missing.
checked<plan_result> read_plan(std::string_view text);
std::string to_json(const plan_result& plan);
/// Arrays, for answers that hold more.
std::string to_json(const std::vector<unplanned>& all);

} // namespace takt::scheduling
