#pragma once

#include "actors/kind.hpp"
#include "messages/ems/meter.hpp"

namespace takt::meter {

struct state {
    bool is_defined = false;
    define definition;
    double energy_kwh = 0, cost = 0, peak_kw = 0;
    std::map<std::string, double> energy_by_tariff_kwh;
    std::optional<instant> recorded_until;
    std::int64_t records = 0;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, energy_kwh, cost, peak_kw, energy_by_tariff_kwh, recorded_until,
                       records))

/// Power as it is measured, summed until it is recorded.
struct live {
    double power_kw = 0;
    std::optional<instant> at;
    std::optional<instant> since; ///< begin of what is not yet recorded
    double energy_kwh = 0;        ///< since then
    double peak_kw = 0;
    std::uint64_t samples = 0;
};
BOOST_DESCRIBE_STRUCT(live, (), (power_kw, at, since, energy_kwh, peak_kw, samples))

/// Sums "power_kw" over time; every quarter of an hour, or when its clock has gone past one, what was used is recorded.
message observe(live&, const state&, const scada::sample&);

decision decide(const state&, const define&, const context&);
decision decide(const state&, const record_energy&, const context&);

void apply(state&, const defined&);
void apply(state&, const energy_recorded&);

struct kind {
    static constexpr std::string_view name = "meter";
    static constexpr std::string_view doc = "Electric energy of one machine, with what it costs by time of day.";
    using state = meter::state;
    using live = meter::live;
    using commands = types<define, record_energy>;
    using events = types<defined, energy_recorded>;
};

} // namespace takt::meter
