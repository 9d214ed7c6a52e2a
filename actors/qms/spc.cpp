#include "actors/qms/spc.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace takt::qms {
namespace {

constexpr int smallest = 2, largest = 25;

// mean and standard deviation of the relative range, from the order statistics of the normal distribution
constexpr std::array<double, 24> mean_range{1.1284, 1.6926, 2.0588, 2.3259, 2.5344, 2.7044, 2.8472, 2.9700,
                                            3.0775, 3.1729, 3.2585, 3.3360, 3.4068, 3.4718, 3.5320, 3.5879,
                                            3.6401, 3.6890, 3.7350, 3.7783, 3.8194, 3.8583, 3.8953, 3.9306};
constexpr std::array<double, 24> range_deviation{.8525, .8884, .8798, .8641, .8480, .8332, .8198, .8078,
                                                 .7971, .7873, .7785, .7704, .7630, .7562, .7499, .7441,
                                                 .7386, .7335, .7287, .7242, .7199, .7159, .7121, .7084};

std::size_t row(int n) { return static_cast<std::size_t>(std::clamp(n, smallest, largest) - smallest); }

control_limits around(double centre, double three_sigma)
{
    return {centre, std::max(0.0, centre - three_sigma), centre + three_sigma};
}

} // namespace

double d2(int n) { return mean_range.at(row(n)); }
double d3(int n) { return range_deviation.at(row(n)); }

double c4(int n)
{
    const double k = std::max(n, smallest);
    return std::sqrt(2 / (k - 1)) * std::exp(std::lgamma(k / 2) - std::lgamma((k - 1) / 2));
}

control_limits mean_limits(double centre, double sigma, int n)
{
    const double three = 3 * sigma / std::sqrt(static_cast<double>(std::max(n, 1)));
    return {centre, centre - three, centre + three};
}

control_limits range_limits(double sigma, int n) { return around(d2(n) * sigma, 3 * d3(n) * sigma); }

control_limits deviation_limits(double sigma, int n)
{
    const double c = c4(n);
    return around(c * sigma, 3 * sigma * std::sqrt(1 - c * c));
}

control_limits p_limits(double share, double n) { return around(share, 3 * std::sqrt(share * (1 - share) / n)); }
control_limits np_limits(double share, double n) { return around(n * share, 3 * std::sqrt(n * share * (1 - share))); }
control_limits c_limits(double mean) { return around(mean, 3 * std::sqrt(mean)); }
control_limits u_limits(double mean, double n) { return around(mean, 3 * std::sqrt(mean / n)); }

double as_many_or_more(std::int64_t nonconforming, std::int64_t n, double share)
{
    if (nonconforming <= 0) return 1;
    if (share <= 0) return 0;
    if (share >= 1) return 1;
    double fewer = 0;
    const auto size = static_cast<double>(n);
    for (std::int64_t k = 0; k < nonconforming; ++k) {
        const auto x = static_cast<double>(k);
        const double ways = std::lgamma(size + 1) - std::lgamma(x + 1) - std::lgamma(size - x + 1);
        fewer += std::exp(ways + x * std::log(share) + (size - x) * std::log1p(-share));
    }
    return std::max(0.0, 1 - fewer);
}

capability capability_of(double mean, double sigma_within, double sigma_overall, std::optional<double> lower,
                         std::optional<double> upper)
{
    const auto potential = [&](double sigma) -> std::optional<double> {
        if (!lower || !upper || sigma <= 0) return std::nullopt;
        return (*upper - *lower) / (6 * sigma);
    };
    const auto actual = [&](double sigma) -> std::optional<double> {
        if ((!lower && !upper) || sigma <= 0) return std::nullopt;
        const double above = upper ? (*upper - mean) / (3 * sigma) : INFINITY;
        const double below = lower ? (mean - *lower) / (3 * sigma) : INFINITY;
        return std::min(above, below);
    };
    return {potential(sigma_within), actual(sigma_within), potential(sigma_overall), actual(sigma_overall)};
}

} // namespace takt::qms
