#include "scheduling/shop/solve.hpp"

#include <algorithm>
#include <memory>
#include <thread>

#include "scheduling/shop/annealing.hpp"
#include "scheduling/shop/bound.hpp"
#include "scheduling/shop/pool.hpp"
#include "scheduling/shop/tabu_search.hpp"

namespace takt::scheduling::shop {
namespace {

/// What the threads of one search share.
struct search {
    const instance& shop;
    const solve_options& options;
    std::int64_t bound;
    incumbent& best;
    const std::atomic<bool>& stop;
    budget::clock::time_point until;
};

/// Tabu search from many beginnings, then from solutions between good ones (TS/PR).
template <bool Setups> void relink_and_improve(const search& all, int thread, pool& good, budget& b, report& r)
{
    constexpr std::int64_t glance = 500;
    const std::int64_t patience = std::min(12'500, 150 * all.shop.operations());
    constexpr int glances = 3, odd = 8; // one beginning in eight follows no rule
    random_source random(all.options.seed * 1000 + static_cast<std::uint64_t>(thread));
    tabu_search<Setups> tabu(all.shop, random.bits());
    const auto improve = [&](sequence s) {
        const auto value = tabu.run(s, patience, b, r);
        good.add(value, s);
    };
    if (all.options.begin_with && thread == 0) improve(sequence_of(all.shop, *all.options.begin_with));
    for (bool first = true; first || (!r.proved() && !b.over()); first = false) {
        if (good.wants_new(b.used())) {
            const double noise = first && thread == 0 ? 0.0 : 0.1 + 0.6 * random.fraction();
            const bool any = !first && random.below(odd) == 0;
            improve(any ? at_random(all.shop, random) : dispatch(all.shop, random, noise, objective::makespan));
            continue;
        }
        const auto [from, to] = good.two(random);
        sequence chosen;
        int least = std::numeric_limits<int>::max();
        for (int i = 0; i < glances; ++i) {
            auto s = between(from, to, 0.3 + 0.4 * random.fraction(), random);
            const int value = tabu.run(s, glance, b, r);
            if (value < least) least = value, chosen = std::move(s);
        }
        improve(std::move(chosen));
    }
}

/// A solution that is good if there were operators enough, by tabu search.
template <bool Setups> sequence without_operators(const instance& enough, random_source& random, budget& b)
{
    constexpr std::int64_t patience = 12'500;
    incumbent unheard({});
    report quiet(unheard, 0, 0, true);
    auto s = dispatch(enough, random, 0.3, objective::makespan);
    tabu_search<Setups>(enough, random.bits()).run(s, patience, b, quiet);
    return sequence_of(enough, decode(enough, s)); // in the order of starts, in which operators are given out
}

/// Annealing from many beginnings, then, less hot, from solutions between good ones.
void anneal(const search& all, int thread, pool& good, budget& b, report& r)
{
    constexpr std::int64_t steps_per_operation = 1000;
    constexpr double hot = 1.5, warm = 0.3, reheat = 0.3;
    const auto goal = all.options.goal;
    const auto full = steps_per_operation * (all.shop.operations() + 20);
    random_source random(all.options.seed * 1000 + static_cast<std::uint64_t>(thread));
    annealing furnace(all.shop, goal, random.bits());
    instance enough = all.shop;
    enough.operators = 0;
    const bool relaxable = all.shop.operators > 0 && all.shop.workers == 0 && goal == objective::makespan;
    for (int round = 1; round == 1 || (!r.proved() && !b.over()); ++round) {
        const auto length = full * std::min(round, 5) / 5; // something good soon
        sequence s;
        double heat = hot;
        if (round == 1 && all.options.begin_with) {
            s = sequence_of(all.shop, *all.options.begin_with);
            heat = warm;
        } else if (good.wants_new(b.used())) {
            if (relaxable && round % 2 == 0) {
                s = all.shop.setup_kinds > 0 ? without_operators<true>(enough, random, b)
                                             : without_operators<false>(enough, random, b);
                heat = warm / 3;
            } else {
                s = dispatch(all.shop, random, round == 1 && thread == 0 ? 0.0 : 0.3, goal);
            }
        } else {
            const auto [from, to] = good.two(random);
            s = between(from, to, 0.3 + 0.4 * random.fraction(), random);
            heat = reheat;
        }
        const auto value = furnace.cool(s, heat, length, b, r);
        good.add(value, s);
    }
}

void run_thread(const search& all, int thread, pool& good, budget& b, report& r)
{
    const auto& shop = all.shop;
    if (all.options.goal != objective::makespan || shop.workers > 0 || shop.operators > 0)
        return anneal(all, thread, good, b, r);
    if (all.shop.setup_kinds > 0)
        relink_and_improve<true>(all, thread, good, b, r);
    else
        relink_and_improve<false>(all, thread, good, b, r);
}

/// Runs the threads; counts what they did.
std::int64_t run(const search& all)
{
    constexpr std::size_t members = 30;
    const int threads = std::max(1, all.options.threads);
    const bool counted = all.options.iterations > 0;
    const auto iterations = counted ? all.options.iterations : std::numeric_limits<std::int64_t>::max();
    // Threads that count must not hear of each other, or the result would depend on which was faster.
    std::vector<std::unique_ptr<pool>> pools;
    for (int t = 0; t < (counted ? threads : 1); ++t) pools.push_back(std::make_unique<pool>(all.shop, members));
    std::atomic<std::int64_t> done{0};
    std::vector<std::thread> others;
    const auto work = [&](int t) {
        budget b(all.until, iterations, all.stop);
        report r(all.best, t, all.bound, counted);
        run_thread(all, t, *pools[instance::at(t) % pools.size()], b, r);
        done += b.done();
    };
    for (int t = 1; t < threads; ++t) others.emplace_back(work, t);
    work(0);
    for (auto& thread : others) thread.join();
    return done;
}

} // namespace

solution solve(const instance& shop, const solve_options& o)
{
    if (shop.operators > 0 && shop.operators >= std::min(shop.jobs, shop.machines)) {
        instance enough = shop; // more cannot work at the same time
        enough.operators = 0;
        return solve(enough, o);
    }
    const auto from = budget::clock::now();
    solution found;
    if (shop.operations() == 0) return found;
    found.lower_bound = lower_bound(shop, o.goal);
    incumbent best(o.improved);
    std::atomic<bool> never{false};
    const std::chrono::duration<double> time(o.seconds);
    const auto until = from + std::chrono::duration_cast<budget::clock::duration>(time);
    found.iterations = run({shop, o, found.lower_bound, best, o.stop ? *o.stop : never, until});
    found.best = decode(shop, best.best());
    found.value = cost_of(shop, found.best);
    found.trajectory = best.trajectory();
    found.seconds = std::chrono::duration<double>(budget::clock::now() - from).count();
    return found;
}

} // namespace takt::scheduling::shop
