#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The pure scheduling engine. It knows nothing of actors, messages, clocks or files. Times are milliseconds since the
/// epoch, UTC; durations are milliseconds; every interval is half-open [start, end).
namespace takt::scheduling {

using time_ms = std::int64_t;

struct interval {
    time_ms start = 0, end = 0;
    friend bool operator==(const interval&, const interval&) = default;
};

/// When a machine or a person can work: sorted, disjoint intervals. An empty calendar means always; after the last
/// interval nothing can be planned, so give intervals over a horizon that holds the work.
using calendar = std::vector<interval>;

/// One way of doing an operation: on this machine, with one operator of this skill from start to end (none:
/// unattended). Setup and run are working time: calendars of the machine and the operator stop them.
struct mode {
    std::string machine;
    std::string skill;
    time_ms setup = 0; ///< when the machine's setup family changes
    time_ms run = 0;   ///< for the whole remaining quantity
};

enum class operation_status { waiting, running, done };

struct operation {
    std::string key;                       ///< unique in the problem
    std::vector<std::string> predecessors; ///< of the same or another job; one that is not in the problem is done
    std::vector<mode> modes;               ///< at most one for each machine
    std::string setup_family;              ///< none: every run of it is set up for, and no batch run is shared
    bool batch = false;                    ///< may share a run with others of its family on a machine with capacity > 1
    bool interruptible = true; ///< may stop at the end of a shift and go on in the next; its machine waits for it
    time_ms earliest = 0;      ///< material or transport
    operation_status status = operation_status::waiting;
    std::string running_machine, running_operator; ///< while running, or pinned while waiting
    time_ms started = 0;                           ///< while running
    time_ms remaining = 0;                         ///< while running: setup and run still to do, from now
};

struct job {
    std::string key;
    time_ms release = 0; ///< nothing of it starts earlier (material complete, frozen until)
    time_ms due = 0;
    double weight = 1; ///< priority: larger is more urgent
    std::vector<operation> operations;
};

struct machine {
    std::string key;
    calendar available;
    time_ms down_until = 0;   ///< not before this instant
    int capacity = 1;         ///< operations in one run, if they are batch operations (furnace)
    std::string setup_family; ///< what it is set up for now
};

struct person {
    std::string key;
    std::vector<std::string> skills;
    calendar available;
};

struct problem {
    time_ms now = 0;
    std::vector<machine> machines;
    std::vector<person> people;
    std::vector<job> jobs;
};

/// Operations of one batch run have the same machine, person and times.
struct assignment {
    std::string job, operation, machine, person;
    time_ms start = 0, setup_end = 0, end = 0; ///< of a running operation, setup_end is its start
    friend bool operator==(const assignment&, const assignment&) = default;
};

/// Why an operation could not be planned; the rest is planned all the same. The reasons: machine_unknown (none of its
/// modes has one that the problem knows), skill_missing (nobody has it), predecessor_unplanned, predecessor_cycle,
/// calendar_ends (no room within the calendars), key_repeated.
struct unplanned {
    std::string job, operation, reason;
    friend bool operator==(const unplanned&, const unplanned&) = default;
};

struct plan_result {
    std::vector<assignment> assignments; ///< by start, then machine
    std::vector<unplanned> left_out;
    std::map<std::string, time_ms> job_end; ///< last end of each job whose operations are all planned
};

/// Plans forward from `now`: feasible on machines, people, calendars, precedence, material (earliest, release). Running
/// operations stay where they are. Deterministic: the same problem gives the same plan. Any thread.
plan_result plan(const problem& p);

} // namespace takt::scheduling
