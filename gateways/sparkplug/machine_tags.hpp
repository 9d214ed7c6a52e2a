#pragma once

#include <string>

/// The metrics by which a machine is driven over Sparkplug: a device called like the machine that has these. They are
/// states, not messages: each side says what is so, again at every birth, so nothing depends on one packet.
///
///     Job/1/Order … Job/n/Order  written by the host, read back by the device: a job as JSON, or "" (n: its capacity)
///     Job/1/Phase …              0 none, 1 taken (set-up), 2 running, 3 done
///     Job/1/Good, Scrap, Energy  pieces from the beginning of the job; kWh when it is done
///     Control/Order              written by the host: a command as JSON; the device reads it back when it has it
///     Control/RefusedNumber, RefusedReason
///     Status/State, Reason       StateCurrent of PackML
///     Status/Down, DownReason, DownExpected (ms, -1: unknown)
///     Parameter/Recipe, Parameter/…   as the controller has them
///
/// A done job stays where it is until the host writes the next order over it, which it does when it has a next one: by
/// then the node has the end of the job on disk.
namespace takt::sparkplug::tags {

inline constexpr auto state = "Status/State", reason = "Status/Reason", down = "Status/Down",
                      down_reason = "Status/DownReason", down_expected = "Status/DownExpected",
                      control = "Control/Order", refused_number = "Control/RefusedNumber",
                      refused_reason = "Control/RefusedReason", recipe = "Parameter/Recipe", parameters = "Parameter/";

enum phase { none, taken, running, done };

/// "Job/1/Good" of the first slot.
inline std::string job(std::size_t slot, const char* what) { return "Job/" + std::to_string(slot + 1) + '/' + what; }

} // namespace takt::sparkplug::tags
