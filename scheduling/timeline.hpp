#pragma once

#include "scheduling/hours.hpp"

namespace takt::scheduling {

/// What is booked on one machine, person or tool: sorted, disjoint, in blocks. Each booking knows the working time that
/// is free before it and each block the widest of its gaps, so that a search for room passes over crowded weeks a block
/// at a time.
class timeline {
public:
    explicit timeline(const working_hours* own) : own_(own) {}

    /// Free from `start` to `end`, between two bookings (-1: none).
    struct gap {
        time_ms start = 0, end = forever;
        int before = -1, after = -1;
        time_ms after_end = forever; ///< when the booking behind the gap ends
    };
    /// The first instant not before `at` that is free, in a gap with at least `work` of working time from there on.
    gap free_from(time_ms at, time_ms work) const;

    void insert(time_ms start, time_ms end, int run);
    void erase(time_ms start, int run);
    /// Inserts what is running now. Two that overlap (a batch that started one by one) become one booking.
    void insert_running(time_ms start, time_ms end, int run);

    struct booking {
        time_ms start = 0, end = 0;
        time_ms room = 0; ///< free working time before it
        int run = -1;
    };
    /// The bookings beside this one; -1: none.
    int before(time_ms start, int run) const;
    int after(time_ms start, int run) const;
    template <class Visit> void for_each(Visit visit) const
    {
        for (const auto& b : blocks_)
            for (const auto& one : b.all) visit(one);
    }

private:
    struct block {
        std::vector<booking> all;
        time_ms widest = 0;
    };
    struct place {
        std::size_t block = 0, index = 0;
    };
    place first_after(time_ms at) const;
    place find(time_ms start, int run) const;
    bool at_end(place p) const { return p.block == blocks_.size(); }
    const booking& at(place p) const { return blocks_[p.block].all[p.index]; }
    const booking* previous(place p) const;
    void step(place& p) const;
    void measure(place p);
    void split(std::size_t b);

    const working_hours* own_;
    std::vector<block> blocks_;
};

} // namespace takt::scheduling
