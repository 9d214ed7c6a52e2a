#pragma once

#include "actors/kind.hpp"
#include "messages/hrm/roster.hpp"

/// Everybody with one skill, and what waits for them. Who leaves while on a task keeps it; the next task goes to
/// somebody who is there.
namespace takt::roster {

struct waiting_task {
    entity_ref task;
    int urgency = 0;
    instant since;
};
BOOST_DESCRIBE_STRUCT(waiting_task, (), (task, urgency, since))

struct state {
    std::vector<operator_id> present;
    std::vector<waiting_task> waiting;     ///< the next first
    std::map<std::string, operator_id> on; ///< by the task's path
};
BOOST_DESCRIBE_STRUCT(state, (), (present, waiting, on))

decision decide(const state&, const note_attendance&, const context&);
decision decide(const state&, const request&, const context&);
decision decide(const state&, const note_taken&, const context&);
decision decide(const state&, const release&, const context&);

void apply(state&, const attendance_noted&);
void apply(state&, const requested&);
void apply(state&, const given&);
void apply(state&, const released&);

struct kind {
    static constexpr std::string_view name = "roster";
    static constexpr std::string_view doc = "Who of those with a skill is at work, and which task each of them has.";
    using state = roster::state;
    using commands = types<note_attendance, request, note_taken, release>;
    using events = types<attendance_noted, requested, given, released>;
    using doors = types<>;
};

} // namespace takt::roster
