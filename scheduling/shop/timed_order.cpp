#include "scheduling/shop/timed_order.hpp"

#include <algorithm>

namespace takt::scheduling::shop {

timed_order::timed_order(const instance& shop, objective goal)
    : shop_(shop),
      goal_(goal),
      none_(shop.operations()),
      machine_heads_(none_ + 1 + shop.jobs),
      worker_heads_(machine_heads_ + shop.machines),
      job_(jobs_of_operations(shop)),
      spots_(at(worker_heads_ + shop.workers), {none_, none_, none_, none_, none_, none_, 0, 0, -1, -1, -1}),
      operator_before_(job_.size(), -1),
      free_((job_.size() + 1) * at(shop.operators)),
      free_then_(free_.size())
{
    for (int j = 0; j < shop.jobs; ++j) {
        const int first = shop.job_begin[at(j)], last = shop.job_begin[at(j) + 1] - 1;
        spots_[at(none_ + 1 + j)].end = shop.release_of(j);
        last_of_job_.push_back(first <= last ? last : none_ + 1 + j);
        for (int o = first; o <= last; ++o) {
            spots_[at(o)].job_before = o == first ? none_ + 1 + j : o - 1;
            spots_[at(o)].job_after = o == last ? none_ : o + 1;
        }
    }
}

void timed_order::take(int o, int way)
{
    const auto& a = shop_.way(o, way);
    now_.choice[at(o)] = way;
    spots_[at(o)].duration = a.duration;
    spots_[at(o)].machine = a.machine;
    spots_[at(o)].worker = a.worker;
}

void timed_order::load(const sequence& s)
{
    now_ = s;
    std::vector<int> last(spots_.size());
    for (int i = machine_heads_; i < static_cast<int>(spots_.size()); ++i) last[at(i)] = i;
    for (int i = 0; i < none_; ++i) {
        const int o = s.order[at(i)];
        auto& n = spots_[at(o)];
        n.place = i;
        n.end = 0;
        take(o, s.choice[at(o)]);
        int& before = last[at(machine_heads_ + n.machine)];
        n.machine_before = before;
        spots_[at(before)].machine_after = o;
        before = o;
        n.machine_after = none_;
        if (n.worker < 0) continue;
        int& worked_before = last[at(worker_heads_ + n.worker)];
        n.worker_before = worked_before;
        spots_[at(worked_before)].worker_after = o;
        worked_before = o;
        n.worker_after = none_;
    }
    value_ = 0;
    for (int j = 0; j < shop_.jobs; ++j) {
        if (goal_ == objective::makespan) value_ = std::max<std::int64_t>(value_, shop_.release_of(j));
        const int o = last_of_job_[at(j)];
        if (o > none_) ended(o, 0, spots_[at(o)].end);
    }
    std::fill_n(free_.begin(), shop_.operators, std::pair(0, -1));
    from_ = 0;
    retime(0, none_ - 1);
    keep();
}

void timed_order::unlink(int o)
{
    const auto& n = spots_[at(o)];
    links_.push_back({o, n.machine_before, n.machine_after, n.worker_before, n.worker_after});
    spots_[at(n.machine_before)].machine_after = n.machine_after;
    spots_[at(n.machine_after)].machine_before = n.machine_before;
    if (n.worker < 0) return;
    spots_[at(n.worker_before)].worker_after = n.worker_after;
    spots_[at(n.worker_after)].worker_before = n.worker_before;
}

/// Links an operation to those next to it in the order on its machine and for its worker.
void timed_order::link_in(int o)
{
    auto& n = spots_[at(o)];
    int i = n.place - 1;
    while (i >= 0 && spots_[at(now_.order[at(i)])].machine != n.machine) --i;
    n.machine_before = i >= 0 ? now_.order[at(i)] : machine_heads_ + n.machine;
    n.machine_after = spots_[at(n.machine_before)].machine_after;
    spots_[at(n.machine_before)].machine_after = o;
    spots_[at(n.machine_after)].machine_before = o;
    if (n.worker < 0) return;
    for (i = n.place - 1; i >= 0 && spots_[at(now_.order[at(i)])].worker != n.worker;) --i;
    n.worker_before = i >= 0 ? now_.order[at(i)] : worker_heads_ + n.worker;
    n.worker_after = spots_[at(n.worker_before)].worker_after;
    spots_[at(n.worker_before)].worker_after = o;
    spots_[at(n.worker_after)].worker_before = o;
}

void timed_order::put_behind(int first, int last, int operation, int way)
{
    rearrange(first, last, false, operation, way);
}

void timed_order::put_before(int first, int last, int operation, int way)
{
    rearrange(first, last, true, operation, way);
}

void timed_order::rearrange(int first, int last, bool own_first, int operation, int way)
{
    from_ = first;
    old_value_ = value_;
    const auto begin = now_.order.begin();
    old_part_.assign(begin + first, begin + last + 1);
    const int job = job_[at(old_part_[own_first ? old_part_.size() - 1 : 0])];
    own_.clear();
    others_.clear();
    for (const int o : old_part_) (job_[at(o)] == job ? own_ : others_).push_back(o);
    links_.clear();
    for (const int o : own_) unlink(o);
    int until = last;
    for (const auto& l : links_)
        until = std::max({until, spots_[at(l.machine_after)].place, spots_[at(l.worker_after)].place});
    int to = first;
    for (const auto* part : {own_first ? &own_ : &others_, own_first ? &others_ : &own_})
        for (const int o : *part) {
            now_.order[at(to)] = o;
            spots_[at(o)].place = to++;
        }
    changed_ = operation;
    if (operation >= 0) {
        old_way_ = now_.choice[at(operation)];
        take(operation, way);
    }
    for (const int o : own_) {
        // Until all are linked, those of the job that come later are not in the lists.
        link_in(o);
        until = std::max(
            {until, spots_[at(spots_[at(o)].machine_after)].place, spots_[at(spots_[at(o)].worker_after)].place});
    }
    retime(first, until);
}

void timed_order::undo()
{
    for (auto o = own_.rbegin(); o != own_.rend(); ++o) {
        const auto& n = spots_[at(*o)];
        spots_[at(n.machine_before)].machine_after = n.machine_after;
        spots_[at(n.machine_after)].machine_before = n.machine_before;
        if (n.worker < 0) continue;
        spots_[at(n.worker_before)].worker_after = n.worker_after;
        spots_[at(n.worker_after)].worker_before = n.worker_before;
    }
    if (changed_ >= 0) take(changed_, old_way_);
    for (auto l = links_.rbegin(); l != links_.rend(); ++l) {
        auto& n = spots_[at(l->operation)];
        n.machine_before = l->machine_before;
        n.machine_after = l->machine_after;
        spots_[at(n.machine_before)].machine_after = spots_[at(n.machine_after)].machine_before = l->operation;
        if (n.worker < 0) continue;
        n.worker_before = l->worker_before;
        n.worker_after = l->worker_after;
        spots_[at(n.worker_before)].worker_after = spots_[at(n.worker_after)].worker_before = l->operation;
    }
    int i = from_;
    for (const int o : old_part_) {
        now_.order[at(i)] = o;
        spots_[at(o)].place = i++;
    }
    for (const auto& t : timed_) {
        spots_[at(t.operation)].end = t.end;
        operator_before_[at(t.operation)] = t.operator_before;
    }
    value_ = old_value_;
}

} // namespace takt::scheduling::shop
