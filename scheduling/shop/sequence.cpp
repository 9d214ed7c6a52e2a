#include "scheduling/shop/sequence.hpp"

#include <algorithm>
#include <limits>

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;

/// What is taken so far while operations are put on machines one by one.
class board {
public:
    explicit board(const instance& shop)
        : shop_(shop),
          job_free_(at(shop.jobs)),
          machine_free_(at(shop.machines)),
          last_(at(shop.machines), -1),
          worker_free_(at(shop.workers)),
          operator_free_(at(shop.operators))
    {
        for (int j = 0; j < shop.jobs; ++j) job_free_[at(j)] = shop.release_of(j);
    }

    int start(int operation, int job, const alternative& a) const
    {
        int from = machine_free_[at(a.machine)];
        const int before = last_[at(a.machine)];
        if (before >= 0 && shop_.setup_kinds > 0)
            from += shop_.setup[(at(a.machine) * at(shop_.setup_kinds) + at(shop_.kind[at(before)])) *
                                    at(shop_.setup_kinds) +
                                at(shop_.kind[at(operation)])];
        from = std::max(from, job_free_[at(job)]);
        if (a.worker >= 0) from = std::max(from, worker_free_[at(a.worker)]);
        if (!operator_free_.empty() && a.duration > 0)
            from = std::max(from, *std::min_element(operator_free_.begin(), operator_free_.end()));
        return from;
    }

    void book(int operation, int job, const alternative& a, int start)
    {
        const int end = start + a.duration;
        job_free_[at(job)] = machine_free_[at(a.machine)] = end;
        last_[at(a.machine)] = operation;
        if (a.worker >= 0) worker_free_[at(a.worker)] = end;
        if (operator_free_.empty() || a.duration == 0) return;
        // The operator who has waited least, so that the others stay free for what comes earlier.
        auto* best = &operator_free_.front();
        for (auto& free : operator_free_)
            if (free <= start && (*best > start || free > *best)) best = &free;
        *best = end;
    }

private:
    const instance& shop_;
    std::vector<int> job_free_, machine_free_, last_, worker_free_, operator_free_;
};

/// The work from each operation to the end of its job, each at its fastest.
std::vector<int> remaining_work(const instance& shop)
{
    std::vector<int> work(at(shop.operations()));
    for (int j = 0; j < shop.jobs; ++j)
        for (int o = shop.job_begin[at(j) + 1] - 1, sum = 0; o >= shop.job_begin[at(j)]; --o) {
            int shortest = std::numeric_limits<int>::max();
            for (int c = 0; c < shop.choices(o); ++c) shortest = std::min(shortest, shop.way(o, c).duration);
            work[at(o)] = sum += shortest;
        }
    return work;
}

/// An operation that could be next, where it would end first.
struct candidate {
    int job, operation, choice, start, end;
};

class dispatcher {
public:
    dispatcher(const instance& shop, random_source& random, const dispatch_rule& rule)
        : shop_(shop), random_(random), rule_(rule), board_(shop), work_(remaining_work(shop))
    {
        for (int j = 0; j < shop.jobs; ++j)
            if (shop.job_begin[at(j)] < shop.job_begin[at(j) + 1])
                open_.push_back(renewed({j, shop.job_begin[at(j)], 0, 0, 0}));
    }

    sequence run()
    {
        sequence s{{}, std::vector<int>(at(shop_.operations()))};
        while (!open_.empty()) {
            const std::size_t i = next();
            const candidate c = open_[i];
            const auto way = shop_.way(c.operation, c.choice);
            board_.book(c.operation, c.job, way, c.start);
            s.order.push_back(c.operation);
            s.choice[at(c.operation)] = c.choice;
            if (c.operation + 1 < shop_.job_begin[at(c.job) + 1])
                open_[i] = renewed({c.job, c.operation + 1, 0, 0, 0});
            else
                open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
            refresh(way);
        }
        return s;
    }

private:
    candidate renewed(candidate c)
    {
        const bool last = c.operation + 1 == shop_.job_begin[at(c.job) + 1];
        const int shortest = work_[at(c.operation)] - (last ? 0 : work_[at(c.operation) + 1]);
        double least = std::numeric_limits<double>::infinity();
        int equal = 0;
        for (int k = 0; k < shop_.choices(c.operation); ++k) {
            const auto& way = shop_.way(c.operation, k);
            const int start = board_.start(c.operation, c.job, way);
            const double price = start + way.duration + rule_.thrift * (way.duration - shortest);
            if (price > least) continue;
            equal = price < least ? 1 : equal + 1;
            if (equal > 1 && random_.below(equal) > 0) continue;
            least = price;
            c.choice = k;
            c.start = start;
            c.end = start + way.duration;
        }
        return c;
    }

    /// Those that may have lost what they counted on.
    void refresh(const alternative& taken)
    {
        for (auto& c : open_) {
            const auto& way = shop_.way(c.operation, c.choice);
            const bool meets = way.machine == taken.machine || (way.worker >= 0 && way.worker == taken.worker);
            if (meets || shop_.operators > 0) c = renewed(c);
        }
    }

    std::size_t next()
    {
        const auto first = std::min_element(open_.begin(), open_.end(), [](const candidate& a, const candidate& b) {
            return std::pair(a.end, a.job) < std::pair(b.end, b.job);
        });
        const int machine = shop_.way(first->operation, first->choice).machine, end = first->end;
        std::size_t best = 0;
        double most = -std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < open_.size(); ++i) {
            const auto& c = open_[i];
            if (shop_.way(c.operation, c.choice).machine != machine || (c.start >= end && c.end > end)) continue;
            const double urgent = urgency(c) * (1 - rule_.noise + 2 * rule_.noise * random_.fraction());
            if (urgent > most) most = urgent, best = i;
        }
        return best;
    }

    double urgency(const candidate& c) const
    {
        const double work = work_[at(c.operation)];
        if (rule_.goal == objective::makespan || shop_.due.empty()) return work + 1;
        // Weighted modified operation time: the weight, over the time until the job has to end or could end.
        const double could = c.start + work, until = std::max<double>(could, shop_.due[at(c.job)]);
        return (shop_.weight.empty() ? 1.0 : shop_.weight[at(c.job)] + 0.01) / std::max(1.0, until);
    }

    const instance& shop_;
    random_source& random_;
    dispatch_rule rule_;
    board board_;
    std::vector<int> work_;
    std::vector<candidate> open_;
};

} // namespace

plan decode(const instance& shop, const sequence& s)
{
    const auto job = jobs_of_operations(shop);
    board b(shop);
    plan p{s.choice, std::vector<int>(s.order.size())};
    for (const int o : s.order) {
        const auto& way = shop.way(o, s.choice[at(o)]);
        p.start[at(o)] = b.start(o, job[at(o)], way);
        b.book(o, job[at(o)], way, p.start[at(o)]);
    }
    return p;
}

sequence sequence_of(const instance& shop, const plan& p) { return {by_start(shop, p), p.choice}; }

sequence dispatch(const instance& shop, random_source& random, const dispatch_rule& rule)
{
    return dispatcher(shop, random, rule).run();
}

sequence at_random(const instance& shop, random_source& random)
{
    // A job stands where one of its operations will: in any order, so all interleavings can come.
    auto turns = jobs_of_operations(shop);
    for (std::size_t i = turns.size(); i > 1; --i)
        std::swap(turns[i - 1], turns[at(random.below(static_cast<int>(i)))]);
    auto next = shop.job_begin;
    sequence s;
    for (const int job : turns) s.order.push_back(next[at(job)]++);
    for (int o = 0; o < shop.operations(); ++o) s.choice.push_back(random.below(shop.choices(o)));
    return s;
}

} // namespace takt::scheduling::shop
