#pragma once

#include <map>
#include <vector>

#include "scheduling/calendar.hpp"
#include "sim/crew.hpp"
#include "sim/way_in.hpp"

namespace takt::sim {

/// People come to their shifts and leave, on time or not, or stay at home. Who is at a machine when the shift ends
/// stops it after the piece in work, so that the next shift takes the rest over; what may not be interrupted is seen
/// through first.
class attendance {
public:
    attendance(world& w, std::vector<crew*> crews);

    /// Finds out who is there, and begins.
    void begin();
    /// News of operators: somebody is called in to an optional shift, or off it.
    void hear(const news_item& news);

private:
    struct member {
        const plant::person* who = nullptr;
        bool present = false;
        std::vector<scheduling::interval> called;      ///< optional shifts to come
        std::optional<scheduling::time_ms> next_start; ///< of the shift that is planned
    };

    void plan_next(std::size_t index, instant after);
    void come(std::size_t index, scheduling::interval shift);
    void leave(std::size_t index, scheduling::interval shift, int tries);
    void set_present(member& m, bool present);
    bool may_stop(const mes::run_ref& job);
    void call(std::size_t index, scheduling::interval shift);
    std::optional<scheduling::interval> next_shift(const member& m, instant after);
    const scheduling::calendar& shifts_of(const plant::person& who, instant at);

    world& world_;
    std::vector<crew*> crews_;
    std::vector<member> members_;
    std::map<std::string, scheduling::calendar> calendars_; ///< by the keys of shifts, without breaks
    scheduling::interval horizon_;                          ///< of the calendars
};

} // namespace takt::sim
