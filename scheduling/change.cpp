#include "scheduling/change.hpp"

#include <algorithm>
#include <set>

namespace takt::scheduling {

void apply(problem& p, const change& what)
{
    if (what.now) p.now = *what.now;
    for (const auto& d : what.down)
        for (auto& m : p.machines)
            if (m.key == d.machine) m.down_until = std::max(m.down_until, d.until);
    for (const auto& l : what.late)
        for (auto& m : p.materials)
            for (auto& r : m.receipts)
                if (m.item == l.item && r.key == l.receipt) r.at = l.at;
    const std::set<std::string> gone(what.cancelled.begin(), what.cancelled.end());
    p.jobs.erase(std::remove_if(p.jobs.begin(), p.jobs.end(), [&](const job& j) { return gone.count(j.key) != 0; }),
                 p.jobs.end());
    p.jobs.insert(p.jobs.end(), what.added.begin(), what.added.end());
}

} // namespace takt::scheduling
