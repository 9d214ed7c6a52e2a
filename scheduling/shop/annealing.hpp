#pragma once

#include "scheduling/shop/budget.hpp"
#include "scheduling/shop/incumbent.hpp"
#include "scheduling/shop/timed_order.hpp"

namespace takt::scheduling::shop {

/// Simulated annealing over sequences (after van Laarhoven, Aarts and Lenstra 1992), for every kind of problem and both
/// objectives. A neighbour differs where it may matter: on the chain of operations, each held up by the one before,
/// that ends the plan or a tardy job (Kreipl 2000; Mati, Dauzère-Pérès and Lahlou 2011). There an operation goes behind
/// one that waits for it, or changes its machine or worker. Every neighbour is timed, so its value is exact.
class annealing {
public:
    annealing(const instance& shop, objective goal, std::uint64_t seed);

    /// Cools once, in about `length` steps but not more than a share of the budget. `heat` is how hot it begins: 1
    /// takes most losses, 0 none. Leaves the best of this cooling in `s` and returns its value; tells `r` of it if it
    /// is new.
    std::int64_t cool(sequence& s, double heat, std::int64_t length, budget& b, report& r);

private:
    double usual_loss(budget& b);
    bool propose();
    bool exchange();
    bool exchange_neighbours();
    bool change_choice();

    const instance& shop_;
    random_source random_;
    timed_order table_;
    std::vector<int> chain_, held_;
    bool changed_ = true; ///< since the chain was found
};

} // namespace takt::scheduling::shop
