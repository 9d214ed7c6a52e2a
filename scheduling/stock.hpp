#pragma once

#include <optional>

#include "scheduling/model.hpp"

namespace takt::scheduling {

/// What is there and what will come of each item, and how much of that is not set aside yet.
class stock {
public:
    explicit stock(const problem& p);

    /// When the operation's needs are all there, earliest supply first; sets them aside. Nothing if something is short;
    /// `short_of` then is the item, and nothing was taken.
    std::optional<time_ms> take(const node& n, int& short_of);
    struct supply {
        time_ms at = 0;
        double left = 0;
        const receipt* from = nullptr; ///< null: on hand
    };
    const std::vector<supply>& of(int item) const { return items_[static_cast<std::size_t>(item)]; }

private:
    std::vector<std::vector<supply>> items_;
};

/// Sets material aside for all that needs some, those that `first` puts first before others, and names what gets none.
/// Returns what is left.
stock allocate(model& m, const std::vector<int>& order);
/// The order in which it would be their turn if nothing but their own dates stood in the way: earliest start, later by
/// half of the slack, with weight making slack shorter and lateness longer.
std::vector<int> by_urgency(const model& m);

} // namespace takt::scheduling
