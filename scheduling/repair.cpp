#include "scheduling/repair.hpp"

#include "scheduling/in_force.hpp"
#include "scheduling/mending.hpp"
#include "scheduling/stock.hpp"

namespace takt::scheduling {
namespace {

plan_result mended(const problem& now, const plan_result& in_force)
{
    auto m = make_model(now);
    const auto places = by_node(m, in_force);
    allocate(m, by_start(m, places));
    builder b(m);
    b.keep_running();
    book_what_holds(m, b, places);
    std::vector<double> wish;
    std::vector<bool> had_place;
    for (std::size_t i = 0; i < m.nodes.size(); ++i) {
        const auto& n = m.nodes[i];
        const double when = places[i] != nullptr ? static_cast<double>(places[i]->start)
                                                 : n.latest_start / 2 + static_cast<double>(now.now) / 2;
        had_place.push_back(places[i] != nullptr);
        wish.push_back(n.source->pinned_start ? -1e18 : when);
    }
    if (mending(m, b, std::move(wish), std::move(had_place)).run()) return b.result();
    return plan(now); // a repair that moves this much is a new plan
}

} // namespace

repaired repair(const problem& now, const plan_result& in_force)
{
    repaired all;
    all.plan = mended(now, in_force);
    all.moved = difference(now, in_force, all.plan);
    return all;
}

repaired repair(problem before, const plan_result& in_force, const change& what)
{
    apply(before, what);
    return repair(before, in_force);
}

} // namespace takt::scheduling
