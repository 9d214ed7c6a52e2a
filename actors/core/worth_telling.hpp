#pragma once

#include <algorithm>

#include "messages/core/instant.hpp"

namespace takt {

/// Whether whoever plans with a date should hear that it has moved. Far dates move with every small fact of the floor
/// and matter by the hour, near ones by the minute: the tolerance is a tenth of the time until the date, between five
/// minutes and two hours. Compare with what was told last, not with the last small step.
inline bool worth_telling(instant told, instant date, instant now)
{
    const auto away = std::max(told, date) - now;
    const auto tolerance = std::clamp<milliseconds>(away / 10, std::chrono::minutes(5), std::chrono::hours(2));
    const auto moved = date - told;
    return moved > tolerance || moved < -tolerance;
}

} // namespace takt
