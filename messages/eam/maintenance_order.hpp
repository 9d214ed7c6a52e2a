#pragma once

#include <boost/json/object.hpp>

#include "messages/anomaly/playbook.hpp"
#include "messages/eam/maintenance_plan.hpp"
#include "messages/mes/area.hpp"

/// maintenance_order/<key>: work on a machine that somebody of the maintenance crew does, for a case or because a plan
/// of its asset is due.
namespace takt::maintenance_order {

BOOST_DEFINE_ENUM_CLASS(order_status, none,
                        waiting_parts, // what it needs is not all reserved
                        planned,       // the schedule keeps the machine free for it, later
                        waiting,       // for somebody who does it
                        assigned, in_progress, done, cancelled)

struct create {
    static constexpr std::string_view doc =
        "From anomaly, or from asset whose plan is due: this machine needs somebody.";
    static constexpr auto defaulted = std::to_array<std::string_view>(
        {"plan", "skill", "duration_ms", "labour_rate_per_hour", "downtime_cost_per_hour", "urgency", "area"});
    machine_id machine;
    std::string task; ///< what is to be looked at
    anomaly::severity priority = anomaly::severity::warning;
    entity_ref origin;               ///< who asked, and is told how far it is
    std::optional<asset_id> asset{}; ///< missing: the machine is asked; empty: there is none
    std::string plan{};              ///< of the asset; empty: a repair
    std::string skill = "maintenance";
    milliseconds duration_ms{0};                 ///< expected; 0: nobody knows
    std::optional<instant> earliest{}, latest{}; ///< it is done between them; missing: as soon as possible
    std::optional<instant> stands_since{};       ///< the machine stands and waits for it
    std::vector<eam::part> parts{};
    double labour_rate_per_hour = 0, downtime_cost_per_hour = 0;
    int urgency = 0;                    ///< among those of the same priority: the criticality of the asset
    std::string area{mes::whole_plant}; ///< whose schedule plans the machine
};
BOOST_DESCRIBE_STRUCT(create, (),
                      (machine, task, priority, origin, asset, plan, skill, duration_ms, earliest, latest, stands_since,
                       parts, labour_rate_per_hour, downtime_cost_per_hour, urgency, area))

struct take_asset {
    static constexpr std::string_view doc = "From asset, or from machine without one: what such a repair needs.";
    std::optional<asset_id> asset;
    std::vector<eam::part> parts;
    double labour_rate_per_hour = 0, downtime_cost_per_hour = 0;
    int urgency = 0;
};
BOOST_DESCRIBE_STRUCT(take_asset, (), (asset, parts, labour_rate_per_hour, downtime_cost_per_hour, urgency))

struct take_downtime {
    static constexpr std::string_view doc = "From schedule: when the machine is kept free for it.";
    instant from, to;
    bool begun = false; ///< it is free now, and gets no more work
};
BOOST_DESCRIBE_STRUCT(take_downtime, (), (from, to, begun))

struct decline_downtime {
    static constexpr std::string_view doc = "From schedule: it cannot keep the machine free.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(decline_downtime, (), (reason))

struct check_begin {
    static constexpr std::string_view doc = "From its own timer: its time in the schedule has come.";
};
BOOST_DESCRIBE_STRUCT(check_begin, (), ())

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
    std::string cause; ///< what was wrong; of preventive maintenance: what was found
    std::string remark;
    std::optional<std::vector<eam::part>> used{}; ///< missing: all that was reserved
};
BOOST_DESCRIBE_STRUCT(report_done, (), (by, cause, remark, used))

struct cancel {
    static constexpr std::string_view doc = "From anomaly or asset, or door (maintenance): not needed any more.";
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(cancel, (), (reason))

struct created {
    static constexpr std::string_view doc = "A machine needs maintenance.";
    static constexpr int version = 2; ///< 1 knew repairs only, and had the members of `what` itself
    static void upcast(boost::json::object& document, int /*from*/)
    {
        boost::json::object what = document;
        what.erase("at");
        what["asset"] = ""; // nobody was asked
        document["what"] = std::move(what);
    }
    create what;
    instant at;
};
BOOST_DESCRIBE_STRUCT(created, (), (what, at))

struct asset_known {
    static constexpr std::string_view doc = "What the repair needs, and what it costs by the hour.";
    take_asset what;
};
BOOST_DESCRIBE_STRUCT(asset_known, (), (what))

struct downtime_asked {
    static constexpr std::string_view doc = "All that it needs is there; the schedule is to find a time for it.";
};
BOOST_DESCRIBE_STRUCT(downtime_asked, (), ())

struct downtime_set {
    static constexpr std::string_view doc = "The machine is kept free for it then.";
    instant from, to;
};
BOOST_DESCRIBE_STRUCT(downtime_set, (), (from, to))

struct postponed {
    static constexpr std::string_view doc = "Its time had come, but not what it needs.";
    std::string reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(postponed, (), (reason, at))

struct released {
    static constexpr std::string_view doc = "It can be done now; somebody is looked for.";
    instant at;
};
BOOST_DESCRIBE_STRUCT(released, (), (at))

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
    static constexpr int version = 2; ///< 1 knew neither parts nor cost
    static void upcast(boost::json::object& /*document*/, int /*from*/) {}
    static constexpr auto defaulted = std::to_array<std::string_view>({"downtime_ms", "cost"});
    std::string by, cause, remark;
    milliseconds labour_ms{0};
    instant at;
    milliseconds downtime_ms{0}; ///< the machine stood for it
    eam::cost cost{};
    std::vector<eam::part> used{};
};
BOOST_DESCRIBE_STRUCT(done, (), (by, cause, remark, labour_ms, at, downtime_ms, cost, used))

struct cancelled {
    static constexpr std::string_view doc = "It is not needed any more.";
    std::string reason;
    instant at;
};
BOOST_DESCRIBE_STRUCT(cancelled, (), (reason, at))

} // namespace takt::maintenance_order
