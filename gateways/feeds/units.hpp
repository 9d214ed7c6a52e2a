#pragma once

#include <optional>
#include <string_view>

namespace takt::feeds {

/// value * scale + offset
struct linear {
    double scale = 1, offset = 0;
    double of(double value) const { return value * scale + offset; }
};

/// From a unit as devices write it ("W", "degF", "kPa") to the unit that stands last in a tag's name
/// ("power_kw", "oil_celsius"). Nothing if that is no way to go.
std::optional<linear> conversion(std::string_view unit, std::string_view tag);

} // namespace takt::feeds
