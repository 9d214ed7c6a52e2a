#include "scheduling/mending.hpp"

#include <algorithm>

namespace takt::scheduling {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// What was moved so often because a neighbour left takes the longest setup that it could need, and depends on no
/// neighbour any more.
constexpr int most_moves = 3;

} // namespace

mending::mending(const model& m, builder& b, std::vector<double> wish, std::vector<bool> had_place)
    : m_(m),
      b_(b),
      wish_(std::move(wish)),
      had_place_(std::move(had_place)),
      moves_(m.nodes.size(), 0),
      budget_(1000 + 20 * m.nodes.size())
{
}

void mending::push(int c)
{
    double first = static_cast<double>(forever);
    for (const int n : m_.clusters[at(c)])
        if (!b_.settled(n)) first = std::min(first, wish_[at(n)]);
    open_.push({first, c});
}

/// The run behind it on the machine may have counted on its family.
void mending::take_out(int r)
{
    while (r >= 0 && budget_ > 0) {
        --budget_;
        const auto one = b_.table.at_run(r);
        const int next = b_.table.machine(one.machine).after(one.start, r);
        b_.table.remove(r);
        for (const int n : one.nodes) {
            ++moves_[at(n)];
            push(m_.nodes[at(n)].cluster);
        }
        r = next >= 0 && !b_.table.setup_suffices(next) ? next : -1;
    }
}

/// Those that must follow each other soon are placed anew together when one of them has lost its place. One that had
/// none before moves nobody.
void mending::free_cluster(int c)
{
    const auto& members = m_.clusters[at(c)];
    const bool lost =
        std::any_of(members.begin(), members.end(), [&](int n) { return !b_.settled(n) && had_place_[at(n)]; });
    if (members.size() == 1 || !lost) return;
    for (const int n : members)
        if (b_.table.placed(n) && !m_.nodes[at(n)].running()) take_out(b_.table.run_of(n));
}

void mending::check_setups()
{
    for (std::size_t i = 0; i < m_.machines.size(); ++i) {
        std::vector<int> runs;
        b_.table.machine(static_cast<int>(i)).for_each([&](const timeline::booking& one) { runs.push_back(one.run); });
        for (const int r : runs) {
            const auto& nodes = b_.table.at_run(r).nodes;
            if (b_.table.run_of(nodes.front()) == r && !b_.table.setup_suffices(r)) take_out(r);
        }
    }
}

void mending::check_times()
{
    for (const int n : m_.order)
        if (b_.table.placed(n) && !in_time(m_, b_.table, n)) take_out(b_.table.run_of(n));
}

bool mending::may_place(int c) const
{
    for (const int n : m_.clusters[at(c)])
        for (const auto& l : m_.nodes[at(n)].before)
            if (m_.nodes[at(l.node)].cluster != c && !b_.settled(l.node)) return false;
    return true;
}

/// After an operation was placed or given up.
void mending::look_behind(int n)
{
    for (const auto& l : m_.nodes[at(n)].after) {
        if (b_.table.placed(l.node)) {
            if (m_.nodes[at(l.node)].running()) continue;
            if (!b_.table.placed(n) || !in_time(m_, b_.table, l.node)) take_out(b_.table.run_of(l.node));
        } else if (!b_.settled(l.node)) {
            push(m_.nodes[at(l.node)].cluster);
        }
    }
}

bool mending::run()
{
    check_setups();
    check_times();
    for (std::size_t c = 0; c < m_.clusters.size(); ++c)
        if (std::any_of(m_.clusters[c].begin(), m_.clusters[c].end(), [&](int n) { return !b_.settled(n); }))
            push(static_cast<int>(c));
    while (!open_.empty() && budget_ > 0) {
        const int c = open_.top().cluster;
        open_.pop();
        const auto& members = m_.clusters[at(c)];
        const bool open = std::any_of(members.begin(), members.end(), [&](int n) { return !b_.settled(n); });
        if (!open || !may_place(c)) continue; // it comes again when what it waits for is settled
        --budget_;
        free_cluster(c);
        const bool restless =
            std::any_of(members.begin(), members.end(), [&](int n) { return moves_[at(n)] > most_moves; });
        b_.place_cluster(c, restless);
        for (const int n : members) look_behind(n);
    }
    bool all = budget_ > 0;
    for (std::size_t n = 0; n < m_.nodes.size() && all; ++n) all = b_.settled(static_cast<int>(n));
    return all;
}

} // namespace takt::scheduling
