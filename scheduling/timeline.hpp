#pragma once

#include <limits>
#include <map>
#include <optional>

#include "scheduling/problem.hpp"

namespace takt::scheduling {

constexpr time_ms forever = std::numeric_limits<time_ms>::max() / 4;

/// What is booked on one machine or one person: sorted by start, disjoint.
struct booking {
    time_ms start = 0, setup_end = 0, end = 0;
    int family = 0;    ///< machines only, as everything below
    bool bare = false; ///< begins without a setup, because the booking before it is of its family
    int room = 0;      ///< how many more operations the batch run takes
    int skill = -1, person = -1;
    time_ms setup = 0, run = 0;
    bool whole = false; ///< within one working interval
};
using bookings = std::vector<booking>;

/// The first booking that ends after `at`.
std::size_t first_after(const bookings& all, time_ms at);
void insert(bookings& all, const booking& one);
/// Inserts what is running now. Two that overlap (a batch that started one by one) become one booking.
void insert_running(bookings& all, const booking& one);

/// Working time that two calendars share, and how long work takes in it.
class working_hours {
public:
    explicit working_hours(calendar when); ///< empty: always

    struct stretch {
        time_ms start = 0, setup_end = 0, end = 0;
    };
    /// The work of `setup` then `run` begun at the first working instant not before `at`; `whole`: within one
    /// interval. Nothing if the calendar ends before the work does.
    std::optional<stretch> work(time_ms at, time_ms setup, time_ms run, bool whole) const;

private:
    std::optional<std::size_t> spend(std::size_t i, time_ms& at, time_ms duration) const;

    calendar when_;
};

calendar intersection(const calendar& a, const calendar& b); ///< of calendars that are not empty

/// The shared working hours of every machine with every person. Equal calendars are kept once, so that a plant with
/// three shift patterns has a handful of intersections and not one for each pair.
class shared_hours {
public:
    explicit shared_hours(const problem& p);
    const working_hours& of(int machine, int person) const; ///< person -1: of the machine alone

private:
    std::vector<std::size_t> machine_, person_; ///< which calendar each has
    std::vector<working_hours> pairs_;
    std::size_t columns_ = 0;
};

} // namespace takt::scheduling
