#pragma once

#include "scheduling/problem.hpp"

namespace takt::scheduling {

/// What has happened since a plan was made. Names that the problem does not know are passed over.
struct change {
    struct machine_down {
        std::string machine;
        time_ms until = 0;
    };
    struct late_receipt {
        std::string item, receipt;
        time_ms at = 0;
    };
    std::vector<machine_down> down{};
    std::vector<late_receipt> late{};
    std::vector<job> added{};
    std::vector<std::string> cancelled{}; ///< jobs
    std::optional<time_ms> now{};
};

void apply(problem& p, const change& what);

} // namespace takt::scheduling
