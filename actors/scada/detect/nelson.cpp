#include "actors/scada/detect/nelson.hpp"

#include <algorithm>
#include <cmath>

namespace takt::detect {

int nelson_tests::add(double z, const std::vector<int>& wanted)
{
    constexpr int tests = 8;
    z_.push(z);
    for (int test = 1; test <= tests; ++test) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), test) == wanted.end()) continue;
        if (fails(test)) return test;
    }
    return 0;
}

bool nelson_tests::fails(int test) const
{
    const double side = back(0) < 0 ? -1 : 1;
    const auto all = [&](std::size_t n, auto holds) {
        if (z_.size() < n) return false;
        for (std::size_t i = 0; i < n; ++i)
            if (!holds(i)) return false;
        return true;
    };
    /// `most` of the last `n`, the newest among them, beyond so many sigmas on its side.
    const auto beyond = [&](std::size_t most, std::size_t n, double sigmas) {
        if (back(0) * side <= sigmas) return false;
        std::size_t count = 0;
        for (std::size_t i = 0; i < std::min(n, z_.size()); ++i) count += back(i) * side > sigmas ? 1 : 0;
        return count >= most;
    };
    switch (test) {
    case 1: return std::abs(back(0)) > 3;
    case 2: return all(9, [&](std::size_t i) { return back(i) * side > 0; });
    case 3:
        return all(6, [&](std::size_t i) { return i == 5 || back(i) > back(i + 1); }) ||
               all(6, [&](std::size_t i) { return i == 5 || back(i) < back(i + 1); });
    case 4:
        return all(14,
                   [&](std::size_t i) { return i > 11 || (back(i) - back(i + 1)) * (back(i + 1) - back(i + 2)) < 0; });
    case 5: return beyond(2, 3, 2);
    case 6: return beyond(4, 5, 1);
    case 7: return all(15, [&](std::size_t i) { return std::abs(back(i)) < 1; });
    case 8: return all(8, [&](std::size_t i) { return std::abs(back(i)) > 1; });
    default: return false;
    }
}

} // namespace takt::detect
