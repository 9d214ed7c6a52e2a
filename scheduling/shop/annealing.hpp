#pragma once

#include "scheduling/shop/budget.hpp"
#include "scheduling/shop/incumbent.hpp"

namespace takt::scheduling::shop {

/// Simulated annealing over sequences (after van Laarhoven, Aarts and Lenstra 1992), for every kind of problem and both
/// objectives. A neighbour differs where it may matter: on the chain of operations, each held up by the one before,
/// that ends the plan or a tardy job (Kreipl 2000; Mati, Dauzère-Pérès and Lahlou 2011). There an operation goes behind
/// one that waits for it, or changes its machine or worker. Every neighbour is decoded, so its value is exact.
class annealing {
public:
    annealing(const instance& shop, objective goal, std::uint64_t seed);

    /// Cools once, in about `length` steps but not more than a share of the budget. `heat` is how hot it begins: 1
    /// takes most losses, 0 none. Leaves the best of this cooling in `s` and returns its value; tells `r` of it if it
    /// is new.
    std::int64_t cool(sequence& s, double heat, std::int64_t length, budget& b, report& r);

private:
    void load(const sequence& s);
    std::int64_t decode();
    int operator_place(int start) const;
    std::int64_t value() const;
    double usual_loss(budget& b);
    bool propose();
    void find_chain();
    bool exchange();
    bool change_choice();
    void put_behind(int first, int last);
    void put_before(int first, int last);
    void keep(int first, int last);
    void undo();
    void sort_by_start();

    const instance& shop_;
    objective goal_;
    random_source random_;
    std::vector<int> job_, last_of_job_;
    sequence now_;
    std::vector<int> place_, start_, end_;
    std::vector<int> waits_for_; ///< by operation: who holds it up, or -1
    std::vector<int> job_free_, machine_free_, machine_last_, worker_free_, worker_last_, operator_free_,
        operator_last_;
    std::vector<int> chain_, held_, part_;
    int changed_from_ = 0, changed_operation_ = -1, old_choice_ = 0;
    std::vector<int> old_part_;
};

} // namespace takt::scheduling::shop
