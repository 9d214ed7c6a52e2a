#pragma once

#include <atomic>
#include <chrono>

#include "messages/core/instant.hpp"

namespace takt::runtime {

/// The one place that reads the machine's clocks. Plant time starts at an instant and passes `speed` times as fast as
/// real time; at speed 1 it is corrected by nothing and follows the monotonic clock from its start. Thread-safe.
class plant_clock {
public:
    explicit plant_clock(instant start, double speed = 1.0)
        : start_(start), speed_(speed), began_(std::chrono::steady_clock::now())
    {
    }

    instant now() const
    {
        const auto real = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began_).count();
        return {start_.ms + static_cast<std::int64_t>(real * speed_)};
    }

    /// How long to wait, in real time, until plant time is `when`; zero if it is past.
    std::chrono::nanoseconds until(instant when) const
    {
        const double plant_ms = static_cast<double>((when - now()).count());
        if (plant_ms <= 0) return {};
        return std::chrono::nanoseconds(static_cast<std::int64_t>(plant_ms / speed_ * 1e6) + 1);
    }

    double speed() const { return speed_; }

    static instant wall()
    {
        return {std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
    }

private:
    instant start_;
    double speed_;
    std::chrono::steady_clock::time_point began_;
};

} // namespace takt::runtime
