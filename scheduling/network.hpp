#pragma once

#include <unordered_map>

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// A mode with the places of its machine and skill instead of their names.
struct indexed_mode {
    int machine = 0;
    int skill = -1; ///< none: unattended
    time_ms setup = 0, run = 0;
};

/// An operation among its neighbours.
struct node {
    const job* of = nullptr;
    const operation* source = nullptr;
    std::vector<int> before, after; ///< nodes
    std::vector<indexed_mode> modes;
    int family = 0;          ///< 0: none
    double latest_start = 0; ///< ms; with which its job, and all that waits for it, would just be in time
    double weight = 1;       ///< relative to the average job
    const char* left_out{};  ///< reason, or null
};

/// A problem with names resolved, neighbours linked and latest starts known. Refers to the problem, which
/// must outlive it.
struct network {
    std::vector<node> nodes;                 ///< operations not done, in the order of the problem
    std::vector<int> order;                  ///< of the nodes that are on no cycle, predecessors first
    std::vector<int> machine_family;         ///< what each machine is set up for now
    std::vector<std::vector<int>> qualified; ///< by skill: people, those with the fewest other skills first
    std::unordered_map<std::string, int> machines, people;
};

network make_network(const problem& p);

} // namespace takt::scheduling
