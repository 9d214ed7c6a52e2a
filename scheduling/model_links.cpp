#include "scheduling/model_links.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace takt::scheduling {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

class linker {
public:
    linker(model& m, std::size_t first) : m_(m), first_(first), count_(m.nodes.size() - first) {}

    void run()
    {
        add_links();
        sort_operations();
        make_clusters();
        find_latest_starts();
    }

private:
    node& at_place(std::size_t i) { return m_.nodes[first_ + i]; }
    std::size_t place(int n) const { return at(n) - first_; }
    bool is_new(int n) const { return at(n) >= first_; }

    void add_links();
    void sort_operations();
    void name_cycle(std::vector<std::size_t>& open);
    void make_clusters();
    int root(int i);
    bool merge_cycles();
    void find_latest_starts();

    model& m_;
    std::size_t first_, count_;
    std::vector<int> parent_; ///< of each new node, towards the root of its cluster
};

void linker::add_links()
{
    for (std::size_t i = 0; i < count_; ++i) {
        auto& n = at_place(i);
        const auto add = [&](const std::string& name, model_link l) {
            const auto found = m_.node_by_key.find(name);
            if (found == m_.node_by_key.end()) return;
            l.node = found->second;
            for (const auto& other : n.before)
                if (other.node == l.node) return;
            n.before.push_back(l);
        };
        for (const auto& l : n.source->links) {
            const bool overlap = l.transfer_share > 0 && l.transfer_share < 1;
            add(l.predecessor,
                {0, std::clamp(l.least, -unlimited, unlimited), l.most, overlap ? l.transfer_share : 1.0});
        }
        for (const auto& name : n.source->predecessors) add(name, {});
        for (const auto& l : n.before)
            if (is_new(l.node))
                m_.nodes[at(l.node)].after.push_back({static_cast<int>(first_ + i), l.least, l.most, l.share});
    }
}

/// Kahn's algorithm; what it leaves is on a cycle or behind one.
void linker::sort_operations()
{
    std::vector<std::size_t> open(count_);
    const auto begin = m_.order.size();
    for (std::size_t i = 0; i < count_; ++i) {
        for (const auto& l : at_place(i).before) open[i] += is_new(l.node) ? 1U : 0U;
        if (open[i] == 0) m_.order.push_back(static_cast<int>(first_ + i));
    }
    for (auto i = begin; i < m_.order.size(); ++i)
        for (const auto& l : m_.nodes[at(m_.order[i])].after)
            if (--open[place(l.node)] == 0) m_.order.push_back(l.node);
    if (m_.order.size() - begin < count_) name_cycle(open);
}

/// The same backwards takes away what is only behind a cycle; the rest is on one, or between two.
void linker::name_cycle(std::vector<std::size_t>& open)
{
    std::vector<std::size_t> waiting(count_);
    std::vector<std::size_t> free_of;
    const auto stuck = [&](std::size_t i) { return open[i] != 0; };
    for (std::size_t i = 0; i < count_; ++i) {
        if (!stuck(i)) continue;
        for (const auto& l : at_place(i).after) waiting[i] += stuck(place(l.node)) ? 1U : 0U;
        if (waiting[i] == 0) free_of.push_back(i);
    }
    std::vector<bool> behind(count_, false);
    for (std::size_t i = 0; i < free_of.size(); ++i) {
        behind[free_of[i]] = true;
        for (const auto& l : at_place(free_of[i]).before)
            if (is_new(l.node) && stuck(place(l.node)) && --waiting[place(l.node)] == 0)
                free_of.push_back(place(l.node));
    }
    for (std::size_t i = 0; i < count_; ++i) {
        if (!stuck(i)) continue;
        auto& n = at_place(i);
        if (n.left_out != nullptr) continue;
        n.left_out = behind[i] ? "predecessor_unplanned" : "predecessor_cycle";
        for (const auto& l : n.before)
            if (is_new(l.node) && stuck(place(l.node))) n.subject = m_.nodes[at(l.node)].source->key;
    }
}

int linker::root(int i)
{
    while (parent_[at(i)] != i) i = parent_[at(i)] = parent_[at(parent_[at(i)])];
    return i;
}

/// Operations that must follow each other within a time are placed together, so that one can be moved for the other
/// before anything else counts on it.
void linker::make_clusters()
{
    parent_.resize(count_);
    std::iota(parent_.begin(), parent_.end(), 0);
    bool any = false;
    for (std::size_t i = 0; i < count_; ++i) {
        for (const auto& l : at_place(i).before) {
            if (l.most >= unlimited || !is_new(l.node)) continue;
            parent_[at(root(static_cast<int>(i)))] = root(static_cast<int>(place(l.node)));
            any = true;
        }
    }
    while (any && merge_cycles()) {}
    std::vector<int> number(count_, -1);
    const auto add = [&](int n) {
        auto& cluster = number[at(root(static_cast<int>(place(n))))];
        if (cluster < 0) {
            cluster = static_cast<int>(m_.clusters.size());
            m_.clusters.emplace_back();
        }
        m_.clusters[at(cluster)].push_back(n);
        m_.nodes[at(n)].cluster = cluster;
    };
    std::vector<bool> sorted(count_, false);
    for (const int n : m_.order) {
        if (!is_new(n)) continue;
        add(n);
        sorted[place(n)] = true;
    }
    for (std::size_t i = 0; i < count_; ++i)
        if (!sorted[i]) add(static_cast<int>(first_ + i));
}

/// One operation between two of a cluster belongs to it. True if clusters were merged: Kahn's algorithm forwards and
/// backwards over clusters; what is left is on cycles of clusters.
bool linker::merge_cycles()
{
    std::vector<std::size_t> open(count_);
    std::vector<std::vector<int>> after(count_), before(count_);
    for (const int n : m_.order) {
        if (!is_new(n)) continue;
        const int to = root(static_cast<int>(place(n)));
        for (const auto& l : m_.nodes[at(n)].before) {
            const int from = is_new(l.node) ? root(static_cast<int>(place(l.node))) : to;
            if (from == to) continue;
            after[at(from)].push_back(to);
            before[at(to)].push_back(from);
        }
    }
    std::vector<bool> gone(count_, false);
    const auto strip = [&](const auto& in, const auto& out) {
        std::vector<std::size_t> ready;
        for (std::size_t i = 0; i < count_; ++i) {
            open[i] = 0;
            for (const int x : in[i]) open[i] += gone[at(x)] ? 0U : 1U;
            if (open[i] == 0 && !gone[i]) ready.push_back(i);
        }
        for (std::size_t i = 0; i < ready.size(); ++i) {
            gone[ready[i]] = true;
            for (const int x : out[ready[i]])
                if (!gone[at(x)] && --open[at(x)] == 0) ready.push_back(at(x));
        }
    };
    strip(before, after);
    strip(after, before);
    bool merged = false;
    for (std::size_t i = 0; i < count_; ++i)
        for (const int x : after[i])
            if (!gone[i] && !gone[at(x)] && root(static_cast<int>(i)) != root(x)) {
                parent_[at(root(static_cast<int>(i)))] = root(x);
                merged = true;
            }
    return merged;
}

/// Backwards from the due dates. Date and weight of a successor, in another job as well, reach back to what it waits
/// for.
void linker::find_latest_starts()
{
    std::vector<double> latest_end(count_);
    for (std::size_t i = 0; i < count_; ++i) {
        auto& n = at_place(i);
        latest_end[i] = static_cast<double>(m_.job_of(n).due);
        const double weight = m_.job_of(n).weight;
        n.weight = std::isfinite(weight) ? std::clamp(weight / m_.average_weight, 0.01, 100.0) : 1.0;
    }
    for (auto i = m_.order.rbegin(); i != m_.order.rend() && is_new(*i); ++i) {
        auto& n = m_.nodes[at(*i)];
        auto& end = latest_end[place(*i)];
        for (const auto& l : n.after) {
            const auto& successor = m_.nodes[at(l.node)];
            end = std::min(end, successor.latest_start - static_cast<double>(l.least));
            n.weight = std::max(n.weight, successor.weight);
        }
        n.latest_start = end - static_cast<double>(n.least_work);
    }
}

} // namespace

void link_nodes(model& m, std::size_t first) { linker(m, first).run(); }

} // namespace takt::scheduling
