#pragma once

#include <cmath>

#include "actors/scada/detect/judgement.hpp"
#include "messages/scada/detector.hpp"

namespace takt::detect {

/// Outside of low or high. With hysteresis: once it is, only a value that is inside by the dead-band is well again.
struct limit_rule {
    bool outside = false;

    bool look(const scada::detector& d, double x)
    {
        const double inside_by = outside ? d.dead_band : 0;
        outside = (d.low && x < *d.low + inside_by) || (d.high && x > *d.high - inside_by);
        return outside;
    }

    judgement judge(const scada::detector& d) const
    {
        auto j = judgement::of(outside);
        j.low = d.low;
        j.high = d.high;
        return j;
    }
};

/// Does not move: no change of more than the dead-band for as long as the window.
struct stuck_rule {
    std::optional<scada::evidence> since;

    judgement judge(const scada::detector& d, instant at, double x)
    {
        if (!since || std::abs(x - since->value) > d.dead_band) since = scada::evidence{at, x};
        auto j = judgement::of(at - since->at >= d.window_ms);
        j.statistic = static_cast<double>((at - since->at).count()) / 1000.0;
        j.high = static_cast<double>(d.window_ms.count()) / 1000.0;
        return j;
    }
};

/// Changes faster than low (falling) or high (rising) allow, per second, from the beginning of the window to now.
struct rate_rule {
    static constexpr std::size_t points_most = 33;
    ring<scada::evidence, points_most> points; ///< of the window, at least 1/32 of it apart

    judgement judge(const scada::detector& d, instant at, double x)
    {
        while (points.size() > 1 && at - points[1].at >= d.window_ms) points.pop_front();
        judgement j;
        if (!points.empty() && at > points.front().at) {
            const double seconds = static_cast<double>((at - points.front().at).count()) / 1000.0;
            const double rate = (x - points.front().value) / seconds;
            j = judgement::of((d.low && rate < *d.low) || (d.high && rate > *d.high));
            j.statistic = rate;
            j.low = d.low;
            j.high = d.high;
        }
        if (points.empty() || at - points.back().at >= d.window_ms / 32) points.push({at, x});
        return j;
    }
};

} // namespace takt::detect
