#pragma once

#include <map>

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// How much is drawn within the windows that have a cap. In watts, so that what is taken back leaves nothing behind.
class power_profile {
public:
    explicit power_profile(const problem& p);

    void add(time_ms from, time_ms to, std::int64_t watts);
    /// The earliest start from which [start, start + to - from) may hold all caps, judged by the first that is broken;
    /// `from` if none is.
    time_ms free_from(time_ms from, time_ms to, std::int64_t watts) const;
    bool unused() const { return windows_.empty(); }

private:
    struct window {
        interval when;
        std::int64_t cap = 0;
        std::map<time_ms, std::int64_t> change; ///< of what is drawn, by instant
    };
    std::vector<window> windows_; ///< by start
};

} // namespace takt::scheduling
