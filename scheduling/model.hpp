#pragma once

#include <string_view>
#include <unordered_map>
#include <utility>

#include "scheduling/hours.hpp"
#include "scheduling/problem.hpp"

/// A problem with its names resolved to small numbers once, so that planning compares no texts. Refers to the problem,
/// which must outlive it and must not move.
namespace takt::scheduling {

/// A mode. -1: not needed.
struct way {
    int mode = 0; ///< of the operation
    int machine = 0;
    int skill = -1, setup_skill = -1, tool = -1; ///< crews
    time_ms setup = 0, run = 0;
    std::int64_t watts = 0;
};

struct model_link {
    int node = 0; ///< the predecessor; where it is kept as a successor, that
    time_ms least = 0, most = unlimited;
    double share = 1;
};

/// An operation that is not done, among its neighbours.
struct node {
    const operation* source = nullptr;
    int job = 0;
    int family = 0; ///< 0: none
    int cluster = 0;
    int pinned_person = -1; ///< in problem::people
    std::vector<way> ways;
    std::vector<model_link> before, after;
    std::vector<std::pair<int, double>> needs; ///< item, quantity
    time_ms least_work = 0;
    time_ms material_at = 0;        ///< when what it needs is there, as set aside for it
    double latest_start = 0;        ///< ms; with which its job, and all that waits for it, would just be in time
    double weight = 1;              ///< relative to the average job
    const char* left_out = nullptr; ///< reason, or null
    std::string subject;

    bool running() const { return source->status == operation_status::running; }
};

/// One person or one piece of a tool; a person that counts as several is as many units.
struct unit {
    int calendar = shared_hours::always;
    int source = 0; ///< in problem::people or tools
    bool is_tool = false;
    time_ms down_until = 0;
};

/// Those who have a skill, or the pieces of a tool. All in a class have the same calendar.
struct crew {
    struct same_hours {
        int calendar = shared_hours::always;
        std::vector<int> units; ///< those who can do little else first
    };
    std::string_view name;
    std::vector<same_hours> classes;
};

struct model_machine {
    int calendar = shared_hours::always;
    int family = 0;
    int matrix = -1;
    std::unordered_map<int, int> counts_as; ///< family → the first of its group
};

/// Setup times of the families that a matrix names; -1: the mode's own.
struct dense_matrix {
    std::vector<int> place; ///< of a family, -1: not named
    std::vector<time_ms> setup;
    std::size_t width = 0;
    std::vector<time_ms> longest_to; ///< by place
};

using name_index = std::unordered_map<std::string_view, int>;

struct model {
    const problem* source = nullptr;
    std::vector<node> nodes;                ///< in the order of the problem
    std::vector<std::vector<int>> clusters; ///< nodes that are placed together, predecessors first
    std::vector<int> order;                 ///< nodes that are on no cycle, predecessors first
    std::vector<model_machine> machines;
    std::vector<unit> units;
    std::vector<crew> crews;
    std::vector<dense_matrix> matrices;
    shared_hours hours;
    name_index node_by_key, machine_by_key, person_by_key, crew_by_skill, crew_by_tool, item_by_key, family_by_name;
    double average_weight = 1;

    const job& job_of(const node& n) const
    {
        const auto i = static_cast<std::size_t>(n.job);
        return i < source->jobs.size() ? source->jobs[i] : *probe;
    }
    const job* probe = nullptr; ///< one that is asked about and is not of the problem
    int families = 0;           ///< those of the problem

    /// Family as it counts for setups on a machine.
    int family_on(int machine, int family) const;
    /// The setup of a change of families on a machine; `own` is the mode's.
    time_ms setup_between(int machine, int from, int to, time_ms own) const;
    /// The longest that a change to this family can take.
    time_ms longest_setup(int machine, int to, time_ms own) const;
};

model make_model(const problem& p);
std::int64_t watts_of(const mode& m);

/// Appends a job that is not of the problem, and takes the last one appended away again. The job must stay where it is.
/// Its predecessors may be in the problem; nothing of the problem may wait for it.
void append(model& m, const job& probe);
void remove_probe(model& m);

} // namespace takt::scheduling
