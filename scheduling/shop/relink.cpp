#include "scheduling/shop/relink.hpp"

#include <algorithm>

namespace takt::scheduling::shop {
namespace {

constexpr auto at = instance::at;

std::vector<int> places(const std::vector<int>& order)
{
    std::vector<int> place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) place[at(order[i])] = static_cast<int>(i);
    return place;
}

/// How many pairs of `keys` are in descending order. Fenwick's tree.
std::int64_t inversions(const std::vector<int>& keys)
{
    std::vector<int> tree(keys.size() + 1);
    std::int64_t count = 0;
    for (std::size_t i = keys.size(); i-- > 0;) {
        for (std::size_t k = at(keys[i]); k > 0; k &= k - 1) count += tree[k];
        for (std::size_t k = at(keys[i]) + 1; k < tree.size(); k += k & (~k + 1)) ++tree[k];
    }
    return count;
}

/// Exchanges neighbours at random until the share of what separates the orders is gone.
void walk(std::vector<int>& order, const std::vector<int>& goal, double share, random_source& random)
{
    std::vector<int> keys(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) keys[i] = goal[at(order[i])];
    auto left = static_cast<std::int64_t>(share * static_cast<double>(inversions(keys)));
    const int pairs = static_cast<int>(order.size()) - 1;
    while (left > 0) {
        const std::size_t i = at(random.below(pairs));
        if (keys[i] < keys[i + 1]) continue;
        std::swap(keys[i], keys[i + 1]);
        std::swap(order[i], order[i + 1]);
        --left;
    }
}

/// For orders too long to walk: every operation goes its share of the way at once.
void stride(std::vector<int>& order, const std::vector<int>& goal, double share)
{
    const auto own = places(order);
    std::vector<double> key(order.size());
    for (std::size_t o = 0; o < order.size(); ++o) key[o] = (1 - share) * own[o] + share * goal[o];
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return key[at(a)] < key[at(b)]; });
}

} // namespace

sequence between(const sequence& from, const sequence& to, double share, random_source& random)
{
    constexpr std::size_t walkable = 3000;
    sequence s = from;
    if (s.order.size() < 2) return s;
    const auto goal = places(to.order);
    if (s.order.size() <= walkable)
        walk(s.order, goal, share, random);
    else
        stride(s.order, goal, share);
    for (std::size_t o = 0; o < s.choice.size(); ++o)
        if (s.choice[o] != to.choice[o] && random.fraction() < share) s.choice[o] = to.choice[o];
    return s;
}

std::int64_t distance(const instance& shop, const sequence& a, const sequence& b)
{
    const auto place = places(b.order);
    std::int64_t sum = 0;
    std::vector<std::vector<int>> lists(at(shop.machines));
    for (const int o : a.order) {
        if (a.choice[at(o)] != b.choice[at(o)]) ++sum;
        lists[at(shop.way(o, a.choice[at(o)]).machine)].push_back(place[at(o)]);
    }
    for (auto& list : lists) {
        auto sorted = list;
        std::sort(sorted.begin(), sorted.end());
        for (int& key : list)
            key = static_cast<int>(std::lower_bound(sorted.begin(), sorted.end(), key) - sorted.begin());
        sum += inversions(list);
    }
    return sum;
}

} // namespace takt::scheduling::shop
