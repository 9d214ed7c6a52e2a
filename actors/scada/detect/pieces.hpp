#pragma once

#include "actors/scada/detect/judgement.hpp"
#include "messages/scada/detector.hpp"

/// What a piece takes, from the counter of pieces: energy, or time. A pause (longer than the detector's window) and a
/// counter that goes back are the end of what was gathered: what nobody made is no cycle.
namespace takt::detect {

/// Pieces and what they took, until a group is complete.
struct piece_group {
    std::optional<scada::evidence> counted; ///< the counter's last change
    double amount = 0;                      ///< kWh, or seconds
    double pieces = 0;

    /// The counter was read. The mean amount of a piece when enough of them are there.
    std::optional<double> count(const scada::detector& d, instant at, double total, bool amount_is_time);

private:
    void begin_anew(instant at, double total);
};

/// Energy drawn, summed from power: each value holds until the next, but not over a pause.
struct energy_meter {
    std::optional<scada::evidence> drawn; ///< kW

    /// kWh since the value before.
    double add(const scada::detector& d, instant at, double kw);
};

} // namespace takt::detect
