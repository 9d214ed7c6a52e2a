#include "gateways/feeds/units.hpp"

#include <array>

namespace takt::feeds {
namespace {

struct row {
    std::string_view from, to;
    double scale, offset;
};

constexpr auto rows = std::to_array<row>({
    {"W", "kw", 1e-3, 0},
    {"kW", "kw", 1, 0},
    {"MW", "kw", 1e3, 0},
    {"Wh", "kwh", 1e-3, 0},
    {"kWh", "kwh", 1, 0},
    {"MWh", "kwh", 1e3, 0},
    {"J", "kwh", 1 / 3.6e6, 0},
    {"MJ", "kwh", 1 / 3.6, 0},
    {"degC", "celsius", 1, 0},
    {"degF", "celsius", 5.0 / 9, -160.0 / 9},
    {"K", "celsius", 1, -273.15},
    {"Pa", "bar", 1e-5, 0},
    {"kPa", "bar", 1e-2, 0},
    {"MPa", "bar", 10, 0},
    {"mbar", "bar", 1e-3, 0},
    {"bar", "bar", 1, 0},
    {"psi", "bar", 0.0689475729, 0},
    {"mm/s", "mm_s", 1, 0},
    {"m/s", "mm_s", 1e3, 0},
    {"in/s", "mm_s", 25.4, 0},
    {"%", "percent", 1, 0},
    {"1", "percent", 100, 0},
    {"%", "ratio", 1e-2, 0},
    {"1", "ratio", 1, 0},
    {"ms", "ms", 1, 0},
    {"s", "ms", 1e3, 0},
    {"min", "ms", 60e3, 0},
    {"ms", "seconds", 1e-3, 0},
    {"s", "seconds", 1, 0},
    {"min", "seconds", 60, 0},
    {"h", "seconds", 3600, 0},
    {"rpm", "rpm", 1, 0},
    {"Hz", "rpm", 60, 0},
    {"Hz", "hz", 1, 0},
    {"mA", "amperes", 1e-3, 0},
    {"A", "amperes", 1, 0},
    {"mV", "volts", 1e-3, 0},
    {"V", "volts", 1, 0},
    {"kV", "volts", 1e3, 0},
    {"l/min", "l_min", 1, 0},
    {"g", "kg", 1e-3, 0},
    {"kg", "kg", 1, 0},
    {"t", "kg", 1e3, 0},
    {"um", "mm", 1e-3, 0},
    {"mm", "mm", 1, 0},
    {"m", "mm", 1e3, 0},
    {"in", "mm", 25.4, 0},
    {"N", "newtons", 1, 0},
    {"kN", "newtons", 1e3, 0},
    {"Nm", "newton_meters", 1, 0},
});

bool ends_with_word(std::string_view tag, std::string_view word)
{
    return tag.ends_with(word) && (tag.size() == word.size() || tag[tag.size() - word.size() - 1] == '_');
}

} // namespace

std::optional<linear> conversion(std::string_view unit, std::string_view tag)
{
    if (unit.empty()) return linear{};
    for (const auto& r : rows)
        if (r.from == unit && ends_with_word(tag, r.to)) return linear{r.scale, r.offset};
    return std::nullopt;
}

} // namespace takt::feeds
