#pragma once

#include "actors/scada/detect/judgement.hpp"
#include "messages/scada/detector.hpp"

namespace takt::detect {

/// A straight line through points by least squares: y = at_mean + slope (x - x_mean).
struct line {
    double x_mean = 0, y_mean = 0, slope = 0;
    double at(double x) const { return y_mean + slope * (x - x_mean); }
};

/// Wear that goes towards a threshold: a line through the window says when it will be there, in time, or in units of a
/// counter (pieces, running hours) and from its pace in time. Deviant when it is there, or will be within the horizon.
/// A value that jumps back by more than a quarter of the threshold is a new part: the window begins anew.
class wear_rule {
public:
    judgement judge(const scada::detector& d, instant at, double x);
    /// The counter that it wears with has this value now.
    void count(double total) { counter_ = total; }

private:
    struct point {
        instant at;
        double load = 0; ///< seconds, or the counter
        double value = 0;
    };
    static constexpr std::size_t points_most = 33, points_least = 8;
    line fit() const;
    std::optional<instant> forecast(double threshold, instant at) const;

    ring<point, points_most> points_; ///< of the window, at least 1/32 of it apart
    std::optional<double> counter_;
};

} // namespace takt::detect
