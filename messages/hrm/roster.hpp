#pragma once

#include "messages/core/describe.hpp"
#include "messages/core/id.hpp"
#include "messages/core/instant.hpp"

/// roster/<skill>: who of those with a skill is at work, and which task each of them has. For work that is not planned
/// at machines: maintenance.
namespace takt::roster {

struct note_attendance {
    static constexpr std::string_view doc = "From operator who has the skill: came or left.";
    operator_id person;
    bool present = true;
};
BOOST_DESCRIBE_STRUCT(note_attendance, (), (person, present))

struct request {
    static constexpr std::string_view doc =
        "From maintenance_order: somebody is needed; the most urgent gets one first.";
    entity_ref task;
    int urgency = 0; ///< larger is more urgent
};
BOOST_DESCRIBE_STRUCT(request, (), (task, urgency))

struct note_taken {
    static constexpr std::string_view doc = "From maintenance_order: this person has it, chosen by themselves.";
    entity_ref task;
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(note_taken, (), (task, person))

struct release {
    static constexpr std::string_view doc = "From maintenance_order: nobody is needed any more.";
    entity_ref task;
};
BOOST_DESCRIBE_STRUCT(release, (), (task))

struct attendance_noted {
    static constexpr std::string_view doc = "Somebody with the skill came or left.";
    operator_id person;
    bool present = true;
};
BOOST_DESCRIBE_STRUCT(attendance_noted, (), (person, present))

struct requested {
    static constexpr std::string_view doc = "A task waits for somebody.";
    entity_ref task;
    int urgency = 0;
    instant at;
};
BOOST_DESCRIBE_STRUCT(requested, (), (task, urgency, at))

struct given {
    static constexpr std::string_view doc = "Somebody has the task.";
    entity_ref task;
    operator_id person;
};
BOOST_DESCRIBE_STRUCT(given, (), (task, person))

struct released {
    static constexpr std::string_view doc = "The task is over; who had it is free.";
    entity_ref task;
};
BOOST_DESCRIBE_STRUCT(released, (), (task))

} // namespace takt::roster
