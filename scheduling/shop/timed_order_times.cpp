#include "scheduling/shop/timed_order.hpp"

#include <algorithm>

// When the operations of an order start, and what holds them up.

namespace takt::scheduling::shop {

int timed_order::setup(int machine, int before, int after) const
{
    if (shop_.setup_kinds == 0 || before >= none_) return 0;
    const std::size_t kinds = at(shop_.setup_kinds);
    return shop_.setup[(at(machine) * kinds + at(shop_.kind[at(before)])) * kinds + at(shop_.kind[at(after)])];
}

/// What it costs that the last operation of a job ends then and not before.
void timed_order::ended(int o, int before, int after)
{
    if (goal_ == objective::makespan || shop_.due.empty()) return;
    const std::size_t j = o < none_ ? at(job_[at(o)]) : at(o - none_ - 1);
    const std::int64_t due = shop_.due[j], late = std::max<std::int64_t>(0, after - due),
                       was_late = std::max<std::int64_t>(0, before - due);
    value_ += (shop_.weight.empty() ? 1 : shop_.weight[j]) * (late - was_late);
}

template <bool Setups, bool Workers> int timed_order::retime_plain(int from, int until)
{
    spot* const all = spots_.data();
    const int* const order = now_.order.data();
    for (int i = from; i <= until; ++i) {
        const int o = order[i];
        auto& n = all[o];
        int end = std::max(all[n.job_before].end,
                           all[n.machine_before].end + (Setups ? setup(n.machine, n.machine_before, o) : 0));
        if (Workers) end = std::max(end, all[n.worker_before].end);
        end += n.duration;
        if (end == n.end) continue;
        timed_.push_back({o, n.end, -1});
        if (n.job_after == none_)
            ended(o, n.end, end);
        else
            until = std::max(until, all[n.job_after].place);
        until = std::max(until, all[n.machine_after].place);
        if (Workers) until = std::max(until, all[n.worker_after].place);
        n.end = end;
    }
    return until;
}

/// Times the operations from place `from` on, up to `until` and to what depends on those that changed.
void timed_order::retime(int from, int until)
{
    timed_.clear();
    if (shop_.operators > 0) {
        retime_with_operators(from);
        until = none_ - 1;
    } else {
        const bool setups = shop_.setup_kinds > 0, workers = shop_.workers > 0;
        if (setups)
            until = workers ? retime_plain<true, true>(from, until) : retime_plain<true, false>(from, until);
        else
            until = workers ? retime_plain<false, true>(from, until) : retime_plain<false, false>(from, until);
    }
    until_ = until;
    if (goal_ == objective::makespan) {
        value_ = 0;
        for (const int o : last_of_job_) value_ = std::max<std::int64_t>(value_, spots_[at(o)].end);
    }
}

void timed_order::retime_with_operators(int from)
{
    const std::size_t people = at(shop_.operators);
    const auto* free = free_.data() + at(from) * people;
    for (int i = from; i < none_; ++i) {
        const int o = now_.order[at(i)];
        auto& n = spots_[at(o)];
        int start = std::max(spots_[at(n.job_before)].end,
                             spots_[at(n.machine_before)].end + setup(n.machine, n.machine_before, o));
        start = std::max(start, spots_[at(n.worker_before)].end);
        auto* const next = free_then_.data() + at(i + 1) * people;
        std::copy(free, free + people, next);
        free = next;
        int before = -1;
        if (n.duration > 0) {
            // Who has been free for the shortest time, so that the others stay free for what comes earlier; or who is
            // free first.
            std::size_t best = 0;
            for (std::size_t p = 1; p < people; ++p) {
                const int then = next[p].first, least = next[best].first;
                if (then <= start ? least > start || then > least : then < least) best = p;
            }
            if (next[best].first > start) {
                start = next[best].first;
                before = next[best].second;
            }
            next[best] = {start + n.duration, o};
        }
        const int end = start + n.duration;
        if (end == n.end && before == operator_before_[at(o)]) continue;
        timed_.push_back({o, n.end, operator_before_[at(o)]});
        operator_before_[at(o)] = before;
        if (n.job_after == none_) ended(o, n.end, end);
        n.end = end;
    }
}

void timed_order::keep()
{
    sort(from_);
    if (shop_.operators == 0) return;
    // In the new order others may be free.
    const auto people = static_cast<std::ptrdiff_t>(shop_.operators);
    retime(from_, none_ - 1);
    std::copy(free_then_.begin() + (from_ + 1) * people, free_then_.end(), free_.begin() + (from_ + 1) * people);
}

void timed_order::sort(int from)
{
    auto& order = now_.order;
    const auto start = [this](int o) { return spots_[at(o)].end - spots_[at(o)].duration; };
    int low = from, i = std::max(1, from);
    for (; i < none_; ++i) {
        const int o = order[at(i)], begin = start(o);
        if (i > until_ && begin >= start(order[at(i - 1)])) break;
        int to = i;
        for (; to > 0 && start(order[at(to - 1)]) > begin; --to) order[at(to)] = order[at(to - 1)];
        order[at(to)] = o;
        low = std::min(low, to);
    }
    for (int k = low; k < i; ++k) spots_[at(order[at(k)])].place = k;
    from_ = low;
}

void timed_order::chain(std::vector<int>& held_up, random_source& random) const
{
    held_up.clear();
    int o = none_, equal = 0;
    for (std::size_t j = 0; j < last_of_job_.size(); ++j) {
        const int last = last_of_job_[j], end = spots_[at(last)].end;
        const bool matters = goal_ == objective::makespan ? end == value_ : !shop_.due.empty() && end > shop_.due[j];
        if (matters && random.below(++equal) == 0) o = last;
    }
    while (o < none_) {
        held_up.push_back(o);
        const auto& n = spots_[at(o)];
        const int start = n.end - n.duration;
        int next = none_;
        equal = 0;
        const auto consider = [&](int x, int end) {
            if (end == start && random.below(++equal) == 0) next = x;
        };
        consider(n.job_before, spots_[at(n.job_before)].end);
        consider(n.machine_before, spots_[at(n.machine_before)].end + setup(n.machine, n.machine_before, o));
        if (n.worker >= 0) consider(n.worker_before, spots_[at(n.worker_before)].end);
        if (const int x = operator_before_[at(o)]; x >= 0) consider(x, start);
        o = next;
    }
}

} // namespace takt::scheduling::shop
