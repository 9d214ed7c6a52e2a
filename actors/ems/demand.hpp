#pragma once

#include "actors/kind.hpp"
#include "messages/ems/demand.hpp"
#include "messages/scada/sample.hpp"

/// The running window is forecast as if it went on as now: energy so far and power for the rest of it.
namespace takt::demand {

struct state {
    bool is_defined = false;
    define definition;
    bool above = false;     ///< the running window is expected to be
    instant window_end;     ///< of that forecast
    double expected_kw = 0; ///< forecast
    double highest_kw = 0;  ///< mean of a window, ever
    std::int64_t windows = 0, windows_above = 0;
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, above, window_end, expected_kw, highest_kw, windows, windows_above))

struct live {
    double power_kw = 0;
    std::optional<instant> at, since; ///< of the last sample; begin of the window
    double energy_kwh = 0;            ///< in the window
    bool told = false;                ///< that it will be above
};
BOOST_DESCRIBE_STRUCT(live, (), (power_kw, at, since, energy_kwh, told))

message observe(live&, const state&, const scada::sample&);

decision decide(const state&, const define&, const context&);
decision decide(const state&, const note_forecast&, const context&);
decision decide(const state&, const record_window&, const context&);
decision decide(const state&, const relieve&, const context&);

void apply(state&, const defined&);
void apply(state&, const forecast_changed&);
void apply(state&, const window_recorded&);

struct kind {
    static constexpr std::string_view name = "demand";
    static constexpr std::string_view doc = "Electric demand at the plant's connection, window by window.";
    using state = demand::state;
    using live = demand::live;
    using commands = types<define, note_forecast, record_window, relieve>;
    using events = types<defined, forecast_changed, window_recorded>;
    using doors = types<define>;
};

} // namespace takt::demand
