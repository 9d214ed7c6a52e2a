#pragma once

#include "scheduling/timetable.hpp"

namespace takt::scheduling {

struct fit_request {
    int node = 0;
    time_ms from = 0;               ///< not before
    std::optional<time_ms> exactly; ///< then or not at all
    bool complete_setup = false;    ///< the longest that it could need, whatever runs before
};

/// The place in which the operation ends earliest, over all its modes, also in gaps between what is booked. Several
/// resources are met by the usual walk: each moves the start to the first instant that suits it, until none moves it.
/// Nothing is booked. slot::way is -1 if there is none; `why` then names the reason.
slot earliest_fit(const model& m, const timetable& t, const fit_request& ask, const char*& why);

/// The earliest instant its predecessors, its job and its material allow. All predecessors must be placed.
time_ms ready_at(const model& m, const timetable& t, int node);
/// Not later than this because of what it must follow soon; `unlimited`: no such.
time_ms latest_start_after(const model& m, const timetable& t, int node, int& because);
/// The least end that overlapping predecessors leave to a run of that length.
time_ms least_end(const model& m, const timetable& t, int node, time_ms run);

/// Whether a placed operation stands well behind what it follows. What runs now always does.
bool in_time(const model& m, const timetable& t, int node);

} // namespace takt::scheduling
