#pragma once

#include "messages/anomaly/playbook.hpp"

/// maintenance_order/<key>: work on a machine that somebody of the maintenance crew does.
namespace takt::maintenance_order {

BOOST_DEFINE_ENUM_CLASS(order_status, none, waiting, assigned, in_progress, done, cancelled)

struct create {
    static constexpr std::string_view doc = "From anomaly: this machine needs somebody.";
    machine_id machine;
    std::string task; ///< what is to be looked at
    anomaly::severity priority = anomaly::severity::warning;
    entity_ref origin; ///< who asked, and is told how far it is
};
BOOST_DESCRIBE_STRUCT(create, (), (machine, task, priority, origin))

struct assign {
    static constexpr std::string_view doc = "From roster: this person does it.";
    std::string person;
};
BOOST_DESCRIBE_STRUCT(assign, (), (person))

struct start {
    static constexpr std::string_view doc = "Door (technician): has begun. Whoever begins has it.";
    std::string by;
};
BOOST_DESCRIBE_STRUCT(start, (), (by))

struct report_done {
    static constexpr std::string_view doc = "Door (technician): the machine works again, or is as it should be.";
    static constexpr auto defaulted = std::to_array<std::string_view>({"remark"});
    std::string by;
    std::string cause; ///< what was wrong
    std::string remark;
};
BOOST_DESCRIBE_STRUCT(report_done, (), (by, cause, remark))

struct cancel {
    static constexpr std::string_view doc = "From anomaly, or door (maintenance): not needed any more.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel, (), (reason))

struct created {
    static constexpr std::string_view doc = "A machine needs maintenance.";
    machine_id machine;
    std::string task;
    anomaly::severity priority = anomaly::severity::warning;
    entity_ref origin;
    instant at;
};
BOOST_DESCRIBE_STRUCT(created, (), (machine, task, priority, origin, at))

struct assigned {
    static constexpr std::string_view doc = "Somebody is to do it.";
    std::string person;
    instant at;
};
BOOST_DESCRIBE_STRUCT(assigned, (), (person, at))

struct started {
    static constexpr std::string_view doc = "Somebody is doing it.";
    std::string by;
    instant at;
};
BOOST_DESCRIBE_STRUCT(started, (), (by, at))

struct done {
    static constexpr std::string_view doc = "It is done.";
    std::string by, cause, remark;
    milliseconds labour_ms{0};
    instant at;
};
BOOST_DESCRIBE_STRUCT(done, (), (by, cause, remark, labour_ms, at))

struct cancelled {
    static constexpr std::string_view doc = "It is not needed any more.";
    std::string reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason, at))

} // namespace takt::maintenance_order
