#pragma once

#include "actors/kind.hpp"
#include "messages/hrm/operator.hpp"

/// A person is on one job or none, so that nobody is planned twice; labour is booked from the work itself.
namespace takt::operator_ {

struct extra_shift {
    std::string shift;
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(extra_shift, (), (shift, from, to))

struct state {
    bool is_defined = false;
    define definition;
    bool present = false;
    std::optional<instant> present_since;
    std::optional<mes::run_ref> job;
    machine_id machine; ///< of the job
    std::optional<instant> job_since;
    milliseconds present_ms{0}, labour_ms{0}; ///< of all shifts and jobs that have ended
    std::int64_t jobs = 0;
    std::vector<extra_shift> called; ///< optional shifts to come
};
BOOST_DESCRIBE_STRUCT(state, (),
                      (is_defined, definition, present, present_since, job, machine, job_since, present_ms, labour_ms,
                       jobs, called))

decision decide(const state&, const define&, const context&);
decision decide(const state&, const clock_in&, const context&);
decision decide(const state&, const clock_out&, const context&);
decision decide(const state&, const assign&, const context&);
decision decide(const state&, const release&, const context&);
decision decide(const state&, const call_in&, const context&);
decision decide(const state&, const call_off&, const context&);

void apply(state&, const defined&);
void apply(state&, const clocked_in&);
void apply(state&, const clocked_out&);
void apply(state&, const assigned&);
void apply(state&, const assignment_declined&);
void apply(state&, const released&);
void apply(state&, const called_in&);
void apply(state&, const called_off&);

struct kind {
    static constexpr std::string_view name = "operator";
    static constexpr std::string_view doc = "A person on the floor: skills, presence, and the one job they are on.";
    using state = operator_::state;
    using commands = types<define, clock_in, clock_out, assign, release, call_in, call_off>;
    using events =
        types<defined, clocked_in, clocked_out, assigned, assignment_declined, released, called_in, called_off>;
    using doors = types<define, clock_in, clock_out>;
};

} // namespace takt::operator_
