#include "actors/scada/detect/wear.hpp"

#include <algorithm>
#include <cmath>

namespace takt::detect {
namespace {

/// Further away nobody plans, and clocks overflow.
constexpr double horizon_most_s = 10.0 * 365 * 86'400;

} // namespace

judgement wear_rule::judge(const scada::detector& d, instant at, double x)
{
    const bool rising = d.high.has_value();
    const double threshold = rising ? *d.high : d.low.value_or(0);
    const double back = points_.empty() ? 0 : (points_.back().value - x) * (rising ? 1 : -1);
    if (back > std::abs(threshold) / 4) points_.clear();
    while (points_.size() > 1 && at - points_[1].at > d.window_ms) points_.pop_front();
    const bool counted = !d.counter.empty();
    if ((!counted || counter_) && (points_.empty() || at - points_.back().at >= d.window_ms / 32))
        points_.push({at, counted ? *counter_ : static_cast<double>(at.ms) / 1000.0, x});

    auto j = judgement::of(rising ? x >= threshold : x <= threshold);
    j.low = d.low;
    j.high = d.high;
    if (j.deviant()) {
        j.forecast = at;
    } else if (points_.size() >= points_least) {
        j.forecast = forecast(threshold, at);
        if (j.forecast && *j.forecast - at <= d.horizon_ms) j.says = judgement::verdict::deviant;
    }
    if (j.forecast) j.statistic = static_cast<double>((*j.forecast - at).count()) / 3'600'000.0;
    return j;
}

line wear_rule::fit() const
{
    line l;
    const auto n = static_cast<double>(points_.size());
    for (std::size_t i = 0; i < points_.size(); ++i) {
        l.x_mean += points_[i].load / n;
        l.y_mean += points_[i].value / n;
    }
    double xx = 0, xy = 0;
    for (std::size_t i = 0; i < points_.size(); ++i) {
        const double dx = points_[i].load - l.x_mean;
        xx += dx * dx;
        xy += dx * (points_[i].value - l.y_mean);
    }
    if (xx > 0) l.slope = xy / xx;
    return l;
}

/// Nothing if it does not go there.
std::optional<instant> wear_rule::forecast(double threshold, instant at) const
{
    const auto l = fit();
    const auto& now = points_.back();
    const double missing = threshold - l.at(now.load);
    const double elapsed = static_cast<double>((now.at - points_.front().at).count()) / 1000.0;
    if (l.slope == 0 || elapsed <= 0) return std::nullopt;
    const double load = missing / l.slope;
    const double pace = (now.load - points_.front().load) / elapsed; // 1 when the load is time
    if (load < 0 || pace <= 0) return std::nullopt;
    const double seconds = load / pace;
    if (!(seconds < horizon_most_s)) return std::nullopt;
    return at + milliseconds(std::llround(seconds * 1000.0));
}

} // namespace takt::detect
