#include "scheduling/shop/bound.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <set>

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;

/// An operation seen by a resource: not before `head`, `work` long, `tail` after it.
struct task {
    int head, work, tail;
};

/// Jackson's preemptive schedule: at any time the task with the longest tail runs.
std::int64_t one_machine(std::vector<task> tasks)
{
    std::sort(tasks.begin(), tasks.end(), [](const task& a, const task& b) { return a.head < b.head; });
    std::priority_queue<std::pair<int, int>> ready; // tail, work left
    std::int64_t now = 0, bound = 0;
    for (std::size_t i = 0; i < tasks.size() || !ready.empty();) {
        if (ready.empty()) now = std::max<std::int64_t>(now, tasks[i].head);
        for (; i < tasks.size() && tasks[i].head <= now; ++i) ready.emplace(tasks[i].tail, tasks[i].work);
        const auto [tail, left] = ready.top();
        ready.pop();
        std::int64_t run = left;
        if (i < tasks.size()) run = std::min(run, tasks[i].head - now);
        now += run;
        if (run < left)
            ready.emplace(tail, left - static_cast<int>(run));
        else
            bound = std::max(bound, now + tail);
    }
    return bound;
}

/// Work on `count` equal resources: the `count` smallest heads and tails are idle time that somebody has.
std::int64_t shared_machines(const std::vector<task>& tasks, std::size_t count)
{
    if (tasks.size() < count) return 0; // then each may have its own
    std::vector<int> heads, tails;
    std::int64_t sum = 0;
    for (const auto& t : tasks) {
        heads.push_back(t.head);
        tails.push_back(t.tail);
        sum += t.work;
    }
    const auto smallest = [count](std::vector<int>& values) {
        std::sort(values.begin(), values.end());
        std::int64_t total = 0;
        for (std::size_t i = 0; i < count; ++i) total += values[i];
        return total;
    };
    sum += smallest(heads) + smallest(tails);
    const auto n = static_cast<std::int64_t>(count);
    return (sum + n - 1) / n;
}

/// The operations with the times that their jobs alone impose.
std::vector<task> tasks_of(const instance& shop)
{
    std::vector<task> tasks;
    for (int j = 0; j < shop.jobs; ++j) {
        int head = shop.release_of(j);
        for (int o = shop.job_begin[at(j)]; o < shop.job_begin[at(j) + 1]; ++o) {
            int shortest = std::numeric_limits<int>::max();
            for (int c = 0; c < shop.choices(o); ++c) shortest = std::min(shortest, shop.way(o, c).duration);
            tasks.push_back({head, shortest, 0});
            head += shortest;
        }
        for (int o = shop.job_begin[at(j) + 1] - 2; o >= shop.job_begin[at(j)]; --o)
            tasks[at(o)].tail = tasks[at(o) + 1].tail + tasks[at(o) + 1].work;
    }
    return tasks;
}

/// The bound that one kind of resource gives: `resource_of` names what an alternative takes.
template <class Resource>
std::int64_t resource_bound(const instance& shop, const std::vector<task>& tasks, Resource resource_of)
{
    constexpr std::size_t sets_most = 500;
    std::map<std::set<int>, std::vector<int>> users; // by the set of resources that could perform them
    std::set<int> all;
    std::vector<task> busy;
    for (int o = 0; o < shop.operations(); ++o) {
        std::set<int> eligible;
        for (int c = 0; c < shop.choices(o); ++c) eligible.insert(resource_of(shop.way(o, c)));
        all.insert(eligible.begin(), eligible.end());
        if (tasks[at(o)].work > 0) busy.push_back(tasks[at(o)]);
        if (users.size() < sets_most || users.count(eligible) > 0) users[eligible].push_back(o);
    }
    // Together they do everything.
    std::int64_t bound = shared_machines(busy, all.size());
    for (const auto& [group, unused] : users) {
        std::vector<task> within;
        for (const auto& [eligible, list] : users)
            if (std::includes(group.begin(), group.end(), eligible.begin(), eligible.end()))
                for (const int o : list)
                    if (tasks[at(o)].work > 0) within.push_back(tasks[at(o)]);
        bound = std::max(bound, group.size() == 1 ? one_machine(within) : shared_machines(within, group.size()));
    }
    return bound;
}

std::int64_t makespan_bound(const instance& shop)
{
    const auto tasks = tasks_of(shop);
    std::int64_t bound = 0;
    for (const auto& t : tasks) bound = std::max<std::int64_t>(bound, std::int64_t{t.head} + t.work + t.tail);
    for (int j = 0; j < shop.jobs; ++j) bound = std::max<std::int64_t>(bound, shop.release_of(j));
    bound = std::max(bound, resource_bound(shop, tasks, [](const alternative& a) { return a.machine; }));
    if (shop.workers > 0)
        bound = std::max(bound, resource_bound(shop, tasks, [](const alternative& a) { return a.worker; }));
    if (shop.operators > 0) {
        std::vector<task> busy;
        for (const auto& t : tasks)
            if (t.work > 0) busy.push_back(t);
        bound = std::max(bound, shared_machines(busy, at(shop.operators)));
    }
    return bound;
}

std::int64_t tardiness_bound(const instance& shop)
{
    if (shop.due.empty()) return 0;
    const auto tasks = tasks_of(shop);
    std::int64_t sum = 0;
    for (int j = 0; j < shop.jobs; ++j) {
        std::int64_t end = shop.release_of(j);
        const int first = shop.job_begin[at(j)];
        if (first < shop.job_begin[at(j) + 1]) end += tasks[at(first)].work + tasks[at(first)].tail;
        sum += (shop.weight.empty() ? 1 : shop.weight[at(j)]) * std::max<std::int64_t>(0, end - shop.due[at(j)]);
    }
    return sum;
}

} // namespace

std::int64_t lower_bound(const instance& shop, objective goal)
{
    return goal == objective::makespan ? makespan_bound(shop) : tardiness_bound(shop);
}

} // namespace takt::scheduling::shop
