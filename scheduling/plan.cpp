#include "scheduling/build.hpp"
#include "scheduling/stock.hpp"

namespace takt::scheduling {
namespace {

/// What is pinned is placed before what it waits for. Where that turned out to end too late, the pinned ones are left
/// out and the rest is planned again; after a few rounds all that are pinned behind something still to be planned.
constexpr int most_rounds = 6;

bool leave_out(model& m, const std::vector<std::pair<int, int>>& conflicts)
{
    for (const auto& [pinned, before] : conflicts) {
        auto& n = m.nodes[static_cast<std::size_t>(pinned)];
        n.left_out = "pinned_conflict";
        n.subject = m.nodes[static_cast<std::size_t>(before)].source->key;
    }
    return !conflicts.empty();
}

std::vector<std::pair<int, int>> all_pinned(const model& m)
{
    std::vector<std::pair<int, int>> found;
    for (std::size_t i = 0; i < m.nodes.size(); ++i)
        if (m.nodes[i].source->pinned_start && !m.nodes[i].before.empty())
            found.emplace_back(static_cast<int>(i), m.nodes[i].before.front().node);
    return found;
}

} // namespace

plan_result plan(const problem& p)
{
    auto m = make_model(p);
    allocate(m, by_urgency(m));
    for (int round = 0;; ++round) {
        if (round == most_rounds) leave_out(m, all_pinned(m));
        builder b(m);
        b.keep_running();
        b.place_pinned();
        b.place_open();
        if (!leave_out(m, b.pinned_conflicts())) return b.result();
    }
}

} // namespace takt::scheduling
