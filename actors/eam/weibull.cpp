#include "actors/eam/weibull.hpp"

#include <algorithm>
#include <cmath>

namespace takt::reliability {
namespace {

constexpr double shape_least = 0.05, shape_most = 50;
constexpr int halvings = 60;

/// What is zero at the estimate of the shape. Times are shares of the longest, so that no power overflows.
class score {
public:
    score(const std::vector<one_life>& lives, double longest)
    {
        for (const auto& l : lives) {
            if (l.time <= 0) continue;
            logs_.push_back(std::log(l.time / longest));
            if (!l.failed) continue;
            failed_ += logs_.back();
            ++failures_;
        }
    }
    int failures() const { return failures_; }
    double at(double shape) const
    {
        double powers = 0, weighted = 0;
        for (const double log : logs_) {
            const double power = std::exp(shape * log);
            powers += power;
            weighted += power * log;
        }
        return weighted / powers - 1 / shape - failed_ / failures_;
    }
    double scale(double shape) const
    {
        double powers = 0;
        for (const double log : logs_) powers += std::exp(shape * log);
        return std::pow(powers / failures_, 1 / shape);
    }

private:
    std::vector<double> logs_;
    double failed_ = 0;
    int failures_ = 0;
};

double hazard_until(const weibull& w, double age) { return std::pow(std::max(age, 0.0) / w.scale, w.shape); }

} // namespace

std::optional<weibull> estimate(const std::vector<one_life>& lives)
{
    double longest = 0;
    for (const auto& l : lives) longest = std::max(longest, l.time);
    if (longest <= 0) return std::nullopt;
    const score likely(lives, longest);
    if (likely.failures() < 2) return std::nullopt;
    double low = shape_least, high = shape_most;
    if (likely.at(low) > 0 || likely.at(high) < 0) return std::nullopt;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        (likely.at(middle) < 0 ? low : high) = middle;
    }
    return weibull{low, longest * likely.scale(low)};
}

double failure_within(const weibull& w, double age, double more)
{
    return -std::expm1(hazard_until(w, age) - hazard_until(w, std::max(age, 0.0) + more));
}

/// The expectation of scale * (H + v)^(1/shape) - age over exponentially distributed v, with v = x^2 for an integrand
/// that is smooth at 0; H is the hazard until now.
double remaining_life(const weibull& w, double age)
{
    constexpr int steps = 200;
    constexpr double end = 6.5; // exp(-end^2) is nothing
    const double hazard = hazard_until(w, age);
    const double ran = std::max(age, 0.0);
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
        const double x = end * (i + 0.5) / steps;
        sum += (w.scale * std::pow(hazard + x * x, 1 / w.shape) - ran) * std::exp(-x * x) * 2 * x;
    }
    return std::max(0.0, sum * end / steps);
}

double life_of_share(const weibull& w, double share) { return w.scale * std::pow(-std::log1p(-share), 1 / w.shape); }

} // namespace takt::reliability
