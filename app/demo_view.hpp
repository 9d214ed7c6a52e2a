#pragma once

#include <chrono>
#include <string>

#include "app/tally.hpp"

namespace takt::app {

/// What the view shows besides the tally.
struct demo_moment {
    std::string plant, plant_time, url;
    double speed = 1, events_per_s = 0, commands_per_s = 0;
    std::uint64_t events = 0;
    std::chrono::seconds running{0};
};

/// Shows how the plant stands: a picture that is refreshed in place on a terminal, a line every few seconds elsewhere.
class demo_view {
public:
    demo_view();
    /// Leaves the cursor below the picture.
    ~demo_view();
    demo_view(const demo_view&) = delete;
    demo_view& operator=(const demo_view&) = delete;

    void show(const demo_moment& now, const tally& t);
    bool on_terminal() const { return terminal_; }

private:
    bool terminal_;
    std::chrono::steady_clock::time_point last_line_{};
};

} // namespace takt::app
