#pragma once

#include <boost/json/object.hpp>

#include "messages/mes/area.hpp"
#include "messages/mes/job.hpp"

/// operator/<key>: a person on the floor: skills, presence, and the one job they are on. (The namespace has an
/// underscore, as the word is C++'s.)
namespace takt::operator_ {

struct define {
    static constexpr std::string_view doc = "Door (personnel): a person, what they can do and when they work.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"team", "area"});
    std::string name;
    std::vector<std::string> skills;
    std::vector<std::string> shifts; ///< keys of the shifts they work
    std::string team;
    std::string area{mes::whole_plant}; ///< whose schedule gives them work
};
BOOST_DESCRIBE_STRUCT(define, (), (name, skills, shifts, team, area))

struct clock_in {
    static constexpr std::string_view doc = "Door (attendance terminal): is at work.";
};
BOOST_DESCRIBE_STRUCT(clock_in, (), ())

struct clock_out {
    static constexpr std::string_view doc = "Door (attendance terminal): leaves. Not while on a job.";
};
BOOST_DESCRIBE_STRUCT(clock_out, (), ())

struct assign {
    static constexpr std::string_view doc = "From schedule: do this job; passed on to the machine if accepted.";
    mes::job_spec job;
};
BOOST_DESCRIBE_STRUCT(assign, (), (job))

struct release {
    static constexpr std::string_view doc = "From machine: the job is over, or not taken.";
    mes::run_ref job;
};
BOOST_DESCRIBE_STRUCT(release, (), (job))

struct call_in {
    static constexpr std::string_view doc = "From schedule: come to this optional shift.";
    std::string shift;
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(call_in, (), (shift, from, to))

struct call_off {
    static constexpr std::string_view doc = "From schedule: do not come to that optional shift after all.";
    std::string shift;
    instant from;
};
BOOST_DESCRIBE_STRUCT(call_off, (), (shift, from))

struct defined {
    static constexpr std::string_view doc = "The person's master data was set.";
    static constexpr int version = 2; ///< 1 knew no areas
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    define definition;
};
BOOST_DESCRIBE_STRUCT(defined, (), (definition))

struct clocked_in {
    static constexpr std::string_view doc = "The person came to work.";
    instant at;
};
BOOST_DESCRIBE_STRUCT(clocked_in, (), (at))

struct clocked_out {
    static constexpr std::string_view doc = "The person left work.";
    milliseconds present_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(clocked_out, (), (present_ms, at))

struct assigned {
    static constexpr std::string_view doc = "The person is on a job.";
    mes::run_ref job;
    machine_id machine;
    instant at;
};
BOOST_DESCRIBE_STRUCT(assigned, (), (job, machine, at))

struct assignment_declined {
    static constexpr std::string_view doc = "The person could not take a job.";
    mes::run_ref job;
    std::string reason; ///< "not_present", "on_a_job"
};
BOOST_DESCRIBE_STRUCT(assignment_declined, (), (job, reason))

struct released {
    static constexpr std::string_view doc = "The person is free again; the time was booked on the work order.";
    mes::run_ref job;
    milliseconds labour_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(released, (), (job, labour_ms, at))

struct called_in {
    static constexpr std::string_view doc = "The person is to come to an optional shift.";
    std::string shift;
    instant from, to;
    instant at;
};
BOOST_DESCRIBE_STRUCT(called_in, (), (shift, from, to, at))

struct called_off {
    static constexpr std::string_view doc = "The person is not to come to an optional shift.";
    std::string shift;
    instant from;
};
BOOST_DESCRIBE_STRUCT(called_off, (), (shift, from))

} // namespace takt::operator_
