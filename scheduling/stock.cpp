#include "scheduling/stock.hpp"

#include <algorithm>
#include <numeric>

namespace takt::scheduling {
namespace {

constexpr double crumb = 1e-9; // sums of decimal quantities are exact to about this share

} // namespace

stock::stock(const problem& p)
{
    for (const auto& m : p.materials) {
        auto& all = items_.emplace_back();
        double free = m.on_hand - m.reserved;
        if (free > 0) all.push_back({p.now, free, nullptr});
        for (const auto& r : m.receipts)
            if (r.quantity > 0) all.push_back({std::max(r.at, p.now), r.quantity, &r});
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        for (auto& one : all) { // what is reserved beyond the stock waits for the first receipts
            if (free >= 0) break;
            const double used = std::min(one.left, -free);
            one.left -= used;
            free += used;
        }
    }
}

std::optional<time_ms> stock::take(const node& n, int& short_of)
{
    const auto supplies = [&](int item) -> auto& { return items_[static_cast<std::size_t>(item)]; };
    for (const auto& [item, quantity] : n.needs) {
        double left = 0;
        for (const auto& one : supplies(item)) left += one.left;
        short_of = item;
        if (left < quantity * (1 - crumb)) return std::nullopt;
    }
    time_ms at = 0;
    for (const auto& [item, quantity] : n.needs) {
        double need = quantity;
        for (auto& one : supplies(item)) {
            const double used = std::min(one.left, need);
            if (used <= 0) continue;
            one.left -= used;
            need -= used;
            at = std::max(at, one.at);
            if (need <= quantity * crumb) break;
        }
    }
    return at;
}

std::vector<int> by_urgency(const model& m)
{
    std::vector<int> order(m.nodes.size());
    std::iota(order.begin(), order.end(), 0);
    std::vector<double> urgency;
    urgency.reserve(order.size());
    for (const auto& n : m.nodes) {
        const auto start = static_cast<double>(std::max({m.source->now, m.job_of(n).release, n.source->earliest}));
        const double slack = n.latest_start - start;
        urgency.push_back(start + 0.5 * (slack > 0 ? slack / n.weight : slack * n.weight));
    }
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return urgency[static_cast<std::size_t>(a)] < urgency[static_cast<std::size_t>(b)];
    });
    return order;
}

stock allocate(model& m, const std::vector<int>& order)
{
    stock left(*m.source);
    for (const int i : order) {
        auto& n = m.nodes[static_cast<std::size_t>(i)];
        if (n.needs.empty() || n.left_out != nullptr) continue;
        int short_of = 0;
        const auto there = left.take(n, short_of);
        n.material_at = there.value_or(0);
        if (there) continue;
        n.left_out = "material_short";
        n.subject = m.source->materials[static_cast<std::size_t>(short_of)].item;
    }
    return left;
}

} // namespace takt::scheduling
