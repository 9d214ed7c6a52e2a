#pragma once

#include <deque>
#include <limits>
#include <optional>

#include "scheduling/problem.hpp"

namespace takt::scheduling {

constexpr time_ms forever = std::numeric_limits<time_ms>::max() / 4;

/// Working time, and how long work takes in it.
class working_hours {
public:
    explicit working_hours(calendar when); ///< empty: always

    struct stretch {
        time_ms start = 0, setup_end = 0, end = 0;
    };
    /// The work of `setup` then `run` begun at the first working instant not before `at`; `whole`: within one
    /// interval. Nothing if the calendar ends before the work does.
    std::optional<stretch> work(time_ms at, time_ms setup, time_ms run, bool whole) const;
    /// Working time in [from, to).
    time_ms between(time_ms from, time_ms to) const { return from >= to ? 0 : until(to) - until(from); }
    bool within_one(time_ms from, time_ms to) const; ///< one interval holds all of it
    const calendar& intervals() const { return when_; }

private:
    std::optional<std::size_t> spend(std::size_t i, time_ms& at, time_ms duration) const;
    std::size_t first_after(time_ms at) const;
    time_ms until(time_ms at) const;

    calendar when_;
    std::vector<time_ms> before_; ///< working time before each interval
};

calendar intersection(const calendar& a, const calendar& b); ///< of calendars that are not empty
/// Sorted, disjoint, without intervals that end before they start. One that has no time left in it stays "never".
calendar in_order(calendar when);

/// Calendars by number, and the hours that two of them share. Equal calendars are kept once, so that a plant with three
/// shift patterns has a handful of intersections and not one for each pair of machine and person.
class shared_hours {
public:
    static constexpr int always = 0;

    shared_hours();
    int number_of(const calendar& when);
    const working_hours& of(int a, int b = always) const { return *pairs_[at(a) * count_ + at(b)]; }
    /// To be called once all calendars are known and before any is asked for.
    void meet_all();

private:
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    std::vector<calendar> all_;
    std::deque<working_hours> met_;
    std::vector<const working_hours*> pairs_;
    std::size_t count_ = 0;
};

} // namespace takt::scheduling
