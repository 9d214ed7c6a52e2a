#pragma once

#include <array>

#include "scheduling/shop/sequence.hpp"
#include "scheduling/shop/setups.hpp"
#include "scheduling/shop/turns.hpp"

namespace takt::scheduling::shop {

/// An operation in the graph.
struct node {
    int job_before, job_after, machine_before, machine_after;
    int duration;
    int end, tail;
    int place;

    std::array<int, 2> before() const { return {job_before, machine_before}; }
    std::array<int, 2> after() const { return {job_after, machine_after}; }
};

struct staffed_node : node {
    int worker_before, worker_after;

    std::array<int, 3> before() const { return {job_before, machine_before, worker_before}; }
    std::array<int, 3> after() const { return {job_after, machine_after, worker_after}; }
};

/// The disjunctive graph of a solution (Roy and Sussmann 1964): operations, linked along their jobs, along the machines
/// that they are on and, with `Workers`, along those who perform them, with the longest paths to and from each. Without
/// operators.
///
/// Nodes 0 … operations-1 are the operations. Node `none` stands where there is no neighbour; after it come nodes that
/// stand before each job's first operation and end at its release.
///
/// Kept true between calls: `order()` is a topological order of the nodes, `place` its inverse; `end` is the length of
/// the longest path up to and with an operation, `tail` of that from it on, the operation included.
template <bool Setups, bool Workers> class graph {
public:
    using node_type = std::conditional_t<Workers, staffed_node, node>;

    explicit graph(const instance& shop)
        : none(shop.operations()),
          nodes(at(none + 1 + shop.jobs)),
          machine(at(none)),
          worker(Workers ? at(none) : 0),
          choice(at(none)),
          index(at(none)),
          worker_index(worker.size()),
          on_machine(at(shop.machines)),
          on_worker(Workers ? at(shop.workers) : 0),
          setup(shop),
          shop_(shop),
          turns_(nodes)
    {
        for (int i = none; i < static_cast<int>(nodes.size()); ++i) link_to_nothing(i);
        for (int j = 0; j < shop.jobs; ++j) {
            const int first = shop.job_begin[at(j)], last = shop.job_begin[at(j) + 1] - 1;
            nodes[at(none + 1 + j)].end = shop.release_of(j);
            for (int o = first; o <= last; ++o) {
                link_to_nothing(o);
                nodes[at(o)].job_before = o == first ? none + 1 + j : o - 1;
                nodes[at(o)].job_after = o == last ? none : o + 1;
            }
            if (first <= last) last_of_job_.push_back(last);
            released_ = std::max(released_, shop.release_of(j));
        }
    }

    void load(const sequence& s)
    {
        for (auto& list : on_machine) list.clear();
        for (auto& list : on_worker) list.clear();
        turns_.order = s.order;
        for (int i = 0; i < none; ++i) {
            const int o = s.order[at(i)];
            nodes[at(o)].place = i;
            take(o, s.choice[at(o)]);
            append(on_machine[at(machine[at(o)])], index, o);
            if constexpr (Workers) append(on_worker[at(worker[at(o)])], worker_index, o);
        }
        for (const auto& list : on_machine) link_machine(list, 0, static_cast<int>(list.size()));
        for (const auto& list : on_worker) link_worker(list, 0, static_cast<int>(list.size()));
        refresh(0, none - 1);
    }

    sequence save() const { return {turns_.order, choice}; }
    const std::vector<int>& order() const { return turns_.order; }

    int makespan() const
    {
        int latest = released_;
        for (const int o : last_of_job_) latest = std::max(latest, nodes[at(o)].end);
        return latest;
    }

    int start(int o) const { return nodes[at(o)].end - nodes[at(o)].duration; }

    /// Takes an operation off its places and puts it, in the way `way`, at place `to` of that machine's list and
    /// `worker_to` of that worker's, as they are without the operation. False, and nothing has changed, if that would
    /// close a cycle.
    bool move(int o, int way, int to, int worker_to = 0)
    {
        const int old_way = choice[at(o)], old_to = index[at(o)];
        const int old_worker_to = Workers ? worker_index[at(o)] : 0;
        put(o, way, to, worker_to);
        if (!turns_.fit(o, none)) {
            put(o, old_way, old_to, old_worker_to);
            return false;
        }
        refresh(turns_.low(), turns_.high());
        return true;
    }

    /// Where the last move changed the order; ends have changed from the lower place on, tails from the higher back.
    int lowest_changed() const { return turns_.low(); }
    int highest_changed() const { return turns_.high(); }

    /// The longest path to `o`, or one of them at random, from its first operation to `o`.
    void path_to(int o, std::vector<int>& path, random_source& random) const
    {
        path.clear();
        while (o < none) {
            path.push_back(o);
            const auto& n = nodes[at(o)];
            const int begin = n.end - n.duration;
            int next = none, equal = 0;
            const auto consider = [&](int x, int end) {
                if (end == begin && random.below(++equal) == 0) next = x;
            };
            consider(n.job_before, nodes[at(n.job_before)].end);
            if (n.machine_before != none)
                consider(n.machine_before,
                         nodes[at(n.machine_before)].end + setup(machine[at(o)], n.machine_before, o));
            if constexpr (Workers)
                if (n.worker_before != none && n.worker_before != n.machine_before)
                    consider(n.worker_before, nodes[at(n.worker_before)].end);
            o = next;
        }
        std::reverse(path.begin(), path.end());
    }

    /// A longest path, chosen at random where several meet.
    void critical_path(std::vector<int>& path, random_source& random) const
    {
        const int length = makespan();
        int last = none, equal = 0;
        for (const int o : last_of_job_)
            if (nodes[at(o)].end == length && random.below(++equal) == 0) last = o;
        path_to(last, path, random);
    }

    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    const int none;
    std::vector<node_type> nodes;
    std::vector<int> machine, worker, choice; ///< by operation
    std::vector<int> index, worker_index;     ///< by operation: its place in its machine's and its worker's list
    std::vector<std::vector<int>> on_machine, on_worker;
    const setup_table<Setups> setup;

private:
    void link_to_nothing(int i)
    {
        auto& n = nodes[at(i)];
        n = {};
        n.job_before = n.job_after = n.machine_before = n.machine_after = none;
        if constexpr (Workers) n.worker_before = n.worker_after = none;
        n.place = -1;
    }

    static void append(std::vector<int>& list, std::vector<int>& index, int o)
    {
        index[at(o)] = static_cast<int>(list.size());
        list.push_back(o);
    }

    void take(int o, int way)
    {
        const auto& a = shop_.way(o, way);
        choice[at(o)] = way;
        machine[at(o)] = a.machine;
        if constexpr (Workers) worker[at(o)] = a.worker;
        nodes[at(o)].duration = a.duration;
    }

    /// Recomputes ends from place `low` on and tails from place `high` back.
    void refresh(int low, int high)
    {
        node_type* const all = nodes.data();
        const int* const order = turns_.order.data();
        for (int i = low; i < none; ++i) {
            const int o = order[i];
            auto& n = all[o];
            int start =
                std::max(all[n.job_before].end, all[n.machine_before].end + setup(machine[at(o)], n.machine_before, o));
            if constexpr (Workers) start = std::max(start, all[n.worker_before].end);
            n.end = n.duration + start;
        }
        for (int i = high; i >= 0; --i) {
            const int o = order[i];
            auto& n = all[o];
            int tail =
                std::max(all[n.job_after].tail, all[n.machine_after].tail + setup(machine[at(o)], o, n.machine_after));
            if constexpr (Workers) tail = std::max(tail, all[n.worker_after].tail);
            n.tail = n.duration + tail;
        }
    }

    /// Sets the links and places of a list from one place up to before another, and to their neighbours.
    void link(const std::vector<int>& list, std::vector<int>& places, int node_type::*before_link,
              int node_type::*after_link, int from, int to)
    {
        const int size = static_cast<int>(list.size());
        int before = from > 0 ? list[at(from - 1)] : none;
        for (int i = from; i < to; ++i) {
            const int o = list[at(i)];
            places[at(o)] = i;
            nodes[at(o)].*before_link = before;
            if (before != none) nodes[at(before)].*after_link = o;
            before = o;
        }
        const int after = to < size ? list[at(to)] : none;
        if (before != none) nodes[at(before)].*after_link = after;
        if (after != none) nodes[at(after)].*before_link = before;
    }
    void link_machine(const std::vector<int>& list, int from, int to)
    {
        link(list, index, &node_type::machine_before, &node_type::machine_after, from, to);
    }
    void link_worker(const std::vector<int>& list, int from, int to)
    {
        if constexpr (Workers) link(list, worker_index, &node_type::worker_before, &node_type::worker_after, from, to);
    }

    /// Moves an operation from one list to another, or within one; `relink` then sets the links.
    template <class Link>
    static void shift(std::vector<int>& source, std::vector<int>& target, int from, int to, Link relink)
    {
        if (&source == &target) {
            const auto b = source.begin();
            if (from < to)
                std::rotate(b + from, b + from + 1, b + to + 1);
            else
                std::rotate(b + to, b + from, b + from + 1);
            relink(source, std::min(from, to), std::max(from, to) + 1);
            return;
        }
        const int o = source[at(from)];
        source.erase(source.begin() + from);
        relink(source, from, static_cast<int>(source.size()));
        target.insert(target.begin() + to, o);
        relink(target, to, static_cast<int>(target.size()));
    }

    void put(int o, int way, int to, int worker_to)
    {
        auto& machine_list = on_machine[at(machine[at(o)])];
        auto& new_machine_list = on_machine[at(shop_.way(o, way).machine)];
        shift(machine_list, new_machine_list, index[at(o)], to,
              [this](const auto& list, int from, int until) { link_machine(list, from, until); });
        if constexpr (Workers) {
            auto& worker_list = on_worker[at(worker[at(o)])];
            auto& new_worker_list = on_worker[at(shop_.way(o, way).worker)];
            shift(worker_list, new_worker_list, worker_index[at(o)], worker_to,
                  [this](const auto& list, int from, int until) { link_worker(list, from, until); });
        }
        take(o, way);
    }

    const instance& shop_;
    turns<node_type> turns_;
    std::vector<int> last_of_job_;
    int released_ = 0;
};

} // namespace takt::scheduling::shop
