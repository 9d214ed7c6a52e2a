#pragma once

#include "scheduling/objective.hpp"

namespace takt::scheduling {

/// One planned operation by numbers, as it is judged. Those who judge many plans of one problem fill this in without
/// texts.
struct judged {
    int job = 0;
    time_ms start = 0, setup_end = 0, end = 0;
    double shared_by = 1; ///< members of its batch run
    double watts = 0;
    const calendar* regular = nullptr;        ///< of who works; null: everything is regular, or nobody does
    const calendar* setter_regular = nullptr; ///< of who sets up, if that is somebody else
    bool handed_over = false;                 ///< who works comes after the setup
    double moved_hours = 0;                   ///< against the plan in force, weighed
};

/// Adds up. `complete`: by job, whether all of it is planned. `by_job` may be null.
objective_values judge(const problem& p, const std::vector<judged>& all, const std::vector<char>& complete,
                       std::vector<objective_values>* by_job);

/// What moving an operation costs.
double moved_hours(const operation& op, const assignment& was, time_ms start, const std::string& machine);

} // namespace takt::scheduling
