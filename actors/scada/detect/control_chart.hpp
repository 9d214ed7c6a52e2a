#pragma once

#include <cmath>

#include "actors/scada/detect/judgement.hpp"
#include "messages/scada/detector.hpp"

/// Control charts of single points or means of groups, in the notation of Montgomery, Statistical Quality Control.
namespace takt::detect {

/// Exponentially weighted moving average (chapter 9.2): z = lambda x + (1 - lambda) z, beginning at the target;
/// limits target ± L sigma sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^2i)).
struct ewma_chart {
    double z = 0;
    double shrinks = 1; ///< (1 - lambda)^2i
    bool begun = false;

    judgement judge(const scada::detector& d, double target, double sigma, double x)
    {
        if (!begun) z = target;
        begun = true;
        z = d.weight * x + (1 - d.weight) * z;
        shrinks *= (1 - d.weight) * (1 - d.weight);
        const double half = d.width * sigma * std::sqrt(d.weight / (2 - d.weight) * (1 - shrinks));
        auto j = judgement::of(std::abs(z - target) > half);
        j.statistic = z;
        j.low = target - half;
        j.high = target + half;
        return j;
    }
};

/// Tabular cumulative sums (chapter 9.1): up = max(0, x - (target + K) + up), down = max(0, (target - K) - x + down),
/// with K = k sigma; a sum above H = h sigma signals.
struct cusum_chart {
    double up = 0, down = 0;
    int up_for = 0, down_for = 0; ///< points since the sum was last zero: when the shift began

    judgement judge(const scada::detector& d, double target, double sigma, double x)
    {
        const double slack = d.slack * sigma;
        up = std::max(0.0, x - (target + slack) + up);
        down = std::max(0.0, (target - slack) - x + down);
        up_for = up > 0 ? up_for + 1 : 0;
        down_for = down > 0 ? down_for + 1 : 0;
        const double most = d.decision * sigma;
        auto j = judgement::of(up > most || down > most);
        j.statistic = up >= down ? up : -down;
        j.low = -most;
        j.high = most;
        return j;
    }
};

/// The mean of `group` values in a row.
struct grouping {
    double sum = 0;
    int count = 0;

    std::optional<double> add(double x, int group)
    {
        sum += x;
        if (++count < group) return std::nullopt;
        const double mean = sum / count;
        *this = {};
        return mean;
    }
};

/// Mean and standard deviation of the first points, where engineering has not given them (Welford's sums).
struct baseline {
    int count = 0;
    double mean = 0, squares = 0;

    void add(double x)
    {
        ++count;
        const double off = x - mean;
        mean += off / count;
        squares += off * (x - mean);
    }
    double sigma() const { return count > 1 ? std::sqrt(squares / (count - 1)) : 0; }
};

} // namespace takt::detect
