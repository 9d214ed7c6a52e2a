#pragma once

#include <map>
#include <vector>

#include "scheduling/calendar.hpp"
#include "sim/crew.hpp"

namespace takt::sim {

/// People come to their shifts and leave, on time or not, or stay at home. Who is at a machine when the shift ends
/// stops it after the piece in work, so that the next shift takes the rest over; what may not be interrupted is seen
/// through first.
class attendance {
public:
    attendance(world& w, std::vector<crew*> crews);

    /// Finds out who is there, and begins.
    void begin();

private:
    struct member {
        const plant::person* who = nullptr;
        bool present = false;
    };

    void plan_next(std::size_t index, instant after);
    void come(std::size_t index, scheduling::interval shift);
    void leave(std::size_t index, scheduling::interval shift, int tries);
    void set_present(member& m, bool present);
    bool may_stop(const mes::run_ref& job);
    const scheduling::calendar& shifts_of(const plant::person& who, instant at);

    world& world_;
    std::vector<crew*> crews_;
    std::vector<member> members_;
    std::map<std::string, scheduling::calendar> calendars_; ///< by the keys of shifts, without breaks
    scheduling::interval horizon_;                          ///< of the calendars
};

} // namespace takt::sim
