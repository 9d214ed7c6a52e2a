#pragma once

#include <algorithm>
#include <vector>

namespace takt::scheduling::shop {

/// A topological order of nodes that are linked along jobs, machines and perhaps workers. After new links only the
/// stretch between the two ends of a link that runs backwards is rearranged (after Pearce and Kelly 2006).
template <class Node> class turns {
public:
    explicit turns(std::vector<Node>& nodes) : nodes_(nodes), mark_(nodes.size()) {}

    std::vector<int> order; ///< its inverse stands in the nodes, as `place`

    /// The stretch that the last `fit` looked at.
    int low() const { return low_; }
    int high() const { return high_; }

    /// Rearranges after node `o` has got other neighbours than `none` before and after it. False, and nothing has
    /// changed, if there is a cycle.
    bool fit(int o, int none)
    {
        const int place = nodes_[at(o)].place;
        low_ = high_ = place;
        for (const int x : nodes_[at(o)].before())
            if (x != none) high_ = std::max(high_, nodes_[at(x)].place);
        for (const int x : nodes_[at(o)].after())
            if (x != none) low_ = std::min(low_, nodes_[at(x)].place);
        if (low_ < place && high_ > place) {
            saved_.assign(order.begin() + low_, order.begin() + high_ + 1);
            if (!put_behind(o, high_)) return false;
            if (put_before(o, low_)) return true;
            write(low_, saved_, {});
            return false;
        }
        return high_ > place ? put_behind(o, high_) : low_ == place || put_before(o, low_);
    }

private:
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    bool marked(const Node& n, bool backwards) const
    {
        for (const int x : backwards ? n.after() : n.before())
            if (mark_[at(x)] == stamp_) return true;
        return false;
    }

    /// Moves an operation, and those up to place `last` that now depend on it, behind that place. If one that it
    /// depends on is among them, there is a cycle.
    bool put_behind(int o, int last)
    {
        const int first = nodes_[at(o)].place;
        begin();
        for (int i = first; i <= last; ++i) take(order[at(i)], o, false);
        if (marked(nodes_[at(o)], false)) return false;
        write(first, kept_, moved_);
        return true;
    }

    bool put_before(int o, int first)
    {
        const int last = nodes_[at(o)].place;
        begin();
        for (int i = last; i >= first; --i) take(order[at(i)], o, true);
        if (marked(nodes_[at(o)], true)) return false;
        std::reverse(kept_.begin(), kept_.end());
        std::reverse(moved_.begin(), moved_.end());
        write(first, moved_, kept_);
        return true;
    }

    void begin()
    {
        kept_.clear();
        moved_.clear();
        ++stamp_;
    }

    void take(int x, int o, bool backwards)
    {
        if (x == o || marked(nodes_[at(x)], backwards)) {
            mark_[at(x)] = stamp_;
            moved_.push_back(x);
        } else {
            kept_.push_back(x);
        }
    }

    void write(int place, const std::vector<int>& a, const std::vector<int>& b)
    {
        for (const auto* list : {&a, &b})
            for (const int o : *list) {
                order[at(place)] = o;
                nodes_[at(o)].place = place++;
            }
    }

    std::vector<Node>& nodes_;
    std::vector<unsigned> mark_;
    unsigned stamp_ = 0;
    int low_ = 0, high_ = 0;
    std::vector<int> kept_, moved_, saved_;
};

} // namespace takt::scheduling::shop
