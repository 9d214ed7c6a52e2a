#pragma once

#include "scheduling/shop/graph.hpp"

namespace takt::scheduling::shop {

/// How long the longest path would be after a move that is not yet made: by heads and tails of what moves, and by the
/// ends and tails of what does not (Taillard 1994; Balas and Vazacopoulos 1998).
template <bool Setups, bool Workers> class estimate {
public:
    explicit estimate(const graph<Setups, Workers>& g) : graph_(g), closed_up_(Workers ? g.nodes.size() : 0) {}

    /// The longest path through what moves if `o` goes behind `last` on its machine. Beyond `limit`, it may be more.
    int behind(int o, int last, int limit)
    {
        const auto* n = graph_.nodes.data();
        const int on = graph_.machine[at(o)];
        const int* list = graph_.on_machine[at(on)].data();
        const int from = graph_.index[at(o)], to = graph_.index[at(last)];
        kept_.resize(at(to - from) + 1);
        int left = n[o].machine_before, end = n[left].end;
        for (int i = from + 1; i <= to; ++i) {
            const int x = list[i];
            const int start = std::max(n[n[x].job_before].end, end + graph_.setup(on, left, x));
            kept_[at(i - from)] = start;
            end = start + n[x].duration;
            left = x;
        }
        const int start = std::max(n[n[o].job_before].end, end + graph_.setup(on, last, o));
        const int next = n[last].machine_after;
        int tail = n[o].duration + std::max(n[n[o].job_after].tail, n[next].tail + graph_.setup(on, o, next));
        int value = start + tail;
        int right = o;
        for (int i = to; i > from && value <= limit; --i) {
            const int x = list[i];
            tail = n[x].duration + std::max(n[n[x].job_after].tail, tail + graph_.setup(on, x, right));
            value = std::max(value, kept_[at(i - from)] + tail);
            right = x;
        }
        return value;
    }

    int before(int o, int first, int limit)
    {
        const auto* n = graph_.nodes.data();
        const int on = graph_.machine[at(o)];
        const int* list = graph_.on_machine[at(on)].data();
        const int from = graph_.index[at(first)], to = graph_.index[at(o)];
        kept_.resize(at(to - from) + 1);
        int right = n[o].machine_after, tail = n[right].tail;
        for (int i = to - 1; i >= from; --i) {
            const int x = list[i];
            tail = n[x].duration + std::max(n[n[x].job_after].tail, tail + graph_.setup(on, x, right));
            kept_[at(i - from)] = tail;
            right = x;
        }
        tail = n[o].duration + std::max(n[n[o].job_after].tail, tail + graph_.setup(on, o, first));
        int left = n[first].machine_before;
        int end = n[o].duration + std::max(n[n[o].job_before].end, n[left].end + graph_.setup(on, left, o));
        int value = end - n[o].duration + tail;
        left = o;
        for (int i = from; i < to && value <= limit; ++i) {
            const int x = list[i];
            const int start = std::max(n[n[x].job_before].end, end + graph_.setup(on, left, x));
            value = std::max(value, start + kept_[at(i - from)]);
            end = start + n[x].duration;
            left = x;
        }
        return value;
    }

    /// An operation that leaves its place leaves a path past it on the machine, for the worker, and in its job. That
    /// the ends of what comes after it would be earlier without it is not counted, nor are other longest paths.
    int without(int o)
    {
        const auto* n = graph_.nodes.data();
        const int left = n[o].machine_before, right = n[o].machine_after;
        const int past = n[left].end + n[right].tail + graph_.setup(graph_.machine[at(o)], left, right);
        without_ = std::max(past, n[n[o].job_before].end + n[n[o].job_after].tail);
        if constexpr (Workers) {
            without_ = std::max(without_, n[n[o].worker_before].end + n[n[o].worker_after].tail);
            close_up(o);
        }
        return without_;
    }

    /// The end of `x`, and its tail, as they are without the operation that `without` was asked about. Of those that
    /// come nearer then, only what its machine and its worker do is counted, and only with workers.
    int end_of(int x) const
    {
        return Workers && closed_up_[at(x)].behind == stamp_ ? closed_up_[at(x)].end : graph_.nodes[at(x)].end;
    }
    int tail_of(int x) const
    {
        return Workers && closed_up_[at(x)].before == stamp_ ? closed_up_[at(x)].tail : graph_.nodes[at(x)].tail;
    }

    /// With `o`, that `without` was asked about, in another place: as soon as `start`, before `right` on its machine,
    /// which takes `change` to set up, and before `worker_right` for its worker. The second value decides between
    /// equals.
    std::pair<int, int> with(int o, int start, int duration, int right, int change, int worker_right) const
    {
        const auto* n = graph_.nodes.data();
        int tail = std::max(n[n[o].job_after].tail, tail_of(right) + change);
        if constexpr (Workers) tail = std::max(tail, tail_of(worker_right));
        const int through = start + duration + tail;
        return {std::max(without_, through), through};
    }

private:
    struct closed_up {
        int end, tail;
        unsigned behind, before; ///< for whom they are right
    };

    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    /// Those behind `o` on its machine and for its worker come nearer to the beginning, those before it to the end.
    void close_up(int o)
    {
        ++stamp_;
        along(graph_.nodes[at(o)].machine_after, graph_.nodes[at(o)].worker_after, &node::machine_after,
              &staffed_node::worker_after, 1, [&](int x) { return comes_sooner(o, x); });
        along(graph_.nodes[at(o)].machine_before, graph_.nodes[at(o)].worker_before, &node::machine_before,
              &staffed_node::worker_before, -1, [&](int x) { return comes_later(o, x); });
    }

    /// Two lists in the order of time, each until nothing changes any more.
    template <class Visit> void along(int a, int b, int node::*next_a, int staffed_node::*next_b, int sign, Visit visit)
    {
        const auto* n = graph_.nodes.data();
        const int none = graph_.none;
        while (a != none || b != none) {
            if (b == none || (a != none && sign * n[a].place <= sign * n[b].place)) {
                if (a == b) b = n[b].*next_b;
                a = visit(a) ? n[a].*next_a : none;
            } else {
                b = visit(b) ? n[b].*next_b : none;
            }
        }
    }

    bool comes_sooner(int o, int x)
    {
        const auto* n = graph_.nodes.data();
        const int left = n[x].machine_before == o ? n[o].machine_before : n[x].machine_before;
        const int worker_left = n[x].worker_before == o ? n[o].worker_before : n[x].worker_before;
        const int start = std::max(
            {n[n[x].job_before].end, end_of(worker_left), end_of(left) + graph_.setup(graph_.machine[at(x)], left, x)});
        closed_up_[at(x)].end = start + n[x].duration;
        closed_up_[at(x)].behind = stamp_;
        return start + n[x].duration != n[x].end;
    }

    bool comes_later(int o, int x)
    {
        const auto* n = graph_.nodes.data();
        const int right = n[x].machine_after == o ? n[o].machine_after : n[x].machine_after;
        const int worker_right = n[x].worker_after == o ? n[o].worker_after : n[x].worker_after;
        const int tail = std::max({n[n[x].job_after].tail, tail_of(worker_right),
                                   tail_of(right) + graph_.setup(graph_.machine[at(x)], x, right)});
        closed_up_[at(x)].tail = tail + n[x].duration;
        closed_up_[at(x)].before = stamp_;
        return tail + n[x].duration != n[x].tail;
    }

    const graph<Setups, Workers>& graph_;
    std::vector<int> kept_; ///< starts or tails of a stretch that moves
    int without_ = 0;
    std::vector<closed_up> closed_up_;
    unsigned stamp_ = 0;
};

} // namespace takt::scheduling::shop
