#include "scheduling/explain.hpp"

#include "scheduling/chain.hpp"
#include "scheduling/in_force.hpp"
#include "scheduling/stock.hpp"

namespace takt::scheduling {

std::vector<binding> why_late(const problem& p, const plan_result& plan, const std::string& job)
{
    auto m = make_model(p);
    const auto places = by_node(m, plan);
    allocate(m, by_start(m, places));
    builder b(m);
    b.keep_running();
    book_what_holds(m, b, places);
    int last = -1;
    for (std::size_t i = 0; i < m.nodes.size(); ++i) {
        const auto n = static_cast<int>(i);
        if (!b.table.placed(n) || m.job_of(m.nodes[i]).key != job) continue;
        if (last < 0 || b.table.of(n).end > b.table.of(last).end) last = n;
    }
    return last < 0 ? std::vector<binding>{} : binding_chain(m, b.table, last);
}

} // namespace takt::scheduling
