#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The pure scheduling engine. It knows nothing of actors, messages, clocks or files. Times are milliseconds since the
/// epoch, UTC; durations are milliseconds; every interval is half-open [start, end).
///
/// What a plant does not know it leaves out: every member with a default means "not used" while it has that default.
/// `defaulted` names the members that a file may leave out (problem_file.hpp).
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
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"skill", "setup", "setup_skill", "tool", "power_kw"});
    std::string machine;
    std::string skill;
    time_ms setup = 0;         ///< when the machine's setup family changes and no setup matrix knows better
    time_ms run = 0;           ///< for the whole remaining quantity
    std::string setup_skill{}; ///< who sets up; the operator of `skill` is then needed from setup_end to end only
    std::string tool{};        ///< one of these is in use from start to end
    double power_kw = 0;       ///< drawn from start to end
};

constexpr time_ms unlimited = std::numeric_limits<time_ms>::max() / 4;

/// How an operation follows another one. Of a predecessor that is named in both lists only this counts.
struct link {
    static constexpr auto defaulted = std::to_array<std::string_view>({"least", "most", "transfer_share"});
    std::string predecessor;
    time_ms least = 0;        ///< from its end to this start: transport, cooling
    time_ms most = unlimited; ///< from its end to this start: within four hours of hardening
    /// Overlap: the share of the quantity that goes on at once, above 0 and below 1. This operation may start when the
    /// predecessor has run for that share (and `least`), and has that share of its own run to do when the predecessor
    /// ends. 1: no overlap. A running predecessor is waited for to its end.
    double transfer_share = 1;
};

struct material_need {
    std::string item;
    double quantity = 0;
};

enum class operation_status { waiting, running, done };

struct operation {
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"setup_family", "batch", "interruptible", "earliest", "status", "running_machine", "running_operator",
         "started", "remaining", "released", "load"});
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
    std::vector<link> links{};                     ///< predecessors with time lags or overlap
    std::vector<material_need> needs{};            ///< taken when it starts; of a running one they are taken already
    std::optional<time_ms> pinned_start{};         ///< it starts then or not at all
    bool released = false;                         ///< the floor knows when it is planned: moving it weighs more
    int load = 1;                                  ///< places it takes in a batch run
};

struct job {
    static constexpr auto defaulted = std::to_array<std::string_view>({"release", "weight"});
    std::string key;
    time_ms release = 0; ///< nothing of it starts earlier (material complete, frozen until)
    time_ms due = 0;
    double weight = 1; ///< priority: larger is more urgent
    std::vector<operation> operations;
};

struct machine {
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"down_until", "capacity", "setup_family", "setup_matrix"});
    std::string key;
    calendar available;
    time_ms down_until = 0;     ///< not before this instant
    int capacity = 1;           ///< operations in one run, if they are batch operations (furnace)
    std::string setup_family;   ///< what it is set up for now
    std::string setup_matrix{}; ///< of the problem's setup_matrices
    /// Groups of families that may share a batch run. For setups on this machine, those of a group count as its first.
    std::vector<std::vector<std::string>> compatible{};
};

/// What a change from one family to another takes, instead of the modes' own setup times. A pair that is not named
/// takes the mode's setup, or none if the families are the same.
struct setup_matrix {
    struct change {
        std::string from, to;
        time_ms setup = 0;
    };
    std::string key;
    std::vector<change> changes;
};

struct person {
    static constexpr auto defaulted = std::to_array<std::string_view>({"count"});
    std::string key;
    std::vector<std::string> skills;
    calendar available;
    int count = 1;      ///< so many who are all alike, planned as a number
    calendar regular{}; ///< work outside is overtime; empty: nothing is
};

/// What is needed beside the machine, in a limited number.
struct tool {
    static constexpr auto defaulted = std::to_array<std::string_view>({"count", "down_until"});
    std::string key;
    int count = 1;
    time_ms down_until = 0;
};

struct receipt {
    static constexpr auto defaulted = std::to_array<std::string_view>({"key"});
    std::string key; ///< purchase order or work order
    time_ms at = 0;
    double quantity = 0;
};

struct material {
    static constexpr auto defaulted = std::to_array<std::string_view>({"on_hand", "reserved"});
    std::string item;
    double on_hand = 0, reserved = 0; ///< reserved: of what is on hand, for somebody else
    std::vector<receipt> receipts{};
};

/// All that is planned may draw so much at any instant of the interval; what is running may exceed it.
struct power_cap {
    interval when;
    double kw = 0;
};

struct tariff {
    interval when;
    double price_per_kwh = 0;
};

struct problem {
    static constexpr auto defaulted =
        std::to_array<std::string_view>({"base_price_per_kwh", "frozen_until", "skills_matter"});
    time_ms now = 0;
    std::vector<machine> machines;
    std::vector<person> people;
    std::vector<job> jobs;
    std::vector<tool> tools{};
    std::vector<setup_matrix> setup_matrices{};
    std::vector<material> materials{}; ///< none: material is never short
    std::vector<power_cap> power_caps{};
    std::vector<tariff> tariffs{}; ///< disjoint; at other times the base price
    double base_price_per_kwh = 0;
    time_ms frozen_until = 0;  ///< what a plan in force starts earlier than that stays as it is while it can
    bool skills_matter = true; ///< false: who works where is not planned
};

/// Operations of one batch run have the same machine, people, tool and times.
struct assignment {
    static constexpr auto defaulted = std::to_array<std::string_view>({"person", "setup_end", "setter", "tool"});
    std::string job, operation, machine, person;
    time_ms start = 0, setup_end = 0, end = 0; ///< of a running operation, setup_end is its start
    std::string setter{};                      ///< who sets up, if the mode has a setup_skill and a setup is needed
    std::string tool{};
    friend bool operator==(const assignment&, const assignment&) = default;
};

/// Why an operation could not be planned; the rest is planned all the same. The reasons, and what `subject` names:
/// machine_unknown        machine    none of its modes has one that the problem knows
/// skill_missing          skill      nobody has it
/// operator_unknown       person     whom it is pinned to is not there, or cannot do it
/// tool_missing           tool       there is none
/// material_unknown       item       the problem does not know it
/// material_short         item       stock and receipts end before its turn comes
/// predecessor_unplanned  operation
/// predecessor_cycle      operation  the next on the cycle
/// calendar_ends          machine    no room within the calendars of machine and people
/// lag_exceeded           operation  whose end it cannot follow soon enough
/// pinned_conflict        what stands in the way at its pinned start: a predecessor, or its machine
/// power_exceeded         machine    draws more than the cap for as long as the calendars last
/// load_too_large         machine    takes more places than a run has
/// duration_invalid       machine    a setup or run that is negative or beyond all calendars
/// key_repeated           operation  nobody could tell which of the two is meant
struct unplanned {
    static constexpr auto defaulted = std::to_array<std::string_view>({"subject"});
    std::string job, operation, reason;
    std::string subject{};
    friend bool operator==(const unplanned&, const unplanned&) = default;
};

struct plan_result {
    std::vector<assignment> assignments; ///< by start, then machine
    std::vector<unplanned> left_out;
    std::map<std::string, time_ms> job_end; ///< last end of each job whose operations are all planned
};

/// Plans forward from `now`: feasible on machines, people, tools, calendars, precedence, material, power. Running
/// operations stay where they are. Material is set aside for the most urgent first. Deterministic: the same problem
/// gives the same plan. Any thread.
plan_result plan(const problem& p);

} // namespace takt::scheduling
