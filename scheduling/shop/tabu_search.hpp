#pragma once

#include <limits>

#include "scheduling/shop/budget.hpp"
#include "scheduling/shop/estimate.hpp"
#include "scheduling/shop/incumbent.hpp"
#include "scheduling/shop/tabu_list.hpp"

namespace takt::scheduling::shop {

/// Tabu search for the makespan on the disjunctive graph, for problems without operators.
///
/// Where no operation may choose, the neighbourhood is N7 (Zhang, Li, Guan, Rao 2007): within a block of critical
/// operations on one machine, inner ones move to the ends (Balas and Vazacopoulos 1998) and the ends move inside,
/// judged by the heads and tails of the moved operations only. Where some may choose, every critical operation may also
/// go to every place of every other machine that performs it (Dauzère-Pérès and Paulli 1997; Mastrolilli and
/// Gambardella 2000). With workers, it may go to every place of every machine and worker that perform it.
///
/// What is tabu are pairs of operations that were turned round, and for an operation that changed its machine or
/// worker, the one it left.
template <bool Setups, bool Workers> class tabu_search {
public:
    tabu_search(const instance& shop, std::uint64_t seed);

    /// Improves a solution until `patience` iterations have brought nothing. Returns the makespan of what is then in
    /// `s`, which is the best that was seen. Tells `r` of everything better than what that knows.
    int run(sequence& s, std::int64_t patience, budget& b, report& r);

private:
    /// Operation `operation` goes, in the way `way`, to place `to` of that machine without it, and `worker_to` of that
    /// worker's.
    struct candidate {
        int value, second, operation, way, to, worker_to;
        bool tabu;
    };

    void look_along_blocks();
    void look_into_block(const int* block, int size);
    void consider_behind(int o, int last);
    void consider_before(int o, int first);
    void look_at_insertions();
    void look_at_machine(int o, int way);
    void look_at_machine_and_worker(int o, int way);
    int first_safe(const std::vector<int>& list, int here, int o) const;
    void consider(int value, int second, int operation, int way, int to, int worker_to);
    bool is_tabu(const candidate& c) const;
    template <class Seen> void turned_pairs(const candidate& c, Seen seen) const;
    bool choose_and_move();
    void remember(const candidate& c);

    const instance& shop_;
    graph<Setups, Workers> graph_;
    estimate<Setups, Workers> estimate_;
    random_source random_;
    tabu_list tabu_;
    bool flexible_;
    std::int64_t now_ = 0;
    int best_ = 0;  ///< the least makespan of this run
    int limit_ = 0; ///< no candidate above it can be chosen unless all are tabu
    std::vector<candidate> candidates_;
    std::vector<int> path_;
};

extern template class tabu_search<false, false>;
extern template class tabu_search<true, false>;
extern template class tabu_search<false, true>;
extern template class tabu_search<true, true>;

} // namespace takt::scheduling::shop
