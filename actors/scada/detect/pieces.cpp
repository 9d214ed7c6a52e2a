#include "actors/scada/detect/pieces.hpp"

namespace takt::detect {
namespace {

constexpr double ms_per_hour = 3'600'000.0;

bool is_pause(const scada::detector& d, milliseconds time) { return d.window_ms.count() > 0 && time > d.window_ms; }

} // namespace

void piece_group::begin_anew(instant at, double total)
{
    counted = scada::evidence{at, total};
    amount = 0;
    pieces = 0;
}

std::optional<double> piece_group::count(const scada::detector& d, instant at, double total, bool amount_is_time)
{
    if (!counted || total < counted->value) {
        begin_anew(at, total);
        return std::nullopt;
    }
    if (total == counted->value) return std::nullopt;
    if (is_pause(d, at - counted->at)) {
        begin_anew(at, total);
        return std::nullopt;
    }
    if (amount_is_time) amount += static_cast<double>((at - counted->at).count()) / 1000.0;
    pieces += total - counted->value;
    counted = scada::evidence{at, total};
    if (pieces < d.group) return std::nullopt;
    const double mean = amount / pieces;
    amount = 0;
    pieces = 0;
    return mean;
}

double energy_meter::add(const scada::detector& d, instant at, double kw)
{
    double kwh = 0;
    if (drawn && at > drawn->at && !is_pause(d, at - drawn->at))
        kwh = drawn->value * static_cast<double>((at - drawn->at).count()) / ms_per_hour;
    drawn = scada::evidence{at, kw};
    return kwh;
}

} // namespace takt::detect
