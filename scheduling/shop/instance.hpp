#pragma once

#include <cstdint>
#include <vector>

/// Classical shop problems, from the job shop to the flexible job shop with setups and workers.
namespace takt::scheduling::shop {

/// One way to perform an operation. Without workers, `worker` is -1.
struct alternative {
    int machine = 0;
    int duration = 0;
    int worker = -1;
};

/// A problem. Jobs are chains of operations; the operations are numbered through, job after job. Everything counts
/// from 0. Times are whole numbers; `read` and `problems_of` keep every sum of them within 31 bits.
struct instance {
    int jobs = 0;
    int machines = 0;
    int workers = 0;                       ///< 0: there are none
    int operators = 0;                     ///< identical people, one for each running operation; 0: as many as needed
    std::vector<int> job_begin;            ///< first operation of each job, and the number of operations
    std::vector<int> alternative_begin;    ///< first alternative of each operation, and the number of alternatives
    std::vector<alternative> alternatives; ///< of operation after operation
    std::vector<int> release, due, weight; ///< by job; empty: 0, never, 1

    /// `setup[(machine * setup_kinds + before) * setup_kinds + after]`: the machine stands still that long between two
    /// operations of these kinds that it performs one after the other. Nothing is set up before the first one.
    int setup_kinds = 0;
    std::vector<int> kind; ///< by operation; empty without setups
    std::vector<int> setup;

    int operations() const { return job_begin.empty() ? 0 : job_begin.back(); }
    int choices(int operation) const { return alternative_begin[at(operation) + 1] - alternative_begin[at(operation)]; }
    /// The `choice`th alternative of an operation.
    const alternative& way(int operation, int choice) const
    {
        return alternatives[at(alternative_begin[at(operation)] + choice)];
    }
    int release_of(int job) const { return release.empty() ? 0 : release[at(job)]; }
    bool flexible() const { return alternatives.size() > at(operations()); }

    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
};

/// What is to be small.
enum class objective { makespan, weighted_tardiness };

/// For each operation, which of its alternatives is taken and when it starts.
struct plan {
    std::vector<int> choice;
    std::vector<int> start;

    bool operator==(const plan&) const = default;
};

/// What a plan costs. Needs no feasible plan, but one as long as the instance.
struct cost {
    std::int64_t makespan = 0;
    std::int64_t weighted_tardiness = 0;

    std::int64_t of(objective goal) const { return goal == objective::makespan ? makespan : weighted_tardiness; }
};
cost cost_of(const instance& shop, const plan& p);

/// The job that each operation belongs to.
std::vector<int> jobs_of_operations(const instance& shop);

/// The operations in the order of their starts, those of a job in the job's order.
std::vector<int> by_start(const instance& shop, const plan& p);

} // namespace takt::scheduling::shop
