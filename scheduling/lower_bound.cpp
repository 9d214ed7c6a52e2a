#include "scheduling/lower_bound.hpp"

#include <algorithm>
#include <unordered_map>

namespace takt::scheduling {
namespace {

constexpr double hour = 3'600'000;

time_ms quickest(const operation& op)
{
    time_ms least = op.modes.empty() ? 0 : op.modes.front().run;
    for (const auto& m : op.modes) least = std::min(least, m.run);
    return std::max<time_ms>(0, least);
}

using ends = std::unordered_map<std::string_view, time_ms>;

time_ms earliest_end(const problem& p, const job& j, const operation& op, const ends& known)
{
    if (op.status == operation_status::running) return p.now + op.remaining;
    const auto of = [&](const std::string& key) {
        const auto found = known.find(key);
        return found == known.end() ? 0 : found->second;
    };
    time_ms start = std::max({p.now, j.release, op.earliest});
    for (const auto& name : op.predecessors)
        if (std::none_of(op.links.begin(), op.links.end(), [&](const link& l) { return l.predecessor == name; }))
            start = std::max(start, of(name));
    for (const auto& l : op.links)
        if (l.transfer_share >= 1) start = std::max(start, of(l.predecessor) + l.least);
    return start + quickest(op);
}

/// The earliest end of each operation as if its job were alone. Few passes suffice where operations stand in the order
/// of their work; where they do not, the bound is lower than it could be.
ends earliest_ends(const problem& p)
{
    constexpr int passes = 3;
    ends known;
    for (int pass = 0; pass < passes; ++pass)
        for (const auto& j : p.jobs)
            for (const auto& op : j.operations)
                if (op.status != operation_status::done) known[op.key] = earliest_end(p, j, op, known);
    return known;
}

/// The latest instant at which some machine is through with what only it can do, one after the other.
time_ms busiest_machine(const problem& p)
{
    std::unordered_map<std::string, time_ms> work;
    for (const auto& j : p.jobs)
        for (const auto& op : j.operations)
            if (op.status == operation_status::waiting && !op.batch && op.modes.size() == 1)
                work[op.modes.front().machine] += quickest(op);
    time_ms most = 0;
    for (const auto& [machine, sum] : work) most = std::max(most, sum);
    return p.now + most;
}

} // namespace

objective_values lower_bound(const problem& p)
{
    objective_values least;
    const auto by_operation = earliest_ends(p);
    time_ms last = busiest_machine(p);
    for (const auto& j : p.jobs) {
        time_ms end = 0;
        for (const auto& op : j.operations)
            if (op.status != operation_status::done) end = std::max(end, by_operation.at(op.key));
        last = std::max(last, end);
        if (end <= j.due) continue;
        least[objective::weighted_tardiness] += static_cast<double>(end - j.due) / hour * j.weight;
        least[objective::number_late] += 1;
    }
    least[objective::makespan] = static_cast<double>(last - p.now) / hour;
    return least;
}

} // namespace takt::scheduling
