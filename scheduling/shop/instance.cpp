#include "scheduling/shop/instance.hpp"

#include <algorithm>
#include <numeric>

namespace takt::scheduling::shop {

cost cost_of(const instance& shop, const plan& p)
{
    cost sum;
    for (int job = 0; job < shop.jobs; ++job) {
        const auto j = instance::at(job);
        std::int64_t end = shop.release_of(job);
        for (int o = shop.job_begin[j]; o < shop.job_begin[j + 1]; ++o) {
            const auto i = instance::at(o);
            end = std::max<std::int64_t>(end, p.start[i] + std::int64_t{shop.way(o, p.choice[i]).duration});
        }
        sum.makespan = std::max(sum.makespan, end);
        if (!shop.due.empty())
            sum.weighted_tardiness +=
                (shop.weight.empty() ? 1 : shop.weight[j]) * std::max<std::int64_t>(0, end - shop.due[j]);
    }
    return sum;
}

std::vector<int> jobs_of_operations(const instance& shop)
{
    std::vector<int> job(instance::at(shop.operations()));
    for (int j = 0; j < shop.jobs; ++j)
        std::fill(job.begin() + shop.job_begin[instance::at(j)], job.begin() + shop.job_begin[instance::at(j) + 1], j);
    return job;
}

std::vector<int> by_start(const instance& shop, const plan& p)
{
    std::vector<int> order(instance::at(shop.operations()));
    std::iota(order.begin(), order.end(), 0);
    const auto key = [&](int o) {
        const int start = p.start[instance::at(o)];
        return std::pair(start, std::int64_t{start} + shop.way(o, p.choice[instance::at(o)]).duration);
    };
    // Stable: operations without duration that start together stay in their job's order.
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return key(a) < key(b); });
    return order;
}

} // namespace takt::scheduling::shop
