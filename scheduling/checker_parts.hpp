#pragma once

#include <unordered_map>

#include "scheduling/checker.hpp"

/// Between the files of the checker; nobody else includes it.
namespace takt::scheduling::checking {

struct placed {
    const assignment* where = nullptr;
    const job* of = nullptr;
    const operation* what = nullptr;
    const machine* on = nullptr;
    const person* by = nullptr; ///< null: unattended
    const person* setter = nullptr;
    const tool* with = nullptr;
    const mode* how = nullptr; ///< null: none fits, or it runs where its routing does not know it

    bool running() const { return what->status == operation_status::running; }
};

struct findings {
    const problem& p;
    std::vector<placed> all;                                        ///< by start, then end
    std::unordered_map<std::string, std::vector<const placed*>> on; ///< by machine
    std::unordered_map<std::string, const placed*> by_operation;    ///< those that are planned
    std::vector<violation> found;

    /// Of an operation that is planned; its machine is meant unless another resource is named.
    void complain(std::string rule, const std::string& about, const std::string& what, std::string resource = {})
    {
        violation v{std::move(rule), about + ": " + what, {}, about, std::move(resource)};
        if (const auto planned = by_operation.find(about); planned != by_operation.end()) {
            v.job = planned->second->where->job;
            if (v.resource.empty()) v.resource = planned->second->where->machine;
        }
        found.push_back(std::move(v));
    }
};

/// The same run: the operation itself, or one in a batch with it.
bool same_run(const placed& a, const placed& b);
/// Hours in which both work between two instants; null: always.
calendar shared_between(const calendar* a, const calendar* b, time_ms from, time_ms to);
time_ms worked(const calendar& hours, time_ms from, time_ms to);
/// The family as it counts on the machine.
const std::string& counts_as(const machine& on, const std::string& family);

void check_machines(findings& f);
void check_setups_and_times(findings& f);
void check_people_and_tools(findings& f);
void check_material(findings& f);
void check_power(findings& f);
void check_frozen(findings& f, const plan_result& result, const plan_result& in_force);

} // namespace takt::scheduling::checking
