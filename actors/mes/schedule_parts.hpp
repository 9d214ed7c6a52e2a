#pragma once

#include "actors/mes/schedule.hpp"
#include "scheduling/problem.hpp"

/// What the schedule's planning and dispatching share.
namespace takt::schedule {

const operation_entry* find_operation(const state& s, const work_order_id& job, std::string_view operation);
operation_entry* find_operation(state& s, const work_order_id& job, std::string_view operation);

/// The way to do an operation on this machine; null if there is none.
const plm::operation_mode* mode_on(const operation_entry& o, const machine_id& machine);
/// Run time of what is left of an operation.
milliseconds run_time(const operation_entry& o, const plm::operation_mode& mode);

/// Working time of those who have these shifts, around now; empty means always. Remembers what it has computed.
class calendars {
public:
    calendars(const state& s, instant from, instant to) : s_(s), from_(from), to_(to) {}
    const scheduling::calendar& of(const std::vector<std::string>& shifts);

private:
    const state& s_;
    instant from_, to_;
    std::map<std::vector<std::string>, scheduling::calendar> known_;
};

/// Makes a new plan and tells the difference to the one in force.
void make_plan(decision& d, const state& s, const context& about);
/// Sends what is next on this machine, or on all.
void dispatch(decision& d, const state& s, const std::optional<machine_id>& machine, const context& about);

} // namespace takt::schedule
