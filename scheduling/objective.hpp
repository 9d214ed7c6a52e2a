#pragma once

#include <array>

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// What a plan can be judged by; less is better. One name each, the same everywhere.
enum class objective {
    weighted_tardiness, ///< hours late × weight
    number_late,        ///< jobs
    makespan,           ///< hours from now to the last end
    setup_time,         ///< hours from start to setup_end
    stability,   ///< against a plan in force: hours moved, and four more for another machine; ten times if released
    energy_cost, ///< money: what is drawn from start to end, at its tariff
    work_in_progress, ///< hours from a job's first start to its last end
    operator_overtime ///< hours of people outside their regular time
};
constexpr std::size_t objectives_count = 8;

const char* name_of(objective o);
std::optional<objective> objective_named(const std::string& name);

/// One value for each objective, by place in the enumeration.
struct objective_values {
    std::array<double, objectives_count> all{};
    double& operator[](objective o) { return all[static_cast<std::size_t>(o)]; }
    double operator[](objective o) const { return all[static_cast<std::size_t>(o)]; }
};

struct evaluation {
    objective_values total;
    std::map<std::string, objective_values> by_job; ///< makespan of a job: from now to its end
};

/// Judges a plan. A batch run's setup and energy are shared evenly by its members. Without a plan in force nothing is
/// unstable. Jobs that are not planned completely count with what is planned of them, but never as late: look at
/// left_out first.
evaluation evaluate(const problem& p, const plan_result& plan, const plan_result* in_force = nullptr);

/// What is wanted: a weighted sum, or a rank order in which a later objective only counts between equals.
struct goal {
    static constexpr auto defaulted = std::to_array<std::string_view>({"by_rank"});
    struct term {
        static constexpr auto defaulted = std::to_array<std::string_view>({"weight"});
        objective what = objective::weighted_tardiness;
        double weight = 1;
    };
    std::vector<term> terms{{objective::weighted_tardiness, 1}};
    bool by_rank = false;
};

/// Whether `a` is better than `b`; differences below a millionth are none.
bool better(const goal& g, const objective_values& a, const objective_values& b);
/// The weighted sum.
double value(const goal& g, const objective_values& v);

} // namespace takt::scheduling
