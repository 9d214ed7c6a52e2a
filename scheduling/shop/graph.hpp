#pragma once

#include <algorithm>

#include "scheduling/shop/sequence.hpp"

namespace takt::scheduling::shop {

/// The disjunctive graph of a solution (Roy and Sussmann 1964): operations, linked along their jobs and along the
/// machines that they are on, with the longest paths to and from each. Without workers and operators.
///
/// Nodes 0 … operations-1 are the operations. Node `none` stands where there is no neighbour; after it come nodes that
/// stand before each job's first operation and end at its release.
///
/// Kept true between calls: `order` is a topological order of the nodes, `place` its inverse; `end` is the length of
/// the longest path up to and with an operation, `tail` of that from it on, the operation included.
template <bool Setups> class graph {
public:
    struct node {
        int job_before, job_after, machine_before, machine_after;
        int duration;
        int end, tail;
        int place;
    };

    explicit graph(const instance& shop)
        : shop_(shop),
          none(shop.operations()),
          nodes(at(none + 1 + shop.jobs)),
          machine(at(none)),
          choice(at(none)),
          index(at(none)),
          on_machine(at(shop.machines)),
          order(at(none)),
          mark_(nodes.size())
    {
        for (int j = 0; j < shop.jobs; ++j) {
            const int first = shop.job_begin[at(j)], last = shop.job_begin[at(j) + 1] - 1;
            nodes[at(none + 1 + j)] = {none, none, none, none, 0, shop.release_of(j), 0, -1};
            for (int o = first; o <= last; ++o)
                nodes[at(o)] = {o == first ? none + 1 + j : o - 1, o == last ? none : o + 1, none, none, 0, 0, 0, 0};
            if (first <= last) last_of_job_.push_back(last);
            released_ = std::max(released_, shop.release_of(j));
        }
        nodes[at(none)] = {none, none, none, none, 0, 0, 0, -1};
        if (Setups) copy_setups();
    }

    void load(const sequence& s)
    {
        for (auto& list : on_machine) list.clear();
        order = s.order;
        for (int i = 0; i < none; ++i) {
            const int o = order[at(i)];
            nodes[at(o)].place = i;
            take(o, s.choice[at(o)]);
            index[at(o)] = static_cast<int>(on_machine[at(machine[at(o)])].size());
            on_machine[at(machine[at(o)])].push_back(o);
        }
        for (const auto& list : on_machine) relink(list, 0, static_cast<int>(list.size()));
        refresh(0, none - 1);
    }

    sequence save() const { return {order, choice}; }

    int makespan() const
    {
        int latest = released_;
        for (const int o : last_of_job_) latest = std::max(latest, nodes[at(o)].end);
        return latest;
    }

    /// Time between two operations that a machine performs one after the other; 0 if one of them is `none`.
    int setup(int on, int before, int after) const
    {
        if constexpr (Setups)
            return setup_[(at(on) * kinds_ + kind_[at(before)]) * kinds_ + kind_[at(after)]];
        else
            return 0;
    }

    int start(int o) const { return nodes[at(o)].end - nodes[at(o)].duration; }

    /// Takes an operation off its place and puts it, in the way `way`, at place `to` of that machine's list as it is
    /// without the operation. False, and nothing has changed, if that would close a cycle.
    bool move(int o, int way, int to)
    {
        const int old_way = choice[at(o)], old_to = index[at(o)];
        place_on_machine(o, way, to);
        const node& n = nodes[at(o)];
        int low = n.place, high = n.place;
        bool possible = true;
        if (n.machine_before != none && nodes[at(n.machine_before)].place > n.place)
            possible = put_behind(o, high = nodes[at(n.machine_before)].place);
        else if (n.machine_after != none && nodes[at(n.machine_after)].place < n.place)
            possible = put_before(o, low = nodes[at(n.machine_after)].place);
        if (!possible) {
            place_on_machine(o, old_way, old_to);
            return false;
        }
        refresh(low, high);
        return true;
    }

    /// Recomputes ends from place `low` on and tails from place `high` back.
    void refresh(int low, int high)
    {
        node* const all = nodes.data();
        for (int i = low; i < none; ++i) {
            const int o = order[at(i)];
            node& n = all[o];
            const int by_machine = all[n.machine_before].end + setup(machine[at(o)], n.machine_before, o);
            n.end = n.duration + std::max(all[n.job_before].end, by_machine);
        }
        for (int i = high; i >= 0; --i) {
            const int o = order[at(i)];
            node& n = all[o];
            const int by_machine = all[n.machine_after].tail + setup(machine[at(o)], o, n.machine_after);
            n.tail = n.duration + std::max(all[n.job_after].tail, by_machine);
        }
    }

    /// A longest path, chosen at random where several meet, from its first operation to its last.
    void critical_path(std::vector<int>& path, random_source& random) const
    {
        path.clear();
        const int length = makespan();
        int o = none, equal = 0;
        for (const int last : last_of_job_)
            if (nodes[at(last)].end == length && random.below(++equal) == 0) o = last;
        while (o < none) {
            path.push_back(o);
            const node& n = nodes[at(o)];
            const int begin = n.end - n.duration;
            const bool by_job = nodes[at(n.job_before)].end == begin;
            const bool by_machine =
                n.machine_before != none &&
                nodes[at(n.machine_before)].end + setup(machine[at(o)], n.machine_before, o) == begin;
            if (!by_job && !by_machine) break;
            o = by_machine && (!by_job || (random.bits() & 1U)) ? n.machine_before : n.job_before;
        }
        std::reverse(path.begin(), path.end());
    }

    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

private:
    const instance& shop_;

public:
    const int none;
    std::vector<node> nodes;
    std::vector<int> machine, choice; ///< by operation
    std::vector<int> index;           ///< by operation: its place in its machine's list
    std::vector<std::vector<int>> on_machine;
    std::vector<int> order;

private:
    void take(int o, int way)
    {
        const auto& a = shop_.way(o, way);
        choice[at(o)] = way;
        machine[at(o)] = a.machine;
        nodes[at(o)].duration = a.duration;
    }

    /// Sets the links and places of a machine's list from one place up to before another, and to their neighbours.
    void relink(const std::vector<int>& list, int from, int to)
    {
        const int size = static_cast<int>(list.size());
        int before = from > 0 ? list[at(from - 1)] : none;
        for (int i = from; i < to; ++i) {
            const int o = list[at(i)];
            index[at(o)] = i;
            nodes[at(o)].machine_before = before;
            if (before != none) nodes[at(before)].machine_after = o;
            before = o;
        }
        const int after = to < size ? list[at(to)] : none;
        if (before != none) nodes[at(before)].machine_after = after;
        if (after != none) nodes[at(after)].machine_before = before;
    }

    void place_on_machine(int o, int way, int to)
    {
        const int from = index[at(o)];
        auto& list = on_machine[at(machine[at(o)])];
        const int target = shop_.way(o, way).machine;
        if (target == machine[at(o)]) {
            const auto b = list.begin();
            if (from < to)
                std::rotate(b + from, b + from + 1, b + to + 1);
            else
                std::rotate(b + to, b + from, b + from + 1);
            take(o, way);
            relink(list, std::min(from, to), std::max(from, to) + 1);
            return;
        }
        list.erase(list.begin() + from);
        relink(list, from, static_cast<int>(list.size()));
        take(o, way);
        auto& other = on_machine[at(target)];
        other.insert(other.begin() + to, o);
        relink(other, to, static_cast<int>(other.size()));
    }

    /// Moves an operation, and those up to place `last` that now depend on it, behind that place. If the operation at
    /// `last` is among them, there is a cycle.
    bool put_behind(int o, int last)
    {
        const int first = nodes[at(o)].place;
        kept_.clear();
        moved_.clear();
        ++stamp_;
        for (int i = first; i <= last; ++i) {
            const int x = order[at(i)];
            const node& n = nodes[at(x)];
            if (x == o || mark_[at(n.job_before)] == stamp_ || mark_[at(n.machine_before)] == stamp_) {
                mark_[at(x)] = stamp_;
                moved_.push_back(x);
            } else {
                kept_.push_back(x);
            }
        }
        if (mark_[at(order[at(last)])] == stamp_) return false;
        write(first, kept_, moved_);
        return true;
    }

    bool put_before(int o, int first)
    {
        const int last = nodes[at(o)].place;
        kept_.clear();
        moved_.clear();
        ++stamp_;
        for (int i = last; i >= first; --i) {
            const int x = order[at(i)];
            const node& n = nodes[at(x)];
            if (x == o || mark_[at(n.job_after)] == stamp_ || mark_[at(n.machine_after)] == stamp_) {
                mark_[at(x)] = stamp_;
                moved_.push_back(x);
            } else {
                kept_.push_back(x);
            }
        }
        if (mark_[at(order[at(first)])] == stamp_) return false;
        std::reverse(kept_.begin(), kept_.end());
        std::reverse(moved_.begin(), moved_.end());
        write(first, moved_, kept_);
        return true;
    }

    void write(int place, const std::vector<int>& a, const std::vector<int>& b)
    {
        for (const auto* list : {&a, &b})
            for (const int o : *list) {
                order[at(place)] = o;
                nodes[at(o)].place = place++;
            }
    }

    /// With one more kind, that of `none`, which needs no setup.
    void copy_setups()
    {
        const std::size_t n = at(shop_.setup_kinds);
        kinds_ = n + 1;
        kind_.assign(nodes.size(), n);
        for (int o = 0; o < none; ++o) kind_[at(o)] = at(shop_.kind[at(o)]);
        setup_.assign(at(shop_.machines) * kinds_ * kinds_, 0);
        for (std::size_t m = 0; m < at(shop_.machines); ++m)
            for (std::size_t a = 0; a < n; ++a)
                for (std::size_t b = 0; b < n; ++b)
                    setup_[(m * kinds_ + a) * kinds_ + b] = shop_.setup[(m * n + a) * n + b];
    }

    std::vector<int> last_of_job_;
    int released_ = 0;
    std::size_t kinds_ = 0;
    std::vector<std::size_t> kind_;
    std::vector<int> setup_;
    std::vector<unsigned> mark_;
    unsigned stamp_ = 0;
    std::vector<int> kept_, moved_;
};

} // namespace takt::scheduling::shop
