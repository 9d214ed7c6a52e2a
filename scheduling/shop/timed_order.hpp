#pragma once

#include "scheduling/shop/random.hpp"
#include "scheduling/shop/sequence.hpp"

namespace takt::scheduling::shop {

/// A sequence with its times, for problems of every kind, that can be changed a little and changed back. Only what
/// comes behind a change is timed again, and only until nothing differs any more.
class timed_order {
public:
    timed_order(const instance& shop, objective goal);

    void load(const sequence& s);
    const sequence& now() const { return now_; }
    std::int64_t value() const { return value_; }

    int place(int o) const { return spots_[at(o)].place; }
    int machine(int o) const { return spots_[at(o)].machine; }
    int job(int o) const { return job_[at(o)]; }

    /// The operation at place `first` goes behind that at `last`, and so do those of its job between.
    void put_behind(int first, int last, int operation = -1, int way = 0);
    /// The operation at place `last` goes before that at `first`, and so do those of its job between. With either,
    /// `operation`, which must be the one that goes, is from then on performed in the way `way`.
    void put_before(int first, int last, int operation = -1, int way = 0);
    /// Takes the last change back; it has not been kept.
    void undo();
    /// Lets neighbours in time be neighbours in the order, which changes no start, except that operators may turn out
    /// to be free sooner.
    void keep();

    /// The operations that hold each other up before the end of the plan, or of one of the tardy jobs, the last first.
    void chain(std::vector<int>& held_up, random_source& random) const;

private:
    /// An operation, or one of those that stand before the first of a job, a machine or a worker.
    struct spot {
        int job_before, job_after, machine_before, machine_after, worker_before, worker_after;
        int end, duration, place, machine, worker;
    };
    struct link {
        int operation, machine_before, machine_after, worker_before, worker_after;
    };
    struct timed {
        int operation, end, operator_before;
    };

    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    int setup(int machine, int before, int after) const;
    void rearrange(int first, int last, bool own_first, int operation, int way);
    void take(int o, int way);
    void unlink(int o);
    void link_in(int o);
    void retime(int from, int until);
    template <bool Setups, bool Workers> int retime_plain(int from, int until);
    void retime_with_operators(int from);
    void ended(int o, int before, int after);
    void sort(int from);

    const instance& shop_;
    objective goal_;
    int none_, machine_heads_, worker_heads_;
    std::vector<int> job_, last_of_job_;
    std::vector<spot> spots_;
    sequence now_;
    std::int64_t value_ = 0;

    // What the last change was.
    int from_ = 0, until_ = 0, changed_ = -1, old_way_ = 0;
    std::int64_t old_value_ = 0;
    std::vector<int> old_part_, own_, others_;
    std::vector<link> links_;
    std::vector<timed> timed_;

    std::vector<int> operator_before_;           ///< by operation: whom its operator performed before it, or -1
    std::vector<std::pair<int, int>> free_;      ///< by place: of each operator, until when it is busy and with what
    std::vector<std::pair<int, int>> free_then_; ///< the same after the last change
};

} // namespace takt::scheduling::shop
