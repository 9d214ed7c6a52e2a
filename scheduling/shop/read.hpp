#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

#include "scheduling/shop/instance.hpp"

namespace takt::scheduling::shop {

/// The text formats of the public instance sets; docs/scheduling.md describes them.
enum class format { jsp, fjsp, fjsp_sdst, fjsp_twt, fjsp_workers };

/// A text that is not an instance. `what()` names the line, and what was expected there.
struct unreadable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Sizes beyond which a text is taken for a mistake.
struct read_limits {
    std::size_t bytes = 256U << 20U;
    int jobs = 20'000;
    int machines = 5'000;
    int workers = 5'000;
    int operations = 2'000'000;
    std::int64_t alternatives = 10'000'000;
    std::int64_t setups = 50'000'000;
    std::int64_t horizon = 1'000'000'000; ///< sum of releases, longest durations and longest setups
};

/// Throws `unreadable`.
instance read(format f, const std::string& text, const read_limits& most = {});

/// Due dates after Singer and Pinedo (1998): each job is due after `factor` times its work; a fifth of the jobs weighs
/// 4, the last fifth 1, those between 2.
void set_due_dates(instance& shop, double factor);

} // namespace takt::scheduling::shop
