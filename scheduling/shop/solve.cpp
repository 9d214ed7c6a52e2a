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

/// One thread's search: solutions made from nothing, then between good ones, each improved.
class searcher {
public:
    searcher(const search& all, int thread, pool& good, budget& b, report& r)
        : all_(all),
          shop_(all.shop),
          thread_(thread),
          good_(good),
          budget_(b),
          report_(r),
          random_(all.options.seed * 1000 + static_cast<std::uint64_t>(thread))
    {
    }

    void run()
    {
        const bool makespan = all_.options.goal == objective::makespan;
        if (!makespan || shop_.operators > 0) return anneal<false, false>(false);
        if (shop_.workers > 0) return shop_.setup_kinds > 0 ? anneal<true, true>(true) : anneal<false, true>(true);
        return shop_.setup_kinds > 0 ? relink_and_improve<true>() : relink_and_improve<false>();
    }

private:
    bool goes_on(bool first) { return first || (!report_.proved() && !budget_.over()); }

    /// Tabu search from many beginnings, then from solutions between good ones (TS/PR).
    template <bool Setups> void relink_and_improve()
    {
        constexpr std::int64_t glance = 500;
        constexpr int glances = 3, odd = 8; // one beginning in eight follows no rule
        // Annealing, unlike tabu search, goes through what is much worse. Small problems are better begun anew.
        constexpr int between_coolings = 4, few = 50;
        constexpr std::int64_t steps_per_operation = 300;
        std::optional<annealing> furnace;
        if (shop_.flexible() && shop_.operations() >= few) furnace.emplace(shop_, objective::makespan, random_.bits());
        tabu_search<Setups, false> tabu(shop_, random_.bits());
        const auto improve = [&](sequence s) {
            const auto value = tabu.run(s, patience(), budget_, report_);
            good_.add(value, s);
        };
        if (begins_with_plan()) improve(sequence_of(shop_, *all_.options.begin_with));
        for (bool first = true; goes_on(first); first = false) {
            if (good_.wants_new(budget_.used())) {
                const double noise = first && thread_ == 0 ? 0.0 : 0.1 + 0.6 * random_.fraction();
                const bool any = !first && random_.below(odd) == 0;
                improve(any ? at_random(shop_, random_) : begin(noise));
                continue;
            }
            const auto [from, to] = good_.two(random_);
            if (furnace && random_.below(between_coolings) == 0) {
                auto s = between(from, to, 0.3 + 0.4 * random_.fraction(), random_);
                furnace->cool(s, 0.1 + 0.4 * random_.fraction(), steps_per_operation * shop_.operations(), budget_,
                              report_);
                improve(std::move(s));
                continue;
            }
            sequence chosen;
            int least = std::numeric_limits<int>::max();
            for (int i = 0; i < glances; ++i) {
                auto s = between(from, to, 0.3 + 0.4 * random_.fraction(), random_);
                const int value = tabu.run(s, glance, budget_, report_);
                if (value < least) least = value, chosen = std::move(s);
            }
            improve(std::move(chosen));
        }
    }

    /// Annealing from many beginnings, then, less hot, from solutions between good ones. With `taboo`, every other time
    /// tabu search instead: each of them is better at some problems.
    template <bool Setups, bool Workers> void anneal(bool taboo)
    {
        const std::int64_t steps_per_operation = shop_.operators > 0 ? 2000 : 700;
        constexpr double hot = 1.0, warm = 0.3;
        const auto full = steps_per_operation * (shop_.operations() + 20);
        annealing furnace(shop_, all_.options.goal, random_.bits());
        std::optional<tabu_search<Setups, Workers>> tabu;
        if (taboo) tabu.emplace(shop_, random_.bits());
        instance enough = shop_;
        enough.operators = 0;
        const bool relaxable = shop_.operators > 0 && shop_.workers == 0 && all_.options.goal == objective::makespan;
        for (int round = 1; goes_on(round == 1); ++round) {
            const auto length = full * std::min(round, 5) / 5; // something good soon
            sequence s;
            double heat = hot;
            if (round == 1 && begins_with_plan()) {
                s = sequence_of(shop_, *all_.options.begin_with);
                heat = warm;
            } else if (good_.wants_new(budget_.used())) {
                s = begin(round == 1 && thread_ == 0 ? 0.0 : 0.3);
                if (relaxable && round % 2 == 0) {
                    s = shop_.setup_kinds > 0 ? without_operators<true>(enough, s)
                                              : without_operators<false>(enough, s);
                    heat = warm / 3;
                }
            } else {
                const auto [from, to] = good_.two(random_);
                s = between(from, to, 0.3 + 0.4 * random_.fraction(), random_);
                heat = 0.15 + 0.45 * random_.fraction(); // no one of them is the best for all
            }
            const auto value = tabu && (round + thread_) % 2 == 0 ? tabu->run(s, patience(), budget_, report_)
                                                                  : furnace.cool(s, heat, length, budget_, report_);
            good_.add(value, s);
        }
    }

    /// A solution that is good if there were operators enough, by tabu search.
    template <bool Setups> sequence without_operators(const instance& enough, sequence s)
    {
        incumbent unheard({});
        report quiet(unheard, 0, 0, true);
        tabu_search<Setups, false>(enough, random_.bits()).run(s, patience(), budget_, quiet);
        return sequence_of(enough, decode(enough, s)); // in the order of starts, in which operators are given out
    }

    sequence begin(double noise)
    {
        constexpr double thriftiest = 3;
        return dispatch(shop_, random_, {all_.options.goal, noise, noise > 0 ? thriftiest * random_.fraction() : 1});
    }

    std::int64_t patience() const { return std::min(12'500, 150 * shop_.operations()); }
    bool begins_with_plan() const { return all_.options.begin_with && thread_ == 0; }

    const search& all_;
    const instance& shop_;
    int thread_;
    pool& good_;
    budget& budget_;
    report& report_;
    random_source random_;
};

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
        searcher(all, t, *pools[instance::at(t) % pools.size()], b, r).run();
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
