#include "scheduling/shop/pool.hpp"

#include <algorithm>

namespace takt::scheduling::shop {

bool pool::wants_new(double used) const
{
    constexpr std::size_t least = 3;
    const std::lock_guard lock(mutex_);
    return members_.size() < least || (members_.size() < size_ && used < wanted_until_);
}

void pool::add(std::int64_t value, const sequence& s)
{
    const std::lock_guard lock(mutex_);
    const auto better = [](const member& a, const member& b) { return a.value < b.value; };
    const auto worst = std::max_element(members_.begin(), members_.end(), better);
    const bool full = members_.size() >= size_;
    if (known(value, s) || (full && value >= worst->value)) {
        // The pool has become all alike: begin again with the best.
        if (++refused_ > 2 * size_ && members_.size() > 1) {
            std::iter_swap(members_.begin(), std::min_element(members_.begin(), members_.end(), better));
            members_.resize(1);
            refused_ = 0;
            wanted_until_ = 1;
        }
        return;
    }
    refused_ = 0;
    if (full)
        *worst = {value, s};
    else
        members_.push_back({value, s});
}

bool pool::known(std::int64_t value, const sequence& s) const
{
    return std::any_of(members_.begin(), members_.end(), [&](const member& m) {
        return m.value == value && distance(shop_, m.solution, s) <= shop_.operations() / 100;
    });
}

std::pair<sequence, sequence> pool::two(random_source& random) const
{
    const std::lock_guard lock(mutex_);
    const auto n = static_cast<int>(members_.size());
    const int a = random.below(n), b = (a + 1 + random.below(std::max(1, n - 1))) % n;
    return {members_[instance::at(a)].solution, members_[instance::at(b)].solution};
}

} // namespace takt::scheduling::shop
