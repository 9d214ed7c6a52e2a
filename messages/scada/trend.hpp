#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/instant.hpp"

namespace takt::scada {

/// The good values of a tag in one minute, or in several.
struct rollup {
    static constexpr std::string_view doc = "The good values of a tag in a minute, or in an hour.";
    instant at;             ///< its beginning
    std::int64_t count = 0; ///< of values
    double min = 0, max = 0, mean = 0;
    double last = 0;             ///< by the device's clock
    std::optional<double> stdev; ///< of the values, n - 1; two at least
};
BOOST_DESCRIBE_STRUCT(rollup, (), (at, count, min, max, mean, last, stdev))

} // namespace takt::scada
