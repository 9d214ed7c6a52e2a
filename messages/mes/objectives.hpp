#pragma once

#include "messages/core/describe.hpp"

/// What plans are judged by. The names are those of scheduling/objective.hpp, the same everywhere.
namespace takt::schedule {

BOOST_DEFINE_ENUM_CLASS(objective, weighted_tardiness, number_late, makespan, setup_time, stability, energy_cost,
                        work_in_progress, operator_overtime)

/// How much one of them counts; see `objectives` for the units.
struct goal_term {
    static constexpr auto defaulted = std::to_array<std::string_view>({"weight"});
    schedule::objective objective = schedule::objective::weighted_tardiness;
    double weight = 1;
};
BOOST_DESCRIBE_STRUCT(goal_term, (), (objective, weight))

/// What a plan is worth; less is better.
struct objectives {
    double weighted_tardiness = 0; ///< hours late × priority
    double number_late = 0;        ///< work orders
    double makespan = 0;           ///< hours until the last end
    double setup_time = 0;         ///< hours
    double stability = 0;          ///< hours moved since the plan before; more for another machine
    double energy_cost = 0;        ///< money
    double work_in_progress = 0;   ///< hours between first starts and last ends
    double operator_overtime = 0;  ///< hours
};
BOOST_DESCRIBE_STRUCT(objectives, (),
                      (weighted_tardiness, number_late, makespan, setup_time, stability, energy_cost, work_in_progress,
                       operator_overtime))

} // namespace takt::schedule
