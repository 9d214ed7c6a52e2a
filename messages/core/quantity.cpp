#include "messages/core/quantity.hpp"

#include <cmath>

namespace takt {

std::optional<quantity> quantity::from_double(double units)
{
    const double scaled = units * 1000.0;
    if (!std::isfinite(scaled) || std::abs(scaled) > 9.2e18) return std::nullopt;
    return quantity{std::llround(scaled)};
}

void append_quantity(std::string& out, quantity q)
{
    const auto magnitude =
        q.thousandths < 0 ? 0 - static_cast<std::uint64_t>(q.thousandths) : static_cast<std::uint64_t>(q.thousandths);
    if (q.thousandths < 0) out += '-';
    out += std::to_string(magnitude / 1000);
    auto fraction = magnitude % 1000;
    if (fraction == 0) return;
    out += '.';
    for (std::uint64_t weight = 100; fraction != 0; weight /= 10) {
        out += static_cast<char>('0' + fraction / weight);
        fraction %= weight;
    }
}

std::string to_string(quantity q)
{
    std::string out;
    append_quantity(out, q);
    return out;
}

} // namespace takt
