#pragma once
// Small shops for tests of the scheduler, in minutes.

#include <stdexcept>

#include "scheduling/checker.hpp"

namespace takt::test {

/// A problem that is described in a few words. Operations follow each other within their job unless told otherwise.
class shop {
public:
    shop& machine(std::string key, int capacity = 1)
    {
        p.machines.push_back({std::move(key), {}, 0, capacity, {}});
        return *this;
    }
    shop& person(std::string key, std::vector<std::string> skills)
    {
        p.people.push_back({std::move(key), std::move(skills), {}});
        return *this;
    }
    shop& job(std::string key, scheduling::time_ms due, double weight = 1)
    {
        p.jobs.push_back({std::move(key), 0, due, weight, {}});
        return *this;
    }
    /// Of the last job; its key is the job's with a number.
    scheduling::operation& operation(std::vector<scheduling::mode> modes)
    {
        auto& j = p.jobs.back();
        scheduling::operation op;
        op.key = j.key + "." + std::to_string(j.operations.size() + 1);
        if (!j.operations.empty()) op.predecessors.push_back(j.operations.back().key);
        op.modes = std::move(modes);
        return j.operations.emplace_back(std::move(op));
    }

    scheduling::problem p;
};

/// The assignment of an operation; fails loudly when there is none.
inline scheduling::assignment of(const scheduling::plan_result& result, const std::string& operation)
{
    for (const auto& a : result.assignments)
        if (a.operation == operation) return a;
    throw std::logic_error(operation + " is not planned");
}

inline std::string described(const std::vector<scheduling::violation>& all)
{
    std::string text;
    for (const auto& v : all) text.append(v.rule).append(": ").append(v.detail).append("\n");
    return text;
}

} // namespace takt::test
