#pragma once

#include <limits>

#include "scheduling/shop/budget.hpp"
#include "scheduling/shop/graph.hpp"
#include "scheduling/shop/incumbent.hpp"
#include "scheduling/shop/tabu_list.hpp"

namespace takt::scheduling::shop {

/// Tabu search for the makespan, of problems without workers and operators.
///
/// Where no operation may choose, the neighbourhood is N7 (Zhang, Li, Guan, Rao 2007): within a block of critical
/// operations on one machine, inner ones move to the ends (Balas and Vazacopoulos 1998) and the ends move inside,
/// judged by the heads and tails of the moved operations only. Where some may choose, every critical operation may go
/// to every place of every machine that performs it (Dauzère-Pérès and Paulli 1997; Mastrolilli and Gambardella 2000),
/// judged exactly.
///
/// What is tabu are the operations and places of a stretch of a machine's sequence (Peng, Lü, Cheng 2015), and for an
/// operation that changed its machine, the machine it left.
template <bool Setups> class tabu_search {
public:
    tabu_search(const instance& shop, std::uint64_t seed);

    /// Improves a solution until `patience` iterations have brought nothing. Returns the makespan of what is then in
    /// `s`, which is the best that was seen. Tells `r` of everything better than what that knows.
    int run(sequence& s, std::int64_t patience, budget& b, report& r);

private:
    /// Operation `operation` goes, in the way `way`, to place `to` of that machine without it.
    struct candidate {
        int value, second, operation, way, to;
        bool tabu;
    };

    void look_along_blocks();
    void look_into_block(const int* block, int size);
    void consider_behind(int o, int last);
    void consider_before(int o, int first);
    int behind(int o, int last);
    int before(int o, int first);
    void look_at_insertions();
    void look_at_machine(int o, int way);
    void consider(int value, int second, int operation, int way, int to);
    bool is_tabu(const candidate& c) const;
    bool choose_and_move();
    void remember(const candidate& c);

    const instance& shop_;
    graph<Setups> graph_;
    random_source random_;
    tabu_list tabu_;
    bool flexible_;
    std::int64_t now_ = 0;
    int best_ = 0;  ///< the least makespan of this run
    int limit_ = 0; ///< no candidate above it can be chosen unless all are tabu
    std::vector<candidate> candidates_;
    std::vector<int> path_, head_;
    int without_ = 0; ///< the longest path known if the operation looked at were not there
};

extern template class tabu_search<false>;
extern template class tabu_search<true>;

} // namespace takt::scheduling::shop
