#pragma once

#include <vector>

#include "actors/scada/detect/judgement.hpp"

namespace takt::detect {

/// The eight tests for special causes of Nelson, "The Shewhart Control Chart: Tests for Special Causes", Journal of
/// Quality Technology 16(4), 1984; 1, 2, 5 and 6 are those of the Western Electric handbook (2 with nine points
/// instead of eight). A test fails at the point that completes its pattern.
///
///     1  one point beyond 3 sigma                      5  two of three beyond 2 sigma on one side
///     2  nine in a row on one side of the centre       6  four of five beyond 1 sigma on one side
///     3  six in a row rising, or falling               7  fifteen in a row within 1 sigma
///     4  fourteen in a row alternately up and down     8  eight in a row beyond 1 sigma, on either side
class nelson_tests {
public:
    /// `z`: distance from the centre in sigmas. The first of the `wanted` tests (none named: all) that fails, or 0.
    int add(double z, const std::vector<int>& wanted);

private:
    static constexpr std::size_t longest = 15;
    bool fails(int test) const;
    double back(std::size_t i) const { return z_[z_.size() - 1 - i]; } ///< 0: the newest
    ring<double, longest> z_;
};

} // namespace takt::detect
